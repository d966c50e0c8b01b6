"""Counts follow the decisions."""

from postwright.domain.draft import DecisionState
from postwright.reports.tally import promise, tally
from support.desk import settled
from support.odd_reviews import marked_up_review
from support.reviews import harbor_review

REJECTED = (DecisionState.REJECTED, "")


def test_every_sentence_is_in_one_column() -> None:
    draft = harbor_review().draft
    assert draft is not None
    assert tally(draft).sentences == len(draft.ledger.units)


def test_a_rejected_removal_is_used_again() -> None:
    draft = harbor_review().draft
    assert draft is not None
    before, after = tally(draft), tally(settled(draft, {"c10": REJECTED}))
    assert (after.used, after.left_out) == (before.used + 1, before.left_out - 1)
    assert after.sentences == before.sentences


def test_a_rejected_suggestion_is_no_suggestion() -> None:
    draft = harbor_review().draft
    assert draft is not None
    assert tally(settled(draft, {"c2": REJECTED})).suggested == tally(draft).suggested - 1


def test_a_marked_up_original_uses_everything() -> None:
    review = marked_up_review()
    assert review.draft is not None
    counts = tally(review.draft)
    assert (counts.left_out, counts.changed, counts.fixes) == (0, 0, 3)
    assert "none left out" in promise(review.draft)
