"""What an evaluation leaves behind: one small JSON file for each prompt (and, if live, each model), kept in git."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evaluation.cases import RULES
from evaluation.measuring import Result, group_of
from evaluation.metrics import Values
from evaluation.recordings import Kind
from postwright import __version__
from postwright.domain.errors import UsageProblem
from postwright.storage.files import write_text

FOLDER = Path(__file__).parent / "results"
GROUPS = (Kind.CAREFUL.value, Kind.EAGER.value, Kind.SLOPPY.value, Kind.API.value, RULES)
"""The sets of results, in the order in which they are shown. They are never added up."""


@dataclass(frozen=True, slots=True)
class Head:
    """Under what the results were measured. `live`: the API was asked; else recorded replies were played."""

    fingerprint: str
    version: str  # of postwright
    model: str  # asked, or whose prices count
    live: bool
    day: str  # ISO date
    commit: str
    complete: bool = True

    @property
    def name(self) -> str:
        return f"{self.fingerprint}.{self.model}" if self.live else self.fingerprint


@dataclass(frozen=True, slots=True)
class Results:
    """The measures of all cases by set and name."""

    head: Head
    groups: Mapping[str, Mapping[str, Values]]
    failed: Mapping[str, str]  # case -> why there is no draft


def head_of(fingerprint: str, model: str, *, live: bool, complete: bool = True) -> Head:
    day = datetime.now(UTC).date().isoformat()
    return Head(fingerprint, __version__, model, live, day, commit(), complete)


def commit() -> str:
    """The code's commit, with a plus when files differ from it; "unknown" outside of git."""
    here = Path(__file__).parent
    commands = (["git", "rev-parse", "--short=12", "HEAD"], ["git", "status", "--porcelain", "-uno"])
    try:
        said = [subprocess.run(c, cwd=here, capture_output=True, text=True, check=True) for c in commands]
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return said[0].stdout.strip() + ("+" if said[1].stdout.strip() else "")


def gathered(head: Head, results: Iterable[Result]) -> Results:
    """Results by set. A result heard from the API is of the set of its own."""
    groups: dict[str, dict[str, Values]] = {name: {} for name in GROUPS}
    failed: dict[str, str] = {}
    for result in results:
        group = group_of(result)
        if head.live and result.heard:
            group = Kind.API.value
        if result.values:
            groups[group][result.case.name] = _rounded(result.values)
        if result.failed:
            failed[result.case.name] = result.failed
    return Results(head, {name: cases for name, cases in groups.items() if cases}, failed)


def _rounded(values: Values) -> Values:
    """Without what a case does not have: a missing value reads as none."""
    return {name: round(value, 4) for name, value in values.items() if value is not None}


def save(results: Results, folder: Path = FOLDER) -> tuple[Path, bool]:
    """Where the results are kept, and whether they were written: the same measures again leave the file alone."""
    path = folder / f"{results.head.name}.json"
    text = to_json(results)
    if path.is_file() and _same(path, results):
        return path, False
    folder.mkdir(parents=True, exist_ok=True)
    write_text(path, text)
    return path, True


def _same(path: Path, results: Results) -> bool:
    try:
        before = load(path)
    except UsageProblem:
        return False
    return (before.groups, before.failed, before.head.complete) == (
        results.groups,
        results.failed,
        results.head.complete,
    )


def to_json(results: Results) -> str:
    """JSON with a line for each case, so that a change of one reads as one in a diff."""
    head = results.head
    top = {
        "fingerprint": head.fingerprint,
        "version": head.version,
        "model": head.model,
        "live": head.live,
        "day": head.day,
        "commit": head.commit,
        "complete": head.complete,
    }
    lines = [f' "{name}": {json.dumps(value)},' for name, value in top.items()]
    lines.append(f' "failed": {json.dumps(results.failed)},')
    groups = []
    for group, cases in results.groups.items():
        rows = ",\n".join(f"   {json.dumps(name)}: {json.dumps(values)}" for name, values in sorted(cases.items()))
        groups.append(f'  "{group}": {{\n{rows}\n  }}')
    return "\n".join(["{", *lines, ' "groups": {', ",\n".join(groups), " }", "}", ""])


def load(path: Path) -> Results:
    """Results as they were saved. Raises UsageProblem for anything else."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        names = ("fingerprint", "version", "model", "live", "day", "commit", "complete")
        return Results(Head(*(data[name] for name in names)), data["groups"], data["failed"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageProblem(f"{path.name} holds no results", hint="name a file that `poe eval` wrote") from error


def find(name: str, folder: Path = FOLDER) -> Results:
    """Results by file or by the beginning of a fingerprint. Raises UsageProblem for none or several."""
    if (path := Path(name)).is_file():
        return load(path)
    found = sorted(folder.glob(f"{name}*.json")) if name.isalnum() or "." in name else []
    if len(found) == 1:
        return load(found[0])
    known = ", ".join(path.stem for path in sorted(folder.glob("*.json"))) or "none yet"
    how_many = "several results begin" if found else "no results begin"
    raise UsageProblem(f"{how_many} with {name!r}", hint=f"known: {known}")
