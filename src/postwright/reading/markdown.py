"""Markdown and MDX into blocks, with character offsets: pyromark's events, refined where real postings need it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyromark

from postwright.reading.blocks import NEWLINE, Block, BlockKind, HeadingStyle, trimmed
from postwright.reading.opaque import is_code, is_definition, is_opaque, with_regions
from postwright.reading.plain import blocks as plain_blocks
from postwright.reading.plain import refine, refined_item
from postwright.reading.sections import is_plain_heading
from postwright.reading.shapes import is_wrapped, label_of, unwrapped

_LEAVES = frozenset({"Paragraph", "Heading", "CodeBlock", "HtmlBlock", "TableHead", "TableRow"})
_CONTAINERS = frozenset({"Item", "BlockQuote", "List", "Table"})

_MARKS = re.compile(r"(?:[\s>|:=*_+#~\\\ufeff-]|\d{1,9}[.)])*")
_HEADING_MARKS = re.compile(r"#{1,6}(?:[ \t]+|$)")
_PIPES = " \t|"


@dataclass(slots=True)
class _Leaf:
    """A block as pyromark names it. Offsets count UTF-8 bytes of the body until `_to_characters`."""

    name: str
    start: int
    end: int
    detail: str = ""  # heading level, or how code is marked
    depth: int = 0  # open list items around it
    item: int = -1  # where the marker of the list item stands that this leaf opens
    header: int = -1  # where the header row of its table starts


def blocks(text: str, start: int) -> list[Block]:
    """The blocks of the Markdown in `text[start:]`, in source order; offsets are characters of `text`.

    Everything but white space and marks lies in a block: what pyromark passes over in silence (link
    definitions) is found in the gaps. `text` must not hold lone surrogates.
    """
    body = text[start:]
    leaves = _with_gaps(text, start, _to_characters(body, start, _Leaves().read(body)))
    out: list[Block] = []
    tagged: list[int] = []
    for number, leaf in enumerate(leaves):
        following = leaves[number + 1] if number + 1 < len(leaves) else None
        for block in _blocks_of(text, leaf, following):
            if block.kind is BlockKind.OPAQUE and text.startswith(("<", "{%"), block.start):
                tagged.append(len(out))
            out.append(block)
    return with_regions(text, out, tagged)


class _Leaves:
    """Collects the innermost blocks. A tight list item has no paragraph of its own in the events: it gets one here."""

    def __init__(self) -> None:
        self._out: list[_Leaf] = []
        self._items: list[int] = []  # starts of open list items; -1 once their first block was seen
        self._inside = False  # inside a leaf: its inline events are passed over
        self._tight: _Leaf | None = None
        self._header = -1

    def read(self, body: str) -> list[_Leaf]:
        for event, at in pyromark.events_with_range(body, options=pyromark.Options.ENABLE_TABLES):
            if isinstance(event, dict) and "Start" in event:
                kind = event["Start"]
                name, detail = (kind, None) if isinstance(kind, str) else next(iter(kind.items()))
                self._open(name, detail, at["start"], at["end"])
            elif isinstance(event, dict) and "End" in event:
                ended = event["End"]
                self._close(ended if isinstance(ended, str) else next(iter(ended)))
            elif event == "Rule":
                self._tight = None
                self._out.append(_Leaf("Rule", at["start"], at["end"]))
            else:
                self._inline(at["start"], at["end"])
        return self._out

    def _open(self, name: str, detail: object, start: int, end: int) -> None:
        if name == "Item":
            self._tight = None
            self._items.append(start)
        elif name in _LEAVES:
            self._tight = None
            self._inside = True
            self._header = start if name == "TableHead" else self._header
            header = self._header if name == "TableRow" else -1
            said = str(detail["level"]) if isinstance(detail, dict) and "level" in detail else str(detail)
            self._out.append(_Leaf(name, start, end, said, len(self._items), self._item(), header))
        elif name in _CONTAINERS:
            self._tight = None
        else:
            self._inline(start, end)

    def _close(self, name: str) -> None:
        if name == "Item":
            self._items.pop()
        if name in _LEAVES:
            self._inside = False
        if name in _LEAVES or name in _CONTAINERS:
            self._tight = None

    def _inline(self, start: int, end: int) -> None:
        if self._inside:
            return
        if self._tight is None:
            self._tight = _Leaf("Paragraph", start, end, "", len(self._items), self._item())
            self._out.append(self._tight)
        else:
            self._tight.end = max(self._tight.end, end)

    def _item(self) -> int:
        """Where the innermost open item starts, the first time it is asked; then -1."""
        if not self._items:
            return -1
        start, self._items[-1] = self._items[-1], -1
        return start


def _to_characters(body: str, start: int, leaves: list[_Leaf]) -> list[_Leaf]:
    """Turns byte offsets of the body into character offsets of the source, in place."""
    at = _character_map(body, (n for leaf in leaves for n in (leaf.start, leaf.end, leaf.item, leaf.header)))
    for leaf in leaves:
        leaf.start, leaf.end = at[leaf.start] + start, at[leaf.end] + start
        leaf.item = at[leaf.item] + start if leaf.item >= 0 else -1
        leaf.header = at[leaf.header] + start if leaf.header >= 0 else -1
    return leaves


def _character_map(body: str, offsets: Iterable[int]) -> dict[int, int]:
    wanted = sorted({offset for offset in offsets if offset >= 0})
    if body.isascii():
        return {offset: offset for offset in wanted}
    raw = body.encode()
    out: dict[int, int] = {}
    before = characters = 0
    for offset in wanted:
        characters += len(raw[before:offset].decode())
        before = offset
        out[offset] = characters
    return out


def _with_gaps(text: str, start: int, leaves: list[_Leaf]) -> list[_Leaf]:
    """Adds what stands between leaves and is more than marks: link definitions, text pyromark left out."""
    out: list[_Leaf] = []
    at = start
    for leaf in leaves:
        _fill(text, at, leaf.item if leaf.item >= at else leaf.start, out)
        out.append(leaf)
        at = max(at, leaf.end)
    _fill(text, at, len(text), out)
    return out


def _fill(text: str, start: int, end: int, out: list[_Leaf]) -> None:
    if start >= end or _MARKS.fullmatch(text, start, end):
        return
    for found in re.finditer(r"[^\r\n]+", text[start:end]):
        begin, stop = trimmed(text, start + found.start(), start + found.end())
        if begin == stop or _MARKS.fullmatch(text, begin, stop):
            continue
        name = "Definition" if is_definition(text[begin:stop]) else "Paragraph"
        if name == "Paragraph" and out and out[-1].name == "Definition" and out[-1].end >= begin - 3:
            out[-1].end = stop  # a link title on a line of its own
        else:
            out.append(_Leaf(name, begin, stop))


# ------------------------------------------------------------------------------------------ leaves into blocks


def _blocks_of(text: str, leaf: _Leaf, following: _Leaf | None) -> list[Block]:
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


def _item(text: str, leaf: _Leaf, start: int, end: int, *, before_list: bool) -> list[Block]:
    line = text[start:end]
    if is_wrapped(line) and is_plain_heading(line) and before_list:
        return [Block(BlockKind.HEADING, *unwrapped(text, start, end), style=HeadingStyle.STRONG)]
    marker = NEWLINE.split(text[leaf.item : leaf.start], maxsplit=1)[0].lstrip()
    return refined_item(text, Block(BlockKind.ITEM, start, end, marker=marker, depth=leaf.depth))


def _row(text: str, leaf: _Leaf) -> list[Block]:
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


def _heading(text: str, leaf: _Leaf, following: _Leaf | None) -> list[Block]:
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
    if start >= end or _MARKS.fullmatch(text, start, end):
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
