"""Which files of a folder are postings. What is passed over is named with its reason; other files are counted."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from postwright.domain.errors import PostwrightError
from postwright.storage.workplace import is_own_product
from postwright.workflows.checking.converted import converted, holds_many, is_converted, may_be_anything
from postwright.workflows.checking.tree import SUFFIXES

_NOT_ENTERED = frozenset({"node_modules", "__pycache__", "site-packages"})


@dataclass(frozen=True, slots=True)
class Found:
    """A posting to be read, by its path relative to the workplace's root; or, with a reason, one that is not.

    `failed` tells a file that should have been read from one that is left out on purpose.
    """

    path: str
    reason: str = ""
    failed: bool = False


@dataclass(slots=True)
class Walk:
    """One walk over a folder: postings in a stable order, and how many files have other suffixes."""

    root: Path
    src: Path
    out: Path  # never walked into
    excluded: Callable[[Path], bool] = lambda _: False  # by the config
    others: Counter[str] = field(default_factory=Counter)
    all_formats: bool = False  # also files that are read through a converter

    def __iter__(self) -> Iterator[Found]:
        yield from self._folder(self.src)

    def _folder(self, folder: Path) -> Iterator[Found]:
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield Found(self._name(folder), f"the folder cannot be read: {(error.strerror or '').lower()}", failed=True)
            return
        for entry in entries:
            yield from self._entry(entry)

    def _entry(self, entry: os.DirEntry[str]) -> Iterator[Found]:
        path = Path(entry.path)
        if entry.is_symlink():
            yield from self._link(path)
        elif entry.is_dir(follow_symlinks=False):
            if not (entry.name.startswith(".") or entry.name in _NOT_ENTERED or path == self.out):
                yield from self._folder(path)
        elif self.all_formats and is_converted(path):
            yield from self._converted(path)
        elif not self._is_posting(path):
            self.others[path.suffix.lower()] += 1
        elif not is_own_product(path):
            name = self._name(path)
            yield Found(name, "excluded by the config" if self.excluded(path) else "")

    def _converted(self, path: Path) -> Iterator[Found]:
        """The postings of a file of another format. JSON that is no export of jobs is counted as any other file."""
        name = self._name(path)
        if self.excluded(path):
            yield Found(name, "excluded by the config")
            return
        try:
            places = [posting.place for posting in converted(path)] if holds_many(path) else [path]
        except PostwrightError as error:
            if may_be_anything(path):
                self.others[path.suffix.lower()] += 1
            else:
                yield Found(name, error.says, failed=True)
            return
        yield from (Found(self._name(place)) for place in places)

    def _link(self, path: Path) -> Iterator[Found]:
        """Links are not followed: what they lead to is read in its own place, or is not ours to read."""
        name = self._name(path)
        try:
            target = path.resolve(strict=True)
            kind = target.stat().st_mode
        except (OSError, RuntimeError):  # RuntimeError: a loop, up to Python 3.12
            if self._is_posting(path):
                yield Found(name, "a link that leads nowhere", failed=True)
            return
        if stat.S_ISDIR(kind):
            yield Found(name, "a link to a folder")
        elif self._is_posting(path):
            inside = self.root in target.parents
            yield Found(name, "a link to another file here" if inside else "a link out of the folder")

    @staticmethod
    def _is_posting(path: Path) -> bool:
        return path.name.lower().endswith(SUFFIXES)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.root))
