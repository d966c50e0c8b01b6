"""Demands that are read by their shape: degrees, empty skills, applications, one-ended pay, lists of products."""

from datetime import date

import pytest

from postwright.reading.posting import read
from postwright.rules.engine import judge

_AS_OF = date(2026, 11, 22)


def _quotes(text: str, rule: str) -> list[str]:
    return [finding.quote for finding in judge(read(text, "x.md"), as_of=_AS_OF, select=[rule])]


def _asked(line: str) -> str:
    return f"# Engineer\n\nYou build feeds.\n\n## Requirements\n\n- {line}\n- One interface engine in production\n"


def test_a_line_with_two_degrees_is_remarked_once() -> None:
    assert _quotes(_asked("Bachelor's or Master's degree in informatics required"), "degree-demand") == [
        "Bachelor's or Master's degree in informatics required"
    ]


@pytest.mark.parametrize(
    ("line", "remarked"),
    [
        ("Bachelor's degree in computing or an equivalent field", True),
        ("Bachelor's degree in computing or equivalent experience", False),
        ("Bachelor's degree in computing, or four years on the job", False),
    ],
)
def test_an_equivalent_field_does_not_stand_in_for_a_degree(line: str, *, remarked: bool) -> None:
    assert bool(_quotes(_asked(line), "degree-demand")) is remarked


def test_a_list_of_skills_is_quoted_from_its_first_word_of_praise() -> None:
    line = "SQL and excellent written, analytical and problem-solving skills"
    assert _quotes(_asked(line), "weasel-skill") == ["excellent written, analytical and problem-solving skills"]


def test_a_line_of_nothing_but_manners_is_quoted_whole() -> None:
    assert _quotes(_asked("Confident, resilient and reliable"), "weasel-skill") == ["Confident, resilient and reliable"]


def test_a_manner_of_a_feed_is_no_empty_skill() -> None:
    assert _quotes(_asked("Resilient feeds that you built"), "weasel-skill") == []


@pytest.mark.parametrize(
    ("pay", "quote"),
    [
        ("Pay starts at $88,000.", "starts at $88,000"),
        ("The salary is capped at €95.000 a year.", "capped at €95.000 a year"),
        ("$140,000 or more", "$140,000 or more"),
    ],
)
def test_a_figure_with_one_end_is_quoted_with_the_words_that_leave_the_other_open(pay: str, quote: str) -> None:
    assert _quotes(f"# Engineer\n\n## Pay\n\n{pay}\n", "pay-range-wide") == [quote]


def test_euros_in_dotted_thousands_are_a_range() -> None:
    assert _quotes("# Engineer\n\n## Pay\n\n50.000 € - 110.000 € a year\n", "pay-range-wide") == [
        "50.000 € - 110.000 € a year"
    ]


def test_pay_for_being_on_call_is_no_open_range() -> None:
    assert _quotes("# Engineer\n\n## Pay\n\nOn call is paid from $500 a week.\n", "pay-range-wide") == []


@pytest.mark.parametrize("section", ["How to apply", "Duties"])
def test_a_birth_date_is_too_much_only_where_one_applies(section: str) -> None:
    text = f"# Engineer\n\nYou build feeds.\n\n## {section}\n\n- State the date of birth on each form\n"
    assert bool(_quotes(text, "salary-history")) is (section == "How to apply")


def test_a_line_of_names_alone_is_a_tool_list() -> None:
    line = "OneTrust, TrustArc, BigID, Securiti, DataGrail and Osano"
    assert _quotes(_asked(line), "tool-list") == [line]


def test_laws_in_a_row_are_no_tools() -> None:
    assert _quotes(_asked("HIPAA, GDPR, CCPA, HITECH, FDA and NIST"), "tool-list") == []


def test_data_that_stays_at_home_does_not_place_the_job() -> None:
    text = "# Engineer\n\nPatient data resides in Colorado.\n\nYou build feeds.\n"
    assert _quotes(text, "pay-range-missing") == []


def test_a_headquarters_that_the_job_is_in_places_it() -> None:
    text = "# Engineer\n\nYou build feeds.\n\nThe job is hybrid out of our Chicago headquarters.\n"
    assert len(_quotes(text, "pay-range-missing")) == 1
