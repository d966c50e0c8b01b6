"""Work over processes: the order stays, memory is bounded, a dead worker is said."""

import os
import sys
from collections.abc import Iterator
from itertools import islice

import pytest

from postwright.domain.errors import PostwrightError
from postwright.workflows.checking.workers import in_order, usable_cores


def doubled(number: int) -> int:
    return 2 * number


def process(_number: int) -> int:
    return os.getpid()


def dying(_number: int) -> int:
    if _number:
        os._exit(1)
    return 0


@pytest.mark.parametrize("jobs", [0, 1, 2, 40, 350])
@pytest.mark.parametrize("processes", [0, 1, 2])
def test_results_come_in_the_order_of_the_jobs(jobs: int, processes: int) -> None:
    assert list(in_order(doubled, range(jobs), processes)) == [2 * n for n in range(jobs)]


def test_a_few_files_are_checked_in_this_process() -> None:
    assert set(in_order(process, range(20))) == {os.getpid()}


def test_many_files_are_spread_over_processes_when_asked() -> None:
    assert len(set(in_order(process, range(200), 2)) - {os.getpid()}) >= 1


def test_jobs_are_taken_as_they_are_needed_and_not_all_at_once() -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = in_order(doubled, endless(), 2)
    assert list(islice(results, 50)) == [2 * n for n in range(1, 51)]
    assert taken < 50 + 2 * 8 * 16 + 300
    results.close() if hasattr(results, "close") else None


@pytest.mark.skipif(sys.platform == "win32", reason="os._exit in a spawned worker")
def test_a_worker_that_dies_is_an_error_with_a_way_out() -> None:
    with pytest.raises(PostwrightError, match="worker process died") as caught:
        list(in_order(dying, range(100), 2))
    assert "--jobs 1" in caught.value.hint


def test_at_least_one_core_is_usable() -> None:
    assert usable_cores() >= 1
