"""Puts together all that the rules say about one posting."""

from collections.abc import Iterable

from postwright.domain.critique import Answer, Critique, Verdict
from postwright.domain.finding import Finding
from postwright.domain.posting import Posting
from postwright.rules.coverage import coverage_of
from postwright.rules.questions import questions_for
from postwright.rules.scope import scope_of
from postwright.rules.verdict import verdict

_SILENT = frozenset({Verdict.OUT_OF_SCOPE, Verdict.NOT_A_POSTING})


def critique(
    posting: Posting, findings: Iterable[Finding], answers: Iterable[Answer] = (), notes: Iterable[str] = ()
) -> Critique:
    """The critique from rules alone. `findings` and `notes` come from the engine. What is not judged is not asked."""
    found, given = tuple(findings), tuple(answers)
    scope = scope_of(posting, given)
    coverage = coverage_of(posting, scope)
    what, why = verdict(posting, scope, found, coverage, given)
    asked = () if what in _SILENT else questions_for(posting, scope, coverage, found, given)
    return Critique(
        verdict=what,
        diagnosis=why,
        scope=scope,
        coverage=coverage,
        findings=found,
        questions=asked,
        notes=tuple(notes),
    )
