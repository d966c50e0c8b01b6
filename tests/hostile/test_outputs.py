"""What a posting says reaches terminals, pull requests, pages and spreadsheets as text, never as an order to them."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hostile.postings import CLEAN, posting
from postwright.cli.boundary import ExitCode, printable
from postwright.cli.main import main
from postwright.workflows.many.accounts import write_worklist
from postwright.workflows.many.deciding import Group

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
NASTY = (
    "We want a rockstar \x1b[2J\x1b]0;owned\x07 and ninja \u202egnp.exe here.\n\n"
    "Young rockstar%0A::error file=x::owned\n\n::add-mask::rockstar ninja guru\n\n"
    "Ninja</script><script>alert(1)</script> and <img src=x onerror=alert(1)> rockstar | cell | `code`.\n\n"
    '=HYPERLINK("https://attacker.example","rockstar")\n'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "job.md").write_text(posting(NASTY))
    return tmp_path


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, args)
    assert result.exit_code in {ExitCode.DONE, ExitCode.FINDINGS}, result.output
    return result


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "markdown"])
def test_no_control_character_leaves_a_report(folder: Path, form: str) -> None:
    output = run("check", "--format", form, "job.md").output
    assert not CONTROLS.search(output)


def test_a_pull_request_gets_our_commands_only(folder: Path) -> None:
    output = run("check", "--format", "github", "job.md").stdout
    commands = [line for line in output.splitlines() if line.lstrip().startswith("::")]
    assert commands
    assert all(re.match(r"::(?:error|warning|notice) file=job\.md,line=\d+", line) for line in commands)


def test_a_comment_on_a_pull_request_holds_no_live_html(folder: Path) -> None:
    output = run("check", "--format", "markdown", "job.md").output
    assert "<script" not in output
    assert "<img" not in output


def test_machine_reports_are_json_whatever_the_posting_says(folder: Path) -> None:
    for form in ("json", "sarif"):
        json.loads(run("check", "--format", form, "job.md").stdout)


@pytest.mark.parametrize("command", [["rewrite", "--rules-only", "--anyway", "--diff"], ["critique", "--rules-only"]])
def test_the_terminal_is_not_steered(folder: Path, command: list[str]) -> None:
    assert not CONTROLS.search(run(*command, "job.md").output)


def test_the_page_is_inert(folder: Path) -> None:
    run("rewrite", "--rules-only", "--anyway", "job.md")
    html = (folder / ".postwright/job.md/review.html").read_text()
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert re.search(r'http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;', html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', re.sub(r"<a\b[^>]*>", "", html))
    shown = re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)  # the page's own data is JSON, not shown
    assert not CONTROLS.search(shown)


@pytest.mark.parametrize("said", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"])
def test_no_cell_of_the_worklist_is_a_formula(tmp_path: Path, said: str) -> None:
    group = Group("12e4", "wording", said, said, said, "pending", [("jobs/a.md", "c1")])
    path = tmp_path / "decisions.csv"
    write_worklist(path, [group])
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_a_message_is_one_printable_line() -> None:
    assert printable("a\x1b[31m\nb\u202e\x07") == "a?[31m b??"


@pytest.mark.parametrize(
    "link", [".postwright", ".postwright/job.md", ".postwright/job.md/draft.md"], ids=["folder", "its folder", "file"]
)
def test_a_link_out_of_the_tree_is_not_written_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: str
) -> None:
    inside, outside = tmp_path / "repo", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "precious").write_text("mine")
    (inside / "job.md").write_text(CLEAN)
    (inside / link).parent.mkdir(parents=True, exist_ok=True)
    (inside / link).symlink_to(outside / "precious" if link.endswith("draft.md") else outside)
    monkeypatch.chdir(inside)
    result = CliRunner().invoke(main, ["rewrite", "--rules-only", "--anyway", "job.md"])
    assert result.exit_code == ExitCode.FAILED
    assert "leads out of" in result.stderr
    assert [path.name for path in outside.iterdir()] == ["precious"]
    assert (outside / "precious").read_text() == "mine"


def test_ids_in_a_board_name_no_place_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "repo"
    inside.mkdir()
    monkeypatch.chdir(inside)
    job = {
        "title": "Integration Engineer",
        "content": "<p>You will connect Epic to our clinical AI.</p>",
        "internal_job_id": 1,
    }
    jobs = [job | {"id": name} for name in ("../../climbed", "/etc/passwd", "a\\..\\b", "CON")]
    (inside / "board.json").write_text(json.dumps({"jobs": jobs}))
    CliRunner().invoke(main, ["rewrite", "--rules-only", "--anyway", "board.json"])
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(path.is_relative_to(inside / ".postwright") or path == inside / "board.json" for path in written)
    assert len(written) > 1


def test_a_template_of_ones_own_runs_in_a_sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-canary-000000")
    (tmp_path / "job.md").write_text(CLEAN)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/posting.j2").write_text("{{ ''.__class__.__mro__[1].__subclasses__() }}")
    result = CliRunner().invoke(main, ["rewrite", "--anyway", "--prompts", "mine", "job.md"])
    assert result.exit_code == ExitCode.FAILED
    assert "posting.j2" in result.stderr
