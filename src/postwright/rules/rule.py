"""What a rule is: data (knowledge/data/rules) that a pure function applies to a posting."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple

from postwright.domain.finding import Severity
from postwright.domain.posting import Span
from postwright.knowledge.loader import lines, load
from postwright.reading.searching.pattern import Pattern


class Term(NamedTuple):
    """One thing to look for. All patterns are RE2: `find` for the text, the others for the sentence, any case."""

    find: str
    name: str = ""  # which kind of hit, for rules that count kinds
    cased: bool = False
    spared: str = ""  # a match of this that overlaps the hit cancels it
    unless: str = ""  # cancels the hit when it stands in the same sentence
    near: str = ""  # must stand in the same sentence
    to: str | None = None  # the safe replacement
    why: str = ""  # in place of the rule's own
    legal: bool = False  # judged inside legal notices too


class Examples(NamedTuple):
    """Texts in which a rule must find something, and texts in which it must not."""

    flags: tuple[str, ...]
    allows: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What is sought, why it matters, and what to do about it."""

    id: str
    ref: str  # rule of rules_quality.yaml or law_wording.yaml, or "house"
    family: str
    severity: Severity
    evidence: str  # fact | law | strong | craft | mixed | weak
    group: str
    why: str
    fix: str
    source: str
    examples: Callable[[], Examples]  # a check needs none
    places: range = range(0)  # the numbers of its terms
    care: str = ""  # spare what is about patients: "", "left" (said before the hit) or "both"
    unless: str = ""
    legal: bool = False
    us_only: bool = False
    law: str = ""  # what United States law says about such wording

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(map(term_at, self.places))

    @property
    def flags(self) -> tuple[str, ...]:
        return self.examples().flags

    @property
    def allows(self) -> tuple[str, ...]:
        return self.examples().allows


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the data."""
    return tuple(_rule(entry) for entry in load("rules")["rules"])


def _rule(entry: Mapping[str, Any]) -> Rule:
    own = {key: entry[key] for key in ("id", "ref", "family", "evidence", "group", "why", "fix", "source")}
    return Rule(
        **own,
        severity=Severity(entry["severity"]),
        examples=partial(_examples, entry["id"]),
        places=range(*entry["terms"]),
        care=entry.get("care", ""),
        unless=entry.get("unless", ""),
        legal=entry.get("legal", False),
        us_only=entry.get("us_only", False),
        law=entry.get("law", {}).get("us", ""),
    )


@cache
def term_at(place: int) -> Term:
    """A term by its number among those of all rules. Of thousands a posting has use for a few hundred."""
    return Term(*json.loads(lines("rule_terms")[place]))


def _examples(rule_id: str) -> Examples:
    texts = load("rule_texts")[rule_id]
    return Examples(_texts(texts["flags"]), _texts(texts["allows"]))


def _texts(written: Iterable[str | Mapping[str, Any]]) -> tuple[str, ...]:
    """A long text may be written as a short one with the number of times it is repeated."""
    return tuple(text if isinstance(text, str) else text["text"] * text["times"] for text in written)


def tells(name: str, text: str) -> bool:
    """True if a text holds a word of the list `name` in rule_cues.yaml: whole words, any case."""
    return _cue(name).found(text)


def places_of_cue(name: str, text: str) -> list[Span]:
    """Where words of the list `name` stand in a text."""
    return [Span(*span) for span in _cue(name).spans(text)]


@cache
def _cue(name: str) -> Pattern:
    return Pattern(rf"(?i)\b(?:{cue_words(name)})\b")


@cache
def cue_words(name: str) -> str:
    """The alternatives of a word list, for larger patterns."""
    return "|".join(load("rule_cues")["cues"][name])
