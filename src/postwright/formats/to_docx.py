"""DOCX out: headings, lists with their levels and numbers, tables and links; the same bytes for the same text."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from postwright.formats.source import needed
from postwright.formats.tokens import body_of, tokens_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from markdown_it.token import Token

_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_SAFE_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def docx_bytes(text: str, path: str) -> bytes:
    """The settled text as a Word file. Raises PostingUnreadable when the extra is not installed."""
    docx = needed("docx", "docx", "writing DOCX")
    posting, body = body_of(text, path, headings=True)
    document: Document = docx.Document()
    title = _NO_XML.sub("", posting.title)
    _properties(document, title)
    if title and not posting.title_unit:
        document.add_heading(title, 1)
    painter = _Painter(document)
    for token in tokens_of(_NO_XML.sub("", body)):
        painter.take(token)
    buffer = io.BytesIO()
    document.save(buffer)
    return _dated(buffer.getvalue())


def _properties(document: "Document", title: str) -> None:
    """Only the title: the library's own name and date say nothing about the posting."""
    from datetime import UTC, datetime  # noqa: PLC0415 - as the library itself, only here

    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.last_modified_by = title[:250], "", "", ""
    properties.created = properties.modified = datetime(1980, 1, 1, tzinfo=UTC)


def _dated(data: bytes) -> bytes:
    """The same file with one date on all parts: the same text gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename, _EPOCH), old.read(info), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


class _Painter:
    """Tokens to paragraphs. Each list has a numbering of its own, so that a second one starts at 1 again."""

    def __init__(self, document: "Document") -> None:
        self._document = document
        self._lists: list[int] = []  # numbering ids of the open lists
        self._item_open = False
        self._style = ""
        self._rows: list[list[Sequence[Token]]] | None = None

    def take(self, token: "Token") -> None:
        kind = token.type
        if kind == "heading_open":
            self._style = f"Heading {token.tag[1]}"
        elif kind in {"bullet_list_open", "ordered_list_open"}:
            first = int(token.attrGet("start") or 1)
            self._lists.append(_numbering(self._document, numbered=kind[0] == "o", first=first))
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
        elif kind == "list_item_open":
            self._item_open = True
        elif kind in {"fence", "code_block"}:
            for line in token.content.rstrip("\n").split("\n"):
                self._document.add_paragraph(line)
        elif kind.startswith(("table_", "tr_")):
            self._table(kind)
        elif kind == "inline":
            self._inline(token.children or [])

    def _table(self, kind: str) -> None:
        if kind == "table_open":
            self._rows = []
        elif kind == "tr_open" and self._rows is not None:
            self._rows.append([])
        elif kind == "table_close" and self._rows:
            width = max(len(row) for row in self._rows)
            table = self._document.add_table(len(self._rows), width, "Table Grid")
            for row, cells in enumerate(self._rows):
                for column, children in enumerate(cells):
                    _write(table.cell(row, column).paragraphs[0], children)
            self._rows = None

    def _inline(self, children: "Sequence[Token]") -> None:
        if self._rows is not None:
            self._rows[-1].append(children)
            return
        paragraph = self._document.add_paragraph(style=self._style or None)
        if self._lists and self._item_open:
            _as_item(paragraph, self._lists[-1], len(self._lists) - 1)
        elif self._lists:
            paragraph.paragraph_format.left_indent = 360_000 * len(self._lists)
        _write(paragraph, children)
        self._style, self._item_open = "", False


def _write(paragraph: "Paragraph", children: "Sequence[Token]") -> None:
    """Inline tokens as runs; a link becomes a real one when its address is one that people follow."""
    bold = slanted = 0
    link = ""
    for token in children:
        kind = token.type
        if kind in {"strong_open", "strong_close"}:
            bold += 1 if kind.endswith("open") else -1
        elif kind in {"em_open", "em_close"}:
            slanted += 1 if kind.endswith("open") else -1
        elif kind == "link_open":
            link = str(token.attrGet("href") or "")
        elif kind == "link_close":
            link = ""
        elif kind in {"softbreak", "hardbreak"}:
            paragraph.add_run(" ")
        elif token.content:
            run = paragraph.add_run(token.content)
            run.bold, run.italic = bool(bold) or None, bool(slanted) or None
            if _SAFE_LINK.match(link):
                _linked(paragraph, run._r, link)


def _linked(paragraph: "Paragraph", run: object, address: str) -> None:
    oxml = needed("docx.oxml", "docx", "writing DOCX")
    link = oxml.OxmlElement("w:hyperlink")
    link.set(oxml.ns.qn("r:id"), paragraph.part.relate_to(address, _LINKS, is_external=True))
    link.append(run)
    paragraph._p.append(link)


def _as_item(paragraph: "Paragraph", number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = min(level, 8)
    properties.get_or_add_numId().val = number


def _numbering(document: "Document", *, numbered: bool, first: int) -> int:
    """A new list definition with nine levels; returns its id."""
    oxml = needed("docx.oxml", "docx", "writing DOCX")
    numbering = document.part.numbering_part.element
    known = numbering.findall(oxml.ns.qn("w:abstractNum"))
    abstract_id = str(max((int(a.get(oxml.ns.qn("w:abstractNumId"))) for a in known), default=0) + 1)
    name = oxml.ns.nsdecls("w")
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{first if level == 0 else 1}"/>'
        f'<w:numFmt w:val="{"decimal" if numbered else "bullet"}"/>'
        f'<w:lvlText w:val="{f"%{level + 1}." if numbered else "•"}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{720 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    abstract = oxml.parse_xml(f'<w:abstractNum {name} w:abstractNumId="{abstract_id}">{levels}</w:abstractNum>')
    if known:
        known[-1].addnext(abstract)
    else:
        numbering.insert(0, abstract)
    return int(numbering.add_num(int(abstract_id)).numId)
