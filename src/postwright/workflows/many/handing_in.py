"""Batches handed in once and fetched whole, however often we crash on the way.

Nothing is created twice blindly: a batch whose creation was cut short is looked for in the list of batches, and created
anew only when the list shows that it is not there.
"""

import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from postwright.domain.batches import Batches, BatchRow, BatchStatus, RowKind
from postwright.domain.errors import EndpointUnusable, ModelError, ModelUnavailable
from postwright.domain.model import Usage
from postwright.llm.patient import LONGEST_WAIT, patiently
from postwright.storage.batch_rows import BatchBook, Handed
from postwright.storage.journal import SqliteJournal
from postwright.workflows.many.chunks import Chunk
from postwright.workflows.many.money import Till
from postwright.workflows.many.shop import Interrupted, Shop

T = TypeVar("T")

GRACE = 15.0
"""Seconds after which a batch that was about to be created would stand in the list, if it had been."""
CLOCKS_DIFFER = 300.0
"""Seconds by which our clock and the server's may differ."""
_ATTEMPTS = 30
_NOT_FOUND, _NO_METHOD = 404, 405
_FIRST_LOOK, _GROWTH, _LONGEST_LOOK = 2.0, 1.5, 60.0
_SHORT_DOWNLOADS = 3
"""Further downloads of results that lack rows, before those count as lost: a cut between two lines looks like an
end."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds: between two looks at the batches (0: growing to a minute), and until the list of batches is believed."""

    poll: float = 0.0
    grace: float = GRACE


@dataclass(slots=True)
class _Came:
    """What one download of results brought: custom id, result and what it says, for each request of ours."""

    results: list[tuple[str, str, str]] = field(default_factory=list)
    usd: float = 0.0
    usage: Usage = field(default_factory=lambda: Usage(batch=True))
    foreign: bool = False  # a request that we never made was among them


