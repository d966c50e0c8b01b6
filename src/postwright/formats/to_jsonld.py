"""schema.org JobPosting out, as Google for Jobs reads it: only what is stated, and checked before it is written."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postwright.domain.posting import FactKind, Posting, SectionKind, UnitKind
from postwright.formats.json_values import items, mapping
from postwright.formats.linked_check import is_date, missing
from postwright.formats.stated import Given, Pay, Stated, plain, stated_in
from postwright.formats.to_html import html_body
from postwright.formats.tokens import template_lines
from postwright.formats.where import areas_of, country_code, where_of
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
_WHOLLY = re.compile(r"(?:yes|true|telecommute|(?:fully |100 ?% ?)?remote)", re.IGNORECASE)
_MIXED = re.compile(r"\bhybrid\b|\bon-?\s?site\b|\bin[- ]office\b|\bdays (?:a|per) week in\b", re.IGNORECASE)
_CLUTTER = re.compile(
    r"\b(?:urgent(?:ly)?|hiring|apply now|immediate(?:ly)?)\b|!{1,9}|[$£€]\s?\d[\d,.kK]*|\b[A-Z]{1,4}[-_#]?\d{3,12}\b"
    r"|[\u2600-\u27bf\U0001f300-\U0001faff]",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\{%-?\s*(?:if|unless|case|for)\b")
_SECTIONS = {
    "responsibilities": (SectionKind.OUTCOMES, SectionKind.DUTIES, SectionKind.CLINICAL, SectionKind.INTEGRATION),
    "qualifications": (SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS),
    "jobBenefits": (SectionKind.OFFER,),
}
_PROPERTY = {"employer": "hiringOrganization", "date_posted": "datePosted", "location": "jobLocation"}

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Linked:
    """The structured data. `missing` are Google's required properties that nobody states."""

    data: Json
    missing: tuple[str, ...]
    advised: tuple[str, ...]  # recommended ones that are not stated
    conflicts: tuple[str, ...]  # what front matter, text and a person state differently: left out
    given: tuple[str, ...] = ()  # properties that no line of the posting states: the page has to show them too
    cluttered: str = ""  # what Google does not want in a title

    @property
    def text(self) -> str:
        """The JSON, safe within a script element."""
        return json.dumps(self.data, ensure_ascii=False, indent=2).replace("</", "<\\/") + "\n"


def job_posting(text: str, path: str, given: Given | None = None) -> Linked:
    """The settled text as a JobPosting. Nothing is inferred: what no line and no person states is missing."""
    given = given or Given()
    posting = read(text, path)
    stated = stated_in(posting, given)
    title, description = html_body(text, path)
    where = dict(_where(posting, stated, given))
    data: Json = {"@context": "https://schema.org", "@type": "JobPosting"}
    conflicts = [*stated.conflicts, *_two_titles(posting, title), *_conditions(posting)]
    untitled = any(conflict.endswith("the title") for conflict in conflicts)
    for name, value in (
        ("title", "" if untitled else plain(title)),
        ("description", "" if any(_conditions(posting)) else description.strip()),
        ("datePosted", _date(stated.get("date_posted"))),
        ("hiringOrganization", _named("Organization", stated.get("employer"))),
        ("validThrough", _date(stated.get("valid_through"))),
        ("employmentType", _employment(stated.get("employment_type"))),
        ("baseSalary", _salary(stated.pay, _countries(where))),
        ("identifier", _identifier(stated)),
        *where.items(),
        *((name, _section(posting, kinds)) for name, kinds in _SECTIONS.items()),
    ):
        if value:
            data[name] = value
    told = tuple(name for key in stated.given if (name := _PROPERTY.get(key, "")) in data)
    return Linked(data, missing(data, "req"), missing(data, "rec"), tuple(conflicts), told, _clutter(title))


