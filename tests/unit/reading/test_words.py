"""Words: folding keeps offsets, inflections meet, different words do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.reading.meaning.words import content, fold, frame_words, squeeze, stem, words


@given(st.text(max_size=200))
def test_folding_keeps_the_length_so_that_offsets_stay_true(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=200))
def test_each_word_stands_where_its_span_says(text: str) -> None:
    folded = fold(text)
    assert all(w.span.of(folded) == w.text for w in words(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("manage", "managing"),
        ("integrations", "integration"),
        ("built", "builds"),
        ("led", "lead"),
        ("written", "writing"),
        ("analysis", "analyze"),
        ("experience", "experienced"),
        ("requirements", "required"),
    ],
)
def test_inflections_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("engine", "engineer"),
        ("manager", "manage"),
        ("internal", "intern"),
        ("patience", "patients"),
        ("mirth", "math"),
    ],
)
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_frame_words_carry_no_content() -> None:
    assert content("You will work with us and help them to know the way") == ()


def test_content_leaves_out_strength_negation_and_frame_but_keeps_quantifiers() -> None:
    assert [w.text for w in content("You must not support all interfaces")] == ["support", "all", "interfaces"]


@pytest.mark.parametrize(
    "word", ["all", "every", "any", "before", "after", "own", "lead", "must", "not", "only", "unless"]
)
def test_no_word_that_changes_meaning_is_a_frame_word(word: str) -> None:
    assert word not in frame_words()


def test_names_with_signs_are_one_word() -> None:
    assert [w.text for w in words("C++, C#, .NET, R&D and non-profit")] == [
        "c++",
        "c#",
        ".net",
        "r&d",
        "and",
        "non-profit",
    ]


def test_squeezed_texts_of_the_same_words_are_equal() -> None:
    assert squeeze("It\u2019s  a\u00a0test \u2013 yes") == squeeze("it's a test - yes")
