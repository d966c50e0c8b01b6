"""A folder of postings from the first look to the accounts: sorted, priced, worked on, summed up."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any, Protocol

from postwright.domain.batches import Batches
from postwright.domain.errors import ModelError, PostwrightError
from postwright.domain.journal import request_key
from postwright.domain.model import Ask, Leader, Turn
from postwright.llm.patient import PatientModel
from postwright.llm.remembered import RememberedModel
from postwright.prompting.library import Prompts
from postwright.storage.batch_rows import BatchBook
from postwright.storage.charges import Charges
from postwright.storage.journal import SqliteJournal
from postwright.storage.runs import Outcome, Run, RunBook, RunState, Status
from postwright.storage.scribe import Scribe
from postwright.workflows.asking import fact_views
from postwright.workflows.drafting import profile_facts, profile_units
from postwright.workflows.many.accounts import Totals, groups_of, totals, write_run, write_worklist
from postwright.workflows.many.cache_watch import CacheWatch
from postwright.workflows.many.crew import Crew
from postwright.workflows.many.economy import Economy
from postwright.workflows.many.handing_in import Counter, Rhythm
from postwright.workflows.many.live import Live
from postwright.workflows.many.money import PaidModel, Purse, Tariff, Till, reconcile
from postwright.workflows.many.pace import Pace, PacedModel
from postwright.workflows.many.piecework import Bench, Piecework, is_whole
from postwright.workflows.many.pricing import Price, estimate
from postwright.workflows.many.shop import Frame, Interrupted, Shop
from postwright.workflows.many.triage import Sorted, Triage
from postwright.workflows.many.walking import Found

ATTEMPTS = 8
"""Tries for one request. With one in five failing, one in 400,000 fails for good."""
MOST_OPEN = 256
"""Requests that may be open at once."""
ROUGHLY = 1.5
"""A count of tokens is called an estimate: for the cap it counts for so much more."""
SAMPLE = 12
"""Postings whose tokens are counted to price all."""
WORTH_TELLING = 5.0
"""Seconds. Shorter pauses of single requests are noise."""


class Endpoint(Leader, Protocol):
    """The real model, as the roof connects it. `on_headers` hears the rate limits, `compare_with` asks why no cache."""

    on_headers: Callable[[Mapping[str, str]], None] | None
    compare_with: str

    async def count_tokens(self, ask: Ask) -> int: ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Connected:
    """The model with what else the vendor's side gives."""

    endpoint: Endpoint
    batches: Batches
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with which folder. `src` is relative to the workplace's root. `cap` is in US dollars."""

    src: str
    bench: Bench
    concurrency: int = 16
    economy: bool = False
    cap: float | None = None
    retry_failed: bool = False
    rhythm: Rhythm = field(default_factory=Rhythm)

    @property
    def engine(self) -> str:
        return "rules" if self.bench.rules_only else self.bench.model


