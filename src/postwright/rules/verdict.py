"""Says what to do with a posting, and why, in one sentence."""

from collections import Counter
from collections.abc import Iterable

from postwright.domain.critique import Answer, AnswerStatus, Finding, Layer, LayerCoverage, Scope, Severity, Verdict
from postwright.domain.posting import NoticeKind, Posting
from postwright.knowledge.loader import load
from postwright.rules.conflict import Conflict, role_conflict
from postwright.rules.evidence import Role, speaking
from postwright.rules.pages import why_not_a_posting
from postwright.rules.patterns import sign

# Weights and limits are ours, set on the gold postings and a reading of real ones: they order, they do not measure.
_WEIGHTS = {Severity.ERROR: 4.0, Severity.WARNING: 2.0, Severity.NOTICE: 0.5}
_REPEATS = 0.25  # what each further finding of the same rule adds, in shares of its weight
_MOST_REPEATS = 4
_LAYER_GAPS = {0: 5.0, 1: 4.0, 2: 1.5}
_NO_DUTIES = 4.0
_FEW_DUTIES = 3
_READY = 2.0
_REWORK = 20.0
_REGULATED_BONUS = 8.0  # federal, banded and licensed postings follow forms that the hiring manager cannot change


def verdict(
    posting: Posting,
    scope: Scope,
    findings: Iterable[Finding],
    coverage: tuple[LayerCoverage, ...],
    answers: Iterable[Answer] = (),
) -> tuple[Verdict, str]:
    """The verdict and its diagnosis. A role that an answer has settled is not to be decided again."""
    if why := why_not_a_posting(posting):
        return Verdict.NOT_A_POSTING, why
    if not scope.healthcare:
        return Verdict.OUT_OF_SCOPE, "Not a job in healthcare, so nothing was judged."
    conflict = None if _role_is_settled(answers) else role_conflict(posting, scope)
    if conflict:
        return Verdict.DECIDE_ROLE, _conflict_sentence(conflict)
    found = tuple(findings)
    weight = burden(posting, scope, found, coverage)
    if weight >= _REWORK:
        return Verdict.REWORK, _rework_sentence(scope, found, coverage)
    if weight > _READY or any(f.severity is Severity.ERROR for f in found):
        return Verdict.TOUCH_UP, _touch_up_sentence(found, coverage)
    return Verdict.READY, "It says what the work is and what it takes; nothing stands in a reader's way."


def burden(posting: Posting, scope: Scope, findings: Iterable[Finding], coverage: Iterable[LayerCoverage]) -> float:
    """How much stands between the posting and a good one: findings by rule, gaps in owned layers, missing duties."""
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, []).append(finding)
    weight = sum(_rule_weight(found) for found in rules.values())
    weight += sum(_LAYER_GAPS.get(c.score, 0.0) for c in coverage if c.owned and scope.family)
    if sum(1 for _, role in speaking(posting) if role is Role.DUTY) < _FEW_DUTIES:
        weight += _NO_DUTIES
    return max(0.0, weight - _REGULATED_BONUS) if _is_regulated(posting) and weight > _READY * 2 else weight


def _rule_weight(found: list[Finding]) -> float:
    weight = max(_WEIGHTS[finding.severity] for finding in found)
    return weight * (1 + _REPEATS * min(len(found) - 1, _MOST_REPEATS))


def _is_regulated(posting: Posting) -> bool:
    graded = any(notice.kind is NoticeKind.GRADE for notice in posting.notices)
    return graded or any(sign(name).search(posting.source) for name in ("banded", "licensed"))


def _role_is_settled(answers: Iterable[Answer]) -> bool:
    return any(answer.id == "scope" and answer.status is not AnswerStatus.ASK for answer in answers)


def _conflict_sentence(conflict: Conflict) -> str:
    roles = load("ownership")["roles"]
    if not conflict.asks:
        works = _series([_LAYER_WORDS[layer] for layer in conflict.works])
        return f"Asks one person for {works} work: that is {len(conflict.works)} jobs."
    named = f" ({_series(list(conflict.named))})" if conflict.named else ""
    return (
        f"Asks for {roles[conflict.asks]['who']}; the work it describes is {roles[conflict.works[0]]['work']}{named}."
    )


_LAYER_WORDS = {
    "clinical": "clinical",
    "integration": "integration",
    "compliance": "compliance",
    "ml_research": "machine-learning research",
    "execution": "delivery",
}


def _rework_sentence(scope: Scope, findings: tuple[Finding, ...], coverage: Iterable[LayerCoverage]) -> str:
    gap = _worst_gap(coverage)
    if gap and scope.family:
        work = _LAYER_WORDS[gap.layer.value]
        return f"A posting for a team's {work} work, with a gap: {gap.gap[0].lower()}{gap.gap[1:]}"
    return f"The job is there, but too much stands in its way: {_heaviest(findings, 3)}."


def _touch_up_sentence(findings: tuple[Finding, ...], coverage: Iterable[LayerCoverage]) -> str:
    if findings:
        return f"The job is clear; what is left to settle: {_heaviest(findings, 2)}."
    gap = _worst_gap(coverage)
    return gap.gap if gap else "The job is clear; it hardly says what the person would do."


def _worst_gap(coverage: Iterable[LayerCoverage]) -> LayerCoverage | None:
    gaps = [c for c in coverage if c.owned and c.score <= 1 and c.layer is not Layer.EXECUTION]
    return min(gaps, key=lambda c: c.score, default=None)


def _heaviest(findings: Iterable[Finding], most: int) -> str:
    """The groups that weigh most, in plain words."""
    weights: Counter[str] = Counter()
    for finding in findings:
        weights[finding.group or finding.rule] += int(_WEIGHTS[finding.severity] * 2)
    return _series([group for group, _ in weights.most_common(most)])


def _series(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
