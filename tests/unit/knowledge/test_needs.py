"""What words a pattern needs: every text that it matches holds them, or the pattern would never be tried there."""

import re
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.knowledge.build_needs import Reader, crosses_lines
from postwright.knowledge.loader import load
from postwright.reading.searching.pattern import Pattern
from postwright.reading.searching.wordbook import Wordbook, words_in
from postwright.rules.rule import rules

PARSER: Any = import_module("re._parser")
PAIRS = [
    (term.find, number)
    for rule in rules()
    for term, number in zip(rule.terms, range(*load("needs")["sections"].get(f"rules/{rule.id}", (0, 0))), strict=True)
]
ALL = Wordbook(load("needs")["words"])
TEXTS = [text for rule in rules() for text in (*rule.flags, *rule.allows) if "\n" not in text]


def may_match(place: int, text: str) -> bool:
    return bool((ALL.always | ALL.allowed(ALL.held(words_in(text)))) >> place & 1)


def need(pattern: str) -> list[list[str]]:
    return Reader({79: "experience", 54: "team"}).entry(pattern)[0]


def test_a_pattern_of_words_needs_one_of_them_and_another() -> None:
    assert need(r"\bcore hours\b|\btime zones?\b") == [["^core$", "^time$"], ["^hours$", "^zone$", "^zones$"]]


def test_a_pattern_of_many_words_needs_the_three_rarest() -> None:
    assert need(r"\bteam of nurses with experience\b") == [["^nurses$"], ["^of$"], ["^with$"]]


def test_an_alternative_of_fewer_words_needs_its_last_one_again() -> None:
    assert need(r"\bbig red car\b|\bold bus\b") == [["^big$", "^bus$"], ["^car$", "^old$"], ["^old$", "^red$"]]


def test_each_place_of_a_pattern_has_a_list_of_its_own() -> None:
    assert need(r"\b(?:red|blue) (?:blue|green) (?:car|bus|van)\b") == [
        ["^blue$", "^green$"],
        ["^blue$", "^red$"],
        ["^bus$", "^car$", "^van$"],
    ]


def test_a_word_that_is_the_rarer_of_one_pair_and_the_commoner_of_another_stands_in_one_list() -> None:
    assert need(r"\bteam (?:experience|lead)\b") == [["^team$"], ["^experience$", "^lead$"]]


def test_a_digit_is_needed_at_the_start_of_a_word_or_within_it() -> None:
    assert need(r"[$£][1-3]") == [["^1", "^2", "^3"]]
    assert need(r"\d+ ?%") == [list("0123456789")]


def test_a_rare_word_is_asked_for_before_a_common_one() -> None:
    assert need(r"\bteam experience with hl7\b")[0] == ["^hl7$"]


def test_a_word_that_may_go_on_is_a_beginning() -> None:
    assert need(r"\bshap\w*")[0] == ["^shap"]


def test_what_may_stand_before_a_word_makes_it_an_end() -> None:
    assert need(r"\w*ware\b")[0] == ["ware$"]


def test_a_word_behind_many_alternatives_of_words_is_still_whole() -> None:
    many = "|".join(f"word{number} " for number in range(200))
    assert need(rf"\b(?:{many})car\b")[0] == ["^car$"]


def test_optional_words_are_not_needed() -> None:
    assert need(r"\b(?:own )?car\b") == [["^car$"]]


@pytest.mark.parametrize("pattern", [r"[a-f]+ ?%", r"[$£]\d?", r".*", r"(?:word)?"])
def test_a_pattern_without_words_needs_none(pattern: str) -> None:
    assert need(pattern) == []


@pytest.mark.parametrize("pattern", [r"a\sb", r"a\W+b", r"a[^.]b", "a\nb", r"(?:x|a[^b]{2})", r"a\Db"])
def test_a_pattern_that_can_hold_a_line_end_is_known(pattern: str) -> None:
    assert crosses_lines(PARSER.parse(pattern))


@pytest.mark.parametrize("pattern", [r"a.b", r"a[^.\n]b", r"a[ -]b", r"^a\b", r"a\wb\d"])
def test_a_pattern_that_cannot_hold_a_line_end_is_known(pattern: str) -> None:
    assert not crosses_lines(PARSER.parse(pattern))


def test_no_pattern_of_a_rule_lets_a_dot_match_a_line_end() -> None:
    assert not [find for find, _ in PAIRS if re.search(r"\(\?\w*s", find)]


@pytest.mark.parametrize("first", range(0, len(PAIRS), 100))
def test_every_text_of_a_rule_that_a_term_matches_holds_what_the_term_needs(first: int) -> None:
    lines = "\n".join(TEXTS)
    missed = []
    for find, place in PAIRS[first : first + 100]:
        for start, end in Pattern(f"(?im){find}").spans(lines):
            line = lines[lines.rfind("\n", 0, start) + 1 : lines.find("\n", start)]
            if "\n" not in lines[start:end] and not may_match(place, line):
                missed.append((find, line))
    assert missed == []


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_a_term_matches_holds_what_the_term_needs(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(PAIRS) - 1))
    find, place = PAIRS[number]
    text = data.draw(st.from_regex(re.compile(find, re.IGNORECASE | re.ASCII)))
    assert may_match(place, text)
