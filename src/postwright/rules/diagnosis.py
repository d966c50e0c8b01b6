"""The one sentence that says what is the matter with a posting. Nothing in it comes from a model."""

from collections import Counter
from collections.abc import Iterable

from postwright.domain.finding import Finding, Layer, LayerCoverage, Severity
from postwright.knowledge.loader import load
from postwright.rules.conflict import Conflict

READY = "It says what the work is and what it takes; nothing stands in a reader's way."
OUT_OF_SCOPE = "Not a job in healthcare, so nothing was judged."
OTHER_LANGUAGE = "Not in English, so the rules see only a part of it."
THIN = "It hardly says what the person would do."
UNASKED = "It does not say what the person must bring."

_LAYER_WORDS = {
    "clinical": "clinical",
    "integration": "integration",
    "compliance": "compliance",
    "ml_research": "machine-learning research",
}
_WEIGHTS = {Severity.ERROR: 8, Severity.WARNING: 4, Severity.NOTICE: 1}


def of_conflict(conflict: Conflict) -> str:
    """`Asks for an ML researcher; the work it describes is ...`, or how many jobs are mixed into one."""
    roles = load("ownership")["roles"]
    if not conflict.asks:
        works = _series([_LAYER_WORDS[layer] for layer in conflict.works])
        return f"Asks one person for {works} work: that is {len(conflict.works)} jobs."
    named = f" ({_series(list(conflict.named))})" if conflict.named else ""
    work = roles[conflict.works[0]]["work"]
    return f"Asks for {roles[conflict.asks]['who']}; the work it describes is {work}{named}."


def of_rework(findings: Iterable[Finding], coverage: Iterable[LayerCoverage], lack: str) -> str:
    """The gap in the layer that the job should own, else what the posting lacks, else what weighs most."""
    groups = _heaviest(findings, 3)
    return _worst_gap(coverage) or lack or f"The job is there, but too much stands in its way: {groups}."


def of_touch_up(findings: Iterable[Finding], coverage: Iterable[LayerCoverage], lack: str) -> str:
    """The gap, else what the posting lacks, else what is left to settle."""
    groups = _heaviest(findings, 2)
    left = f"The job is clear; what is left to settle: {groups}." if groups else "The job is clear; facts are missing."
    return _worst_gap(coverage) or lack or left


def _worst_gap(coverage: Iterable[LayerCoverage]) -> str:
    gaps = [c for c in coverage if c.owned and c.score <= 1 and c.layer is not Layer.EXECUTION]
    return min(gaps, key=lambda c: c.score).gap if gaps else ""


def _heaviest(findings: Iterable[Finding], most: int) -> str:
    """The groups of findings that weigh most, in plain words."""
    weights: Counter[str] = Counter()
    for finding in findings:
        weights[finding.group or finding.rule] += _WEIGHTS[finding.severity]
    return _series([group for group, _ in weights.most_common(most)])


def _series(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
