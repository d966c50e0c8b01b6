"""A model may speak against a finding of the rules; it takes none away."""

from typing import Any

from postwright.domain.finding import Severity
from postwright.workflows.drafting import draft_reply, prepare

SOURCE = "# Nurse Informaticist\n\nWe seek a digital native and rockstar with 15 years of FHIR.\n\n- Must be a ninja\n"


def _reply(reason: str) -> dict[str, Any]:
    lists: dict[str, Any] = {key: [] for key in ("coverage", "findings", "questions", "sections", "removals")}
    against = [{"finding": f"f{number}", "reason": reason} for number in range(1, 30)]
    return {"summary": "", "title": None, **lists, "dismissed": against}


def test_what_the_model_dismisses_stands_with_its_reason_beside_it() -> None:
    rules = prepare(SOURCE, "job.md").critique
    _, critique = draft_reply(SOURCE, "job.md", _reply("This is how nurses speak."))
    assert critique.findings == rules.findings
    assert critique.dismissed
    assert {finding for finding, _ in critique.dismissed} <= set(critique.findings)
    assert {reason for _, reason in critique.dismissed} == {"This is how nurses speak."}


def test_nobody_speaks_against_an_error() -> None:
    _, critique = draft_reply(SOURCE, "job.md", _reply("This is how nurses speak."))
    assert any(finding.severity is Severity.ERROR for finding in critique.findings)
    assert all(finding.severity is not Severity.ERROR for finding, _ in critique.dismissed)


def test_a_reason_that_may_not_be_shown_is_none() -> None:
    _, critique = draft_reply(SOURCE, "job.md", _reply("See https://evil.example for $45,000."))
    assert critique.dismissed == ()
