"""Money: what a request can cost at worst, what is reserved before it is sent, what a run is likely to cost.

The cap holds because nothing is sent before its worst case is set aside, and because what is set aside comes back only
when the API says what it charged or that it charged nothing.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from postwright.domain.errors import CapReached, ModelError
from postwright.domain.journal import Journal
from postwright.domain.model import Answered, Ask, Leader, Usage
from postwright.llm.prices import PriceTable
from postwright.storage.charges import Charges

FORMAT_TOKENS = 2_000
"""What the API may add to a prompt to have a format kept. It does not say; the schema's own text counts too."""
REPAIR_WORDS = 8_000
"""Bytes: the words that send broken lines back, at most."""
_CENT_FRACTION = 1e-9


@dataclass(frozen=True, slots=True)
class Tariff:
    """Prices of one model as it is used in one run."""

    prices: PriceTable
    model: str
    ttl: str = "5m"
    batch: bool = False

    @property
    def known(self) -> bool:
        return self.prices.knows(self.model)

    def cost(self, usage: Usage) -> float | None:
        """US dollars of one request; None when the price or the usage is unknown."""
        return self.prices.cost(self.model, usage)

    def worst(self, ask: Ask, shared_tokens: int = 0) -> float:
        """US dollars that a request costs at most: nothing is read from the cache, every byte is a token.

        `shared_tokens` is how many the cached part has, once a reply has told; until then its bytes count.
        """
        return self._worst(*_bounds(ask, shared_tokens), ask.max_tokens)

    def worst_with_repair(self, ask: Ask, shared_tokens: int = 0) -> float:
        """The same for a request and the one that may send its broken lines back."""
        shared, turns = _bounds(ask, shared_tokens)
        again = self._worst(shared, turns + ask.max_tokens + REPAIR_WORDS, ask.max_tokens)
        return self._worst(shared, turns, ask.max_tokens) + again

    def _worst(self, shared: int, turns: int, output: int) -> float:
        usage = Usage(input=turns, output=output, batch=self.batch)
        written = replace(usage, cache_write_1h=shared) if self.ttl == "1h" else replace(usage, cache_write_5m=shared)
        return self.cost(written) or 0.0


class Purse:
    """What may still be spent. `spent` is what was paid and the worst case of what is unknown, `unknown` the latter."""

    def __init__(self, cap: float | None, spent: float = 0.0, unknown: float = 0.0) -> None:
        self.cap = cap
        self.spent = spent
        self.unknown = unknown
        self._held = 0.0
        self._closed: Exception | None = None
        self._waiting: list[asyncio.Future[None]] = []

    def fits(self, usd: float) -> bool:
        return self.cap is None or self.spent + self._held + usd <= self.cap + _CENT_FRACTION

    @property
    def left(self) -> float:
        """US dollars that are neither spent nor set aside; infinite without a cap."""
        return float("inf") if self.cap is None else self.cap - self.spent - self._held

    def take(self, usd: float) -> None:
        """Set an amount aside at once, or raise CapReached."""
        if not self.fits(usd):
            raise CapReached(
                f"--max-cost is reached: ${self.spent:.2f} of ${self.cap:.2f} are spent, and the next posting"
                f" may cost up to ${usd:.2f}, its repair included",
                hint="finished work is kept; run the same command with a higher --max-cost to go on",
            )
        self._held += usd

    async def wait_for(self, price: Callable[[], float]) -> float:
        """Set an amount aside, waiting while requests are open that may give some back. Raises CapReached.

        The amount is asked for anew after each wait: what a request can cost at worst is known better by then.
        """
        while not self.fits(usd := price()) and self._held > _CENT_FRACTION:
            freed = asyncio.get_running_loop().create_future()
            self._waiting.append(freed)
            await freed
            if self._closed:
                raise self._closed
        self.take(usd)
        return usd

    def close(self, why: Exception) -> None:
        """Those who wait for money get `why` instead."""
        self._closed = why
        self.give_back(0.0)

    def lose(self, usd: float) -> None:
        """An amount set aside counts as spent: nobody can tell what came of the request, or not yet."""
        self.unknown += usd
        self.give_back(usd, spent=usd)

    def give_back(self, usd: float, spent: float = 0.0) -> None:
        """An amount set aside is free again, but for what was spent of it."""
        self._held = max(0.0, self._held - usd)
        self.spent += spent
        waiting, self._waiting = self._waiting, []
        for freed in waiting:
            if not freed.done():
                freed.set_result(None)

    def learn(self, counted: float, usd: float) -> None:
        """What counted as spent with unknown outcome turns out to have cost so much."""
        self.unknown = max(0.0, self.unknown - counted)
        self.spent += usd - counted
        self.give_back(0.0)


