"""What `check` found, in the forms that people and machines read. Each form takes one file at a time."""

from importlib import import_module
from typing import Protocol

from postwright.domain.checked import CheckedFile, Totals

FORMATS = {"text": "text", "json": "json_", "sarif": "sarif", "github": "github", "markdown": "markdown"}
"""Name of the form -> its module here, loaded when asked for."""


class FindingsReport(Protocol):
    """Gives text to print: first the opening, then each file, then the closing."""

    def opening(self) -> str: ...

    def file(self, checked: CheckedFile) -> str: ...

    def closing(self, totals: Totals) -> str: ...


def report_in(form: str) -> FindingsReport:
    """A new report in one of FORMATS, with its usual settings."""
    report: FindingsReport = import_module(f"{__name__}.{FORMATS[form]}").Report()
    return report
