"""What the page joins: every line's piece of text in each state of its decision, set here once by the renderer itself.

The page's script (assets/join.js) knows only how pieces are joined: the few rules of fidelity/render.py. What a piece
says in which state is never decided there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypedDict

from postwright.domain.draft import Decision, DecisionState, Draft, Layout, Line, LineKind
from postwright.fidelity.render import is_set, lead_and_words
from postwright.reports.markup import EXPORT, block_html, inline_html

_OWN_WORDS = "\ue000"
"""Stands for the person's own words while a line is set in the state `edited`."""
_MARKED = frozenset({LineKind.PROPOSAL, LineKind.BLANK, LineKind.ANSWERED})
_TAGS = {Layout.ITEM: "li", Layout.PROSE: "p", Layout.TITLE: "h1"}

Piece = tuple[str, str | None]
"""What leads a line (marker, pending mark) and its words; None for a person's own words."""


class LineData(TypedDict, total=False):
    """One line for the page. `run`: lines of the same run are joined closely; absent: an empty line parts them."""

    id: str
    run: str  # "i": by a line break; "x": by nothing; "p4": by a space
    decision: str
    set: dict[str, Piece]  # by state; "" for a line that hangs on no decision; a state that is absent: not set
    tag: str  # how the formatted text sets it; absent: `html` holds its own blocks
    html: str  # formatted words; a person's own words are escaped by the page


class SectionData(TypedDict, total=False):
    """A heading and its lines. `parts`: formatted text of inline lines, cut where a decision (its number) stands."""

    heading: str
    lines: list[LineData]
    parts: list[str | int]


def pieces_of(line: Line, decisions: Mapping[str, Decision]) -> dict[str, Piece]:
    """The line as the renderer sets it alone, by state of its decision."""
    decision = decisions.get(line.decision)
    if decision is None:
        return {"": lead_and_words(line, {})}
    found = {}
    for state in DecisionState:
        stated = {decision.id: replace(decision, state=state, edited=_OWN_WORDS)}
        if is_set(line, stated):
            lead, words = lead_and_words(line, stated)
            found[state.value] = lead, None if words == _OWN_WORDS else words
    return found


def run_of(line: Line) -> str:
    """Which lines this one is joined to closely, when they follow each other in one section."""
    if line.layout is Layout.ITEM:
        return "i"
    if line.layout is Layout.INLINE:
        return "x"
    return f"p{line.block}" if line.layout is Layout.PROSE and line.kind not in _MARKED else ""


def sections_data(draft: Draft, names: Mapping[str, str]) -> list[SectionData]:
    """The whole draft for the page. `names`: line id -> the name the line has on the page."""
    decisions = {d.id: d for d in draft.decisions}
    found: list[SectionData] = []
    for section in draft.sections:
        data = SectionData(heading=section.heading, lines=[_line(line, decisions, names) for line in section.lines])
        if any(line.layout is Layout.INLINE for line in section.lines):
            data["parts"] = _parts(section.lines)
        found.append(data)
    return found


def _line(line: Line, decisions: Mapping[str, Decision], names: Mapping[str, str]) -> LineData:
    data = LineData(id=names[line.id], set=pieces_of(line, decisions))
    if run := run_of(line):
        data["run"] = run
    if line.decision:
        data["decision"] = line.decision
    if line.layout is Layout.INLINE:
        return data
    if line.layout is Layout.RAW:
        data["html"] = block_html(line.text, EXPORT)
    else:
        data["tag"] = _TAGS[line.layout]
        data["html"] = inline_html(line.text, EXPORT)
    return data


def _parts(lines: Sequence[Line]) -> list[str | int]:
    """Formatted text of inline lines. Markdown is read over all of them at once, with a hole for each decision."""
    text: list[str] = []
    seen: set[str] = set()
    opening, closing = _free_characters("".join(line.text for line in lines))
    for line in lines:
        if not line.decision:
            text.append(line.text)
        elif line.decision not in seen:
            seen.add(line.decision)
            text.append(f"{opening}{line.decision.removeprefix('c')}{closing}")
    pieces = re.split(f"{opening}([0-9]+){closing}", block_html("".join(text), EXPORT))
    return [int(piece) if i % 2 else piece for i, piece in enumerate(pieces)]


def _free_characters(text: str) -> tuple[str, str]:
    """Two characters for private use that the text does not hold."""
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    return next(free), next(free)
