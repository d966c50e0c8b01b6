"""A batch on a failing machine: full and read-only disks, Ctrl-C at each stage, a clock that jumps, canaries."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from hostile.postings import posting
from hostile.tiny_disk import tiny_disk
from postwright.cli.boundary import ExitCode
from standin.running import Running, standin
from support.batch_cli import check_outputs, command, run
from support.folders import write_postings

KEY = "sk-ant-canary-7d1e93b5a2c4f608"
NUMBER = "536-90-4399"
PATIENT = "Quillfeather"
POSTINGS = 6

pytestmark = pytest.mark.usefixtures("loopback")


def slow(value: object) -> ParameterSet:
    """A case that only `pytest -m slow` runs."""
    return pytest.param(value, marks=pytest.mark.slow)


@pytest.fixture
def api() -> Iterator[Running]:
    with standin(first_token_seconds=0.15) as running:
        yield running


def broken(api: Running, folder: Path, *options: str, limit: int | None = None) -> "subprocess.CompletedProcess[str]":
    """A run that cannot write files of more than `limit` bytes."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        command(folder, *options),
        env=api.environment(),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=limited,
    )


def is_one_error(done: "subprocess.CompletedProcess[str]") -> bool:
    errors = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode == ExitCode.FAILED and len(errors) <= 1


@pytest.mark.parametrize("limit", [slow(0), slow(3_000), 12_000, slow(40_000), 150_000])
@pytest.mark.parametrize("options", [[], slow(["--economy", "--poll", "0.1"])], ids=["live", "economy"])
def test_a_disk_that_fills_up_loses_nothing_and_the_next_run_goes_on(
    api: Running, tmp_path: Path, limit: int, options: list[str]
) -> None:
    postings = write_postings(tmp_path, POSTINGS)
    before = {path: (tmp_path / path).read_bytes() for path in postings}
    done = broken(api, tmp_path, *options, limit=limit)
    assert is_one_error(done) or done.returncode == ExitCode.DONE, done.stderr
    assert not list((tmp_path / ".postwright").rglob("*.tmp"))
    again = run(api, tmp_path, *options)
    assert again.code == ExitCode.DONE, again.err
    check_outputs(tmp_path, postings)
    assert {path: (tmp_path / path).read_bytes() for path in postings} == before


def test_a_disk_that_is_really_full_is_told_in_one_line(api: Running, tmp_path: Path) -> None:
    with tiny_disk(tmp_path / "disk", size="400k") as disk:
        write_postings(tmp_path / "jobs", POSTINGS)
        done = broken(api, tmp_path / "jobs", "-o", str(disk))
        assert is_one_error(done), done.stderr
        assert "free some space" in done.stderr + done.stdout
        assert not list(disk.rglob("*.tmp"))


def test_a_disk_that_is_read_only_is_told_before_anything_is_paid(api: Running, tmp_path: Path) -> None:
    with tiny_disk(tmp_path / "disk", size="4m") as disk:
        write_postings(tmp_path / "jobs", POSTINGS)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        done = broken(api, tmp_path / "jobs", "-o", str(disk))
        assert is_one_error(done), done.stderr
        assert api.books()["usages"] == []


STAGES: dict[str, tuple[list[str], Callable[[Running], bool]]] = {
    "while it starts": ([], lambda _: True),
    "at the first request": ([], lambda api: api.books()["now_open"] >= 1),
    "when some are done": (["--concurrency", "1"], lambda api: api.books()["delivered"] >= 3),
    "while a batch is worked on": (
        ["--economy", "--poll", "0.1"],
        lambda api: sum(api.books()["outcomes"].values()) >= 2,
    ),
}

SLOW_STAGES = ("at the first request", "while a batch is worked on")


@pytest.mark.parametrize("stage", ["while it starts", "when some are done", *map(slow, SLOW_STAGES)])
def test_ctrl_c_at_each_stage_of_a_batch_loses_nothing(tmp_path: Path, stage: str) -> None:
    options, reached = STAGES[stage]
    postings = write_postings(tmp_path, POSTINGS)
    with standin(first_token_seconds=0.4, batch_seconds=1.5) as api:
        program = subprocess.Popen(
            command(tmp_path, *options),
            env=api.environment(),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        if stage == "while it starts":
            time.sleep(0.25)
        while program.poll() is None and not reached(api):
            time.sleep(0.02)
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=60)
        # Caught within an `exec` of a library, Python ends by the signal after our words; a shell says 130 to both.
        assert program.returncode in {ExitCode.INTERRUPTED, -signal.SIGINT}, said
        assert "Traceback" not in said
        assert not list(tmp_path.rglob("*.tmp"))
        again = run(api, tmp_path, *options)
        assert again.code == ExitCode.DONE, again.err
        check_outputs(tmp_path, postings)


@pytest.mark.parametrize("jump", [slow(-40_000_000), slow(40_000_000)], ids=["back a year", "on a year"])
def test_a_clock_that_jumps_in_the_middle_changes_nothing(api: Running, tmp_path: Path, jump: int) -> None:
    postings = write_postings(tmp_path, POSTINGS)
    script = f"""
        import sys, time
        real, calls = time.time, iter(range(10**9))
        time.time = lambda: real() + ({jump} if next(calls) > 20 else 0)
        from postwright.cli.main import main
        sys.argv = ["postwright", "batch", {str(tmp_path)!r}]
        main()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env=api.environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == ExitCode.DONE, done.stderr
    check_outputs(tmp_path, postings)
    paid = len(api.books()["usages"])
    assert run(api, tmp_path).code == ExitCode.DONE
    assert len(api.books()["usages"]) == paid


def everything_in(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """All bytes of all files, those of databases value by value."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".md":
            yield path, path.read_bytes()
        if path.suffix == ".sqlite3":
            with sqlite3.connect(path) as base:
                tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
                for table in tables:
                    for row in base.execute(f"SELECT * FROM {table}"):  # noqa: S608 - our own names
                        yield path, repr(row).encode()


@pytest.mark.parametrize("options", [["--json"], slow(["--economy", "--poll", "0.1"])], ids=["live", "economy"])
def test_no_canary_is_anywhere_after_a_batch(tmp_path: Path, options: list[str]) -> None:
    write_postings(tmp_path, 3)
    chart = f"Example chart: SSN {NUMBER}, MRN: 00482913. Patient: Odalys {PATIENT}. Key: {KEY}."
    (tmp_path / "leaky.md").write_text(posting(chart))
    with standin() as api:
        environment = api.environment() | {"ANTHROPIC_API_KEY": KEY, "POSTWRIGHT_DEBUG": "1", "ANTHROPIC_LOG": "debug"}
        done = subprocess.run(
            command(tmp_path, *options),
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        seen = str(api.books())
    assert done.returncode == ExitCode.FAILED, done.stderr
    assert "leaky.md" in done.stdout + done.stderr
    written = [
        *everything_in(tmp_path),
        (Path("output"), (done.stdout + done.stderr).encode()),
        (Path("sent"), seen.encode()),
    ]
    written += [(path, path.read_bytes()) for path in (tmp_path / ".postwright").rglob("*.md") if path.is_file()]
    assert {"review.json", "run.json", "run.html", "decisions.csv", "journal.sqlite3"} <= {p.name for p, _ in written}
    for path, data in written:
        assert not any(canary.encode() in data for canary in (KEY, NUMBER, PATIENT)), f"a canary is in {path}"
    assert os.environ.get("ANTHROPIC_API_KEY") != KEY
