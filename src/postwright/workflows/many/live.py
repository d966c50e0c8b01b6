"""A run by single requests: many at once, each posting through to its work files, an early end keeps what is done."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace

from postwright.domain.errors import CapReached, ModelUnavailable, PostwrightError, RequestRefused, StorageFailed
from postwright.domain.model import Answered, Ask, Model
from postwright.llm.patient import LONGEST_WAIT
from postwright.workflows.many.cache_watch import CacheWatch
from postwright.workflows.many.money import PaidModel, Till, allowed
from postwright.workflows.many.shop import UNASKED, Interrupted, Item, Shop

ROUNDS = 2
"""Postings under way for each open request: a round of answers may come at once, and waits for the crew while the next
is out."""
MOST_REFUSED = 8
"""Requests that the API may reject before it has answered any: by then it is not the postings."""


class Live:
    """Asks about postings. `model` remembers, waits, paces and pays: see `cli.wiring`; `paid` is the part that pays."""

    def __init__(
        self,
        shop: Shop,
        model: Model,
        paid: PaidModel,
        till: Till,
        watch: CacheWatch,
        key_of: Callable[[Ask], str],
    ) -> None:
        self._shop = shop
        self._model = model
        self._key_of = key_of
        self._paid = paid
        self._till = till
        self._watch = watch
        self._answered = self._refused = 0

    async def run(self, items: Iterable[Item], concurrency: int) -> None:
        """Every item to its end, or until the run is to stop."""
        waiting = iter(items)
        async with asyncio.TaskGroup() as drivers:
            for _ in range(ROUNDS * concurrency):
                drivers.create_task(self._drive(waiting))

    async def _drive(self, waiting: "Iterable[Item]") -> None:
        for item in waiting:
            if self._shop.stopping.asked:
                return
            await self._whole(item)

    async def _whole(self, item: Item) -> None:
        ask = self._shop.first_ask(item)
        keys: list[str] = []
        try:
            async with self._allowance(ask):
                await self._follow(item, ask, keys)
        except Interrupted:
            return  # stays open: the next run takes it up
        except PostwrightError as error:
            if self._ends_all(error):
                self._shop.stopping.ask(error)
            else:
                self._shop.fail(item.path, error, work=item.work, key=keys[-1] if keys else "")

    def _ends_all(self, error: PostwrightError) -> bool:
        """Whether the next posting would fail alike: by its kind, by a wait too long, or because all were rejected."""
        if isinstance(error, RequestRefused) and not self._answered:
            self._refused += 1
        too_long = isinstance(error, ModelUnavailable) and (error.wait_seconds or 0) > LONGEST_WAIT
        return error.ends_run or too_long or self._refused >= MOST_REFUSED

    def _allowance(self, ask: Ask) -> AbstractAsyncContextManager[None]:
        if self._till.purse.cap is None:
            return nullcontext()
        tariff = self._till.tariff
        return allowed(self._till.purse, lambda: tariff.worst_with_repair(ask, self._paid.shared_tokens))

    async def _follow(self, item: Item, ask: Ask, keys: list[str]) -> None:
        """Ask, see how far that takes the posting, and ask on. `keys` tells the caller what was asked last."""
        answers: list[Answered] = []
        following: Ask | None = ask
        while following is not None:
            if self._shop.stopping.asked:
                raise Interrupted("the run is to end")
            keys.append(self._key_of(following))
            answers.append(await self._answer(following, keys[-1], first=not answers))
            following = await self._shop.go_on(item, answers)

    async def _answer(self, ask: Ask, key: str, *, first: bool) -> Answered:
        try:
            answered = await self._model.ask(ask)
        except CapReached:
            if first:
                raise
            return UNASKED
        except StorageFailed as error:  # the journal: what is paid for from now on would be lost
            self._shop.stopping.ask(error)
            raise Interrupted(error.says) from error
        self._answered += 1
        if not answered.remembered:
            self._watch.see(answered)
        elif self._till.charges.covers(key):  # paid for by this very run, before it was interrupted
            return replace(answered, remembered=False)
        return answered
