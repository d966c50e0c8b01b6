"""PatientModel: what is waited for, how long, and what is not."""

import asyncio
from dataclasses import dataclass, field

import pytest
import respx

from postwright.domain.errors import (
    ModelAccessDenied,
    ModelError,
    ModelUnavailable,
    ModelUnknown,
    NoCredentials,
    ReplyInvalid,
    RequestRefused,
    SpendLimitReached,
)
from postwright.domain.model import Answered, Model
from postwright.llm.claude import ClaudeModel
from postwright.llm.patient import PatientModel
from support.claude_replies import MESSAGES, error, message
from support.models import ScriptedModel, an_answer, an_ask


@dataclass
class Watch:
    """A clock that only notes how long it was asked to wait, and what a person was told."""

    slept: list[float] = field(default_factory=list)
    told: list[tuple[float, str]] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def tell(self, seconds: float, reason: str) -> None:
        self.told.append((seconds, reason))


@pytest.fixture
def watch() -> Watch:
    return Watch()


def asked(model: Model, watch: Watch, *, attempts: int = 5) -> Answered:
    patient = PatientModel(model, attempts=attempts, on_wait=watch.tell, sleep=watch.sleep)
    return asyncio.run(patient.ask(an_ask()))


def busy(wait: float | None = None) -> ModelUnavailable:
    return ModelUnavailable("overloaded", hint="later", request_id="req_1", wait_seconds=wait)


def test_a_good_answer_comes_without_a_pause(watch: Watch) -> None:
    assert asked(ScriptedModel(), watch).text == "{}"
    assert not watch.slept


def test_a_busy_model_is_asked_again(watch: Watch) -> None:
    model = ScriptedModel(busy(), busy(), an_answer("third"))
    assert asked(model, watch).text == "third"
    assert len(model.asks) == 3


def test_pauses_of_our_own_grow(watch: Watch) -> None:
    asked(ScriptedModel(busy(), busy(), busy(), an_answer()), watch)
    assert [round(seconds) >= floor for seconds, floor in zip(watch.slept, (1, 2, 4), strict=True)] == [True] * 3
    assert max(watch.slept) < 10


def test_the_pause_that_the_server_asks_for_is_kept_with_some_spread(watch: Watch) -> None:
    asked(ScriptedModel(busy(wait=30), an_answer()), watch)
    assert 30 <= watch.slept[0] <= 31


def test_each_pause_is_told_before_it_begins(watch: Watch) -> None:
    asked(ScriptedModel(busy(), busy(), an_answer()), watch)
    assert [seconds for seconds, _ in watch.told] == watch.slept
    assert {reason for _, reason in watch.told} == {"overloaded"}


def test_a_server_that_asks_for_an_hour_is_not_waited_for(watch: Watch) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        asked(ScriptedModel(busy(wait=3600)), watch)
    assert caught.value.wait_seconds == 3600
    assert not watch.slept


def test_attempts_end_and_the_last_error_says_how_many(watch: Watch) -> None:
    model = ScriptedModel(busy())
    with pytest.raises(ModelUnavailable, match="overloaded, 4 times in a row") as caught:
        asked(model, watch, attempts=4)
    assert len(model.asks) == 4
    assert (caught.value.hint, caught.value.request_id) == ("later", "req_1")


@pytest.mark.parametrize(
    "kind",
    [SpendLimitReached, ModelAccessDenied, NoCredentials, ModelUnknown, RequestRefused, ReplyInvalid],
)
def test_what_waiting_cannot_mend_is_raised_at_once(watch: Watch, kind: type[ModelError]) -> None:
    model = ScriptedModel(kind("no"))
    with pytest.raises(kind):
        asked(model, watch)
    assert len(model.asks) == 1
    assert not watch.slept


def test_name_and_request_are_those_of_the_model_within() -> None:
    model = ScriptedModel(name="inner")
    patient = PatientModel(model)
    assert patient.name == "inner"
    assert patient.request(an_ask()) == model.request(an_ask())


class TestThroughTheSdk:
    """The same over HTTP: the SDK's own retries are off, so each attempt is one request."""

    @pytest.fixture(autouse=True)
    def api_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "any")

    def test_a_429_with_retry_after_is_honoured_then_answered(self, httpx2_mock: respx.Router, watch: Watch) -> None:
        route = httpx2_mock.post(MESSAGES)
        route.side_effect = [
            respx.MockResponse(429, json=error("rate_limit_error"), headers={"retry-after": "7"}),
            respx.MockResponse(200, json=message("{}")),
        ]
        assert asked(ClaudeModel(), watch).text == "{}"
        assert route.call_count == 2
        assert 7 <= watch.slept[0] <= 8
        assert "429" in watch.told[0][1]

    def test_a_retry_after_of_an_hour_ends_the_attempt(self, httpx2_mock: respx.Router, watch: Watch) -> None:
        headers = {"retry-after": "3600"}
        route = httpx2_mock.post(MESSAGES).respond(429, json=error("rate_limit_error"), headers=headers)
        with pytest.raises(ModelUnavailable, match="3600 s"):
            asked(ClaudeModel(), watch)
        assert route.call_count == 1

    def test_a_storm_of_529_exhausts_the_attempts(self, httpx2_mock: respx.Router, watch: Watch) -> None:
        route = httpx2_mock.post(MESSAGES).respond(529, json=error("overloaded_error"))
        with pytest.raises(ModelUnavailable, match="5 times in a row"):
            asked(ClaudeModel(), watch)
        assert route.call_count == 5
        assert len(watch.slept) == 4

    def test_a_spend_limit_is_not_asked_twice(self, httpx2_mock: respx.Router, watch: Watch) -> None:
        body = error("rate_limit_error", code="enforced_spend_limit_reached")
        route = httpx2_mock.post(MESSAGES).respond(429, json=body)
        with pytest.raises(SpendLimitReached):
            asked(ClaudeModel(), watch)
        assert route.call_count == 1

    def test_a_server_that_says_do_not_retry_is_believed(self, httpx2_mock: respx.Router, watch: Watch) -> None:
        headers = {"x-should-retry": "false"}
        route = httpx2_mock.post(MESSAGES).respond(500, json=error("api_error"), headers=headers)
        with pytest.raises(RequestRefused):
            asked(ClaudeModel(), watch)
        assert route.call_count == 1

    def test_cut_bodies_and_web_pages_are_tried_again(self, httpx2_mock: respx.Router, watch: Watch) -> None:
        route = httpx2_mock.post(MESSAGES)
        route.side_effect = [
            respx.MockResponse(200, content=b'{"id": "msg', headers={"content-type": "application/json"}),
            respx.MockResponse(200, html="<html></html>"),
            respx.MockResponse(200, json=message("{}")),
        ]
        assert asked(ClaudeModel(), watch).text == "{}"
        assert route.call_count == 3
