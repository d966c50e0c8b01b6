"""Opens what a person names: a file of one posting, a file of many, or one posting of a file (`board.json/4711`)."""

import sys
from dataclasses import dataclass
from pathlib import Path

from postwright.cli.boundary import printable
from postwright.domain.errors import PostingUnreadable, StaleDraft, UsageProblem
from postwright.domain.review import Review
from postwright.formats.reading import is_converted, read_sources
from postwright.formats.source import LARGEST_FILE, Form, Source
from postwright.formats.text import decode
from postwright.storage.files import READ_LIMIT, read_bytes, shown
from postwright.storage.workplace import WorkFiles

STDIN = Path("stdin.md")
"""What a posting from standard input is called."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One posting. `place` is the path that names it, and that its work files lie under; `file` is the real file."""

    place: Path
    source: Source
    file: Path

    @property
    def name(self) -> str:
        """The place as it may be shown and kept: a name in the file system need be no text."""
        return shown(self.place)


def open_postings(file: Path) -> tuple[Opened, ...]:
    """The postings that a path names; `-` is standard input. Raises PostingUnreadable and UsageProblem."""
    if str(file) == "-":
        return (Opened(STDIN, Source(decode(_piped(), "stdin"), Form.TEXT), STDIN),)
    if (within := file.parent).is_file() and is_converted(within.name):
        for opened in open_postings(within):
            if opened.place == file:
                return (opened,)
        raise UsageProblem(f"{shown(within)} holds no posting {printable(file.name)!r}", hint="check its id")
    if file.is_dir():
        name = shown(file)
        raise UsageProblem(f"{name} is a folder", hint=f"postwright batch {name}, or name files")
    limit = LARGEST_FILE if is_converted(file.name) else READ_LIMIT
    sources = read_sources(read_bytes(file, limit=limit), shown(file))
    return tuple(Opened(file / source.key if source.key else file, source, file) for source in sources)


def _piped() -> bytes:
    data = sys.stdin.buffer.read(READ_LIMIT + 1)
    if len(data) > READ_LIMIT:
        raise PostingUnreadable(f"stdin holds more than {READ_LIMIT:,} bytes", hint="pipe one posting at a time")
    return data


def open_posting(file: Path) -> Opened:
    """The one posting that a path names. Raises UsageProblem when there are many."""
    opened = open_postings(file)
    if len(opened) > 1:
        raise UsageProblem(f"{shown(file)} holds {len(opened)} postings", hint=f"name one, e.g. {opened[0].place}")
    return opened[0]


def refuse_stale(opened: Opened, review: Review, work: WorkFiles) -> None:
    """Neither the posting nor the draft may have changed under the review. Raises StaleDraft."""
    if opened.source.digest != review.digest:
        raise StaleDraft(f"{shown(opened.place)} changed since its draft was made", hint="run rewrite again")
    if review.draft is None or not work.draft.exists():
        return
    if read_bytes(work.draft).decode("utf-8", "replace") != review.draft.text:
        raise StaleDraft(
            f"{shown(work.draft)} was edited by hand",
            hint='use settle --with "edit N: ..." instead, or run rewrite again',
        )
