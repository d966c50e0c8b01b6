"""Spreads work over processes where that pays, and keeps the order of the results."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from postwright.domain.errors import PostwrightError

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

Job = TypeVar("Job")
Done = TypeVar("Done")

WORTH_IT = 300
"""Files. Below it, starting processes costs more than it saves."""
_WARM = 4  # files judged before: what they load and compile, every process inherits
_CHUNK = 16
_AHEAD = 4  # chunks a process may have waiting: enough to stay busy, few enough to keep memory flat


def usable_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(work: Callable[[Job], Done], jobs: Iterable[Job], processes: int = 0) -> Iterator[Done]:
    """`work` done on each job, results in the order of the jobs. `processes`: 0 for as many as pay.

    Few jobs, or one core, are done in this process. `work` must be importable by name.
    """
    coming = iter(jobs)
    first = list(islice(coming, 1 if processes > 1 else WORTH_IT))
    wanted = processes or usable_cores()
    after = list(islice(coming, 1)) if wanted > 1 else []
    if not after:
        yield from map(work, chain(first, coming))
        return
    yield from map(work, first[:_WARM])
    yield from _spread(work, chain(first[_WARM:], after, coming), wanted)


def _spread(work: Callable[[Job], Done], jobs: Iterator[Job], processes: int) -> Iterator[Done]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - 30 ms that a hook does not need
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    waiting: deque[Future[list[Done]]] = deque()
    pool = ProcessPoolExecutor(processes, mp_context=_context(), initializer=_be_quiet)
    try:
        while True:
            while len(waiting) < processes * _AHEAD and (some := list(islice(jobs, _CHUNK))):
                waiting.append(pool.submit(_do, work, some))
            if not waiting:
                return
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise PostwrightError("a worker process died", hint="run again with --jobs 1") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _do(work: Callable[[Job], Done], jobs: list[Job]) -> list[Done]:
    return [work(job) for job in jobs]


def _context() -> "BaseContext":
    """Forked processes inherit what is loaded; where forking is not safe or not there, the system's own way."""
    import multiprocessing  # noqa: PLC0415
    import sys  # noqa: PLC0415

    return multiprocessing.get_context("fork" if sys.platform == "linux" else None)


def _be_quiet() -> None:
    """An interrupt is the parent's to report."""
    import signal  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
