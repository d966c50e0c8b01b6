"""A file's bytes to its postings: the one door of all readers. Heavy readers load when their format is met."""

from dataclasses import replace
from pathlib import PurePath

from postwright.domain.errors import PostingUnreadable
from postwright.formats.source import Form, Source
from postwright.formats.text import CONVERTED_SUFFIXES, decode

TEXT_SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".txt", ".text", ""})
UNSEEN = "the text is from the page's data (JSON-LD), which its readers do not see"
_LEAST_TEXT = 200
"""Characters. A page that shows less keeps its posting in its JSON-LD."""


def is_converted(name: str) -> bool:
    """True for a file whose postings are read through a converter, by its suffix."""
    return PurePath(name).suffix.lower() in CONVERTED_SUFFIXES


def read_sources(data: bytes, name: str) -> tuple[Source, ...]:
    """The postings in a file: one, or many for a board's JSON. `name` is only shown, and its suffix read.

    Text formats come out byte for byte; all others as Markdown. Raises PostingUnreadable in one line: not the
    format it claims to be, a scan, a password, too large, or an extra that is not installed.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in CONVERTED_SUFFIXES:
        if suffix == ".doc":
            raise PostingUnreadable(f"{name} is an old Word file", hint="save it as .docx")
        return (Source(decode(data, name), Form.TEXT),)
    if not data.strip():
        raise PostingUnreadable(f"{name} is empty", hint="name a file with a job posting")
    if suffix in {".json", ".jsonld"}:
        return _json(data, name)
    if suffix in {".html", ".htm"}:
        return _page(data, name)
    return (_document(suffix, data, name),)


def _document(suffix: str, data: bytes, name: str) -> Source:
    if suffix == ".docx":
        from postwright.formats.word import read_docx  # noqa: PLC0415 - only who reads Word pays for it

        return read_docx(data, name)
    if suffix == ".pdf":
        from postwright.formats.pdf import read_pdf  # noqa: PLC0415 - as above

        return read_pdf(data, name)
    from postwright.formats.office import read_odt, read_rtf  # noqa: PLC0415 - as above

    return read_odt(data, name) if suffix == ".odt" else read_rtf(data, name)


def _page(data: bytes, name: str) -> tuple[Source, ...]:
    from postwright.formats.html_page import decoded, read_html  # noqa: PLC0415 - as above
    from postwright.formats.linked_data import in_page, linked_sources  # noqa: PLC0415 - as above
    from postwright.formats.source import bounded  # noqa: PLC0415 - as above

    nodes = in_page(bounded(decoded(data), name), name)
    try:
        source = read_html(data, name)
    except PostingUnreadable:
        if not nodes:
            raise
        return _unseen(linked_sources(nodes, name))
    if not nodes or len(source.text) >= _LEAST_TEXT:
        return (source,)
    return _unseen(linked_sources(nodes, name), source.notes)


def _unseen(sources: tuple[Source, ...], notes: tuple[str, ...] = ()) -> tuple[Source, ...]:
    """Postings from a page's data, which its readers need not see: it may say anything, and that is told."""
    return tuple(replace(source, notes=(*source.notes, UNSEEN, *notes)) for source in sources)


def _json(data: bytes, name: str) -> tuple[Source, ...]:
    from postwright.formats.boards import board  # noqa: PLC0415 - as above
    from postwright.formats.json_values import loaded  # noqa: PLC0415 - as above
    from postwright.formats.linked_data import job_postings, linked_sources  # noqa: PLC0415 - as above

    value = loaded(decode(data, name).removeprefix("\ufeff"), name)
    if nodes := job_postings(value):
        return linked_sources(nodes, name)
    if (sources := board(value, name)) is not None:
        return sources
    raise PostingUnreadable(
        f"{name} is JSON of an unknown shape",
        hint="known are exports of Greenhouse, Lever, Ashby, Workday and Remotive, and schema.org JobPosting",
    )
