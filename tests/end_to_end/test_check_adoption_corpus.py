"""Opt-in: after `init` the first check of each real careers repository passes. POSTWRIGHT_CORPUS holds them."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main

FOLDER = Path(os.environ.get("POSTWRIGHT_CORPUS", "nowhere")) / "careers-repos"
REPOSITORIES = sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []


@pytest.mark.corpus
@pytest.mark.skipif(not REPOSITORIES, reason="POSTWRIGHT_CORPUS names no folder with careers-repos")
@pytest.mark.parametrize("repository", REPOSITORIES, ids=lambda path: path.name)
def test_the_first_run_after_init_is_green_and_the_postings_are_untouched(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "repo"
    shutil.copytree(repository, home, copy_function=shutil.copyfile)
    (home / ".git").mkdir()
    monkeypatch.chdir(home)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    adopted = CliRunner().invoke(main, ["init"])
    assert adopted.exit_code == ExitCode.DONE, adopted.output
    first = CliRunner().invoke(main, ["check"])
    assert first.exit_code == ExitCode.DONE, first.output
    assert "0 new" in first.output
    assert {path: path.read_bytes() for path in before} == before
