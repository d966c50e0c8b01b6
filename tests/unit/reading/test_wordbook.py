"""Patterns looked up by the words of a text."""

from hypothesis import given
from hypothesis import strategies as st

from postwright.knowledge.build_needs import filed
from postwright.reading.searching.wordbook import Wordbook, numbers, words_in


def possible(needs: list[list[list[str]]], text: str) -> list[int]:
    book = Wordbook(filed(needs))
    return list(numbers(book.allowed(book.held(words_in(text)))))


def test_words_are_cut_as_re2_cuts_them() -> None:
    assert words_in("The café's C-suite, 24/7 (on_call)") == b"the caf s c suite 24 7 on_call".split()


def test_the_kelvin_sign_and_the_long_s_may_be_letters() -> None:
    assert {b"key", b"seven"} <= set(words_in("\u212aey \u017feven"))


def test_half_a_pair_of_surrogates_parts_words() -> None:
    assert words_in("a\ud800b") == [b"a", b"b"]


def test_a_whole_word_is_no_part_of_another() -> None:
    assert possible([[["^rn$"]]], "a learned RN") == [0]
    assert possible([[["^rn$"]]], "a learned one") == []


def test_beginnings_ends_and_pieces_of_words_are_found() -> None:
    needs = [[["^engine"]], [["ware$"]], [["clinic"]]]
    assert possible(needs, "Engineers") == [0]
    assert possible(needs, "software") == [1]
    assert possible(needs, "preclinical") == [2]


def test_all_lists_must_be_met() -> None:
    needs = [[["^core$"], ["^hours$"]], [["^core$"], ["^hours$"], ["^remote$"]]]
    assert possible(needs, "core values") == []
    assert possible(needs, "hours at the core") == [0]
    assert possible(needs, "remote, with core hours") == [0, 1]


def test_one_word_may_meet_two_lists() -> None:
    assert possible([[["^core$"], ["^core$", "^hours$"]]], "core") == [0]


def test_a_pattern_without_words_is_always_to_be_tried() -> None:
    book = Wordbook(filed([[["^a$"]], []]))
    assert list(numbers(book.always)) == [1]
    assert list(numbers(book.allowed(book.held([b"a"])))) == [0]


def test_words_are_forgotten_when_they_become_too_many() -> None:
    book = Wordbook(filed([[["^rn$"]]]))
    for number in range(120_000):
        book.held([b"w%d" % number])
    assert len(book) < 60_000
    assert book.allowed(book.held([b"rn"])) == 1


@given(st.sets(st.integers(0, 300)))
def test_numbers_are_those_of_the_bits_that_are_set(wanted: set[int]) -> None:
    assert list(numbers(sum(1 << number for number in wanted))) == sorted(wanted)
