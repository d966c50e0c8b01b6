"""Finds the terms of all rules: words say which can be there, RE2 locates one when asked, and its context is judged."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from postwright.domain.posting import Span, Unit, UnitKind
from postwright.reading.searching.pattern import Pattern
from postwright.reading.searching.wordbook import Search
from postwright.rules.context import PROSE, Context, Hit
from postwright.rules.rule import Rule, Term, term_at
from postwright.rules.searching import pattern
from postwright.rules.subject import about_care, is_name

_UNNAMED = frozenset({"age", "gender", "disability", "fairness", "culture", "hype"})
"""Families whose words may be somebody's name."""

_CAPITALISED = frozenset(
    {"hero-title", "pedigree", "exclusionary-idiom", "preference-or-quota", "gendered-pronoun", "party-culture"}
)
"""Rules of these families whose words are names, or have a capital of their own: "Wild West", "Hispanic applicants"."""


class Hits:
    """The hits of the chosen rules in one text. Which terms its words allow is known at once, the rest when asked."""

    def __init__(self, chosen: tuple[Rule, ...], context: Context) -> None:
        self._context = context
        self._book = _book(chosen)
        self._lines = self._book.search.possible(context.text)
        self._known: dict[int, tuple[Hit, ...]] = {}
        self._seen: dict[str, list[tuple[int, int]]] = {}
        self._possible: dict[str, list[int]] = {}
        for number in self._lines:
            self._possible.setdefault(self._book.places[number][0].id, []).append(number)

    def of(self, rule: Rule, names: tuple[str, ...]) -> tuple[Hit, ...]:
        """The hits of a rule's terms, in reading order and none inside another of the same name."""
        possible = self._possible.get(rule.id)
        if possible is None:
            return ()
        wanted = (number for number in possible if not names or self._book.term(number).name in names)
        hits = [hit for number in wanted for hit in self._located(number)]
        return _apart(hits) if len(hits) > 1 else tuple(hits)

    def _located(self, number: int) -> tuple[Hit, ...]:
        if number not in self._known:
            rule, term = self._book.places[number][0], self._book.term(number)
            judged = (_judged(rule, term, Span(*span), self._context) for span in self._spans(number, term))
            self._known[number] = tuple(hit for hit in judged if hit is not None)
        return self._known[number]

    def _spans(self, number: int, term: Term) -> list[tuple[int, int]]:
        """Where the term stands. Rules may share a pattern, so what was found is kept by pattern."""
        find = _written(term)
        if find not in self._seen:
            self._seen[find] = self._book.search.spans(number, self._context.text, self._lines[number])
        return self._seen[find]


class _Book(NamedTuple):
    """Where the terms of the chosen rules stand among all, each with its rule, and the search in the same order."""

    places: list[tuple[Rule, int]]
    search: Search

    def term(self, number: int) -> Term:
        return term_at(self.places[number][1])


@lru_cache(maxsize=64)
def _book(chosen: tuple[Rule, ...]) -> _Book:
    places = [(rule, place) for rule in chosen for place in rule.places]
    sections = [f"rules/{rule.id}" for rule in chosen if rule.places]
    return _Book(places, Search(lambda number: pattern(_written(term_at(places[number][1]))), sections))


@cache
def _written(term: Term) -> str:
    return ("(?m)" if term.cased else "(?im)") + term.find


def _judged(rule: Rule, term: Term, span: Span, context: Context) -> Hit | None:
    """The hit, unless its edges cut a word or its place or its sentence speaks against it."""
    if not _whole_words(context.text, span):
        return None
    unit = context.unit_at(span)
    if unit is None or unit.kind not in PROSE:
        return _outside_prose(rule, term, span, unit, context)
    if not term.legal and context.legal(unit):
        return None
    if rule.family in _UNNAMED and rule.id not in _CAPITALISED and is_name(context.text, unit, span):
        return None
    sentence = context.sentence(unit)
    at = span.shift(-unit.span.start)
    if _cancelled(rule, term, sentence, at) or _in_vocabulary(context, span):
        return None
    return Hit(term.name, span, unit, term.to, term.why)


def _outside_prose(rule: Rule, term: Term, span: Span, unit: Unit | None, context: Context) -> Hit | None:
    """Front matter, code and tags: only marks and placeholders count there, and words in the title."""
    title = context.front_title
    if title is not None and title.holds(span):
        at = span.shift(-title.start)
        cancelled = _cancelled(rule, term, title.of(context.text), at)
        return None if cancelled else Hit(term.name, span, None, None, term.why)
    if rule.family != "safety":
        return None
    in_code = unit is not None and unit.kind is UnitKind.OPAQUE
    return None if in_code else Hit(term.name, span, unit, None, term.why)


def _whole_words(text: str, span: Span) -> bool:
    """RE2's word edges know ASCII only, so "café" must not end after "caf"."""
    start, end = span.start, span.end
    cuts_left = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    cuts_right = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return start < end and not cuts_left and not cuts_right


def _cancelled(rule: Rule, term: Term, sentence: str, at: Span) -> bool:
    if term.near and not _any_case(term.near).found(sentence):
        return True
    if any(unless and _any_case(unless).found(sentence) for unless in (term.unless, rule.unless)):
        return True
    if term.spared and any(at.meets(Span(*spared)) for spared in _any_case(term.spared).spans(sentence)):
        return True
    return bool(rule.care) and about_care(sentence, at.start, at.end, after=rule.care == "both")


@cache
def _any_case(find: str) -> Pattern:
    return pattern(f"(?i){find}")


def _in_vocabulary(context: Context, span: Span) -> bool:
    """True if the employer's own vocabulary names the words at `span`."""
    for term in context.vocabulary:
        width = len(term)
        around = context.text[max(0, span.start - width) : span.end + width].casefold()
        if term.casefold() in around and _overlaps(around, term.casefold(), span, max(0, span.start - width)):
            return True
    return False


def _overlaps(around: str, term: str, span: Span, shift: int) -> bool:
    at = around.find(term)
    while at >= 0:
        if Span(at + shift, at + shift + len(term)).meets(span):
            return True
        at = around.find(term, at + 1)
    return False


def _apart(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """In reading order, the longest of those that overlap under one name."""
    kept: list[Hit] = []
    last: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.span.start, -hit.span.end)):
        before = last.get(hit.name)
        if before is None or not before.span.meets(hit.span):
            kept.append(hit)
            last[hit.name] = hit
    return tuple(kept)
