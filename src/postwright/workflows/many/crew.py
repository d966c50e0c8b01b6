"""Processes that read, judge and check postings, so that the one that talks to the API is never busy with text.

A process ends when the one that started it ends, however that happens: its end of the pipe closes.
"""

import asyncio
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Concatenate, Generic, ParamSpec, TypeVar, cast

from postwright.domain.errors import PostwrightError

W = TypeVar("W")
P = ParamSpec("P")
R = TypeVar("R")

_MOST_HANDS = 8
_GC_EVERY = 100_000
"""New objects between collections: reading makes many small values and no cycles."""


class WorkerLost(PostwrightError):
    """A process of the crew is gone: killed, or out of memory."""


class WorkerBroke(PostwrightError):
    """Our bug, in another process. The run goes on without this posting."""


def hands_for(postings: int) -> int:
    """How many processes are worth their start for so many postings; 0: none, work here."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 0 if postings < 4 else min(_MOST_HANDS, max(1, processors))


@dataclass(frozen=True, slots=True)
class _Failure:
    error: PostwrightError


@dataclass(slots=True)
class _Hand:
    process: BaseProcess
    pipe: Connection


class Crew(Generic[W]):
    """`hands` processes, each with a worker of its own made by `make`; 0 hands: one worker in this process.

    A task is a method of the worker's class; it, its arguments and its result travel between the processes.

    To be made before any thread or event loop, and before files are opened that the processes must not inherit.
    """

    def __init__(self, make: Callable[[], W], hands: int) -> None:
        self._make = make
        self._local = make() if hands == 0 else None
        self._hands: list[_Hand] = []
        for _ in range(hands):
            self._hands.append(_forked(make, [hand.pipe for hand in self._hands]))
        self._idle: asyncio.Queue[_Hand] | None = None
        self._threads: ThreadPoolExecutor | None = None

    @property
    def hands(self) -> int:
        return max(1, len(self._hands))

    async def do(self, task: Callable[Concatenate[W, P], R], *args: P.args, **named: P.kwargs) -> R:
        """The result of a task by whichever worker is free. Raises what the worker raised, or WorkerLost."""
        if self._local is not None:
            return task(self._local, *args, **named)
        idle = self._queue()
        hand = await idle.get()
        work = asyncio.get_running_loop().run_in_executor(self._threads, _exchange, hand, (task, args, named))
        try:
            value = await asyncio.shield(work)
        except (EOFError, OSError) as error:
            self._hands.remove(hand)
            hand = _spawned(self._make)
            self._hands.append(hand)
            raise WorkerLost("a process of ours was ended from outside", hint="run the same command again") from error
        finally:
            if work.done():
                idle.put_nowait(hand)
            else:  # we were cancelled; the process still works
                work.add_done_callback(lambda _: idle.put_nowait(hand))
        if isinstance(value, _Failure):
            raise value.error
        return cast("R", value)

    def close(self) -> None:
        for hand in self._hands:
            hand.pipe.close()
        for hand in self._hands:
            hand.process.join(timeout=5)
            if hand.process.is_alive():
                hand.process.kill()
        if self._threads:
            self._threads.shutdown(wait=False, cancel_futures=True)

    def _queue(self) -> "asyncio.Queue[_Hand]":
        if self._idle is None:
            self._idle = asyncio.Queue()
            self._threads = ThreadPoolExecutor(max_workers=len(self._hands), thread_name_prefix="crew")
            for hand in self._hands:
                self._idle.put_nowait(hand)
        return self._idle


def _forked(make: Callable[[], object], others: list[Connection]) -> _Hand:
    """A process that shares what is loaded already; where that is not safe, a new one."""
    if sys.platform != "linux":
        return _spawned(make)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, [ours, *others], make), daemon=True)
    return _started(process, ours, theirs)


def _spawned(make: Callable[[], object]) -> _Hand:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    return _started(context.Process(target=_serve, args=(theirs, [], make), daemon=True), ours, theirs)


def _started(process: BaseProcess, ours: Connection, theirs: Connection) -> _Hand:
    with _interrupts_later():
        process.start()
    theirs.close()
    return _Hand(process, ours)


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Ctrl-C waits: what it raises in the callbacks around a fork is swallowed there, and nobody would hear of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _exchange(hand: _Hand, order: object) -> object:
    hand.pipe.send(order)
    answer: object = hand.pipe.recv()
    return answer


def _serve(pipe: Connection, inherited: list[Connection], make: Callable[[], object]) -> None:
    """The life of a process of the crew. While it held the other end of a pipe, it would never see it close."""
    for end in inherited:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who talks to the person
    gc.freeze()
    gc.set_threshold(_GC_EVERY, 20, 20)
    worker = make()
    while True:
        try:
            task, args, named = pipe.recv()
            pipe.send(_done(task, worker, *args, **named))
        except (EOFError, OSError):
            return


def _done(task: Callable[..., object], *args: object, **named: object) -> object:
    try:
        return task(*args, **named)
    except PostwrightError as error:
        return _Failure(error)
    except Exception as error:  # noqa: BLE001 - the boundary of the process: the run goes on without this posting
        return _Failure(broken(error))


def broken(error: Exception) -> WorkerBroke:
    """Our bug in one line: where it is, and that the run goes on."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "an unknown place"
    says = f"this is our bug: {type(error).__name__} at {where}: {' '.join(str(error).split())[:160]}"
    return WorkerBroke(says, hint="please report it; the other postings are not affected")
