"""Which files of a folder may be postings."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from postwright.domain.errors import PostingUnreadable
from postwright.formats.text import CONVERTED_SUFFIXES
from postwright.storage.files import shown
from postwright.storage.workplace import PRODUCTS, is_own_product

SUFFIXES = (".md", ".markdown", ".mdx", ".txt")
_NOT_ENTERED = frozenset({"node_modules", "__pycache__", "site-packages"})
_CONVERTED = tuple(CONVERTED_SUFFIXES)
_OF_A_SITE = (".json", ".jsonld", ".html", ".htm")
"""Suffixes of a site's own files: that they were passed over says nothing."""
_VENV = "pyvenv.cfg"


def files_of(
    path: Path, *, all_formats: bool = False, others: "Counter[str] | None" = None
) -> Iterator[Path | PostingUnreadable]:
    """The text files under a folder in the order of their names, or the path itself when it is no folder.

    With `all_formats` also files that are read through a converter; else `others` counts them by suffix.

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
                yield from files_of(path / entry.name, all_formats=all_formats, others=others)
        else:
            yield from _file(path / entry.name, entry, all_formats=all_formats, others=others)


def _file(path: Path, entry: "os.DirEntry[str]", *, all_formats: bool, others: "Counter[str] | None") -> Iterator[Path]:
    """The file, if it is to be read; what is of another format may only be counted."""
    name = entry.name.lower()
    if name.endswith(SUFFIXES):
        if not _is_folder(entry) and not _is_product(path):
            yield path
    elif name.endswith(_CONVERTED) and not _is_folder(entry):
        if all_formats:
            yield path
        elif others is not None and not name.endswith(_OF_A_SITE):
            others[name[name.rindex(".") :]] += 1


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """True for a link to a folder. A loop of links is none: reading it says what is wrong."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_product(path: Path) -> bool:
    return path.name in PRODUCTS and is_own_product(path)  # the second costs system calls, the first does not
