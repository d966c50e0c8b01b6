"""A folder of postings through the whole of a run, in one process, against a stand-in over real sockets."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from postwright.storage.runs import RunState, Status
from standin.api import StandIn
from standin.settings import Settings
from support.batch_rig import Rig
from support.folders import FREE, SMALL, write_postings

Rigged = Callable[..., Rig]


@pytest.fixture
def rig(tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch) -> Rigged:
    """A folder with so many postings, and a stand-in with these settings."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")

    def make(postings: int = 6, kinds: tuple[str, ...] = SMALL, **settings: object) -> Rig:
        folder = (tmp_path / "jobs").resolve()
        write_postings(folder, postings, kinds)
        return Rig(folder, StandIn(Settings.of(settings)))

    return make


class TestAWholeRun:
    def test_every_posting_gets_its_work_files(self, rig: Rigged) -> None:
        run = rig()
        report = run.run()
        assert report.totals.statuses == {"done": 6}
        assert sorted(run.drafts()) == [f"department-{i % 3}/{i:05}.md" for i in (0, 3, 1, 4, 2, 5)]
        assert report.run.state is RunState.FINISHED

    def test_what_is_free_is_listed_and_not_asked_about(self, rig: Rigged) -> None:
        run = rig(2, FREE)
        report = run.run()
        assert report.totals.statuses == {"free": 2}
        assert run.books["outcomes"] == {}
        assert run.last is not None
        assert sorted(verdict for _, verdict in run.last.sorted.free) == ["out of scope", "ready"]

    def test_a_second_run_asks_nothing_and_changes_nothing(self, rig: Rigged) -> None:
        run = rig()
        run.run()
        before = {p: p.stat().st_mtime_ns for p in run.place.top.rglob("review.json")}
        asked = run.books["outcomes"]
        report = run.run()
        assert run.books["outcomes"] == asked
        assert {p: p.stat().st_mtime_ns for p in before} == before
        assert report.totals.statuses == {"done": 6}
        assert report.head["requests"] == 0

    def test_a_changed_posting_is_asked_about_again_and_no_other(self, rig: Rigged) -> None:
        run = rig()
        run.run()
        posting = run.folder / "department-0" / "00000.md"
        posting.write_text(posting.read_text("utf-8") + "\nThe team has four people.\n", "utf-8")
        run.run()
        assert run.books["outcomes"] == {"answered": 7}

    def test_two_files_with_the_same_text_are_paid_for_once(self, rig: Rigged) -> None:
        run = rig(2)
        text = (run.folder / "department-0" / "00000.md").read_text("utf-8")
        (run.folder / "copy.md").write_text(text, "utf-8")
        report = run.run()
        assert report.totals.statuses == {"done": 3}
        assert run.books["outcomes"] == {"answered": 2}

    def test_a_draft_that_is_gone_is_made_again_without_asking(self, rig: Rigged) -> None:
        run = rig()
        run.run()
        (run.place.top / "department-0" / "00000.md" / "review.json").write_bytes(b"{")
        run.run()
        assert len(run.drafts()) == 6
        assert run.books["outcomes"] == {"answered": 6}

    def test_the_shared_prompt_is_written_to_the_cache_once(self, rig: Rigged) -> None:
        run = rig(8, first_token_seconds=0.05, output_seconds=0.05)
        report = run.run(concurrency=8)
        assert len(run.books["cache_writes"]) == 1
        assert report.cache_share == pytest.approx(7 / 8)

    def test_the_others_start_when_the_first_reply_begins(self, rig: Rigged) -> None:
        run = rig(8, first_token_seconds=0.05, output_seconds=0.6)
        run.run(concurrency=8)
        assert len(run.books["cache_writes"]) == 1
        assert run.books["most_open"] == 8
        assert run.books["seconds"] < 2 * (0.05 + 0.6)

    @pytest.mark.parametrize("streaming", ["ignored", "refused"])
    def test_where_nothing_is_streamed_they_wait_for_its_end(self, rig: Rigged, streaming: str) -> None:
        run = rig(8, streaming=streaming, first_token_seconds=0.05, output_seconds=0.05)
        report = run.run(concurrency=8)
        assert report.totals.statuses == {"done": 8}
        assert len(run.books["cache_writes"]) == 1
        assert run.books["most_open"] == 7

    def test_a_first_reply_that_breaks_off_is_asked_for_again(self, rig: Rigged) -> None:
        run = rig(4, streams_short=9)
        report = run.run(concurrency=2)
        assert report.totals.statuses == {"done": 4}
        assert run.books["outcomes"] == {"answered": 5}

    def test_no_more_requests_are_open_than_allowed(self, rig: Rigged) -> None:
        run = rig(8, output_seconds=0.05)
        run.run(concurrency=3)
        assert run.books["most_open"] == 3

    def test_a_broken_line_goes_back_once_and_the_draft_is_mended(self, rig: Rigged) -> None:
        run = rig(3, broken_lines=1.0)
        report = run.run()
        assert run.books["outcomes"] == {"answered": 6}
        assert report.totals.sums["restored"] == 0
        assert not [text for text in run.drafts().values() if "zeppelin" in text]

    def test_a_reply_that_was_cut_off_is_asked_for_once_more_with_more_room(self, rig: Rigged) -> None:
        run = rig(1, cut_replies=1.0)
        report = run.run()
        assert run.books["outcomes"] == {"cut reply": 2}
        assert report.totals.statuses == {"done": 1}
        assert len(run.drafts()) == 1

    def test_rules_alone_ask_nobody(self, rig: Rigged) -> None:
        run = rig()
        report = run.run(rules_only=True)
        assert report.totals.statuses == {"done": 6}
        assert run.books["outcomes"] == {}
        assert report.head["engine"] == "rules"


