"""Messages read without the SDK, as rows of a batch are: the cases beside those of the HTTP tests."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.errors import ModelError, ModelUnavailable
from postwright.domain.model import Answered, Usage
from postwright.llm.answers import read_message
from support.claude_replies import error, message, usage

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_the_row_of_a_batch_costs_as_one() -> None:
    answered = read_message(message("{}", usage=usage(tier="batch", sent=3, output=4)), model="m")
    assert answered.usage == Usage(input=3, output=4, batch=True)


@pytest.mark.parametrize(("ttl", "expected"), [("5m", Usage(cache_write_5m=9)), ("1h", Usage(cache_write_1h=9))])
def test_cache_writes_without_a_breakdown_count_by_the_ttl_of_the_request(ttl: str, expected: Usage) -> None:
    counts = {"input_tokens": 0, "output_tokens": 0, "cache_creation_input_tokens": 9, "cache_creation": None}
    assert read_message(message("{}", usage=counts), model="m", ttl=ttl).usage == expected


def test_what_a_message_leaves_out_comes_from_the_request() -> None:
    answered = read_message({"content": [{"type": "text", "text": "hi"}]}, model="asked-for")
    assert (answered.model, answered.usage.known) == ("asked-for", False)


def test_the_raw_message_is_kept_whole() -> None:
    whole = message("{}", field_of_next_year=[1])
    assert json.loads(read_message(whole, model="m").raw) == whole


def test_lone_surrogates_do_not_reach_the_text() -> None:
    answered = read_message(message("a\ud800b"), model="m")
    assert answered.text == "a\ufffdb"
    assert answered.raw.isascii()


def test_an_error_body_is_its_error() -> None:
    with pytest.raises(ModelUnavailable, match="overloaded"):
        read_message(error("overloaded_error"), model="m")


@given(JSON | st.fixed_dictionaries({"content": JSON, "usage": JSON, "stop_reason": JSON, "model": JSON, "id": JSON}))
def test_any_json_is_an_answer_or_one_of_our_errors(data: object) -> None:
    try:
        assert isinstance(read_message(data, model="m"), Answered)
    except ModelError as found:
        assert found.hint  # noqa: PT017
