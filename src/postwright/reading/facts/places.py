"""Places, and where the work is done: remote, hybrid, on site, in the office."""

import re

from postwright.domain.posting import FactKind
from postwright.knowledge.loader import load
from postwright.reading.facts.gazetteer import areas, cities, places, states
from postwright.reading.facts.page import Norm, Page, pattern
from postwright.reading.ordinary import is_ordinary
from postwright.reading.searching.lazy import lazy_pattern

_CAPITAL = lazy_pattern(r"[A-ZÀ-Þ]")
_NAME = r"[A-ZÀ-Þ][\w'.-]*"
_CITY = rf"(?<![\w.-])(?P<city>(?:{_NAME}\ ){{0,3}}{_NAME})"
_CITY_AND_CODE = pattern(
    rf"{_CITY},\s{{0,2}}(?P<state>[A-Z]{{2}})\b(?![-.&]?\w)(?P<zip>\s{{1,2}}\d{{5}}(?:-\d{{4}})?(?!\d))?"
)
_CITY_BEFORE_STATE = pattern(rf"{_CITY}(?=,\s{{0,2}}(?P<one>[A-Z][a-z]+)(?P<two>\ [A-Z][a-z]+)?)")
_CODES_IN_A_ROW = pattern(r"(?<![\w-])[A-Z]{2}(?:(?:\s?/\s?|,\s?(?:and\ |or\ |&\ )?|\s(?:and|or|&)\s)[A-Z]{2}(?!\w))+")
_TWO_CAPITALS = lazy_pattern(r"[A-Z]{2}")
_CODE_IN_PLACE = pattern(
    r"\b(?:[Ii]n|[Ff]rom|[Oo]utside|[Ww]ithin|[Rr]emote,?|[Oo]f|[Ff]or)\s(?P<state>[A-Z]{2})(?![\w&/'-])"
)
_CODE = pattern(r"(?<![\w&/.-])(?P<code>[A-Z]{2})(?![\w&/-]|\.\w)")
_SHORT_FORM = pattern(
    r"""(?<![\w.&/-])(?:Washington,?\ D\.?C\b\.?|[A-Z]\.[A-Z]\.(?:[A-Z]\.)?|U\.S|LatAm|[A-Z]{2,5})(?![\w&])
    (?!\s(?:Central|Eastern|Pacific|Mountain|Core|[CEMP]T|[Dd]ollars)\b)"""
)

_REMOTE = pattern(
    r"""(?<!\w)(?:
    (?P<remote>remote(?:ly)?(?:[\ -](?:first|friendly|eligible|only|ok))?
        |(?:work(?:ing)?[\ -])?from[\ -]home|work(?:ing)?[\ -]from[\ -]anywhere
        |wfh|tele-?work(?:ing)?|tele-?commut(?:e|ing)|home[\ -]based|home[\ -]office)
    |(?P<hybrid>hybrid)
    |(?P<onsite>on-?\s?site)
    |(?P<office>in-office|in\ (?:the\ |our\ (?:\w+\ )?)?office|at\ the\ office|office[\ -]based)
    )(?!\w)""",
    any_case=True,
)
_WORKPLACE_WORDS = frozenset(
    {"remote", "remotely", "wfh", "telework", "teleworking", "telecommute", "telecommuting", "hybrid", "onsite", "site"}
    | {"office", "home", "anywhere", "tele"}
)
_NO_WORKPLACE = pattern(
    r"""\s?(?:patient|monitor|sens|care\b|desktop|access|server|control|procedure|consult|diagnos|code\ execution|exam
    |visit|hospitals?\b|clinics?\b|sites?\b|areas?\b|communit|villages?\b|stroke|icu\b|physiolog|therap|interpret|scrib|health|deliver
    |assess|triage|search|cloud|apps?\b|application|infrastructure|architecture|environment|identity|approach|retrieval|deployment
    |imaging|or\b(?=\ )|vehicle|entity|integration|stack|rag\b|database|stipend|equipment|setup|allowance|reimburs
    |manager)""",
    any_case=True,
)
"""What follows "remote" and "hybrid" where they say nothing about the workplace: "remote patient monitoring"."""


