"""What a batch hears beside the answers: headers of every response, and why the cache did not serve."""

import asyncio
import json
from collections.abc import Mapping

import httpx2
import pytest
import respx

from postwright.domain.errors import ModelError, ModelUnavailable
from postwright.domain.journal import request_key
from postwright.llm.claude import ClaudeModel
from support.claude_replies import MESSAGES, error, message
from support.models import an_ask


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-canary-key")


def heard(model: ClaudeModel) -> list[str]:
    seen: list[str] = []

    def hear(headers: Mapping[str, str]) -> None:
        seen.append(headers.get("anthropic-ratelimit-requests-remaining", ""))

    model.on_headers = hear
    return seen


def test_the_headers_of_good_and_bad_responses_are_heard(httpx2_mock: respx.Router) -> None:
    name = "anthropic-ratelimit-requests-remaining"
    httpx2_mock.post(MESSAGES).mock(
        side_effect=[
            respx.MockResponse(200, json=message("{}"), headers={name: "7"}),
            respx.MockResponse(429, json=error("rate_limit_error"), headers={name: "0"}),
        ]
    )
    model = ClaudeModel()
    seen = heard(model)

    async def main() -> None:
        await model.ask(an_ask())
        with pytest.raises(ModelUnavailable) as failed:
            await model.ask(an_ask())
        assert failed.value.status == 429

    asyncio.run(main())
    assert seen == ["7", "0"]


def test_a_comparison_is_asked_for_only_while_it_is_wanted_and_is_no_part_of_the_key(
    httpx2_mock: respx.Router,
) -> None:
    route = httpx2_mock.post(MESSAGES).respond(json=message("{}"))
    model = ClaudeModel()
    before = request_key(model.request(an_ask()))

    async def main() -> None:
        await model.ask(an_ask())
        model.compare_with = "msg_1"
        await model.ask(an_ask())
        model.compare_with = ""
        await model.ask(an_ask())

    asyncio.run(main())
    sent = [json.loads(call.request.content) for call in route.calls]
    assert [body.get("diagnostics") for body in sent] == [None, {"previous_message_id": "msg_1"}, None]
    assert request_key(model.request(an_ask())) == before


@pytest.mark.parametrize(
    ("failure", "maybe_paid"),
    [
        (httpx2.ConnectError("no route"), False),
        (httpx2.ConnectTimeout("slow"), False),
        (httpx2.ReadError("reset"), True),
        (httpx2.ReadTimeout("slow"), True),
        (httpx2.RemoteProtocolError("cut"), True),
    ],
)
def test_only_what_was_sent_may_have_been_paid_for(
    httpx2_mock: respx.Router, failure: Exception, *, maybe_paid: bool
) -> None:
    httpx2_mock.post(MESSAGES).mock(side_effect=failure)
    with pytest.raises(ModelError) as failed:
        asyncio.run(ClaudeModel().ask(an_ask()))
    assert failed.value.maybe_paid is maybe_paid


@pytest.mark.parametrize("text", ["<html>proxy</html>", '{"content": [{"ty'])
def test_an_answer_that_cannot_be_read_may_have_been_paid_for(httpx2_mock: respx.Router, text: str) -> None:
    httpx2_mock.post(MESSAGES).respond(text=text, headers={"content-type": "application/json"})
    with pytest.raises(ModelUnavailable) as failed:
        asyncio.run(ClaudeModel().ask(an_ask()))
    assert failed.value.maybe_paid


@pytest.mark.parametrize("status", [400, 401, 429, 500, 529])
def test_an_error_response_costs_nothing(httpx2_mock: respx.Router, status: int) -> None:
    httpx2_mock.post(MESSAGES).respond(status, json=error("api_error"))
    with pytest.raises(ModelError) as failed:
        asyncio.run(ClaudeModel().ask(an_ask()))
    assert not failed.value.maybe_paid
    assert failed.value.status == status
