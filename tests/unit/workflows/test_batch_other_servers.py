"""Servers that say less than the API, say it otherwise, or say no: a run lives with it, or ends with a word."""

from collections.abc import Callable
from pathlib import Path

import pytest

from postwright.domain.batches import Batches, BatchStatus
from postwright.storage.runs import RunState
from postwright.workflows.many import handing_in, live
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


class TestLive:
    def test_a_reply_without_headers_ids_and_cache_counts_is_a_reply(self, rig: Rigged) -> None:
        run = rig(bare=True)
        report = run.run()
        assert report.totals.statuses == {"done": 6}
        assert report.head["requests"] == 6
        assert report.head["usage"]["cache_read"] == 0
        assert any("prompt cache is not used" in note for note in run.notes)

    def test_an_endpoint_that_does_not_count_tokens_gets_a_labelled_estimate(self, rig: Rigged) -> None:
        run = rig(counting=False)
        run.count = True
        run.run()
        assert run.last is not None
        assert run.last.estimate is not None
        assert not run.last.estimate.counted
        assert run.last.estimate.usd
        assert any("could not be counted" in note for note in run.notes)

    def test_the_api_counts_a_sample_when_it_can(self, rig: Rigged) -> None:
        run = rig()
        run.count = True
        run.run()
        assert run.last is not None
        assert run.last.estimate is not None
        assert run.last.estimate.counted

    def test_a_server_that_asks_for_an_hour_ends_the_run_instead_of_being_waited_for(self, rig: Rigged) -> None:
        run = rig(busy_seconds=3600)
        report = run.run(concurrency=2)
        assert report.run.state is RunState.STOPPED
        assert report.why is not None
        assert "wait 3600 s" in report.why.says
        assert report.why.exit_code == 3
        assert sum(run.books["outcomes"].values()) <= 2
        run.change(busy_seconds=0)
        assert run.run().totals.statuses == {"done": 6}

    def test_when_every_request_is_rejected_it_is_not_the_postings(
        self, rig: Rigged, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live, "MOST_REFUSED", 3)
        run = rig(12, rejected=True)
        report = run.run(concurrency=2)
        assert report.why is not None
        assert "rejected the request" in report.why.says
        assert sum(run.books["outcomes"].values()) <= 5
        run.change(rejected=False)
        assert run.run().totals.statuses == {"done": 12}


class TestByBatches:
    def test_an_endpoint_without_batches_is_told_with_the_way_out(self, rig: Rigged) -> None:
        run = rig(batching=False)
        report = run.run(economy=True)
        assert report.why is not None
        assert report.why.says == "the endpoint takes no batches"
        assert "--economy" in report.why.hint
        assert report.head["cost"] == {"usd": 0.0, "unknown_outcome_requests": 0, "unknown_outcome_usd": 0.0}

    def test_a_wait_of_an_hour_before_a_batch_ends_the_run_and_nothing_stays_charged(self, rig: Rigged) -> None:
        run = rig(busy_seconds=3600)
        report = run.run(economy=True)
        assert report.why is not None
        assert "wait 3600 s" in report.why.says
        assert report.head["cost"]["unknown_outcome_usd"] == 0
        run.change(busy_seconds=0)
        assert run.run(economy=True).totals.statuses == {"done": 6}

    def test_a_batch_that_cannot_be_made_is_not_tried_for_ever(
        self, rig: Rigged, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(handing_in, "_ATTEMPTS", 3)
        run = rig(2, busy_seconds=1)
        report = run.run(economy=True, during=lambda batch: setattr(batch.shop.stopping, "sleep", _at_once))
        assert report.run.state is RunState.STOPPED
        assert sum("trying again" in note for note in run.notes) == 2

    def test_results_that_end_between_two_rows_are_fetched_again(self, rig: Rigged) -> None:
        run = rig(results_short=2)
        report = run.run(economy=True, during=lambda batch: setattr(batch.shop.stopping, "sleep", _at_once))
        assert report.totals.statuses == {"done": 6}
        assert run.books["asked_again"] == []
        assert sum(batch["rows"] for batch in run.books["batches"]) == 6

    @pytest.mark.parametrize("how", ["forgets_batches", "archives_batches"])
    def test_a_batch_that_is_gone_is_handed_in_again_and_stays_charged(self, rig: Rigged, how: str) -> None:
        run = rig(2)
        run.wrap = _DyingAtFirstLook
        with pytest.raises(Killed):
            run.run(economy=True)
        run.change(**{how: True})
        run.wrap = lambda batches: batches

        def note(says: str) -> None:
            run.notes.append(says)
            if "is gone" in says:
                run.change(**{how: False})

        run.say = note
        report = run.run(economy=True)
        assert report.totals.statuses == {"done": 2}
        assert report.head["cost"]["unknown_outcome_requests"] == 1
        assert report.head["cost"]["unknown_outcome_usd"] > report.head["cost"]["usd"]
        assert [batch["rows"] for batch in run.books["batches"]] == [2, 2]

    def test_what_was_rejected_is_tried_again_by_the_next_run(self, rig: Rigged) -> None:
        run = rig(2, row_invalid=1.0)
        assert run.run(economy=True).totals.statuses == {"failed": 2}
        run.change(row_invalid=0.0)
        assert run.run(economy=True).totals.statuses == {"done": 2}


class _DyingAtFirstLook:
    """The process ends when it first looks at a batch."""

    def __init__(self, inner: Batches) -> None:
        self.create, self.recent, self.rows = inner.create, inner.recent, inner.rows

    async def look(self, _batch: str) -> BatchStatus:
        raise Killed


async def _at_once(_seconds: float) -> None:
    """No test waits for a pause."""
