"""What schema.org or Google for Jobs would not take of a JobPosting: properties, types, enumerations, dates.

Properties and demands: the knowledge piece `jobposting_map`. Google's demand for a country in each address and for a
place that applicants may live in: its documentation of job postings, as that piece quotes it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from postwright.domain.errors import UsageProblem
from postwright.knowledge.loader import load

EMPLOYMENT = ("FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER")
_UNITS = frozenset({"HOUR", "DAY", "WEEK", "MONTH", "YEAR"})
_DATES = ("datePosted", "validThrough")
_DATE = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_TEMPLATE = re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}", re.DOTALL)
_AREAS = frozenset({"Country", "State", "City", "AdministrativeArea"})

Json = Mapping[str, object]


@cache
def properties() -> Mapping[str, Mapping[str, str]]:
    """schema.org's properties of a JobPosting by name, with Google's demand."""
    found: dict[str, Mapping[str, str]] = {}
    for entry in load("jobposting_map")["properties"]:
        for name in str(entry["p"]).split(" / "):
            found[name] = entry
    return found


def is_date(value: str) -> bool:
    return bool(_DATE.fullmatch(value))


def missing(data: Json, demand: str) -> tuple[str, ...]:
    """Google's required (`req`) or recommended (`rec`) properties that are not there."""
    needed = [name for name, entry in properties().items() if str(entry["google"]).startswith(demand)]
    remote = data.get("jobLocationType") == "TELECOMMUTE"
    optional = set() if remote else {"jobLocationType", "applicantLocationRequirements"}
    if remote and "applicantLocationRequirements" in data:
        optional.add("jobLocation")
    elif remote and demand == "req" and "jobLocation" not in data:
        needed, optional = [*needed, "applicantLocationRequirements"], {"jobLocation"}
    return tuple(name for name in needed if name not in data and name not in optional)


def problems_of(data: Json) -> tuple[str, ...]:
    """What schema.org or Google would not take, in plain words; empty for valid data."""
    problems = [f"{name} is required" for name in missing(data, "req")]
    known = properties()
    problems += [f"{name} is no property of a JobPosting" for name in data if name[0] != "@" and name not in known]
    problems += [f"{name} is no ISO date" for name in _DATES if name in data and not is_date(str(data[name]))]
    unknown = [kind for kind in _many(data.get("employmentType")) if kind not in EMPLOYMENT]
    problems += [f"{kind} is no employment type" for kind in unknown]
    if _TEMPLATE.search(str(data.get("description", "")) + str(data.get("title", ""))):
        problems.append("the text holds template tags that only your site fills in")
    if "estimatedSalary" in data:
        problems.append("estimatedSalary is for job boards")
    return (*problems, *_expired(data), *_parts(data))


def refuse_invalid(data: Json) -> None:
    """Raises UsageProblem that names all that Google would not take."""
    if problems := problems_of(data):
        says = f"not valid for Google for Jobs: {'; '.join(problems)}"
        raise UsageProblem(
            says, hint="state it in the posting, its front matter or [profile], or pass it; see docs/formats.md"
        )


def _many(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _expired(data: Json) -> Iterator[str]:
    posted, until = (str(data.get(name, ""))[:10] for name in _DATES)
    if posted and until and until < posted:
        yield "validThrough is before datePosted"


def _parts(data: Json) -> Iterator[str]:
    """What is wrong within the values that are things of their own."""
    for name in ("title", "description"):
        if name in data and not (isinstance(data[name], str) and str(data[name]).strip()):
            yield f"{name} is no text"
    if "hiringOrganization" in data and not _is(data["hiringOrganization"], "Organization", "name"):
        yield "hiringOrganization is no Organization with a name"
    for place in _many(data.get("jobLocation")):
        yield from _place(place)
    for area in _many(data.get("applicantLocationRequirements")):
        if not (isinstance(area, dict) and area.get("@type") in _AREAS and area.get("name")):
            yield "applicantLocationRequirements names no country or state"
    if data.get("jobLocationType") not in {None, "TELECOMMUTE"}:
        yield "jobLocationType can only be TELECOMMUTE"
    if "identifier" in data and not _is(data["identifier"], "PropertyValue", "value"):
        yield "identifier is no PropertyValue with a value"
    if "baseSalary" in data:
        yield from _salary(data["baseSalary"])


def _is(value: object, kind: str, *names: str) -> bool:
    return isinstance(value, dict) and value.get("@type") == kind and all(value.get(name) for name in names)


def _place(place: object) -> Iterator[str]:
    address = place.get("address") if _is(place, "Place", "address") and isinstance(place, dict) else None
    if not isinstance(address, dict) or address.get("@type") != "PostalAddress":
        yield "jobLocation has no PostalAddress"
    elif not address.get("addressCountry"):
        yield f"jobLocation names no country ({address.get('addressLocality') or 'no city'})"


def _salary(pay: object) -> Iterator[str]:
    amount = pay.get("value") if isinstance(pay, dict) and pay.get("@type") == "MonetaryAmount" else None
    if not isinstance(pay, dict) or not re.fullmatch(r"[A-Z]{3}", str(pay.get("currency"))):
        yield "baseSalary names no currency"
    if not isinstance(amount, dict) or amount.get("unitText") not in _UNITS:
        yield "baseSalary names no period"
        return
    figures = [amount[name] for name in ("value", "minValue", "maxValue") if name in amount]
    if not figures or not all(isinstance(figure, int | float) and figure > 0 for figure in figures):
        yield "baseSalary holds no figure"
    elif figures != sorted(figures):
        yield "baseSalary runs from more to less"
