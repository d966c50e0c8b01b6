"""What a manager exports is what `settle` makes of it: the same bytes, by the file and by the line in a mail."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from postwright.domain.draft import DecisionState
from postwright.storage.questions import read_answers
from postwright.workflows.settling import read_choices, settle
from support.real_reviews import by_model, by_rules
from support.reviews import harbor_review

if TYPE_CHECKING:
    from collections.abc import Callable

    from postwright.domain.review import Review
    from support.opened import Opened

POSTINGS = {
    "a rewrite": lambda: by_model("gold-a.md"),
    "a rewrite of a clinical role": lambda: by_model("gold-b.md"),
    "plain text": lambda: by_model("numbered-lists.txt"),
    "a marked-up original": lambda: by_rules("gold-a.md"),
}


def settle_something(opened: Opened, review: Review, seed: int) -> None:
    """Press what may be pressed, leave some open, write own words here and there, answer a question."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    for decision in review.draft.decisions if review.draft else ():
        number = int(decision.id[1:])
        verbs = opened.page.locator(f"#d{number}.choice .verbs label").all_inner_texts()
        pick = draw.choice([*verbs, ""])
        if pick.startswith("Edit"):
            opened.write(number, f"Own words for {number}, said plainly")
        elif pick:
            opened.choose(number, pick.split()[0])
    if opened.page.locator("#q2-text").count():
        opened.answer(2, "about 20 percent of the time")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", POSTINGS)
def test_the_saved_text_is_what_settle_makes_of_the_saved_decisions(
    name: str, seed: int, open_page: Callable[..., Opened]
) -> None:
    review = POSTINGS[name]()
    assert review.draft is not None
    opened = open_page(review)
    settle_something(opened, review, seed)
    markdown = opened.saved("markdown")
    by_file = settle(review, read_choices(opened.saved("decisions").decode(), review.draft.decisions))
    by_mail = settle(review, read_choices(opened.page.locator("#line").input_value(), review.draft.decisions))
    assert by_file.draft is not None
    assert by_mail.draft is not None
    assert markdown == by_file.draft.text.encode() == by_mail.draft.text.encode()
    assert any(d.state is not DecisionState.PENDING for d in by_file.draft.decisions)
    assert opened.problems == []


def test_the_saved_answers_are_read_as_they_were_written(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.answer(2, 'Dental: yes # "no"\n- vision\n\u2028 401(k) \\ {x} *a &b')
    opened.answer(4, "no")
    opened.page.locator("#q3-status").select_option("ask someone else")
    opened.page.locator("#by").fill("Ada: Lane")
    answers = {a.id: a for a in read_answers(opened.saved("answers").decode())}
    assert answers["benefits"].text == 'Dental: yes # "no"\n- vision\n\u2028 401(k) \\ {x} *a &b'
    assert (answers["open.3f2a9c10"].text, answers["open.3f2a9c10"].by) == ("no", "Ada: Lane")
    assert answers["location.travel"].status.value == "ask someone else"
    assert answers["pay.range"].text == "$128,000 to $150,000 a year"
    assert "scope" not in answers