class Batch:
    """One run. The steps come in this order: `sort`, `price`, `work`, `close`; `interrupt` may come at any time."""

    def __init__(
        self,
        order: Order,
        crew: Crew[Piecework],
        book: RunBook,
        journal: SqliteJournal,
        note: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.order = order
        self._book = book
        self._journal = journal
        self._prompts = Prompts(order.bench.prompts)
        self.run = self._begun()
        self._charges = Charges(book.file, self.run.id)
        bench = order.bench
        self.tariff = Tariff(bench.prices, bench.model, bench.options.ttl, order.economy)
        reconcile(self._charges, journal, self.tariff)
        self.purse = Purse(order.cap, self._charges.total(), self._charges.unknown()[1])
        self._till = Till(self.tariff, self.purse, self._charges)
        self.shop = Shop(crew, book, self.run.id, self._frame({}), note=note)
        self.shop.stopping.then(self.purse.close)
        self._scribe = Scribe(bench.place.journal)
        self.watch = CacheWatch(note)
        self.pace = Pace(order.concurrency, ttl=bench.options.ttl)
        self.shop.stopping.then(self.pace.close)
        self._connected: Connected | None = None
        self._key_of: Callable[[Ask], str] = lambda _: ""  # the journal's, once the model is connected
        self.sorted = Sorted()
        self.estimate: Price | None = None

    # ------------------------------------------------------------------ sort

    async def sort(self, found: Iterable[Found], connect: Callable[[], Connected] | None) -> Sorted:
        """Look at every posting; free of charge. `connect` loads the vendor's library meanwhile; None: rules alone."""
        bench = self.order.bench
        triage = Triage(
            self.shop,
            knows=self._journal.knows,
            is_kept=self._is_kept,
            settings=f"{bench.policy.fingerprint} {bench.options.proposals} {self.order.engine} {bench.options.config}",
            retry=self._journal.set_aside if self.order.retry_failed else None,
        )
        self.sorted = await triage.run(found, self._connect(connect))
        self.shop.board.total = len(self.sorted.items)
        return self.sorted

    async def _connect(self, connect: Callable[[], Connected] | None) -> Callable[[Ask], str] | None:
        if connect is None:
            return None
        connected = await asyncio.to_thread(connect)
        self._connected = connected
        self.shop.frame = self._frame(connected.schema)
        # A request is looked at by several parts of a run, one soon after the other.
        self._key_of = lru_cache(maxsize=2 * MOST_OPEN)(lambda ask: request_key(connected.endpoint.request(ask)))
        return self._key_of

    def _is_kept(self, before: Outcome) -> bool:
        """An outcome stands only while its work files do."""
        place = self.order.bench.place
        return is_whole(place.of(place.root / before.path))

    # ------------------------------------------------------------------ price

    async def price(self, *, count: bool) -> Price:
        """What asking is likely to cost. With `count` the API counts tokens on a sample, which is free."""
        frame, pile = self.shop.frame, self.sorted.pile
        shared = f"{frame.shared}{frame.profile}{json.dumps(frame.schema)}"
        self.estimate = estimate(pile, shared, self.tariff)
        if count and self._connected is not None and pile.postings:
            try:
                per_token, tokens = await self._counted(self._connected.endpoint)
                self.estimate = estimate(pile, shared, self.tariff, per_token=per_token, shared_tokens=tokens)
            except ModelError as error:  # not every endpoint counts
                self.shop.note(f"the tokens could not be counted: {error.says}")
        self._book.mark(self.run.id, RunState.RUNNING, {"estimate": self.estimate.as_data()})
        return self.estimate

    async def _counted(self, endpoint: Endpoint) -> tuple[float, int]:
        """Characters a token over a sample, and the tokens of the shared part. Raises ModelError."""
        tokens = await endpoint.count_tokens(self.shop.frame.ask((Turn("user", "."),)))
        sample = self.sorted.items[:: max(1, len(self.sorted.items) // SAMPLE)][:SAMPLE]
        asks = [self.shop.first_ask(item) for item in sample]
        counts = await asyncio.gather(*(endpoint.count_tokens(ask) for ask in asks))
        characters = sum(len(ask.turns[0].text) for ask in asks)
        return characters / max(1, sum(counts) - tokens * len(counts)), tokens

    # ------------------------------------------------------------------ work

    async def work(self) -> None:
        """Ask, check and write, until all is done or the run is to stop."""
        if self._connected is None:
            await self._by_rules()
        elif self.order.economy:
            await self._by_batches(self._connected)
        else:
            await self._live(self._connected)

    async def _by_rules(self) -> None:
        waiting = iter(self.sorted.items)

        async def drive() -> None:
            for item in waiting:
                if self.shop.stopping.asked:
                    return
                try:
                    await self.shop.go_on(item, ())
                except PostwrightError as error:
                    self.shop.fail(item.path, error, work=item.work)

        async with asyncio.TaskGroup() as drivers:
            for _ in range(2 * self.shop.crew.hands):
                drivers.create_task(drive())

    async def _live(self, connected: Connected) -> None:
        endpoint = connected.endpoint
        endpoint.on_headers = self.pace.hear
        self.watch.ask_why = lambda message: setattr(endpoint, "compare_with", message)
        paid = PaidModel(endpoint, self._till, self._key_of, await self._shared_tokens(endpoint))
        patient = PatientModel(
            PacedModel(paid, self.pace), attempts=ATTEMPTS, on_wait=self._waits, sleep=self.shop.stopping.sleep
        )
        remembered = RememberedModel(patient, self._journal, self._scribe.remember, self._key_of)
        live = Live(self.shop, remembered, paid, self._till, self.watch, self._key_of)
        await live.run(self.sorted.items, self.order.concurrency)
        self._book.mark(self.run.id, RunState.RUNNING, {"shared": [self._facts()["prompts"], paid.shared_tokens]})

    async def _shared_tokens(self, endpoint: Endpoint) -> int:
        """Tokens that the cached part has at most, for the cap; 0 when its bytes must count.

        An earlier process of this run may have learnt them with the same prompt; else the API counts them, roughly.
        """
        prompts, tokens = self.run.facts.get("shared") or ("", 0)
        if tokens and prompts == self._facts()["prompts"]:
            return int(tokens)
        if self.order.cap is None or not self.sorted.pile.postings:
            return 0
        try:
            return ceil(ROUGHLY * await endpoint.count_tokens(self.shop.frame.ask((Turn("user", "."),))))
        except ModelError:  # not every endpoint counts
            return 0

    async def _by_batches(self, connected: Connected) -> None:
        book = BatchBook(self._book.file, self.run.id)
        turns = {item.path: item.turn for item in self.sorted.items}

        def units_of(path: str) -> str:
            place = turns.get(path)
            return self.shop.spool.take(place).decode("utf-8", "replace") if place else ""

        counter = Counter(connected.batches, book, self._journal, self.shop, self._till, units_of, self.order.rhythm)
        economy = Economy(self.shop, counter, book, self._journal, connected.endpoint.request, self._till)
        economy.shared_tokens = await self._shared_tokens(connected.endpoint)
        await economy.run(self.sorted.items)

    def _waits(self, seconds: float, why: str) -> None:
        self.shop.board.counts["waits"] += 1
        if seconds >= WORTH_TELLING:
            self.shop.note(f"{why}; waiting {seconds:.0f} s")

    def interrupt(self) -> None:
        """Begin nothing new. What has been sent is waited for: it is paid for."""
        self.shop.stopping.ask(Interrupted("interrupted", hint="run the same command to go on"))

    # ------------------------------------------------------------------ close

    async def let_go(self) -> None:
        """Close the connections."""
        if self._connected is not None:
            await self._connected.endpoint.close()

    def release(self) -> None:
        """Let go of files. Replies that came when nobody waited for them any more are stored all the same."""
        self._scribe.close()
        self.shop.spool.close()

    async def close(self) -> "Report":
        """Sum up, and write the accounts."""
        await self.let_go()
        self._scribe.close()
        self._note_open()
        self._charges.flush()
        sums = totals(self._book, self.run.id)
        why = self.shop.stopping.why
        self._book.mark(self.run.id, _state(why, sums), {"stopped": why.says} if why else None)
        folder = self.folder
        run = self._book.latest(self.order.src) or self.run
        head = write_run(folder / "run.json", self._book, run, self._charges, self.order.src)
        waiting = write_worklist(folder / "decisions.csv", groups_of(self._book, self.run.id, self.order.src))
        return Report(run, sums, head, waiting, folder, why, self.watch.share)

    @property
    def folder(self) -> Path:
        """Where the accounts of this run are."""
        return self.order.bench.place.top / "runs" / self.run.id

    def _note_open(self) -> None:
        """Postings that were not reached, so that the accounts name them."""
        if not self.shop.stopping.asked:
            return
        reached = {outcome.path for outcome in self._book.outcomes(self.run.id)}
        for item in self.sorted.items:
            if item.path not in reached:
                self._book.record(self.run.id, Outcome(item.path, Status.OPEN, "", {"reason": "not reached"}))

    # ------------------------------------------------------------------ begin

    def _begun(self) -> Run:
        """The run that was broken off, taken up again; else a new one."""
        before = self._book.latest(self.order.src)
        facts = self._facts()
        if before is not None and before.state is not RunState.FINISHED and before.facts["engine"] == facts["engine"]:
            if before.state is RunState.RUNNING:  # it ended without a word
                self.order.bench.place.sweep()
            self._book.take_up(before.id)
            self._book.mark(before.id, RunState.RUNNING, facts)
            return before
        return self._book.begin(self.order.src, facts)

    def _facts(self) -> Mapping[str, object]:
        order, options = self.order, self.order.bench.options
        return {
            "engine": order.engine,
            "mode": "economy" if order.economy else "live",
            "prompts": "" if order.bench.rules_only else self._prompts.fingerprint(),
            "prices_of": order.bench.prices.as_of,
            "price_known": order.bench.prices.knows(order.bench.model),
            "concurrency": order.concurrency,
            "cache": options.ttl,
            "effort": options.effort,
            "proposals": options.proposals,
            "cap_usd": order.cap if order.cap is not None else "",
        }

    def _frame(self, schema: dict[str, Any]) -> Frame:
        options = self.order.bench.options
        facts = profile_facts(options.profile)
        views = fact_views(profile_units(facts), {fact.id: fact.sections for fact in facts})
        return Frame(self._prompts.shared(), self._prompts.profile(views), schema, options.effort, options.ttl)


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended. `head` is run.json without its postings, `why` is what ended it early."""

    run: Run
    totals: Totals
    head: Mapping[str, Any]
    waiting: int  # lines of the worklist
    folder: Path
    why: PostwrightError | None
    cache_share: float


def _state(why: PostwrightError | None, sums: Totals) -> RunState:
    if isinstance(why, Interrupted):
        return RunState.INTERRUPTED
    if why is not None:
        return RunState.STOPPED
    failed = sums.statuses[Status.FAILED.value] or sums.statuses[Status.OPEN.value]
    return RunState.FAILED if failed else RunState.FINISHED
