"""schema.org JobPosting out, as Google for Jobs reads it: only what the posting states, checked before it is written.

Properties, their sources and Google's demands: the knowledge piece `jobposting_map`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from postwright.domain.posting import FactKind, Posting, SectionKind, UnitKind
from postwright.formats.stated import Pay, Stated, plain, stated_in
from postwright.formats.to_html import html_body
from postwright.knowledge.loader import load
from postwright.reading.facts import facts_in
from postwright.reading.posting import read

_TYPES = {
    "FULL_TIME": r"full[ _-]?time|permanent full[ _-]time",
    "PART_TIME": r"part[ _-]?time",
    "CONTRACTOR": r"contract(?:or)?",
    "TEMPORARY": r"temp(?:orary)?",
    "INTERN": r"intern(?:ship)?",
    "VOLUNTEER": r"volunteer",
    "PER_DIEM": r"per[ _-]?diem",
}
_REMOTE = re.compile(
    r"(?:yes|true|telecommute|(?:fully |100 ?% )?remote)(?:\s*[-–,(]\s*(?P<where>[^)]+)\)?)?", re.IGNORECASE
)
_MIXED = re.compile(r"\bhybrid\b|\bon-?site\b|\bin[- ]office\b|\bdays (?:a|per) week in\b", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_DATES = ("datePosted", "validThrough")
_SECTIONS = {
    "responsibilities": (SectionKind.OUTCOMES, SectionKind.DUTIES, SectionKind.CLINICAL, SectionKind.INTEGRATION),
    "qualifications": (SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS),
    "jobBenefits": (SectionKind.OFFER,),
}

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Linked:
    """The structured data. `missing` are Google's required properties that the posting does not state."""

    data: Json
    missing: tuple[str, ...]
    advised: tuple[str, ...]  # recommended ones that are not stated
    conflicts: tuple[str, ...]  # what front matter and text state differently: left out

    @property
    def text(self) -> str:
        """The JSON, safe within a script element."""
        return json.dumps(self.data, ensure_ascii=False, indent=2).replace("</", "<\\/") + "\n"


def job_posting(text: str, path: str) -> Linked:
    """The settled text as a JobPosting. Nothing is inferred: what no line states is missing."""
    posting = read(text, path)
    stated = stated_in(posting)
    title, description = html_body(text, path)
    where = dict(_where(posting, stated))
    data: Json = {"@context": "https://schema.org", "@type": "JobPosting"}
    for name, value in (
        ("title", plain(title)),
        ("description", description.strip()),
        ("datePosted", _date(stated.get("date_posted"))),
        ("hiringOrganization", _named("Organization", stated.get("employer"))),
        ("validThrough", _date(stated.get("valid_through"))),
        ("employmentType", _employment(stated.get("employment_type"))),
        ("baseSalary", _salary(stated.pay, _country(where))),
        ("identifier", _identifier(stated)),
        *where.items(),
        *((name, _section(posting, kinds)) for name, kinds in _SECTIONS.items()),
    ):
        if value:
            data[name] = value
    conflicts = list(stated.conflicts)
    if title and posting.title_unit and plain(posting.unit(posting.title_unit).text) != plain(title):
        conflicts.append("front matter and text differ on the title")
    return Linked(data, _missing(data, "req"), _missing(data, "rec"), tuple(conflicts))


@cache
def properties() -> Mapping[str, Mapping[str, str]]:
    """schema.org's properties of a JobPosting by name, with Google's demand."""
    found: dict[str, Mapping[str, str]] = {}
    for entry in load("jobposting_map")["properties"]:
        for name in str(entry["p"]).split(" / "):
            found[name] = entry
    return found


def problems_of(data: Mapping[str, object]) -> tuple[str, ...]:
    """What schema.org or Google would not take, in plain words; empty for valid data."""
    problems = [f"{name} is required" for name in _missing(data, "req")]
    known = properties()
    problems += [f"{name} is no property of a JobPosting" for name in data if name[0] != "@" and name not in known]
    problems += [f"{name} is no ISO date" for name in _DATES if name in data and not _DATE.fullmatch(str(data[name]))]
    kinds = data.get("employmentType", [])
    unknown = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind not in {*_TYPES, "OTHER"}]
    problems += [f"{kind} is no employment type" for kind in unknown]
    if "estimatedSalary" in data:
        problems.append("estimatedSalary is for job boards")
    return tuple(problems)


