"""How many requests are open at once: one that fills the prompt cache, then many, fewer when the API says so.

The limit is found as TCP finds its own: one more for each round without trouble, half when the API asks to slow down.
A pause that the API asks for holds for all. The headers of every response tell how much room is left; when it gets
narrow, requests start one after another at the rate at which the room comes back.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any

from postwright.domain.errors import ModelUnavailable, PostwrightError, RequestRefused
from postwright.domain.model import Answered, Ask, Leader, Usage
from postwright.llm.patient import LONGEST_WAIT

SECONDS = {"5m": 300.0, "1h": 3600.0}
"""How long a cache entry lives after the request that wrote or last read it began."""
SURELY_ALIVE = 0.9
"""Share of that time for which we count on it."""
_SLOW_DOWN, _OVERLOADED = 429, 529
_LESS = {_SLOW_DOWN: 0.5, _OVERLOADED: 0.8}
_LONGEST_SPACING = 10.0
_WINDOW = 60.0
"""Seconds over which the API counts: its limits are so much a minute."""
_ENOUGH_ROUNDS = 1.5
"""While there is room for so many rounds of all open requests, nobody waits."""


@dataclass(slots=True)
class _Open:
    """A request that was let in: when, and whether it fills the cache for the others."""

    started: float
    leads: bool


class Pace:
    """Lets requests in. Times are those of `clock`, in seconds. `top` is the most that may be open at once."""

    def __init__(self, top: int, *, ttl: str = "5m", clock: Callable[[], float] | None = None) -> None:
        self._top = top
        self._life = SECONDS[ttl] * SURELY_ALIVE
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._waiting: deque[asyncio.Future[_Open]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._not_before = 0.0  # a pause for all
        self._last_start = 0.0
        self._last_cut = 0.0
        self._warm_until = 0.0
        self._uncached = False  # the endpoint caches nothing: then nobody need wait for a leader
        self._closed: Exception | None = None
        self._need = 0.0  # uncached prompt tokens of a request, smoothed
        self._output = 0.0  # tokens of a reply, smoothed
        self.spacing = 0.0
        self.limit = float(top)
        self.open = 0

    async def enter(self) -> _Open:
        """Wait for one's turn. The leader's turn comes alone."""
        if self._closed:
            raise self._closed
        turn: asyncio.Future[_Open] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._admit()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # let in at the very moment
                self._leave()
            raise

    def close(self, why: Exception) -> None:
        """Let nobody in any more: those who wait, and those who come, get `why`."""
        self._closed = self._closed or why
        waiting, self._waiting = self._waiting, deque()
        for turn in waiting:
            if not turn.done():
                turn.set_exception(why)

    def begins(self, request: _Open, usage: Usage) -> None:
        """The reply to a request begins: the others need not wait for its end."""
        if self._warmed(request, usage):
            self._admit()

    def answered(self, request: _Open, usage: Usage) -> None:
        """A request succeeded: the cache lives from its start on, and there may be room for one more."""
        if not self._warmed(request, usage) and request.leads:
            self._uncached = True
        self._need = _smoothed(self._need, usage.prompt - usage.cache_read)
        self._output = _smoothed(self._output, usage.output)
        self.limit = min(float(self._top), self.limit + 1 / self.limit)
        self._leave()

    def failed(self, request: _Open, error: BaseException) -> None:
        """A request failed. When the API is too busy for us, fewer are let in from now on, and none for a while.

        What the next request would meet too (a bad key, a spend limit) lets nobody in any more.
        """
        if isinstance(error, PostwrightError) and error.ends_run:
            self.close(error)
        if isinstance(error, ModelUnavailable):
            if error.status in _LESS and request.started >= self._last_cut:
                self.limit = max(1.0, self.limit * _LESS[error.status])
                self._last_cut = self._clock()
            if error.status == _SLOW_DOWN or error.wait_seconds:
                pause = min(error.wait_seconds or 1.0, LONGEST_WAIT)  # for longer ones the run ends: see `Live`
                self._not_before = max(self._not_before, self._clock() + pause)
        self._leave()

    def _warmed(self, request: _Open, usage: Usage) -> bool:
        """Whether a request met the cache, which lives from its start on."""
        touched = usage.cache_read + usage.cache_write_5m + usage.cache_write_1h > 0
        if touched:
            self._warm_until = max(self._warm_until, request.started + self._life)
        return touched

    def hear(self, headers: Mapping[str, str]) -> None:
        """What a response says about the rate limits, if it says anything."""
        needs = {
            "requests": 1.0,
            "input-tokens": self._need,
            "output-tokens": self._output,
            "tokens": self._need + self._output,
        }
        self.spacing = min(_LONGEST_SPACING, max(self._spacing(headers, what, need) for what, need in needs.items()))

    def _spacing(self, headers: Mapping[str, str], what: str, need: float) -> float:
        """Seconds between two starts at which the room of one limit does not shrink; 0 while there is plenty.

        What was taken comes back until the reset, and never slower than the whole limit a minute.
        """
        prefix = f"anthropic-ratelimit-{what}"
        try:
            limit, remaining = float(headers[f"{prefix}-limit"]), float(headers[f"{prefix}-remaining"])
            full = datetime.fromisoformat(headers[f"{prefix}-reset"])
            now = parsedate_to_datetime(headers["date"]) if "date" in headers else datetime.now(full.tzinfo)
            refill = (full - now).total_seconds()
        except (KeyError, ValueError, TypeError):
            return 0.0
        taken = limit - remaining
        if taken <= 0 or need <= 0 or remaining > _ENOUGH_ROUNDS * self.limit * need:
            return 0.0
        return min(max(0.0, refill) / taken, _WINDOW / limit) * need

    def _let_in(self) -> _Open:
        now = self._clock()
        request = _Open(now, leads=self._is_cold(now))
        self.open += 1
        self._last_start = now
        return request

    def _is_cold(self, now: float) -> bool:
        return not self._uncached and now >= self._warm_until

    def _obstacle(self) -> float:
        """Seconds until the next request may start; infinite when that hangs on another request."""
        now = self._clock()
        if self.open >= int(self.limit) or (self.open and self._is_cold(now)):
            return float("inf")
        return max(0.0, self._not_before - now, self._last_start + self.spacing - now if self.spacing else 0.0)

    def _leave(self) -> None:
        self.open -= 1
        self._admit()

    def _admit(self) -> None:
        """Give turns to those who wait, in order, or wake up when the next one is due."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        while self._waiting:
            if self._waiting[0].done():
                self._waiting.popleft()
                continue
            obstacle = self._obstacle()
            if obstacle > 0:
                if obstacle != float("inf"):
                    self._timer = asyncio.get_running_loop().call_later(obstacle, self._admit)
                return
            self._waiting.popleft().set_result(self._let_in())


def _smoothed(before: float, new: int) -> float:
    return 0.9 * before + 0.1 * new if before else float(new)


class PacedModel:
    """A `Model` that waits for its turn before each request. While one fills the cache, the next wait for its reply."""

    def __init__(self, model: Leader, pace: Pace) -> None:
        self._model = model
        self._pace = pace
        self._streams = True

    @property
    def name(self) -> str:
        return self._model.name

    def request(self, ask: Ask) -> dict[str, Any]:
        return self._model.request(ask)

    async def ask(self, ask: Ask) -> Answered:
        turn = await self._pace.enter()
        try:
            answered = await (self._led(ask, turn) if turn.leads and self._streams else self._model.ask(ask))
        except BaseException as error:
            self._pace.failed(turn, error)
            raise
        self._pace.answered(turn, answered.usage)
        return answered

    async def _led(self, ask: Ask, turn: _Open) -> Answered:
        """What stands between us and the API may not stream, or break streams: from then on nothing is streamed."""
        try:
            return await self._model.lead(ask, partial(self._pace.begins, turn))
        except RequestRefused:
            self._streams = False
            return await self._model.ask(ask)
        except ModelUnavailable as error:
            self._streams = bool(error.status)
            raise
