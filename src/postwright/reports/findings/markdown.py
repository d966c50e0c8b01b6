"""Findings as a Markdown page: the summary of a build, or a comment on a pull request."""

import re

from postwright.domain.checked import CheckedFile, Remark, Standing, Totals
from postwright.domain.finding import Severity
from postwright.reports.findings.totals import asides, by_rule, summary
from postwright.reports.findings.visible import quoted, visible

MOST_ROWS = 200
"""A job summary holds a megabyte, and no reader more rows than these."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~@:&$-])")
_MARKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


class Report:
    """Keeps the gravest rows until the end, so that the totals can stand first."""

    def __init__(self) -> None:
        self._rows: dict[Severity, list[str]] = {severity: [] for severity in Severity}
        self._failures: list[str] = []
        self._left_out = 0

    def opening(self) -> str:
        return ""

    def file(self, checked: CheckedFile) -> str:
        if checked.failure:
            self._failures.append(f"- {literal(checked.failure)}: {literal(checked.hint)}")
        for remark in checked.remarks:
            if remark.standing is Standing.NEW:
                self._keep(checked.path, remark)
        return ""

    def _keep(self, path: str, remark: Remark) -> None:
        rows = self._rows[remark.finding.severity]
        if len(rows) < MOST_ROWS:
            rows.append(_row(path, remark))
        else:
            self._left_out += 1

    def closing(self, totals: Totals) -> str:
        rows = [row for severity in Severity for row in self._rows[severity]]
        left_out = self._left_out + max(0, len(rows) - MOST_ROWS)
        lines = ["## Postwright", "", summary(totals), "", *self._failures]
        if rows:
            lines += ["", "| | where | rule | quote | why | fix |", "|---|---|---|---|---|---|", *rows[:MOST_ROWS]]
        if left_out:
            lines += ["", f"and {left_out:,} more."]
        if totals.rules:
            lines += ["", "| rule | new | baselined | ignored |", "|---|---|---|---|"]
            lines += [f"| {rule} | {new} | {base} | {aside} |" for rule, new, base, aside in by_rule(totals)]
        lines += ["", *(f"- {literal(aside)}" for aside in asides(totals))]
        return "\n".join(lines).rstrip("\n") + "\n"


def literal(text: str) -> str:
    """Foreign text that Markdown shows as it is: no link, image, mention, HTML or table cell of its own."""
    escaped = _SPECIAL.sub(r"\\\1", visible(text)).replace(r"\<", "&lt;").replace(r"\&", "&amp;")
    # Mentions and links without marks are found in the finished text, so a backslash does not stop them.
    return escaped.replace(r"\@", "@&#8203;").replace("www.", "www&#8203;.")


def code(text: str) -> str:
    """Foreign text as a code span inside a table."""
    return "`" + visible(text).replace("`", "'").replace("|", r"\|") + "`" if text.strip() else ""


def _row(path: str, remark: Remark) -> str:
    finding, place = remark.finding, remark.place
    cells = [
        _MARKS[finding.severity],
        code(f"{path}:{place.line}:{place.column}"),
        finding.rule,
        code(quoted(finding.quote)),
        literal(finding.why),
        literal(finding.fix),
    ]
    return f"| {' | '.join(cells)} |"
