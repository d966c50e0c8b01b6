"""What the rules of the seeds tell by structure: who is asked, where a score is named, what else a duty says."""

from datetime import date

import pytest

from postwright.reading.posting import read
from postwright.rules.engine import judge

_TODAY = date(2026, 11, 22)


def _quotes(rule: str, text: str) -> list[str]:
    return [found.quote for found in judge(read(text, "posting.md"), as_of=_TODAY) if found.rule == rule]


@pytest.mark.parametrize("title", ["Nurse Informaticist", "Clinical Pharmacist", "Physician Lead"])
def test_model_building_in_a_clinicians_posting_is_remarked(title: str) -> None:
    text = f"# {title}\n\n## Duties\n\n- Trains and tunes neural network models in Keras\n"
    assert _quotes("ml-for-clinicians", text)


def test_model_building_in_an_engineers_posting_is_no_remark_about_clinicians() -> None:
    text = "# Data Scientist\n\n## Duties\n\n- Trains and tunes neural network models in Keras\n"
    assert not _quotes("ml-for-clinicians", text)


def test_this_figure_is_the_score_of_the_sentence_before() -> None:
    text = "# Analyst\n\n## Duties\n\nThe Dice score is published weekly. Your appraisal follows this figure.\n"
    assert _quotes("accuracy-only", text) == ["appraisal follows this figure"]


def test_this_figure_without_a_score_near_is_left_alone() -> None:
    text = "# Analyst\n\n## Duties\n\nThe budget is published weekly. Your appraisal follows this figure.\n"
    assert not _quotes("accuracy-only", text)


def test_a_score_and_its_consequence_in_one_item_are_one_finding() -> None:
    text = "# Analyst\n\n## Duties\n\n- Raise the AUROC each quarter; the role is judged by that number\n"
    assert _quotes("accuracy-only", text) == ["Raise the AUROC each quarter; the role is judged by that number"]


def test_side_tasks_of_integration_are_not_remarked_where_integration_is_the_job() -> None:
    duty = "\n\n## Duties\n\n- Occasional interface configuration\n"
    assert _quotes("integration-side-task", "# Platform Engineer" + duty)
    assert not _quotes("integration-side-task", "# Interface Engineer" + duty)


_SHIPPED = "\n- Build the note service\n- Test each release\n- Run two pilots\n- Write the runbook\n"


def test_a_duty_of_nothing_but_vision_is_remarked_among_shipped_work() -> None:
    text = "# Program Manager\n\n## Duties\n\n- Inspire executives with the art of the possible" + _SHIPPED
    assert _quotes("vision-heavy", text) == ["Inspire"]


def test_a_director_may_speak_of_vision() -> None:
    text = "# Director of AI\n\n## Duties\n\n- Inspire executives with the art of the possible" + _SHIPPED
    assert not _quotes("vision-heavy", text)


def test_a_duty_of_vision_that_ships_something_is_left_alone() -> None:
    text = "# Program Manager\n\n## Duties\n\n- Inspire executives and deploy the new strategic vision" + _SHIPPED
    assert not _quotes("vision-heavy", text)


def test_two_words_side_by_side_are_one_word_of_vision() -> None:
    text = "# Program Manager\n\n## Duties\n\n- Work towards the strategic vision" + _SHIPPED
    assert not _quotes("vision-heavy", text)


def test_six_message_types_are_thick_for_a_nurse_and_plain_for_an_interface_engineer() -> None:
    duty = "\n\n## Duties\n\n- Owns the ORM, MLLP, XDS, CCL, DFT and UDAP queues\n"
    assert _quotes("unexplained-acronyms", "# Informatics Nurse" + duty) == ["ORM, MLLP, XDS, CCL, DFT and UDAP"]
    assert not _quotes("unexplained-acronyms", "# Interface Engineer" + duty)


def test_an_abbreviation_without_listed_words_is_explained_by_its_brackets() -> None:
    duty = "# Ward Trainer\n\n## Duties\n\n- Report LWBS{}, NDNQI, CAUTI and HAPI\n"
    assert _quotes("unexplained-acronyms", duty.format(""))
    assert not _quotes("unexplained-acronyms", duty.format(" (left without being seen)"))


def test_a_level_in_figures_is_the_level_in_words() -> None:
    assert not _quotes("wrong-clinical-term", "# Engineer\n\n- HL7 (Health Level 7) feeds\n")
    assert _quotes("wrong-clinical-term", "# Engineer\n\n- HL7 (Health Language 7) feeds\n")


def test_medicine_is_not_medication() -> None:
    assert not _quotes("wrong-clinical-term", "# Engineer\n\n- BCMA (Bar Code Medication Administration)\n")
    assert _quotes("wrong-clinical-term", "# Engineer\n\n- BCMA (Bar Code Medicine Administration)\n")


def test_duties_in_sentences_are_read_as_duties() -> None:
    duties = "Serves as liaison to the wards. Attends councils. Supports colleagues. Maintains documentation."
    said = _quotes("activities-not-outcomes", f"# Nurse\n\n## Duties\n\n{duties}\n")
    assert said == ["Attends councils", "Supports colleagues"]


def test_what_a_duty_mentions_late_does_not_make_it_empty() -> None:
    duties = "- Write the order sets that pharmacy asked for, and attend meetings\n- Draft\n- Sign\n- File\n"
    assert _quotes("activities-not-outcomes", f"# Nurse\n\n## Duties\n\n{duties}") == ["Duties"]


