"""pyromark's events as leaves: the innermost blocks of a Markdown text, with character offsets and nothing left out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyromark

from postwright.reading.blocks.block import trimmed
from postwright.reading.blocks.opaque import is_definition
from postwright.reading.searching.lazy import lazy_pattern

_LEAVES = frozenset({"Paragraph", "Heading", "CodeBlock", "HtmlBlock", "TableHead", "TableRow"})
_CONTAINERS = frozenset({"Item", "BlockQuote", "List", "Table"})

MARKS = lazy_pattern(r"(?:[\s>|:=*_+#~\\\ufeff-]|\d{1,9}[.)])*")
"""What Markdown draws with, and no text: a range of nothing else holds no block."""


@dataclass(slots=True)
class Leaf:
    """A block as pyromark names it. Offsets count UTF-8 bytes of the body until `leaves_of` has turned them."""

    name: str
    start: int
    end: int
    detail: str = ""  # heading level, or how code is marked
    depth: int = 0  # open list items around it
    item: int = -1  # where the marker of the list item stands that this leaf opens
    header: int = -1  # where the header row of its table starts


def leaves_of(text: str, start: int) -> list[Leaf]:
    """The leaves of `text[start:]` in source order, offsets in characters of `text`.

    What pyromark passes over in silence (link definitions) is found in the gaps and is a leaf too.
    """
    body = text[start:]
    return _with_gaps(text, start, _to_characters(body, start, _Leaves().read(body)))


class _Leaves:
    """Collects the innermost blocks. A tight list item has no paragraph of its own in the events: it gets one here."""

    def __init__(self) -> None:
        self._out: list[Leaf] = []
        self._items: list[int] = []  # starts of open list items; -1 once their first block was seen
        self._inside = False  # inside a leaf: its inline events are passed over
        self._tight: Leaf | None = None
        self._header = -1

    def read(self, body: str) -> list[Leaf]:
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
                self._out.append(Leaf("Rule", at["start"], at["end"]))
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
            self._out.append(Leaf(name, start, end, said, len(self._items), self._item(), header))
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
            self._tight = Leaf("Paragraph", start, end, "", len(self._items), self._item())
            self._out.append(self._tight)
        else:
            self._tight.end = max(self._tight.end, end)

    def _item(self) -> int:
        """Where the innermost open item starts, the first time it is asked; then -1."""
        if not self._items:
            return -1
        start, self._items[-1] = self._items[-1], -1
        return start


def _to_characters(body: str, start: int, leaves: list[Leaf]) -> list[Leaf]:
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


def _with_gaps(text: str, start: int, leaves: list[Leaf]) -> list[Leaf]:
    """Adds what stands between leaves and is more than marks: link definitions, text pyromark left out."""
    out: list[Leaf] = []
    at = start
    for leaf in leaves:
        _fill(text, at, leaf.item if leaf.item >= at else leaf.start, out)
        out.append(leaf)
        at = max(at, leaf.end)
    _fill(text, at, len(text), out)
    return out


def _fill(text: str, start: int, end: int, out: list[Leaf]) -> None:
    if start >= end or MARKS.fullmatch(text, start, end):
        return
    for found in re.finditer(r"[^\r\n]+", text[start:end]):
        begin, stop = trimmed(text, start + found.start(), start + found.end())
        if begin == stop or MARKS.fullmatch(text, begin, stop):
            continue
        name = "Definition" if is_definition(text[begin:stop]) else "Paragraph"
        if name == "Paragraph" and out and out[-1].name == "Definition" and out[-1].end >= begin - 3:
            out[-1].end = stop  # a link title on a line of its own
        else:
            out.append(Leaf(name, begin, stop))
