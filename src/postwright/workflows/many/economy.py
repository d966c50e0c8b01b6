"""A run by batches, at half price: take each posting as far as its answers go, hand in what is missing, wait, again.

Nothing is kept in memory between two rounds: how far a posting is stands in the journal, so that a round after a crash
is a round like any other.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from postwright.domain.errors import CapReached, PostwrightError, RequestRefused
from postwright.domain.journal import request_key
from postwright.domain.model import Answered, Ask, Turn
from postwright.storage.batch_rows import BatchBook, Phase
from postwright.storage.journal import SqliteJournal
from postwright.workflows.many.chunks import Chunk
from postwright.workflows.many.handing_in import Counter
from postwright.workflows.many.money import Till
from postwright.workflows.many.shop import UNASKED, Interrupted, Item, Shop
from postwright.workflows.many.spool import Place

MOST_TRIES = 4
"""Batches that a request is part of before it counts as failed: they expire or err when the API is crowded."""
PRIMED_FOR = 50 * 60.0
"""Seconds for which a batch of one request is trusted to have filled the cache for the next ones (it lives an hour)."""
WORTH_PRIMING = 3
"""Requests. Priming makes everybody wait once more; for fewer it does not pay."""


class _Missing:
    """A request that is to be handed in. The turns of a follow-up wait in the spool."""

    __slots__ = ("first", "item", "key", "max_tokens", "turns")

    def __init__(self, item: Item, key: str, ask: Ask, *, first: bool, turns: Place) -> None:
        self.item = item
        self.key = key
        self.max_tokens = ask.max_tokens
        self.first = first
        self.turns = turns


class Economy:
    """Asks about postings by batches. `request` makes the body of a request from an ask."""

    def __init__(
        self,
        shop: Shop,
        counter: Counter,
        book: BatchBook,
        journal: SqliteJournal,
        request: Callable[[Ask], Mapping[str, Any]],
        till: Till,
    ) -> None:
        self._shop = shop
        self._counter = counter
        self._book = book
        self._journal = journal
        self._request = request
        self._till = till
        self._before = book.newest()
        self._primed = 0.0
        self.shared_tokens = 0  # those of the cached part, as far as known
        self._for_repair: dict[str, float] = {}  # path -> what is set aside for its follow-up
        self._too_dear: list[Item] = []  # follow-ups without money
        self._refused: CapReached | None = None

    async def run(self, items: list[Item]) -> None:
        """Every item to its end, or until the run is to stop."""
        try:
            await self._take_up()
            while items and not self._shop.stopping.asked:
                missing = await self._take_on(items)
                await self._hand_in(missing)
                await self._counter.wait_and_fetch()
                items = [one.item for one in missing]
        except Interrupted:
            return
        except PostwrightError as error:
            self._shop.stopping.ask(error)

    async def _take_up(self) -> None:
        """Finish what an earlier process of this run began."""
        self._till.charges.free_unused_batches()
        for handed in self._book.under_way():
            if handed.phase is Phase.POSTING:
                await self._counter.recover(handed)
        await self._counter.wait_and_fetch()

    # ------------------------------------------------------------------ as far as the answers go

    async def _take_on(self, items: Iterable[Item]) -> list[_Missing]:
        """Take every item as far as the journal goes. Returns what is to be asked, follow-ups first."""
        missing: list[_Missing] = []
        waiting = iter(items)
        async with asyncio.TaskGroup() as drivers:
            for _ in range(2 * self._shop.crew.hands):
                drivers.create_task(self._drive(waiting, missing))
        self._shop.book.flush()
        return sorted(missing, key=lambda one: one.first)

    async def _drive(self, waiting: Iterator[Item], missing: list[_Missing]) -> None:
        for item in waiting:
            if self._shop.stopping.asked:
                return
            keys: list[str] = []
            try:
                ask, answers = await self._followed(item, keys)
                if ask is None:
                    self._release(item)
                    continue
                self._refuse_what_came_back(keys[-1])
                turns = self._shop.spool.put(_packed(ask.turns)) if answers else item.turn
                missing.append(_Missing(item, keys[-1], ask, first=not answers, turns=turns))
            except PostwrightError as error:
                self._release(item)
                if error.ends_run:
                    self._shop.stopping.ask(error)
                else:
                    self._shop.fail(item.path, error, work=item.work, key=keys[-1] if keys else "")

    async def _followed(self, item: Item, keys: list[str]) -> tuple[Ask | None, list[Answered]]:
        """How far the journal takes an item: what to ask next, and the answers so far. `keys` names what was asked."""
        answers: list[Answered] = []
        ask: Ask | None = self._shop.first_ask(item)
        while ask is not None:
            keys.append(request_key(self._request(ask)))
            reply = self._journal.recall(keys[-1])
            if reply is None:
                break
            usage = reply.usage
            cached = usage.cache_read + usage.cache_write_5m + usage.cache_write_1h
            self.shared_tokens = max(self.shared_tokens, cached)
            answers.append(replace(reply, remembered=not self._till.charges.covers(keys[-1])))
            ask = await self._shop.go_on(item, answers)
        return ask, answers

    def _refuse_what_came_back(self, key: str) -> None:
        """Raises for a request that the API rejects, or that came back unanswered too often.

        What an earlier process met does not count: who runs the command again wants it tried again, and it is free.
        """
        history = self._book.history(key, self._before)
        if not history:
            return
        result, says = history[-1]
        if result in {"invalid", "canceled"}:
            raise RequestRefused(says or f"the request was {result}", hint="run the same command again")
        if len(history) >= MOST_TRIES:
            raise RequestRefused(f"{says or result}, {len(history)} times in a row", hint="run again later")

    # ------------------------------------------------------------------ handing in

    async def _hand_in(self, missing: list[_Missing]) -> None:
        """All that is missing, in batches; while there is money for it."""
        chunk = Chunk()
        handed_in = False
        try:
            for one, request, worst in self._affordable(missing):
                handed_in = True
                if len(missing) >= WORTH_PRIMING and not self._is_primed:
                    await self._prime(one, request, worst)
                elif not chunk.add(one.item.path, one.key, request, worst):
                    await self._counter.hand_in(chunk)
                    chunk.close()
                    chunk = Chunk()
                    chunk.add(one.item.path, one.key, request, worst)
            if chunk.rows:
                await self._counter.hand_in(chunk)
        finally:
            chunk.close()
        for item in self._too_dear:
            await self._without(item)
        if self._refused and not handed_in:
            raise self._refused
        if self._refused:
            self._shop.note(f"{self._refused.says}; the others wait for what is left over")

    def _affordable(self, missing: list[_Missing]) -> Iterator[tuple[_Missing, Mapping[str, Any], float]]:
        """Requests whose worst case is set aside, each once: the same posting twice is served by one answer."""
        asked: set[str] = set()
        self._too_dear, self._refused = [], None
        for one in missing:
            if one.key in asked:
                continue
            ask = self._ask_of(one)
            try:
                worst = self._set_aside(one, ask)
            except CapReached as error:
                if not one.first:
                    self._too_dear.append(one.item)
                    continue
                self._refused = error
                return
            asked.add(one.key)
            yield one, self._request(ask), worst

    async def _prime(self, one: _Missing, request: Mapping[str, Any], worst: float) -> None:
        """A batch of one, to its end. A rejection here would be everybody's: better one than thousands."""
        chunk = Chunk()
        chunk.add(one.item.path, one.key, request, worst)
        self._shop.note("the first request fills the cache; the others follow when it is done")
        try:
            await self._counter.hand_in(chunk)
        finally:
            chunk.close()
        await self._counter.wait_and_fetch()
        self._primed = time.monotonic()
        try:
            self._refuse_what_came_back(one.key)
        except RequestRefused as error:
            raise RequestRefused(f"the first request failed: {error.says}", hint="nothing else was sent") from error

    @property
    def _is_primed(self) -> bool:
        return bool(self._primed) and time.monotonic() - self._primed < PRIMED_FOR

    def _ask_of(self, one: _Missing) -> Ask:
        if one.first:
            return self._shop.first_ask(one.item)
        return self._shop.frame.ask(_unpacked(self._shop.spool.take(one.turns)), one.max_tokens)

    # ------------------------------------------------------------------ money

    def _set_aside(self, one: _Missing, ask: Ask) -> float:
        """The worst case of a request, taken from the purse; for a first one together with its repair's."""
        tariff, purse = self._till.tariff, self._till.purse
        worst = tariff.worst(ask, self.shared_tokens)
        self._release(one.item)
        both = tariff.worst_with_repair(ask, self.shared_tokens) if one.first else worst
        purse.take(both)
        self._for_repair[one.item.path] = both - worst
        return worst

    def _release(self, item: Item) -> None:
        self._till.purse.give_back(self._for_repair.pop(item.path, 0.0))

    async def _without(self, item: Item) -> None:
        """No money for a follow-up: the posting is done without it."""
        try:
            _, answers = await self._followed(item, [])
            await self._shop.go_on(item, [*answers, UNASKED])
        except PostwrightError as error:
            self._shop.fail(item.path, error, work=item.work)


def _packed(turns: tuple[Turn, ...]) -> bytes:
    return json.dumps([[turn.role, turn.text] for turn in turns]).encode("ascii")


def _unpacked(data: bytes) -> tuple[Turn, ...]:
    return tuple(Turn(role, text) for role, text in json.loads(data))
