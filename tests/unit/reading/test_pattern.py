"""RE2 patterns and their places in a text."""

from collections.abc import Callable

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.reading.searching.pattern import Pattern
from postwright.rules.rule import rules

TERMS = [term.find for rule in rules() for term in rule.terms]
LINES = [text for rule in rules() for text in (*rule.flags, *rule.allows) if len(text) < 500]
FAR = "\n" * 1_000


def odd(text: str) -> str:
    """With letters that stand for an S and a K where letter case does not count."""
    return text.replace("s", "\u017f").replace("K", "\u212a")


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


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TERMS), st.sampled_from(LINES))
def test_a_line_is_searched_as_a_whole_posting_is_though_without_automata(find: str, line: str) -> None:
    pattern = Pattern(f"(?im){find}")
    assert pattern.spans(line) == pattern.spans(line + FAR)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TERMS), st.sampled_from(LINES), st.sampled_from([str, str.upper, str.title, odd]))
def test_letter_case_is_ignored_as_the_library_ignores_it(find: str, line: str, change: Callable[[str], str]) -> None:
    text, pattern = change(line), f"(?im){find}"
    places = [match.span() for match in re2.compile(pattern).finditer(text)]
    assert Pattern(pattern).spans(text) == [(start, end) for start, end in places if start < end]
    assert Pattern(pattern).found(text) == bool(places)


@pytest.mark.parametrize("pattern", [r"(?i)\bRN\b", r"(?i)\W[K]eys", "(?i)é", r"(?i)a(?-i:b)", r"(?im)^\Ses"])
@pytest.mark.parametrize("text", ["an RN, an rn", "\u212aeys KEYS keys", "É é", "AB Ab ab aB", "\u017fe\u017f SES ses"])
def test_capitals_accents_and_odd_letters_in_a_pattern_mean_what_they_say(pattern: str, text: str) -> None:
    assert Pattern(pattern).spans(text) == [match.span() for match in re2.compile(pattern).finditer(text)]
    assert Pattern(pattern).found(text) == (re2.search(pattern, text) is not None)


def test_a_pattern_that_is_used_often_goes_on_finding_the_same() -> None:
    pattern = Pattern(r"(?i)\bcare\b|n(?:ur)se")
    assert {tuple(pattern.spans("Care of a nurse")) for _ in range(50)} == {((0, 4), (10, 15))}


@pytest.mark.parametrize("text", ["é" * 400 + " nurse", "nurse " + "é" * 600, "x" * 994 + " nurse"])
def test_places_are_right_at_any_length(text: str) -> None:
    assert [text[start:end] for start, end in Pattern(r"\bnurse\b").spans(text)] == ["nurse"]


def test_a_pattern_too_large_for_little_memory_is_compiled_with_more() -> None:
    assert Pattern(r"(?i)(?:[a-zà-ü]{1,60}[0-9]{1,60}){1,16}x").spans("ab12x") == [(0, 5)]
