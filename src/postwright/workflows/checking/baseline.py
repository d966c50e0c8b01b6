"""Findings that were there before: a file that says which, so that only new ones count.

A finding is known by its rule and its sentence, not by its line: it survives moves within a file, new line breaks,
and a new name of the file. A sentence that is edited, or copied to another file, is new.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from postwright.domain.checked import CheckedFile, Remark, Standing
from postwright.domain.errors import UsageProblem
from postwright.storage.files import read_bytes, shown, write_text

NAME = ".postwright-baseline.json"
VERSION = 1
LARGEST = 50_000_000
"""Bytes."""
_HINT = "check --update-baseline writes it"

Known = Counter[tuple[str, str]]
"""How often a rule found something in a sentence: (rule id, fingerprint)."""


class Baseline:
    """One baseline file. Paths in it are relative to its folder."""

    def __init__(self, path: Path, files: Mapping[str, Known]) -> None:
        self._path = path
        self._top = path.parent
        self._before = dict(files)
        self._after: dict[str, Known] = {}
        self._orphans: Known | None = None
        self.gone = 0  # remarks that no longer occur in the files seen so far

    def sort_out(self, checked: CheckedFile) -> tuple[Remark, ...]:
        """The remarks of a file, those that the baseline knows marked so."""
        if checked.failure:
            self._after[checked.key] = self._before.get(checked.key, Counter())
            return checked.remarks
        counted = [remark for remark in checked.remarks if remark.standing is not Standing.IGNORED]
        self._after[checked.key] = Counter(_name(remark) for remark in counted)
        left = self._before.get(checked.key, Counter()).copy()
        remarks = tuple(self._judged(remark, left) for remark in checked.remarks)
        self.gone += left.total()
        return remarks

    def _judged(self, remark: Remark, left: Known) -> Remark:
        if remark.standing is Standing.IGNORED:
            return remark
        for known in (left, self._of_missing_files()):
            if known[_name(remark)] > 0:
                known[_name(remark)] -= 1
                return remark.standing_as(Standing.BASELINED)
        return remark

    def _of_missing_files(self) -> Known:
        """What was known of files that are no longer there: they may have a new name."""
        if self._orphans is None:
            self._orphans = Counter()
            for key, known in self._before.items():
                if not (self._top / key).exists():
                    self._orphans.update(known)
        return self._orphans

    def write(self) -> int:
        """Write what was found, files not seen this time as they were; returns how many findings it holds."""
        kept = {key: known for key, known in self._before.items() if (self._top / key).exists()}
        return write_baseline(self._path, kept | self._after)


def _name(remark: Remark) -> tuple[str, str]:
    return remark.finding.rule, remark.fingerprint


def write_baseline(path: Path, files: Mapping[str, Known]) -> int:
    """Write a baseline whole or not at all; returns how many findings it holds. Raises StorageFailed."""
    held = {key: _rules(known) for key, known in sorted(files.items()) if known.total()}
    write_text(path, json.dumps({"version": VERSION, "files": held}, indent=1) + "\n")
    return sum(known.total() for known in files.values())


def _rules(known: Known) -> dict[str, dict[str, int]]:
    out: dict[str, dict[str, int]] = {}
    for (rule, sentence), times in sorted(known.items()):
        out.setdefault(rule, {})[sentence] = times
    return out


def read_baseline(path: Path, *, may_be_missing: bool = False) -> Baseline:
    """The baseline in a file. Raises UsageProblem when it is no baseline or, unless it may be, missing."""
    if may_be_missing and not path.exists():
        return Baseline(path, {})
    raw = read_bytes(path, limit=LARGEST, failure=_Missing)
    try:
        return Baseline(path, dict(_entries(json.loads(raw))))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageProblem(f"{shown(path)} is no baseline of this version", hint=_HINT) from error


class _Missing(UsageProblem):
    """A baseline that the config names and that cannot be read."""

    def __init__(self, says: str, *, hint: str = "") -> None:
        super().__init__(says, hint=f"{hint}; {_HINT}")


def _entries(data: Mapping[str, object]) -> Iterator[tuple[str, Known]]:
    if data["version"] != VERSION:
        raise ValueError
    files = data["files"]
    if not isinstance(files, dict):
        raise TypeError
    for key, rules in files.items():
        yield key, Counter({(rule, sentence): int(n) for rule, known in rules.items() for sentence, n in known.items()})


class Baselines:
    """All baselines of a run, read when the first file of theirs comes."""

    def __init__(self, *, update: bool) -> None:
        self._update = update
        self._open: dict[str, Baseline] = {}

    def remarks(self, checked: CheckedFile) -> tuple[Remark, ...]:
        """The remarks of a file that has a baseline, those that it knows marked so."""
        known = self._open.get(checked.baseline)
        if known is None:
            known = read_baseline(Path(checked.baseline), may_be_missing=self._update)
            self._open[checked.baseline] = known
        return known.sort_out(checked)

    @property
    def gone(self) -> int:
        return sum(known.gone for known in self._open.values())

    def write(self) -> Iterable[tuple[str, int]]:
        """Write each baseline anew: its path, and how many findings it holds now."""
        return [(path, known.write()) for path, known in self._open.items()]
