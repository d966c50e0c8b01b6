"""DOCX to Markdown: mammoth behind a guard for zip bombs, with hidden and white text taken out first and reported."""

import io
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET  # declarations are refused before anything is parsed

from postwright.domain.errors import PostingUnreadable
from postwright.formats.html_page import fragment
from postwright.formats.source import DEEPEST, Form, Source, bounded, needed, refuse_empty
from postwright.formats.word_hidden import page_ground, styles_in, without_unseen

LARGEST_UNPACKED = 50_000_000
"""Bytes of all parts together."""
LARGEST_BODY = 8_000_000
"""Bytes of the text's own part: the longest of our Word postings has 200 kB."""
MOST_PARTS = 2_000
LONGEST_HEADING = 60
"""Words. Who gives a paragraph a heading's style in Word means a heading; on a page it is often large type."""
_BODY = "word/document.xml"
_WITH_TEXT = frozenset({"document", "footnotes", "endnotes", "comments", "hdr", "ftr"})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CHANGED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)\s")


def read_docx(data: bytes, name: str) -> Source:
    """The posting in a Word file. Raises PostingUnreadable."""
    mammoth = needed("mammoth", "docx", "reading DOCX")
    needed("selectolax.lexbor", "docx", "reading DOCX")
    parts = unpacked(data, name)
    if _BODY not in parts:
        raise PostingUnreadable(f"{name} is no Word document", hint="save it as .docx from Word")
    if len(parts[_BODY]) > LARGEST_BODY:
        raise _too_large(name, LARGEST_BODY)
    changed = _CHANGED.search(parts[_BODY])
    hidden = _take_out_hidden(parts, name)
    notes = [f"hidden or white text was left out ({hidden} words)"] if hidden else []
    if changed:
        notes.append("the file has tracked changes: their accepted state was read")
    html, ignored = _converted(mammoth.convert_to_html, parts, name)
    if ignored:
        notes.append(f"parts of the file were not understood: {ignored[0][:80]}")
    text = fragment(bounded(html, name), longest_heading=LONGEST_HEADING).markdown
    return Source(refuse_empty(text, name), Form.DOCX, notes=tuple(notes))


def unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of a zip file, counted while they are read: its header can lie. Raises PostingUnreadable."""
    parts: dict[str, bytes] = {}
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if len(packed.infolist()) > MOST_PARTS or sum(part.file_size for part in packed.infolist()) > left:
                raise _too_large(name)
            for info in packed.infolist():
                with packed.open(info) as part:
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _too_large(name)
                parts[info.filename] = content
    # NotImplementedError is zipfile's for a compression it lacks, RuntimeError for a password.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        message = f"{name} is damaged or protected by a password"
        raise PostingUnreadable(message, hint="open it and save it anew") from error
    return parts


def _too_large(name: str, limit: int = LARGEST_UNPACKED) -> PostingUnreadable:
    return PostingUnreadable(f"{name} unpacks to more than {limit:,} bytes", hint="leave it out")


def _take_out_hidden(parts: dict[str, bytes], name: str) -> int:
    """Take out of all parts with text what readers do not see; how many words that were. Raises PostingUnreadable."""
    trees = {part: root for part, content in parts.items() if (root := _tree(content, name)) is not None}
    styles, settings = styles_in(trees.get("word/styles.xml")), trees.get("word/settings.xml")
    hidden = 0
    for part, root in trees.items():
        if _kind(root) in _WITH_TEXT:
            words = without_unseen(root, styles, page_ground(root, settings))
            parts[part] = ET.tostring(root, encoding="utf-8", xml_declaration=True) if words else parts[part]
            hidden += words
    return hidden


def _tree(content: bytes, name: str) -> ET.Element | None:
    """A part as a tree, if it is XML: whatever its name, for its relations may name any part as the text.

    No declarations (entities live there), no encoding that would hide them from us, and no nesting that the converter
    could not come back from.
    """
    if content[:2] in _UTF_16 or b"\0" in content[:4]:
        if b"<\0" in content[:8] or b"\0<" in content[:8]:
            raise PostingUnreadable(f"{name} is not written in UTF-8", hint="open it in Word and save it anew")
        return None
    if not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return None
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise PostingUnreadable(f"{name} declares entities", hint="open it in Word and save it anew")
    if len(content) > LARGEST_BODY:
        raise _too_large(name, LARGEST_BODY)
    try:
        root = ET.fromstring(content)  # noqa: S314 - without declarations there is nothing to expand
    except (ET.ParseError, ValueError, LookupError) as error:
        raise _damaged(name) from error
    _refuse_deep(root, name)
    return root


def _refuse_deep(root: ET.Element, name: str) -> None:
    level, depth = [root], 0
    while level := [child for node in level for child in node]:
        depth += 1
        if depth > DEEPEST:
            raise PostingUnreadable(f"{name} nests tables too deeply", hint="save the posting as a simple document")


def _kind(root: ET.Element) -> str:
    return root.tag.rpartition("}")[2]


def _damaged(name: str) -> PostingUnreadable:
    return PostingUnreadable(f"{name} is damaged", hint="open it in Word and save it anew")


def _converted(convert: Callable[..., object], parts: dict[str, bytes], name: str) -> tuple[str, list[str]]:
    """mammoth's HTML, and what it says it ignored."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as out:
        for part, content in parts.items():
            out.writestr(part, content)
    packed.seek(0)
    try:
        result = convert(
            packed, convert_image=lambda _: [], external_file_access=False, include_embedded_style_map=False
        )
    except Exception as error:
        raise _damaged(name) from error
    messages: list[object] = getattr(result, "messages", [])
    ignored = [text for m in messages if "unrecognised element" in (text := str(getattr(m, "message", "")))]
    return str(getattr(result, "value", "")), ignored
