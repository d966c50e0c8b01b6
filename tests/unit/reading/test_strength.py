"""Strength: what a text asks of its reader, by its own words, its lead-in, its section."""

import pytest

from postwright.domain.posting import SectionKind, Strength
from postwright.reading.meaning.strength import effective, own_strength, strengths_in

MUST, NICE, DUTY = Strength.MUST, Strength.NICE, Strength.DUTY


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("BLS required; ACLS preferred", {MUST, NICE}),
        ("MBA or MHA preferred (required for internal candidates)", {NICE, MUST}),
        ("Not required but preferred", {NICE}),
        ("FHIR experience would be a plus, not a must", {NICE}),
        ("You will design interfaces", {DUTY}),
        ("The person hired will observe nurses", {DUTY}),
        ("Whoever we hire will map feeds", {DUTY}),
        ("The post holder will provide professional leadership", {DUTY}),
        ("You&#x27;ll need three years", {DUTY, MUST}),
    ],
)
def test_each_clause_carries_its_own_strength(text: str, carried: set[Strength]) -> None:
    assert strengths_in(text) == carried


@pytest.mark.parametrize(
    "text",
    [
        "Must be able to lift 25 lbs",
        "Minimum 20 publications",
        "Epic certification required.",
        "HL7 (required)",
        "Required: RN license",
        "This role requires travel",
        "You are required to travel",
        "A PhD is required for this role",
        "What you need",
        "You need 3 years of SQL",
        "We need a nurse",
        "Good knowledge of FHIR is essential",
        "A valid license is a must",
        "Attendance is required as needed",
    ],
)
def test_words_of_demand_make_a_must(text: str) -> None:
    assert own_strength(text) is MUST


@pytest.mark.parametrize(
    "text",
    [
        "Kaggle Grandmaster preferred",
        "SQL helps",
        "It helps if you know Mirth",
        "Ideally with FHIR",
        "A PhD is a plus",
        "Bonus: Mirth",
        "Nice to have: Rust",
        "Experience with X would be an advantage",
        "Desirable",
    ],
)
def test_words_of_wish_make_a_nice_to_have(text: str) -> None:
    assert own_strength(text) is NICE


@pytest.mark.parametrize(
    "text",
    [
        "A degree is not required",
        "No degree required",
        "Complete all required documentation",
        "Help out as required",
        "Build the data required to train models",
        "It frequently requires interpretation",
        "the tools you need",
        "If you need help, ask",
        "Patients need care",
        "Follow the minimum necessary standard",
        "If you require reasonable accommodation, call us",
        "You will receive 20 days PTO",
        "All qualified applicants will receive consideration",
        "Signing bonus",
        "Our product helps doctors",
        "Software that helps radiologists",
        "A preferred vendor",
        "Our competitive advantage",
        "A team that will define the category",
        "We'd love to hear from you",
        "You would help in all phases",
        "Give advice as necessary",
        "Support when it's needed",
        "The tools needed for success",
        "",
    ],
)
def test_the_same_words_ask_nothing_elsewhere(text: str) -> None:
    assert own_strength(text) is None


@pytest.mark.parametrize(
    ("text", "section", "lead_in", "strength"),
    [
        ("SQL", SectionKind.MUST_HAVE, "", MUST),
        ("SQL", SectionKind.QUALIFICATIONS, "", Strength.UNKNOWN),
        ("SQL required", SectionKind.QUALIFICATIONS, "", MUST),
        ("SQL preferred", SectionKind.MUST_HAVE, "", NICE),
        ("SQL", SectionKind.MUST_HAVE, "The following are preferred:", NICE),
        ("SQL required", SectionKind.MUST_HAVE, "The following are preferred:", MUST),
        ("You will have led a team", SectionKind.MUST_HAVE, "", MUST),
        ("Design interfaces", SectionKind.DUTIES, "", DUTY),
        ("Design interfaces", SectionKind.MISSION, "You will:", DUTY),
        ("Dental insurance", SectionKind.OFFER, "", Strength.NONE),
    ],
)
def test_own_words_win_over_the_lead_in_and_the_lead_in_over_the_section(
    text: str, section: SectionKind, lead_in: str, strength: Strength
) -> None:
    assert effective(text, section, lead_in) is strength
