"""What `check` says about files: remarks with their place and standing, what could not be read, and the totals."""

from collections import Counter
from enum import StrEnum
from typing import NamedTuple

from postwright.domain.finding import Finding, Severity


class Standing(StrEnum):
    """Whether a remark counts. Only new ones can fail a run; none is ever dropped."""

    NEW = "new"
    BASELINED = "baselined"  # known since the baseline was written
    IGNORED = "ignored"  # by a comment in the text that gives a reason


class Place(NamedTuple):
    """Where a finding stands: lines and columns from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Remark(NamedTuple):
    """A finding with its place. `fingerprint` is the same wherever the same sentence stands."""

    finding: Finding
    place: Place
    fingerprint: str = ""
    standing: Standing = Standing.NEW
    reason: str = ""  # of an ignored one
    fails: bool = False  # new, and at or over the fail level of its file

    def standing_as(self, standing: Standing, reason: str = "") -> "Remark":
        return self._replace(standing=standing, reason=reason, fails=self.fails and standing is Standing.NEW)


class Change(NamedTuple):
    """A file before and after its safe fixes. `fixes` counts them."""

    before: str
    after: str
    fixes: int


class CheckedFile(NamedTuple):
    """What is said about one file. With `failure` nothing else is known about it."""

    path: str  # as shown: relative to the current folder where possible, with "/"
    key: str = ""  # its name in the baseline
    baseline: str = ""  # path of the baseline that holds for it
    as_of: str = ""  # ISO date that its date arithmetic counted from
    remarks: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()  # what could not be judged
    page: str = ""  # why this is no posting, in one sentence
    failure: str = ""
    hint: str = ""
    change: Change | None = None


class Totals:
    """The counts of a run, file by file."""

    def __init__(self) -> None:
        self.files = 0
        self.pages = 0
        self.failed = 0
        self.fixed = 0
        self.fails = 0  # new remarks at or over the fail level
        self.gone = 0  # remarks in the baseline that no longer occur in the files checked
        self.against_baseline = False
        self.new: Counter[Severity] = Counter()
        self.standing: Counter[Standing] = Counter()
        self.rules: dict[str, Counter[Standing]] = {}
        self.notes: Counter[str] = Counter()

    def add(self, checked: CheckedFile) -> None:
        self.files += 1
        self.failed += bool(checked.failure)
        self.pages += bool(checked.page)
        self.fixed += checked.change.fixes if checked.change else 0
        self.against_baseline = self.against_baseline or bool(checked.baseline)
        self.notes.update(checked.notes)
        for remark in checked.remarks:
            self.standing[remark.standing] += 1
            self.rules.setdefault(remark.finding.rule, Counter())[remark.standing] += 1
            self.fails += remark.fails
            if remark.standing is Standing.NEW:
                self.new[remark.finding.severity] += 1