class TestAccounts:
    def test_run_json_names_every_posting_and_the_sums(self, rig: Rigged) -> None:
        run = rig(4)
        (run.folder / "broken.md").write_bytes(b"\xff\xfe\x00\x01 not text")
        report = run.run()
        data = json.loads((report.folder / "run.json").read_text("utf-8"))
        assert data["counts"] == {"done": 4, "free": 0, "failed": 1, "left out": 0, "open": 0}
        assert data["requests"] == 4
        assert data["usage"]["cache_read"] > data["usage"]["cache_write_1h"] > 0
        assert 0 < data["cost"]["usd"] < 1
        named = {entry["path"]: entry for entry in data["postings"]}
        assert len(named) == 5
        assert named["broken.md"]["status"] == "failed"
        assert "UTF-16" in named["broken.md"]["reason"]
        one = named["department-1/00001.md"]
        assert (one["department"], one["verdict"]) == ("department-1", "touch up")
        assert set(one["layers"]) == {"clinical", "integration", "compliance", "execution"}

    def test_the_cost_is_that_of_the_tokens_by_the_price_table(self, rig: Rigged) -> None:
        run = rig(4)
        report = run.run()
        assert run.last is not None
        usd = 0.0
        for usage in run.books["usages"]:
            write, read = usage["cache_creation_input_tokens"], usage["cache_read_input_tokens"]
            usd += (usage["input_tokens"] * 2 + write * 4 + read * 0.1 + usage["output_tokens"] * 10) / 1e6
        assert report.head["cost"]["usd"] == pytest.approx(usd, abs=1e-6)

    def test_a_failed_posting_fails_alone_and_its_reason_is_noted(self, rig: Rigged) -> None:
        run = rig(5, refused=0.4, seed=3)
        report = run.run()
        failed = report.totals.statuses["failed"]
        assert failed
        assert report.totals.statuses["done"] == 5 - failed
        assert report.run.state is RunState.FAILED
        assert any("declined" in note for note in run.notes)


class TestFailuresAndRetries:
    def test_a_reply_that_cannot_be_used_is_not_paid_for_again_by_a_mere_rerun(self, rig: Rigged) -> None:
        run = rig(3, malformed=1.0)
        assert run.run().totals.statuses == {"failed": 3}
        run.change(malformed=0.0)
        assert run.run().totals.statuses == {"failed": 3}
        assert run.books["outcomes"] == {"malformed": 3}

    def test_retry_failed_asks_anew_for_what_failed_and_nothing_else(self, rig: Rigged) -> None:
        run = rig(4, malformed=0.5, seed=2)
        failed = run.run().totals.statuses["failed"]
        assert 0 < failed < 4
        run.change(malformed=0.0)
        report = run.run(retry_failed=True)
        assert report.totals.statuses == {"done": 4}
        assert run.books["outcomes"]["answered"] + run.books["outcomes"]["malformed"] == 4 + failed

    def test_every_posting_ends_in_a_storm_of_faults(self, rig: Rigged) -> None:
        run = rig(12, overloaded=0.1, failed=0.05, reset=0.03, cut=0.02, malformed=0.02, refused=0.01, seed=11)
        assert run.last is None
        report = run.run(during=lambda batch: setattr(batch.shop.stopping, "sleep", _at_once))
        assert report.totals.statuses["done"] + report.totals.statuses["failed"] == 12
        assert len(run.drafts()) == report.totals.statuses["done"]

    @pytest.mark.parametrize(
        ("settings", "says"),
        [({"key": "another"}, "not accepted"), ({"spend_limit_after": 2}, "spend limit")],
    )
    def test_what_every_posting_would_meet_ends_the_run_at_once(
        self, rig: Rigged, settings: dict[str, object], says: str
    ) -> None:
        run = rig(10, **settings)
        report = run.run(concurrency=2)
        assert report.why is not None
        assert says in report.why.says
        assert report.why.exit_code == 3
        assert report.run.state is RunState.STOPPED
        assert report.totals.statuses[Status.OPEN.value] >= 7
        assert sum(run.books["outcomes"].values()) <= 4

    def test_an_interrupted_run_keeps_what_is_done_and_goes_on(self, rig: Rigged) -> None:
        run = rig(8, output_seconds=0.1)

        def soon(batch: object) -> None:
            assert run.last is not None
            asyncio.get_running_loop().call_later(0.25, run.last.interrupt)

        report = run.run(during=soon, concurrency=2)
        assert report.run.state is RunState.INTERRUPTED
        done = report.totals.statuses["done"]
        assert 0 < done < 8
        assert run.run().totals.statuses == {"done": 8}
        assert run.books["outcomes"] == {"answered": 8}
        assert run.books["asked_again"] == []


async def _at_once(_seconds: float) -> None:
    """No test waits for a pause."""
