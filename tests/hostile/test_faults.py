"""The machine fails: full and read-only disks, broken reads, Ctrl-C, clocks that jump. Nothing is half written."""

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self

import pytest
import respx
from click.testing import CliRunner, Result

from hostile.postings import CLEAN
from postwright.cli.boundary import ExitCode
from postwright.cli.main import main
from support.claude_replies import MESSAGES, message

PRODUCTS = {"draft.md", "review.json", "review.html", "questions.yaml"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "job.md").write_text(CLEAN)
    return tmp_path


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, args)
    assert "Traceback" not in result.output
    return result


def one_error(result: Result) -> str:
    [line] = [line for line in result.stderr.splitlines() if line.startswith("error:")]
    assert "hint:" in line
    return line


def leftovers(folder: Path) -> list[Path]:
    return list(folder.rglob("*.tmp"))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS], ids=errno.errorcode.get)
@pytest.mark.parametrize("written", range(5), ids=lambda n: f"{n} files written")
def test_a_write_that_fails_leaves_whole_files_and_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, written: int
) -> None:
    real, left = os.fsync, iter(range(written))

    def fsync(descriptor: int) -> None:
        if not os.path.isdir(f"/proc/self/fd/{descriptor}") and next(left, None) is None:  # noqa: PTH112
            raise OSError(number, os.strerror(number))
        real(descriptor)

    monkeypatch.setattr("os.fsync", fsync)
    result = run("rewrite", "--rules-only", "--anyway", "job.md")
    assert result.exit_code == ExitCode.FAILED, result.output
    assert "cannot be written" in one_error(result)
    assert leftovers(folder) == []
    assert (folder / "job.md").read_text() == CLEAN
    monkeypatch.setattr("os.fsync", real)
    assert run("rewrite", "--rules-only", "--anyway", "job.md").exit_code == ExitCode.DONE


def test_a_read_that_fails_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def broken(path: str | os.PathLike[str], *args: int, **more: int) -> int:
        if str(path).endswith("job.md"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path, *args, **more)

    monkeypatch.setattr("os.open", broken)
    result = run("rewrite", "--rules-only", "job.md")
    assert result.exit_code == ExitCode.FAILED
    assert "input/output error" in one_error(result)


def test_the_posting_survives_a_full_disk_when_it_is_settled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("rewrite", "--rules-only", "--anyway", "job.md")
    run("settle", "job.md", "--with", "accept all")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    result = run("settle", "job.md", "--write")
    assert result.exit_code in {ExitCode.FAILED, ExitCode.USAGE}
    assert (folder / "job.md").read_text() == CLEAN
    assert leftovers(folder) == []


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few pages. Only root may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(place)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("no tmpfs can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_really_full_is_one_line_and_the_next_run_works(folder: Path, tiny_disk: Path) -> None:
    (tiny_disk / "ballast").write_bytes(b"x" * 40_000)
    result = run("rewrite", "--rules-only", "--anyway", "job.md", "-o", str(tiny_disk))
    assert result.exit_code == ExitCode.FAILED, result.output
    assert "free some space" in one_error(result)
    assert leftovers(tiny_disk) == []
    assert run("rewrite", "--rules-only", "--anyway", "job.md", "-o", str(folder / "out")).exit_code == ExitCode.DONE


def test_a_disk_that_is_read_only_is_one_line(folder: Path, tiny_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    result = run("rewrite", "--rules-only", "--anyway", "job.md", "-o", str(tiny_disk))
    assert result.exit_code == ExitCode.FAILED
    assert "read-only" in one_error(result)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_one_line(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        assert "permission" in one_error(run("rewrite", "--rules-only", "--anyway", "job.md"))
    finally:
        folder.chmod(0o755)


STAGES = {
    "reading": "postwright.reading.posting.front_matter",
    "judging": "postwright.workflows.drafting.judged",
    "writing the first file": "os.fsync",
    "building the page": "postwright.cli.rewrite.page",
}


@pytest.mark.parametrize("stage", STAGES)
def test_ctrl_c_at_each_stage_leaves_nothing_half_done(folder: Path, stage: str) -> None:
    module, _, name = STAGES[stage].rpartition(".")
    script = f"""
        import importlib, os, signal, sys
        import postwright.cli.rewrite
        module = importlib.import_module({module!r})
        real = getattr(module, {name!r})
        def interrupted(*args, **more):
            os.kill(os.getpid(), signal.SIGINT)
            return real(*args, **more)
        setattr(module, {name!r}, interrupted)
        from postwright.cli.main import main
        sys.argv = ["postwright", "rewrite", "--rules-only", "--anyway", "job.md"]
        main()
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False)
    assert done.returncode == ExitCode.INTERRUPTED, done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "job.md").read_text() == CLEAN
    assert leftovers(folder) == []
    written = {path.name for path in (folder / ".postwright").rglob("*") if path.is_file()}
    assert written <= PRODUCTS | {".gitignore"}
    assert run("rewrite", "--rules-only", "--anyway", "job.md").exit_code == ExitCode.DONE


def test_ctrl_c_while_claude_thinks_ends_at_once(folder: Path, loopback: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked = threading.Event()

        def listen() -> None:
            connection, _ = server.accept()
            connection.recv(1)
            asked.set()
            done.wait(30)
            connection.close()

        done = threading.Event()
        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        environment = os.environ | {"ANTHROPIC_API_KEY": "sk-ant-canary-000000", "ANTHROPIC_BASE_URL": address}
        command = [sys.executable, "-m", "postwright", "rewrite", "--anyway", "job.md"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as program:
            assert asked.wait(30)
            program.send_signal(signal.SIGINT)
            _, said = program.communicate(timeout=20)
        done.set()
        listener.join(5)
    assert program.returncode == ExitCode.INTERRUPTED, said
    assert "Traceback" not in said
    assert "run the same command to go on" in said
    assert leftovers(folder) == []
    assert not (folder / ".postwright/job.md").exists()


@pytest.mark.parametrize("year", [1971, 2099])
def test_a_clock_that_jumps_pays_nothing_twice(
    folder: Path, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router, year: int
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-canary-000000")
    route = httpx2_mock.post(MESSAGES).respond(json=message())
    assert run("rewrite", "--anyway", "job.md").exit_code == ExitCode.DONE
    first = (folder / ".postwright/job.md/draft.md").read_bytes()
    paid = route.call_count

    class Jumped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(year, 1, 1, tzinfo=tz)

    for module in ("workflows.rewriting", "workflows.drafting", "storage.journal"):
        monkeypatch.setattr(f"postwright.{module}.datetime", Jumped)
    assert run("rewrite", "--anyway", "job.md").exit_code == ExitCode.DONE
    assert route.call_count == paid
    assert (folder / ".postwright/job.md/draft.md").read_bytes() == first
