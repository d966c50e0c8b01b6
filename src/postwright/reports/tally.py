"""Counts what happened to every sentence, in the present state of the decisions."""

from collections import Counter
from dataclasses import dataclass

from postwright.domain.draft import DecisionKind, DecisionState, Draft, Fate, LineKind, UnitEntry
from postwright.fidelity.render import is_set
from postwright.reports.labels import counted

_CHANGED = frozenset({LineKind.REWORDED, LineKind.MERGED})
_ADDED = frozenset({DecisionKind.PROPOSAL, DecisionKind.TITLE})


@dataclass(frozen=True, slots=True)
class Tally:
    """Sentences of the source by what became of them (they add up to `sentences`), and lines of the draft."""

    used: int
    left_out: int
    protected: int
    headings: int
    in_place: int  # code, comments, tags
    changed: int
    suggested: int
    restored: int
    to_fill: int
    fixes: int  # safe fixes of the rules engine that wait or were accepted
    pending: int

    @property
    def sentences(self) -> int:
        return self.used + self.left_out + self.protected + self.headings + self.in_place


def tally(draft: Draft) -> Tally:
    """Counts of a draft as its decisions stand: a removal that was rejected is no removal."""
    decisions = {d.id: d for d in draft.decisions}
    set_lines = [line for s in draft.sections for line in s.lines if is_set(line, decisions)]
    carried = {source for line in set_lines for source in line.sources}
    fates: Counter[str] = Counter()
    for entry in draft.ledger.units:
        fates[_column(entry, stands=entry.unit in carried)] += 1
    kinds = Counter(d.kind for d in draft.decisions if d.state is not DecisionState.REJECTED)
    return Tally(
        fates["used"],
        fates["left_out"],
        fates["protected"],
        fates["headings"],
        fates["in_place"],
        changed=sum(line.kind in _CHANGED for line in set_lines),
        suggested=sum(kinds[k] for k in _ADDED),
        restored=sum(entry.fate is Fate.RESTORED for entry in draft.ledger.units),
        to_fill=sum(d.kind is DecisionKind.BLANK for d in draft.pending),
        fixes=kinds[DecisionKind.WORDING],
        pending=len(draft.pending),
    )


def _column(entry: UnitEntry, *, stands: bool) -> str:
    """A removal that was rejected is used again; a notice that an answer replaced is left out."""
    if entry.fate is Fate.REMOVED and stands:
        return "used"
    if entry.fate is Fate.PROTECTED and not stands:
        return "left_out"
    return _COLUMN[entry.fate]


_COLUMN = {
    Fate.USED: "used",
    Fate.RESTORED: "used",
    Fate.TITLE: "used",
    Fate.REMOVED: "left_out",
    Fate.DUPLICATE: "left_out",
    Fate.PROTECTED: "protected",
    Fate.HEADING: "headings",
    Fate.OPAQUE: "in_place",
}


def promise(draft: Draft | None) -> str:
    """The promise in one sentence, with the numbers behind it."""
    return promise_of(tally(draft) if draft else None)


def promise_of(t: Tally | None) -> str:
    """The promise with the numbers of a draft; without a draft there are none."""
    if t is None:
        return "No draft was made: every sentence of the posting stands as it was"
    left = f"{t.left_out} left out (listed)" if t.left_out else "none left out"
    parts = [f"{t.used} used", left, f"{t.protected} legal or pay kept word for word"]
    if t.headings:
        parts.append(counted(t.headings, "heading"))
    if t.in_place:
        parts.append(f"{t.in_place} code or tags kept in place")
    return f"Every sentence is accounted for: {', '.join(parts)}"
