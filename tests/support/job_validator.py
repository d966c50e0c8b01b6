"""A validator of JobPosting JSON-LD that shares no code with the writer: types and enumerations of schema.org, and
Google's demands as `jobposting_map.yaml` lists them. It is tried on broken data before it is believed.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

import postwright

MAP = yaml.safe_load((Path(postwright.__file__).parent / "knowledge/data/jobposting_map.yaml").read_text())
GOOGLE = {name: str(entry["google"]) for entry in MAP["properties"] for name in entry["p"].split(" / ")}
EMPLOYMENT = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
PERIODS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}
MINE = "JobPosting"
# schema.org: the properties of each type that a JobPosting of ours may nest, all that it may have.
TYPES: Mapping[str, set[str]] = {
    "Organization": {"name", "sameAs", "logo"},
    "Place": {"address"},
    "PostalAddress": {"streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry"},
    "Country": {"name"},
    "State": {"name"},
    "AdministrativeArea": {"name"},
    "MonetaryAmount": {"currency", "value"},
    "QuantitativeValue": {"value", "minValue", "maxValue", "unitText"},
    "PropertyValue": {"name", "value"},
}
WHOSE = {
    "hiringOrganization": {"Organization"},
    "jobLocation": {"Place"},
    "address": {"PostalAddress"},
    "applicantLocationRequirements": {"Country", "State", "AdministrativeArea"},
    "baseSalary": {"MonetaryAmount"},
    "identifier": {"PropertyValue"},
}


def faults(data: Mapping[str, Any]) -> list[str]:
    """All that schema.org and Google would say against the data; empty when it is valid."""
    return [*_head(data), *_required(data), *_typed(data, MINE), *_values(data)]


def _head(data: Mapping[str, Any]) -> Iterator[str]:
    if data.get("@context") != "https://schema.org" or data.get("@type") != MINE:
        yield "no JobPosting of schema.org"


def _required(data: Mapping[str, Any]) -> Iterator[str]:
    remote = data.get("jobLocationType") == "TELECOMMUTE"
    for name, demand in GOOGLE.items():
        if not demand.startswith("req") or data.get(name):
            continue
        if name != "jobLocation" or not (remote and data.get("applicantLocationRequirements")):
            yield f"{name} is missing"
    for place in _list(data.get("jobLocation")):
        if not place.get("address", {}).get("addressCountry"):
            yield "no country"


def _typed(node: Mapping[str, Any], kind: str) -> Iterator[str]:
    known = set(GOOGLE) if kind == MINE else TYPES.get(kind, set())
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in known:
            yield f"{kind} has no {name}"
        for part in _list(value):
            if not isinstance(part, dict):
                if name in WHOSE:
                    yield f"{name} is a bare value"
                continue
            if name in WHOSE and part.get("@type") not in WHOSE[name]:
                yield f"{name} is a {part.get('@type')}"
            yield from _typed(part, str(part.get("@type")))


def _values(data: Mapping[str, Any]) -> Iterator[str]:
    for name in ("datePosted", "validThrough"):
        if name in data and not _is_date(data[name]):
            yield f"{name} is no date"
    if (
        "validThrough" in data
        and _is_date(data["validThrough"])
        and str(data["validThrough"]) < str(data["datePosted"])
    ):
        yield "closed before it was posted"
    yield from (f"employmentType {kind}" for kind in _list(data.get("employmentType")) if kind not in EMPLOYMENT)
    if data.get("jobLocationType", "TELECOMMUTE") != "TELECOMMUTE":
        yield "jobLocationType"
    if "{{" in str(data.get("description", "")):
        yield "a template was not filled in"
    if not _has_words(str(data.get("description", ""))):
        yield "the description says nothing"
    if pay := data.get("baseSalary"):
        amount = pay.get("value", {})
        figures = [amount.get(name) for name in ("minValue", "maxValue") if name in amount] or [amount.get("value")]
        if not all(isinstance(figure, int | float) and figure > 0 for figure in figures) or figures != sorted(figures):
            yield "no pay"
        if len(str(pay.get("currency"))) != 3 or amount.get("unitText") not in PERIODS:
            yield "no currency or period"


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _is_date(value: object) -> bool:
    try:
        return bool(datetime.fromisoformat(str(value)))
    except ValueError:
        return False


class _Words(HTMLParser):
    words = ""

    def handle_data(self, data: str) -> None:
        self.words += data


def _has_words(markup: str) -> bool:
    parser = _Words()
    parser.feed(markup)
    return len(parser.words.split()) >= 3
