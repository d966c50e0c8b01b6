"""Places: which laws on pay a posting reaches, read from its own place lines."""

from datetime import date

import pytest

from postwright.reading.posting import read
from postwright.rules.context import Context
from postwright.rules.engine import judge, judged
from postwright.rules.jurisdiction import Places, pay_laws

AS_OF = date(2026, 11, 22)


def places(text: str, path: str = "job.md") -> Places:
    return Context(read(text, path), AS_OF).places


def laws(text: str, as_of: date = AS_OF) -> set[str]:
    return {law.place for law in pay_laws(places(text), as_of)}


def head(location: str) -> str:
    return f"# Analyst\n\nLocation: {location}\n\nYou run reports.\n"


@pytest.mark.parametrize(
    ("location", "reached"),
    [
        ("Denver, CO", {"CO"}),
        ("New York City", {"NY", "NYC"}),
        ("Peoria, Illinois (on site)", {"IL"}),
        ("Houston, TX", set()),
        ("Washington, D.C.", {"DC"}),
        ("Seattle or Portland, OR", {"WA"}),
        ("Toronto", {"Ontario CA"}),
        ("London, UK", set()),
        ("Berlin, Germany", set()),
        ("Charleston, West Virginia", set()),
    ],
)
def test_a_place_line_says_which_laws_are_reached(location: str, reached: set[str]) -> None:
    assert laws(head(location)) == reached


def test_remote_work_anywhere_in_the_united_states_reaches_every_state() -> None:
    assert {"CO", "CA", "NY", "VA", "ME"} <= laws(head("Remote (US)"))


def test_a_named_office_does_not_limit_work_from_wherever_you_are() -> None:
    assert {"CO", "CA", "NY"} <= laws("# Analyst\n\nAustin, Texas, or wherever you have wifi\n\nYou run reports.\n")
    assert laws(head("Austin, Texas, remote")) == set()


def test_a_line_of_facts_with_a_verb_in_it_still_names_the_place() -> None:
    text = "# Analyst\n\nQuill, Inc. · Denver, CO, where you have a desk · Full time\n\nYou run reports.\n"

    assert laws(text) == {"CO"}


def test_a_law_counts_from_its_first_day() -> None:
    assert laws(head("Richmond, Virginia"), date(2026, 6, 30)) == set()
    assert laws(head("Richmond, Virginia"), date(2026, 7, 1)) == {"VA"}


def test_where_customers_and_headquarters_are_says_nothing() -> None:
    about = "## About us\n\nWe serve hospitals in Denver, with headquarters in New York City.\n"
    text = f"# Analyst\n\nLocation: Houston, TX\n\n{about}"

    assert laws(text) == set()


def test_the_title_outranks_the_rest_of_the_text() -> None:
    text = "# Analyst, Remote, Portugal residents only\n\nRemote in the US for other teams.\n"

    assert places(text).only_abroad


def test_front_matter_says_where_the_work_is() -> None:
    assert laws("---\ntitle: Analyst\nlocation: Boston, MA\n---\n\nYou run reports.\n") == {"MA"}


def test_the_finding_names_law_date_and_day_and_no_verdict() -> None:
    (finding,) = judge(read(head("Denver, CO"), "job.md"), as_of=AS_OF, select=["pay-range-missing"])

    assert finding.quote == "Location: Denver, CO"
    assert "EPEWA" in finding.why
    assert "since 2021-01-01" in finding.why
    assert "as of 2026-11-22" in finding.why


def test_federal_postings_do_not_answer_to_state_law() -> None:
    text = head("Denver, CO") + "\nSalary: GS-14 on the General Schedule.\n"

    assert judge(read(text, "job.md"), as_of=AS_OF, select=["pay-range-missing"]) == ()


@pytest.mark.parametrize("location", ["Lisbon, Portugal", "Manila, Philippines"])
def test_pay_law_outside_known_places_is_said_to_be_unchecked(location: str) -> None:
    assert any("not checked" in note for note in judged(read(head(location), "job.md"), as_of=AS_OF).notes)


def test_a_posting_without_a_place_gets_a_note_and_no_finding() -> None:
    posting = read("# Analyst\n\nYou run reports.\n", "job.md")

    assert judge(posting, as_of=AS_OF, select=["pay-range-missing"]) == ()
    assert "Pay law not checked: the posting names no place." in judged(posting, as_of=AS_OF).notes
