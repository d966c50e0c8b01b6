"""JSON-LD out: valid by a validator that can fail, only what is stated, contradictions left out and said."""

import copy
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from postwright.domain.errors import UsageProblem
from postwright.formats.linked_check import problems_of, refuse_invalid
from postwright.formats.stated import Given
from postwright.formats.to_jsonld import job_posting
from postwright.formats.where import where_of
from support.job_validator import faults

FRONT = """---
company: Acme Health
location: Boston, MA
employment_type: Full-time
date_posted: 2026-11-02
valid_through: 2026-12-31
requisition_id: R-4711
salary: $120,000 - $140,000 per year
---

"""
BODY = "# Integration engineer\n\n## What you will do\n\n- Connect Epic\n- Watch it\n\n## You need\n\n- HL7 v2\n"
WHOLE = FRONT + BODY


def valid() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(job_posting(WHOLE, "a.md").text)
    return data


def test_a_posting_that_states_all_is_valid_by_both_validators() -> None:
    assert faults(valid()) == []
    assert problems_of(valid()) == ()


Break = Callable[[dict[str, Any]], object]
_BREAKS: dict[str, Break] = {
    "no title": lambda d: d.pop("title"),
    "no description": lambda d: d.pop("description"),
    "no day": lambda d: d.pop("datePosted"),
    "no employer": lambda d: d.pop("hiringOrganization"),
    "no place": lambda d: d.pop("jobLocation"),
    "no country": lambda d: d["jobLocation"]["address"].pop("addressCountry"),
    "a bare employer": lambda d: d.update(hiringOrganization="Acme"),
    "an employer without a name": lambda d: d["hiringOrganization"].pop("name"),
    "a bare place": lambda d: d.update(jobLocation="Boston"),
    "a place of another type": lambda d: d["jobLocation"].update({"@type": "Thing"}),
    "an address in words": lambda d: d["jobLocation"].update(address="Boston"),
    "a day in words": lambda d: d.update(datePosted="soon"),
    "a thirteenth month": lambda d: d.update(datePosted="2026-13-01"),
    "closed before posted": lambda d: d.update(validThrough="2026-01-01"),
    "an unknown type": lambda d: d.update(employmentType=["PERMANENT"]),
    "an unknown property": lambda d: d.update(wages=1),
    "remote with a place in words": lambda d: d.update(jobLocationType="REMOTE"),
    "remote from nowhere": lambda d: (d.pop("jobLocation"), d.update(jobLocationType="TELECOMMUTE")),
    "an area without a type": lambda d: d.update(applicantLocationRequirements={"name": "US"}),
    "pay without a period": lambda d: d["baseSalary"]["value"].pop("unitText"),
    "pay in an unknown period": lambda d: d["baseSalary"]["value"].update(unitText="FORTNIGHT"),
    "pay without a currency": lambda d: d["baseSalary"].pop("currency"),
    "pay from more to less": lambda d: d["baseSalary"]["value"].update(minValue=150000.0),
    "pay in words": lambda d: d["baseSalary"].update(value="a lot"),
    "a bare requisition": lambda d: d.update(identifier="R-1"),
    "a template in the text": lambda d: d.update(description="<p>{{ page.org }} hires three nurses.</p>"),
    "an empty title": lambda d: d.update(title=" "),
}


@pytest.mark.parametrize("broken", _BREAKS)
def test_each_fault_is_seen_by_the_validator_of_the_tests_or_by_ours(broken: str) -> None:
    data = copy.deepcopy(valid())
    _BREAKS[broken](data)
    assert problems_of(data), broken
    if broken not in {"an employer without a name", "an empty title", "a bare requisition"}:
        assert _faults(data), broken


def _faults(data: dict[str, Any]) -> list[str]:
    """A validator may also stumble over what is broken: that counts as seen."""
    try:
        return faults(data)
    except (AttributeError, KeyError, TypeError):
        return ["stumbled"]


def test_what_is_not_valid_is_refused_with_all_that_is_missing() -> None:
    with pytest.raises(UsageProblem, match=r"datePosted is required; hiringOrganization is required; jobLocation"):
        refuse_invalid(job_posting(BODY, "a.md").data)


def test_nothing_in_the_json_ld_is_said_by_nobody() -> None:
    told = set(re.findall(r"\w+", WHOLE.lower())) | {"us", "usd", "120000", "140000", "full_time", "year", "https"}
    data = valid()
    data.pop("description")
    said = set(re.findall(r"\w+", " ".join(_texts(data)).lower()))
    assert said <= told


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, part in value.items() if key[0] != "@" for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [f"{value:.0f}" if isinstance(value, float) else str(value)]


GIVEN = Given(employer="Acme Health", date_posted="2026-11-02", location="Boston, MA")


def test_what_a_person_gives_makes_a_plain_posting_valid_and_is_named() -> None:
    linked = job_posting(BODY, "a.md", GIVEN)
    assert faults(linked.data) == []
    assert set(linked.given) == {"hiringOrganization", "datePosted", "jobLocation"}


