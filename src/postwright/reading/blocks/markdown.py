"""Markdown and MDX into blocks: pyromark's leaves, refined where real postings need it."""

from postwright.reading.blocks.block import NEWLINE, Block, BlockKind, HeadingStyle, trimmed
from postwright.reading.blocks.events import MARKS, Leaf, leaves_of
from postwright.reading.blocks.opaque import is_code, is_opaque, with_open_ends, with_regions
from postwright.reading.blocks.plain import blocks as plain_blocks
from postwright.reading.blocks.plain import refine, refined_item
from postwright.reading.blocks.shapes import is_wrapped, label_of, unwrapped
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.sections import is_plain_heading

_HEADING_MARKS = lazy_pattern(r"#{1,6}(?:[ \t]+|$)")
_PIPES = " \t|"


def blocks(text: str, start: int) -> list[Block]:
    """The blocks of the Markdown in `text[start:]`, in source order; offsets are characters of `text`.

    Everything but white space and marks lies in a block: what pyromark passes over in silence (link
    definitions) is found in the gaps. `text` must not hold lone surrogates.
    """
    leaves = leaves_of(text, start)
    out: list[Block] = []
    for number, leaf in enumerate(leaves):
        following = leaves[number + 1] if number + 1 < len(leaves) else None
        out += _blocks_of(text, leaf, following)
    return with_regions(text, with_open_ends(text, out))


def _blocks_of(text: str, leaf: Leaf, following: Leaf | None) -> list[Block]:
    start, end = trimmed(text, leaf.start, leaf.end)
    if start == end or leaf.name == "Rule":
        return []
    if leaf.name in {"TableHead", "TableRow"}:
        return _row(text, leaf)
    if leaf.name == "Heading":
        return _heading(text, leaf, following)
    if leaf.name == "CodeBlock" and leaf.detail == "Indented" and not is_code(text[start:end]):
        return plain_blocks(text, start, end)
    if leaf.name != "Paragraph" or is_opaque(text[start:end]):
        return [Block(BlockKind.OPAQUE, start, end, depth=leaf.depth)]
    before_list = following is not None and following.item >= 0
    if leaf.item >= 0:
        return _item(
            text, leaf, start, end, before_list=before_list and following is not None and following.depth > leaf.depth
        )
    return refine(text, start, end, before_list=before_list, depth=leaf.depth)


def _item(text: str, leaf: Leaf, start: int, end: int, *, before_list: bool) -> list[Block]:
    line = text[start:end]
    if is_wrapped(line) and is_plain_heading(line) and before_list:
        return [Block(BlockKind.HEADING, *unwrapped(text, start, end), style=HeadingStyle.STRONG)]
    marker = NEWLINE.split(text[leaf.item : leaf.start], maxsplit=1)[0].lstrip()
    return refined_item(text, Block(BlockKind.ITEM, start, end, marker=marker, depth=leaf.depth))


def _row(text: str, leaf: Leaf) -> list[Block]:
    start, end = _inner(text, leaf.start, leaf.end)
    header = -1
    if leaf.header >= 0:
        stop = NEWLINE.search(text, leaf.header)
        left, right = _inner(text, leaf.header, stop.start() if stop else len(text))
        header = left if left < right else -1
    return [Block(BlockKind.ROW, start, end, header=header)] if start < end else []


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    """A table row without its outer pipes."""
    row = text[start:end].rstrip()
    inner = row.strip(_PIPES)
    left = start + len(row) - len(row.lstrip(_PIPES))
    return (left, left + len(inner)) if inner else (start, start)


def _heading(text: str, leaf: Leaf, following: Leaf | None) -> list[Block]:
    start, end = trimmed(text, leaf.start, leaf.end)
    level = int(leaf.detail[1:2]) if leaf.detail[1:2].isdigit() else 1
    marks = _HEADING_MARKS.match(text, start, end)
    if marks:
        start, end = trimmed(text, marks.end(), end)
        end = start + len(_without_closing_marks(text[start:end]))
    else:
        start, end = _above_rule(text, start, end)
        if _is_prose(text[start:end]):
            return refine(text, start, end, before_list=following is not None and following.item >= 0)
    if start >= end or MARKS.fullmatch(text, start, end):
        return []
    return [Block(BlockKind.HEADING, *unwrapped(text, start, end), level=level)]


def _without_closing_marks(line: str) -> str:
    bare = line.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else line


def _above_rule(text: str, start: int, end: int) -> tuple[int, int]:
    """An underlined heading without its underline."""
    last = max(text.rfind("\n", start, end), text.rfind("\r", start, end))
    return trimmed(text, start, last) if last > start else (start, end)


def _is_prose(line: str) -> bool:
    """True if a line over `---` is a paragraph above a rule ("Pay: $120k"), not a heading."""
    label, after = label_of(line)
    return (
        bool(NEWLINE.search(line))
        or line.rstrip("*_ ").endswith((".", ";"))
        or (bool(label) and after < len(line))
        or len(line.split()) > 14
    )
