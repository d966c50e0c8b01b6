"""Waits and asks again when a model is busy or out of reach; never when waiting cannot help."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_exponential_jitter, wait_random

from postwright.domain.errors import ModelUnavailable
from postwright.domain.model import Answered, Ask, Model

T = TypeVar("T")

LONGEST_WAIT = 120.0
"""Seconds. A server that asks for more is not waited for: the person is told instead."""

_own_pause = wait_exponential_jitter(initial=1, max=60, jitter=1)
_spread = wait_random(0, 1)  # on top of what the server asks, so that many clients do not come back at once


async def patiently(
    work: Callable[[], Awaitable[T]],
    *,
    attempts: int = 5,
    longest_wait: float = LONGEST_WAIT,
    on_wait: Callable[[float, str], None] | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> T:
    """The result of `work`, which is tried up to `attempts` times while it raises ModelUnavailable.

    A server's `retry-after` is honoured up to `longest_wait` seconds. Spend limits, bad keys, unknown models and
    rejected requests are raised at once. Before each pause `on_wait(seconds, reason)` is called.
    """

    def tell(state: RetryCallState) -> None:
        if on_wait:
            error = _error_of(state)
            on_wait(state.upcoming_sleep, error.says if error else "")

    def worth_waiting(error: BaseException) -> bool:
        return isinstance(error, ModelUnavailable) and (error.wait_seconds or 0) <= longest_wait

    async def once() -> T:  # tenacity awaits only what it can tell to be a coroutine function
        return await work()

    retrying = AsyncRetrying(
        retry=retry_if_exception(worth_waiting),
        wait=_pause,
        stop=stop_after_attempt(attempts),
        before_sleep=tell,
        sleep=sleep,
        reraise=True,
    )
    try:
        return await retrying(once)
    except ModelUnavailable as error:
        tries = retrying.statistics["attempt_number"]
        if tries == 1:
            raise
        raise ModelUnavailable(
            f"{error.says}, {tries} times in a row",
            hint=error.hint,
            request_id=error.request_id,
            wait_seconds=error.wait_seconds,
            status=error.status,
            maybe_paid=error.maybe_paid,
        ) from error


class PatientModel:
    """A `Model` that asks another one `patiently`: see there for what the options mean."""

    def __init__(
        self,
        model: Model,
        *,
        attempts: int = 5,
        longest_wait: float = LONGEST_WAIT,
        on_wait: Callable[[float, str], None] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._model = model
        self._attempts = attempts
        self._longest_wait = longest_wait
        self._on_wait = on_wait
        self._sleep = sleep

    @property
    def name(self) -> str:
        return self._model.name

    def request(self, ask: Ask) -> dict[str, Any]:
        return self._model.request(ask)

    async def ask(self, ask: Ask) -> Answered:
        return await patiently(
            lambda: self._model.ask(ask),
            attempts=self._attempts,
            longest_wait=self._longest_wait,
            on_wait=self._on_wait,
            sleep=self._sleep,
        )


def _pause(state: RetryCallState) -> float:
    error = _error_of(state)
    if error and error.wait_seconds:
        return error.wait_seconds + _spread(state)
    return _own_pause(state)


def _error_of(state: RetryCallState) -> ModelUnavailable | None:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, ModelUnavailable) else None
