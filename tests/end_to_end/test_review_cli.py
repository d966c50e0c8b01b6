"""`review`: pages again from what was stored, for one posting or a folder, without asking anyone."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jobs").mkdir()
    for name in ("gold-a.md", "gold-b.md"):
        (tmp_path / "jobs" / name).write_text((ROOT / "fixtures/postings" / name).read_text())
        run("rewrite", f"jobs/{name}", "-q")
        (tmp_path / ".postwright/jobs" / name / "review.html").unlink()
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def test_one_posting_gets_its_page_again(folder: Path) -> None:
    assert run("review", "jobs/gold-a.md").exit_code == ExitCode.DONE
    assert (folder / ".postwright/jobs/gold-a.md/review.html").is_file()
    assert not (folder / ".postwright/jobs/gold-b.md/review.html").exists()


@pytest.mark.parametrize("args", [(), ("jobs",)], ids=["everything", "a folder"])
def test_every_posting_of_a_folder_gets_its_page_again(folder: Path, args: tuple[str, ...]) -> None:
    result = run("review", *args)
    assert result.exit_code == ExitCode.DONE, result.output
    assert len(list(folder.rglob("review.html"))) == 2


def test_a_damaged_result_is_a_failure_and_the_others_are_made(folder: Path) -> None:
    (folder / ".postwright/jobs/gold-a.md/review.json").write_text("{}")
    result = run("review", "jobs")
    assert result.exit_code == ExitCode.FAILED
    assert (folder / ".postwright/jobs/gold-b.md/review.html").is_file()


def test_nothing_stored_is_a_usage_error_with_a_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("review")
    assert result.exit_code == ExitCode.USAGE
    assert "rewrite" in result.stderr
