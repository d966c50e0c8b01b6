"""Findings as JSON, one file of the tree a line. The shape is docs/check-json.md; `version` changes when it does."""

import json

from postwright import __version__
from postwright.domain.checked import CheckedFile, Remark, Standing, Totals
from postwright.domain.finding import Severity
from postwright.reports.findings.totals import by_rule

VERSION = 1


def dumped(value: object) -> str:
    """JSON in plain ASCII: no terminal and no build server finds an order in it."""
    return json.dumps(value, ensure_ascii=True).replace("\x7f", "\\u007f").replace("##[", "\\u0023#[")


class Report:
    def __init__(self) -> None:
        self._first = True

    def opening(self) -> str:
        return f'{{"version": {VERSION}, "postwright": {dumped(__version__)}, "files": ['

    def file(self, checked: CheckedFile) -> str:
        before = "\n" if self._first else ",\n"
        self._first = False
        return before + dumped(_file(checked))

    def closing(self, totals: Totals) -> str:
        return f'\n], "summary": {dumped(_summary(totals))}}}\n'


def _file(checked: CheckedFile) -> dict[str, object]:
    return {
        "path": checked.path,
        "as_of": checked.as_of,
        "page": checked.page,
        "failure": {"says": checked.failure, "hint": checked.hint} if checked.failure else None,
        "notes": list(checked.notes),
        "fixes": checked.change.fixes if checked.change else 0,
        "findings": [_finding(remark) for remark in checked.remarks],
    }


def _finding(remark: Remark) -> dict[str, object]:
    finding, place = remark.finding, remark.place
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "standing": remark.standing.value,
        "fails": remark.fails,
        "reason": remark.reason,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "start": finding.span.start,
        "end": finding.span.end,
        "unit": finding.unit,
        "quote": finding.quote,
        "why": finding.why,
        "fix": finding.fix,
        "replacement": finding.replacement,
        "layer": finding.layer.value if finding.layer else "",
        "group": finding.group,
        "fingerprint": remark.fingerprint,
    }


def _summary(totals: Totals) -> dict[str, object]:
    return {
        "files": totals.files,
        "pages": totals.pages,
        "failed": totals.failed,
        "new": {severity.value: totals.new[severity] for severity in Severity},
        "baselined": totals.standing[Standing.BASELINED],
        "ignored": totals.standing[Standing.IGNORED],
        "fails": totals.fails,
        "fixed": totals.fixed,
        "gone": totals.gone,
        "rules": {rule: {"new": new, "baselined": base, "ignored": off} for rule, new, base, off in by_rule(totals)},
    }
