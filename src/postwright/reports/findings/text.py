"""Findings for a terminal: one line to jump to, and under it why and what to do, said once in a file."""

from postwright.domain.checked import CheckedFile, Remark, Standing, Totals
from postwright.domain.finding import Severity
from postwright.reports.findings.totals import asides, by_rule, summary
from postwright.reports.findings.visible import quoted, visible

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTICE: "36"}


class Report:
    """`quiet`: only what fails. `statistics`: a table of counts instead of the findings. `colours`: for a terminal."""

    def __init__(self, *, quiet: bool = False, statistics: bool = False, colours: bool = False) -> None:
        self._quiet = quiet
        self._statistics = statistics
        self._colours = colours

    def opening(self) -> str:
        return ""

    def file(self, checked: CheckedFile) -> str:
        if self._statistics:
            return ""
        name = visible(checked.path)
        shown = (r for r in checked.remarks if r.standing is Standing.NEW and (r.fails or not self._quiet))
        said: set[str] = set()
        return "".join(self._remark(name, remark, said) for remark in shown)

    def _remark(self, name: str, remark: Remark, said: set[str]) -> str:
        finding, place = remark.finding, remark.place
        level = self._painted(finding.severity.value, _COLOURS[finding.severity])
        fixable = " [--fix]" if finding.replacement is not None else ""
        quote = f' "{quoted(finding.quote)}"' if finding.quote.strip() else ""
        line = f"{self._painted(name, '1')}:{place.line}:{place.column}: {level} {finding.rule}:{quote}{fixable}\n"
        advice = f"    {visible(finding.why)}\n    {self._painted('fix:', '2')} {visible(finding.fix)}\n"
        if advice in said:
            return line
        said.add(advice)
        return line + advice

    def _painted(self, text: str, colour: str) -> str:
        return f"\033[{colour}m{text}\033[0m" if self._colours else text

    def closing(self, totals: Totals) -> str:
        if self._statistics:
            table = [f"{new:>6} {base:>9} {aside:>7}  {rule}" for rule, new, base, aside in by_rule(totals)]
            lines = ["   new baselined ignored  rule", *table] if table else []
        else:
            lines = []
        if not self._quiet:
            lines += [summary(totals), *(f"  {visible(aside)}" for aside in asides(totals))]
        return "".join(f"{line}\n" for line in lines)
