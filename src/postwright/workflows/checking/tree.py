"""Which files of a folder may be postings."""

import os
from collections.abc import Iterator
from pathlib import Path

from postwright.domain.errors import PostingUnreadable
from postwright.storage.files import shown
from postwright.storage.workplace import PRODUCTS, is_own_product

SUFFIXES = (".md", ".markdown", ".mdx", ".txt")
_NOT_ENTERED = frozenset({"node_modules", "__pycache__", "site-packages"})
_VENV = "pyvenv.cfg"


def files_of(path: Path) -> Iterator[Path | PostingUnreadable]:
    """The text files under a folder in the order of their names, or the path itself when it is no folder.

    Hidden folders, virtual environments, node_modules and what Postwright wrote are left out. Links to folders are
    not followed. A folder that cannot be listed comes as the error that says so.
    """
    if not path.is_dir():
        if not is_own_product(path):
            yield path
        return
    try:
        with os.scandir(path) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        yield PostingUnreadable(f"{shown(path)} cannot be listed: {reason}", hint="check its permissions")
        return
    if any(entry.name == _VENV for entry in entries):
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name not in _NOT_ENTERED:
                yield from files_of(path / entry.name)
        elif entry.name.lower().endswith(SUFFIXES) and not _is_folder(entry) and not _is_product(path / entry.name):
            yield path / entry.name


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """True for a link to a folder. A loop of links is none: reading it says what is wrong."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_product(path: Path) -> bool:
    return path.name in PRODUCTS and is_own_product(path)  # the second costs system calls, the first does not
