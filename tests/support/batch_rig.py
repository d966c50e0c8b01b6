"""Runs a batch in the test's own process against a stand-in in the same event loop, over real sockets."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from postwright.domain.batches import Batches
from postwright.llm.claude import ClaudeModel, reply_schema
from postwright.llm.claude_batches import ClaudeBatches
from postwright.llm.prices import price_table
from postwright.storage.journal import SqliteJournal
from postwright.storage.review import load_review
from postwright.storage.runs import RunBook
from postwright.storage.workplace import Workplace
from postwright.workflows.many.batching import Batch, Connected, Order, Report
from postwright.workflows.many.crew import Crew
from postwright.workflows.many.handing_in import Rhythm
from postwright.workflows.many.piecework import Bench, Piecework
from postwright.workflows.many.walking import Walk
from postwright.workflows.rewriting import Options
from standin.api import StandIn
from standin.server import Serving
from standin.settings import Settings

QUICK = Rhythm(poll=0.02, grace=0.2)


class Killed(BaseException):
    """The process ends here, without a word. No handler for errors may see it."""


@dataclass(slots=True)
class Rig:
    """A folder, and an API that lives on between runs. `notes` are what the runs said."""

    folder: Path
    api: StandIn
    notes: list[str] = field(default_factory=list)
    wrap: Callable[[Batches], Batches] = lambda batches: batches
    last: Batch | None = None
    count: bool = False  # let the API count tokens for the price
    say: Callable[[str], None] | None = None  # in place of collecting the notes

    @classmethod
    def over(cls, folder: Path, **settings: object) -> "Rig":
        return cls(folder, StandIn(Settings.of(settings)))

    @property
    def place(self) -> Workplace:
        return Workplace(self.folder, self.folder / ".postwright")

    @property
    def books(self) -> dict[str, Any]:
        return self.api.data()

    def run(self, *, during: Callable[[Batch], None] | None = None, **changes: object) -> Report:
        """One run from the walk to the accounts. `changes` are fields of `Order`, `Bench` or `Options`."""
        order = self._order(dict(changes))
        crew = Crew(partial(Piecework, order.bench), 0)
        self.place.prepare()
        journal, book = SqliteJournal(self.place.journal), RunBook(self.place.top / "runs.sqlite3")
        try:
            return asyncio.run(self._run(order, crew, book, journal, during))
        finally:
            if self.last:
                self.last.release()
            book.close()
            journal.close()

    def _order(self, changes: dict[str, Any]) -> Order:
        options = {name: changes.pop(name) for name in Options.__slots__ if name in changes}
        options = {"ttl": "1h", "proposals": "questions"} | options
        bench = {name: changes.pop(name) for name in Bench.__slots__ if name in changes}
        given = {"model": "claude-sonnet-5-5", "prompts": None, "prices": price_table()} | bench
        return Order(".", Bench(self.place, Options(**options), **given), **({"rhythm": QUICK} | changes))

    async def _run(
        self,
        order: Order,
        crew: Crew[Piecework],
        book: RunBook,
        journal: SqliteJournal,
        during: Callable[[Batch], None] | None,
    ) -> Report:
        serving = Serving(self.api.answer)
        port = await serving.start()
        batch = Batch(order, crew, book, journal, self.say or self.notes.append)
        self.last = batch
        try:
            walk = Walk(self.folder, self.folder, self.place.top)
            connect = None if order.bench.rules_only else partial(self._connect, order.bench.model, port)
            await batch.sort(walk, connect)
            if connect is not None:
                await batch.price(count=self.count)
            if during:
                during(batch)
            await batch.work()
            return await batch.close()
        finally:
            await batch.let_go()
            await serving.stop()

    def _connect(self, model: str, port: int) -> Connected:
        claude = ClaudeModel(model, base_url=f"http://127.0.0.1:{port}")
        return Connected(claude, self.wrap(ClaudeBatches(claude)), reply_schema())

    def drafts(self) -> dict[str, str]:
        """The text of every draft whose work files are whole, by the posting's path."""
        found = {}
        for path in sorted(self.place.top.rglob("review.json")):
            review = load_review(path)
            assert review is not None
            if review.draft is not None:
                text = (path.parent / "draft.md").read_bytes().decode("utf-8")
                assert text == review.draft.text
                found[str(path.parent.relative_to(self.place.top))] = text
        return found

    def change(self, **settings: object) -> None:
        self.api.change(settings)
