"""Counts of years and the dated technology that a clause spends them on, in either order."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from postwright.domain.posting import Span
from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context
from postwright.rules.rule import Rule, cue_words, tells

_BEFORE = 60  # characters before a count that tell whose years they are
_LEAD = 90  # characters before a count in which the thing they are about is named

_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "a dozen": 12, "half a decade": 5, "a decade": 10, "one decade": 10,
    "two decades": 20,
}  # fmt: skip
_FIRST_NUMBER = lazy_pattern(
    rf"\d+(?:\.5)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))}".replace(" ", r"\s+"), re.IGNORECASE
)

_JOINED_ALL = lazy_pattern(r"\s*(?:,|&|\band\b|\+)\s*(?:and\s+)?", re.IGNORECASE)
_JOINED_ANY = lazy_pattern(r"\s*(?:/|,?\s*\bor\b)\s*", re.IGNORECASE)
_JOINED = lazy_pattern(
    r"\s*(?:(?:apps?|applications?|pipelines?|development|systems?|work|projects?|interfaces?|agents?)\s*){0,2}"
    r"(?:[,&+]\s*(?:and\s+)?|\b(?:and|with|using|on|in|under|through|plus)\b\s+)",
    re.IGNORECASE,
)
_ALIKE = lazy_pattern(
    r"(?:(?:an?|the|any|other) )?(?:similar|alike|like|equivalent|comparable|another|related)\b", re.IGNORECASE
)
_NEW_KIND = "2022-10"
"""Year and month. Of what has come since, nothing alike is much older: "six years of ChatGPT or similar"."""
_EITHER = lazy_pattern(r"\bor\b|/", re.IGNORECASE)
_EXACT_UP_TO = 6  # letters: shorter names must match their case (Go, Rust, Claude, RAG, React)

_OPENED = lazy_pattern(r"\s*[:(–-]+\s*(?:(?:at least|minimum(?: of)?|min\.?) )?$")
_OTHER_OF_A_LIST = lazy_pattern(r"(?:,|/|\b(?:and|or)) *$", re.IGNORECASE)


class Technology(NamedTuple):
    """Something with a first public day. `loose`: the name is older or wider than that day."""

    name: str
    first: str  # year and month, ISO
    loose: bool

    def age(self, as_of: date) -> float:
        """Years from the first month to `as_of`."""
        year, month = map(int, self.first.split("-")[:2])
        return as_of.year - year + (as_of.month - month) / 12


class Claim(NamedTuple):
    """A count of years and the technology it is about. `span` is in the source."""

    years: float
    technology: Technology
    span: Span
    joint: bool = False  # the youngest of several: the years may be meant for an older one of them

    def excess(self, as_of: date) -> float:
        return self.years - self.technology.age(as_of)


def claims(rule: Rule, context: Context) -> Iterator[Claim]:
    """Every count of years that is spent on a technology of the tables."""
    for hit in context.of(rule):
        if hit.unit is not None and (claim := _claim(context.text, hit.span, hit.unit.span)) is not None:
            yield claim


@lru_cache(maxsize=64)
def _claim(text: str, count: Span, unit: Span) -> Claim | None:
    """The technology after the years ("5+ years of X"), else before them ("X (5+ years)", "X in anger for 5 years")."""
    number = _FIRST_NUMBER.match(text, count.start)
    before = text[max(unit.start, count.start - _BEFORE) : count.start]
    if number is None or tells("not_of_a_person", text[count.end : count.end + 12]) or tells("no_past", before):
        return None
    written = " ".join(number.group().lower().split())
    named = _named_after(text, count.end, unit.end) or _named_before(text, count, unit)
    if not named:
        return None
    technology, end, joint = named
    years = float(_WORDS.get(written, 0) or written)
    return Claim(years, technology, Span(min(count.start, end), max(count.end, end)), joint)


@cache
def _between() -> re.Pattern[str]:
    """What may stand between the years and the thing they are spent on: "of hands-on experience with"."""
    return re.compile(rf"[.+]?(?:[^\w.;]*\b(?:{cue_words('years_between')})\b)*['’\s:(-]*", re.IGNORECASE)


@cache
def _step() -> re.Pattern[str]:
    """A word more on the way to it, with no comma: a verb, its plain object, a preposition ("certifying companies")."""
    field, plain = cue_words("field_gerunds"), cue_words("years_between")
    return re.compile(
        rf"['\s-]*\b(?!(?:{field})\b)(?:[a-z]+ing|{plain}|{cue_words('years_spent_on')})\b['\s-]*", re.IGNORECASE
    )


class _Named(NamedTuple):
    """A technology, the edge of its name away from the years, and whether it is the youngest of several."""

    technology: Technology
    edge: int
    joint: bool = False


def _named_after(text: str, start: int, end: int) -> _Named | None:
    """The first technology that plain words lead to. A word of another field takes the years for itself."""
    between = _between().match(text, start, end)
    at: int | None = between.end() if between else start
    while at is not None and at < end:
        if named := _technologies_at(text, at, end):
            return named
        if _name_at(text, at, end):
            return None  # one of several that would do
        step = _step().match(text, at, end)
        at = step.end() if step else None
    return None


def _technologies_at(text: str, start: int, end: int) -> _Named | None:
    """The technology named at `start`. Of several joined by "and" the youngest counts, by "or" the oldest."""
    first = _name_at(text, start, end)
    if first is None:
        return None
    technology, at = first
    either = _JOINED_ANY.match(text, at, end)
    if either:
        other = _name_at(text, either.end(), end)
        if other is None and technology.first >= _NEW_KIND and _ALIKE.match(text, either.end(), end):
            return _Named(technology, at, joint=True)
        return _Named(max(technology, other[0], key=_by_age), other[1]) if other else None
    both = _JOINED_ALL.match(text, at, end)
    rest = text[at : min(end, at + 80)]
    if both and _EITHER.search(rest.split(".")[0].split(";")[0]):
        return None  # "X, Y or Z": any of them would do
    return _with_younger(text, technology, at, end)


def _with_younger(text: str, technology: Technology, at: int, end: int) -> _Named:
    """The youngest of what the same years are spent on: "prompt engineering with GPT-4", "RAG apps and LangGraph"."""
    young, joint, last = technology, False, at
    while joined := _JOINED.match(text, at, end):
        other = _name_at(text, joined.end(), end)
        if other is None:
            break
        at = other[1]
        if _by_age(other[0]) < _by_age(young):
            young, joint, last = other[0], True, at
    return _Named(young, last, joint)


def _by_age(technology: Technology) -> tuple[int, ...]:
    return tuple(-int(part) for part in technology.first.split("-")[:2])


def _name_at(text: str, start: int, end: int) -> tuple[Technology, int] | None:
    for name, technology in _by_initial().get(text[start : start + 1].lower(), ()):
        stop = start + len(name)
        written = text[start:stop]
        fits = written == name if len(name) <= _EXACT_UP_TO else written.lower() == name.lower()
        if fits and stop <= end and not text[stop : stop + 1].isalnum():
            return technology, stop
    return None


@cache
def _lead() -> re.Pattern[str]:
    """What may stand between a thing and the years behind it: "in anger for", "experience of at least"."""
    return re.compile(rf"(?:[\s,(–-]*\b(?:{cue_words('years_lead')})\b)*[\s,:(–-]+$", re.IGNORECASE)


@cache
def _closed() -> re.Pattern[str]:
    """Words after which nothing else can claim the years."""
    return re.compile(rf"'?(?:[\s-]*\b(?:{cue_words('years_close')})\b)*\s*(?:[.;,)\n!]|$)", re.IGNORECASE)


def _named_before(text: str, count: Span, unit: Span) -> _Named | None:
    """ "FHIR R4 (5+ years)", "LangChain: 5 years", "FHIR R5 in anger for 5 years", "RAG experience, 8 years"."""
    least = max(unit.start, count.start - _LEAD)
    said = text[least : count.start]
    if not said:
        return None
    leads = [_OPENED.search(said)]
    if _closed().match(text, count.end, unit.end):
        leads.append(_lead().search(said))
    found = (_name_that_ends(text, unit.start, least + lead.start()) for lead in leads if lead)
    return next(filter(None, found), None)


def _name_that_ends(text: str, least: int, end: int) -> _Named | None:
    for name, _ in _by_last().get(text[end - 1 : end].lower(), ()):
        start = end - len(name)
        named = _name_at(text, start, end) if start >= least else None
        if named and named[1] == end and not text[max(0, start - 1) : start].isalnum():
            return None if _OTHER_OF_A_LIST.search(text, least, start) else _Named(named[0], start)
    return None


@cache
def _technologies() -> tuple[tuple[str, Technology], ...]:
    """Every name with its technology, longest first, so that "FHIR R4" wins over "FHIR"."""
    known = load("tech_first_release")["items"]
    own = load("technologies")
    loose = frozenset(own["loose"])
    named = [
        (str(name), Technology(str(entry["names"][0]), str(entry["first"]), entry["id"] in loose))
        for entry in (*known, *own["items"])
        if entry["id"] not in own["left_out"]
        for name in entry["names"]
    ]
    return tuple(sorted(named, key=lambda pair: -len(pair[0])))


@cache
def _by_initial() -> dict[str, tuple[tuple[str, Technology], ...]]:
    initials = {name[0].lower() for name, _ in _technologies()}
    return {initial: tuple(pair for pair in _technologies() if pair[0][0].lower() == initial) for initial in initials}


@cache
def _by_last() -> dict[str, tuple[tuple[str, Technology], ...]]:
    lasts = {name[-1].lower() for name, _ in _technologies()}
    return {last: tuple(pair for pair in _technologies() if pair[0][-1].lower() == last) for last in lasts}
