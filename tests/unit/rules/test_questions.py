"""Typed questions: only about what is open, the weightiest first, in plain words."""

from pathlib import Path

import pytest

from postwright.domain.critique import Answer, AnswerStatus, Question
from postwright.domain.finding import Finding, Severity
from postwright.domain.posting import Posting, SectionKind, Span, Strength
from postwright.reading.posting import read
from postwright.rules.coverage import coverage_of
from postwright.rules.questions import MOST, questions_for, slots
from postwright.rules.scope import scope_of

FIXTURES = Path(__file__).parents[3] / "fixtures" / "postings"


def asked(text: str, *answers: Answer, path: str = "posting.md") -> dict[str, Question]:
    return {question.id: question for question in _questions(read(text, path), (), answers)}


def _questions(
    posting: Posting, findings: tuple[Finding, ...], answers: tuple[Answer, ...] = ()
) -> tuple[Question, ...]:
    scope = scope_of(posting)
    return questions_for(posting, scope, coverage_of(posting, scope), findings, answers)


def body(**lines: str) -> str:
    """A hospital posting in which everything is said, but for the lines given anew."""
    said = {
        "pay": "Pay is $90,000 to $110,000 a year, with medical benefits and paid time off.",
        "place": "On site in Peoria, Illinois.",
        "duties": "- Build HL7 v2 feeds (ADT) in Mirth\n- Restore a failed feed within an hour\n- Map Epic",
        "needs": "- HL7 v2 experience",
        "apply": "Apply by May 1, 2027 through our website. For an accommodation call 309-555-0142.",
    } | lines
    return (
        f"# Integration Engineer\n\nOur hospital cares for patients.\n\n{said['place']}\n\n{said['pay']}\n\n"
        f"## What you will do\n\n{said['duties']}\n\n## You need\n\n{said['needs']}\n\n"
        f"## How to apply\n\n{said['apply']}\n"
    )


def test_a_posting_that_says_everything_raises_nothing_typed_by_absence() -> None:
    assert asked(body()).keys() <= {"team"}


@pytest.mark.parametrize(
    ("lines", "slot"),
    [
        ({"pay": "Medical benefits and paid time off."}, "pay.range"),
        ({"pay": "Pay is $90,000 to $110,000 a year."}, "benefits"),
        ({"place": "A job for you.", "duties": "- Build HL7 v2 feeds"}, "location.place"),
        ({"place": "This position is remote."}, "location.remote"),
        ({"duties": "- Build HL7 v2 feeds (ADT) in Mirth\n- Some travel to other places"}, "location.travel"),
        ({"duties": "- Build HL7 v2 feeds (ADT) in Mirth\n- Take part in on-call support"}, "schedule.on_call"),
        ({"duties": "- Build HL7 interfaces\n- Watch the interface engine\n- Fix messages"}, "integration.engine"),
        ({"duties": "- Build HL7 v2 feeds (ADT)\n- Write to the EHR\n- Fix messages"}, "ehr"),
        ({"duties": "- Be nice"}, "duties"),
        ({"needs": "- Bachelor's degree in computer science required"}, "degree"),
        ({"needs": "- Epic Bridges certification required"}, "training"),
        ({"apply": "Apply by May 1, 2027 on our website, in the US."}, "contact.accommodation"),
        (
            {"place": "Remote (US). Colorado people welcome.", "apply": "Apply online; for accommodation call us."},
            "closing_date",
        ),
        ({"needs": "- Must be authorized to work in the US"}, "sponsorship"),
        ({"duties": "- Prepare the 510(k) of our SaMD\n- Build HL7 v2 feeds\n- Fix them"}, "device_status"),
        ({"place": "Nearshore team.", "duties": "- Handle PHI in HL7 v2 ADT feeds\n- Map\n- Test"}, "data_access"),
        ({"place": "Nearshore team."}, "schedule.hours"),
        ({"pay": "Pay is $90,000 to $110,000 and meaningful equity, with medical benefits."}, "pay.extra"),
        ({"needs": "".join(f"- Experience with tool {n}\n" for n in range(12))}, "must_have"),
    ],
)
def test_what_is_left_open_becomes_a_question(lines: dict[str, str], slot: str) -> None:
    assert slot not in asked(body())
    assert slot in asked(body(**lines))


