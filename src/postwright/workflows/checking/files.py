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
from postwright.storage.cache import Cache
from postwright.storage.files import read_bytes, shown, write_bytes
from postwright.workflows.checking.baseline import Baselines
from postwright.workflows.checking.kept import Said, is_screened, keep, key_of, recalled
from postwright.workflows.checking.looking import Looked, look, mended
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
    cache: Cache | None = None  # what was said before about the same text

    @property
    def wants_fingerprints(self) -> bool:
        return self.fingerprints or bool(self.config.baseline)


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
    ignored, change = ignored_in(task.place, task.config), None
    if task.fixing is Fixing.LEAVE:
        said = _looked_up(text, task, ignored)
    else:
        said, change = _mended(text, task, ignored)
    return blank._replace(remarks=said.remarks, notes=(*blank.notes, *said.notes), page=said.page, change=change)


def _looked_up(text: str, task: Task, ignored: tuple[str, ...]) -> Said:
    """What was said about the same text before; else the text is judged now."""
    cache = task.cache
    if cache is None or not is_screened(task.config.select, ignored):
        return _said(look(text, task.name, task.config, ignored), task)
    key = key_of(text, Path(task.name).name, task.config, ignored, fingerprints=task.wants_fingerprints)
    said = recalled(cache, key)
    if said is None:
        said = _said(look(text, task.name, task.config, ignored), task)
        keep(cache, key, said)
    return said


def _mended(text: str, task: Task, ignored: tuple[str, ...]) -> tuple[Said, Change | None]:
    """What is said of the text as it will be, and its safe fixes, which are written where the task says so."""
    before = look(text, task.name, task.config, ignored)
    after, fixes = mended(before, task.name, task.config, ignored)
    change = Change(text, after.text, fixes) if fixes else None
    writes = task.fixing is Fixing.WRITE
    if change and writes and task.text is None:
        write_bytes(task.path, change.after.encode("utf-8"))
    return _said(after if writes else before, task), change


def _said(looked: Looked, task: Task) -> Said:
    remarks = looked.remarks(task.config.fail_on, fingerprints=task.wants_fingerprints)
    return Said(tuple(remarks), looked.notes, looked.page)


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

    def paths(self, paths: Iterable[Path], cache: Cache | None = None) -> Iterator[CheckedFile]:
        """Every file named, and every text file under a folder named, once. What `cache` knows is not judged again."""
        for checked in in_order(_outcome, self._tasks(paths, cache), self._processes):
            yield self._against_baseline(checked)

    def text(self, text: str, path: Path) -> CheckedFile:
        """A text that is in no file, under the settings that hold for `path`."""
        return self._against_baseline(check_one(self._task(path)._replace(text=text)))

    def _tasks(self, paths: Iterable[Path], cache: Cache | None) -> Iterator[Task | CheckedFile]:
        for path in paths:
            for found in files_of(path, all_formats=self._all_formats, others=self.passed_over):
                if isinstance(found, PostwrightError):
                    yield CheckedFile(shown(path), failure=found.says, hint=found.hint)
                    continue
                whole = str(found.absolute())
                if whole in self._seen:
                    continue
                self._seen.add(whole)
                task = self._task(found)._replace(cache=cache)
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
