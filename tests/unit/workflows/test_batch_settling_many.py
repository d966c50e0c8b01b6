"""One decision applies to the same sentence in every draft, and a draft that cannot take it says so."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from postwright.domain.draft import DecisionKind, DecisionState
from postwright.domain.errors import PostwrightError, StaleDraft, UsageProblem
from postwright.domain.review import Review
from postwright.storage.review import load_review, review_to_json
from postwright.storage.runs import Outcome, RunBook, Status
from postwright.storage.workplace import Workplace
from postwright.workflows.many.outcomes import decisions_of, outcome_of
from postwright.workflows.many.settling_many import Order, orders, settle_many
from postwright.workflows.rewriting import Options, review_by_rules

FIXTURES = Path(__file__).parents[3] / "fixtures" / "postings"
NAMES = ("a/job.md", "b/job.md", "c/job.md")
ACCEPT = Order(DecisionState.ACCEPTED)


class Desk:
    """Three postings with the same sentences, marked up by rules, as a run leaves them."""

    def __init__(self, folder: Path) -> None:
        self.place = Workplace(folder, folder / ".postwright")
        self.book = RunBook(self.place.top / "runs.sqlite3")
        self.run = self.book.begin(".", {"engine": "rules"}).id
        text = (FIXTURES / "gold-a.md").read_text("utf-8")
        for number, name in enumerate(NAMES):
            review = review_by_rules(f"{text}\nRequisition JR-{number}\n", name, Options())
            work = self.place.of(folder / name)
            assert review.draft is not None
            work.write(work.draft, review.draft.text)
            work.write(work.review, review_to_json(review))
            facts = {**outcome_of(review), "usd": 0.25, "requests": 1}
            self.book.record(self.run, Outcome(name, Status.DONE, "w", facts), decisions_of(review))

    def review(self, name: str) -> Review:
        review = load_review(self.place.of(self.place.root / name).review)
        assert review is not None
        return review

    def draft_text(self, name: str) -> str:
        return self.place.of(self.place.root / name).draft.read_bytes().decode("utf-8")

    def pending(self) -> list[dict[str, Any]]:
        return [dict(one) for _, one in self.book.decisions(self.run) if one["state"] == "pending"]

    def settle(self, wanted: dict[str, Order]) -> dict[str, Review | PostwrightError]:
        return dict(settle_many(self.book, self.run, self.place, wanted))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path.resolve())
    yield made
    made.book.close()


def a_fix(desk: Desk) -> dict[str, Any]:
    """A decision that stands in all three drafts."""
    waiting = desk.pending()
    return next(one for one in waiting if sum(other["key"] == one["key"] for other in waiting) == len(NAMES))


def test_one_decision_is_settled_in_every_draft_that_has_it(desk: Desk) -> None:
    one = a_fix(desk)
    before = len(desk.pending())
    settled = desk.settle({one["key"]: ACCEPT})
    assert list(settled) == list(NAMES)
    for name in NAMES:
        review = desk.review(name)
        assert review.draft is not None
        states = {decision.key: decision.state for decision in review.draft.decisions}
        assert states[one["key"]] is DecisionState.ACCEPTED
        assert desk.draft_text(name) == review.draft.text
    assert len(desk.pending()) == before - len(NAMES)


def test_the_sums_of_the_run_follow_and_what_was_paid_stays(desk: Desk) -> None:
    before = desk.book.outcome(NAMES[0])
    desk.settle({a_fix(desk)["key"]: ACCEPT})
    after = desk.book.outcome(NAMES[0])
    assert before is not None
    assert after is not None
    assert after.data["open"] == before.data["open"] - 1
    assert (after.data["usd"], after.data["requests"], after.work) == (0.25, 1, "w")


def test_everything_accepted_leaves_no_mark_and_everything_rejected_the_text_as_it_was(desk: Desk) -> None:
    keys = {one["key"] for one in desk.pending()}
    blanks = {one["key"] for one in desk.pending() if one["kind"] == DecisionKind.BLANK.value}
    assert keys > blanks
    desk.settle({key: Order(DecisionState.REJECTED) for key in keys})
    for number, name in enumerate(NAMES):
        assert desk.draft_text(name) == (FIXTURES / "gold-a.md").read_text("utf-8") + f"\nRequisition JR-{number}\n"
    assert desk.pending() == []


def test_what_is_settled_is_not_settled_again(desk: Desk) -> None:
    key = a_fix(desk)["key"]
    desk.settle({key: Order(DecisionState.REJECTED)})
    assert desk.settle({key: ACCEPT}) == {}
    assert desk.settle({"no such key": ACCEPT}) == {}


def test_a_draft_that_was_edited_by_hand_or_is_gone_is_told_and_the_others_are_settled(desk: Desk) -> None:
    work = desk.place.of(desk.place.root / NAMES[0])
    work.draft.write_text("my own words", "utf-8")
    desk.place.of(desk.place.root / NAMES[1]).review.unlink()
    settled = desk.settle({a_fix(desk)["key"]: ACCEPT})
    edited, gone, done = (settled[name] for name in NAMES)
    assert isinstance(edited, StaleDraft)
    assert "edited by hand" in edited.says
    assert isinstance(gone, StaleDraft)
    assert isinstance(done, Review)
    assert work.draft.read_text("utf-8") == "my own words"


def test_words_of_an_edit_are_words_even_when_they_look_like_orders() -> None:
    read = orders({"k": "Edit:  review notes;  accept  referrals"})
    assert read == {"k": Order(DecisionState.EDITED, "review notes; accept referrals")}


@pytest.mark.parametrize("words", ["maybe", "edit:", "edit: <b>bold</b>", f"edit: {'long ' * 200}"])
def test_what_cannot_be_understood_or_set_is_refused_before_any_draft_is_touched(words: str) -> None:
    with pytest.raises(UsageProblem):
        orders({"k": words})
