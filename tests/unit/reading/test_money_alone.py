"""Money read alone is the money among all facts: `check` reads no more of a sentence than it asks for."""

from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.posting import FactKind
from postwright.reading.facts import facts_in, money_in

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
