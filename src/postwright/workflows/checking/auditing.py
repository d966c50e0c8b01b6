"""Reads the postings of folders and places each in its layer, offline."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from postwright.domain.config import Config
from postwright.domain.errors import PostwrightError
from postwright.domain.team import Aside, Placement
from postwright.formats.text import decode
from postwright.rules.placement import place
from postwright.storage.files import read_bytes, shown
from postwright.workflows.checking.converted import PASSED_OVER, converted, is_converted, may_be_anything
from postwright.workflows.checking.looking import look
from postwright.workflows.checking.settings import Settings, excluded, ignored_in, place_in, top_of
from postwright.workflows.checking.tree import files_of
from postwright.workflows.checking.workers import in_order


@dataclass(frozen=True, slots=True)
class _Task:
    path: Path
    config: Config
    text: str | None = None  # of a posting in a file of another format


def placed(
    paths: Iterable[Path], settings: Settings, *, processes: int = 0, all_formats: bool = False
) -> tuple[Placement | Aside, ...]:
    """Every posting under the paths in its layer, in the order of their names; the rest is named with its reason."""
    return tuple(in_order(_place, _tasks(paths, settings, all_formats=all_formats), processes))


def _tasks(paths: Iterable[Path], settings: Settings, *, all_formats: bool) -> Iterator[_Task | Aside]:
    seen: set[str] = set()
    for path in paths:
        others: Counter[str] = Counter()
        for found in files_of(path, all_formats=all_formats, others=others):
            if isinstance(found, PostwrightError):
                yield Aside(shown(path), found.says, failed=True)
                continue
            if (whole := str(found.absolute())) in seen:
                continue
            seen.add(whole)
            config = settings.of(found)
            left_out = excluded(place_in(top_of(config), found), config)
            if left_out:
                yield Aside(shown(found), "Left out by the config.")
            elif is_converted(found):
                yield from _converted(_Task(found, config), alone=found == path)
            else:
                yield _Task(found, config)
        yield from (Aside(shown(path), f"{number} {suffix} files: {PASSED_OVER}") for suffix, number in others.items())


def _converted(task: _Task, *, alone: bool) -> Iterator[_Task | Aside]:
    """The postings of a file of another format. JSON in a folder that is no export is passed over."""
    try:
        for posting in converted(task.path):
            yield replace(task, path=posting.place, text=posting.text)
    except PostwrightError as error:
        if alone or not may_be_anything(task.path):
            yield Aside(shown(task.path), error.says, failed=True)


def _place(task: _Task | Aside) -> Placement | Aside:
    """One file. What goes wrong with it is said in its place, so that the others are audited."""
    if isinstance(task, Aside):
        return task
    name = shown(task.path)
    try:
        text = task.text
        if text is None:
            data = read_bytes(task.path)
            if not data.strip():
                return Aside(name, "The file is empty.")
            text = decode(data, name)
        looked = look(text, name, task.config, ignored_in(place_in(top_of(task.config), task.path), task.config))
    except PostwrightError as error:
        return Aside(name, error.says, failed=True)
    found = place(looked.posting, (f for f in looked.findings if f not in looked.aside))
    return replace(found, path=name)
