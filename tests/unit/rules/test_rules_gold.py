"""The gold postings: planted defects found at the right quote, traps left alone, innocent sentences silent."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from postwright.domain.finding import Finding
from postwright.domain.posting import Span
from postwright.reading.posting import read
from postwright.rules.engine import all_rules, judge

FIXTURES = Path(__file__).parents[3] / "fixtures"
AS_OF = date(2026, 11, 22)
REFS = {rule.id: rule.ref for rule in all_rules()}
KEY: dict[str, Any] = yaml.safe_load((FIXTURES / "gold" / "gold_key.yaml").read_text(encoding="utf-8"))
INNOCENT: list[str] = yaml.safe_load((FIXTURES / "gold" / "fp_sentences.yaml").read_text(encoding="utf-8"))["sentences"]


def judged(letter: str) -> tuple[str, tuple[Finding, ...]]:
    source = (FIXTURES / "postings" / f"gold-{letter.lower()}.md").read_text(encoding="utf-8")
    return source, judge(read(source, "gold.md"), as_of=AS_OF)


def found(defect: dict[str, Any], source: str, findings: tuple[Finding, ...]) -> bool:
    start = source.index(defect["q"])
    at = Span(start, start + len(defect["q"]))
    return any(finding.span.meets(at) and REFS[finding.rule] == defect["r"] for finding in findings)


def share(letter: str, *, lexical: bool) -> float:
    source, findings = judged(letter)
    defects = [defect for defect in KEY[letter]["defects"] if defect["lex"] is lexical]
    return sum(found(defect, source, findings) for defect in defects) / len(defects)


@pytest.mark.parametrize("letter", ["A", "B"])
def test_defects_that_words_give_away_are_found_at_their_quote(letter: str) -> None:
    assert share(letter, lexical=True) >= 0.95


@pytest.mark.parametrize("letter", ["A", "B"])
def test_most_defects_of_structure_are_found_too(letter: str) -> None:
    assert share(letter, lexical=False) >= 0.6


@pytest.mark.parametrize(("letter", "trap"), [(letter, trap) for letter in "AB" for trap in KEY[letter]["traps"]])
def test_a_trap_is_left_alone(letter: str, trap: str) -> None:
    source, findings = judged(letter)
    start = source.index(trap)
    at = Span(start, start + len(trap))

    assert [finding.rule for finding in findings if finding.span.meets(at)] == []


@pytest.mark.parametrize("sentence", INNOCENT)
def test_an_innocent_sentence_of_a_clinic_is_silent(sentence: str) -> None:
    assert judge(read(sentence, "job.md"), as_of=AS_OF, ignore=["body-length"]) == ()
