"""One run at a time on one folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from postwright.domain.errors import RunInProgress, StorageFailed
from postwright.storage.locks import FolderLock

HOLD = """
import sys
from pathlib import Path
from postwright.storage.locks import FolderLock
with FolderLock(Path(sys.argv[1]), Path()):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLD, str(path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_refused_and_told_which_is_the_first(tmp_path: Path) -> None:
    path = tmp_path / "work" / "batch.lock"
    with holder(path) as process, pytest.raises(RunInProgress, match=str(process.pid)) as refused:
        FolderLock(path, tmp_path).__enter__()
    assert refused.value.hint


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    path = tmp_path / "batch.lock"
    with holder(path) as process:
        process.kill()
        process.wait()
    with FolderLock(path, tmp_path):
        assert path.read_text("ascii").strip().isdigit()


def test_it_can_be_held_again_and_again(tmp_path: Path) -> None:
    for _ in range(2):
        with FolderLock(tmp_path / "batch.lock", tmp_path):
            pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed, match="cannot be made"):
        FolderLock(tmp_path / "file" / "batch.lock", tmp_path).__enter__()
