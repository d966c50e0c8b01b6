"""Where the work of a posting is, as far as its own place lines say. Other mentions of places say nothing."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from postwright.domain.posting import Posting, SectionKind, Unit, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern
from postwright.rules.searching import Patterns, encodable

_KEYS = lazy_pattern(r"location|place|city|country|state|region|office|where|address|remote", re.IGNORECASE)
_CUE = lazy_pattern(
    r"\b(?:locations?|located|based (?:in|out of|at)|on-?site|remote(?:ly)?|hybrid|work from"
    r"|(?<!permanent )resid(?:e|ents?)|(?:may|can|are welcome to|could) apply"
    r"|duty station|people welcome|open to (?:candidates|applicants|residents)"
    r"|(?:job|role|position|post) (?:is|will be|sits) in"
    r"|(?:in|from|out of) (?:our|the) [\w., ]{2,30} (?:office|headquarters)"
    r"|(?:have|hire|employ) (?:people|staff|colleagues|employees|team members) in)\b|🌎|📍",
    re.IGNORECASE,
)
_MAY_SAY_PLACE = Pattern(
    "(?i)locat|based|site|remote|hybrid|work from|resid|(?:may|can|could|to) apply|duty station|people welcome|open to"
    "|s in|be in|[efsy] in"
    "|office|headquarters"
)
"""What a cue in ASCII holds. RE2 says in one walk that there is none; `re` tries every cue at every word."""
_OUT_OF_THERE = lazy_pattern(
    r"\b(?:hybrid|based|located|work|sits?|on-?site|job|role|position|days) (?:\w+ ){0,3}?(?:in|at|from|out of) "
    r"(?:our|the) [\w., ]{0,30}headquarters|\bfrom our [\w., ]{0,30}\b(?:headquarters|HQ)\b",
    re.IGNORECASE,
)
"""The job is at the headquarters: "It is hybrid out of our Chicago headquarters"."""
_DATA_STAYS = lazy_pattern(
    r"\b(?:data|phi|records?|recordings?|notes?|charts?|images?|servers?|hosting|access|backups?|nobody|information)\b"
    r"[^.;]{0,60}\b(?:stays?|remains?|resides?|kept|stored|held|hosted|located|lives?|outside|leaves?|processed|reach)\b",
    re.IGNORECASE,
)
"""Where data is says nothing of where people are: "patient data resides in the United States"."""
_ELSEWHERE = lazy_pattern(
    r"headquarter|\bHQ\b|offices in|customers? in|across the (?:country|globe)|remote patient|hospitals? in",
    re.IGNORECASE,
)
_REMOTE = lazy_pattern(
    r"\bremote(?:ly)?\b(?! (?:patient|monitoring|care|site))|\bwork from (?:home|anywhere)"
    r"|\b(?:wherever|anywhere) you\b|\btelework",
    re.IGNORECASE,
)
_VERB = lazy_pattern(r"\b(?:is|are|we|you|our|your|will|has|have|can)\b")
_AMERICAN = lazy_pattern(r"\b(?:USAJOBS|GS-?\d{1,2}\b|U\.?S\.? citizen|401\(k\)|W-?2\b|1099\b|FLSA|EEOC)")
_MAY_BE_AMERICAN = Pattern(r"USAJOBS|GS|U\.?S\.? citizen|401\(k\)|W-?2|1099|FLSA|EEOC")
_ANYWHERE = lazy_pattern(
    r"\b(?:wherever|anywhere) (?:you\b|there is|with (?:wi-?fi|an? )|on earth|in the (?:world|USA?\b|United States))",
    re.IGNORECASE,
)
_SEPARATORS = "·•|"
_WORDLIKE = ("MD", "PA", "OR", "IN", "ME", "HI", "OK", "LA", "MA", "DE", "AL", "ID", "OH", "MS")
_HEAD_LINES = 8  # short lines under the title name the place
_SHORT = 140


class Places(NamedTuple):
    """`codes` are US states, NYC, Canadian provinces and country codes of places.yaml. Empty when nothing is known."""

    codes: frozenset[str]
    in_us: bool
    remote: bool
    states: frozenset[str]  # US states, DC and NYC that are named
    line: str = ""  # the unit that names the place, if one does
    anywhere: bool = False  # "Austin, Texas, or wherever you have wifi": the named place does not limit
    guessed: bool = False  # no line names it: other words of the posting, such as "401(k)", tell the country

    @property
    def known(self) -> bool:
        return self.in_us or bool(self.codes)

    @property
    def only_abroad(self) -> bool:
        """True when places are known and none is in the United States."""
        return bool(self.codes) and not self.in_us

    @property
    def all_states(self) -> bool:
        """True for remote work in the United States that is not limited to named states: every state is reached."""
        return self.in_us and self.remote and (self.anywhere or not self.states)


_TITLE, _FRONT, _PLACE_LINE, _SENTENCE = range(4)


class _Line(NamedTuple):
    """Words that may say where the work is; rank 0 says it best. Lines of one paragraph are read together."""

    rank: int
    said: str
    unit: str = ""
    block: int = -1


def places_of(posting: Posting, text: str) -> Places:
    """The places that the best line names: the title, front matter, a place line, a sentence. `text` is folded."""
    lines = list(_lines(posting, text))
    remote = any(_REMOTE.search(line.said) for line in lines)
    best = _best(lines, remote=remote) or _best(list(_sentences(posting, text)), remote=remote)
    if best:
        return best._replace(anywhere=any(_ANYWHERE.search(line.said) for line in lines))
    in_us = _american(posting)
    british = not in_us and ("£" in text or "NHS" in text)
    return Places(frozenset({"UK"} if british else ()), in_us, remote, frozenset(), guessed=in_us or british)


def _best(lines: Sequence[_Line], *, remote: bool) -> Places | None:
    """The places of the best line that names any, read together with the other lines of its paragraph."""
    for line in sorted(lines, key=lambda line: line.rank):
        if _read(line.said, remote=remote).known:
            beside = (other.said for other in lines if (other.rank, other.block) == (line.rank, line.block))
            return _read("\n".join(beside), remote=remote)._replace(line=line.unit)
    return None


@lru_cache(maxsize=4096)  # many postings share a line that names their place, and most titles name none
def _read(said: str, *, remote: bool) -> Places:
    named = _named(said)
    states = frozenset(code for table, code in named if table != "countries") | _codes(said)
    countries = frozenset(code for table, code in named if table == "countries")
    in_us = bool(states) or bool(re.search(load("places")["us"], said))
    return Places(states | countries, in_us, remote, states)


def names_a_place(said: str) -> bool:
    """True if a country, a state or a town of the tables is named."""
    return _read(said, remote=False).known


def names_a_state(said: str) -> bool:
    """True if the United States, a state or a town of theirs is named."""
    return _read(said, remote=False).in_us


def countries_in(said: str) -> frozenset[str]:
    """The countries of the tables that are named, as codes."""
    return frozenset(code for table, code in _named(said) if table == "countries")


def _lines(posting: Posting, text: str) -> Iterator[_Line]:
    """Title, front matter, and lines that are data: a place section, or a short line under the title."""
    yield _Line(_TITLE, posting.title, posting.title_unit)
    for key, value in posting.front_values.items():
        if _KEYS.search(key):
            yield _Line(_FRONT, f"{key}: {value}")
    head = 0
    for unit in posting.units:
        if unit.kind is UnitKind.OPAQUE or unit.notice:
            continue
        head += unit.id != posting.title_unit
        placed = unit.section is SectionKind.LOCATION
        if not placed and head > _HEAD_LINES:
            continue
        said = unit.span.of(text)
        if (placed or _is_data(unit, said)) and not _ELSEWHERE.search(said) and not _DATA_STAYS.search(said):
            yield _Line(_PLACE_LINE, said, unit.id, unit.block)


def _sentences(posting: Posting, text: str) -> Iterator[_Line]:
    """Sentences that speak of where the work is done."""
    for unit in posting.units:
        if unit.kind is UnitKind.OPAQUE or unit.notice or unit.section in {SectionKind.ABOUT, SectionKind.LEGAL}:
            continue
        said = unit.span.of(text)
        if len(said) <= 2 * _SHORT and _says_place(said):
            yield _Line(_SENTENCE, said, unit.id, unit.block)


@lru_cache(maxsize=4096)  # many postings hold the same lines
def _says_place(said: str) -> bool:
    if said.isascii() and not _MAY_SAY_PLACE.found(said):
        return False
    if _CUE.search(said) is None or _DATA_STAYS.search(said):
        return False
    return not _ELSEWHERE.search(said) or _OUT_OF_THERE.search(said) is not None


def _is_data(unit: Unit, said: str) -> bool:
    """A short line without a verb under the title: "Remote · $140k · Denver, CO"."""
    if unit.kind is UnitKind.ITEM:
        return False
    if sum(map(said.count, _SEPARATORS)) > 1 or (len(said) < _SHORT and _ANYWHERE.search(said)):
        return len(said) < 2 * _SHORT
    return len(said) < _SHORT and not _VERB.search(said)


def _american(posting: Posting) -> bool:
    """Federal and US-only words that place a posting without naming a place."""
    source = posting.source
    return _MAY_BE_AMERICAN.found(source) and "£" not in source and _AMERICAN.search(source) is not None


def _named(said: str) -> frozenset[tuple[str, str]]:
    """Tables and codes of the places that a text names."""
    for written, place in load("places")["read_as"].items():
        said = said.replace(written, place)
    codes, patterns = _gazetteer()
    return frozenset(codes[index] for index in patterns.present(encodable(said)))


@cache
def _gazetteer() -> tuple[tuple[tuple[str, str], ...], Patterns]:
    data = load("places")
    entries = [
        (table, code, named) for table in ("states", "cities", "countries") for code, named in data[table].items()
    ]
    return tuple((table, code) for table, code, _ in entries), Patterns(
        [rf"\b(?:{named})(?:\W|$)" for *_, named in entries]
    )


@cache
def _code_pattern() -> re.Pattern[str]:
    """Two-letter state codes after a comma or in a list; codes that are words or degrees only after a town."""
    codes = [code for code in load("places")["states"] if code not in _WORDLIKE]
    return re.compile(
        rf"(?:(?:, ?|/ ?|\(|\b(?:or|and|in) )({'|'.join(codes)})|[a-z], ({'|'.join(_WORDLIKE)}))(?=[\s,.;/)|]|$)"
    )


def _codes(said: str) -> frozenset[str]:
    return frozenset(match[1] or match[2] for match in _code_pattern().finditer(said))


class PayLaw(NamedTuple):
    """A law that asks for pay, and perhaps more, in the posting itself."""

    place: str
    law: str
    since: str  # ISO date
    must: tuple[str, ...]


def pay_laws(places: Places, as_of: date) -> tuple[PayLaw, ...]:
    """The laws of law_us_pay.yaml in force on `as_of` for postings that reach these places."""
    laws = load("law_us_pay")
    renamed: dict[str, str] = load("places")["posting_laws"]
    wanted = {renamed.get(code, code) for code in places.codes} | ({"NY"} if "NYC" in places.codes else set())
    if places.all_states:
        wanted |= {law["place"] for law in laws["posting_required"] if len(law["place"]) == 2}
    return tuple(
        PayLaw(law["place"], law.get("law", ""), law["from"], tuple(map(str, law.get("must", ()))))
        for law in (*laws["posting_required"], *laws["outside_us"])
        if law["place"] in wanted and law["place"] != "EU" and law["from"] <= as_of.isoformat()
    )
