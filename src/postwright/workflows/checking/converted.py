"""Files of other formats as postings: read through their converter, each posting by its own name."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from postwright.formats.text import CONVERTED_SUFFIXES
from postwright.storage.files import read_bytes, shown

_MAY_BE_ANYTHING = frozenset({".json", ".jsonld"})
PASSED_OVER = "passed over; name them one by one, or add --all-formats"
_MANY = _MAY_BE_ANYTHING | {".html", ".htm"}
"""Formats of which one file can hold many postings."""


class Converted(NamedTuple):
    """A posting of a file that is no text. `place` is the path that names it: the file's, with its id for one of many.

    `notes` say what was left out.
    """

    place: Path
    text: str
    notes: tuple[str, ...] = ()


def is_converted(path: Path) -> bool:
    """True for a file whose postings are read through a converter, by its suffix."""
    return path.suffix.lower() in CONVERTED_SUFFIXES


def holds_many(path: Path) -> bool:
    return path.suffix.lower() in _MANY


def may_be_anything(path: Path) -> bool:
    """True for JSON: most of it in a folder has nothing to do with jobs, and is no failure."""
    return path.suffix.lower() in _MAY_BE_ANYTHING


def converted(file: Path) -> Iterator[Converted]:
    """The postings in a file of another format. Raises PostingUnreadable."""
    from postwright.formats.reading import read_sources  # noqa: PLC0415 - only who names such a file pays for it
    from postwright.formats.source import LARGEST_FILE  # noqa: PLC0415 - as above

    for source in read_sources(read_bytes(file, limit=LARGEST_FILE), shown(file)):
        yield Converted(file / source.key if source.key else file, source.text, source.notes)


def file_of(place: Path) -> Path:
    """The file of a posting that a path names: the path itself, or what holds one of many."""
    return place.parent if place.parent.is_file() else place
