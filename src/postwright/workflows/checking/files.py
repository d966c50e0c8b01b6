"""Checks files: finds them, judges each under its settings, mends what is safe, and asks the baseline what is new."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from postwright.domain.checked import Change, CheckedFile
from postwright.domain.config import Config
from postwright.domain.errors import PostwrightError
from postwright.formats.text import CONVERTED_SUFFIXES, decode
from postwright.storage.files import read_bytes, shown, write_bytes
from postwright.workflows.checking.baseline import Baselines
from postwright.workflows.checking.looking import look, mended
from postwright.workflows.checking.settings import Settings, excluded, ignored_in, place_in, top_of
from postwright.workflows.checking.tree import files_of
from postwright.workflows.checking.workers import in_order

EMPTY_PAGE = "The file is empty."


class Fixing(StrEnum):
    """What happens to safe fixes."""

    LEAVE = "leave"
    SHOW = "show"
    WRITE = "write"


class Task(NamedTuple):
    """One file to check under its settings. `text` is given for standard input and for what was converted."""

    path: Path
    name: str  # as shown
    place: str  # in the tree of its config
    config: Config
    fixing: Fixing = Fixing.LEAVE
    fingerprints: bool = True
    text: str | None = None
    notes: tuple[str, ...] = ()  # of a converter: what was left out


def check_one(task: Task) -> CheckedFile:
    """All that is said about one file. What goes wrong with it becomes its `failure`."""
    baseline = task.config.baseline
    key = place_in(Path(baseline).parent, task.path) if baseline else ""
    blank = CheckedFile(task.name, key, baseline, task.config.as_of, notes=task.notes)
    try:
        text = _text_of(task) if task.text is None else task.text
        if not text.strip():
            return blank._replace(page=EMPTY_PAGE)
        return _checked(text, task, blank)
    except PostwrightError as error:
        return blank._replace(failure=error.says, hint=error.hint)


def _text_of(task: Task) -> str:
    data = read_bytes(task.path)
    return decode(data, shown(task.path)) if data.strip() else ""


def _checked(text: str, task: Task, blank: CheckedFile) -> CheckedFile:
    config = task.config
    ignored = ignored_in(task.place, config)
    looked = look(text, task.name, config, ignored)
    change = None
    if task.fixing is not Fixing.LEAVE:
        after, fixes = mended(looked, task.name, config, ignored)
        change = Change(text, after.text, fixes) if fixes else None
        looked = after if task.fixing is Fixing.WRITE else looked
    if change and task.fixing is Fixing.WRITE and task.text is None:
        write_bytes(task.path, change.after.encode("utf-8"))
    remarks = looked.remarks(config.fail_on, fingerprints=task.fingerprints or bool(config.baseline))
    return blank._replace(remarks=tuple(remarks), notes=(*blank.notes, *looked.notes), page=looked.page, change=change)


class Checker:
    """Checks files and folders. Results come in order, one file at a time, so that memory stays flat."""

    def __init__(
        self,
        settings: Settings,
        *,
        fixing: Fixing = Fixing.LEAVE,
        fingerprints: bool = True,
        update_baseline: bool = False,
        processes: int = 0,
        leave_out: Iterable[Path] = (),
        all_formats: bool = False,
    ) -> None:
        self._settings = settings
        self._fixing = fixing
        self._fingerprints = fingerprints
        self._processes = processes
        self._seen = {str(path.absolute()) for path in leave_out}
        self.baselines = Baselines(update=update_baseline)
        self.excluded = 0
        self._all_formats = all_formats
        self.passed_over: Counter[str] = Counter()  # files of other formats in folders, by suffix

    def paths(self, paths: Iterable[Path]) -> Iterator[CheckedFile]:
        """Every file named, and every text file under a folder named, once."""
        for checked in in_order(_outcome, self._tasks(paths), self._processes):
            yield self._against_baseline(checked)

    def text(self, text: str, path: Path) -> CheckedFile:
        """A text that is in no file, under the settings that hold for `path`."""
        return self._against_baseline(check_one(self._task(path)._replace(text=text)))

    def _tasks(self, paths: Iterable[Path]) -> Iterator[Task | CheckedFile]:
        for path in paths:
            for found in files_of(path, all_formats=self._all_formats, others=self.passed_over):
                if isinstance(found, PostwrightError):
                    yield CheckedFile(shown(path), failure=found.says, hint=found.hint)
                    continue
                whole = str(found.absolute())
                if whole in self._seen:
                    continue
                self._seen.add(whole)
                task = self._task(found)
                if excluded(task.place, task.config):
                    self.excluded += 1
                elif found.suffix.lower() in CONVERTED_SUFFIXES:
                    yield from _converted(task, alone=found == path)
                else:
                    yield task

    def _task(self, path: Path) -> Task:
        config = self._settings.of(path)
        return Task(path, _shown(path), place_in(top_of(config), path), config, self._fixing, self._fingerprints)

    def _against_baseline(self, checked: CheckedFile) -> CheckedFile:
        return checked._replace(remarks=self.baselines.remarks(checked)) if checked.baseline else checked


def _converted(task: Task, *, alone: bool) -> Iterator[Task | CheckedFile]:
    """A task for each posting of a file of another format, which is never mended: we cannot write it back.

    JSON in a folder that is no export of jobs is passed over.
    """
    from postwright.workflows.checking.converted import converted, may_be_anything  # noqa: PLC0415 - seldom needed

    try:
        for posting in converted(task.path):
            name, place = _shown(posting.place), place_in(top_of(task.config), posting.place)
            yield task._replace(
                path=posting.place, name=name, place=place, text=posting.text, fixing=Fixing.LEAVE, notes=posting.notes
            )
    except PostwrightError as error:
        if alone or not may_be_anything(task.path):
            yield CheckedFile(task.name, failure=error.says, hint=error.hint)


def _outcome(task: Task | CheckedFile) -> CheckedFile:
    return task if isinstance(task, CheckedFile) else check_one(task)


def _shown(path: Path) -> str:
    """Relative to the current folder where it is inside, with "/"."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = str(path)
    name = str(path) if relative.startswith("..") else relative
    return name.replace(os.sep, "/")
