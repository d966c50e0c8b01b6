"""A line asks what its part of a unit asks, and the one who acts in the posting is a person."""

import pytest

from postwright.domain.posting import SectionKind, Span, Strength, Unit, UnitKind
from postwright.fidelity.strengths import Weighed, weigh
from postwright.reading.meaning.strength import effective

MUST, NICE = SectionKind.MUST_HAVE, SectionKind.NICE_TO_HAVE


def unit(text: str, section: SectionKind = SectionKind.QUALIFICATIONS) -> Unit:
    return Unit("u1", UnitKind.ITEM, Span(0, len(text)), text, section=section, strength=effective(text, section, ""))


SPLIT = (
    (
        "Three years of interface work required, Mirth Connect preferred.",
        "Three years of interface work",
        "Mirth Connect",
    ),
    ("BLS required; ACLS preferred", "You have BLS.", "You have ACLS."),
    ("RN required. MSN strongly preferred.", "RN", "MSN"),
    ("Epic, Cerner or MEDITECH required, Mirth, Rhapsody preferred", "Epic, Cerner or MEDITECH", "You know Rhapsody."),
)


@pytest.mark.parametrize(("source", "asked", "_wished"), SPLIT)
def test_the_demanded_part_of_a_unit_may_be_demanded(source: str, asked: str, _wished: str) -> None:
    assert weigh(asked, MUST, [unit(source)]) == Weighed(Strength.MUST)


@pytest.mark.parametrize(("source", "_asked", "wished"), SPLIT)
def test_the_wished_part_of_a_unit_is_no_demand(source: str, _asked: str, wished: str) -> None:
    assert weigh(wished, MUST, [unit(source)]).raised


@pytest.mark.parametrize(("source", "_asked", "wished"), SPLIT)
def test_a_wish_that_stays_a_wish_is_not_lowered(source: str, _asked: str, wished: str) -> None:
    assert weigh(wished, NICE, [unit(source)]) == Weighed(Strength.NICE)


def test_both_parts_in_one_line_are_no_demand() -> None:
    assert weigh("BLS and ACLS", MUST, [unit("BLS required; ACLS preferred")]).raised


def test_a_demand_for_some_only_is_no_demand_for_all() -> None:
    assert weigh("MBA or MHA", MUST, [unit("MBA or MHA preferred (required for internal candidates)")]).raised


def test_a_word_of_the_title_that_is_no_person_gives_nobody_a_duty() -> None:
    contact = unit("The EPR team answers questions", SectionKind.APPLY)
    assert weigh(contact.text, SectionKind.APPLY, [contact], "Integration Analyst, EPR Programme") == Weighed(
        Strength.NONE
    )


def test_what_the_job_of_the_title_does_is_a_duty() -> None:
    work = unit("The analyst maps feeds", SectionKind.ABOUT)
    assert not weigh("You map feeds", SectionKind.DUTIES, [work], "Integration Analyst, EPR Programme").raised
