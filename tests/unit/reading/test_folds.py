"""Folding is `str.translate`, only quicker."""

from hypothesis import given
from hypothesis import strategies as st

from postwright.reading.searching.folds import Folds

RARE, PLAIN = "\u2018\u2019\u2013\u00a0\t", "''-  "


@given(st.text(st.sampled_from(f"{RARE}aé \n\ud800")))
def test_a_folded_text_is_what_translate_makes_of_it(text: str) -> None:
    assert Folds(RARE, PLAIN).of(text) == text.translate(str.maketrans(RARE, PLAIN))


def test_a_tab_of_plain_ascii_is_folded_too() -> None:
    assert Folds(RARE, PLAIN).of("a\tb") == "a b"