def test_what_the_posting_states_itself_is_not_called_given() -> None:
    assert job_posting(WHOLE, "a.md", GIVEN).given == ()


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (Given(employer="Other Clinic"), "hiringOrganization"),
        (Given(date_posted="2026-11-03"), "datePosted"),
        (Given(location="Denver, CO"), "jobLocation"),
    ],
)
def test_what_a_person_gives_against_the_posting_is_in_no_json_ld(given: Given, name: str) -> None:
    linked = job_posting(WHOLE, "a.md", given)
    assert name not in linked.data
    assert "differ" in linked.conflicts[0]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Company: Other Clinic", "hiringOrganization"),
        ("Location: Denver, CO", "jobLocation"),
        ("Date posted: November 3, 2026", "datePosted"),
        ("Closing date: 2027-01-15", "validThrough"),
        ("Job type: Part-time", "employmentType"),
        ("Requisition ID: R-4712", "identifier"),
        ("Salary: $90,000 - $95,000 per year", "baseSalary"),
    ],
)
def test_front_matter_and_text_that_differ_are_said_and_not_exported(line: str, name: str) -> None:
    linked = job_posting(f"{WHOLE}\n{line}\n", "a.md")
    assert name not in linked.data
    assert len(linked.conflicts) == 1


def test_two_lines_of_the_text_that_differ_are_said_and_not_exported() -> None:
    linked = job_posting(f"{BODY}\nLocation: Boston, MA\n\nLocation: Denver, CO\n", "a.md")
    assert "jobLocation" not in linked.data
    assert linked.conflicts == ("front matter and text differ on the location",)


@pytest.mark.parametrize("title", ["Nurse", "Integration engineer (R-4711)"])
def test_a_title_that_front_matter_and_heading_state_differently_is_not_exported(title: str) -> None:
    linked = job_posting(f'---\ntitle: "{title}"\n---\n\n{BODY}', "a.md")
    assert "title" not in linked.data
    assert linked.conflicts == ("front matter and text differ on the title",)


def test_a_title_that_both_state_alike_is_exported() -> None:
    assert (
        job_posting(f"---\ntitle: Integration engineer\n---\n\n{BODY}", "a.md").data["title"] == "Integration engineer"
    )


def test_text_under_a_templates_conditions_is_no_description() -> None:
    linked = job_posting(f"{WHOLE}\n{{% if page.open %}}\n\nApply now.\n\n{{% endif %}}\n", "a.md")
    assert "description" not in linked.data
    assert linked.conflicts == ("a template's conditions decide what the text says",)


def test_an_underscore_within_a_word_is_no_mark() -> None:
    linked = job_posting(f"{BODY}\n**Requisition ID:** REQ_2026_11\n", "a.md")
    assert linked.data["identifier"] == {"@type": "PropertyValue", "name": "requisition", "value": "REQ_2026_11"}


def test_keys_of_somebodys_own_front_matter_mean_what_the_config_says() -> None:
    text = f"---\nopens: January 23, 2023 at 9:00 am EDT\nunit: Acme\ncloses: TBD\n---\n\n{BODY}"
    linked = job_posting(text, "a.md", Given(meanings={"opens": "date_posted", "unit": "company"}))
    assert linked.data["datePosted"] == "2023-01-23"
    assert linked.data["hiringOrganization"] == {"@type": "Organization", "name": "Acme"}
    assert "validThrough" not in linked.data


def test_a_day_in_the_name_of_the_file_is_the_day_it_was_posted_when_nothing_else_says_it() -> None:
    assert job_posting(BODY, "_posts/2026-11-05-engineer.md").data["datePosted"] == "2026-11-05"
    assert job_posting(WHOLE, "_posts/2026-11-05-engineer.md").data["datePosted"] == "2026-11-02"


def test_the_only_place_of_an_employer_is_where_its_jobs_are_unless_they_are_remote() -> None:
    sole = Given(places=("Boston, MA",))
    assert "jobLocation" in job_posting(BODY, "a.md", sole).data
    assert "jobLocation" not in job_posting(BODY, "a.md", Given(places=("Boston, MA", "Denver, CO"))).data
    remote = job_posting(f"{BODY}\nLocation: Remote (US)\n", "a.md", sole)
    assert "jobLocation" not in remote.data
    assert remote.data["applicantLocationRequirements"] == {"@type": "Country", "name": "US"}


@pytest.mark.parametrize(
    ("title", "clutter"),
    [
        ("ML Engineer - URGENT!!", "URGENT"),
        ("ML Engineer (R-20931)", "R-20931"),
        ("Nurse, $45/hr", "$45"),
        ("Nurse \U0001f680", "\U0001f680"),
        ("Epic Analyst II, HL7 v2 and ICD10", ""),
        ("Band 7 Analyst", ""),
    ],
)
def test_what_google_does_not_want_in_a_title_is_told(title: str, clutter: str) -> None:
    assert job_posting(f"# {title}\n\nYou join us.\n", "a.md").cluttered == clutter


def test_no_input_makes_reading_a_place_slow() -> None:
    for value in ("remote (" * 5_000, "Remote" + " a" * 140, "*" * 290, "(" * 290, "A, " * 90, "virtual " * 36):
        where_of(value)
        job_posting(f"# A\n\nLocation: {value}\n\n{'*' * 2_000}x\n\n{'{{' * 2_000}\n", "a.md")
