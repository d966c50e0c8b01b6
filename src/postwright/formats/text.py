"""Bytes to text, strictly: a file that is not UTF-8 text is refused, not guessed at."""

from postwright.domain.errors import PostingUnreadable

CONVERTED_SUFFIXES = frozenset({".html", ".htm", ".docx", ".pdf", ".odt", ".rtf", ".json", ".jsonld"})
"""Files that are no text: their postings are read through a converter."""


def decode(data: bytes, name: str) -> str:
    """The text of a UTF-8 file, byte-order mark kept. Raises PostingUnreadable in one line."""
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PostingUnreadable(f"{name} is a binary file", hint="export the posting as Markdown or plain text")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PostingUnreadable(f"{name} is UTF-16 text", hint="save it as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PostingUnreadable(f"{name} is not UTF-8 text (line {line})", hint="save it as UTF-8") from error
    if not text.strip():
        raise PostingUnreadable(f"{name} is empty", hint="name a file with a job posting")
    return text
