"""Places: section, heading and lead-in of each unit, and the strength they lend."""

from postwright.domain.posting import Posting, SectionKind, Strength, UnitKind
from postwright.reading.posting import read

K = SectionKind


def posting(text: str) -> Posting:
    return read(text, "job.md")


def section_of(text: str, said: str) -> SectionKind:
    return next(unit.section for unit in posting(text).units if said in unit.text)


def test_a_unit_names_the_heading_that_governs_it() -> None:
    read_ = posting("# T\n\n## Duties\n\n- Build\n\n### Night duty\n\n- Watch\n")
    title, duties, build, night, watch = read_.units
    assert (duties.heading, build.heading, night.heading, watch.heading) == (title.id, duties.id, duties.id, night.id)


def test_a_heading_without_a_name_of_its_own_inherits_its_section() -> None:
    text = "# T\n\n## Duties\n\n### Data engineering\n\n- Build\n\n## Odds\n\n- Ends\n"
    assert section_of(text, "Build") is K.DUTIES
    assert section_of(text, "Ends") is K.OTHER


def test_skills_below_requirements_are_requirements() -> None:
    assert section_of("# T\n\n## Requirements\n\n### Technical skills\n\n- SQL\n", "SQL") is K.MUST_HAVE


def test_essential_and_desirable_split_a_person_specification() -> None:
    text = "# T\n\n## Person specification\n\n### Essential\n\n- EPR\n\n### Desirable\n\n- SNOMED\n"
    assert section_of(text, "EPR") is K.MUST_HAVE
    assert section_of(text, "SNOMED") is K.NICE_TO_HAVE


def test_a_duty_worded_like_another_section_stays_a_duty() -> None:
    text = "# T\n\n## What you will do\n\n### Help customers build and launch healthcare applications\n\n- Help\n"
    assert section_of(text, "Help customers") is K.DUTIES


def test_a_heading_with_nothing_but_headings_below_it_groups_them() -> None:
    text = "# T\n\n## Key responsibilities\n\n## Scope\n\n- One\n\n## Practice\n\n- Two\n\n## Benefits\n\n- Three\n"
    assert section_of(text, "Two") is K.DUTIES
    assert section_of(text, "Three") is K.OFFER


def test_a_lead_in_names_the_section_of_its_list() -> None:
    text = "# T\n\n## About the role\n\nWe are small.\n\nYou will:\n\n- Build\n\n## Skills\n\nNice to have:\n\n- Rust\n"
    read_ = posting(text)
    build = next(unit for unit in read_.units if unit.text == "Build")
    assert (build.section, build.strength, read_.unit(build.lead_in).text) == (K.DUTIES, Strength.DUTY, "You will:")
    assert section_of(text, "Rust") is K.NICE_TO_HAVE


def test_an_outer_item_leads_in_its_inner_list() -> None:
    read_ = posting("# T\n\n## Duties\n\n- Run feeds, including:\n  - ADT\n  - ORU\n- Sleep\n")
    run, adt, oru, sleep = read_.units[2:]
    assert (adt.lead_in, oru.lead_in, sleep.lead_in) == (run.id, run.id, "")


def test_a_field_has_the_section_of_its_label_for_its_paragraph() -> None:
    text = (
        "# T\n\n## What we offer\n\n- Equity\n\nLocation: Remote (US). Texas people welcome. Some travel.\n\nWe care.\n"
    )
    read_ = posting(text)
    assert [unit.section for unit in read_.units][3:] == [K.LOCATION, K.LOCATION, K.LOCATION, K.OFFER]


def test_a_closing_paragraph_is_no_demand() -> None:
    text = "# T\n\n## It helps\n\n- Rust\n\nIf you meet most of this list, please apply.\n\nAt Acme we care.\n"
    read_ = posting(text)
    assert [(unit.section, unit.strength) for unit in read_.units][3:] == [
        (K.APPLY, Strength.NONE),
        (K.ABOUT, Strength.NONE),
    ]


def test_how_to_apply_belongs_to_its_section_wherever_it_stands() -> None:
    text = "# T\n\n## Pay\n\nGood pay.\n\nApplications close on January 8, 2027.\n"
    assert section_of(text, "Applications") is K.APPLY


def test_the_text_below_the_title_is_the_mission_and_a_line_of_data_is_not() -> None:
    data = "**Acme** · Remote · Req. 7\n\n$60 an hour, contract."
    text = f"# T\n\n{data}\n\nAcme makes notes. It needs you.\n\n## Duties\n\n- Build\n"
    assert [unit.section for unit in posting(text).units][1:5] == [K.OTHER, K.PAY, K.MISSION, K.MISSION]


def test_legal_text_leaves_the_section_it_happens_to_stand_in() -> None:
    read_ = posting("# T\n\n## Requirements\n\n- SQL\n\nAcme is an equal opportunity employer.\n")
    last = read_.units[-1]
    assert (last.section, last.strength) == (K.LEGAL, Strength.NONE)


def test_a_list_under_a_quantified_lead_in_is_one_atomic_unit() -> None:
    choices = "At least two of the following:\n\n- RN\n- MD\n- FHIR"
    text = f"# T\n\n## Requirements\n\nYou have SQL. {choices}\n\nMore text here.\n"
    sentence, choice, more = posting(text).units[2:]
    assert (sentence.text, sentence.atomic) == ("You have SQL.", False)
    assert (choice.text, choice.atomic) == (choices, True)
    assert (choice.strength, more.text) == (Strength.MUST, "More text here.")


def test_an_item_with_a_choice_below_it_is_atomic_and_its_neighbours_are_not() -> None:
    read_ = posting("# T\n\n## Requirements\n\n- One of the following:\n  - RN\n  - MD\n- SQL\n")
    choice, sql = read_.units[2:]
    assert (choice.text, choice.atomic, choice.kind) == ("One of the following:\n  - RN\n  - MD", True, UnitKind.ITEM)
    assert (sql.text, sql.atomic) == ("SQL", False)


def test_a_heading_over_a_choice_stays_a_heading() -> None:
    read_ = posting("# T\n\n### One or more of the following\n\n- RN\n- MD\n")
    assert [(unit.kind, unit.text, unit.atomic) for unit in read_.units[1:]] == [
        (UnitKind.HEADING, "One or more of the following", False),
        (UnitKind.ITEM, "RN\n- MD", True),
    ]


def test_all_of_the_following_is_no_choice() -> None:
    read_ = posting("# T\n\n## Requirements\n\nAll of the following:\n\n- RN\n- MD\n")
    assert not any(unit.atomic for unit in read_.units)
