"""What to do with a posting, and the sentence that says why."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.critique import Answer, AnswerStatus, Critique, Verdict
from postwright.domain.finding import Finding, Severity
from postwright.domain.posting import Span
from postwright.reading.posting import read
from postwright.rules.critique import critique
from postwright.rules.engine import judge

FIXTURES = Path(__file__).parents[3] / "fixtures" / "postings"

GOOD = """# Integration Engineer, EHR

**Halcyon drafts visit notes. You will get them into the chart at our 14 hospitals.**

Remote in the US except Alaska. Pay is $138,000 to $166,000 a year, with medical and dental benefits.

## What you will do

- File drafted notes straight into the right encounter in Epic, so clinicians stay in the chart
- Build and run HL7 v2 feeds and FHIR R4 write-back, and restore a failed feed within an hour
- Sit with nurses during go-live weeks and turn what you see into fixes

## You need

- HL7 v2 interfaces you built or supported in production
- Practice protecting patient data, including audit logging

## How to apply

Apply by December 31, 2026. If you need an accommodation, write to talent@halcyon.example.
"""

MEETING = """# Hiring sync

Attendees: Ana, Bo

Agenda: open nurse roles

Action items: post the interface analyst job, ask finance for the salary range, agree who reads applications, and meet
again on Friday to go through all of it before the manager is back.
"""


def finding(rule: str, severity: Severity, group: str = "") -> Finding:
    return Finding(rule, severity, "", Span(0, 0), "", "why", "fix", group=group or rule)


def judged(text: str, findings: Iterable[Finding] = (), answers: Iterable[Answer] = ()) -> Critique:
    return critique(read(text, "posting.md"), findings, answers)


def fixture(name: str, answers: Iterable[Answer] = ()) -> Critique:
    posting = read((FIXTURES / name).read_text(encoding="utf-8"), name)
    return critique(posting, judge(posting, as_of=date(2026, 11, 22)), answers)


def test_a_good_posting_is_ready() -> None:
    assert judged(GOOD).verdict is Verdict.READY


def test_one_warning_is_a_touch_up_that_names_it() -> None:
    said = judged(GOOD, [finding("hype", Severity.WARNING, "hype")])
    assert (said.verdict, said.diagnosis) == (
        Verdict.TOUCH_UP,
        "The job is clear; what is left to settle: hype.",
    )


def test_notices_alone_leave_a_posting_ready() -> None:
    assert judged(GOOD, [finding("length", Severity.NOTICE)]).verdict is Verdict.READY


def test_many_remarks_ask_for_a_rework() -> None:
    said = judged(GOOD, [finding(f"rule-{number}", Severity.ERROR, "impossible years") for number in range(4)])
    assert said.verdict is Verdict.REWORK
    assert "impossible years" in said.diagnosis


def test_repeats_of_one_remark_weigh_less_than_different_ones() -> None:
    assert judged(GOOD, [finding("hype", Severity.ERROR)] * 4).verdict is Verdict.TOUCH_UP


def test_federal_banded_and_licensed_forms_get_more_room() -> None:
    findings = [finding(f"rule-{number}", Severity.ERROR) for number in range(4)]
    assert judged(f"{GOOD}\nGrade: GS-13. FLSA: Exempt.\n", findings).verdict is Verdict.TOUCH_UP


def test_a_posting_without_pay_is_not_ready() -> None:
    assert judged(GOOD.replace("Pay is $138,000 to $166,000 a year, with", "With")).verdict is Verdict.TOUCH_UP


def test_a_posting_that_hardly_names_the_work_says_so() -> None:
    start, end = GOOD.index("## What you will do"), GOOD.index("## You need")
    said = judged(GOOD[:start].replace("You will get them", "We get them") + GOOD[end:])
    assert said.verdict is Verdict.TOUCH_UP
    assert said.diagnosis == "Systems are named, but no duty connects or builds them."


def test_a_posting_that_asks_for_nothing_says_so() -> None:
    start, end = GOOD.index("## You need"), GOOD.index("## How to apply")
    assert judged(GOOD[:start] + GOOD[end:]).diagnosis == "It does not say what the person must bring."


def test_includes_may_hold_what_seems_to_be_missing() -> None:
    start, end = GOOD.index("## You need"), GOOD.index("## How to apply")
    assert judged(f"{GOOD[:start]}{{% include requirements.html %}}\n\n{GOOD[end:]}").verdict is Verdict.READY


def test_a_research_posting_for_integration_work_must_be_decided_first() -> None:
    said = fixture("gold-a.md")
    assert said.verdict is Verdict.DECIDE_ROLE
    assert said.diagnosis == (
        "Asks for an ML researcher; the work it describes is getting results into the record that clinicians "
        "already use (Epic, Cerner and HL7)."
    )


def test_an_overloaded_clinical_posting_is_a_rework_and_no_conflict() -> None:
    said = fixture("gold-b.md")
    assert said.verdict is Verdict.REWORK
    assert said.scope.family_layer == "clinical"


def test_a_model_that_nurses_dismiss_is_no_research_problem() -> None:
    assert fixture("ml-engineer-sepsis.md").verdict is Verdict.DECIDE_ROLE


def test_a_role_settled_by_an_answer_is_not_decided_again() -> None:
    said = fixture("gold-a.md", [Answer("scope", AnswerStatus.VALUE, "Integration engineer")])
    assert said.verdict is Verdict.REWORK
    assert said.scope.family == "integration_engineer"
    assert not any(question.leads for question in said.questions)


def test_an_ml_engineer_with_own_models_is_left_alone() -> None:
    text = GOOD.replace("Integration Engineer, EHR", "Machine Learning Engineer, Imaging")
    start, end = text.index("- File drafted"), text.index("## You need")
    duties = (
        "- Train and validate the lung model on CT images, with sensitivity and specificity by subgroup\n"
        "- Deploy the model to production and monitor it for drift\n- Review failures with our radiologists\n\n"
    )
    assert judged(text[:start] + duties + text[end:]).verdict is not Verdict.DECIDE_ROLE


def test_an_integration_title_with_a_researchers_must_haves_must_be_decided_first() -> None:
    needs = (
        "## You need\n\n- PhD in machine learning\n- First-author papers at NeurIPS and ICML\n"
        "- PyTorch and JAX\n- CUDA kernels\n- Pretraining of foundation models\n\n"
    )
    start, end = GOOD.index("## You need"), GOOD.index("## How to apply")
    said = judged(GOOD[:start] + needs + GOOD[end:])
    assert said.verdict is Verdict.DECIDE_ROLE
    assert said.diagnosis.startswith(
        "Asks for an ML researcher; the work it describes is getting results into the record"
    )


def test_must_haves_of_three_jobs_must_be_decided_first() -> None:
    needs = (
        "## You need\n\n- Active RN licence\n- Clinical documentation experience\n- HL7 v2 and FHIR R4 interfaces\n"
        "- Mirth Connect\n- 510(k) submissions\n- ISO 13485 audits\n\n"
    )
    start, end = GOOD.index("## You need"), GOOD.index("## How to apply")
    said = judged(GOOD[:start] + needs + GOOD[end:])
    assert said.verdict is Verdict.DECIDE_ROLE
    assert said.diagnosis == "Asks one person for clinical, integration and compliance work: that is 3 jobs."


def test_a_founding_role_may_wear_many_hats() -> None:
    needs = (
        "## You need\n\n- Active RN licence\n- Clinical documentation experience\n- HL7 v2 and FHIR R4 interfaces\n"
        "- Mirth Connect\n- 510(k) submissions\n- ISO 13485 audits\n\n"
    )
    start, end = GOOD.index("## You need"), GOOD.index("## How to apply")
    text = (GOOD[:start] + needs + GOOD[end:]).replace("# Integration Engineer", "# Founding Integration Engineer")
    assert judged(text).verdict is not Verdict.DECIDE_ROLE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no text"),
        ("# Nurse\n\nWe are hiring.\n", "too short"),
        (f"# Job title\n\n{GOOD.split(chr(10), 1)[1]}", "template"),
        (f"{GOOD}\n[Company name], [your city], [insert salary here]\n", "template"),
        (
            "# Careers\n\n" + "".join(f"- [Nurse {n}](nurse-{n}.md) on our medical ward\n" for n in range(9)),
            "list of links",
        ),
        (MEETING, "meeting"),
        (
            "# Style guide\n\n" + "Headings use sentence case and end without a stop everywhere. " * 20,
            "Nothing here asks",
        ),
    ],
)
def test_other_pages_are_not_postings(text: str, says: str) -> None:
    said = judged(text)
    assert said.verdict is Verdict.NOT_A_POSTING
    assert says in said.diagnosis
    assert said.questions == ()


def test_the_name_of_a_template_file_is_enough() -> None:
    assert critique(read(GOOD, "jobs/_template.md"), ()).verdict is Verdict.NOT_A_POSTING


def test_a_readme_that_holds_a_posting_is_one() -> None:
    assert critique(read(GOOD, "jobs/nurse/README.md"), ()).verdict is Verdict.READY


def test_a_job_outside_healthcare_is_out_of_scope_and_raises_no_question() -> None:
    said = fixture("retail-store-manager.md")
    assert said.verdict is Verdict.OUT_OF_SCOPE
    assert said.questions == ()


def test_a_posting_in_another_language_is_never_ready_and_raises_no_question() -> None:
    said = fixture("analista-historia-clinica.md")
    assert said.verdict is Verdict.TOUCH_UP
    assert said.diagnosis.startswith("Not in English")
    assert said.questions == ()


def test_the_same_posting_gets_the_same_critique() -> None:
    assert fixture("gold-b.md") == fixture("gold-b.md")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["a.md", "a.txt", "a.mdx"]))
def test_any_text_gets_a_verdict_and_cites_only_its_own_units(text: str, path: str) -> None:
    posting = read(text, path)
    said = critique(posting, ())
    cited = {unit for layer in said.coverage for unit in layer.units}
    cited |= {unit for question in said.questions for unit in question.units}
    assert cited <= {unit.id for unit in posting.units}
    assert said.diagnosis
