"""From what the model said to a `Reply`, or to an error in one line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.errors import ModelError, ReplyInvalid, ReplyRefused, ReplyTruncated
from postwright.domain.finding import Layer
from postwright.domain.model import Stop
from postwright.domain.reply import Reply
from postwright.llm.replies import LONGEST, read_reply
from support.claude_replies import reply_text
from support.models import an_answer


def invalid(text: str) -> str:
    with pytest.raises(ReplyInvalid) as caught:
        read_reply(an_answer(text, request_id="req_1"))
    assert caught.value.request_id == "req_1"
    assert caught.value.hint
    assert caught.value.says.isprintable()
    assert len(caught.value.says) < 250
    return caught.value.says


def test_a_reply_is_read() -> None:
    question = {"layer": "clinical", "ask": "Which EHR?", "why": "It decides the skills."}
    reply = read_reply(an_answer(reply_text(summary="Good.", questions=[question])))
    assert reply.summary == "Good."
    assert reply.questions[0].layer is Layer.CLINICAL


def test_letter_case_of_an_enum_does_not_matter() -> None:
    question = {"layer": " Clinical", "ask": "?", "why": "."}
    assert read_reply(an_answer(reply_text(questions=[question]))).questions[0].layer is Layer.CLINICAL


@pytest.mark.parametrize(
    "around",
    ["{}", "```json\n{}\n```", "```\n{}```", "Here is the JSON:\n\n{}\n\nTell me if you need more.", "\ufeff  {}\n"],
)
def test_fences_and_small_talk_around_it_are_ignored(around: str) -> None:
    assert read_reply(an_answer(around.replace("{}", reply_text(summary="a } in it")))).summary == "a } in it"


def test_an_endpoint_that_gives_no_stop_reason_is_judged_by_its_json() -> None:
    assert read_reply(an_answer(reply_text(summary="Fine."), stop=Stop.UNKNOWN)).summary == "Fine."
    with pytest.raises(ReplyInvalid):
        read_reply(an_answer(reply_text()[:-5], stop=Stop.UNKNOWN))


@pytest.mark.parametrize(("stop", "kind"), [(Stop.CUT, ReplyTruncated), (Stop.REFUSED, ReplyRefused)])
def test_a_reply_that_did_not_end_is_not_read_even_if_it_parses(stop: Stop, kind: type[ModelError]) -> None:
    with pytest.raises(kind) as caught:
        read_reply(an_answer(reply_text(), stop=stop, request_id="req_1"))
    assert caught.value.request_id == "req_1"
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    ["", "   \n", "I cannot help with that.", "[]", "null", "}{", '{"summary": ', "{" * 5_000, "[" * 5_000 + "{}"],
)
def test_what_is_no_json_object_is_invalid(text: str) -> None:
    invalid(text)


def test_two_replies_in_one_are_invalid() -> None:
    invalid(reply_text() * 2)


def test_a_missing_field_is_named() -> None:
    fields = json.loads(reply_text())
    del fields["removals"]
    assert "removals: Field required" in invalid(json.dumps(fields))


def test_a_field_too_many_is_refused() -> None:
    invalid(reply_text(pay="USD 1"))


def test_several_problems_are_counted() -> None:
    assert "(and 1 more)" in invalid(reply_text(summary=1, coverage=None))


def test_the_message_does_not_repeat_the_models_text() -> None:
    assert "SECRET" not in invalid(reply_text(summary=["SECRET"]))


def test_a_gigantic_reply_is_not_even_parsed() -> None:
    assert "characters" in invalid(reply_text(summary="x" * LONGEST))


def test_lone_surrogates_do_not_come_through() -> None:
    invalid(reply_text().replace("Nothing", "\\ud800"))


@given(st.text() | st.from_regex(r"\{.*\}", fullmatch=True) | st.recursive(st.none(), st.lists).map(json.dumps))
def test_any_text_is_a_reply_or_one_of_ours(text: str) -> None:
    try:
        assert isinstance(read_reply(an_answer(text)), Reply)
    except ReplyInvalid as error:
        assert error.says.isprintable()  # noqa: PT017
