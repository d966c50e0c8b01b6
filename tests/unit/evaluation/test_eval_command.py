"""`poe eval` and `poe eval --live` as they are called: what is printed, what is kept, what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluation.__main__ import main
from evaluation.recordings import Kind, read_recording
from standin.running import KEY, standin

ROOT = Path(__file__).parents[3]
POSTING = """# Interface Engineer

Kestrel Notes drafts visit notes for clinics. Notes are pasted into Epic by hand.

## Responsibilities

- Build HL7 v2 feeds with an interface engine
- Support clinicians at go-lives
- Be a rockstar

## Requirements

- Five years with HL7 v2 feeds
- Epic certification required
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def kept_results() -> dict[str, bytes]:
    folder = ROOT / "tests" / "evaluation" / "results"
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "engineer.md").write_text(POSTING, encoding="utf-8")
    return tmp_path / "jobs"


def test_chosen_cases_are_printed_and_not_kept() -> None:
    before = kept_results()
    said = run("--only", "gold-b")
    assert said.exit_code == 0
    assert "Careful replies, written by hand: 1 case" in said.stdout
    assert "Sloppy replies, written by hand: 1 case" in said.stdout
    assert "these results are not kept" in said.stderr
    assert kept_results() == before


def test_a_folder_without_replies_is_measured_by_the_rules_and_says_so(folder: Path) -> None:
    said = run(folder)
    assert said.exit_code == 0
    assert "Rules alone, no reply recorded: 1 case" in said.stdout
    assert "nobody was asked" not in said.stdout


def test_an_unknown_case_is_one_line_and_a_usage_error() -> None:
    said = run("--only", "nobody")
    assert said.exit_code == 2
    assert said.stderr.startswith("error: no case begins with 'nobody'.  hint:")
    assert said.stdout == ""


def test_a_cap_without_live_is_a_usage_error() -> None:
    said = run("--max-cost", "1")
    assert (said.exit_code, said.stderr.count("\n")) == (2, 1)


def test_live_without_a_key_is_one_line_with_a_hint_and_a_failure() -> None:
    said = run("--live", "--only", "gold-b")
    assert said.exit_code == 3
    assert said.stderr == (
        "error: there is no API key.  hint: set ANTHROPIC_API_KEY, or leave out --live to play the recorded replies\n"
    )


def test_unknown_results_cannot_be_compared() -> None:
    said = run("--compare", "ffff", "eeee")
    assert said.exit_code == 2
    assert "no results begin with 'ffff'" in said.stderr


def test_the_api_is_asked_recorded_and_not_asked_again(
    folder: Path, tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept_results()
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    with standin(style="edit", broken_lines=1.0) as api:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", api.url)
        first = run(folder, "--live", "--max-cost", "5", "--record", tmp_path / "kept")
        again = run(folder, "--live", "--max-cost", "5", "--record", tmp_path / "kept")
        asked = api.books()["outcomes"]
    assert first.exit_code == again.exit_code == 0, first.stderr
    assert asked == {"answered": 2}  # the reply and its repair, once
    assert "claude-sonnet-5-5 by the API" in first.stdout
    assert first.stdout.splitlines()[2:] == again.stdout.splitlines()[2:]
    (path,) = (tmp_path / "kept").glob("*/*.json")
    recording = read_recording(path)
    assert (recording.kind, recording.posting, recording.model) == (Kind.API, "engineer", "claude-sonnet-5-5")
    assert recording.on
    assert recording.repair is not None
    assert recording.first.usage is not None
    assert json.loads(path.read_text(encoding="utf-8"))["label"]["request_ids"].startswith("req_")
    assert kept_results() == before


def test_a_recording_of_the_api_is_played_again_with_its_counts(
    folder: Path, tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with standin() as api, monkeypatch.context() as patch:
        patch.setenv("ANTHROPIC_API_KEY", KEY)
        patch.setenv("ANTHROPIC_BASE_URL", api.url)
        live = run(folder, "--live", "--record", tmp_path / "kept")
    (replies,) = (tmp_path / "kept").iterdir()
    played = run(folder, "--replies", replies)
    assert "Replies that the API gave earlier, played again" in played.stdout
    assert "nobody was asked" not in played.stdout
    cost = next(line for line in live.stdout.splitlines() if line.startswith("  cost"))
    assert cost in played.stdout


def test_a_second_reply_never_takes_the_place_of_the_first(
    folder: Path, tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    with standin() as api:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", api.url)
        run(folder, "--live", "--record", tmp_path / "kept")
        (path,) = (tmp_path / "kept").glob("*/engineer.json")
        before = path.read_bytes()
        (path.parent / "journal.sqlite3").unlink()
        run(folder, "--live", "--record", tmp_path / "kept")
    assert path.read_bytes() == before
    assert path.with_name("engineer-2.json").is_file()


def test_a_cap_ends_the_run_before_it_is_passed(
    folder: Path, tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    with standin() as api:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", api.url)
        said = run(folder, "--live", "--max-cost", "0.01", "--record", tmp_path / "kept")
        asked = api.books()["outcomes"]
    assert said.exit_code == 3
    assert asked == {}
    assert "error: --max-cost is reached" in said.stderr
    assert "The run ended early" in said.stdout