def _missing(data: Mapping[str, object], demand: str) -> tuple[str, ...]:
    needed = [name for name, entry in properties().items() if str(entry["google"]).startswith(demand)]
    remote = data.get("jobLocationType") == "TELECOMMUTE"
    optional = {"jobLocation"} if remote and "applicantLocationRequirements" in data else set()
    if not remote:
        optional |= {"jobLocationType", "applicantLocationRequirements"}
    return tuple(name for name in needed if name not in data and name not in optional)


def _date(value: str) -> str:
    if _DATE.fullmatch(value):
        return value
    days = {fact.norm for fact in facts_in(value) if fact.kind is FactKind.DATE}
    day = days.pop() if len(days) == 1 else ""
    return day if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else ""


def _named(kind: str, name: str) -> Json:
    return {"@type": kind, "name": name} if name else {}


def _employment(value: str) -> list[str]:
    parts = re.split(r"\s*[,;/]\s*", value.strip())
    return [kind for kind, words in _TYPES.items() if any(re.fullmatch(words, part, re.IGNORECASE) for part in parts)]


def _country(where: Mapping[str, object]) -> object:
    place = where.get("jobLocation")
    address = place.get("address") if isinstance(place, dict) else None
    return address.get("addressCountry") if isinstance(address, dict) else None


def _salary(pay: Pay | None, country: object) -> Json:
    """The pay. A bare dollar sign is US dollars only in a US place: there are twenty dollars in the world."""
    if pay is None or (pay.currency == "$" and country != "US"):
        return {}
    amount: Json = {"@type": "QuantitativeValue", "unitText": pay.period.upper()}
    amount |= {"value": pay.low} if pay.low == pay.high else {"minValue": pay.low, "maxValue": pay.high}
    return {"@type": "MonetaryAmount", "currency": pay.currency.replace("$", "USD"), "value": amount}


def _identifier(stated: Stated) -> Json:
    value = stated.get("requisition")
    if not re.search(r"\d", value) or len(value) > 60:  # "See Opening ID" is none
        return {}
    return {"@type": "PropertyValue", "name": stated.get("employer") or "requisition", "value": value}


def _where(posting: Posting, stated: Stated) -> Iterator[tuple[str, object]]:
    """The place, or that there is none: fully remote only when it is said and nothing says otherwise."""
    place = stated.get("location")
    remote = _REMOTE.fullmatch(stated.get("remote")) or _REMOTE.fullmatch(place)
    if remote and not _MIXED.search(posting.body):
        yield "jobLocationType", "TELECOMMUTE"
        where = stated.get("applicant_location") or remote["where"] or ""
        yield "applicantLocationRequirements", _named("AdministrativeArea", where.strip())
    if place and not _REMOTE.match(place):
        yield "jobLocation", _place(place)


def _place(value: str) -> Json:
    """A place in as many parts as it is written in: a part that is not there is not made up."""
    parts = [part.strip() for part in value.split(",")]
    address: Json = {"@type": "PostalAddress", "addressLocality": parts[0]}
    if len(parts) == 2 and re.fullmatch(r"[A-Z]{2}", parts[1]) and parts[1] in _states():
        address |= {"addressRegion": parts[1], "addressCountry": "US"}
    elif len(parts) == 2:
        address["addressCountry" if re.fullmatch(r"[A-Z]{2}", parts[1]) else "addressRegion"] = parts[1]
    elif len(parts) == 3:
        address |= {"addressRegion": parts[1], "addressCountry": parts[2]}
    elif len(parts) > 3:
        return {"@type": "Place", "address": value}
    return {"@type": "Place", "address": address}


def _states() -> frozenset[str]:
    """Codes of US states; after a city they say the country too."""
    codes = (
        "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK"
    )
    return frozenset(f"{codes} OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR".split())


def _section(posting: Posting, kinds: tuple[SectionKind, ...]) -> str:
    lines = [
        plain(unit.text)
        for unit in posting.units
        if unit.section in kinds and unit.kind in {UnitKind.ITEM, UnitKind.SENTENCE}
    ]
    return "\n".join(lines)
