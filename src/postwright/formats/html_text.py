"""HTML to Markdown, by own rules over a parsed tree: a converter that changes one word breaks the promise.

What becomes Markdown: headings, paragraphs, lists, tables of one-line cells, bold, emphasis, links. A table whose
cells hold blocks is layout, so its content is lifted out. A line break starts a paragraph: postings that are made of
`<br>` would run together otherwise. Characters that Markdown would read as marks are escaped, the rest stays.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from postwright.domain.errors import PostingUnreadable
from postwright.formats.marks import (
    BREAK,
    SPACE,
    Run,
    address_of,
    escaped,
    indent,
    indented,
    is_item,
    joined,
    line_of,
    paragraphs,
    typed,
)
from postwright.formats.source import DEEPEST

_BLOCK_NAMES = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul html caption"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT_NAMES = "script style template noscript iframe svg img input select textarea button head"
_SILENT = frozenset(_SILENT_NAMES.split())
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d])"
    r"|(?<![-\w])color\s*:\s*(?:white|#fff(?:fff)?|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))(?!\w)",
    re.IGNORECASE,
)
LONGEST_HEADING = 14
"""Words."""
_BACKGROUND = re.compile(r"background(?:-color)?\s*:", re.IGNORECASE)


class Node(Protocol):
    """What is used of selectolax's nodes."""

    @property
    def tag(self) -> str | None: ...
    @property
    def child(self) -> "Node | None": ...
    @property
    def next(self) -> "Node | None": ...
    @property
    def attributes(self) -> dict[str, str | None]: ...
    @property
    def text_content(self) -> str | None: ...


@dataclass(slots=True)
class Written:
    """Blocks of Markdown, and the hidden text that was left out."""

    blocks: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    @property
    def markdown(self) -> str:
        return joined(self.blocks) + "\n"


def markdown_of(node: Node, *, longest_heading: int = LONGEST_HEADING) -> Written:
    """The tree under `node` as Markdown. Raises PostingUnreadable for nesting beyond reason."""
    written = Written()
    try:
        written.blocks = _Walk(written.hidden, longest_heading).blocks(node)
    except RecursionError as error:
        raise too_deep() from error
    return written


def too_deep() -> PostingUnreadable:
    return PostingUnreadable(f"the file nests more than {DEEPEST} levels", hint="save the posting as a simple page")


def is_hidden(node: Node) -> bool:
    """True for what a reader of the page does not see."""
    attributes = node.attributes
    style = attributes.get("style") or ""
    if "hidden" in attributes or (node.tag == "input" and attributes.get("type") == "hidden"):
        return True
    if _HIDING.search(style):
        white = not re.search(r"display|visibility|font-size|opacity", style, re.IGNORECASE)
        return not (white and _BACKGROUND.search(style))  # white on a colour is a button or a banner
    return False


def children(node: Node) -> Iterator[Node]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def words_of(node: Node) -> str:
    """All the text under a node, for a report about it."""
    parts = [node.text_content or ""] if node.tag == "-text" else [words_of(child) for child in children(node)]
    return " ".join(" ".join(parts).split())


