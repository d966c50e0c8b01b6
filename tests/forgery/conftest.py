"""Prints what the forgery suite measured: class, lies, blocked, rate."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rows = sorted(
        str(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in getattr(report, "user_properties", ())
        if name == "forgery"
    )
    if rows:
        terminalreporter.section("forgery suite: class, tried, blocked, rate")
        for row in rows:
            terminalreporter.write_line(row)