_SCORES = "\n- Train deep learning models on notes\n- Tune LLMs\n- Evaluate the models for nurses and physicians\n"
_HEAD = "# Machine Learning Engineer\n\nHospitals use our sepsis scores. Nurses act on them.\n\n## Duties\n\n"


def test_work_promised_in_the_record_needs_a_duty_that_connects_it() -> None:
    promise = "Bring risk scores to the bedside nurses in Epic"
    assert promise in _quotes("layer-gap", f"{_HEAD}- {promise}{_SCORES}")
    connected = "- Build the FHIR R4 interfaces and own the HL7 v2 feeds of three hospitals\n"
    assert promise not in _quotes("layer-gap", f"{_HEAD}- {promise}{_SCORES}{connected}")


def test_a_long_story_of_the_company_is_quoted_by_its_heading_and_first_words() -> None:
    story = "Quillane was founded by two nurses. " + "We built a house of glass beside the river for our guests. " * 8
    assert _quotes("company-first", f"# Engineer\n\n## Our story\n\n{story}\n\n## Duties\n\n- Map feeds\n") == [
        "Our story\n\nQuillane was founded by"
    ]


def test_a_contractor_is_quoted_with_what_controls_them_and_alone_where_that_stands_elsewhere() -> None:
    beside = "You are an independent contractor on a monthly invoice. A second client is not allowed."
    apart = "You are an independent contractor.\n\nYou keep our office hours."
    assert _quotes("contractor-control", f"# Analyst\n\n{beside}\n") == [
        "independent contractor on a monthly invoice. A second client"
    ]
    assert _quotes("contractor-control", f"# Analyst\n\n{apart}\n") == ["independent contractor"]


def test_a_sentence_on_software_in_hiring_is_quoted_whole_unless_its_paragraph_gives_the_notice() -> None:
    said = "Our hiring assistant reads every CV with machine learning and rates it from 1 to 10."
    notice = "What it weighs, and how to ask for a person instead, is on our site."
    assert _quotes("ai-screening-notice", f"# Analyst\n\n## How to apply\n\n{said}\n") == [said]
    assert _quotes("ai-screening-notice", f"# Analyst\n\n## How to apply\n\n{said} {notice}\n") == []


def test_a_short_duty_of_words_that_any_job_has_is_quoted_whole() -> None:
    duties = "- Run the model inventory\n- Drive alignment between teams\n- Write the newsletter\n- Train nurses\n"
    assert _quotes("activities-not-outcomes", f"# Nurse\n\n## Duties\n\n{duties}") == ["Drive alignment between teams"]


def test_missing_benefits_are_remarked_at_the_heading_of_the_terms_whatever_it_is_called() -> None:
    pay = "Salary is top of market, plus early-stage equity."
    text = f"# Analyst\n\nDenver, Colorado\n\n## Duties\n\n- Map feeds\n\n## The deal\n\n{pay}\n"
    assert _quotes("benefits-or-deadline-missing", text) == ["The deal"]


def test_permanent_residents_are_no_place_and_people_who_may_apply_name_one() -> None:
    wanted = "Only US citizens and permanent residents are wanted."
    text = f"# Analyst\n\n{wanted}\n\nWe are remote in the US, with hubs in Denver.\n"
    pay = "$40 an hour."
    assert _quotes("benefits-or-deadline-missing", f"{text}\n{pay}\n") != []
    assert _quotes("benefits-or-deadline-missing", f"# Analyst\n\nPeople from Minnesota may apply.\n\n{pay}\n") != []


def test_a_tag_in_brackets_is_no_part_of_the_title_that_an_absence_is_remarked_at() -> None:
    text = "# Analyst (m/w/d)\n\n## Requirements\n\n- SQL\n- HL7\n- Clear writing\n"
    assert _quotes("offer-missing", text) == ["Analyst"]


def test_shared_hours_are_missed_at_the_sentence_before_the_title() -> None:
    text = (
        "# Analyst (Nearshore)\n\nThis is a nearshore job for people in Bogota, Monday to Friday from 9:00 to 18:00.\n"
    )
    assert _quotes("overlap-unstated", text)[0].startswith("nearshore")


def test_days_of_a_holiday_say_nothing_of_hybrid_work() -> None:
    text = "# Analyst\n\nHybrid working from our Dublin office.\n\n## What you get\n\n- Five days of {}\n"
    assert _quotes("remote-unclear", text.format("study leave")) == ["Hybrid working"]
    assert _quotes("remote-unclear", text.format("office time a fortnight")) == []


def test_a_wish_that_is_demanded_takes_back_the_heading_of_its_list_and_its_years_count() -> None:
    wishes = "- A license (required)\n- 9 years on a ward\n- 6 years in health IT\n- 3 years as a lead\n"
    text = f"# Nurse\n\n## Preferred Qualifications\n\n{wishes}"
    assert _quotes("must-and-nice-mixed", text) == ["A license (required)"]
    assert _quotes("many-year-counts", text) == ["9 years", "6 years", "3 years"]
    assert _quotes("many-year-counts", text.replace(" (required)", "")) == []
    assert _quotes("must-and-nice-mixed", "# Nurse\n\n## Nice to have\n\n- Epic build, no license required\n") == []
