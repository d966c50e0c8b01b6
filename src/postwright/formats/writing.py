"""A settled text to the bytes of a format: the one door of all writers. Heavy writers load when they are asked for."""

import re
from typing import TYPE_CHECKING

from postwright.domain.errors import UsageProblem
from postwright.domain.house import LOOKS_PENDING
from postwright.formats.tokens import body_of, template_lines
from postwright.reading.screening.hidden import HIDDEN

if TYPE_CHECKING:
    from postwright.formats.stated import Given

FORMATS = ("md", "html", "docx", "txt", "jsonld")
_TEMPLATE = re.compile(r"\{\{.{0,300}?\}\}|\{%.{0,300}?%\}|<%.{0,300}?%>", re.DOTALL)


def written(text: str, path: str, to: str, *, converted: bool = False, given: "Given | None" = None) -> bytes:
    """The text in one of FORMATS. Markdown keeps its bytes; `converted` leaves out the front matter that we made.

    Raises UsageProblem for text with pending marks, PostingUnreadable when an extra is not installed, ValueError for
    an unknown format.
    """
    refuse_pending(text, path)
    if to == "md":
        return (body_of(text, path)[1].lstrip() if converted else text).encode("utf-8", "surrogatepass")
    if to == "html":
        from postwright.formats.to_html import html_page  # noqa: PLC0415 - only who writes it pays for it

        return html_page(text, path).encode("utf-8", "replace")
    if to == "docx":
        from postwright.formats.to_docx import docx_bytes  # noqa: PLC0415 - as above

        return docx_bytes(text, path)
    if to == "txt":
        from postwright.formats.to_text import plain_text  # noqa: PLC0415 - as above

        return plain_text(text, path).encode("utf-8", "replace")
    if to == "jsonld":
        from postwright.formats.to_jsonld import job_posting  # noqa: PLC0415 - as above

        return job_posting(text, path, given).text.encode("utf-8", "replace")
    msg = f"unknown format {to!r}"
    raise ValueError(msg)


def refuse_pending(text: str, path: str) -> None:
    """The last look before a text leaves: whatever a file of ours says of its decisions. Raises UsageProblem."""
    if LOOKS_PENDING.search(HIDDEN.sub("", text)):
        raise UsageProblem(f"{path} holds pending marks", hint=f"postwright settle {path}")


def notes_of(text: str, path: str, to: str) -> tuple[str, ...]:
    """What a reader of the written file will miss, in plain words: a template is filled in by its site only."""
    if to == "md":
        return ()
    posting, body = body_of(text, path)
    lines, tags = template_lines(posting), _TEMPLATE.findall(body)
    notes = []
    if lines:
        notes.append(f"{len(lines)} template lines were left out: only your site fills them in")
    if tags:
        notes.append(f"{len(tags)} template tags stay as they are: only your site fills them in ({tags[0][:40]})")
    return tuple(notes)
