"""DOCX to Markdown: mammoth behind a guard for zip bombs, with hidden and white text taken out first and reported."""

import io
import re
import zipfile
from collections.abc import Callable

from postwright.domain.errors import PostingUnreadable
from postwright.formats.html_page import fragment
from postwright.formats.source import DEEPEST, Form, Source, bounded, needed, refuse_empty

LARGEST_UNPACKED = 50_000_000
"""Bytes of all parts together."""
LARGEST_BODY = 8_000_000
"""Bytes of the text's own part: the longest of our Word postings has 200 kB."""
MOST_PARTS = 2_000
_BODY = "word/document.xml"
_RUN = re.compile(
    r"<w:r(?:\s[^<>]*)?>\s*<w:rPr>((?:(?!</w:rPr>|<w:r[ >]).)*)</w:rPr>((?:(?!</?w:r[ >]).)*)</w:r>", re.DOTALL
)
_HIDING = re.compile(
    r"<w:(?:vanish|webHidden)(?:\s*/>|\s+w:val=\"(?:1|true|on)\")|<w:color\s[^>]*w:val=\"(?:FFFFFF|ffffff)\""
)
_PAINTED = re.compile(r"<w:(?:shd|highlight)\s")
_WORDS = re.compile(r"<w:t(?:\s[^<>]*)?>([^<]*)</w:t>")
_CHANGED = re.compile(r"<w:(?:ins|del|moveFrom|moveTo)\s")


def read_docx(data: bytes, name: str) -> Source:
    """The posting in a Word file. Raises PostingUnreadable."""
    mammoth = needed("mammoth", "docx", "reading DOCX")
    needed("selectolax.lexbor", "docx", "reading DOCX")
    parts = unpacked(data, name)
    if _BODY not in parts:
        raise PostingUnreadable(f"{name} is no Word document", hint="save it as .docx from Word")
    if len(parts[_BODY]) > LARGEST_BODY:
        raise _too_large(name, LARGEST_BODY)
    body = parts[_BODY].decode("utf-8", "replace")
    _refuse_deep(body, name)
    body, hidden = _without_hidden(body.replace("<w:moveTo ", "<w:ins ").replace("</w:moveTo>", "</w:ins>"))
    parts[_BODY] = body.encode()
    notes = [f"hidden or white text was left out ({hidden} words)"] if hidden else []
    if _CHANGED.search(body):
        notes.append("the file has tracked changes: their accepted state was read")
    html, ignored = _converted(mammoth.convert_to_html, parts, name)
    if ignored:
        notes.append(f"parts of the file were not understood: {ignored[0][:80]}")
    text = fragment(bounded(html, name)).markdown
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
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        message = f"{name} is damaged or protected by a password"
        raise PostingUnreadable(message, hint="open it and save it anew") from error
    return parts


def _too_large(name: str, limit: int = LARGEST_UNPACKED) -> PostingUnreadable:
    return PostingUnreadable(f"{name} unpacks to more than {limit:,} bytes", hint="leave it out")


def _refuse_deep(xml: str, name: str) -> None:
    """No declarations (entities live there), and no nesting that the converter could not come back from."""
    if "<!DOCTYPE" in xml or "<!ENTITY" in xml:
        raise PostingUnreadable(f"{name} declares entities", hint="open it in Word and save it anew")
    depth = 0
    for match in re.finditer(r"<(/?)w:(?:tbl|sdt|txbxContent|ins|smartTag)[ >]", xml):
        depth += -1 if match.group(1) else 1
        if depth > DEEPEST // 4:
            raise PostingUnreadable(f"{name} nests tables too deeply", hint="save the posting as a simple document")


def _without_hidden(xml: str) -> tuple[str, int]:
    hidden = 0

    def seen(match: re.Match[str]) -> str:
        nonlocal hidden
        why = _HIDING.search(match.group(1))
        if why is None or ("w:color" in why.group() and _PAINTED.search(match.group(1))):
            return match.group()
        hidden += sum(len(words.split()) for words in _WORDS.findall(match.group(2)))
        return ""

    return _RUN.sub(seen, xml), hidden


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
        raise PostingUnreadable(f"{name} is damaged", hint="open it in Word and save it anew") from error
    messages: list[object] = getattr(result, "messages", [])
    ignored = [text for m in messages if "unrecognised element" in (text := str(getattr(m, "message", "")))]
    return str(getattr(result, "value", "")), ignored
