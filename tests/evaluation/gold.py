"""The key of the gold postings: which planted defects were found and by whom, which innocent words were flagged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from evaluation.cases import FIXTURES
from postwright.domain.critique import Critique
from postwright.domain.finding import Finding
from postwright.domain.posting import Span
from postwright.rules.engine import all_rules

MODEL = "model"


@dataclass(frozen=True, slots=True)
class Defect:
    """A planted defect: where it stands, and which rule of the reference names it."""

    reference: str
    span: Span


@dataclass(frozen=True, slots=True)
class Key:
    """What should be found in a posting, and what should not."""

    defects: tuple[Defect, ...]
    traps: tuple[Span, ...]


def key_of(stem: str, text: str) -> Key | None:
    """The key of a gold posting; None for any other."""
    letter = stem.removeprefix("gold-").upper() if stem.startswith("gold-") else ""
    entry = _keys().get(letter)
    if entry is None:
        return None
    defects = tuple(Defect(defect["r"], _place(text, defect["q"])) for defect in entry["defects"])
    return Key(defects, tuple(_place(text, trap) for trap in entry["traps"]))


def _place(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote))


@cache
def _keys() -> Mapping[str, Any]:
    keys: dict[str, Any] = yaml.safe_load((FIXTURES / "gold" / "gold_key.yaml").read_text(encoding="utf-8"))
    return keys


@cache
def _references() -> Mapping[str, str]:
    return {rule.id: rule.ref for rule in all_rules()}


def scored(key: Key, rules_alone: Critique, critique: Critique) -> dict[str, float]:
    """The key against a critique. `rules_alone` is what the rules said before the model dismissed anything.

    The rules find a defect with a finding of its own rule on its words. A finding of the model has no rule, so it
    finds every defect whose words it quotes: a lenient count.
    """
    said = [f for f in critique.findings if f.rule != MODEL]
    remarks = [f for f in critique.findings if f.rule == MODEL]
    by_rules = {defect for defect in key.defects if _names(said, defect)}
    by_model = {defect for defect in key.defects if _touches(remarks, defect.span)}
    before = {defect for defect in key.defects if _names(rules_alone.findings, defect)}
    return {
        "planted": len(key.defects),
        "by_rules": len(by_rules),
        "by_model": len(by_model),
        "by_both": len(by_rules | by_model),
        "waived": len(before - by_rules - by_model),
        "traps": len(key.traps),
        "flagged_by_rules": sum(_touches(said, trap) for trap in key.traps),
        "flagged_by_model": sum(_touches(remarks, trap) for trap in key.traps),
    }


def _names(findings: Iterable[Finding], defect: Defect) -> bool:
    return any(f.span.meets(defect.span) and _references().get(f.rule) == defect.reference for f in findings)


def _touches(findings: Iterable[Finding], span: Span) -> bool:
    return any(f.span.meets(span) for f in findings)
