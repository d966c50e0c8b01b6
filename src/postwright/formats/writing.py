"""A settled text to the bytes of a format: the one door of all writers. Heavy writers load when they are asked for."""

from postwright.formats.tokens import body_of

FORMATS = ("md", "html", "docx", "txt", "jsonld")


def written(text: str, path: str, to: str, *, converted: bool = False) -> bytes:
    """The text in one of FORMATS. Markdown keeps its bytes; `converted` leaves out the front matter that we made.

    Raises PostingUnreadable when an extra is not installed, ValueError for an unknown format.
    """
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

        return job_posting(text, path).text.encode("utf-8", "replace")
    msg = f"unknown format {to!r}"
    raise ValueError(msg)
