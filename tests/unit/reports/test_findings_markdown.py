"""The job summary: totals first, a bounded table, and foreign text that stays text."""

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.checked import CheckedFile, Standing
from postwright.domain.finding import Severity
from postwright.reports.findings.markdown import MOST_ROWS, Report, code, literal
from support.checks import remark, shown


def html(*files: CheckedFile) -> str:
    options = pyromark.Options.ENABLE_TABLES
    return str(pyromark.html(shown(Report(), *files), options=options))


def test_totals_stand_before_the_table() -> None:
    page = shown(Report(), CheckedFile("a.md", remarks=(remark(), remark(Standing.BASELINED))))
    assert page.index("1 file: 1 error") < page.index("| error |")
    assert "| native-speaker | 1 | 1 | 0 |" in page


def test_errors_come_first_and_the_table_is_bounded() -> None:
    many = tuple(remark(severity=Severity.NOTICE) for _ in range(3 * MOST_ROWS))
    page = shown(Report(), CheckedFile("a.md", remarks=(*many, remark())))
    rows = [line for line in page.splitlines() if line.startswith(("| error |", "| notice |"))]
    assert len(rows) == MOST_ROWS
    assert rows[0].startswith("| error |")
    assert f"and {2 * MOST_ROWS + 1:,} more." in page


def test_a_file_that_could_not_be_read_is_said() -> None:
    assert "could not be read" in shown(Report(), CheckedFile("a.md", failure="a.md is a binary file", hint="x"))


HOSTILE = [
    "<script>alert(1)</script>",
    "[x](https://evil.example)",
    "![x](https://evil.example/p.png)",
    "| a | b |\n|---|---|",
    "`code` ``",
    "https://evil.example www.evil.example a@evil.example",
    "<img src=x onerror=y>",
    "# Heading\n\n- item",
    "a\\|b \\`",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_stays_text(hostile: str) -> None:
    checked = CheckedFile(hostile, remarks=(remark(quote=hostile, why=hostile),), failure="")
    page = html(checked, CheckedFile("b.md", failure=hostile, hint=hostile))
    assert page.count("<td>") == 6 + 4
    assert not any(tag in page for tag in ("<script", "<img", "<a ", "<h1", "<b>"))


def test_names_are_no_mentions_and_bare_addresses_no_links() -> None:
    assert "@octocat" not in literal("@octocat")
    assert "www." not in literal("www.evil.example")
    assert r"https\://" in literal("https://evil.example")


@given(st.text())
def test_any_quote_is_one_cell(text: str) -> None:
    page = html(CheckedFile("a.md", remarks=(remark(quote=text, why=text or "x"),)))
    assert page.count("<td>") == 6 + 4
    assert "\n" not in code(text)
