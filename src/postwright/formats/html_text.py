"""HTML to Markdown, by own rules over a parsed tree: a converter that changes one word breaks the promise.

What becomes Markdown: headings, paragraphs, lists, tables of one-line cells, bold, emphasis, links. A table whose
cells hold blocks is layout, so its content is lifted out. A line break starts a paragraph: postings that are made of
`<br>` would run together otherwise. Characters that Markdown would read as marks are escaped, the rest stays.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from postwright.domain.errors import PostingUnreadable
from postwright.formats.source import DEEPEST

_BLOCK_NAMES = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul html caption"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT_NAMES = "script style template noscript iframe svg img input select textarea button head"
_SILENT = frozenset(_SILENT_NAMES.split())
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MARKS = re.compile(r"([\\`*\[\]]|(?<!\w)_|_(?!\w))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LEADING = re.compile(r"(?:(#{1,6})(?=\s|$)|([-+])(?=\s)|(>)|(=+|-{3,})$|(~{3,}))")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s)")
_BULLET = re.compile(r"(?:[•·▪◦●‣○■⁃\uf0b7\uf0a7]|[-–*](?=\s))[\s\u00a0]*")
_TYPED_HEADING = re.compile(r"#{2,6} \S")
_TYPED_NUMBER = re.compile(r"\d{1,2}[.)]\s+")
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


@dataclass(frozen=True, slots=True)
class _Run:
    """Text in one style. A line break is a run of its own."""

    text: str
    bold: bool = False
    slanted: bool = False
    link: str = ""


_BREAK = _Run("\n")


@dataclass(slots=True)
class Written:
    """Blocks of Markdown, and the hidden text that was left out."""

    blocks: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    @property
    def markdown(self) -> str:
        return joined(self.blocks) + "\n"


def joined(blocks: Iterable[str]) -> str:
    """Blocks with an empty line between them; items of one list stand on neighbouring lines."""
    out = ""
    before = ""
    for block in blocks:
        together = is_item(before) and is_item(block) and "\n\n" not in before
        out += (("\n" if together else "\n\n") if out else "") + block
        before = block
    return out


def is_item(block: str) -> bool:
    return block.startswith("- ") or bool(re.match(r"\d{1,9}\. ", block))


def markdown_of(node: Node) -> Written:
    """The tree under `node` as Markdown. Raises PostingUnreadable for nesting beyond reason."""
    written = Written()
    try:
        written.blocks = _Walk(written.hidden).blocks(node)
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


def escaped(text: str) -> str:
    """Text whose every character stays a character when it is read as Markdown."""
    text = _MARKS.sub(r"\\\1", text)
    text = _ENTITY.sub("&amp;", text)
    return _TAG.sub("&lt;", text)


def escaped_start(line: str) -> str:
    """A line that does not start a heading, list or quote by accident."""
    if _LEADING.match(line):
        return "\\" + line
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line


class _Walk:
    def __init__(self, hidden: list[str]) -> None:
        self._hidden = hidden

    def blocks(self, node: Node) -> list[str]:
        out: list[str] = []
        runs: list[_Run] = []
        for child in children(node):
            if child.tag in _BLOCKS:
                out += _paragraphs(runs)
                runs = []
                out += self._block(child)
            # An inline element may hold blocks (a span around divs): its blocks are ours then.
            elif child.child is not None and _holds_block(child):
                out += _paragraphs(runs)
                runs = []
                out += self.blocks(child) if self._seen(child) else []
            else:
                runs += self._runs(child, _Run(""))
        return out + _paragraphs(runs)

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
            runs = [replace(run, bold=True) for child in children(node) for run in self._runs(child, _Run(""))]
            return _paragraphs(runs)
        if tag == "pre":
            lines = words_lines(node)
            return [typed(escaped(line.strip())) for line in lines if line.strip()]
        return self.blocks(node)

    def _heading(self, node: Node, level: int) -> list[str]:
        if _holds_block(node):
            return self.blocks(node)
        runs = [run for child in children(node) for run in self._runs(child, _Run(""))]
        plain = [replace(run, bold=False, slanted=False) if run != _BREAK else _Run(" ") for run in runs]
        line = _line(plain)
        if len(line.split()) > LONGEST_HEADING:  # a whole paragraph in large type
            return [typed(line)]
        return [f"{'#' * level} {line}"] if line else []

    def _list(self, node: Node, *, numbered: bool) -> list[str]:
        items: list[str] = []
        for child in children(node):
            if child.tag in {"ul", "ol"}:  # a list straight in a list: its items belong to the item before
                inner = self._block(child)
                if items and inner:
                    items[-1] += "\n" + _indented(joined(inner), _indent(items[-1]))
                else:
                    items += inner
            elif child.tag == "li":
                items += self._item(child, f"{len(items) + 1}. " if numbered else "- ")
            else:
                items += self._block(child) if child.tag in _BLOCKS else _paragraphs(self._runs(child, _Run("")))
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
            out += ("\n" if is_item(block) else "\n\n") + _indented(block, len(marker))
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

    def _runs(self, node: Node, style: _Run) -> list[_Run]:
        tag = node.tag or ""
        if tag == "-text":
            return [replace(style, text=_SPACE.sub(" ", node.text_content or ""))]
        if tag in {"br", "wbr"}:
            return [_BREAK] if tag == "br" else []
        if not self._seen(node):
            return []
        if tag in {"b", "strong"}:
            style = replace(style, bold=True)
        elif tag in {"i", "em"}:
            style = replace(style, slanted=True)
        elif tag == "a":
            style = replace(style, link=_address(node.attributes.get("href") or ""))
        return [run for child in children(node) for run in self._runs(child, style)]


def _holds_block(node: Node) -> bool:
    return any(child.tag in _BLOCKS or _holds_block(child) for child in children(node))


def words_lines(node: Node) -> list[str]:
    """The text of a preformatted element, line by line."""
    if node.tag == "-text":
        return (node.text_content or "").splitlines()
    return [line for child in children(node) for line in words_lines(child)]


def _address(href: str) -> str:
    """A link's address, or nothing for one that goes nowhere or runs code."""
    href = "".join(href.split())
    if re.match(r"(?:https?:|mailto:|tel:|/(?!/)|[\w.~-]+(?:/|$))", href, re.IGNORECASE):
        return href.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
    return ""


