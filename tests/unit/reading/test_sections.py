"""Headings: what they say their section is for."""

import pytest

from postwright.domain.house import HEADINGS
from postwright.domain.posting import SectionKind
from postwright.reading.sections import is_plain_heading, lead_in_kind, section_kind

K = SectionKind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Requirements", K.MUST_HAVE),
        ("**Minimum Qualifications:**", K.MUST_HAVE),
        ("Basic Qualifications", K.MUST_HAVE),
        ("REQUIRED SKILLS AND EXPERIENCE", K.MUST_HAVE),
        ("What you need", K.MUST_HAVE),
        ("Essential criteria", K.MUST_HAVE),
        ("Preferred Qualifications", K.NICE_TO_HAVE),
        ("Desirable", K.NICE_TO_HAVE),
        ("Desirable (not essential) skills", K.NICE_TO_HAVE),
        ("Bonus points if you have:", K.NICE_TO_HAVE),
        ("Nice-to-haves", K.NICE_TO_HAVE),
        ("Qualifications", K.QUALIFICATIONS),
        ("Skills", K.QUALIFICATIONS),
        ("Experience", K.QUALIFICATIONS),
        ("Person specification", K.QUALIFICATIONS),
        ("Required / Desired skills", K.QUALIFICATIONS),
        ("🚀 What you'll do", K.DUTIES),
        ("Here’s what you will be doing", K.DUTIES),
        ("Essential Job Functions", K.DUTIES),
        ("Main duties of the job", K.DUTIES),
        ("Detailed job description and main responsibilities", K.DUTIES),
        ("What you'll get to do", K.DUTIES),
        ("3. About the Role", K.MISSION),
        ("Position Summary", K.MISSION),
        ("Job overview", K.MISSION),
        ("About Halcyon Chartworks", K.ABOUT),
        ("Working for our organisation", K.ABOUT),
        ("What you'll get", K.OFFER),
        ("Benefits & perks", K.OFFER),
        ("Salary Range:", K.PAY),
        ("Physical Requirements", K.CONDITIONS),
        ("Conditions of Employment", K.CONDITIONS),
        ("Travel Requirements", K.CONDITIONS),
        ("Work Schedule", K.CONDITIONS),
        ("Hiring process", K.APPLY),
        ("How to Apply", K.APPLY),
        ("Got a question about the role? Please email", K.APPLY),
        ("Equal Opportunity Employer", K.LEGAL),
        ("Job location", K.LOCATION),
        ("Key objective #2: You will promote modern practices through teaching and coaching of teams", K.OUTCOMES),
        ("Requisitos", K.MUST_HAVE),
        ("Aufgaben", K.DUTIES),
        ("[Apply](https://example.org/apply)", K.APPLY),
    ],
)
def test_real_headings_say_what_their_section_is_for(heading: str, kind: SectionKind) -> None:
    assert section_kind(heading) is kind


@pytest.mark.parametrize(
    "heading", ["Sword Health", "#LI-Hybrid", "", "🔻🔻🔻", "x" * 5000, "Practice", "A sentence of many words " * 4]
)
def test_other_headings_say_nothing(heading: str) -> None:
    assert section_kind(heading) is None


@pytest.mark.parametrize("kind", [kind for kind, heading in HEADINGS.items() if heading])
def test_each_house_heading_is_read_back_as_its_own_section(kind: SectionKind) -> None:
    assert section_kind(HEADINGS[kind]) is kind


@pytest.mark.parametrize("line", ["Responsibilities", "What We Offer", "The Role", "About Halcyon Chartworks"])
def test_a_line_of_heading_words_is_a_heading_without_any_mark(line: str) -> None:
    assert is_plain_heading(line)


@pytest.mark.parametrize("line", ["Experience with SQL", "Competitive salary", "Excellent communication skills", ""])
def test_a_demand_that_names_a_skill_is_no_heading(line: str) -> None:
    assert not is_plain_heading(line)


@pytest.mark.parametrize(
    ("lead_in", "kind"),
    [
        ("As a senior user researcher you lead. You will:", K.DUTIES),
        ("Essential skills and expertise we will assess you against are:", K.MUST_HAVE),
        ("We offer:", K.OFFER),
        ("The following was said about many of our various and much loved products in the press:", None),
    ],
)
def test_a_lead_in_names_its_list_by_its_last_sentence(lead_in: str, kind: SectionKind | None) -> None:
    assert lead_in_kind(lead_in) is kind
