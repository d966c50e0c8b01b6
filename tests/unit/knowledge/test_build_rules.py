"""Patterns of rules as they are searched: blanks, parts, and long alternatives by themselves."""

from pathlib import Path
from shutil import copytree

import pytest

from postwright.knowledge.build import HERE, sources
from postwright.knowledge.build_rules import finds
from postwright.rules.rule import Rule, rules

PARTS = sources()["rules"]["parts"]
LONG = r"\bthis (?:role|job|position) is (?:done|held) by a (?:nurse|pharmacist)\b"


def test_short_alternatives_stay_together_and_a_long_one_stands_by_itself() -> None:
    assert finds(rf"nurse|{LONG}|midwife", {}) == ["nurse|midwife", LONG.replace(" ", " +")]


@pytest.mark.parametrize("find", ["(?:a|b)c", "[|]x", r"a\|b", "[^]|]y", r"[\]|]z", "(?:a[)]|b)c"])
def test_a_bar_in_a_group_or_a_bracket_parts_nothing(find: str) -> None:
    assert finds(f"{find}{'x' * 40}|y", {}) == ["y", f"{find}{'x' * 40}"]


def test_long_alternatives_of_a_group_that_is_nearly_all_of_a_pattern_stand_by_themselves() -> None:
    ways = [f"{name} of the {'very ' * 12}same place" for name in ("nurse", "midwife", "doctor")]
    assert finds(rf"\b(?:{'|'.join(ways)}|ward|bed)s?\b", {}) == [
        r"\b(?:ward|bed)s?\b",
        *(rf"\b(?:{way.replace(' ', ' +')})s?\b" for way in ways),
    ]


@pytest.mark.parametrize("around", ["{}?", "{}{{2}}", "{} and all that stands in a long line behind", "({})"])
def test_a_group_that_is_repeated_optional_captured_or_one_of_several_parts_is_kept_whole(around: str) -> None:
    group = f"(?:{'|'.join(letter * 60 for letter in 'abcd')})" if around[0] == "{" else "|".join("abcd" * 60)
    find = around.format(group)
    assert finds(find, {}) == [find.replace(" ", " +")]


def test_a_part_stands_for_its_alternatives() -> None:
    assert finds("(?:<few>) years", {"few": "two|three"}) == ["(?:two|three) +years"]


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.terms], ids=lambda rule: rule.id)
def test_no_name_of_a_part_is_left_in_a_pattern(rule: Rule) -> None:
    named = [f"<{name}>" for name in PARTS]
    assert named
    assert not [term.find for term in rule.terms for name in named if name in term.find]


def test_a_file_of_rules_that_no_family_names_is_not_passed_over(tmp_path: Path) -> None:
    copytree(HERE / "data", tmp_path / "data")
    (tmp_path / "data/rules/forgotten.yaml").write_text("[]")
    with pytest.raises(ValueError, match="no family is named forgotten"):
        sources(tmp_path / "data")