def read_places(page: Page) -> None:
    if not _CAPITAL.search(page.text):
        return
    page.take(_CODES_IN_A_ROW, lambda m: _states_in_a_row(page, m))
    if "," in page.text:
        page.take(_CITY_AND_CODE, lambda m: _city_and_code(page, m))
        page.take(_CITY_BEFORE_STATE, _city_before_state)
    page.take(_SHORT_FORM, _short_form)
    page.take(_CODE_IN_PLACE, _code_in_place)
    page.take(_CODE, _lone_code)
    page.take_words(_known_place)


def read_workplace(page: Page) -> None:
    """Leaves what it reads: "in our Chicago office" also names a place."""
    if page.says_one_of(_WORKPLACE_WORDS):
        page.take(_REMOTE, _workplace, leave=True)


def _workplace(found: re.Match[str]) -> Norm | None:
    kind = found.lastgroup or ""
    if kind in {"remote", "hybrid"} and _NO_WORKPLACE().match(found.string, found.end()):
        return None
    return Norm(FactKind.REMOTE, kind)


def _is_plain(code: str) -> bool:
    """True for an abbreviation that is no word, credential or unit of its own."""
    return code in load("fact_places")["plain_abbreviations"].split()


def _state(code: str, start: int, end: int) -> Norm:
    return Norm(FactKind.LOCATION, f"us-{code.lower()}", start, end)


def _short_form(found: re.Match[str]) -> Norm | None:
    norm = load("fact_places")["codes"].get(found.group())
    return Norm(FactKind.LOCATION, norm) if norm else None


def _code_in_place(found: re.Match[str]) -> Norm | None:
    code = found["state"]
    return _state(code, found.start("state"), found.end("state")) if _is_plain(code) else None


def _lone_code(found: re.Match[str]) -> Norm | None:
    code = found["code"]
    lone = code in load("fact_places")["lone_abbreviations"].split()
    return _state(code, found.start(), found.end()) if lone else None


def _states_in_a_row(page: Page, found: re.Match[str]) -> Norm | None:
    """ "TX, FL and GA": at least half must be plain abbreviations, of two both."""
    codes = list(_TWO_CAPITALS.finditer(found.group()))
    if any(code.group().lower() not in states().values() for code in codes):
        return None
    plain = sum(_is_plain(code.group()) for code in codes)
    if plain * 2 < len(codes) or (len(codes) == 2 and plain < 2):
        return None
    for code in codes[1:]:
        norm = f"us-{code.group().lower()}"
        page.put(FactKind.LOCATION, norm, found.start() + code.start(), found.start() + code.end())
    return _state(codes[0].group(), found.start(), found.start() + 2)


def _city_and_code(page: Page, found: re.Match[str]) -> Norm | None:
    """City and state are two facts: who leaves out the state says less, who changes it lies."""
    code = found["state"]
    city, start = _city(found)
    if not city or code == "DC" or code.lower() not in states().values():
        return None
    if not found["zip"] and not _is_plain(code) and city not in cities():
        return None
    page.put(FactKind.LOCATION, cities().get(city, city), start, found.end("city"))
    if found["zip"]:
        page.put(FactKind.LOCATION, found["zip"].strip(), found.start("zip"), found.end("zip"))
    return _state(code, found.start("state"), found.end("state"))


def _city_before_state(found: re.Match[str]) -> Norm | None:
    """A city before a state's full name, which is read by itself."""
    one, two = found["one"].lower(), f"{found['one']}{found['two'] or ''}".lower()
    city, start = _city(found)
    if not city or (one not in states() and two not in states()):
        return None
    return Norm(FactKind.LOCATION, cities().get(city, city), start)


def _city(found: re.Match[str]) -> tuple[str, int]:
    """The city's name without ordinary words before it ("Our Peoria, IL campus"), and where it starts."""
    start = found.start("city")
    words = found["city"].split(" ")
    while words and " ".join(words).lower() not in cities() and is_ordinary(words[0].lower()):
        start += len(words.pop(0)) + 1
    name = " ".join(words).lower()
    is_area = name in areas() and name != "new york"
    return ("" if is_area else name), start


def _known_place(text: str, low: str, word: re.Match[str]) -> Norm | None:
    start = word.start()
    for place in places().get(word.group(), ()):
        end = start + len(place.name)
        if not low.startswith(place.name, start) or not _CAPITAL.match(text, start):
            continue
        if end == len(low) or not low[end].isalnum():
            return Norm(FactKind.LOCATION, place.norm, start, end)
    return None
