"""Decisions in groups."""

from postwright.domain.draft import DecisionKind
from postwright.reports.cards import cards_of
from support.reviews import harbor_review


def test_no_decision_is_lost_in_grouping() -> None:
    draft = harbor_review().draft
    assert draft is not None
    grouped = [d for card in cards_of(draft) for d in card.decisions]
    assert sorted(d.id for d in grouped) == sorted(d.id for d in draft.decisions)


def test_alike_decisions_stand_together_and_keep_their_order() -> None:
    draft = harbor_review().draft
    assert draft is not None
    years = next(card for card in cards_of(draft) if card.group == "impossible years")
    assert [d.id for d in years.decisions] == ["c10", "c11"]
    assert years.open == 2


def test_the_title_comes_before_removals_and_single_words() -> None:
    draft = harbor_review().draft
    assert draft is not None
    kinds = [card.kind for card in cards_of(draft)]
    assert kinds[0] is DecisionKind.TITLE
    assert kinds.index(DecisionKind.PROPOSAL) < kinds.index(DecisionKind.REMOVAL) < kinds.index(DecisionKind.BLANK)
