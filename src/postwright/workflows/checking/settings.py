"""Which settings hold for a file: the nearest config above it, and over it what the command line says."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from postwright.domain.config import Config
from postwright.domain.errors import UsageProblem
from postwright.storage.config import find_config, load_config
from postwright.workflows.checking.globs import any_matches, matches


class Overrides(NamedTuple):
    """What the command line says. Empty: what the config says. `select` replaces the config's, `ignore` adds to it."""

    config: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = ""
    as_of: str = ""
    baseline: Path | None = None


class Settings:
    """The config of each file. `known` are the ids and families of all rules, `today` an ISO date."""

    def __init__(self, overrides: Overrides, known: Iterable[str], today: str) -> None:
        self._overrides = overrides
        self._known = frozenset(known)
        self._today = today
        self._by_folder: dict[Path, Config] = {}
        self._by_config: dict[Path | None, Config] = {}
        for option, names in (("--select", overrides.select), ("--ignore", overrides.ignore)):
            self._must_be_known(option, names)

    def of(self, path: Path) -> Config:
        """The settings of a file, or of a folder's files. Raises UsageProblem for a config with mistakes."""
        folder = path if path.is_dir() else path.parent
        if folder not in self._by_folder:
            found = self._overrides.config or find_config(folder)
            if found not in self._by_config:
                self._by_config[found] = self._effective(found)
            self._by_folder[folder] = self._by_config[found]
        return self._by_folder[folder]

    def _effective(self, path: Path | None) -> Config:
        config = load_config(path, self._known) if path else Config()
        said = self._overrides
        named = said.baseline or (path.parent / config.baseline if path and config.baseline else None)
        return replace(
            config,
            where=str(path.absolute()) if path else "",
            select=said.select or config.select,
            ignore=(*config.ignore, *said.ignore),
            fail_on=said.fail_on or config.fail_on,
            as_of=said.as_of or config.as_of or self._today,
            baseline=str(named.absolute()) if named else "",
        )

    def _must_be_known(self, option: str, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._known:
                from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

                near = get_close_matches(name, self._known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else "postwright rules lists all rules"
                raise UsageProblem(f"{option} names no rule: {name!r}", hint=hint)


def top_of(config: Config) -> Path:
    """The folder that a config's globs start from: its own, or the current one."""
    return Path(config.where).parent if config.where else Path.cwd()


def place_in(top: Path, path: Path) -> str:
    """The path relative to a folder, with "/"."""
    try:
        relative = os.path.relpath(path, top)
    except ValueError:  # another drive
        relative = str(path.absolute())
    return relative.replace(os.sep, "/")


def excluded(place: str, config: Config) -> bool:
    """True for what the config calls no posting."""
    return any_matches(place, config.exclude)


def ignored_in(place: str, config: Config) -> tuple[str, ...]:
    """Rules and families that do not hold for the file at `place`."""
    per_file: Mapping[str, tuple[str, ...]] = config.per_file_ignores
    return (*config.ignore, *(name for glob, names in per_file.items() if matches(place, glob) for name in names))


def as_toml(config: Config) -> list[str]:
    """The settings that `check` uses, one line each, as the config file would say them."""
    single = {"fail-on": config.fail_on, "as-of": config.as_of, "baseline": config.baseline}
    many = {
        "select": config.select,
        "ignore": config.ignore,
        "exclude": config.exclude,
        "vocabulary": config.vocabulary,
        "provided-elsewhere": config.provided_elsewhere,
        "lock": config.lock,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in single.items()]
    lines += [f"{key} = {json.dumps(values)}" for key, values in many.items()]
    if config.per_file_ignores:
        lines.append("[per-file-ignores]")
        lines += [f"{json.dumps(glob)} = {json.dumps(names)}" for glob, names in config.per_file_ignores.items()]
    return lines
