"""A checked file made by hand, for tests of what is shown."""

from dataclasses import replace

from postwright.domain.checked import CheckedFile, Place, Remark, Standing, Totals
from postwright.domain.finding import Finding, Severity
from postwright.domain.posting import Span
from postwright.reports.findings import FindingsReport

FINDING = Finding(
    rule="native-speaker",
    severity=Severity.ERROR,
    unit="u2",
    span=Span(10, 32),
    quote="Native English speaker",
    why="A native speaker is somebody of a certain origin.",
    fix="Name the level and the duty.",
    group="native speakers",
)
REMARK = Remark(FINDING, Place(3, 1, 3, 23), "00112233445566aa", fails=True)


def remark(
    standing: Standing = Standing.NEW,
    *,
    quote: str = FINDING.quote,
    why: str = FINDING.why,
    rule: str = FINDING.rule,
    severity: Severity = FINDING.severity,
    replacement: str | None = None,
    reason: str = "",
) -> Remark:
    """The remark above with other words or another standing."""
    finding = replace(FINDING, quote=quote, why=why, rule=rule, severity=severity, replacement=replacement)
    return REMARK._replace(finding=finding).standing_as(standing, reason)


def shown(report: FindingsReport, *files: CheckedFile) -> str:
    """All that a report prints for these files."""
    totals = Totals()
    pieces = [report.opening()]
    for checked in files:
        totals.add(checked)
        pieces.append(report.file(checked))
    return "".join([*pieces, report.closing(totals)])