@pytest.mark.parametrize(
    ("lines", "slot"),
    [
        ({"place": "Remote in the US, two days a week in Peoria, Illinois."}, "location.remote"),
        ({"duties": "- Support remote patient monitoring\n- Build HL7 v2 ADT feeds\n- Test"}, "location.remote"),
        ({"duties": "- Travel about 20%\n- Build HL7 v2 ADT feeds\n- Test"}, "location.travel"),
        ({"needs": "- Bachelor's degree or equivalent experience"}, "degree"),
        ({"needs": "- BSN degree and active RN licence"}, "degree"),
        ({"needs": "- Epic certification, or we sponsor it"}, "training"),
        ({"pay": "Band 7, £45,000, 27 days annual leave and pension."}, "pay.range"),
        ({"needs": "- Must be authorized to work in the US; we do not sponsor visas"}, "sponsorship"),
        (
            {"pay": "£45,000 a year with pension.", "place": "London", "apply": "Apply in writing."},
            "contact.accommodation",
        ),
    ],
)
def test_what_is_said_is_not_asked(lines: dict[str, str], slot: str) -> None:
    assert slot not in asked(body(**lines))


def test_absences_are_silent_when_an_include_may_hold_the_text() -> None:
    quiet = asked(body(pay="{% include pay.html %}"))
    assert not {"pay.range", "benefits"} & quiet.keys()


def test_front_matter_answers_too() -> None:
    text = body(pay="Medical benefits and paid time off.")
    assert "pay.range" not in asked(f"---\nsalary: 90000 to 110000\n---\n\n{text}")


def test_an_application_form_is_no_hidden_benefit() -> None:
    text = body(pay="Pay is $90,000 to $110,000 a year.", apply="<JobApplication />")
    raised = asked(text, path="posting.mdx")
    assert "benefits" in raised
    assert "apply.how" not in raised


def test_the_leading_question_comes_first_and_offers_the_jobs() -> None:
    first, *rest = asked((FIXTURES / "gold-a.md").read_text(encoding="utf-8")).values()
    assert (first.id, first.leads, first.slot) == ("scope", True, True)
    assert first.choices == ("Integration Engineer, EHR", "Machine Learning Engineer")
    assert first.units
    assert not any(question.leads for question in rest)


def test_no_manager_gets_a_form() -> None:
    assert len(asked((FIXTURES / "gold-a.md").read_text(encoding="utf-8"))) == MOST


def test_the_weightiest_questions_are_asked_first() -> None:
    raised = list(asked(body(pay="", place="A job for you.", duties="- Be nice")))
    assert raised.index("duties") < raised.index("pay.range") < raised.index("benefits")


def test_an_answered_slot_is_not_asked_again_and_makes_room() -> None:
    text = (FIXTURES / "gold-a.md").read_text(encoding="utf-8")
    before = asked(text)
    after = asked(text, *(Answer(slot, AnswerStatus.VALUE, "said") for slot in before))
    assert not before.keys() & after.keys()
    assert after


@pytest.mark.parametrize("status", [AnswerStatus.NOT_APPLICABLE, AnswerStatus.DO_NOT_PUBLISH])
def test_no_is_an_answer(status: AnswerStatus) -> None:
    assert "pay.range" not in asked(body(pay=""), Answer("pay.range", status))


def test_ask_someone_else_leaves_the_question_open() -> None:
    assert "pay.range" in asked(body(pay=""), Answer("pay.range", AnswerStatus.ASK))


def test_a_remark_that_asks_for_a_fact_comes_with_its_question() -> None:
    posting = read(body(), "posting.md")
    unit = posting.units[1]
    remark = Finding("travel-unclear", Severity.NOTICE, unit.id, unit.span, unit.text, "why", "fix")
    raised = {question.id: question for question in _questions(posting, (remark,))}
    assert raised["location.travel"].units == (unit.id,)


def test_a_remark_about_the_whole_posting_cites_no_unit() -> None:
    remark = Finding("pay-range-missing", Severity.WARNING, "", Span(0, 0), "", "why", "fix")
    raised = {question.id: question for question in _questions(read(body(), "posting.md"), (remark,))}
    assert raised["pay.range"].units == ()


def test_a_title_for_another_job_is_asked_for() -> None:
    assert "title" in asked((FIXTURES / "gold-a.md").read_text(encoding="utf-8"))


def test_slots_say_where_an_answer_stands_and_how_strong_it_is() -> None:
    known = slots()
    assert (known["pay.range"].section, known["pay.range"].accepts) == (SectionKind.PAY, "money")
    assert (known["must_have"].strength, known["must_have"].many) == (Strength.MUST, True)
    assert known["duties"].strength is Strength.DUTY
    assert {"scope", "title", "closing_date", "data_access", "interview", "nice_to_have"} <= known.keys()


def test_questions_cite_units_of_the_posting_only() -> None:
    posting = read((FIXTURES / "gold-b.md").read_text(encoding="utf-8"), "gold-b.md")
    cited = {unit for question in _questions(posting, ()) for unit in question.units}
    assert cited <= {unit.id for unit in posting.units}