def _paragraphs(runs: list[_Run]) -> list[str]:
    lines: list[list[_Run]] = [[]]
    for run in runs:
        if run == _BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return [typed(line) for line in map(_line, lines) if line.strip()]


def typed(line: str) -> str:
    """A line with a typed bullet or number as an item; any other line stays a paragraph."""
    bare = line.strip(" \u00a0")
    if _TYPED_HEADING.match(bare):
        return bare
    if (bullet := _BULLET.match(bare)) and bullet.end() < len(bare):
        return "- " + bare[bullet.end() :]
    if bare.startswith("\\*") and bare[2:3].isspace():
        return "- " + bare[2:].strip()
    return bare if _TYPED_NUMBER.match(bare) else escaped_start(bare)


def _line(runs: list[_Run]) -> str:
    """Runs as one line of Markdown: like neighbours joined, white space outside the marks."""
    merged: list[_Run] = []
    for run in runs:
        if merged and replace(merged[-1], text="") == replace(run, text=""):
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        elif run.text:
            merged.append(run)
    out = ""
    for run in merged:
        text = _SPACE.sub(" ", run.text)
        core = text.strip(" \u00a0")
        if not core:
            out += text
            continue
        start = text.index(core[0]) if core else 0
        lead, tail = text[:start], text[start + len(core) :]
        piece = _marked(core, run)
        if (
            out
            and run.bold is False
            and out.endswith("**")
            and not lead
            and core[0].isalnum()
            and not out[-3].isalnum()
        ):
            lead = " "  # "Location:**London": Markdown would not close the mark, and a reader would not see a gap
        out += lead + piece + tail
    return re.sub(r" {2,}", " ", out).strip(" ")


def _marked(core: str, run: _Run) -> str:
    words = escaped(core)
    if run.slanted:
        words = f"*{words}*"
    if run.bold:
        words = f"**{words}**"
    return f"[{words}]({run.link})" if run.link else words


def _indent(item: str) -> int:
    return item.index(" ") + 1


def _indented(text: str, by: int) -> str:
    pad = " " * by
    return "\n".join(pad + line if line else line for line in text.split("\n"))


def _cell(blocks: list[str]) -> str:
    return blocks[0].replace("|", "\\|") if blocks else ""


def _table_line(cells: list[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