@dataclass(frozen=True, slots=True)
class Till:
    """All that a run needs to know of money."""

    tariff: Tariff
    purse: Purse
    charges: Charges


@dataclass(slots=True)
class Allowance:
    """What is set aside for one posting: its request, and the repair that may follow."""

    purse: Purse
    left: float

    def draw(self, usd: float) -> None:
        """Take an amount for one request. What the allowance lacks must be free at once: waiting here could lock up."""
        if usd > self.left:
            self.purse.take(usd - self.left)
            self.left = usd
        self.left -= usd


_allowance: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


@asynccontextmanager
async def allowed(purse: Purse, price: Callable[[], float]) -> AsyncIterator[None]:
    """Within the block, requests draw on an allowance that was set aside before. Raises CapReached."""
    allowance = Allowance(purse, await purse.wait_for(price))
    token = _allowance.set(allowance)
    try:
        yield
    finally:
        _allowance.reset(token)
        purse.give_back(allowance.left)


class PaidModel:
    """A `Model` that sets a request's worst case aside, durably, before each attempt, and settles when it is told."""

    def __init__(self, model: Leader, till: Till, key_of: Callable[[Ask], str], shared_tokens: int = 0) -> None:
        """`shared_tokens`: those of the cached part of the prompt, if known; else the replies will tell."""
        self._model = model
        self._key_of = key_of
        self._tariff = till.tariff
        self._purse = till.purse
        self._charges = till.charges
        self.shared_tokens = shared_tokens

    @property
    def name(self) -> str:
        return self._model.name

    def request(self, ask: Ask) -> dict[str, Any]:
        return self._model.request(ask)

    async def ask(self, ask: Ask) -> Answered:
        return await self._paid(ask, lambda: self._model.ask(ask))

    async def lead(self, ask: Ask, begins: Callable[[Usage], None]) -> Answered:
        return await self._paid(ask, lambda: self._model.lead(ask, begins))

    async def _paid(self, ask: Ask, send: Callable[[], Awaitable[Answered]]) -> Answered:
        worst = self._tariff.worst(ask, self.shared_tokens)
        allowance = _allowance.get() or Allowance(self._purse, 0.0)
        allowance.draw(worst)
        charge = self._charges.sent(self._key_of(ask), worst)
        try:
            answered = await send()
        except ModelError as error:
            if error.maybe_paid:
                self._purse.lose(worst)
            else:
                self._charges.free(charge)
                allowance.left += worst
            raise
        except BaseException:  # cancelled: nobody will tell what it cost
            self._purse.lose(worst)
            raise
        usage = answered.usage
        self.shared_tokens = max(self.shared_tokens, usage.cache_read + usage.cache_write_5m + usage.cache_write_1h)
        cost = self._tariff.cost(usage)
        usd = cost if cost is not None else worst
        self._charges.paid(charge, usd, usage)
        self._purse.give_back(worst, spent=usd)
        return answered


def reconcile(charges: Charges, journal: Journal, tariff: Tariff) -> None:
    """Settle what a crash left open: a request whose reply is in the journal was answered. The rest stays charged."""
    seen: set[str] = set()
    for number, key in charges.open_keys():
        reply = journal.recall(key) if key not in seen else None
        seen.add(key)
        cost = tariff.cost(reply.usage) if reply is not None else None
        if reply is not None and cost is not None:
            charges.paid(number, cost, reply.usage)
    charges.flush()


def _bounds(ask: Ask, shared_tokens: int) -> tuple[int, int]:
    """The most tokens that the shared part and the turns of a request can have."""
    shared = shared_tokens or _bytes(ask.shared, ask.profile, json.dumps(ask.schema)) + FORMAT_TOKENS
    return shared, _bytes(*(turn.text for turn in ask.turns)) + FORMAT_TOKENS


def _bytes(*texts: str) -> int:
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
