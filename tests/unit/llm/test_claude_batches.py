"""Message Batches through the real SDK: what is sent, what comes back, and to whom our key goes."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx2
import pytest
import respx

from postwright.domain.batches import BatchRow, BatchStatus, RowKind
from postwright.domain.errors import ModelUnavailable, RequestRefused, SpendLimitReached
from postwright.llm.claude import ClaudeModel
from postwright.llm.claude_batches import ClaudeBatches
from support.claude_replies import API, error, message, usage

BATCHES = f"{API}/v1/messages/batches"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-canary-key")


def a_batch(name: str = "msgbatch_1", *, ended: bool = False, results: str = "", **counts: int) -> dict[str, Any]:
    zero = dict.fromkeys(("processing", "succeeded", "errored", "canceled", "expired"), 0)
    return {
        "id": name,
        "type": "message_batch",
        "processing_status": "ended" if ended else "in_progress",
        "request_counts": zero | (counts or {"processing": 2}),
        "created_at": "2026-11-22T08:00:00Z",
        "expires_at": "2026-11-23T08:00:00Z",
        "results_url": results or None,
    }


async def body(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 10):
        yield data[start : start + 10]


def row(name: str, kind: str, **more: object) -> str:
    return json.dumps({"custom_id": name, "result": {"type": kind, **more}})


def errored(kind: str, words: str = "no") -> dict[str, object]:
    return {"error": {"type": "error", "error": {"type": kind, "message": words}}}


def fetched(status: BatchStatus | None = None) -> list[BatchRow]:
    async def main() -> list[BatchRow]:
        batches = ClaudeBatches(ClaudeModel())
        return [one async for one in batches.rows(status or ended())]

    return asyncio.run(main())


def ended(results: str = f"{API}/v1/messages/batches/msgbatch_1/results") -> BatchStatus:
    return BatchStatus("msgbatch_1", ended=True, created=0.0, size=2, done=2, results=results)


class TestCreating:
    def test_the_body_is_sent_as_it_is_and_once(self, httpx2_mock: respx.Router) -> None:
        route = httpx2_mock.post(BATCHES).respond(json=a_batch())
        data = b'{"requests":[]}' * 20
        status = asyncio.run(ClaudeBatches(ClaudeModel()).create(body(data), len(data)))
        assert (status.id, status.ended, status.size, status.done) == ("msgbatch_1", False, 2, 0)
        request = route.calls.last.request
        assert request.content == data
        assert request.headers["content-length"] == str(len(data))
        assert request.headers["content-type"] == "application/json"

    @pytest.mark.parametrize("status", [500, 529])
    def test_a_failure_of_the_server_is_not_tried_again(self, httpx2_mock: respx.Router, status: int) -> None:
        route = httpx2_mock.post(BATCHES).respond(status, json=error("api_error"))
        with pytest.raises(ModelUnavailable) as failed:
            asyncio.run(ClaudeBatches(ClaudeModel()).create(body(b"{}"), 2))
        assert failed.value.status == status
        assert route.call_count == 1

    def test_a_connection_that_breaks_may_have_made_a_batch(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(BATCHES).mock(side_effect=httpx2.ReadError("reset"))
        with pytest.raises(ModelUnavailable) as failed:
            asyncio.run(ClaudeBatches(ClaudeModel()).create(body(b"{}"), 2))
        assert failed.value.maybe_paid

    def test_an_answer_that_is_no_batch_may_have_made_one_too(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(BATCHES).respond(json={"hello": "world"})
        with pytest.raises(ModelUnavailable) as failed:
            asyncio.run(ClaudeBatches(ClaudeModel()).create(body(b"{}"), 2))
        assert failed.value.maybe_paid


class TestLooking:
    def test_a_batch_says_how_far_it_is(self, httpx2_mock: respx.Router) -> None:
        data = a_batch(ended=True, results=f"{API}/r", succeeded=3, expired=1)
        httpx2_mock.get(f"{BATCHES}/msgbatch_1").respond(json=data)
        status = asyncio.run(ClaudeBatches(ClaudeModel()).look("msgbatch_1"))
        assert (status.ended, status.size, status.done, status.results) == (True, 4, 4, f"{API}/r")
        assert status.created == 1_795_334_400.0

    def test_recent_ones_are_found_over_several_pages(self, httpx2_mock: respx.Router) -> None:
        pages: Iterator[dict[str, object]] = iter(
            [
                {"data": [a_batch("b3"), a_batch("b2")], "has_more": True, "last_id": "b2"},
                {"data": [a_batch("b1") | {"created_at": "2020-01-01T00:00:00Z"}], "has_more": True, "last_id": "b1"},
            ]
        )
        route = httpx2_mock.get(url__startswith=BATCHES).mock(
            side_effect=lambda _: respx.MockResponse(200, json=next(pages))
        )
        found = asyncio.run(ClaudeBatches(ClaudeModel()).recent(1_700_000_000.0))
        assert [batch.id for batch in found] == ["b3", "b2"]
        assert "after_id=b2" in str(route.calls.last.request.url)

    def test_a_batch_without_a_date_is_not_passed_over(self, httpx2_mock: respx.Router) -> None:
        undated = a_batch("b1") | {"created_at": None}
        httpx2_mock.get(url__startswith=BATCHES).respond(json={"data": [undated], "has_more": False})
        found = asyncio.run(ClaudeBatches(ClaudeModel()).recent(1_700_000_000.0))
        assert [(batch.id, batch.created) for batch in found] == [("b1", 0.0)]

    @pytest.mark.parametrize(
        ("changes", "ended"),
        [
            ({"processing_status": "canceling"}, False),
            ({"processing_status": "canceling", "ended_at": "2026-11-22T09:00:00Z"}, False),
            ({"processing_status": "completed", "ended_at": "2026-11-22T09:00:00Z"}, True),
            ({"processing_status": None, "results_url": f"{API}/r"}, True),
            ({"processing_status": "queued"}, False),
        ],
    )
    def test_a_state_with_another_name_is_told_by_its_results(
        self, httpx2_mock: respx.Router, changes: dict[str, object], *, ended: bool
    ) -> None:
        httpx2_mock.get(f"{BATCHES}/msgbatch_1").respond(json=a_batch() | changes)
        assert asyncio.run(ClaudeBatches(ClaudeModel()).look("msgbatch_1")).ended is ended

    def test_results_that_are_no_longer_kept_are_gone(self, httpx2_mock: respx.Router) -> None:
        archived = a_batch(ended=True) | {"archived_at": "2026-12-22T08:00:00Z"}
        httpx2_mock.get(f"{BATCHES}/msgbatch_1").respond(json=archived)
        assert asyncio.run(ClaudeBatches(ClaudeModel()).look("msgbatch_1")).gone

    def test_json_under_another_content_type_is_read(self, httpx2_mock: respx.Router) -> None:
        text = json.dumps(a_batch(processing=1, unheard_of=7))
        httpx2_mock.get(f"{BATCHES}/msgbatch_1").respond(text=text)
        assert asyncio.run(ClaudeBatches(ClaudeModel()).look("msgbatch_1")).size == 1


class TestResults:
    def test_an_address_without_a_host_is_on_ours(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.get(f"{API}/kept/elsewhere.jsonl").respond(text=row("a", "expired"))
        assert [one.custom_id for one in fetched(ended("/kept/elsewhere.jsonl"))] == ["a"]

    def test_rows_come_with_what_they_mean(self, httpx2_mock: respx.Router) -> None:
        lines = [
            row("a", "succeeded", message=message("{}", usage=usage(read=100, tier="standard"))),
            row("b", "expired"),
            row("c", "canceled"),
            row("d", "errored", **errored("invalid_request_error", "too long")),
            row("e", "errored", **errored("overloaded_error")),
            row("f", "errored", **errored("billing_error")),
            row("g", "succeeded", message={"type": "error", "error": {"type": "api_error", "message": "x"}}),
        ]
        httpx2_mock.get(ended().results).respond(text="\n".join(lines) + "\n")
        rows = {one.custom_id: one for one in fetched()}
        assert [one.kind for one in rows.values()] == [
            *(RowKind.SUCCEEDED, RowKind.EXPIRED, RowKind.CANCELED, RowKind.ERRORED),
            *(RowKind.ERRORED, RowKind.ERRORED, RowKind.ERRORED),
        ]
        answered = rows["a"].answered
        assert answered is not None
        assert answered.usage.batch  # half the price, whatever tier the row names
        assert answered.usage.cache_read == 100
        assert isinstance(rows["d"].error, RequestRefused)
        assert not rows["d"].error.retryable
        assert rows["e"].error is not None
        assert rows["e"].error.retryable
        assert isinstance(rows["f"].error, SpendLimitReached)

    @pytest.mark.parametrize(
        "address",
        ["https://evil.example/results", "http://api.anthropic.com/x", "https://api.anthropic.com.evil.example/"],
    )
    def test_our_key_goes_to_the_configured_host_only(self, httpx2_mock: respx.Router, address: str) -> None:
        route = httpx2_mock.get(f"{BATCHES}/msgbatch_1/results").respond(text=row("a", "expired"))
        assert [one.custom_id for one in fetched(ended(address))] == ["a"]
        assert {call.request.url.host for call in route.calls} == {"api.anthropic.com"}

    def test_a_cut_line_is_told_as_a_broken_download(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.get(ended().results).respond(text=row("a", "expired") + '\n{"custom_id": "b", "resu')
        with pytest.raises(ModelUnavailable, match="cut"):
            fetched()

    def test_results_that_are_gone_are_told(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.get(ended().results).respond(404, json=error("not_found_error"))
        with pytest.raises(Exception, match="404"):
            fetched()