class _Walk:
    def __init__(self, hidden: list[str], longest_heading: int) -> None:
        self._hidden = hidden
        self._longest_heading = longest_heading

    def blocks(self, node: Node) -> list[str]:
        out: list[str] = []
        runs: list[Run] = []
        for child in children(node):
            if child.tag in _BLOCKS:
                out += paragraphs(runs)
                runs = []
                out += self._block(child)
            # An inline element may hold blocks (a span around divs): its blocks are ours then.
            elif child.child is not None and _holds_block(child):
                out += paragraphs(runs)
                runs = []
                out += self.blocks(child) if self._seen(child) else []
            else:
                runs += self._runs(child, Run(""))
        return out + paragraphs(runs)

    def _seen(self, node: Node) -> bool:
        if node.tag in _SILENT or (node.tag or "-")[0] == "-":
            return False
        if is_hidden(node):
            if words := words_of(node):
                self._hidden.append(words)
            return False
        return True

    def _block(self, node: Node) -> list[str]:
        tag = node.tag or ""
        if not self._seen(node):
            return []
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            return self._heading(node, int(tag[1]))
        if tag in {"ul", "ol"}:
            return self._list(node, numbered=tag == "ol")
        if tag == "table":
            return self._table(node)
        if tag == "dt":
            runs = [replace(run, bold=True) for child in children(node) for run in self._runs(child, Run(""))]
            return paragraphs(runs)
        if tag == "pre":
            lines = words_lines(node)
            return [typed(escaped(line.strip())) for line in lines if line.strip()]
        return self.blocks(node)

    def _heading(self, node: Node, level: int) -> list[str]:
        if _holds_block(node):
            return self.blocks(node)
        runs = [run for child in children(node) for run in self._runs(child, Run(""))]
        plain = [replace(run, bold=False, slanted=False) if run != BREAK else Run(" ") for run in runs]
        line = line_of(plain)
        if len(line.split()) > self._longest_heading:  # a whole paragraph in large type
            return [typed(line)]
        return [f"{'#' * level} {line}"] if line else []

    def _list(self, node: Node, *, numbered: bool) -> list[str]:
        items: list[str] = []
        for child in children(node):
            if child.tag in {"ul", "ol"}:  # a list straight in a list: its items belong to the item before
                inner = self._block(child)
                if items and inner:
                    items[-1] += "\n" + indented(joined(inner), indent(items[-1]))
                else:
                    items += inner
            elif child.tag == "li":
                items += self._item(child, f"{len(items) + 1}. " if numbered else "- ")
            else:
                items += self._block(child) if child.tag in _BLOCKS else paragraphs(self._runs(child, Run("")))
        return items

    def _item(self, node: Node, marker: str) -> list[str]:
        blocks = self.blocks(node) if self._seen(node) else []
        if not blocks:
            return []
        first, *rest = [re.sub(r"^#{1,6} ", "", block) for block in blocks]
        if is_item(first):  # "<li>• text": the typed bullet says the same as the element
            first = first.split(" ", 1)[1] if "\n" not in first else first
        out = marker + first
        for block in rest:
            out += ("\n" if is_item(block) else "\n\n") + indented(block, len(marker))
        return [out]

    def _table(self, node: Node) -> list[str]:
        rows = [[self.blocks(cell) for cell in row] for row in self._rows(node)]
        rows = [row for row in rows if any(row)]
        layout = any(
            len(cell) > 1 or any(is_item(block) or "\n" in block for block in cell) for r in rows for cell in r
        )
        width = max((len(row) for row in rows), default=0)
        if layout or width < 2 or len(rows) < 2:
            return [block for row in rows for cell in row for block in cell]
        lines = [_table_line([_cell(cell) for cell in row], width) for row in rows]
        return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]

    def _rows(self, node: Node) -> Iterator[list[Node]]:
        for child in children(node):
            if child.tag in {"thead", "tbody", "tfoot"}:
                yield from self._rows(child) if self._seen(child) else ()
            elif child.tag == "tr" and self._seen(child):
                yield [cell for cell in children(child) if cell.tag in {"td", "th"} and self._seen(cell)]
            elif child.tag == "caption":
                yield [child]

    def _runs(self, node: Node, style: Run) -> list[Run]:
        tag = node.tag or ""
        if tag == "-text":
            return [replace(style, text=SPACE.sub(" ", node.text_content or ""))]
        if tag in {"br", "wbr"}:
            return [BREAK] if tag == "br" else []
        if not self._seen(node):
            return []
        if tag in {"b", "strong"}:
            style = replace(style, bold=True)
        elif tag in {"i", "em"}:
            style = replace(style, slanted=True)
        elif tag == "a":
            style = replace(style, link=address_of(node.attributes.get("href") or ""))
        return [run for child in children(node) for run in self._runs(child, style)]


def _holds_block(node: Node) -> bool:
    return any(child.tag in _BLOCKS or _holds_block(child) for child in children(node))


def words_lines(node: Node) -> list[str]:
    """The text of a preformatted element, line by line."""
    if node.tag == "-text":
        return (node.text_content or "").splitlines()
    return [line for child in children(node) for line in words_lines(child)]


def _cell(blocks: list[str]) -> str:
    return blocks[0].replace("|", "\\|") if blocks else ""


def _table_line(cells: list[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
