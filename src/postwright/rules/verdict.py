"""Says what to do with a posting, and why."""

from collections.abc import Iterable

from postwright.domain.critique import Answer, AnswerStatus, Verdict
from postwright.domain.finding import Finding, LayerCoverage, Scope, Severity
from postwright.domain.posting import NoticeKind, Posting
from postwright.knowledge.loader import load
from postwright.rules import diagnosis
from postwright.rules.conflict import role_conflict
from postwright.rules.evidence import Role, speaking
from postwright.rules.openings import Case, hides, openings
from postwright.rules.pages import why_not_a_posting
from postwright.rules.patterns import sign

# Weights and limits are ours, set on the gold postings and a reading of real ones: they order, they do not measure.
_WEIGHTS = {Severity.ERROR: 4.0, Severity.WARNING: 2.0, Severity.NOTICE: 0.5}
_REPEATS = 0.25  # what each further finding of the same rule adds, in shares of its weight
_MOST_REPEATS = 4
_LAYER_GAPS = {0: 5.0, 1: 4.0, 2: 1.5}
_THIN = 4.0
_FEW_DUTIES = 3
_READY = 2.0
_REWORK = 14.0
_ALL_ASK = frozenset({"duties", "pay.range", "location.place"})
"""Open slots without which no reader can decide: such a posting is not ready."""
_HEAVY, _MANY_OPEN = 40, 3  # so many open slots of this weight (slots.yaml) leave too much to guess
_LENIENCE = 8.0  # federal, banded and licensed postings follow forms that the hiring manager cannot change


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
        return Verdict.OUT_OF_SCOPE, diagnosis.OUT_OF_SCOPE
    conflict = None if _role_is_settled(answers) else role_conflict(posting, scope)
    if conflict:
        return Verdict.DECIDE_ROLE, diagnosis.of_conflict(conflict)
    found = tuple(findings)
    weight, lack = burden(posting, scope, found, coverage), _lack(posting)
    if weight >= _REWORK + (_LENIENCE if _is_regulated(posting) else 0.0):
        return Verdict.REWORK, diagnosis.of_rework(found, coverage, lack)
    if posting.language != "en":
        return Verdict.TOUCH_UP, diagnosis.OTHER_LANGUAGE
    if lack or weight > _READY or _is_unsettled(posting, scope, found, coverage):
        return Verdict.TOUCH_UP, diagnosis.of_touch_up(found, coverage, lack)
    return Verdict.READY, diagnosis.READY


def _is_unsettled(
    posting: Posting, scope: Scope, found: tuple[Finding, ...], coverage: tuple[LayerCoverage, ...]
) -> bool:
    """True when a remark is more than a notice, or a reader cannot decide on what the posting says."""
    if any(finding.severity is not Severity.NOTICE for finding in found):
        return True
    raised = openings(Case(posting, scope, coverage, found)).keys()
    known = load("slots")["slots"]
    return bool(_ALL_ASK & raised) or sum(known[slot]["weight"] >= _HEAVY for slot in raised) >= _MANY_OPEN


def burden(posting: Posting, scope: Scope, findings: Iterable[Finding], coverage: Iterable[LayerCoverage]) -> float:
    """How much stands between the posting and a good one: findings by rule, gaps in owned layers, missing duties."""
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, []).append(finding)
    weight = sum(_rule_weight(found) for found in rules.values())
    weight += sum(_LAYER_GAPS.get(c.score, 0.0) for c in coverage if c.owned and scope.family)
    return weight + (_THIN if is_thin(posting) else 0.0)


def is_thin(posting: Posting) -> bool:
    """True when the posting hardly says what the person would do. Duties are recognised in English only."""
    duties = sum(1 for _, role in speaking(posting) if role is Role.DUTY)
    return duties < _FEW_DUTIES and posting.language == "en" and not hides(posting)


def _lack(posting: Posting) -> str:
    """What the posting does not say at all, as a sentence, or empty."""
    if is_thin(posting):
        return diagnosis.THIN
    asks = any(role in {Role.MUST, Role.NICE} for _, role in speaking(posting))
    return "" if asks or hides(posting) or posting.language != "en" else diagnosis.UNASKED


def _rule_weight(found: list[Finding]) -> float:
    weight = max(_WEIGHTS[finding.severity] for finding in found)
    return weight * (1 + _REPEATS * min(len(found) - 1, _MOST_REPEATS))


def _is_regulated(posting: Posting) -> bool:
    graded = any(notice.kind is NoticeKind.GRADE for notice in posting.notices)
    return graded or any(sign(name).found(posting.source) for name in ("banded", "licensed"))


def _role_is_settled(answers: Iterable[Answer]) -> bool:
    return any(answer.id == "scope" and answer.status is not AnswerStatus.ASK for answer in answers)
