"""Starts a stand-in in a process of its own, so that what the client uses can be told apart from what it uses."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEY = "sk-test-stand-in"


@dataclass(frozen=True, slots=True)
class Running:
    """A stand-in that listens at `url`."""

    url: str
    process: int

    def environment(self) -> dict[str, str]:
        """For a program that shall ask this stand-in."""
        return {**os.environ, "ANTHROPIC_BASE_URL": self.url, "ANTHROPIC_API_KEY": KEY}

    def books(self) -> dict[str, Any]:
        """What it saw so far: see `standin.books`."""
        with urllib.request.urlopen(f"{self.url}/standin/books", timeout=60) as answer:  # noqa: S310 - our own address
            data: dict[str, Any] = json.load(answer)
        return data

    def change(self, **settings: object) -> None:
        """Behave differently from now on."""
        request = urllib.request.Request(f"{self.url}/standin/settings", json.dumps(settings).encode(), method="POST")  # noqa: S310
        urllib.request.urlopen(request, timeout=60).close()  # noqa: S310


@contextmanager
def standin(**settings: object) -> Iterator[Running]:
    """A stand-in with these settings (see `standin.settings`), for as long as the block runs."""
    tests = Path(__file__).parents[1]
    command = [sys.executable, "-m", "standin", json.dumps(settings)]
    process = subprocess.Popen(command, cwd=tests, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        yield Running(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.stdin.close()
        process.wait(timeout=10)
        process.stdout.close()
