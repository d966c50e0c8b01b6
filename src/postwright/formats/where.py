"""A place as it is written to the parts of an address, and whether a job is wholly remote; nothing is made up.

A country is known by its name or code, by a US state or a Canadian province beside the city, or because the employer
says it for all postings. "London" alone names none: there is one in Ontario.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from postwright.knowledge.loader import load
from postwright.reading.facts.gazetteer import cities, states

LONGEST = 300
"""Characters. What is longer is no list of places but text."""

Json = dict[str, object]

_REMOTE = r"(?:virtual|remote|telecommute|telework|work from home|work from anywhere|anywhere|home[ -]based)"
_WHOLLY = re.compile(
    rf"(?:yes|true|(?:(?:fully|wholly|completely|100 ?%)\s+)?{_REMOTE}(?:\s+(?:jobs?|work|position|role))?"
    rf"(?:\s*\((?:fully |100 ?%\s*)?{_REMOTE}\))?"
    r"|location:?\s+remote)"
    r"(?:\s*[-–—,:(]?\s*(?:with)?(?:in\s+)?(?:the\s+)?(?P<where>[A-Z][\w.,&/ -]*?)\)?(?:\s+only)?\)?)?"
    rf"(?:\s*\((?:fully |100 ?%\s*)?{_REMOTE}\))?",
    re.IGNORECASE,
)
_OPTIONAL = re.compile(rf"\s*[-–—(,/]\s*(?:{_REMOTE})\s+(?:ok|possible|optional|friendly)\)?\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:;|\||\n)\s*")
_CODED = re.compile(r"(?P<country>USA?) (?P<region>[A-Z]{2}) (?P<city>[A-Z][\w. '-]+)")
_DISTRICT = re.compile(r"Washington,? D\.?C\.?", re.IGNORECASE)
_VAGUE = re.compile(rf"\b(?:{_REMOTE}|hybrid|various|multiple|several|tbd|flexible|or|and)\b", re.IGNORECASE)
_POSTCODE = re.compile(r"(?P<region>[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?P<code>\d{5}(?:-\d{4})?)")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_STATE_BEHIND = re.compile(r"(?P<city>[A-Z][\w. '-]+) (?P<region>[A-Z]{2})")
_PROVINCES = frozenset({"ON", "QC", "BC", "AB", "MB", "SK", "NS", "NB", "NL", "PE"})
# Known cities of countries whose code is a state's as well: Germany, India, Colombia, Israel, Indonesia, Argentina.
_ABROAD_NAMES = (
    "berlin munich münchen hamburg frankfurt cologne köln stuttgart düsseldorf mumbai delhi bangalore bengaluru "
    "hyderabad chennai pune kolkata gurgaon gurugram noida ahmedabad bogotá bogota medellín medellin jerusalem jakarta"
)
_ABROAD = frozenset({*_ABROAD_NAMES.split(), "new delhi", "tel aviv", "buenos aires"})
_TWO_LANDS = "georgia"  # a state and a country


@dataclass(frozen=True, slots=True)
class Where:
    """`places` are schema.org Places. `remote`: nothing but remote work is named, from `areas` (countries, states)."""

    places: tuple[Json, ...] = ()
    remote: bool = False
    areas: tuple[Json, ...] = ()


def where_of(value: str, country: str = "", known: Iterable[str] = ()) -> Where:
    """What a location line says. `country` is the employer's, for places that name none; `known` are its places."""
    parts = [part for part in _BETWEEN.split(value.strip()) if part] if len(value) <= LONGEST else []
    remote = [found for part in parts if (found := _WHOLLY.fullmatch(part.strip()))]
    if parts and len(remote) == len(parts):
        return Where(remote=True, areas=areas_of(remote[0]["where"] or "", country))
    here = [_OPTIONAL.sub("", part) for part in parts if not _WHOLLY.fullmatch(part.strip())]
    return Where(tuple(place for part in here if (place := _place(part, country, tuple(known)))))


