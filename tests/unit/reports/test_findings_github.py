"""GitHub workflow commands: every line is one of ours, whatever a posting or a path holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.checked import CheckedFile, Place, Standing
from postwright.domain.finding import Severity
from postwright.reports.findings.github import Report
from support.checks import remark, shown

OURS = re.compile(
    r"::(?:error|warning|notice) file=[^:,]*(?:,line=\d+,endLine=\d+,col=\d+(?:,endColumn=\d+)?)?,title=[\w-]+::.*"
    r"|\d[\d,]* files?: .*"
)


def lines(*files: CheckedFile) -> list[str]:
    return shown(Report(), *files).removesuffix("\n").split("\n")


def test_a_finding_is_one_annotation_at_its_place() -> None:
    assert lines(CheckedFile("jobs/a.md", remarks=(remark(),)))[0] == (
        "::error file=jobs/a.md,line=3,endLine=3,col=1,endColumn=23,title=native-speaker::"
        '"Native English speaker": A native speaker is somebody of a certain origin.%0AName the level and the duty.'
    )


def test_only_new_findings_annotate() -> None:
    known = (remark(Standing.BASELINED), remark(Standing.IGNORED, reason="interpreters"))
    assert len(lines(CheckedFile("a.md", remarks=known))) == 1


@pytest.mark.parametrize("severity", Severity)
def test_the_severity_is_the_command(severity: Severity) -> None:
    assert lines(CheckedFile("a.md", remarks=(remark(severity=severity),)))[0].startswith(f"::{severity.value} ")


def test_a_finding_over_several_lines_has_no_end_column() -> None:
    long = remark()._replace(place=Place(3, 5, 4, 2))
    assert "endColumn" not in lines(CheckedFile("a.md", remarks=(long,)))[0]


def test_a_file_that_could_not_be_read_is_an_error() -> None:
    assert lines(CheckedFile("a,b.md", failure="it is\nbinary", hint="export it"))[0] == (
        "::error file=a%2Cb.md,title=postwright::it is binary. export it"
    )


HOSTILE = [
    "x\n::set-output name=a::b",
    "\r::add-mask::x",
    "##[set-env name=P]x",
    "%0A::error::x",
    "a,line=9::b",
    "\x1b[",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_posting_cannot_inject_a_command(hostile: str) -> None:
    checked = CheckedFile(hostile, remarks=(remark(quote=hostile, why=hostile),), notes=(hostile,))
    told = lines(checked, CheckedFile(hostile, failure=hostile, hint=hostile))
    assert len(told) == 3
    for line in told:
        assert OURS.fullmatch(line), line
        assert line.isprintable()
        assert "##[" not in line


@given(st.text(), st.text())
def test_no_text_at_all_can_inject_a_command(path: str, quote: str) -> None:
    told = lines(CheckedFile(path, remarks=(remark(quote=quote, why=quote),)))
    assert len(told) == 2
    assert all(OURS.fullmatch(line) and line.isprintable() for line in told)
