"""Sections to text. Plain code: the page repeats these few rules, so keep them few.

A section whose lines are all unset in the given states disappears with its heading. Items stand on lines of their
own, prose of one block runs on, inline pieces touch, everything else is parted by an empty line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postwright.domain.draft import Decision, DecisionState, Layout, Line, LineEntry, LineKind, Section
from postwright.domain.house import pending_mark
from postwright.domain.posting import Span

LEAVE_OUT = "leave out"
"""What the mark of a fix says that only takes words away."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text, and where each line that is set stands in it (mark and list marker not counted)."""

    text: str
    entries: tuple[LineEntry, ...]


def state_of(line: Line, decisions: Mapping[str, Decision]) -> DecisionState | None:
    """The state of the decision a line hangs on, or None for a line that hangs on none."""
    return decisions[line.decision].state if line.decision else None


def is_set(line: Line, decisions: Mapping[str, Decision]) -> bool:
    """True if the line stands in the text in the present state of its decision."""
    state = state_of(line, decisions)
    if state is None or not line.shown:
        return True
    if state is DecisionState.EDITED:
        return DecisionState.ACCEPTED in line.shown
    return state in line.shown


def set_text(line: Line, decisions: Mapping[str, Decision]) -> str:
    """The words of a line: a person's own words where the line's decision was edited."""
    decision = decisions.get(line.decision)
    if decision is not None and decision.state is DecisionState.EDITED and decision.lines[:1] == (line.id,):
        return decision.edited
    return line.text


def render(front: str, newline: str, sections: Iterable[Section], decisions: Iterable[Decision]) -> Rendered:
    """Set the sections in the present state of the decisions."""
    by_id = {d.id: d for d in decisions}
    page = _Page(front, newline)
    for section in sections:
        lines = [line for line in section.lines if is_set(line, by_id)]
        if not lines:
            continue
        if section.heading:
            page.block(f"## {section.heading}")
        before: Line | None = None
        for line in lines:
            page.line(line, before, by_id)
            before = line
    return page.done()


class _Page:
    """Text under construction; remembers where each line went."""

    def __init__(self, front: str, newline: str) -> None:
        self._newline = newline
        self._parts: list[str] = [front]
        self._length = len(front)
        self._empty = True
        self._inline = False
        self._entries: list[LineEntry] = []

    def _add(self, text: str) -> Span:
        span = Span(self._length, self._length + len(text))
        self._parts.append(text)
        self._length = span.end
        return span

    def block(self, text: str) -> None:
        if not self._empty:
            self._add(self._newline * 2)
        self._empty = False
        self._add(text)

    def line(self, line: Line, before: Line | None, decisions: Mapping[str, Decision]) -> None:
        lead, words = lead_and_words(line, decisions)
        joint = _joint(line, before, self._newline)
        if joint is None:
            self.block("")
        else:
            self._add(joint)
        self._add(lead)
        span = self._add(words)
        self._entries.append(LineEntry(line.id, line.kind, line.sources, span))
        self._inline = line.layout is Layout.INLINE

    def done(self) -> Rendered:
        if not self._empty and not self._inline:
            self._add(self._newline)
        return Rendered("".join(self._parts), tuple(self._entries))


def _joint(line: Line, before: Line | None, newline: str) -> str | None:
    """What parts a line from the one before it; None for an empty line between them."""
    if before is None or line.layout is not before.layout:
        return None
    if line.layout is Layout.ITEM:
        return newline
    if line.layout is Layout.INLINE:
        return ""
    if line.layout is Layout.PROSE and line.block == before.block and not _marked(line) and not _marked(before):
        return " "
    return None


def _marked(line: Line) -> bool:
    return line.kind in {LineKind.PROPOSAL, LineKind.BLANK, LineKind.ANSWERED}


def lead_and_words(line: Line, decisions: Mapping[str, Decision]) -> tuple[str, str]:
    """The marker or mark that leads a line, and its words."""
    pending = state_of(line, decisions) is DecisionState.PENDING
    words = set_text(line, decisions)
    marker = "- " if line.layout is Layout.ITEM else ""
    if pending and line.kind is LineKind.BLANK:
        return " " if line.layout is Layout.INLINE else marker, pending_mark(line.decision, line.text or LEAVE_OUT)
    if pending and line.kind in {LineKind.PROPOSAL, LineKind.ANSWERED}:
        return f"{marker}{pending_mark(line.decision)} ", words
    if line.layout is Layout.TITLE:
        return "# ", words
    return marker, words
