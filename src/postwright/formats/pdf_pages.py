"""The text of a PDF's pages, read in a process of its own: pdfium unfolds forms in forms without bound, and may crash.

`python -m postwright.formats.pdf_pages NAME` takes the file on standard input and answers in JSON.
"""

import json
import subprocess
import sys
from contextlib import suppress

from postwright.domain.errors import PostingUnreadable
from postwright.formats.pdf_hidden import hide_unseen
from postwright.formats.pdf_objects import PdfPage
from postwright.formats.source import needed

MOST_PAGES = 60
_SECONDS = 30
_BYTES = 1_000_000_000
"""Of memory: a PDF of 60 pages with pictures takes a fifth."""


def pages_apart(data: bytes, name: str) -> tuple[list[str], int]:
    """The text of the pages, and how many words in them their readers do not see. Raises PostingUnreadable."""
    command = [sys.executable, "-P", "-m", __name__, name]  # -P: nothing is imported from where the file lies
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, OSError, ValueError) as error:
        says = f"{name} takes more time or memory than a posting can"
        raise PostingUnreadable(says, hint="export it anew from where it was made") from error
    if "says" in said:
        raise PostingUnreadable(said["says"], hint=said["hint"])
    return said["pages"], said["hidden"]


def pages_of(data: bytes, name: str) -> tuple[list[str], int]:
    """The same, in this process."""
    pdfium = needed("pypdfium2", "pdf", "reading PDF")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "assword" in str(error)
        says = f"{name} is protected by a password" if locked else f"{name} is no readable PDF"
        raise PostingUnreadable(says, hint="save it without a password" if locked else "export it anew") from error
    try:
        if len(document) > MOST_PAGES:
            raise PostingUnreadable(f"{name} has more than {MOST_PAGES} pages", hint="leave it out, or split it")
        read = [_text(page, name) for page in document]
        return [text for text, _ in read], sum(words for _, words in read)
    finally:
        document.close()


def _text(page: PdfPage, name: str) -> tuple[str, int]:
    page.set_rotation(0)  # else the lines of a rotated page come bottom up
    hidden = hide_unseen(page, name)
    text = page.get_textpage().get_text_range()
    return text.replace("\r\n", "\n").replace("\r", "\n"), hidden


def _bound() -> None:
    """Time and memory of this process; Windows knows no such bounds, and is left with the time of the other one."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not everywhere

        for what, most in ((resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_DATA, _BYTES)):
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))


def main() -> None:
    """What the process does."""
    _bound()
    try:
        pages, hidden = pages_of(sys.stdin.buffer.read(), sys.argv[1])
        said: dict[str, object] = {"pages": pages, "hidden": hidden}
    except PostingUnreadable as error:
        said = {"says": error.says, "hint": error.hint}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
