"""What a text falls into before units are numbered: blocks. Offsets are in characters of the whole source."""

from enum import StrEnum
from typing import NamedTuple

from postwright.reading.searching.lazy import lazy_pattern

NEWLINE = lazy_pattern(r"\r\n|\n|\r")
"""Line ends as Markdown counts them. `str.splitlines` would also cut at form feeds and U+2028."""


class BlockKind(StrEnum):
    """What a block is. Paragraphs are still whole; sentences are cut later."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"
    ROW = "row"
    OPAQUE = "opaque"


class HeadingStyle(StrEnum):
    """How a heading shows that it is one. Only a ruled heading (`#`, underline) has a level of its own."""

    RULED = "ruled"
    STRONG = "strong"  # bold, capitals, or a line that is a heading by its words
    LABEL = "label"  # "Something:" that no vocabulary knows


class Block(NamedTuple):
    """A piece of text between two structural marks."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # heading level; 0 for a heading without one
    style: HeadingStyle = HeadingStyle.RULED
    marker: str = ""  # list marker as written, with its blank
    depth: int = 0  # how many list items this block lies in, its own included
    header: int = -1  # start offset of the table's header row, for rows below it

    def moved(self, start: int, end: int) -> "Block":
        return self._replace(start=start, end=end)

    def shifted(self, by: int) -> "Block":
        """The same block of a text that begins `by` characters earlier."""
        kind, start, end, level, style, marker, depth, header = self
        return Block(kind, start + by, end + by, level, style, marker, depth, header + by if header >= 0 else header)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its edges; empty at `start` when nothing is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start, start) if left == len(piece) else (start + left, start + len(piece.rstrip()))


def lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of the lines in `text[start:end]`, without their ends, empty ones included."""
    out: list[tuple[int, int]] = []
    for found in NEWLINE.finditer(text, start, end):
        out.append((start, found.start()))
        start = found.end()
    out.append((start, end))
    return out


def newline_of(text: str) -> str:
    """The first line end in `text`, or a line feed."""
    found = NEWLINE.search(text)
    return found.group() if found else "\n"
