"""Money: worst cases, the purse that never gives out more than it holds, and what a crash leaves to settle."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.errors import CapReached, ModelUnavailable, PostwrightError, RequestRefused
from postwright.domain.model import Answered, Ask, Usage
from postwright.llm.prices import price_table
from postwright.storage.charges import Charges
from postwright.storage.journal import SqliteJournal
from postwright.storage.runs import RunBook
from postwright.workflows.many.money import PaidModel, Purse, Tariff, Till, allowed, reconcile
from support.models import ScriptedModel, an_answer, an_ask

TARIFF = Tariff(price_table(), "claude-sonnet-5-5", "1h")


@pytest.fixture
def book(tmp_path: Path) -> RunBook:
    return RunBook(tmp_path / "runs.sqlite3")


def till(book: RunBook, cap: float | None = None, spent: float = 0.0) -> Till:
    return Till(TARIFF, Purse(cap, spent), Charges(book.file, "run"))


def _key(ask: Ask) -> str:
    return ask.turns[0].text


class TestWorstCases:
    def test_the_worst_case_is_more_than_any_usage_of_the_request_can_cost(self) -> None:
        ask = an_ask("x" * 3_000, shared="y" * 9_000, max_tokens=500)
        usage = Usage(input=3_000, cache_write_1h=9_000, output=500)
        cost = TARIFF.cost(usage)
        assert cost is not None
        assert cost < TARIFF.worst(ask)

    def test_a_repair_is_part_of_it(self) -> None:
        ask = an_ask("x" * 3_000, max_tokens=500)
        assert TARIFF.worst_with_repair(ask) > 2 * TARIFF.worst(ask)

    def test_known_tokens_of_the_shared_part_make_it_smaller(self) -> None:
        ask = an_ask(shared="y" * 40_000)
        assert TARIFF.worst(ask, 12_000) < TARIFF.worst(ask)

    def test_a_batch_costs_half(self) -> None:
        half = Tariff(price_table(), "claude-sonnet-5-5", "1h", batch=True)
        assert half.worst(an_ask()) == pytest.approx(TARIFF.worst(an_ask()) / 2)


class TestThePurse:
    def test_without_a_cap_everything_fits(self) -> None:
        purse = Purse(None)
        purse.take(1e9)
        assert purse.fits(1e9)
        assert purse.left == float("inf")

    def test_what_is_set_aside_cannot_be_spent_by_others(self) -> None:
        purse = Purse(1.0)
        purse.take(0.7)
        with pytest.raises(CapReached, match="max-cost"):
            purse.take(0.4)
        purse.give_back(0.7, spent=0.1)
        purse.take(0.9)
        assert purse.spent == pytest.approx(0.1)

    def test_who_does_not_fit_waits_for_what_others_give_back(self) -> None:
        async def main() -> list[str]:
            purse, said = Purse(1.0), []
            purse.take(0.8)

            async def wait() -> None:
                await purse.wait_for(lambda: 0.5)
                said.append("in")

            task = asyncio.create_task(wait())
            await asyncio.sleep(0)
            said.append("waits")
            purse.give_back(0.8, spent=0.2)
            await task
            return said

        assert asyncio.run(main()) == ["waits", "in"]

    def test_nobody_waits_for_what_cannot_come(self) -> None:
        with pytest.raises(CapReached):
            asyncio.run(Purse(1.0, spent=0.8).wait_for(lambda: 0.5))

    def test_those_who_wait_are_told_when_the_run_ends(self) -> None:
        async def main() -> None:
            purse = Purse(1.0)
            purse.take(0.8)
            task = asyncio.create_task(purse.wait_for(lambda: 0.5))
            await asyncio.sleep(0)
            purse.close(CapReached("the end"))
            with pytest.raises(CapReached, match="the end"):
                await task

        asyncio.run(main())

    @settings(max_examples=60)
    @given(st.lists(st.tuples(st.floats(0, 2), st.floats(0, 1)), max_size=30), st.floats(0.1, 5))
    def test_what_was_spent_never_passes_the_cap(self, wishes: list[tuple[float, float]], cap: float) -> None:
        purse = Purse(cap)
        for worst, share in wishes:
            if purse.fits(worst):
                purse.take(worst)
                purse.give_back(worst, spent=worst * share)
        assert purse.spent <= cap + 1e-6


class TestThePaidModel:
    def paid(
        self, book: RunBook, *script: Answered | PostwrightError, cap: float | None = 5.0
    ) -> tuple[PaidModel, Till]:
        money = till(book, cap)
        return PaidModel(ScriptedModel(*script), money, _key), money

    def ask(self, model: PaidModel, ask: Ask | None = None) -> None:
        asyncio.run(model.ask(ask or an_ask()))

    def test_a_reply_is_charged_for_what_it_used(self, book: RunBook) -> None:
        usage = Usage(input=1_000, cache_read=10_000, output=500)
        model, money = self.paid(book, an_answer(usage=usage))
        self.ask(model)
        assert money.purse.spent == pytest.approx(0.002 + 0.001 + 0.005)
        assert money.charges.total() == pytest.approx(money.purse.spent)
        assert money.charges.usage() == (1, usage)
        assert model.shared_tokens == 10_000

    def test_a_request_that_was_turned_away_costs_nothing(self, book: RunBook) -> None:
        model, money = self.paid(book, RequestRefused("no", status=400))
        with pytest.raises(RequestRefused):
            self.ask(model)
        assert money.purse.spent == 0
        assert money.charges.total() == 0

    def test_a_request_of_unknown_outcome_stays_charged_with_its_worst_case(self, book: RunBook) -> None:
        model, money = self.paid(book, ModelUnavailable("reset", maybe_paid=True))
        with pytest.raises(ModelUnavailable):
            self.ask(model)
        assert money.purse.spent == pytest.approx(TARIFF.worst(an_ask()))
        requests, usd = money.charges.unknown()
        assert requests == 1
        assert usd == pytest.approx(TARIFF.worst(an_ask()))

    def test_a_cancelled_request_stays_charged(self, book: RunBook) -> None:
        money = till(book, 5.0)
        model = PaidModel(ScriptedModel(seconds=10), money, _key)

        async def main() -> None:
            task = asyncio.create_task(model.ask(an_ask()))
            await asyncio.sleep(0.01)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        asyncio.run(main())
        assert money.purse.spent == pytest.approx(TARIFF.worst(an_ask()))

    def test_nothing_is_sent_that_could_pass_the_cap(self, book: RunBook) -> None:
        money = till(book, 0.01)
        inner = ScriptedModel()
        with pytest.raises(CapReached):
            asyncio.run(PaidModel(inner, money, _key).ask(an_ask()))
        assert inner.asks == []
        assert money.charges.total() == 0

    def test_a_repair_draws_on_what_was_set_aside_for_it(self, book: RunBook) -> None:
        ask = an_ask(max_tokens=1_000)
        both = TARIFF.worst_with_repair(ask)
        money = till(book, both + 0.0001)
        model = PaidModel(ScriptedModel(an_answer(usage=Usage(input=10, output=10))), money, _key)

        async def main() -> None:
            async with allowed(money.purse, lambda: both):
                await model.ask(ask)
                assert not money.purse.fits(both)  # nobody else gets in meanwhile
                await model.ask(ask)

        asyncio.run(main())
        assert money.purse.left == pytest.approx(both + 0.0001 - money.purse.spent)


class TestAfterACrash:
    def test_a_request_whose_reply_is_in_the_journal_is_settled_and_another_stays_charged(
        self, book: RunBook, tmp_path: Path
    ) -> None:
        charges = Charges(book.file, "run")
        charges.sent("answered", 0.5)
        charges.sent("lost", 0.25)
        with SqliteJournal(tmp_path / "journal.sqlite3") as journal:
            journal.remember("answered", an_answer(usage=Usage(input=1_000, output=100)), units="")
            reconcile(charges, journal, TARIFF)
        assert charges.total() == pytest.approx(0.003 + 0.25)
        assert charges.unknown() == (1, 0.25)

    def test_of_two_tries_one_was_answered_and_the_other_stays_charged(self, book: RunBook, tmp_path: Path) -> None:
        charges = Charges(book.file, "run")
        charges.sent("k", 0.5)
        charges.sent("k", 0.5)
        with SqliteJournal(tmp_path / "journal.sqlite3") as journal:
            journal.remember("k", an_answer(usage=Usage(input=1_000, output=100)), units="")
            reconcile(charges, journal, TARIFF)
        assert charges.total() == pytest.approx(0.003 + 0.5)
