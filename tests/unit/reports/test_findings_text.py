"""Findings for a terminal and as a diff: what is shown, what is only counted, and that no posting gives orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.checked import Change, CheckedFile, Standing, Totals
from postwright.domain.finding import Severity
from postwright.reports.findings import diff
from postwright.reports.findings.text import Report
from postwright.reports.findings.visible import quoted, visible
from support.checks import remark, shown

FILE = CheckedFile("jobs/a.md", remarks=(remark(),))


def test_a_finding_is_one_line_to_jump_to_with_why_and_fix_under_it() -> None:
    assert shown(Report(), FILE) == (
        'jobs/a.md:3:1: error native-speaker: "Native English speaker"\n'
        "    A native speaker is somebody of a certain origin.\n"
        "    fix: Name the level and the duty.\n"
        "1 file: 1 error\n"
    )


def test_what_was_said_once_of_a_file_is_not_said_again() -> None:
    other = remark(rule="age-hint", why="Hints at an age.")
    text = shown(
        Report(), CheckedFile("a.md", remarks=(remark(), other, remark())), CheckedFile("b.md", remarks=(remark(),))
    )
    assert [line.split(":")[0].strip() for line in text.splitlines()[:-1]] == [
        *("a.md", "A native speaker is somebody of a certain origin.", "fix"),
        *("a.md", "Hints at an age.", "fix"),
        "a.md",
        *("b.md", "A native speaker is somebody of a certain origin.", "fix"),
    ]


def test_known_and_ignored_findings_are_counted_and_not_shown() -> None:
    known, aside = remark(Standing.BASELINED), remark(Standing.IGNORED, reason="interpreters")
    text = shown(Report(), CheckedFile("a.md", baseline="b.json", remarks=(known, known, aside)))
    assert text == "1 file: nothing new; 0 new, 2 baselined; 1 ignored with a reason\n"


def test_three_new_and_212_baselined_are_said_so() -> None:
    many = tuple([remark(Standing.BASELINED)] * 212 + [remark(severity=Severity.NOTICE)] * 3)
    assert "1 file: 3 notices; 3 new, 212 baselined\n" in shown(
        Report(quiet=False), CheckedFile("a.md", "a.md", "b", remarks=many)
    )


def test_quiet_shows_what_fails_and_nothing_else() -> None:
    passing = remark(Standing.BASELINED)
    text = shown(Report(quiet=True), CheckedFile("a.md", remarks=(remark(), passing), notes=("Pay law not checked.",)))
    assert text.count("\n") == 3
    assert shown(Report(quiet=True), CheckedFile("a.md", remarks=(passing,))) == ""


def test_statistics_count_by_rule_instead_of_listing() -> None:
    text = shown(Report(statistics=True), CheckedFile("a.md", remarks=(remark(), remark(), remark(rule="hype"))))
    assert [line.split() for line in text.splitlines()[1:3]] == [
        ["2", "0", "0", "native-speaker"],
        ["1", "0", "0", "hype"],
    ]


def test_what_could_not_be_judged_is_said_once_with_how_often() -> None:
    files = [CheckedFile(f"{n}.md", notes=("Pay law not checked.",), page="Too few words.") for n in range(3)]
    text = shown(Report(), *files)
    assert "  3 pages looked like no posting" in text
    assert "  Pay law not checked. (3 files)" in text


def test_colours_are_for_terminals_only() -> None:
    assert "\033[31merror\033[0m" in shown(Report(colours=True), FILE)
    assert "\033" not in shown(Report(), FILE)


HOSTILE = "\033]0;owned\007\033[2J\x9b31m\u202egnp.exe\u200b\U000e0041\r\n::error file=x::y\n##[add-mask]a\x00"


@pytest.mark.parametrize("hostile", [HOSTILE, "::error::x", "##[error]x", "\x1b[31m", "a\rb"])
def test_a_posting_moves_no_cursor_and_gives_no_orders(hostile: str) -> None:
    checked = CheckedFile(
        hostile, remarks=(remark(quote=hostile, why=hostile),), failure="", change=Change("a", hostile, 1)
    )
    for text in (shown(Report(), checked), diff.diff_of(checked)):
        assert all(line.isprintable() for line in text.split("\n"))
        assert not any(line.lstrip().startswith("::") for line in text.split("\n"))
        assert "##[" not in text


@given(st.text())
def test_any_text_becomes_one_printable_line(text: str) -> None:
    assert visible(text).isprintable()
    assert len(quoted(text)) <= 80


def test_hidden_characters_are_spelled_out() -> None:
    assert visible("a\u202eb\x1bc") == "a<U+202E>b<U+001B>c"


def test_a_diff_shows_the_lines_that_change() -> None:
    text = diff.diff_of(CheckedFile("a.md", change=Change("one\n::x\nHIPPA\r\n", "one\n::x\nHIPAA\r\n", 1)))
    assert text.splitlines()[:2] == ["--- a.md", "+++ a.md"]
    assert text.splitlines()[3:] == [" one", " : :x", "-HIPPA", "+HIPAA"]
    assert shown(diff.Report(), CheckedFile("a.md")) == "Nothing to fix.\n"


def test_totals_count_what_fails_by_file_and_standing() -> None:
    totals = Totals()
    totals.add(CheckedFile("a.md", remarks=(remark(), remark(Standing.IGNORED, reason="x"))))
    totals.add(CheckedFile("b.md", failure="b.md is not UTF-8 text", hint="save it as UTF-8"))
    assert (totals.files, totals.failed, totals.fails) == (2, 1, 1)
    assert totals.standing == {Standing.NEW: 1, Standing.IGNORED: 1}
