"""Findings as GitHub workflow commands, which show as annotations in a pull request. Only new findings annotate."""

from postwright.domain.checked import CheckedFile, Remark, Standing, Totals
from postwright.domain.finding import Severity
from postwright.reports.findings.totals import summary
from postwright.reports.findings.visible import quoted, visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class Report:
    def opening(self) -> str:
        return ""

    def file(self, checked: CheckedFile) -> str:
        if checked.failure:
            says = f"{visible(checked.failure)}. {visible(checked.hint)}"
            return f"::error file={_property(checked.path)},title=postwright::{_message(says)}\n"
        new = (remark for remark in checked.remarks if remark.standing is Standing.NEW)
        return "".join(_command(checked.path, remark) for remark in new)

    def closing(self, totals: Totals) -> str:
        return f"{summary(totals)}\n"


def _command(path: str, remark: Remark) -> str:
    finding, place = remark.finding, remark.place
    says = f'"{quoted(finding.quote)}": {visible(finding.why)}\n{visible(finding.fix)}'
    where = f"file={_property(path)},line={place.line},endLine={place.end_line},col={place.column}"
    if place.end_line == place.line:  # GitHub ignores columns that span lines
        where += f",endColumn={place.end_column}"
    return f"::{_COMMANDS[finding.severity]} {where},title={_property(finding.rule)}::{_message(says)}\n"


def _message(text: str) -> str:
    return text.translate(_IN_MESSAGE)


def _property(text: str) -> str:
    return visible(text).translate(_IN_PROPERTY)
