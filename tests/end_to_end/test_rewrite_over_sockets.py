"""Rewrites over real connections: what a mocked transport cannot show, such as a connection that outlives its loop."""

import subprocess
import sys
from pathlib import Path

import pytest

import postwright
from standin.running import standin
from support.folders import SMALL, write_postings


def test_several_files_in_one_command_are_all_asked_about_and_nothing_is_left_open(
    tmp_path: Path, loopback: None
) -> None:
    postings = write_postings(tmp_path, 3, SMALL)
    with standin() as api:
        done = subprocess.run(
            [sys.executable, "-X", "dev", "-m", "postwright", "rewrite", "-q", *map(str, postings)],
            env=api.environment(),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, "")
        assert "Event loop" not in done.stderr
        assert "ResourceWarning: unclosed" not in done.stderr
        assert api.books()["outcomes"]["answered"] == 3
    assert len(list((tmp_path / ".postwright").rglob("draft.md"))) == 3


def test_a_program_rewrites_one_posting_after_the_other(
    tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    postings = write_postings(tmp_path, 2, SMALL)
    with standin() as api:
        for name, value in api.environment().items():
            monkeypatch.setenv(name, value)
        with postwright.claude(journal=tmp_path / "journal.sqlite3") as editor:
            reviews = [
                postwright.rewrite((tmp_path / path).read_text("utf-8"), path.name, editor=editor) for path in postings
            ]
        assert [review.engine for review in reviews] == ["claude-sonnet-5-5"] * 2
        assert api.books()["outcomes"]["answered"] == 2
