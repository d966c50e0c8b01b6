"""The last look, at the text that is about to be written: both columns once more, from the bytes alone.

A draft that fails is our bug, not the model's: nothing is written and the program says so.
"""

import re
from itertools import pairwise

from postwright.domain.draft import DecisionState, Draft, Fate, LineEntry, LineKind
from postwright.domain.errors import AuditFailed
from postwright.domain.house import HEADINGS, PENDING
from postwright.domain.posting import UnitKind
from postwright.fidelity.render import is_set
from postwright.fidelity.sources import Sources
from postwright.reading.screening.hidden import HIDDEN

_HOUSE_HEADINGS = frozenset(HEADINGS.values())
_FURNITURE = re.compile(r"(?:\s|- |# |\*\*\[confirm c\d+(?:: )?\]\*\*|## [^\n\r]*)*")
_VERBATIM = frozenset({LineKind.KEPT, LineKind.RESTORED, LineKind.NOTICE, LineKind.OPAQUE})


def audit(draft: Draft, sources: Sources) -> None:
    """Raises AuditFailed when the text and its ledger disagree."""
    for says in faults(draft, sources):
        message = f"the draft and its books disagree: {says}"
        raise AuditFailed(message, hint="nothing was written; please report this with the posting")


def faults(draft: Draft, sources: Sources) -> list[str]:
    """Each disagreement between the text and the ledger, in words."""
    return [*_left(draft, sources), *_right(draft, sources), *_protected(draft, sources), *_marks(draft, sources)]


def _left(draft: Draft, sources: Sources) -> list[str]:
    """Every character lies in a line, or is furniture: white space, a marker, a mark, an allowed heading."""
    wrong: list[str] = []
    posting = sources.posting
    front = draft.front
    kept = posting.source.startswith(front) and len(front) >= posting.front.end
    if not (kept and draft.text.startswith(front)):
        wrong.append("the front matter changed")
    entries = draft.ledger.lines
    edges = [len(front), *(e.span.start for e in entries), *(e.span.end for e in entries), len(draft.text)]
    if any(a.span.end > b.span.start for a, b in pairwise(entries)) or max(edges) > len(draft.text):
        return [*wrong, "lines overlap"]
    gaps = [
        draft.text[a:b]
        for a, b in zip(
            [len(front), *(e.span.end for e in entries)],
            [*(e.span.start for e in entries), len(draft.text)],
            strict=True,
        )
    ]
    headings = _HOUSE_HEADINGS | {" ".join(u.text.split()) for u in posting.units if u.kind is UnitKind.HEADING}
    for gap in gaps:
        if not _FURNITURE.fullmatch(gap):
            wrong.append(f"text that no line accounts for: {gap.strip()[:60]!r}")
        wrong += [f"a heading of nobody: {h[:60]!r}" for h in re.findall(r"## ([^\n\r]*)", gap) if h not in headings]
    wrong += [says for entry in entries if (says := _entry(entry, draft, sources))]
    return wrong


def _entry(entry: LineEntry, draft: Draft, sources: Sources) -> str:
    said = entry.span.of(draft.text)
    if any(sources.get(s) is None for s in entry.sources):
        return f"line {entry.line} cites what does not exist"
    if said in {d.edited for d in draft.decisions if d.edited and d.lines[:1] == (entry.line,)}:
        return ""  # a person's own words
    if entry.kind in _VERBATIM:
        held = said in sources.posting.source or any(said == u.text for u in sources.units(entry.sources))
        flat = " ".join(said.split())
        held = held or any(flat == " ".join(u.text.split()) for u in sources.units(entry.sources))
        return "" if held else f"line {entry.line} is not the source's own text"
    if entry.kind in {LineKind.PROPOSAL, LineKind.BLANK}:
        return ""
    return "" if entry.sources else f"line {entry.line} has no source"


def _right(draft: Draft, sources: Sources) -> list[str]:
    """Every unit went somewhere, and where it went exists."""
    wrong: list[str] = []
    entries = {e.unit: e for e in draft.ledger.units}
    lines = {line.id for s in draft.sections for line in s.lines}
    for unit in sources.posting.units:
        entry = entries.get(unit.id)
        if entry is None:
            wrong.append(f"{unit.id} is in no column")
        elif entry.fate in {Fate.USED, Fate.RESTORED, Fate.REMOVED, Fate.PROTECTED, Fate.TITLE} and not (
            entry.lines and set(entry.lines) <= lines
        ):
            wrong.append(f"{unit.id} is {entry.fate.value} but in no line")
    return wrong


def _protected(draft: Draft, sources: Sources) -> list[str]:
    """Notices stand whole, in source order, as often as in the source, unless a person superseded one."""
    decisions = {d.id: d for d in draft.decisions}
    by_line = {line.id: line for s in draft.sections for line in s.lines}
    set_lines = {e.line for e in draft.ledger.lines}
    wrong: list[str] = []
    at = 0
    for notice in sources.posting.notices:
        line = by_line.get(f"notice-{notice.id}")
        if line is not None and line.id not in set_lines and not is_set(line, decisions):
            continue
        text = notice.span.of(sources.posting.source)
        found = draft.text.find(text, at)
        if found < 0:
            wrong.append(f"protected text is gone or out of order: {text[:60]!r}")
        else:
            at = found + len(text)
    return wrong


def _marks(draft: Draft, sources: Sources) -> list[str]:
    """The marks in the text are those of the pending decisions, and no hidden character came in."""
    wrong: list[str] = []
    body = draft.text[len(draft.front) :]
    marked = {m.group(1) for m in PENDING.finditer(body)}
    pending = {d.id for d in draft.decisions if d.state is DecisionState.PENDING}
    if not marked <= pending:
        wrong.append("a mark of no pending decision")
    unmarked = {
        line.decision
        for s in draft.sections
        for line in s.lines
        if line.kind in {LineKind.PROPOSAL, LineKind.BLANK} and line.decision in pending
    } - marked
    if unmarked:
        wrong.append(f"pending text without its mark: {', '.join(sorted(unmarked))}")
    known = sources.posting.source + "".join(u.text for u in sources.extra) + "".join(d.edited for d in draft.decisions)
    if strange := set(HIDDEN.findall(body)) - set(HIDDEN.findall(known)):
        wrong.append(f"a hidden character came in: U+{ord(strange.pop()):04X}")
    return wrong
