"""ODT and RTF: what their readers give for nothing."""

import io

from postwright.domain.errors import PostingUnreadable
from postwright.formats.marks import escaped, joined, typed
from postwright.formats.source import Form, Source, bounded, needed, refuse_empty
from postwright.formats.word import unpacked


def read_odt(data: bytes, name: str) -> Source:
    """The posting in an OpenDocument text. Raises PostingUnreadable."""
    odfdo = needed("odfdo", "odt", "reading ODT")
    unpacked(data, name)
    try:
        text = str(odfdo.Document(io.BytesIO(data)).to_markdown())
    except Exception as error:
        raise PostingUnreadable(f"{name} is damaged", hint="open it and save it anew") from error
    return Source(refuse_empty(bounded(text, name), name), Form.ODT)


def read_rtf(data: bytes, name: str) -> Source:
    """The words of an RTF file, without its headings. Raises PostingUnreadable."""
    striprtf = needed("striprtf.striprtf", "rtf", "reading RTF")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise PostingUnreadable(f"{name} is no RTF file", hint="save it as .docx")
    raw = data.decode("latin-1")
    hidden = "\\v " in raw or "\\v\\" in raw or "\\deleted" in raw
    try:
        text = str(striprtf.rtf_to_text(raw, errors="replace"))
    except Exception as error:
        raise PostingUnreadable(f"{name} is damaged", hint="open it and save it as .docx") from error
    lines = [" ".join(line.replace("|", " ").split()) for line in text.splitlines()]
    body = joined(typed(escaped(line)) for line in lines if line) + "\n"
    notes = ["headings of RTF are read as plain lines"]
    if hidden:
        notes.append("the file has hidden or deleted text, which cannot be told from the rest: check the result")
    return Source(refuse_empty(bounded(body, name), name), Form.RTF, notes=tuple(notes))
