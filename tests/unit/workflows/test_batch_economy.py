"""Batches at half price: primed, cut into chunks, and safe against a crash at every step."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from postwright.domain.batches import Batches, BatchRow, BatchStatus
from postwright.storage.journal import SqliteJournal
from postwright.storage.runs import RunState
from postwright.workflows.many import economy
from postwright.workflows.many.chunks import Chunk
from standin.api import StandIn
from standin.settings import Settings
from support.batch_rig import Killed, Rig
from support.folders import SMALL, write_postings

Rigged = Callable[..., Rig]


@pytest.fixture
def rig(tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch) -> Rigged:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")

    def make(postings: int = 6, **settings: object) -> Rig:
        folder = (tmp_path / "jobs").resolve()
        write_postings(folder, postings, SMALL)
        return Rig(folder, StandIn(Settings.of({"batch_seconds": 0.05, "batch_hits": 1.0} | settings)))

    return make


@dataclass
class Dying:
    """The batches of an endpoint, under which the process ends at one step, once."""

    inner: Batches
    at: str
    skip: int = 0  # steps of that kind that go well before

    def _step(self, name: str) -> None:
        if name != self.at:
            return
        if self.skip:
            self.skip -= 1
            return
        self.at = ""
        raise Killed

    async def create(self, body: AsyncIterator[bytes], size: int) -> BatchStatus:
        self._step("before the create")
        status = await self.inner.create(body, size)
        self._step("after the create")
        return status

    async def look(self, batch: str) -> BatchStatus:
        self._step("while polling")
        return await self.inner.look(batch)

    async def recent(self, since: float) -> list[BatchStatus]:
        return await self.inner.recent(since)

    async def rows(self, batch: BatchStatus) -> AsyncGenerator[BatchRow, None]:
        async for row in self.inner.rows(batch):
            self._step("in the middle of the results")
            yield row


class TestARunByBatches:
    def test_one_request_goes_ahead_and_the_rest_follow_in_one_batch(self, rig: Rigged) -> None:
        run = rig(6)
        report = run.run(economy=True)
        assert report.totals.statuses == {"done": 6}
        assert [batch["rows"] for batch in run.books["batches"]] == [1, 5]
        assert len(run.books["cache_writes"]) == 1
        assert len(run.drafts()) == 6

    def test_the_price_is_half_that_of_a_live_run(self, rig: Rigged) -> None:
        run = rig(6)
        half = run.run(economy=True).head["cost"]["usd"]
        live = Rig.over(run.folder)
        for path in list(run.place.top.rglob("*"))[::-1]:
            path.unlink() if path.is_file() else path.rmdir()
        assert half == pytest.approx(live.run().head["cost"]["usd"] / 2, rel=1e-3)

    def test_a_repair_is_handed_in_with_the_next_batch(self, rig: Rigged) -> None:
        run = rig(4, broken_lines=1.0)
        report = run.run(economy=True)
        assert report.totals.statuses == {"done": 4}
        assert [batch["rows"] for batch in run.books["batches"]] == [1, 3, 4]
        assert report.totals.sums["restored"] == 0

    def test_chunks_are_cut_by_size(self, rig: Rigged, monkeypatch: pytest.MonkeyPatch) -> None:
        run = rig(8)
        monkeypatch.setattr(economy, "Chunk", lambda: Chunk(most_rows=3))
        report = run.run(economy=True)
        assert report.totals.statuses == {"done": 8}
        assert [batch["rows"] for batch in run.books["batches"]] == [1, 3, 3, 1]

    def test_expired_and_crowded_out_requests_are_handed_in_again(self, rig: Rigged) -> None:
        run = rig(10, row_expired=0.2, row_errored=0.2, seed=4)
        report = run.run(economy=True)
        assert report.totals.statuses == {"done": 10}
        assert len(run.books["batches"]) > 2
        assert run.books["asked_again"] == []

    def test_a_rejected_first_request_ends_the_run_before_the_others_are_sent(self, rig: Rigged) -> None:
        run = rig(6, row_invalid=1.0)
        report = run.run(economy=True)
        assert report.why is not None
        assert "the first request failed" in report.why.says
        assert [batch["rows"] for batch in run.books["batches"]] == [1]

    def test_a_rejected_request_is_reported_and_the_others_are_done(self, rig: Rigged) -> None:
        run = rig(8)
        made = 0

        def reject_later(says: str) -> None:
            nonlocal made
            run.notes.append(says)
            made += says.startswith("batch ")
            if made == 1:
                run.change(row_invalid=0.4)

        run.say = reject_later
        report = run.run(economy=True)
        failed = report.totals.statuses["failed"]
        assert 0 < failed < 7
        assert report.totals.statuses["done"] == 8 - failed

    def test_a_download_that_breaks_off_begins_anew(self, rig: Rigged) -> None:
        run = rig(6, results_cut=2)
        assert run.run(economy=True).totals.statuses == {"done": 6}
        assert run.books["asked_again"] == []

    def test_results_are_fetched_from_our_host_whatever_the_address_says(self, rig: Rigged) -> None:
        run = rig(3, results_host="198.51.100.7:9")
        assert run.run(economy=True).totals.statuses == {"done": 3}

    def test_a_second_run_makes_no_batch(self, rig: Rigged) -> None:
        run = rig(4)
        run.run(economy=True)
        made = len(run.books["batches"])
        run.run(economy=True)
        assert len(run.books["batches"]) == made

    def test_a_live_run_uses_what_the_batches_brought(self, rig: Rigged) -> None:
        run = rig(4)
        run.run(economy=True)
        for path in run.place.top.rglob("review.json"):
            path.unlink()
        assert run.run().totals.statuses == {"done": 4}
        assert "answered" not in run.books["outcomes"]

    def test_the_numbered_units_are_stored_with_each_reply(self, rig: Rigged) -> None:
        run = rig(3)
        run.run(economy=True)
        assert run.last is not None
        with SqliteJournal(run.place.journal) as journal:
            for item in run.last.sorted.items:
                units = journal.units(item.key)
                assert units is not None
                assert "[u1 | " in units


class TestCrashes:
    @pytest.mark.parametrize("skip", [0, 1], ids=["of the first batch", "of the second batch"])
    @pytest.mark.parametrize(
        "at", ["before the create", "after the create", "while polling", "in the middle of the results"]
    )
    def test_a_run_that_ends_without_a_word_is_finished_by_the_next(self, rig: Rigged, at: str, skip: int) -> None:
        run = rig(6, batch_seconds=0.02)
        run.wrap = lambda batches: Dying(batches, at, skip)
        with pytest.raises(Killed):
            run.run(economy=True)
        run.wrap = lambda batches: batches
        report = run.run(economy=True)
        assert report.totals.statuses == {"done": 6}
        assert report.run.state is RunState.FINISHED
        assert len(run.drafts()) == 6
        assert run.books["asked_again"] == []
        assert sum(batch["rows"] for batch in run.books["batches"]) == 6
        made = len(run.books["batches"])
        run.run(economy=True)
        assert len(run.books["batches"]) == made

    def test_a_batch_of_somebody_else_of_the_same_size_is_not_taken_for_ours(self, rig: Rigged, tmp_path: Path) -> None:
        run = rig(2)
        other = Rig((tmp_path / "other").resolve(), run.api)
        write_postings(other.folder, 2, ("fhir-engineer-startup.md",))
        run.wrap = lambda batches: Dying(batches, "before the create")
        with pytest.raises(Killed):
            run.run(economy=True)
        other.run(economy=True)
        run.wrap = lambda batches: batches
        assert run.run(economy=True).totals.statuses == {"done": 2}
        assert [batch["rows"] for batch in run.books["batches"]] == [2, 2]


class TestMoney:
    def test_a_cap_makes_smaller_batches_and_is_not_passed(self, rig: Rigged) -> None:
        run = rig(6)
        report = run.run(economy=True, cap=1.0)
        assert report.head["cost"]["usd"] <= 1.0
        assert report.totals.statuses["done"] > 0

    def test_a_cap_below_one_request_asks_nothing(self, rig: Rigged) -> None:
        run = rig(3)
        report = run.run(economy=True, cap=0.01)
        assert run.books["batches"] == []
        assert report.why is not None
        assert "--max-cost" in report.why.says

    def test_the_charges_of_all_batches_are_settled(self, rig: Rigged) -> None:
        run = rig(5)
        report = run.run(economy=True)
        assert report.head["cost"]["unknown_outcome_requests"] == 0
        assert report.head["requests"] == 5
        assert json.loads((report.folder / "run.json").read_text("utf-8"))["mode"] == "economy"
