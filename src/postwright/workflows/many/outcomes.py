"""What is noted of each posting of a run: small, JSON-able, and all that a listing, a chart or a worklist needs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from postwright.domain.critique import Critique
from postwright.domain.draft import DecisionKind, DecisionState, Draft, Fate, LineKind
from postwright.domain.finding import Finding
from postwright.domain.review import Review
from postwright.workflows.drafting import Prepared
from postwright.workflows.many.deciding import names_of

LONGEST_TEXT = 600
"""Characters of a decision's text and reason in a worklist; the review has all of it."""


def facts_of(prepared: Prepared) -> Mapping[str, Any]:
    """What the rules alone say: title, verdict, family, layers, findings."""
    return {"title": prepared.sources.posting.title, **_judged(prepared.critique), "engine": "rules"}


def outcome_of(review: Review) -> Mapping[str, Any]:
    """What came of a posting whose review is done."""
    facts = {"title": review.title, **_judged(review.critique), "engine": review.engine}
    facts["questions"] = len(review.critique.questions)
    facts["still"] = _by_rule(review.still)
    if review.draft is not None:
        facts |= _drafted(review.draft)
    if review.cost is not None:
        facts |= {"usd": review.cost.usd, "requests": review.cost.requests, "usage": asdict(review.usage)}
    return facts


def _judged(critique: Critique) -> dict[str, Any]:
    return {
        "verdict": critique.verdict.value,
        "diagnosis": critique.diagnosis,
        "family": critique.scope.family,
        "layers": {c.layer.value: {"score": c.score, "owned": c.owned} for c in critique.coverage},
        "findings": _by_rule(critique.findings),
    }


def _by_rule(findings: Iterable[Finding]) -> dict[str, int]:
    return dict(sorted(Counter(finding.rule for finding in findings).items()))


def _drafted(draft: Draft) -> dict[str, Any]:
    """Counts of sentences by what became of them, and of decisions by their state."""
    lines = Counter(line.kind for section in draft.sections for line in section.lines)
    fates = Counter(entry.fate for entry in draft.ledger.units)
    states = Counter(decision.state for decision in draft.decisions)
    return {
        "changed": lines[LineKind.REWORDED] + lines[LineKind.MERGED],
        "removed": fates[Fate.REMOVED],
        "restored": fates[Fate.RESTORED],
        "protected": fates[Fate.PROTECTED],
        "suggested": sum(d.kind in {DecisionKind.PROPOSAL, DecisionKind.TITLE} for d in draft.decisions),
        "decisions": len(draft.decisions),
        "open": states[DecisionState.PENDING],
        "withdrawn": dict(sorted(Counter(v.invariant for v in draft.violations).items())),
    }


def decisions_of(review: Review) -> tuple[Mapping[str, Any], ...]:
    """The decisions of a draft, as the worklist shows them."""
    if review.draft is None:
        return ()
    units = {unit.id: unit for unit in review.units}
    return tuple(
        {
            "id": decision.id,
            "key": decision.key,
            "kind": decision.kind.value,
            "group": decision.group,
            "text": decision.text[:LONGEST_TEXT],
            "why": decision.why[:LONGEST_TEXT],
            "state": decision.state.value,
            "names": sorted(names_of(decision, units)),
        }
        for decision in review.draft.decisions
    )
