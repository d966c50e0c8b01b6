"""Endpoints that ignore the output schema are told it in words, and told once more when a reply does not fit."""

import asyncio
import json
from collections.abc import Callable, Mapping

import pytest

from postwright.domain.errors import RequestRefused
from postwright.domain.model import Answered, Ask, Stop, Usage
from postwright.llm.prices import price_table
from postwright.llm.providers import PROVIDERS
from postwright.llm.spoken import SpokenSchemaModel, needs_spoken_schema
from support.claude_replies import reply_text
from support.models import ScriptedModel, an_answer, an_ask

SCHEMA = {"type": "object", "properties": {"b": {}, "a": {}}}


class ScriptedEndpoint(ScriptedModel):
    """A `ScriptedModel` with what an endpoint offers beside answers."""

    on_headers: Callable[[Mapping[str, str]], None] | None = None
    compare_with = ""
    closed = False
    counted: Ask | None = None

    async def count_tokens(self, ask: Ask) -> int:
        self.counted = ask
        return 7

    async def close(self) -> None:
        self.closed = True


def asked(endpoint: ScriptedEndpoint, ask: Ask | None = None) -> Answered:
    return asyncio.run(SpokenSchemaModel(endpoint).ask(ask or an_ask(schema=SCHEMA)))


def test_the_schema_stands_in_the_shared_part_and_nothing_else_changes() -> None:
    scripted = ScriptedEndpoint(an_answer(reply_text()))
    asked(scripted)
    (sent,) = scripted.asks
    plain = an_ask(schema=SCHEMA)
    assert sent.shared.startswith(plain.shared)
    assert json.loads(sent.shared.splitlines()[-1]) == SCHEMA
    assert (sent.turns, sent.profile, sent.schema) == (plain.turns, plain.profile, plain.schema)


def test_a_reply_that_does_not_fit_goes_back_once_with_the_reason() -> None:
    fits = reply_text()
    scripted = ScriptedEndpoint(an_answer("Sure! I like jobs."), an_answer(fits))
    answered = asked(scripted)
    assert answered.text == fits
    assert answered.usage == Usage(input=20, output=10)
    first, second = scripted.asks
    assert second.shared == first.shared
    assert [turn.role for turn in second.turns] == ["user", "assistant", "user"]
    assert second.turns[1].text == "Sure! I like jobs."
    assert "it holds no JSON" in second.turns[2].text


def test_what_still_does_not_fit_is_not_asked_for_again() -> None:
    scripted = ScriptedEndpoint(an_answer("No."), an_answer("Never."))
    assert asked(scripted).text == "Never."
    assert len(scripted.asks) == 2


@pytest.mark.parametrize("text", ["", "x" * 100_000])
def test_silence_and_endless_nonsense_go_back_in_few_words(text: str) -> None:
    scripted = ScriptedEndpoint(an_answer(text), an_answer(reply_text()))
    asked(scripted)
    assert 0 < len(scripted.asks[1].turns[1].text) <= 8_000


@pytest.mark.parametrize("stop", [Stop.CUT, Stop.REFUSED])
def test_a_cut_or_refused_reply_is_not_mended_by_asking_again(stop: Stop) -> None:
    scripted = ScriptedEndpoint(an_answer("{", stop=stop))
    assert asked(scripted).stop is stop
    assert len(scripted.asks) == 1


def test_a_context_too_small_to_ask_again_leaves_the_first_reply() -> None:
    scripted = ScriptedEndpoint(an_answer("Sure!"), RequestRefused("the context is full"))
    assert asked(scripted).text == "Sure!"


def test_all_else_that_an_endpoint_offers_is_passed_on() -> None:
    scripted = ScriptedEndpoint()
    model = SpokenSchemaModel(scripted)
    heard: list[Mapping[str, str]] = []
    model.on_headers, model.compare_with = heard.append, "msg_1"
    assert scripted.on_headers is model.on_headers is not None
    assert scripted.compare_with == model.compare_with == "msg_1"
    assert asyncio.run(model.count_tokens(an_ask(schema=SCHEMA))) == 7
    assert scripted.counted is not None
    assert json.loads(scripted.counted.shared.splitlines()[-1]) == SCHEMA
    asyncio.run(model.close())
    assert scripted.closed


def test_the_journal_knows_a_spoken_request_from_a_plain_one() -> None:
    scripted = ScriptedEndpoint()
    ask = an_ask(schema=SCHEMA)
    assert SpokenSchemaModel(scripted).request(ask) != scripted.request(ask)
    assert SpokenSchemaModel(scripted).request(ask) == SpokenSchemaModel(scripted).request(ask)
    assert SpokenSchemaModel(scripted).name == scripted.name


@pytest.mark.parametrize(
    ("address", "model", "spoken"),
    [
        ("", "claude-sonnet-5-5", False),
        ("", "qwen3:8b", False),
        ("https://api.anthropic.com", "some-new-model", False),
        ("http://127.0.0.1:11434", "qwen3:8b", True),
        ("https://anthropic.com.evil.test/v1", "qwen3:8b", True),
        ("https://litellm.hospital.test", "claude-sonnet-5-5", False),
    ],
)
def test_only_a_foreign_model_at_a_foreign_address_needs_it(address: str, model: str, *, spoken: bool) -> None:
    environment = {"ANTHROPIC_BASE_URL": address} if address else {}
    assert needs_spoken_schema(model, environment) is spoken


def test_no_price_is_claimed_for_a_model_that_is_told_its_schema() -> None:
    assert not price_table().knows("qwen3:8b")


@pytest.mark.parametrize("name", sorted(PROVIDERS.keys() - {"anthropic"}))
def test_the_clouds_serve_claude_whatever_they_call_it(name: str) -> None:
    gateway = {"ANTHROPIC_BASE_URL": "http://127.0.0.1:11434"}
    assert not needs_spoken_schema("eu.anthropic.claude-sonnet-5-5-v1:0", gateway, PROVIDERS[name])
