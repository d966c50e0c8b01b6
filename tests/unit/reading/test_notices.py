"""Notices: legal text, pay, benefits, grades: whole, contiguous, and no wider than they are."""

import pytest

from postwright.domain.posting import NoticeKind, Posting
from postwright.reading.posting import read

K = NoticeKind


def posting(body: str) -> Posting:
    return read(f"# Nurse\n\nAcme hires a nurse now.\n\n{body}\n", "job.md")


def notices(body: str) -> list[tuple[NoticeKind, str]]:
    read_ = posting(body)
    return [(notice.kind, notice.span.of(read_.source)) for notice in read_.notices]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (K.EEO, "Acme is an equal opportunity employer."),
        (K.EEO, "We consider all qualified applicants without regard to race, color or religion."),
        (K.EEO, "EOE/Disability/Vets."),
        (K.EEO, "We participate in E-Verify."),
        (K.EEO, "We welcome applications from disabled people."),
        (K.ACCOMMODATION, "Applicants who need an accommodation may call 309-555-0142."),
        (K.ACCOMMODATION, "We are a Disability Confident employer."),
        (K.ACCOMMODATION, "If you have a disability or special need, please let us know."),
        (K.PRIVACY, "Please view our candidate privacy policy here."),
        (K.PRIVACY, "We will process your personal data under the GDPR."),
        (K.AI_USE, "Acme uses an AI tool to help screen applications; see acme.example/ai."),
        (K.AI_USE, "We use automated tools to rank applications; you may opt out."),
        (K.FAIR_CHANCE, "We will consider qualified applicants with arrest and conviction records."),
        (K.INTERNAL, "This post is open to internal applicants only."),
        (K.AGENCY, "No recruiters or agencies, please."),
        (K.AGENCY, "Acme will never ask for payment during the interview process."),
        (K.GRADE, "Grade: IS-14"),
        (K.GRADE, "Band 7"),
        (K.PAY, "The salary range is $120,000 - $140,000 a year."),
        (K.PAY, "£38,890 to £44,503 per annum"),
        (K.BENEFITS, "We offer medical, dental and vision insurance, a 401(k) and 20 days of PTO."),
    ],
)
def test_protected_text_is_a_notice_of_its_kind(kind: NoticeKind, text: str) -> None:
    assert notices(text) == [(kind, text)]


@pytest.mark.parametrize(
    "text",
    [
        "Competitive salary DOE and meaningful equity.",
        "Kegs on tap, ping-pong, happy hours.",
        "We raised $71M, including a $50M Series B.",
        "We are reinventing a $45B market.",
        "You will process personal data legally and securely.",
        "Our product helps patients with disabilities.",
        "We use AI to read images of the lung.",
        "Patients come from all backgrounds.",
        "You will lead the response to fraud.",
    ],
)
def test_ordinary_text_is_no_notice(text: str) -> None:
    assert notices(text) == []


@pytest.mark.parametrize(
    "item",
    [
        "Ensure EEO regulations are followed in hiring",
        "Write our privacy policy with counsel",
        "Build automated tools that screen resumes with AI",
        "Manage recruitment agencies and their fees, not candidates",
    ],
)
def test_a_duty_about_the_same_thing_is_no_notice(item: str) -> None:
    assert notices(f"## Duties\n\n- {item}\n") == []


def test_a_notice_takes_its_heading_and_its_scope_line_with_it() -> None:
    text = "## Pay\n\nFor California residents:\n\n- $100,000 to $120,000 a year\n\n## Duties\n\n- Build"
    assert notices(text) == [(K.PAY, "## Pay\n\nFor California residents:\n\n- $100,000 to $120,000 a year")]


def test_a_heading_over_more_than_the_notice_stays_free() -> None:
    text = "## What we offer\n\n- Kegs on tap\n- Medical, dental and vision plans\n- 20 days of PTO"
    assert notices(text) == [(K.BENEFITS, "- Medical, dental and vision plans\n- 20 days of PTO")]


def test_what_pay_depends_on_belongs_to_the_pay() -> None:
    text = "Pay: $298,000 - $341,000 annually. Sign-on bonus may apply. Benefits: medical, dental, 403(b), PTO."
    assert notices(text) == [
        (K.PAY, "Pay: $298,000 - $341,000 annually. Sign-on bonus may apply."),
        (K.BENEFITS, "Benefits: medical, dental, 403(b), PTO."),
    ]


def test_a_list_of_benefits_is_one_notice_and_a_beer_fridge_at_its_end_is_none() -> None:
    text = "## Benefits\n\n- Dental plan\n- 25 days of annual leave\n- Cycle to work\n- Beer fridge"
    assert notices(text) == [(K.BENEFITS, "## Benefits\n\n- Dental plan\n- 25 days of annual leave\n- Cycle to work")]


def test_a_line_of_data_with_an_amount_is_pinned_and_no_notice() -> None:
    read_ = posting("Acme | Boston | full-time | $150K–$185K + 0.3% equity")
    assert read_.notices == ()
    assert [pin.span.of(read_.source) for pin in read_.units[2].pins] == ["$150K–$185K"]


def test_sentences_of_one_paragraph_are_notices_each_of_its_kind() -> None:
    text = "Acme is an Equal Opportunity Employer. Applicants who need an accommodation may call us."
    assert notices(text) == [
        (K.EEO, "Acme is an Equal Opportunity Employer."),
        (K.ACCOMMODATION, "Applicants who need an accommodation may call us."),
    ]


def test_a_legal_sentence_draws_in_the_sentence_beside_it_that_speaks_of_the_same() -> None:
    text = "Acme is an equal opportunity employer. We celebrate diversity. Our office is in Leeds."
    assert notices(text) == [(K.EEO, "Acme is an equal opportunity employer. We celebrate diversity.")]


def test_the_span_of_a_notice_holds_marker_and_marks() -> None:
    text = "* **Acme is an equal opportunity employer.**"
    assert notices(text) == [(K.EEO, text)]


def test_a_notice_that_stands_twice_is_found_twice() -> None:
    line = "Acme is an equal opportunity employer."
    assert notices(f"{line}\n\n## Duties\n\n- Build\n\n{line}") == [(K.EEO, line), (K.EEO, line)]
