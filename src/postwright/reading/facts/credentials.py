"""Licences, certifications and degrees. "RN license" and "registered nurse licence" are one; RN and LPN are two."""

import re
from functools import lru_cache
from typing import NamedTuple

from postwright.domain.posting import FactKind
from postwright.knowledge.loader import load
from postwright.reading.facts.page import Norm, Page, Pattern, pattern
from postwright.reading.searching.lazy import lazy_pattern


class _Credential(NamedTuple):
    low: str
    exact: str  # its spelling when capitals count, else empty
    kind: FactKind
    norm: str
    short: bool  # counts only where `_SHORT_FORMS` says so


_LIST = r"\s?/|[,;)]|\.?\s*$"
_WANTED = r"\s(?:or|and|with|from|required|preferred)\b"
_DEGREE_NEAR = (
    rf"\s(?:degree|in\ [A-Za-z]|or\ (?:[BMP]|equiv)|and\ [BMP]|level)|\s(?:preferred|required|with|from)\b|{_LIST}"
)
_SHORT_FORMS = {
    "MS": pattern(_DEGREE_NEAR),
    "BS": pattern(_DEGREE_NEAR),
    "BA": pattern(rf"\s(?:degree|in\ [A-Z][a-z]|or\ [BMP]|and\ [BMP])|{_LIST}"),
    "MA": pattern(r"\s?/|\s(?:degree|in\ [A-Z][a-z]|or\ [BMP])"),
    "MD": pattern(rf"\s(?:degree|licen)|{_WANTED}|{_LIST}"),
    "DO": pattern(r"\s?(?:/|or)\s?MD|\s(?:degree|licen)"),
    "JD": pattern(rf"\s(?:degree)|{_WANTED}|{_LIST}"),
    "NP": pattern(rf"\s(?:licen|certif)|{_WANTED}|{_LIST}"),
    "AA": pattern(r"\s?/|\s(?:degree|in\ [A-Z])"),
    "AS": pattern(r"\s?/(?=[AB])|\s(?:degree|in\ [A-Z][a-z])"),
    "AAS": pattern(r"\s?/|\s(?:degree|in\ [A-Z])|[,;)]"),
    "masters": pattern(r"\s(?:in|of|and|or|preferred|required|level|from)\b|[,.;)/]|$"),
}
"""Short forms that are also something else, and what follows them where they are a degree or licence."""
_AFTER_ANOTHER = {
    "MA": lazy_pattern(r"\b[BM][AS]\s?(?:/|,|or)\s?$"),
    "DO": lazy_pattern(r"\b(?:MD|M\.D\.|PhD)\s?(?:/|,|or|and)?\s?(?:or |and )?$"),
}
"""What may stand before them instead."""

_LICENCE_WORD = pattern(r"\s(?:licen[sc]es?|licen[sc]ures?)\b", any_case=True)
_DEGREE_WORD = pattern(r"[\s-](?:level\ )?degrees?\b", any_case=True)
_WORD = lazy_pattern(r"[^\W_]+")

_LICENCE = pattern(
    r"""\b(?:(?P<held>physician|medical|nursing|nurse|pharmacy|pharmacist|clinical|professional|state|therapy|therapist|psychology
        |psychologist|social\ work(?:er)?|counsel(?:ing|or)|dental|radiography|driver'?s|practice|provider|clinician
        |practitioner)\ (?:or\ \w+\ )?licen[sc](?:e|ure)s?\b
    |licen[sc]ed\ (?P<who>physician|nurse|clinician|therapist|psychologist|social\ worker|provider|practitioner
        |counselor|dietitian)s?\b
    |(?:(?:valid|active|current|full|required)\s)+licen[sc](?:e|ure)s?\b
    |licensures?\b
    |licen[sc]ed\b(?=\ (?:in|to\ practi[cs]e|by|as)\b)
    |licen[sc]e(?=\ (?:in|to\ practi[cs]e|required)\b))""",
    any_case=True,
)
_SAME_HOLDER = {
    "physician": "medical",
    "nurse": "nursing",
    "driver's": "driver",
    "drivers": "driver",
    "pharmacist": "pharmacy",
    "psychologist": "psychology",
    "therapist": "therapy",
    "social worker": "social work",
    "counselor": "counseling",
}
_CLEAN = pattern(r"\b(?:unencumbered|unrestricted)\b", any_case=True)
_DEGREE = pattern(
    r"""(?<!high\ )(?<!some\ )(?<!great\ )(?<!large\ )(?<!certain\ )(?<!varying\ )(?<!greater\ )(?<!\d-)(?<!\d\ )
    \bdegrees?\b(?!\ of\ (?!arts|science))(?!\s?(?:celsius|fahrenheit|feedback|view))""",
    any_case=True,
)

_NAMED = r"(?P<name>[A-Z][\w+#.]*(?:[\ /-][A-Z][\w+#.]*){0,3})"
_HOW = r"""(?P<how>[Cc]ertif(?:ied|ications?|icates?)|CERTIF(?:IED|ICATIONS?)|[Aa]ccredit(?:ed|ations?)|[Pp]roficiency
    |[Cc]redentialed\ [Tt]rainer|[Bb]adges?)\b"""
