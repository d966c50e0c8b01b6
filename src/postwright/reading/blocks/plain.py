"""Text without Markdown blocks: logical lines, typed bullets, headings that only look like headings.

Used for `.txt` and, paragraph by paragraph, for Markdown, where real postings type `•` and `**Requirements**`.
"""

from collections.abc import Iterator
from functools import lru_cache

from postwright.domain.house import LISTS
from postwright.domain.posting import SectionKind
from postwright.reading.blocks.block import NEWLINE, Block, BlockKind, HeadingStyle, lines, trimmed
from postwright.reading.blocks.glued import headings_in
from postwright.reading.blocks.opaque import is_opaque
from postwright.reading.blocks.shapes import (
    INLINE_BULLET,
    atx,
    heading_style,
    is_caption,
    is_rule,
    item_marker,
    label_of,
    unwrapped,
)
from postwright.reading.blocks.wrapping import logical_lines
from postwright.reading.searching.wordbook import MOST_LINES
from postwright.reading.sections import section_kind

_MARKS = "*_~`-=>#|\\ \t"
_PHRASE = 30  # characters: the least that a list after "Qualifications:" holds
_SENTENCE = 80  # and a text after "Position summary:"; anything shorter is a field
_K = SectionKind
_RUN_IN = frozenset(SectionKind) - {_K.PAY, _K.LOCATION, _K.APPLY, _K.LEGAL, _K.OTHER}
"""Sections whose name may stand in front of their first sentence and is then a heading. Others are fields."""


def blocks(text: str, start: int, end: int) -> list[Block]:
    """The blocks of plain text: paragraphs stand between blank lines."""
    out: list[Block] = []
    paragraphs = list(_paragraphs(text, start, end))
    for number, (begin, stop) in enumerate(paragraphs):
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else end
        out += refine(text, begin, stop, before_list=bool(item_marker(text[following : following + 8])))
    return out


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first: int | None = None
    last = start
    for begin, stop in lines(text, start, end):
        left, right = trimmed(text, begin, stop)
        if left == right:
            if first is not None:
                yield first, last
            first = None
        else:
            first, last = (left if first is None else first), right
    if first is not None:
        yield first, last


def refine(text: str, start: int, end: int, *, before_list: bool = False, depth: int = 0) -> list[Block]:
    """Cuts one paragraph into headings, items and runs of text, by its lines. `before_list`: a list follows it."""
    return [block.shifted(start) for block in _refined(text[start:end], before_list=before_list, depth=depth)]


@lru_cache(maxsize=MOST_LINES)
def _refined(text: str, *, before_list: bool, depth: int) -> tuple[Block, ...]:
    out: list[Block] = []
    parts = logical_lines(text, 0, len(text))
    for number, (begin, stop) in enumerate(parts):
        if number + 1 < len(parts):
            follows = bool(item_marker(text[parts[number + 1][0] : parts[number + 1][0] + 8]))
        else:
            follows = before_list
        before_prose = number + 1 < len(parts) and parts[number + 1][1] - parts[number + 1][0] > 120
        if before_prose and is_caption(text[begin:stop]):
            out.append(Block(BlockKind.HEADING, *unwrapped(text, begin, stop), style=HeadingStyle.STRONG))
            continue
        out += _line_blocks(text, begin, stop, before_list=follows, alone=len(parts) == 1, depth=depth)
    return tuple(out)


def _line_blocks(text: str, start: int, end: int, *, before_list: bool, alone: bool, depth: int) -> list[Block]:
    line = text[start:end]
    if is_rule(line):
        return []
    if not any(map(str.isalnum, line)):  # a row of emoji or marks
        return [Block(BlockKind.OPAQUE, start, end, depth=depth)] if line.strip(_MARKS) else []
    if is_opaque(line):
        return [Block(BlockKind.OPAQUE, start, end, depth=depth)]
    if item_marker(line):
        return _items(text, start, end, depth)
    level = atx(line)
    if level:
        begin, stop = trimmed(text, start + len(line) - len(line.lstrip("#")), end)
        return [Block(BlockKind.HEADING, *unwrapped(text, begin, stop), level=level)] if begin < stop else []
    style = heading_style(line, before_list=before_list, alone=alone)
    if style is not None:
        return [Block(BlockKind.HEADING, *unwrapped(text, start, end), style=style)]
    if len(INLINE_BULLET.findall(line)) > 1:
        return _inline_items(text, start, end, depth)
    return _run_in(text, start, end, depth)


def _items(text: str, start: int, end: int, depth: int) -> list[Block]:
    """One item, or several when bullets stand inside the line."""
    out: list[Block] = []
    cuts = [found.start() for found in INLINE_BULLET.finditer(text, start + 1, end)]
    for begin, stop in zip([start, *cuts], [*cuts, end], strict=True):
        marker = item_marker(text[begin:stop])
        left, right = trimmed(text, begin + len(marker), stop)
        if left < right:
            out.append(Block(BlockKind.ITEM, left, right, marker=marker, depth=depth + 1))
    return out


def _inline_items(text: str, start: int, end: int, depth: int) -> list[Block]:
    first = next(INLINE_BULLET.finditer(text, start, end)).start()
    left, right = trimmed(text, start, first)
    head = _line_blocks(text, left, right, before_list=True, alone=False, depth=depth) if left < right else []
    return head + _items(text, first, end, depth)


def _run_in(text: str, start: int, end: int, depth: int) -> list[Block]:
    """A paragraph, its first words cut off as a heading when they name a section ("Physical Requirements: ...").

    Where line ends were lost, section names inside a long run of text are headings too.
    """
    label, after = label_of(text[start : min(end, start + 90)])
    dashed = text[start + after - 2 : start + after].strip() in {"–", "—"}
    out: list[Block] = []
    kind = section_kind(label) if label and not dashed else None
    if kind in _RUN_IN and end - start - after > (_PHRASE if kind in LISTS else _SENTENCE):
        head = text[start : start + after].rstrip()
        out.append(Block(BlockKind.HEADING, *unwrapped(text, start, start + len(head)), style=HeadingStyle.STRONG))
        start += after
    for begin, stop in headings_in(text[start:end]):
        out.append(Block(BlockKind.HEADING, start + begin, start + stop, style=HeadingStyle.STRONG))
    return _with_text(text, start, end, out, depth)


def _with_text(text: str, start: int, end: int, heads: list[Block], depth: int) -> list[Block]:
    """The headings with the text before, between and after them."""
    out: list[Block] = []
    for head in [*heads, None]:
        left, right = trimmed(text, start, head.start if head else end)
        if left < right and (head is None or head.start >= start):
            out.append(Block(BlockKind.TEXT, left, right, depth=depth))
        if head:
            out.append(head)
            start = max(start, head.end)
    return out


def _flush(text: str, start: int) -> bool:
    """True for a line without indent."""
    return start > 0 and text[start - 1] in "\r\n"


def refined_item(text: str, item: Block) -> list[Block]:
    """The item itself; and what CommonMark draws into it though it stands by itself: bullets typed on lines of their
    own, and lines flush left behind a line end that was meant.
    """
    if not NEWLINE.search(text, item.start, item.end):
        return [item]
    parts = logical_lines(text, item.start, item.end)
    nested = [n for n, (start, end) in enumerate(parts) if n and (item_marker(text[start:end]) or _flush(text, start))]
    if not nested:
        return [item]
    out = [item.moved(item.start, parts[nested[0] - 1][1])]
    for start, end in parts[nested[0] :]:
        out += (
            _items(text, start, end, item.depth)
            if item_marker(text[start:end])
            else _run_in(text, start, end, item.depth)
        )
    return out
