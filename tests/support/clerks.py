"""Workers that behave as a test says. In a module of their own: a new process must be able to import it."""

import os
import signal
import time

from postwright.domain.errors import PostingUnreadable


class Clerk:
    """A worker that adds, fails, breaks or dies as it is told."""

    def __init__(self, start: int) -> None:
        self._start = start

    def add(self, number: int) -> int:
        return self._start + number

    def fail(self) -> None:
        raise PostingUnreadable("not a text", hint="make it one")

    def break_down(self) -> None:
        raise ZeroDivisionError("oh")

    def die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def process(self) -> int:
        return os.getpid()

    def sleep(self, seconds: float) -> int:
        time.sleep(seconds)
        return os.getpid()
