"""`audit`: a folder, heads, or both, from the command line."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main

BODY = (
    "\n\nOur hospital cares for 200,000 patients a year. Nurses and physicians chart in the EHR. We build AI.\n\n"
    "## What you will do\n\n- Work with the clinical team on patient records\n\n## You need\n\n- Experience with HL7\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    jobs = tmp_path / "jobs"
    jobs.mkdir()
    for name, title in (("a", "Interface Analyst"), ("b", "ML Engineer"), ("c", "ML Research Scientist")):
        (jobs / f"{name}.md").write_text(f"# {title}{BODY}")
    (jobs / "lunch.md").write_text("# Team lunch\n\nOn Friday.\n")
    return jobs


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, ["audit", *args])
    assert "Traceback" not in result.output
    return result


def test_a_folder_is_audited_and_its_files_stay_as_they_are(folder: Path) -> None:
    before = {file: file.read_bytes() for file in folder.iterdir()}
    result = run("jobs")
    assert result.exit_code == ExitCode.DONE, result.output
    assert "Over-indexed: 2 in ML research against 1" in result.stdout
    assert result.stdout.count("! Missing layer") == 2
    assert {file: file.read_bytes() for file in folder.iterdir()} == before


def test_heads_alone_need_no_folder(folder: Path) -> None:
    result = run("--heads", "clinical=1,integration=2,compliance=0,ml=6", "--evidence", "clinical=1,integration=2")
    assert result.exit_code == ExitCode.DONE, result.output
    assert "6 in ML research against 3" in result.stdout
    assert "Ratio 2.00, margin +3." in " ".join(result.stdout.split())


def test_a_tie_is_not_over_indexed(folder: Path) -> None:
    result = run("--heads", "clinical=3,ml=3", "--evidence", "clinical=3")
    assert "Not over-indexed: 3 in ML research, 3 in the three layers" in result.stdout


def test_job_titles_alone_do_not_count(folder: Path) -> None:
    data = json.loads(run("--heads", "clinical=9,ml=1", "--json").stdout)
    assert data["heads"]["index"] == "over-indexed"
    assert data["heads"]["three"] == 0


def test_json_names_every_posting_and_every_file_that_is_none(folder: Path) -> None:
    data = json.loads(run("jobs", "--json").stdout)
    assert [p["layer"] for p in data["placements"]] == ["integration", "ml", "ml"]
    assert [f["path"] for f in data["not_counted"]] == ["jobs/lunch.md"]


def test_a_page_is_written_where_it_is_wanted(folder: Path) -> None:
    result = run("jobs", "-o", "team.html", "--quiet")
    assert (result.exit_code, result.output) == (ExitCode.DONE, "")
    assert "3 open postings" in Path("team.html").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_fails_and_the_others_are_audited(folder: Path) -> None:
    (folder / "d.md").write_bytes(b"\x00\x01\x02\xff" * 300)
    result = run("jobs", "-q")
    assert result.exit_code == ExitCode.FAILED
    assert "jobs/d.md" in result.stderr


def test_a_file_named_twice_is_counted_once(folder: Path) -> None:
    assert json.loads(run("jobs", "jobs/a.md", "--json").stdout)["postings"]["integration"] == 1


def test_what_the_config_excludes_is_not_counted(folder: Path) -> None:
    Path("postwright.toml").write_text('exclude = ["jobs/b.md"]\n')
    data = json.loads(run("jobs", "--json").stdout)
    assert data["postings"]["ml"] == 1
    assert {"path": "jobs/b.md", "why": "Left out by the config.", "failed": False} in data["not_counted"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((), "name a folder"),
        (("--heads", "nurses=2"), "is no layer"),
        (("--heads", "ml"), "has no number of heads"),
        (("--heads", "ml=-1"), "has no number of heads"),
        (("--heads", "ml=1,ml=2"), "given twice"),
        (("--heads", ","), "no heads are given"),
        (("--heads", "clinical=1", "--evidence", "clinical=2"), "more heads with evidence"),
        (("--heads", "ml=1", "--evidence", "ml=1"), "needs no evidence"),
        (("jobs", "--evidence", "clinical=1"), "none are given"),
        (("nowhere",), "does not exist"),
    ],
)
def test_wrong_words_are_told_in_a_line(args: tuple[str, ...], says: str, folder: Path) -> None:
    result = run(*args)
    assert result.exit_code == ExitCode.USAGE
    assert says in " ".join(result.stderr.split())


@pytest.mark.corpus
def test_every_real_file_is_placed_or_set_aside_with_a_reason() -> None:
    data = json.loads(run(os.environ["POSTWRIGHT_CORPUS"], "--json").stdout)
    assert sum(share["percent"] for share in data["mix"]) == 100
    assert sum(share["count"] for share in data["mix"]) == len(data["placements"])
    assert all(one["why"] for one in (*data["placements"], *data["not_counted"]))
    assert not any(one["failed"] for one in data["not_counted"])