def areas_of(value: str, country: str = "") -> tuple[Json, ...]:
    """The countries and states that a text names, or the employer's country; none when one of them is unknown."""
    names = [name for part in re.split(r"\s*(?:[;,/&]|\band\b|\bor\b)\s*", value) if (name := part.strip(" .()"))]
    found = [_area(name) for name in names] if names else [_area(country)]
    return tuple(area for area in found if area) if all(found) else ()


def _area(name: str) -> Json:
    if code := country_code(name):
        return {"@type": "Country", "name": code}
    return {"@type": "State", "name": name} if name.lower() in states() else {}


def country_code(name: str) -> str:
    """ISO 3166-1 alpha-2 of a country's name or short form; empty for what is no country we know."""
    bare = name.strip().removeprefix("the ").removeprefix("The ").strip()
    norm = load("fact_places")["codes"].get(bare) or load("fact_places")["countries"].get(bare.lower(), "")
    norm = norm or (bare.lower() if bare in _codes() else "")
    code = norm.partition("-")[0].upper()
    return code if code in _codes() and not norm.startswith(("us-", "ca-")) else ""


@cache
def _codes() -> frozenset[str]:
    return frozenset(norm.partition("-")[0].upper() for norm in load("fact_places")["countries"].values())


@cache
def _state_codes() -> frozenset[str]:
    return frozenset(code.upper() for code in states().values())


def _place(value: str, country: str, known: tuple[str, ...]) -> Json:
    """A place in as many parts as it is written in. A text that names several at once, or none, is no place."""
    value = _ASIDE.sub("", value.strip(" ."))
    if not value or _VAGUE.search(value) or len(value) > 150:
        return {}
    address = _address(value)
    if set(address) == {"addressLocality"} and (fuller := _known(value, known)):
        address = _address(fuller)
    if not address:
        return {}
    if country and "addressCountry" not in address:
        address["addressCountry"] = country_code(country) or country
    return {"@type": "Place", "address": {"@type": "PostalAddress", **address}}


def _known(city: str, known: tuple[str, ...]) -> str:
    """The employer's place of that name, when it has just one."""
    found = [place for place in known if place.split(",")[0].strip().lower() == city.lower()]
    return found[0] if len(found) == 1 else ""


def _address(value: str) -> Json:
    if coded := _CODED.fullmatch(value):
        return {"addressLocality": coded["city"], "addressRegion": coded["region"], "addressCountry": "US"}
    if (behind := _STATE_BEHIND.fullmatch(value)) and behind["region"] in _state_codes():
        value = f"{behind['city']}, {behind['region']}"
    parts = [part.strip() for part in _DISTRICT.sub("Washington, DC", value).split(",") if part.strip()]
    if len(parts) == 1 and (code := country_code(parts[0])):
        return {"addressCountry": code}
    address: Json = {}
    if len(parts) > 1 and not _is_state(parts[-1], parts[-2]) and (code := country_code(parts[-1])):
        address["addressCountry"] = code
        parts.pop()
    if len(parts) > 1:
        address = _region(parts[-1], parts[-2]) | address
        parts.pop()
    if len(parts) > 1 and "addressCountry" not in address:
        return {}  # several places in a row, or a street of we know not where
    address["addressLocality"] = parts.pop()
    if parts:
        address["streetAddress"] = ", ".join(parts)
    return {key: address[key] for key in _ORDER if key in address}


def _is_state(part: str, city: str) -> bool:
    """Codes that are a country's, too (DE, IN), name a state beside a known city of the US only; so does Georgia."""
    known = city.lower() in cities() and city.lower() not in _ABROAD
    if part.lower() in states():
        return part.lower() != _TWO_LANDS or known
    plain = part in load("fact_places")["plain_abbreviations"].split()
    return part in _state_codes() and (plain or known or part not in _codes())


_ORDER = ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry")


def _region(part: str, city: str) -> Json:
    """The region with what it says about the country: states and provinces are known, other regions are not."""
    found: Json = {}
    if coded := _POSTCODE.fullmatch(part):
        part, found = coded["region"], {"postalCode": coded["code"], "addressCountry": "US"}
    found["addressRegion"] = part
    if _is_state(part, city):
        found["addressCountry"] = "US"
    elif part in _PROVINCES or part.lower() in load("fact_places")["provinces"]:
        found["addressCountry"] = "CA"
    return found
