"""The baseline: only new findings count, and a moved or renamed sentence is not new."""

import json
from pathlib import Path

import pytest

from postwright.domain.checked import CheckedFile, Standing
from postwright.domain.errors import UsageProblem
from postwright.workflows.checking.baseline import NAME, read_baseline
from postwright.workflows.checking.files import Checker
from postwright.workflows.checking.looking import rule_names
from postwright.workflows.checking.settings import Overrides, Settings

BAD = "- Native English speaker with patience.\n"
WORSE = "- You must be under 35 years old.\n"


def checker(folder: Path, *, update: bool = False) -> Checker:
    overrides = Overrides(baseline=folder / NAME, select=("native-speaker", "age-demand"))
    return Checker(Settings(overrides, rule_names(), "2026-11-22"), update_baseline=update)


def check(folder: Path, *names: str) -> dict[str, list[Standing]]:
    paths = [folder / name for name in names] or [folder]
    return {Path(c.path).name: [r.standing for r in c.remarks] for c in checker(folder).paths(paths)}


def update(folder: Path, *names: str) -> None:
    run = checker(folder, update=True)
    list(run.paths([folder / name for name in names] or [folder]))
    run.baselines.write()


@pytest.fixture
def jobs(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(f"# Nurse\n\n{BAD}- Patience.\n")
    (tmp_path / "b.md").write_text(f"# Analyst\n\n{WORSE}")
    update(tmp_path)
    return tmp_path


KNOWN, NEW = Standing.BASELINED, Standing.NEW


def test_what_was_there_is_known_and_does_not_fail(jobs: Path) -> None:
    assert check(jobs) == {"a.md": [KNOWN], "b.md": [KNOWN]}
    assert not any(remark.fails for checked in checker(jobs).paths([jobs]) for remark in checked.remarks)


def test_a_finding_survives_a_move_within_its_file_and_new_line_breaks(jobs: Path) -> None:
    wrapped = BAD.replace("English ", "English\n  ")
    (jobs / "a.md").write_text(f"# Nurse\n\nMuch text before.\n\n- Patience.\n{wrapped}")
    assert check(jobs)["a.md"] == [KNOWN]


def test_a_finding_survives_a_new_name_of_its_file(jobs: Path) -> None:
    (jobs / "old").mkdir()
    (jobs / "a.md").rename(jobs / "old/nurse.md")
    assert check(jobs)["nurse.md"] == [KNOWN]


def test_a_copy_of_a_known_sentence_is_new(jobs: Path) -> None:
    (jobs / "c.md").write_text(f"# Nurse\n\n{BAD}")
    (jobs / "a.md").write_text(f"# Nurse\n\n{BAD}- Patience.\n\nAgain:\n\n{BAD}")
    assert check(jobs) == {"a.md": [KNOWN, NEW], "b.md": [KNOWN], "c.md": [NEW]}


def test_an_edited_sentence_is_new(jobs: Path) -> None:
    (jobs / "a.md").write_text(f"# Nurse\n\n{BAD.replace('patience', 'humour')}")
    assert check(jobs)["a.md"] == [NEW]


def test_a_comment_beside_a_sentence_does_not_make_its_other_findings_new(jobs: Path) -> None:
    (jobs / "a.md").write_text(f"# Nurse\n\n{BAD.rstrip()} <!-- a note -->\n")
    assert check(jobs)["a.md"] == [KNOWN]


def test_a_run_over_some_files_updates_those_only(jobs: Path) -> None:
    (jobs / "a.md").write_text("# Nurse\n\n- Patience.\n")
    (jobs / "b.md").write_text(f"# Analyst\n\n{WORSE}{BAD}")
    update(jobs, "a.md")
    assert check(jobs) == {"a.md": [], "b.md": [KNOWN, NEW]}


def test_files_that_are_gone_leave_the_baseline(jobs: Path) -> None:
    (jobs / "b.md").unlink()
    update(jobs)
    assert list(json.loads((jobs / NAME).read_text())["files"]) == ["a.md"]


def test_what_is_no_longer_found_is_counted(jobs: Path) -> None:
    (jobs / "a.md").write_text("# Nurse\n\n- Patience.\n")
    run = checker(jobs)
    list(run.paths([jobs]))
    assert run.baselines.gone == 1


def test_a_file_that_cannot_be_read_keeps_its_place_in_the_baseline(jobs: Path) -> None:
    before = (jobs / NAME).read_text()
    (jobs / "b.md").write_bytes(b"caf\xe9")
    update(jobs)
    assert (jobs / NAME).read_text() == before


def test_ignored_findings_are_no_part_of_the_baseline(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{BAD.rstrip()} <!-- postwright: ignore native-speaker: interpreter -->\n")
    update(tmp_path)
    assert json.loads((tmp_path / NAME).read_text()) == {"version": 1, "files": {}}


@pytest.mark.parametrize("written", ["", "{}", "[]", '{"version": 2, "files": {}}', '{"version": 1, "files": [1]}'])
def test_a_file_that_is_no_baseline_is_an_error_with_a_hint(written: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(written)
    with pytest.raises(UsageProblem, match="no baseline of this version") as caught:
        read_baseline(tmp_path / NAME)
    assert "--update-baseline" in caught.value.hint


def test_a_missing_baseline_is_an_error_unless_it_is_being_made(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="cannot be read"):
        read_baseline(tmp_path / NAME)
    assert read_baseline(tmp_path / NAME, may_be_missing=True).sort_out(CheckedFile("a.md", "a.md")) == ()
