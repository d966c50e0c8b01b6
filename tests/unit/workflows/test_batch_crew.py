"""Processes that work for another one: what they raise, what happens when one is lost, and that none outlives it."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from postwright.domain.errors import PostingUnreadable
from postwright.workflows.many.crew import Crew, WorkerBroke, WorkerLost, hands_for
from support.clerks import Clerk


@contextmanager
def crew(hands: int) -> Iterator[Crew[Clerk]]:
    made = Crew(partial(Clerk, 40), hands)
    try:
        yield made
    finally:
        made.close()


@pytest.mark.parametrize("hands", [0, 2])
class TestTasks:
    def test_a_task_gives_its_result(self, hands: int) -> None:
        with crew(hands) as team:
            assert asyncio.run(team.do(Clerk.add, 2)) == 42

    def test_what_a_person_can_act_on_comes_through_with_its_hint(self, hands: int) -> None:
        with crew(hands) as team, pytest.raises(PostingUnreadable, match="not a text") as raised:
            asyncio.run(team.do(Clerk.fail))
        assert raised.value.hint == "make it one"


class TestProcesses:
    def test_a_bug_is_told_in_one_line_and_the_others_work_on(self) -> None:
        async def main(team: Crew[Clerk]) -> int:
            with pytest.raises(WorkerBroke, match=r"our bug: ZeroDivisionError at clerks.py:\d+: oh"):
                await team.do(Clerk.break_down)
            return await team.do(Clerk.add, 1)

        with crew(1) as team:
            assert asyncio.run(main(team)) == 41

    def test_a_lost_process_is_replaced(self) -> None:
        async def main(team: Crew[Clerk]) -> tuple[int, int]:
            before = await team.do(Clerk.process)
            with pytest.raises(WorkerLost):
                await team.do(Clerk.die)
            return before, await team.do(Clerk.process)

        with crew(1) as team:
            before, after = asyncio.run(main(team))
        assert before != after

    def test_all_hands_work_at_once(self) -> None:
        async def main(team: Crew[Clerk]) -> set[int]:
            return set(await asyncio.gather(*(team.do(Clerk.sleep, 0.2) for _ in range(3))))

        with crew(3) as team:
            assert len(asyncio.run(main(team))) == 3

    def test_a_task_that_nobody_waits_for_any_more_blocks_nobody(self) -> None:
        async def main(team: Crew[Clerk]) -> int:
            task = asyncio.create_task(team.do(Clerk.sleep, 0.2))
            await asyncio.sleep(0.05)
            task.cancel()
            return await team.do(Clerk.add, 2)

        with crew(1) as team:
            assert asyncio.run(main(team)) == 42

    def test_no_process_outlives_the_one_it_works_for(self) -> None:
        script = """
import asyncio, os, signal
from functools import partial
from postwright.workflows.many.crew import Crew
class Clerk:
    def process(self): return os.getpid()
    def sleep(self): import time; time.sleep(0.3); return os.getpid()
async def main(crew):
    pids = await asyncio.gather(crew.do(Clerk.sleep), crew.do(Clerk.sleep))
    print(*pids, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main(Crew(Clerk, 2)))
"""
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        pids = [int(pid) for pid in done.stdout.split()]
        assert len(set(pids)) == 2
        deadline = time.monotonic() + 5
        while any(map(_lives, pids)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(_lives, pids))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_few_postings_are_not_worth_a_process() -> None:
    assert hands_for(3) == 0
    assert hands_for(1_000) >= 1


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_ctrl_c_while_a_process_is_forked_is_not_swallowed() -> None:
    script = (
        "import os, signal\n"
        "from functools import partial\n"
        "from postwright.workflows.many.crew import Crew\n"
        "from support.clerks import Clerk\n"
        "os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "try: Crew(partial(Clerk, 1), 1)\n"
        "except KeyboardInterrupt: print('heard')\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "heard\n", done.stderr
