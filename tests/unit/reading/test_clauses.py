"""Clauses: what the words around a fact do to it."""

import pytest

from postwright.domain.posting import Fact, FactKind, Span
from postwright.reading.meaning.bonds import relations, steps
from postwright.reading.meaning.clauses import alternatives, cell_of, clauses, comparator, joined_by_or


def fact(text: str, quote: str, kind: FactKind = FactKind.NUMBER) -> Fact:
    start = text.index(quote)
    return Fact(kind, quote, Span(start, start + len(quote)))


def negated(text: str) -> set[str]:
    return {stem for c in clauses(text) if c.negated for stem in c.stems}


def test_a_negation_reaches_to_the_comma() -> None:
    assert negated("We do not sponsor visas, and travel is light") == {"sponsor", "visa"}


def test_a_negation_carries_over_short_list_items() -> None:
    assert negated("No nights, weekends or holidays") >= {"night", "weekend", "holiday"}


def test_what_is_kept_away_does_not_happen() -> None:
    assert negated("You keep alerts from reaching patients") >= {"alert", "reach", "patient"}
    assert negated("Names stay out of logs") >= {"name", "log"}


def test_who_keeps_on_or_comes_from_somewhere_negates_nothing() -> None:
    assert negated("You keep reaching patients from the ward") == set()
    assert negated("You draft notes from reading charts") == set()


def test_not_only_negates_nothing() -> None:
    assert negated("Not only nurses apply") == set()


def test_not_only_limits_nothing() -> None:
    assert not any(clause.only for clause in clauses("You not only build feeds, but also explain them"))


def test_and_not_negates_what_follows_it() -> None:
    assert [c.negated for c in clauses("Built core parsers and not mere wrappers")] == [False, True]


def test_a_slash_within_a_word_parts_no_step() -> None:
    assert steps("Bring advances in AI/ML research into our tools")[0].rest >= {"research", "tool"}


def test_what_follows_except_is_marked_and_what_precedes_knows_it() -> None:
    before, after = clauses("Remote anywhere in the US except Hawaii and Alaska")
    assert before.exception_follows
    assert after.excepted
    assert after.stems == {"hawaii", "alaska"}


def test_a_quantity_measures_the_words_of_its_own_list_piece() -> None:
    text = "3 years Python, 5 Java"
    assert cell_of(text, fact(text, "3 years")) == {"python"}
    assert cell_of(text, fact(text, "5")) == {"java"}


@pytest.mark.parametrize(
    ("text", "quote", "bound"),
    [
        ("up to 20 days", "20 days", "max"),
        ("at least 3 years", "3 years", "min"),
        ("a minimum of 3 years", "3 years", "min"),
        ("3 years or more", "3 years", "min"),
        ("7+ years", "7+ years", "min"),
        ("more than 14 hospitals", "14", "more"),
        ("about 20%", "20%", "about"),
        ("fewer than 5 sites", "5", "less"),
        ("14 hospitals", "14", ""),
    ],
)
def test_the_bound_of_a_quantity_is_read_from_the_words_around_it(text: str, quote: str, bound: str) -> None:
    assert comparator(text, fact(text, quote)) == bound


def test_a_date_keeps_the_word_that_turns_it() -> None:
    text = "Apply by 31 December 2026"
    assert comparator(text, fact(text, "31 December 2026", FactKind.DATE)) == "by"


def test_or_knows_both_of_its_sides() -> None:
    (pair,) = alternatives("Bachelor's degree or equivalent experience")
    assert "degre" in pair.left
    assert pair.right == {"equival", "experi"}


def test_and_is_no_or() -> None:
    assert not joined_by_or("MD and DO", frozenset({"md"}), frozenset({"do"}))
    assert joined_by_or("MD or RN", frozenset({"md"}), frozenset({"rn"}))


def test_a_passive_relation_is_turned_round() -> None:
    (active,) = relations("The director supervises analysts")
    (passive,) = relations("Analysts are supervised by the director")
    assert (active.doer, active.done_to) == (passive.doer, passive.done_to)


def test_an_aside_in_brackets_parts_nothing_from_its_number() -> None:
    text = "You join 800+ (and growing!) colleagues, in two states"
    assert cell_of(text, fact(text, "800+")) >= {"colleagu"}


def test_an_alternative_knows_the_word_beside_it() -> None:
    assert alternatives("Find the course at any moment or circumstance")[0].beside == "moment"