class Counter:
    """Where batches are handed in and picked up. `units_of` gives the numbered units of a posting, for the journal."""

    def __init__(
        self,
        batches: Batches,
        book: BatchBook,
        journal: SqliteJournal,
        shop: Shop,
        till: Till,
        units_of: Callable[[str], str],
        rhythm: Rhythm,
    ) -> None:
        self._batches = batches
        self._book = book
        self._journal = journal
        self._stopping = shop.stopping
        self._note = shop.note
        self._till = till
        self._units_of = units_of
        self._rhythm = rhythm
        self._board = shop.board

    async def hand_in(self, chunk: Chunk) -> None:
        """Create a batch of a chunk. Its worst case is set aside in the purse before, and counts as spent after."""
        charge = self._till.charges.sent("batch", chunk.worst)
        for tries_left in reversed(range(_ATTEMPTS)):
            if self._stopping.asked:
                break
            handed = self._book.intend(chunk.rows, charge)
            status = await self._created(handed, chunk, last=not tries_left)
            if status is not None:
                self._book.named(handed.number, status.id)
                self._till.purse.lose(chunk.worst)
                self._note(f"batch {status.id} with {_requests(len(chunk.rows))}")
                return
        self._free(charge, chunk)
        raise Interrupted("the run is to end")

    async def _created(self, handed: Handed, chunk: Chunk, *, last: bool) -> BatchStatus | None:
        """The batch, or None when it was not created and it may help to try again."""
        try:
            return await self._batches.create(chunk.body(), chunk.size)
        except ModelError as error:
            found = await self._look_for(handed) if _unclear(error) else None
            if found is not None:
                return found
            self._book.void(handed.number)
            if last or not isinstance(error, ModelUnavailable) or (error.wait_seconds or 0) > LONGEST_WAIT:
                self._free(handed.charge, chunk)
                if error.status in {_NOT_FOUND, _NO_METHOD}:
                    raise EndpointUnusable("the endpoint takes no batches", hint="run without --economy") from error
                raise
            self._note(f"{error.says}; trying again")
            await self._stopping.sleep(error.wait_seconds or 5.0)
            return None

    def _free(self, charge: int, chunk: Chunk) -> None:
        self._till.charges.free(charge)
        self._till.purse.give_back(chunk.worst)

    async def recover(self, handed: Handed) -> None:
        """Find out whether a batch exists whose creation was cut short by a crash."""
        found = await self._look_for(handed)
        if found is not None:
            self._book.named(handed.number, found.id)
            self._note(f"batch {found.id} had been created after all")
        else:
            self._drop(handed)

    async def _look_for(self, handed: Handed) -> BatchStatus | None:
        """The batch that `handed` became; None when the list has shown for long enough that there is none."""
        while True:
            known = self._book.known_names()
            recent = await self._calmly(lambda: self._batches.recent(handed.created - CLOCKS_DIFFER))
            alike = [batch for batch in recent if batch.size in {0, handed.size} and batch.id not in known]
            undecided = False
            for batch in alike:
                if not batch.ended:
                    undecided = True
                elif await self._is_ours(handed, batch):
                    return batch
            if len(alike) == 1 and undecided:
                return alike[0]  # its rows will tell: see `fetch`
            if not undecided and time.time() >= handed.created + self._rhythm.grace:
                return None
            await self._pause(1.0)

    async def _is_ours(self, handed: Handed, batch: BatchStatus) -> bool:
        """Custom ids are made from our paths and requests: one that we know is proof."""
        async with aclosing(self._batches.rows(batch)) as rows:
            async for row in rows:
                return self._book.row(handed.number, row.custom_id) is not None
        return False

    async def wait_and_fetch(self) -> None:
        """Look at the batches under way until all have ended, and fetch each as soon as it has."""
        look = self._rhythm.poll or _FIRST_LOOK
        while under_way := self._book.under_way():
            done = 0
            for handed in under_way:
                done += await self._looked_after(handed)
                self._board.phase = f"{done:,} of {_requests(sum(one.size for one in under_way))} answered"
            if self._book.under_way():
                await self._pause(look)
                look = self._rhythm.poll or min(_LONGEST_LOOK, look * _GROWTH)

    async def _looked_after(self, handed: Handed) -> int:
        """Look at one batch, and fetch it when it has ended. Returns how many of its requests have."""
        try:
            status = await self._calmly(partial(self._batches.look, handed.id))
            if status.ended and not status.gone:
                await self.fetch(handed, status)
        except ModelError as error:
            if error.status != _NOT_FOUND:
                raise
            status = BatchStatus(handed.id, ended=True, created=0.0, size=handed.size, done=handed.size, gone=True)
        if status.gone:  # what it cost stays charged: nobody can tell any more
            self._note(f"batch {handed.id} is gone with its results; its requests are handed in again")
            self._book.fetched(handed.number, [])
        return status.done

    async def fetch(self, handed: Handed, status: BatchStatus) -> None:
        """Every answer of an ended batch into the journal. A download that breaks off begins anew: rows repeat."""
        came = await self._calmly(lambda: self._fetched(handed, status))
        for _ in range(_SHORT_DOWNLOADS):
            if came.foreign or len(came.results) >= handed.size:
                break
            await self._stopping.sleep(1.0)
            came = await self._calmly(lambda: self._fetched(handed, status))
        if came.foreign and not came.results:
            self._note(f"batch {status.id} is not ours after all")
            self._drop(handed)
            return
        self._book.fetched(handed.number, came.results)
        self._till.purse.learn(self._till.charges.amount(handed.charge), came.usd)
        answered = sum(result == RowKind.SUCCEEDED for _, result, _ in came.results)
        self._till.charges.paid(handed.charge, came.usd, came.usage, answered)
        self._till.charges.flush()

    def _drop(self, handed: Handed) -> None:
        """There is no such batch: nothing was paid for it."""
        self._book.void(handed.number)
        self._till.purse.learn(self._till.charges.amount(handed.charge), 0.0)
        self._till.charges.free(handed.charge)
        self._till.charges.flush()

    async def _fetched(self, handed: Handed, status: BatchStatus) -> "_Came":
        came = _Came()
        async with aclosing(self._batches.rows(status)) as rows:
            async for row in rows:
                known = self._book.row(handed.number, row.custom_id)
                if known is None:
                    came.foreign = True
                    continue
                came.results.append((row.custom_id, _result(row), row.error.says if row.error else ""))
                if row.answered is not None:
                    came.usage += row.answered.usage
                    came.usd += self._till.tariff.cost(row.answered.usage) or 0.0
                    if not self._journal.knows(known.key):
                        self._journal.remember(known.key, row.answered, units=self._units_of(known.path))
        return came

    async def _calmly(self, work: Callable[[], Awaitable[T]]) -> T:
        return await patiently(
            work,
            attempts=_ATTEMPTS,
            on_wait=lambda seconds, why: self._note(f"{why}; waiting {seconds:.0f} s"),
            sleep=self._stopping.sleep,
        )

    async def _pause(self, seconds: float) -> None:
        await self._stopping.sleep(seconds)
        if self._stopping.asked:
            raise Interrupted("the batches work on without us")


def _requests(number: int) -> str:
    return "1 request" if number == 1 else f"{number:,} requests"


def _unclear(error: ModelError) -> bool:
    """Whether a batch may exist although its creation failed: anything but a plain refusal."""
    return error.maybe_paid or error.status >= 500


def _result(row: BatchRow) -> str:
    """What is noted of a request: whether it may be sent again hangs on it."""
    if row.kind is RowKind.ERRORED and row.error is not None and not row.error.retryable:
        return "invalid"
    return row.kind.value
