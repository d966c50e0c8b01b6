"""How many requests are open at once, shown on a clock of the test's own."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from postwright.domain.errors import ModelAccessDenied, ModelUnavailable, PostwrightError, RequestRefused
from postwright.domain.model import Answered, Ask, Usage
from postwright.workflows.many.pace import Pace, PacedModel
from support.models import ScriptedModel, an_answer, an_ask

HIT = Usage(input=100, cache_read=1_000, output=10)
FILL = Usage(input=100, cache_write_1h=1_000, output=10)
NOTHING = Usage(input=1_100, output=10)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def paced(work: Callable[[Pace, Clock], Awaitable[None]], top: int = 4, ttl: str = "5m") -> None:
    async def main() -> None:
        clock = Clock()
        await work(Pace(top, ttl=ttl, clock=clock), clock)

    asyncio.run(main())


async def entered(pace: Pace, number: int) -> list[asyncio.Task[object]]:
    """So many that want in; those who may are in when this returns."""
    tasks: list[asyncio.Task[object]] = [asyncio.create_task(pace.enter()) for _ in range(number)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


def inside(tasks: list[asyncio.Task[object]]) -> int:
    return sum(task.done() for task in tasks)


async def cancel(tasks: list[asyncio.Task[object]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def busy(wait: float | None = None, status: int = 429) -> ModelUnavailable:
    return ModelUnavailable("slow down", wait_seconds=wait, status=status)


class TestTheLeader:
    def test_one_goes_ahead_and_the_others_follow_when_it_has_filled_the_cache(self) -> None:
        async def work(pace: Pace, _clock: Clock) -> None:
            leader = await pace.enter()
            others = await entered(pace, 5)
            assert inside(others) == 0
            pace.answered(leader, FILL)
            await asyncio.sleep(0)
            assert inside(others) == 4
            await cancel(others)

        paced(work)

    def test_the_others_follow_as_soon_as_its_reply_begins(self) -> None:
        async def work(pace: Pace, _clock: Clock) -> None:
            leader = await pace.enter()
            others = await entered(pace, 5)
            pace.begins(leader, FILL)
            await asyncio.sleep(0)
            assert inside(others) == 3
            pace.answered(leader, FILL)
            await asyncio.sleep(0)
            assert inside(others) == 4
            await cancel(others)

        paced(work)

    def test_a_reply_that_begins_without_a_word_on_the_cache_lets_nobody_in(self) -> None:
        async def work(pace: Pace, _clock: Clock) -> None:
            leader = await pace.enter()
            others = await entered(pace, 2)
            pace.begins(leader, NOTHING)
            await asyncio.sleep(0)
            assert inside(others) == 0
            await cancel(others)

        paced(work)

    def test_when_the_leader_fails_the_next_one_leads(self) -> None:
        async def work(pace: Pace, _clock: Clock) -> None:
            leader = await pace.enter()
            others = await entered(pace, 3)
            pace.failed(leader, ModelUnavailable("overloaded", status=500))
            await asyncio.sleep(0)
            assert inside(others) == 1
            await cancel(others)

        paced(work)

    def test_an_endpoint_that_caches_nothing_needs_no_leader(self) -> None:
        async def work(pace: Pace, clock: Clock) -> None:
            pace.answered(await pace.enter(), NOTHING)
            clock.now += 10_000
            others = await entered(pace, 4)
            assert inside(others) == 4
            await cancel(others)

        paced(work)

    @pytest.mark.parametrize(("ttl", "life"), [("5m", 300), ("1h", 3600)])
    def test_after_the_life_of_the_entry_one_goes_ahead_again(self, ttl: str, life: int) -> None:
        async def work(pace: Pace, clock: Clock) -> None:
            pace.answered(await pace.enter(), FILL)
            clock.now += life * 0.8
            pace.answered(await pace.enter(), HIT)  # a read lets the entry live on
            clock.now += life * 0.8
            others = await entered(pace, 3)
            assert inside(others) == 3
            await cancel(others)
            pace.open = 0
            clock.now += life
            others = await entered(pace, 3)
            assert inside(others) == 1
            await cancel(others)

        paced(work, ttl=ttl)


class TestTheLimit:
    def test_a_request_to_slow_down_halves_it_once_for_all_that_were_open(self) -> None:
        async def work(pace: Pace, clock: Clock) -> None:
            pace.answered(await pace.enter(), FILL)
            open_ones = [await pace.enter() for _ in range(4)]
            clock.now += 1
            for request in open_ones:
                pace.failed(request, busy())
            assert pace.limit == 2

        paced(work)

    def test_success_raises_it_by_about_one_a_round_and_never_over_the_top(self) -> None:
        async def work(pace: Pace, clock: Clock) -> None:
            pace.answered(await pace.enter(), FILL)
            pace.failed(await pace.enter(), busy())
            clock.now += 2
            pace.answered(await pace.enter(), HIT)
            pace.answered(await pace.enter(), HIT)
            assert 2.8 < pace.limit < 3
            for _ in range(30):
                pace.answered(await pace.enter(), HIT)
            assert pace.limit == 4

        paced(work)

    def test_an_overloaded_server_lowers_it_less_than_a_rate_limit(self) -> None:
        async def work(pace: Pace, _clock: Clock) -> None:
            pace.failed(await pace.enter(), busy(status=529))
            assert pace.limit == pytest.approx(3.2)

        paced(work)

    def test_a_pause_holds_for_all(self) -> None:
        async def work(pace: Pace, clock: Clock) -> None:
            pace.answered(await pace.enter(), FILL)
            pace.failed(await pace.enter(), busy(wait=30.0))
            clock.now += 29
            others = await entered(pace, 2)
            assert inside(others) == 0
            clock.now += 2
            more = await entered(pace, 1)
            assert inside([*others, *more]) == 2
            await cancel([*others, *more])

        paced(work)

    def test_a_pause_of_an_hour_is_left_to_the_one_who_ends_the_run(self) -> None:
        async def work(pace: Pace, clock: Clock) -> None:
            pace.answered(await pace.enter(), FILL)
            pace.failed(await pace.enter(), busy(wait=3600.0))
            clock.now += 121
            others = await entered(pace, 1)
            assert inside(others) == 1
            await cancel(others)

        paced(work)

    def test_what_every_request_would_meet_lets_nobody_in(self) -> None:
        async def work(pace: Pace, _clock: Clock) -> None:
            leader = await pace.enter()
            others = await entered(pace, 2)
            pace.failed(leader, ModelAccessDenied("bad key"))
            results = await asyncio.gather(*others, return_exceptions=True)
            assert [type(result) for result in results] == [ModelAccessDenied] * 2
            with pytest.raises(ModelAccessDenied):
                await pace.enter()

        paced(work)

    def test_who_gives_up_waiting_leaves_the_room_to_others(self) -> None:
        async def work(pace: Pace, _clock: Clock) -> None:
            leader = await pace.enter()
            others = await entered(pace, 2)
            await cancel(others[:1])
            pace.answered(leader, FILL)
            await asyncio.sleep(0)
            assert others[1].done()
            assert pace.open == 1

        paced(work)


class TestRateLimitHeaders:
    def headers(self, remaining: int, limit: int = 60, seconds: float = 30.0) -> dict[str, str]:
        full = datetime.now(UTC) + timedelta(seconds=seconds)
        prefix = "anthropic-ratelimit-requests"
        return {
            f"{prefix}-limit": str(limit),
            f"{prefix}-remaining": str(remaining),
            f"{prefix}-reset": full.isoformat(),
        }

    def test_plenty_of_room_spaces_nothing(self) -> None:
        async def work(pace: Pace, _clock: Clock) -> None:
            pace.hear(self.headers(remaining=50))
            assert pace.spacing == 0

        paced(work)

    def test_little_room_spaces_requests_at_the_rate_at_which_it_comes_back(self) -> None:
        async def work(pace: Pace, clock: Clock) -> None:
            pace.answered(await pace.enter(), FILL)
            pace.hear(self.headers(remaining=3, seconds=57.0))
            assert pace.spacing == pytest.approx(1.0, rel=0.05)
            clock.now += 2
            await pace.enter()
            others = await entered(pace, 1)
            assert inside(others) == 0
            clock.now += 1.1
            others += await entered(pace, 1)
            assert inside(others) == 1
            await cancel(others)

        paced(work)

    @pytest.mark.parametrize("what", ["requests", "tokens", "input-tokens", "output-tokens"])
    def test_any_limit_may_be_the_narrow_one(self, what: str) -> None:
        async def work(pace: Pace, _clock: Clock) -> None:
            pace.answered(await pace.enter(), FILL)
            narrow = self.headers(remaining=1, limit=600, seconds=60.0)
            pace.hear({name.replace("requests", what): value for name, value in narrow.items()})
            assert pace.spacing > 0

        paced(work)

    def test_headers_that_never_change_do_not_bring_a_run_to_a_halt(self) -> None:
        """A server may always say that one of fifty is taken and comes back in a minute."""

        async def work(pace: Pace, _clock: Clock) -> None:
            pace.answered(await pace.enter(), FILL)
            pace.hear(self.headers(remaining=49, limit=50, seconds=60.0))
            assert pace.spacing <= 60 / 50

        paced(work, top=64)

    @pytest.mark.parametrize(
        "headers",
        [
            {
                "anthropic-ratelimit-requests-limit": "5",
                "anthropic-ratelimit-requests-remaining": "1",
                "anthropic-ratelimit-requests-reset": "2026-11-22T08:00:00",  # of no time zone
                "date": "Sun, 22 Nov 2026 08:00:00 GMT",
            },
            {},
            {"anthropic-ratelimit-requests-limit": "x"},
            {"anthropic-ratelimit-requests-limit": "5", "anthropic-ratelimit-requests-remaining": "1"},
        ],
    )
    def test_headers_that_say_nothing_are_no_surprise(self, headers: dict[str, str]) -> None:
        async def work(pace: Pace, _clock: Clock) -> None:
            pace.hear(headers)
            assert pace.spacing == 0

        paced(work)


class Streaming(ScriptedModel):
    """A model whose replies can be heard as they begin."""

    def __init__(self, *script: Answered | PostwrightError) -> None:
        super().__init__(*script)
        self.led = 0

    async def lead(self, ask: Ask, begins: Callable[[Usage], None]) -> Answered:
        self.led += 1
        begins(FILL)
        return await self.ask(ask)


@pytest.mark.parametrize(("status", "led"), [(0, 1), (529, 2)])
def test_a_stream_that_broke_is_not_tried_again_and_a_busy_server_is_no_broken_stream(status: int, led: int) -> None:
    async def work(pace: Pace, clock: Clock) -> None:
        inner = Streaming(ModelUnavailable("cut", status=status), an_answer(usage=FILL))
        model = PacedModel(inner, pace)
        with pytest.raises(ModelUnavailable):
            await model.ask(an_ask())
        clock.now += 1_000
        await model.ask(an_ask())
        await model.ask(an_ask("one that follows"))
        assert inner.led == led

    paced(work)


def test_where_streams_are_refused_the_leader_asks_plainly_and_the_next_ones_at_once() -> None:
    async def work(pace: Pace, clock: Clock) -> None:
        inner = Streaming(RequestRefused("stream: not supported"), an_answer(usage=FILL))
        model = PacedModel(inner, pace)
        await model.ask(an_ask())
        clock.now += 1_000
        await model.ask(an_ask())
        assert (inner.led, len(inner.asks)) == (1, 3)
        assert pace.open == 0

    paced(work)


def test_a_paced_model_frees_its_place_however_a_request_ends() -> None:
    async def work(pace: Pace, _clock: Clock) -> None:
        model = PacedModel(ScriptedModel(an_answer(usage=FILL), busy(status=500), an_answer()), pace)
        await model.ask(an_ask())
        with pytest.raises(ModelUnavailable):
            await model.ask(an_ask("b"))
        await model.ask(an_ask("c"))
        assert pace.open == 0
        assert model.name == "scripted"

    paced(work)
