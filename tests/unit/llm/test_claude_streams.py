"""A reply that is heard as it begins, through the real SDK."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
import pytest
import respx

from postwright.domain.errors import ModelError, ModelUnavailable, RequestRefused
from postwright.domain.model import Answered, Stop, Usage
from postwright.llm.claude import ClaudeModel, reply_schema
from standin.streams import events_of
from support.claude_replies import MESSAGES, error, message, reply_text, usage
from support.models import an_ask

EVENTS = {"content-type": "text/event-stream; charset=utf-8", "request-id": "req_1"}
FILLS = usage(write_5m=9_000, output=700)


@pytest.fixture(autouse=True)
def api_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-canary-0123456789abcdef")


class Slices(httpx2.AsyncByteStream):
    """A body in parts; what is no bytes is called between two of them."""

    def __init__(self, *parts: bytes | Callable[[], None] | Exception) -> None:
        self._parts = parts

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            if isinstance(part, Exception):
                raise part
            if isinstance(part, bytes):
                yield part
            else:
                part()


def led(begins: Callable[[Usage], None] = lambda _: None) -> Answered:
    async def once() -> Answered:
        model = ClaudeModel()
        try:
            return await model.lead(an_ask(schema=reply_schema()), begins)
        finally:
            await model.close()

    return asyncio.run(once())


def sent(route: respx.Route) -> list[dict[str, Any]]:
    return [json.loads(call.request.content) for call in route.calls]


def test_the_streamed_answer_is_the_whole_one(httpx2_mock: respx.Router) -> None:
    whole = message(reply_text(summary="ü" * 3_000), usage=FILLS)
    httpx2_mock.post(MESSAGES).respond(headers=EVENTS, content=b"".join(events_of(whole)))
    answered = led()
    assert json.loads(answered.text)["summary"] == "ü" * 3_000
    assert (answered.stop, answered.request_id) == (Stop.END, "req_1")
    assert answered.usage == Usage(input=1_500, cache_write_5m=9_000, output=700)
    assert {name: json.loads(answered.raw)[name] for name in whole} == whole


def test_it_is_told_that_the_reply_begins_before_the_rest_has_come(httpx2_mock: respx.Router) -> None:
    first, late = events_of(message(usage=FILLS))
    heard: list[int] = []
    by_then: list[list[int]] = []
    body = Slices(first, lambda: by_then.append(list(heard)), late)
    httpx2_mock.post(MESSAGES).mock(return_value=respx.MockResponse(200, headers=EVENTS, stream=body))
    led(lambda usage: heard.append(usage.cache_write_5m))
    assert by_then == [[9_000]]
    assert heard == [9_000]


def test_a_refusal_without_a_word_never_begins(httpx2_mock: respx.Router) -> None:
    refusal = message(stop="refusal", content=[])
    httpx2_mock.post(MESSAGES).respond(headers=EVENTS, content=b"".join(events_of(refusal)))
    heard: list[Usage] = []
    assert led(heard.append).stop is Stop.REFUSED
    assert not heard


def test_a_server_that_answers_whole_all_the_same_is_understood(httpx2_mock: respx.Router) -> None:
    route = httpx2_mock.post(MESSAGES).respond(json=message(usage=FILLS))
    heard: list[Usage] = []
    assert led(heard.append).usage.cache_write_5m == 9_000
    assert not heard
    assert [body["stream"] for body in sent(route)] == [True]


def test_a_gateway_that_refuses_streams_says_so(httpx2_mock: respx.Router) -> None:
    httpx2_mock.post(MESSAGES).respond(400, json=error("invalid_request_error", "stream: not supported"))
    with pytest.raises(RequestRefused, match="not supported"):
        led()


@pytest.mark.parametrize("cut", [0.0, 0.4, 0.9])
def test_a_stream_that_ends_too_early_is_no_answer(httpx2_mock: respx.Router, cut: float) -> None:
    first, late = events_of(message(usage=FILLS))
    part = late[: int(len(late) * cut)].rpartition(b"\n\n")[0]
    httpx2_mock.post(MESSAGES).respond(headers=EVENTS, content=first + part + b"\n\n")
    with pytest.raises(ModelUnavailable, match="broke off") as caught:
        led()
    assert caught.value.maybe_paid


@pytest.mark.parametrize("kind", ["content_block_start", "message_stop"])
def test_a_stream_without_its_beginning_is_no_message(httpx2_mock: respx.Router, kind: str) -> None:
    block = {"type": kind, "index": 0, "content_block": {"type": "text", "text": ""}}
    event = f"event: {kind}\ndata: {json.dumps(block)}\n\n"
    httpx2_mock.post(MESSAGES).respond(headers=EVENTS, content=event.encode())
    with pytest.raises(ModelUnavailable, match="no message"):
        led()


@pytest.mark.parametrize("body", [b"", b'event: ping\ndata: {"type": "ping"}\n\n'], ids=["empty", "ping"])
def test_a_stream_without_a_message_is_none(httpx2_mock: respx.Router, body: bytes) -> None:
    httpx2_mock.post(MESSAGES).respond(headers=EVENTS, content=body)
    with pytest.raises(ModelUnavailable, match="no message"):
        led()


def test_a_web_page_is_no_answer(httpx2_mock: respx.Router) -> None:
    httpx2_mock.post(MESSAGES).respond(html="<h1>Sign in to the guest network</h1>")
    with pytest.raises(ModelUnavailable):
        led()


@pytest.mark.parametrize(
    "broken",
    [httpx2.RemoteProtocolError("peer closed connection"), httpx2.ReadError("reset")],
    ids=lambda broken: type(broken).__name__,
)
def test_a_connection_that_breaks_in_mid_reply_may_have_cost_money(
    httpx2_mock: respx.Router, broken: Exception
) -> None:
    first, _late = events_of(message(usage=FILLS))
    body = Slices(first, broken)
    httpx2_mock.post(MESSAGES).mock(return_value=respx.MockResponse(200, headers=EVENTS, stream=body))
    with pytest.raises(ModelUnavailable) as caught:
        led()
    assert caught.value.retryable
    assert caught.value.maybe_paid


@pytest.mark.parametrize("begun", [False, True])
def test_an_error_in_the_stream_may_have_cost_money_only_once_the_reply_has_begun(
    httpx2_mock: respx.Router, *, begun: bool
) -> None:
    first, _late = events_of(message(usage=FILLS))
    wrong = f"event: error\ndata: {json.dumps(error('overloaded_error', 'Overloaded'))}\n\n".encode()
    httpx2_mock.post(MESSAGES).respond(headers=EVENTS, content=(first if begun else b"") + wrong)
    with pytest.raises(ModelError) as caught:
        led()
    assert (type(caught.value), caught.value.status) == (ModelUnavailable, 529)
    assert caught.value.maybe_paid is begun
