"""What the page says about a posting: layers, findings, and every change with its reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from postwright.domain.draft import DecisionKind, DecisionState, Draft, Fate, Line, LineKind
from postwright.domain.finding import Finding, LayerCoverage, Severity
from postwright.domain.review import Review
from postwright.reports.diff import Piece, word_diff
from postwright.reports.labels import LAYER_QUESTIONS, LAYERS, SCORES, SEVERITIES, sentence_case
from postwright.reports.rows import Columns, Ref, number_of

FULL = 4
"""The highest layer score: owned, with a result to reach."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One layer. `settled` of FULL steps are in the text; each of `pending` (numbers of decisions) would add one."""

    name: str
    question: str
    settled: int
    said: str
    pending: tuple[int, ...]
    accepted: tuple[int, ...]
    gap: str
    owned: bool
    others: str
    refs: tuple[Ref, ...]

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """The FULL steps: how each looks, and the number of the decision that it waits for or came with, or 0."""
        known = [("step solid", 0)] * self.settled
        known += [("step solid", number) for number in self.accepted]
        known += [("step hatched", number) for number in self.pending]
        return tuple([*known, *[("step", 0)] * FULL][:FULL])


@dataclass(frozen=True, slots=True)
class Remark:
    quote: str
    why: str
    fix: str
    ref: Ref | None


@dataclass(frozen=True, slots=True)
class RemarkGroup:
    """Alike remarks under one name, with one severity: the worst. What all of them say stands once."""

    name: str
    severity: str
    said: str
    why: str
    fix: str
    remarks: tuple[Remark, ...]

    @property
    def small(self) -> bool:
        """Worth a look, and no more."""
        return self.severity == Severity.NOTICE.value


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was done to the text. `to` and `sources` lead to the two columns."""

    pieces: tuple[Piece, ...]
    why: str
    sources: tuple[Ref, ...]
    to: str
    decision: int = 0


@dataclass(frozen=True, slots=True)
class ChangeList:
    name: str
    changes: tuple[Change, ...]


def bars_of(review: Review, columns: Columns) -> tuple[Bar, ...]:
    return tuple(_bar(coverage, review.draft, columns) for coverage in review.critique.coverage)


def _bar(coverage: LayerCoverage, draft: Draft | None, columns: Columns) -> Bar:
    lines = [line for s in draft.sections for line in s.lines] if draft else []
    mine = {line.decision for line in lines if line.decision and line.layer == coverage.layer.value}
    proposals = [d for d in (draft.decisions if draft else ()) if d.id in mine and d.kind is DecisionKind.PROPOSAL]
    taken = {DecisionState.ACCEPTED, DecisionState.EDITED}
    return Bar(
        LAYERS[coverage.layer],
        LAYER_QUESTIONS[coverage.layer],
        coverage.score,
        SCORES[min(coverage.score, FULL)],
        tuple(number_of(d.id) for d in proposals if d.state is DecisionState.PENDING),
        tuple(number_of(d.id) for d in proposals if d.state in taken),
        coverage.gap,
        coverage.owned,
        coverage.others,
        columns.links(coverage.units),
    )


def remark_groups(findings: Iterable[Finding], columns: Columns) -> tuple[RemarkGroup, ...]:
    """Findings by group, the worst first. Those without a group stand under what they say."""
    ranks = list(Severity)
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.group or finding.why or finding.rule, []).append(finding)
    worst = {name: min(members, key=lambda f: ranks.index(f.severity)).severity for name, members in groups.items()}
    order = sorted(groups, key=lambda name: ranks.index(worst[name]))
    return tuple(_group(name, worst[name], groups[name], columns) for name in order)


def _group(name: str, severity: Severity, members: Sequence[Finding], columns: Columns) -> RemarkGroup:
    why, fix = _shared([f.why for f in members]), _shared([f.fix for f in members])
    remarks = tuple(
        Remark(f.quote, "" if why else f.why, "" if fix else f.fix, columns.refs.get(f.unit)) for f in members
    )
    return RemarkGroup(
        sentence_case(name), severity.value, SEVERITIES[severity], "" if why == name else why, fix, remarks
    )


def _shared(texts: Sequence[str]) -> str:
    return texts[0] if len(set(texts)) == 1 else ""


def undisputed(review: Review) -> tuple[Finding, ...]:
    """The findings that nobody speaks against."""
    against = [finding for finding, _ in review.critique.dismissed]
    return tuple(finding for finding in review.critique.findings if finding not in against)


def disputed(review: Review, columns: Columns) -> tuple[Remark, ...]:
    """What the rules remarked and the model disagrees with, with its reason."""
    return tuple(Remark(f.quote, f.why, reason, columns.refs.get(f.unit)) for f, reason in review.critique.dismissed)


def change_lists(review: Review, columns: Columns) -> tuple[ChangeList, ...]:
    """Every change of a rewrite by what was done. A marked-up original has none but its decisions."""
    draft = review.draft
    if draft is None or not draft.rewritten:
        return ()
    texts = {u.id: u.text for u in review.units}
    lists = (
        ChangeList("Reworded", tuple(_reworded(draft, LineKind.REWORDED, texts, columns))),
        ChangeList("Combined from several sentences", tuple(_reworded(draft, LineKind.MERGED, texts, columns))),
        ChangeList("Left out", tuple(_gone(draft, Fate.REMOVED, texts, columns))),
        ChangeList("Said elsewhere, so said once", tuple(_gone(draft, Fate.DUPLICATE, texts, columns))),
        ChangeList("Put back word for word", tuple(_gone(draft, Fate.RESTORED, texts, columns))),
        ChangeList("Headings renamed", tuple(_gone(draft, Fate.HEADING, texts, columns))),
        ChangeList("Kept word for word", tuple(_gone(draft, Fate.PROTECTED, texts, columns))),
    )
    return tuple(item for item in lists if item.changes)


def _reworded(draft: Draft, kind: LineKind, texts: dict[str, str], columns: Columns) -> Iterator[Change]:
    for line in _lines(draft):
        if line.kind is not kind:
            continue
        before = " ".join(texts[s] for s in line.sources if s in texts)
        pieces = word_diff(" ".join(before.split()), line.text)
        sources = columns.links(line.sources)
        yield Change(pieces, line.why, sources, columns.names[line.id], number_of(line.decision))


def _gone(draft: Draft, fate: Fate, texts: dict[str, str], columns: Columns) -> Iterator[Change]:
    decided = {unit: number_of(d.id) for d in draft.decisions if d.kind is DecisionKind.REMOVAL for unit in d.units}
    reasons = {unit: d.why for d in draft.decisions if d.kind is DecisionKind.REMOVAL for unit in d.units}
    for entry in draft.ledger.units:
        if entry.fate is not fate:
            continue
        op = "gone" if fate in {Fate.REMOVED, Fate.DUPLICATE, Fate.HEADING} else "same"
        to = columns.names.get(entry.lines[0], "") if entry.lines and op == "same" else ""
        number = decided.get(entry.unit, 0) if fate is Fate.REMOVED else 0
        why = entry.why or (reasons.get(entry.unit, "") if fate is Fate.REMOVED else "")
        yield Change((Piece(op, texts[entry.unit]),), why, (columns.refs[entry.unit],), to, number)


def _lines(draft: Draft) -> Iterator[Line]:
    return (line for section in draft.sections for line in section.lines)
