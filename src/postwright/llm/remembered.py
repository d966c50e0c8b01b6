"""Asks the journal first, and puts every paid reply on disk before anyone uses it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from postwright.domain.errors import StorageFailed
from postwright.domain.journal import Journal, request_key
from postwright.domain.model import Answered, Ask, Model


class RememberedModel:
    """A `Model` that never pays twice for the same request, not even when it is asked twice at the same time.

    Beside ModelError it raises StorageFailed. After a reply could not be stored nothing more is asked: each
    further reply would be paid for and lost.
    """

    def __init__(
        self,
        model: Model,
        journal: Journal,
        write: Callable[[str, Answered, str], Awaitable[None]] | None = None,
        key_of: Callable[[Ask], str] | None = None,
        of_use: Callable[[Answered], bool] = lambda _: True,
    ) -> None:
        """`write` stores a key's reply with its units in place of the journal, without holding up everybody else.

        `key_of` gives the key of an ask where it is known already: making one takes a while. A remembered reply that
        is not `of_use` is set aside and asked for anew: for endpoints where nothing is paid.
        """
        self._model = model
        self._key_of = key_of or (lambda ask: request_key(model.request(ask)))
        self._journal = journal
        self._of_use = of_use
        self._write = write
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._storage_failure: StorageFailed | None = None

    @property
    def name(self) -> str:
        return self._model.name

    def request(self, ask: Ask) -> dict[str, Any]:
        return self._model.request(ask)

    async def ask(self, ask: Ask) -> Answered:
        """The reply of the journal (marked `remembered`), or a new one that is durable by the time it returns."""
        key = self._key_of(ask)
        turn = self._turns.setdefault(key, asyncio.Lock())
        async with turn:
            known = self._journal.recall(key)
            if known is not None and self._of_use(known):
                return known
            if known is not None:
                self._journal.set_aside(key)
            if self._storage_failure:
                raise self._storage_failure
            answered = await self._model.ask(ask)
            await self._store(key, answered, units=_numbered_units(ask))
            return answered

    def set_aside(self, ask: Ask) -> None:
        """Ask this request anew next time. What was paid for the old reply stays on record."""
        self._journal.set_aside(self._key_of(ask))

    async def _store(self, key: str, answered: Answered, *, units: str) -> None:
        """Nothing may come between a paid reply and the disk: a task that is cancelled here must not lose it."""
        try:
            if self._write is None:
                self._journal.remember(key, answered, units=units)
            else:
                await asyncio.shield(self._write(key, answered, units))
        except StorageFailed as error:
            self._storage_failure = error
            raise


def _numbered_units(ask: Ask) -> str:
    """The first turn holds the posting with its numbered units; what follows is the talk about it."""
    return ask.turns[0].text if ask.turns else ""