_CERTIFIED = pattern(
    rf"(?<![\w.]){_NAMED}(?:\ (?!and\ |or\ |with\ |plus\ |the\ |is\ |are\ |for\ )[a-z]+){{0,2}}[\s-]+{_HOW}"
)
_CERTIFIED_IN = pattern(rf"(?<![Bb]oard[\ -])\b{_HOW}\ (?:in|on|for|as)(?:\ an?|\ the)?\ {_NAMED}")
_HOW_WORDS = pattern(r"certif|accredit|proficien|credential|badge", any_case=True)
_HOWS = {"c": "certification", "a": "accreditation", "p": "proficiency", "b": "badge"}
_NO_NAME = frozenset(
    {
        "Board",
        "The",
        "A",
        "An",
        "Our",
        "Your",
        "Professional",
        "Required",
        "Preferred",
        "Current",
        "Active",
        "Relevant",
        "Valid",
    }
    | {"Licensed", "In", "And", "Or", "If"}
)


def read_certified(page: Page) -> None:
    """ "Epic certification" is a fact beside Epic, which stays on the page: comes before the lexicon of names."""
    if _HOW_WORDS().search(page.text):
        page.take(_CERTIFIED, _certified, leave=True)
        page.take(_CERTIFIED_IN, _certified, leave=True)


def read_credentials(page: Page) -> None:
    """Comes after places: "Boston, MA" is no degree."""
    page.take_words(lambda text, low, word: _credential(page, text, low, word))
    if any(word.startswith("licen") for word in page.low_words):
        page.take(_LICENCE, _licence)
    if page.says_one_of(frozenset({"unencumbered", "unrestricted"})):
        page.take(_CLEAN, lambda m: Norm(FactKind.LICENCE, m.group().lower()))
    if page.says_one_of(frozenset({"degree", "degrees"})):
        page.take(_DEGREE, lambda _: Norm(FactKind.DEGREE, "degree"))


@lru_cache(maxsize=1)
def _by_kind() -> dict[FactKind, dict[str, str]]:
    """Kind -> norm -> spellings with "|" between them."""
    known = load("fact_credentials")
    codes = {code.lower(): code for code in known["certification_codes"].split()}
    return {
        FactKind.LICENCE: known["licence"],
        FactKind.CERTIFICATION: known["certification"] | codes,
        FactKind.DEGREE: known["degree"],
    }


@lru_cache(maxsize=1)
def _credentials() -> dict[str, tuple[_Credential, ...]]:
    """First word in lower case -> credentials that begin with it, longest first."""
    table: dict[str, list[_Credential]] = {}
    for kind, norms in _by_kind().items():
        for norm, spellings in norms.items():
            for written in spellings.split("|"):
                spelling = written.removesuffix("*")
                exact = spelling if any(map(str.isupper, spelling)) else ""
                found = _Credential(spelling.lower(), exact, kind, norm, written.endswith("*"))
                for first in {_WORD.findall(text)[0] for text in (found.low, f"{found.low}s")}:
                    table.setdefault(first, []).append(found)
    return {word: tuple(sorted(found, key=lambda one: -len(one.low))) for word, found in table.items()}


def _credential(page: Page, text: str, low: str, word: re.Match[str]) -> Norm | None:
    for known in _credentials().get(word.group(), ()):
        start, end = word.start(), word.start() + len(known.low)
        if not low.startswith(known.low, start) or (known.exact and text[start:end] != known.exact):
            continue
        end = _word_end(low, end)
        if end and (not known.short or _fits(text, start, end, known.exact or known.low)):
            return _norm(page, text, known, start, end)
    return None


def _norm(page: Page, text: str, known: _Credential, start: int, end: int) -> Norm:
    """The fact with the word "license" or "degree" after it. A physician's degree is a licence to practise, too."""
    licence_end = _end_of(_LICENCE_WORD, text, end)
    if known.norm in {"md", "do"}:
        page.put(FactKind.LICENCE, known.norm, start, licence_end)
    if known.kind is FactKind.LICENCE:
        end = licence_end
    elif known.kind is FactKind.DEGREE:
        end = _end_of(_DEGREE_WORD, text, end)
    return Norm(known.kind, known.norm, start, end)


def _end_of(word: Pattern, text: str, end: int) -> int:
    found = word().match(text, end)
    return found.end() if found else end


def _word_end(low: str, end: int) -> int:
    """Where the word ends, a plural s included, or 0 when it is only a piece of one."""
    if end == len(low) or not low[end].isalnum() or not low[end - 1].isalnum():
        return end
    return end + 1 if low[end] == "s" and (end + 1 == len(low) or not low[end + 1].isalnum()) else 0


def _fits(text: str, start: int, end: int, short: str) -> bool:
    if _SHORT_FORMS[short]().match(text, end):
        return True
    another = _AFTER_ANOTHER.get(short)
    return another is not None and another.search(text[max(0, start - 12) : start]) is not None


def _licence(found: re.Match[str]) -> Norm:
    holder = " ".join((found["held"] or found["who"] or "").lower().split())
    return Norm(FactKind.LICENCE, _SAME_HOLDER.get(holder, holder) or "licence")


def _certified(found: re.Match[str]) -> Norm | None:
    """ "Epic certified" and "certified in Epic" are "epic certification"; a badge is another thing."""
    words = found["name"].split(" ")
    while words and words[0] in _NO_NAME:
        words = words[1:]
    how = found["how"].lower()
    name = " ".join(words).lower().removesuffix(" systems")
    known = _by_kind()
    if not words or name in known[FactKind.CERTIFICATION] or name in known[FactKind.LICENCE]:
        return None
    kind = "credentialed trainer" if how.startswith("cred") else _HOWS[how[0]]
    return Norm(FactKind.CERTIFICATION, f"{name} {kind}", found.start("how"), found.end("how"))
