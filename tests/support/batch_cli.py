"""The real program against a stand-in in a process of its own: to be run to its end, or to be killed."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postwright.domain.model import Usage
from postwright.storage.review import load_review
from standin.running import Running

Seen = Callable[[dict[str, Any]], bool]
"""Looks at the books of the stand-in."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a run of the program ended."""

    code: int
    out: str
    err: str
    seconds: float


def command(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "postwright", "batch", str(folder), *options]


def run(api: Running, folder: Path, *options: str) -> Done:
    """`postwright batch`, to its end."""
    began = time.monotonic()
    done = subprocess.run(
        command(folder, *options), env=api.environment(), cwd=folder, capture_output=True, text=True, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr, time.monotonic() - began)


def run_and_kill(api: Running, folder: Path, when: "float | Seen", *options: str) -> float | None:
    """Start the program and end it without a word after so many seconds, or when the API has seen enough.

    Returns the moment, or None if the program was done before.
    """
    process = subprocess.Popen(
        command(folder, *options),
        env=api.environment(),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    began = time.monotonic()
    while process.poll() is None:
        if when(api.books()) if callable(when) else time.monotonic() - began > when:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return time.monotonic()
        time.sleep(0.02)
    return None


def check_outputs(folder: Path, postings: list[Path]) -> None:
    """Every posting has whole work files that fit each other, and nothing else lies about."""
    top = folder / ".postwright"
    for posting in postings:
        review = load_review(top / posting / "review.json")
        assert review is not None, f"{posting} has no review"
        assert review.source == (folder / posting).read_bytes().decode("utf-8")
        assert review.draft is not None
        assert (top / posting / "draft.md").read_bytes().decode("utf-8") == review.draft.text
    assert sorted(p.parent.relative_to(top) for p in top.rglob("review.json")) == sorted(postings)
    assert not list(top.rglob("*.tmp"))


def accounts(folder: Path) -> dict[str, Any]:
    """run.json of the last run."""
    path = max((folder / ".postwright" / "runs").glob("*/run.json"))
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def usage_of(counts: dict[str, Any]) -> Usage:
    """The usage object of a message, as the price table wants it."""
    return Usage(
        input=counts["input_tokens"],
        cache_write_5m=counts["cache_creation"]["ephemeral_5m_input_tokens"],
        cache_write_1h=counts["cache_creation"]["ephemeral_1h_input_tokens"],
        cache_read=counts["cache_read_input_tokens"],
        output=counts["output_tokens"],
        batch=counts["service_tier"] == "batch",
    )


def moments(seed: int, number: int, first: float, last: float) -> list[float]:
    """Random moments, in seconds after the start of a run."""
    draw = random.Random(seed)  # noqa: S311 - repeatable
    return [draw.uniform(first, last) for _ in range(number)]
