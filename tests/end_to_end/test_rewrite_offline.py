"""`rewrite` without credentials, and `settle`: the path of a newcomer."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main
from postwright.domain.house import PENDING

ROOT = Path(__file__).parents[2]
POSTINGS = sorted((ROOT / "fixtures/postings").glob("*.[mt]*"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "job.md").write_text((ROOT / "fixtures/postings/gold-a.md").read_text())
    return tmp_path


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, list(args))
    assert "Traceback" not in result.output
    return result


def test_without_credentials_the_rules_engine_works_alone_and_says_so(folder: Path) -> None:
    result = run("rewrite", "job.md")
    assert result.exit_code == ExitCode.DONE, result.output
    assert "No credentials" in result.stderr
    assert "marked-up original" in result.stdout.lower()
    assert (folder / ".postwright/job.md/review.html").stat().st_size > 10_000


@pytest.mark.parametrize("posting", POSTINGS, ids=lambda p: p.name)
def test_the_marked_up_original_without_its_marks_is_the_source(posting: Path, folder: Path) -> None:
    source = posting.read_text()
    (folder / posting.name).write_text(source)
    assert run("rewrite", posting.name).exit_code == ExitCode.DONE
    draft = folder / ".postwright" / posting.name / "draft.md"
    if draft.exists():
        assert PENDING.sub("", draft.read_text().replace(" **[confirm", "**[confirm")) == source


def test_settling_everything_and_writing_puts_the_result_in_place_with_a_backup(folder: Path) -> None:
    run("rewrite", "job.md")
    source = (folder / "job.md").read_text()
    settled = run("settle", "job.md", "--with", "accept all")
    assert settled.exit_code == ExitCode.DONE, settled.output
    assert run("settle", "job.md", "--write").exit_code == ExitCode.DONE
    assert "Make sure we are HIPAA compliant" in (folder / "job.md").read_text()
    assert "You will design" in (folder / "job.md").read_text()
    assert (folder / "job.md.orig").read_text() == source


def test_rejecting_everything_leaves_the_source_as_it_was(folder: Path) -> None:
    run("rewrite", "job.md")
    source = (folder / "job.md").read_text()
    run("settle", "job.md", "--with", "reject all")
    assert run("settle", "job.md", "--write").exit_code == ExitCode.DONE
    assert (folder / "job.md").read_text() == source


def test_nothing_is_written_while_a_decision_is_pending(folder: Path) -> None:
    run("rewrite", "job.md")
    source = (folder / "job.md").read_text()
    result = run("settle", "job.md", "--write")
    assert result.exit_code == ExitCode.USAGE
    assert "pending" in result.stderr
    assert (folder / "job.md").read_text() == source


def test_a_draft_edited_by_hand_is_not_settled_over(folder: Path) -> None:
    run("rewrite", "job.md")
    draft = folder / ".postwright/job.md/draft.md"
    draft.write_text(draft.read_text() + "\nMy own words.\n")
    result = run("settle", "job.md", "--with", "accept all")
    assert result.exit_code == ExitCode.FAILED
    assert "edited by hand" in result.stderr


def test_a_changed_posting_makes_its_draft_stale(folder: Path) -> None:
    run("rewrite", "job.md")
    (folder / "job.md").write_text((folder / "job.md").read_text() + "\nNew line.\n")
    assert "changed since" in run("settle", "job.md", "--with", "accept all").stderr


def test_a_draft_with_marks_is_not_rewritten_over(folder: Path) -> None:
    run("rewrite", "job.md")
    marked = (folder / ".postwright/job.md/draft.md").read_text()
    (folder / "draft2.md").write_text(marked)
    result = run("rewrite", "draft2.md")
    assert result.exit_code == ExitCode.FAILED
    assert "pending marks" in result.stderr


def test_settled_decisions_persist_in_the_next_run(folder: Path) -> None:
    run("rewrite", "job.md")
    run("settle", "job.md", "--with", "accept 1; reject 2")
    run("rewrite", "job.md")
    review = json.loads((folder / ".postwright/job.md/review.json").read_text())
    assert [d["state"] for d in review["draft"]["decisions"]][:2] == ["accepted", "rejected"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.md", b"", ExitCode.FAILED),
        ("latin.md", b"Caf\xe9 manager", ExitCode.FAILED),
        ("binary.md", b"\x00\x01\x02", ExitCode.FAILED),
        ("missing.md", None, ExitCode.FAILED),
    ],
)
def test_a_file_that_cannot_be_read_is_a_failure_in_one_line(
    name: str, data: bytes | None, code: ExitCode, folder: Path
) -> None:
    if data is not None:
        (folder / name).write_bytes(data)
    result = run("rewrite", name)
    assert result.exit_code == code
    assert len([line for line in result.stderr.splitlines() if line.startswith("error:")]) == 1


def test_an_unknown_command_names_the_nearest_one(folder: Path) -> None:
    result = run("rewite", "job.md")
    assert result.exit_code == ExitCode.USAGE
    assert "rewrite" in result.output


def test_answers_of_the_manager_are_set_by_code_without_a_model(folder: Path) -> None:
    (folder / "answers.yaml").write_text('pay.range: "$138,000 to $166,000 a year"\n')
    run("rewrite", "job.md", "--answers", "answers.yaml")
    assert "**Pay:** $138,000 to $166,000 a year" in (folder / ".postwright/job.md/draft.md").read_text()


def test_doctor_says_what_would_be_sent_without_a_key(folder: Path) -> None:
    result = run("doctor")
    assert result.exit_code == ExitCode.DONE
    assert "rules engine" in result.stdout
    assert "price table" in result.stdout
