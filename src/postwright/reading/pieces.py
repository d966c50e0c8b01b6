"""Blocks into pieces, each of which becomes one unit: sentences cut, lists that ask for "one of" kept whole."""

from bisect import bisect_right
from typing import NamedTuple

from postwright.domain.posting import UnitKind
from postwright.reading.blocks.block import Block, BlockKind, HeadingStyle
from postwright.reading.blocks.sentences import sentences
from postwright.reading.searching.lexicon import compiled

_KINDS = {
    BlockKind.HEADING: UnitKind.HEADING,
    BlockKind.ITEM: UnitKind.ITEM,
    BlockKind.TEXT: UnitKind.SENTENCE,
    BlockKind.ROW: UnitKind.ROW,
    BlockKind.OPAQUE: UnitKind.OPAQUE,
}

_LONGEST_TURNED = 120
"""Characters. A longer label is a sentence, and says itself what it says."""


class Piece(NamedTuple):
    """A unit before it is numbered. Offsets are in characters of the source; `table` is the index of a piece or -1."""

    kind: UnitKind
    start: int
    end: int
    block: int
    level: int = 0
    marker: str = ""
    depth: int = 0  # open list items, its own included
    table: int = -1
    atomic: bool = False


class Owners:
    """Finds the piece that a range lies in."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._starts = [piece.start for piece in pieces]
        self._ends = [piece.end for piece in pieces]

    def of(self, start: int, end: int) -> int:
        """Index of the piece that holds the range wholly, or -1."""
        index = bisect_right(self._starts, start) - 1
        return index if index >= 0 and end <= self._ends[index] else -1


def pieces_of(text: str, blocks: list[Block]) -> list[Piece]:
    """The pieces in source order."""
    return _atomic(text, _cut(text, blocks))


def is_quantified(lead_in: str) -> bool:
    """True for a lead-in that asks for some of what follows: "one of the following:", "at least two of:"."""
    return compiled("strength_words", "quantified").found(" ".join(lead_in.split()).strip("*_: "))


def is_turned(label: str) -> bool:
    """True for a heading or lead-in without which the text below it would say the contrary: "What we do not ask"."""
    said = " ".join(label.replace("\u2019", "'").split()).strip("*_:#. ").lower()
    if len(said) > _LONGEST_TURNED or not compiled("strength_words", "turned").found(said):
        return False
    return not compiled("strength_words", "not_turned").found(said)


def is_bound(lead_in: str) -> bool:
    """True for a label without which the text below it would say more: "Our vendor owns these:"."""
    return compiled("strength_words", "bound").found(" ".join(lead_in.split()).strip("*_: ").lower())


def _cut(text: str, blocks: list[Block]) -> list[Piece]:
    out: list[Piece] = []
    rows: dict[int, int] = {}  # start of a header row -> its index
    base = 1  # level of the last heading that has one of its own
    for number, block in enumerate(blocks):
        kind = _KINDS[block.kind]
        if kind is UnitKind.SENTENCE:
            out += [Piece(kind, *at, number, depth=block.depth) for at in _sentences(text, block)]
        elif kind is UnitKind.HEADING:
            base = block.level or base
            level = block.level or min(6, base + (2 if block.style is HeadingStyle.LABEL else 1))
            out.append(Piece(kind, block.start, block.end, number, level=level))
        elif kind is UnitKind.ITEM:
            level = max(0, block.depth - 1)
            out.append(Piece(kind, block.start, block.end, number, level, block.marker, block.depth))
        else:
            rows[block.start] = len(out)
            out.append(Piece(kind, block.start, block.end, number, depth=block.depth, table=rows.get(block.header, -1)))
    return out


def _sentences(text: str, block: Block) -> list[tuple[int, int]]:
    """The sentences of a paragraph. A mark that opens in one and closes in another belongs to neither."""
    cuts = sentences(text[block.start : block.end])
    found = [(block.start + start, block.start + end) for start, end in cuts]
    return [_balanced(text, *at) for at in found] if len(found) > 1 else found


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    for mark in ("**", "__"):
        if text.count(mark, start, end) % 2:
            if text.startswith(mark, start):
                start += 2
            elif text.endswith(mark, start, end):
                end -= 2
    inner = text[start:end].strip()
    return (
        (start + text[start:end].index(inner), start + text[start:end].index(inner) + len(inner))
        if inner
        else (start, end)
    )


# ------------------------------------------------------------------------------------------ "one of the following"


def _atomic(text: str, pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    moved: dict[int, int] = {}
    at = 0
    while at < len(pieces):
        moved[at] = len(out)
        last = _end_of_choice(text, pieces, at)
        if last > at and pieces[at].kind is UnitKind.HEADING:
            out += [pieces[at], pieces[at + 1]._replace(end=pieces[last].end, atomic=True)]
        elif last > at:
            out.append(pieces[at]._replace(end=pieces[last].end, atomic=True))
        else:
            out.append(pieces[at])
        at = last + 1
    return [p._replace(table=moved[p.table]) if p.table >= 0 else p for p in out]


def _end_of_choice(text: str, pieces: list[Piece], at: int) -> int:
    """Index of the last list item that the quantified lead-in at `at` governs, or `at` when it is none."""
    lead = pieces[at]
    if lead.kind not in {UnitKind.SENTENCE, UnitKind.ITEM, UnitKind.HEADING} or at + 1 == len(pieces):
        return at
    if pieces[at + 1].kind is not UnitKind.ITEM or pieces[at + 1].depth <= lead.depth:
        return at
    said = text[max(lead.start, lead.end - 240) : lead.end]
    leads_in = lead.kind is not UnitKind.HEADING and said.rstrip(" *_").endswith(":")
    if not (leads_in and (is_turned(said) or is_bound(said))) and not is_quantified(said):
        return at
    last = at + 1
    while (
        last + 1 < len(pieces) and pieces[last + 1].depth > lead.depth and pieces[last + 1].kind is not UnitKind.HEADING
    ):
        last += 1
    return last
