"""Money read alone is the money among all facts: `check` reads no more of a sentence than it asks for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.posting import FactKind
from postwright.reading.facts import facts_in, money, money_in
from postwright.reading.facts.page import Page

PIECES = st.sampled_from(
    [
        "$120,000",
        "$150k",
        "£47,810 to £54,710",
        "to",
        "-",
        "per year",
        "a week",
        "USD",
        "US",
        "CA 94105",
        "(",
        ")",
        "24/7",
        "401(k)",
        "Epic",
        "R4",
        "30, 60 and 90 days",
        "ten thousand dollars",
        "$5 ($5)",
        "in 2026",
        "Boston, MA",
        "40 hours",
        "annual salary:",
        "2%",
        ",",
        "December 18, 2026",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=8), st.sampled_from([" ", "", "\n"]))
def test_money_read_alone_is_the_money_of_all_facts(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    assert money_in(text) == tuple(fact for fact in facts_in(text) if fact.kind is FactKind.MONEY)


def test_a_repetition_in_brackets_joins_what_it_repeats() -> None:
    assert [fact.norm for fact in money_in("$5 ($5)")] == [fact.norm for fact in facts_in("$5 ($5)")]
    assert len(money_in("$5 ($5)")) == 1


AMOUNTS = st.sampled_from(
    ["$5", "5", "5,000", "USD", "US$", "Rs.", "RSU", "euros", "Dollars", "pounds sterling", "LPA"]
)
WORDS = st.sampled_from(
    ["to", "-", "a year", "between", "rupees", "EUR", "₹", "(", ")", "50k", "hours", "pro rata", "CHF"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(AMOUNTS | WORDS, max_size=8), st.sampled_from([" ", ""]))
def test_single_amounts_are_looked_for_wherever_one_can_be(pieces: list[str], glue: str) -> None:
    guarded, plain = Page(glue.join(pieces)), Page(glue.join(pieces))
    money.read_money(guarded)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(money, "_holds_currency", lambda _text: True)
        money.read_money(plain)
    assert guarded.facts == plain.facts
