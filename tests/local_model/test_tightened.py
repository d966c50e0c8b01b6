"""The schema that the local model is held to is the reply's own, only narrower; and the gateway translates honestly."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from local_model.gateway import ROOM, Gateway, _as_chat, _as_message
from local_model.tightened import tightened
from postwright.domain.model import Stop
from postwright.domain.reply import Reply
from postwright.llm.answers import read_message
from postwright.llm.claude import reply_schema

UNITS = ["u1", "u2", "u3"]
TIGHT = tightened(reply_schema(), UNITS)


def _values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Anything that a server which enforces this schema may write."""
    if "$ref" in schema:
        return st.deferred(lambda: _values(TIGHT["$defs"][schema["$ref"].rpartition("/")[2]]))
    if "anyOf" in schema:
        return st.one_of([_values(option) for option in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object":
            return st.fixed_dictionaries({name: _values(field) for name, field in schema["properties"].items()})
        case "array":
            return st.lists(_values(schema["items"]), min_size=schema["minItems"], max_size=schema["maxItems"])
        case "null":
            return st.none()
        case _ if "pattern" in schema:
            return st.from_regex(schema["pattern"], fullmatch=True)
        case _:
            return st.text(max_size=schema["maxLength"])


@settings(max_examples=40)
@given(_values(TIGHT))
def test_whatever_fits_the_tightened_schema_is_a_reply(value: object) -> None:
    Draft202012Validator(reply_schema()).validate(value)
    Reply.model_validate_json(json.dumps(value))


def test_the_schema_of_the_product_is_not_touched() -> None:
    before = json.dumps(reply_schema())
    tightened(reply_schema(), UNITS)
    assert json.dumps(reply_schema()) == before


def test_only_units_of_the_posting_may_be_named() -> None:
    text_line = TIGHT["$defs"]["TextLine"]["properties"]
    assert text_line["sources"]["items"] == {"type": "string", "enum": UNITS}


def test_a_request_of_the_messages_api_becomes_one_of_the_chat_api() -> None:
    body = {
        "model": "small",
        "max_tokens": 50,
        "system": [{"type": "text", "text": "You edit."}, {"type": "text", "text": "Facts."}],
        "messages": [{"role": "user", "content": "[u1] A nurse\n[u2] who codes"}],
        "output_config": {"format": {"type": "json_schema", "schema": reply_schema()}},
    }
    chat = _as_chat(body)
    assert [m["role"] for m in chat["messages"]] == ["system", "user"]
    assert chat["messages"][0]["content"] == "You edit.\n\nFacts."
    assert chat["response_format"]["json_schema"]["schema"] == tightened(reply_schema(), ["u1", "u2"])


@pytest.mark.parametrize(("reason", "stop"), [("stop", Stop.END), ("length", Stop.CUT), ("odd", Stop.UNKNOWN)])
def test_an_answer_of_the_chat_api_becomes_a_message(reason: str, stop: Stop) -> None:
    used = {"prompt_tokens": 30, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": 20}}
    choice = {"finish_reason": reason, "message": {"role": "assistant", "content": "{}"}}
    answered = read_message(
        _as_message({"id": "c1", "model": "small", "choices": [choice], "usage": used}), model="small"
    )
    assert (answered.text, answered.stop) == ("{}", stop)
    assert (answered.usage.input, answered.usage.cache_read, answered.usage.output) == (10, 20, 9)


def test_the_room_of_a_reply_is_capped_and_what_was_said_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    said = {
        "content": [{"type": "text", "text": "Hello"}],
        "stop_reason": "end_turn",
        "usage": {"input_tokens": 3, "output_tokens": 1},
    }

    def post(_self: Gateway, path: str, body: dict[str, Any]) -> dict[str, Any]:
        asked.append({"path": path, **body})
        return said

    monkeypatch.setattr(Gateway, "_post", post)
    desk = Gateway("http://127.0.0.1:1", constrained=False)
    assert desk.answer({"max_tokens": 16_000, "messages": [{"role": "user", "content": "Hi"}]}) == said
    assert (asked[0]["path"], asked[0]["max_tokens"]) == ("/v1/messages", ROOM)
    assert [exchange.text for exchange in desk.exchanges] == ["Hello"]
