"""Words that make a statement smaller, what they limit, and where the same words limit nothing."""

import pytest

from postwright.reading.meaning.limits import limited


def test_a_plan_limits_what_is_planned() -> None:
    assert limited("We plan to open a clinic")["prospect"].stems == {"open", "clinic"}


@pytest.mark.parametrize(
    "text",
    [
        "Northhaven is seeking a Senior Interface Engineer who works with nurses",
        "We seek a Sr. integration engineer for our team",
        "You write plans based on the roadmap",
    ],
)
def test_an_employer_that_seeks_someone_has_no_plan_that_may_fail(text: str) -> None:
    assert "prospect" not in limited(text)


@pytest.mark.parametrize("text", ["We are seeking FDA clearance for our scanner", "A second site is on the roadmap"])
def test_what_is_sought_or_planned_stays_a_prospect(text: str) -> None:
    assert "prospect" in limited(text)


def test_a_choice_reaches_to_the_end_of_its_sentence() -> None:
    assert "board" in limited("Join one of the groups. Report to the board.")["choice"].free


def test_the_verb_of_a_line_governs_its_list() -> None:
    assert limited("You know AWS, Azure and Terraform", rewording=True)["grade"].stems >= {"aw", "azur", "terraform"}
