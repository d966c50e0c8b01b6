"""The port behind which many requests are answered at once, later and cheaper. No vendor type crosses it."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from postwright.domain.errors import ModelError
from postwright.domain.model import Answered


class RowKind(StrEnum):
    """How a request of a batch ended."""

    SUCCEEDED = "succeeded"
    ERRORED = "errored"
    EXPIRED = "expired"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """The result of one request: an answer when it succeeded, else what went wrong. Only successes are billed."""

    custom_id: str
    kind: RowKind
    answered: Answered | None = None
    error: ModelError | None = None


@dataclass(frozen=True, slots=True)
class BatchStatus:
    """How far a batch is. `created` is in seconds since the epoch, by the server's clock; 0 if it does not say."""

    id: str
    ended: bool
    created: float
    size: int  # all its requests; 0 if the server does not say
    done: int  # those that have ended, so far as the server tells
    results: str = ""  # where the results are, once it has ended
    gone: bool = False  # ended so long ago that its results are no longer kept


class Batches(Protocol):
    """Something that takes batches of requests. Raises `ModelError` and nothing else."""

    async def create(self, body: AsyncIterator[bytes], size: int) -> BatchStatus:
        """Hand in a batch, given as the `size` bytes of its JSON. Never sent twice: see `ModelError.maybe_paid`."""
        ...

    async def look(self, batch: str) -> BatchStatus: ...

    async def recent(self, since: float) -> list[BatchStatus]:
        """The batches created at or after `since`, newest first."""
        ...

    def rows(self, batch: BatchStatus) -> AsyncGenerator[BatchRow, None]:
        """The results of an ended batch one by one, in any order. May break off: ask again, rows repeat."""
        ...
