"""Waits and asks again when a model is busy or out of reach; never when waiting cannot help."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_exponential_jitter, wait_random

from postwright.domain.errors import ModelUnavailable
from postwright.domain.model import Answered, Ask, Model

LONGEST_WAIT = 120.0
"""Seconds. A server that asks for more is not waited for: the person is told instead."""

_own_pause = wait_exponential_jitter(initial=1, max=60, jitter=1)
_spread = wait_random(0, 1)  # on top of what the server asks, so that many clients do not come back at once


class PatientModel:
    """A `Model` that tries another one up to `attempts` times.

    A server's `retry-after` is honoured up to `longest_wait` seconds. Spend limits, bad keys, unknown models and
    rejected requests are raised at once. Before each pause `on_wait(seconds, reason)` is called.
    """

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
        retrying = AsyncRetrying(
            retry=retry_if_exception(self._worth_waiting),
            wait=_pause,
            stop=stop_after_attempt(self._attempts),
            before_sleep=self._tell,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return await retrying(self._model.ask, ask)
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

    def _worth_waiting(self, error: BaseException) -> bool:
        return isinstance(error, ModelUnavailable) and (error.wait_seconds or 0) <= self._longest_wait

    def _tell(self, state: RetryCallState) -> None:
        if self._on_wait:
            error = _error_of(state)
            self._on_wait(state.upcoming_sleep, error.says if error else "")


def _pause(state: RetryCallState) -> float:
    error = _error_of(state)
    if error and error.wait_seconds:
        return error.wait_seconds + _spread(state)
    return _own_pause(state)


def _error_of(state: RetryCallState) -> ModelUnavailable | None:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, ModelUnavailable) else None