def _two_titles(posting: Posting, title: str) -> Iterator[str]:
    """Front matter and the first main heading of the text say what the job is called; they have to agree."""
    heads = (unit for unit in posting.units if unit.kind is UnitKind.HEADING and unit.level == 1)
    first = next(heads, None)
    alone = first is not None and next(heads, None) is None
    if title and first is not None and (alone or first.id == posting.title_unit) and plain(first.text) != plain(title):
        yield "front matter and text differ on the title"


def _clutter(title: str) -> str:
    """What stands in the title beside the job's name (jobposting_map: no pay, codes, urgency, pictures)."""
    found = _CLUTTER.search(title)
    return found.group().strip() if found else ""


def _conditions(posting: Posting) -> Iterator[str]:
    """Text under conditions of a template says both what holds and what does not: only the site knows which."""
    if any(_CONDITION.match(unit.text) for unit in template_lines(posting)):
        yield "a template's conditions decide what the text says"


def _date(value: str) -> str:
    if is_date(value):
        return value
    days = {fact.norm for fact in facts_in(value) if fact.kind is FactKind.DATE}
    day = days.pop() if len(days) == 1 else ""
    return day if is_date(day) else ""


def _named(kind: str, name: str) -> Json:
    return {"@type": kind, "name": name} if name else {}


def _employment(value: str) -> list[str]:
    parts = re.split(r"\s*[,;/]\s*", value.strip())
    return [kind for kind, words in _TYPES.items() if any(re.fullmatch(words, part, re.IGNORECASE) for part in parts)]


def _countries(where: Mapping[str, object]) -> set[object]:
    """The countries of the job's places, or of those who may work from home."""
    addresses = [mapping(mapping(place).get("address")) for place in items(where.get("jobLocation"))]
    areas = [mapping(area) for area in items(where.get("applicantLocationRequirements"))]
    return {address.get("addressCountry") for address in addresses} | {area.get("name") for area in areas}


def _salary(pay: Pay | None, countries: set[object]) -> Json:
    """The pay. A bare dollar sign is US dollars only in a US place: there are twenty dollars in the world."""
    if pay is None or (pay.currency == "$" and countries != {"US"}):
        return {}
    amount: Json = {"@type": "QuantitativeValue", "unitText": pay.period.upper()}
    amount |= {"value": pay.low} if pay.low == pay.high else {"minValue": pay.low, "maxValue": pay.high}
    return {"@type": "MonetaryAmount", "currency": pay.currency.replace("$", "USD"), "value": amount}


def _identifier(stated: Stated) -> Json:
    value = stated.get("requisition")
    if not re.search(r"\d", value) or len(value) > 60:  # "See Opening ID" is none
        return {}
    return {"@type": "PropertyValue", "name": stated.get("employer") or "requisition", "value": value}


def _where(posting: Posting, stated: Stated, given: Given) -> Iterator[tuple[str, object]]:
    """The place, or that there is none: fully remote only when it is said and nothing says otherwise."""
    said = stated.get("country")
    country = country_code(said) or (said if re.fullmatch(r"[A-Z]{2}", said) else "")
    found = where_of(stated.get("location"), country, given.places)
    remote = found.remote or bool(_WHOLLY.fullmatch(stated.get("remote")))
    if remote and not _MIXED.search(posting.body):
        yield "jobLocationType", "TELECOMMUTE"
        stated_areas = stated.get("applicant_location")
        areas = areas_of(stated_areas, country) if stated_areas else found.areas or areas_of("", country)
        yield "applicantLocationRequirements", _one_or_many(areas)
    if found.places:
        yield "jobLocation", _one_or_many(found.places)


def _one_or_many(values: tuple[Json, ...]) -> object:
    return values[0] if len(values) == 1 else list(values)


def _section(posting: Posting, kinds: tuple[SectionKind, ...]) -> str:
    lines = [
        plain(unit.text)
        for unit in posting.units
        if unit.section in kinds and unit.kind in {UnitKind.ITEM, UnitKind.SENTENCE}
    ]
    return "\n".join(lines)
