"""RE2 patterns and their places in a text."""

import re2
from hypothesis import given
from hypothesis import strategies as st

from postwright.reading.pattern import Pattern


def test_places_are_counted_in_characters() -> None:
    assert Pattern(r"(?i)\bcare\b").spans("é – Care, \U0001f600 care") == [(4, 8), (12, 16)]


def test_an_empty_match_is_none() -> None:
    assert Pattern("x*").spans("axé") == [(1, 2)]


def test_half_a_pair_of_surrogates_can_be_searched() -> None:
    assert Pattern("b+").spans("a\ud800bb") == [(2, 4)]
    assert Pattern("b").found("\ud800b")


def test_it_is_found_where_it_has_a_place() -> None:
    assert Pattern("(?i)rn").found("an RN")
    assert not Pattern("(?i)rn").found("a nurse")


@given(st.text(alphabet="ab é\n\U0001f600", max_size=30))
def test_places_are_those_of_the_library(text: str) -> None:
    pattern = r"(?m)\ba+\b|é|^b"
    assert Pattern(pattern).spans(text) == [match.span() for match in re2.compile(pattern).finditer(text)]
    assert Pattern(pattern).found(text) == (re2.search(pattern, text) is not None)
