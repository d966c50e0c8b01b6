"""The title of a posting: front matter, else the first main heading, else a first line that looks like one."""

import re

from postwright.domain.posting import UnitKind
from postwright.reading.blocks.block import Block, BlockKind, HeadingStyle
from postwright.reading.blocks.sentences import sentences
from postwright.reading.blocks.shapes import unwrapped
from postwright.reading.pieces import Piece
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.sections import heading_words, section_kind

_KEYS = ("title", "role", "position", "job_title", "jobTitle", "job-title", "name")
_LINK = lazy_pattern(r"!?\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_MARKS = lazy_pattern(r"\*\*|__|[*_`]|</?\w+[^>]*>|\s*\{#[^}]*\}\s*$")
_SENTENCE = lazy_pattern(r"[.;,:]\s*$|\b(?:we|we're|our|you|your|is|are|was|will|has|have|join us)\b", re.IGNORECASE)


def front_title(values: dict[str, str]) -> str:
    """The title that the front matter states, or empty."""
    return next((values[key].strip() for key in _KEYS if values.get(key, "").strip()), "")


def with_title(text: str, blocks: list[Block], values: dict[str, str]) -> list[Block]:
    """Makes the first line a heading of level 1 when nothing else is the title and it looks like one."""
    if front_title(values) or any(b.kind is BlockKind.HEADING and b.level == 1 for b in blocks):
        return blocks
    index = next((n for n, b in enumerate(blocks) if b.kind is not BlockKind.OPAQUE), -1)
    if index < 0:
        return blocks
    first = blocks[index]
    line = text[first.start : first.end]
    is_line = first.kind is BlockKind.TEXT and _looks_like_title(line)
    is_heading = first.kind is BlockKind.HEADING and section_kind(line) is None
    if not (is_line or is_heading):
        return blocks
    start, end = unwrapped(text, first.start, first.end)
    titled = first._replace(kind=BlockKind.HEADING, start=start, end=end, level=1, style=HeadingStyle.RULED)
    return [*blocks[:index], titled, *blocks[index + 1 :]]


def title_piece(text: str, pieces: list[Piece], values: dict[str, str]) -> int:
    """Index of the heading that is the title, or -1. With a title in front matter only a heading that repeats it is."""
    heads = [n for n, piece in enumerate(pieces) if piece.kind is UnitKind.HEADING and piece.level == 1]
    stated = heading_words(front_title(values))
    if stated:
        return next((n for n in heads[:1] if _alike(stated, heading_words(text[pieces[n].start : pieces[n].end]))), -1)
    if not heads:
        return -1
    first = text[pieces[heads[0]].start : pieces[heads[0]].end]
    # Several main headings, the first of them a section name: they are sections, none is the title.
    return -1 if len(heads) > 1 and section_kind(first) is not None else heads[0]


def shown_title(text: str) -> str:
    """A heading's text as a reader sees it: links by their words, no emphasis."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def _alike(one: str, other: str) -> bool:
    return one == other or one in other or other in one


def _looks_like_title(line: str) -> bool:
    if len(line) > 160 or len(line.split()) > 18 or _SENTENCE.search(line):
        return False
    return len(sentences(line)) == 1 and any(c.isalpha() for c in line)
