"""Whatever a reply says about whatever posting: the promise holds, and nothing but our own errors is raised."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from forgery.books import Books
from forgery.cases import Json, empty_reply
from forgery.checker import check, unmark
from forgery.wild import postings, replies
from postwright.domain.critique import Answer, AnswerStatus
from postwright.domain.draft import Draft
from postwright.domain.errors import AuditFailed, PostwrightError
from postwright.workflows.drafting import draft_reply, marked_up, prepare

ANSWERS = (
    Answer("open.team", AnswerStatus.VALUE, "The team has two nurses and one privacy lead."),
    Answer("open.floor", AnswerStatus.DO_NOT_PUBLISH, "Nobody sleeps on the floor."),
)
PATH = "jobs/posting.md"
PROFILE = ("We are a nonprofit with 40 clinics.",)
GENTLE = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
LONG = settings(GENTLE, max_examples=3000)


def _reply(data: st.DataObject, source: str) -> Json:
    """Any reply to this posting, often near the truth. No reply to a posting that cannot be read."""
    try:
        posting = prepare(source, PATH).sources.posting
    except PostwrightError:
        return empty_reply()
    return data.draw(replies(source, {unit.id: (unit.text, unit.section.value) for unit in posting.units}))


def _draft(source: str, reply: Json) -> Draft | None:
    try:
        draft, _ = draft_reply(source, PATH, reply, answers=ANSWERS, profile=PROFILE)
    except PostwrightError as error:
        if error.exit_code == AuditFailed.exit_code:
            raise
        return None
    return draft


def _holds(data: st.DataObject) -> None:
    source = data.draw(postings)
    reply = _reply(data, source)
    draft = _draft(source, reply)
    if draft is not None:
        assert not check(source, draft.text, Books.of(draft), [ANSWERS[0].text], PROFILE), draft.text


@GENTLE
@given(st.data())
def test_the_promise_holds_for_any_reply_to_any_posting(data: st.DataObject) -> None:
    _holds(data)


@pytest.mark.slow
@LONG
@given(st.data())
def test_the_promise_holds_for_any_reply_to_any_posting_over_a_long_run(data: st.DataObject) -> None:
    _holds(data)


@settings(GENTLE, max_examples=25)
@given(st.data())
def test_the_same_reply_gives_the_same_draft(data: st.DataObject) -> None:
    source = data.draw(postings)
    reply = _reply(data, source)
    assert _draft(source, reply) == _draft(source, reply)


@settings(GENTLE, max_examples=40)
@given(postings)
def test_the_marked_up_original_without_its_marks_is_the_source(source: str) -> None:
    try:
        draft = marked_up(prepare(source, PATH))
    except PostwrightError as error:
        if error.exit_code == AuditFailed.exit_code:
            raise
        return
    assert unmark(draft.text) == source
    assert not check(source, draft.text, Books.of(draft))
