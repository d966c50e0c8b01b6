"""A manager settles a draft on the page: press, write, answer, reload, save."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from postwright.domain.draft import DecisionState
from support.desk import settled
from support.odd_reviews import marked_up_review
from support.reviews import harbor_review

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.opened import Opened

ACCEPTED, REJECTED, EDITED = DecisionState.ACCEPTED, DecisionState.REJECTED, DecisionState.EDITED


def expected(states: dict[str, tuple[DecisionState, str]]) -> bytes:
    draft = harbor_review().draft
    assert draft is not None
    return settled(draft, states).text.encode()


def test_untouched_the_saved_text_is_the_draft_with_its_marks(open_page: Callable[..., Opened]) -> None:
    assert open_page(harbor_review()).saved("markdown") == expected({})


def test_what_is_accepted_rejected_and_edited_is_in_the_saved_text(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.choose(1, "Accept")
    opened.choose(2, "Reject")
    opened.write(3, "You settle with nurses what a correct note is.")
    opened.choose(10, "Reject")
    states = {
        "c1": (ACCEPTED, ""),
        "c2": (REJECTED, ""),
        "c3": (EDITED, "You settle with nurses what a correct note is."),
        "c10": (REJECTED, ""),
    }
    assert opened.saved("markdown") == expected(states)
    assert opened.problems == []


def test_a_whole_group_is_settled_at_once(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.page.get_by_role("button", name="Accept all 3").first.click()
    assert [opened.state(n) for n in (2, 3, 4)] == ["accepted"] * 3
    assert opened.state(1) == "pending"


def test_an_undone_decision_is_open_again(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.choose(2, "Accept")
    opened.page.locator("#d2 .undo").click()
    assert opened.state(2) == "pending"
    assert opened.saved("markdown") == expected({})


def test_the_draft_on_the_page_follows_each_decision(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    line = opened.page.locator(".line", has_text="10+ years of FHIR R4")
    assert line.is_hidden()
    opened.choose(10, "Reject")
    assert line.is_visible()
    assert "19 used, 12 left out (listed)" in opened.page.locator(".promise").first.inner_text()
    opened.write(2, "You carry notes into the chart.")
    assert opened.page.locator(".line", has_text="You carry notes into the chart.").is_visible()


def test_words_that_settle_would_refuse_stay_open_and_say_why(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    for words in ("See https://example.org", "<b>bold</b>", "- a list", "", "x" * 601, "Yes; accept 3"):
        opened.write(2, words)
        assert opened.state(2) == "pending"
        assert opened.page.locator("#wrong-2").inner_text() != ""
    opened.write(2, "Plain  words\n on one line; really")
    assert opened.state(2) == "edited"
    assert b"Plain words on one line; really" in opened.saved("markdown")


def test_an_answer_fills_the_empty_place_that_waits_for_it(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.answer(3, "about 20 %")
    assert opened.saved("markdown") == expected({"c17": (EDITED, "Travel: about 20 %")})
    opened.page.locator("#q3-status").select_option("do not publish")
    assert opened.saved("markdown") == expected({"c17": (REJECTED, "")})
    opened.page.locator("#q3-status").select_option("ask someone else")
    assert opened.saved("markdown") == expected({})


def test_a_choice_among_answers_fills_the_field(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.page.locator("#q1 .verbs label", has_text="Integration engineer").click()
    assert opened.page.locator("#q1-text").input_value() == "Integration engineer"


def test_everything_is_still_there_after_a_reload(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.choose(1, "Accept")
    opened.write(3, "You settle what is correct.")
    opened.answer(4, "The chief nurse")
    before = opened.saved("markdown")
    opened.page.reload()
    assert (opened.state(1), opened.state(3)) == ("accepted", "edited")
    assert opened.page.locator("#own-3").input_value() == "You settle what is correct."
    assert opened.page.locator("#q4-text").input_value() == "The chief nurse"
    assert opened.saved("markdown") == before


def test_another_review_of_the_same_posting_starts_afresh(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.choose(1, "Accept")
    keys = opened.page.evaluate("Object.keys(localStorage)")
    again = open_page(marked_up_review())
    assert len(keys) == 1
    assert again.page.evaluate("Object.keys(localStorage)") != keys


def test_a_browser_that_keeps_nothing_is_told_and_works(open_page: Callable[..., Opened]) -> None:
    denied = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    opened = open_page(harbor_review(), prepare=denied)
    opened.choose(1, "Accept")
    assert opened.saved("markdown") == expected({"c1": (ACCEPTED, "")})
    assert "does not keep" in opened.page.locator("#kept").inner_text()


def test_a_spoiled_memory_does_no_harm(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.page.evaluate(
        "localStorage.setItem(Object.keys(localStorage)[0],"
        " JSON.stringify({choices: {c1: {state: 'x', text: 1}, c99: 7}, answers: [], by: 5}))"
    )
    opened.page.reload()
    assert opened.saved("markdown") == expected({})
    assert opened.problems == []


def test_a_settled_review_opens_settled(open_page: Callable[..., Opened]) -> None:
    review = harbor_review()
    assert review.draft is not None
    states = {"c1": (ACCEPTED, ""), "c2": (EDITED, "You carry notes."), "c10": (REJECTED, "")}
    opened = open_page(replace(review, draft=settled(review.draft, states)))
    assert [opened.state(n) for n in (1, 2, 10, 3)] == ["accepted", "edited", "rejected", "pending"]
    assert opened.saved("markdown") == expected(states)
    opened.page.locator("#d2 .undo").click()
    assert b"**[confirm c2]** You bring finished notes" in opened.saved("markdown")
    assert "undo 2" in opened.page.locator("#line").input_value()


def test_the_line_for_a_mail_names_what_was_chosen(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.page.get_by_role("button", name="Accept all 3").first.click()
    opened.choose(1, "Reject")
    opened.write(9, "Expert in PyTorch or JAX")
    assert opened.page.locator("#line").input_value() == "accept 2-4; reject 1; edit 9: Expert in PyTorch or JAX"


def test_the_saved_decisions_name_their_review(open_page: Callable[..., Opened]) -> None:
    review = harbor_review()
    assert review.draft is not None
    opened = open_page(review)
    opened.choose(1, "Accept")
    saved = json.loads(opened.saved("decisions"))
    assert (saved["file"], saved["digest"]) == (review.path, review.digest)
    key = review.draft.decisions[0].key
    assert saved["decisions"] == [{"id": "c1", "key": key, "state": "accepted", "text": ""}]


def test_formatted_text_is_refused_while_a_place_is_open(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review(), permissions=["clipboard-read", "clipboard-write"])
    opened.page.locator("[data-export=formatted]").click(force=True)
    assert "21 places are still open" in opened.page.locator("#live").inner_text()
    assert "Copied" not in opened.page.locator("[data-export=formatted]").inner_text()


def test_formatted_text_is_copied_when_all_is_settled(open_page: Callable[..., Opened]) -> None:
    review = harbor_review()
    assert review.draft is not None
    states = {d.id: (ACCEPTED if d.kind.value != "blank" else REJECTED, "") for d in review.draft.decisions}
    opened = open_page(
        replace(review, draft=settled(review.draft, states)), permissions=["clipboard-read", "clipboard-write"]
    )
    opened.page.locator("[data-export=formatted]").click()
    opened.page.get_by_role("button", name="Copied").wait_for()
    forms = opened.page.evaluate(
        "async () => { const [item] = await navigator.clipboard.read(); const found = {};"
        " for (const type of item.types) found[type] = await (await item.getType(type)).text(); return found; }"
    )
    assert "<h2>You need</h2><ul><li>HL7 or FHIR experience</li>" in forms["text/html"]
    assert "<strong>Pay:</strong>" in forms["text/html"]
    assert "• HL7 or FHIR experience" in forms["text/plain"]
    assert "[confirm" not in forms["text/html"] + forms["text/plain"]
