"""Finds the terms of all rules: words say which can be there, RE2 locates one when asked, and its context is judged."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from postwright.domain.posting import Span, Unit, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.pattern import Pattern
from postwright.reading.wordbook import Wordbook, numbers, words_in
from postwright.rules.context import PROSE, Context, Hit
from postwright.rules.rule import Rule, Term
from postwright.rules.searching import blanks, compiled
from postwright.rules.subject import about_care, is_name

_UNNAMED = frozenset({"age", "gender", "disability", "fairness", "culture", "hype"})
"""Families whose words may be somebody's name."""
_FEW_LINES = 8  # to search this many costs as much as to search a whole posting


class Hits:
    """The hits of the chosen rules in one text. Which terms its words allow is known at once, the rest when asked."""

    def __init__(self, chosen: tuple[Rule, ...], context: Context) -> None:
        self._context = context
        self._book = _book(chosen)
        self._lines = _lines(context.text)
        self._known: dict[Term, tuple[Hit, ...]] = {}
        self._seen: dict[str, tuple[Span, ...]] = {}
        self._possible: dict[str, list[Term]] = {}
        self._where: dict[Term, list[int]] = {}  # numbers of the lines whose words allow the term
        self._sort_lines()

    def _sort_lines(self) -> None:
        words = self._book.words
        allowed: dict[int, list[int]] = {index: [*range(len(self._lines))] for index in numbers(words.always)}
        for number, (_, line) in enumerate(self._lines):
            for index in numbers(words.possible(words_in(line))):
                allowed.setdefault(index, []).append(number)
        for index in sorted(allowed):
            rule, term = self._book.terms[index]
            self._possible.setdefault(rule.id, []).append(term)
            self._where[term] = allowed[index]

    def of(self, rule: Rule, names: tuple[str, ...]) -> tuple[Hit, ...]:
        """The hits of a rule's terms, in reading order and none inside another of the same name."""
        terms = [term for term in self._possible.get(rule.id, ()) if not names or term.name in names]
        return _apart(hit for term in terms for hit in self._located(rule, term)) if terms else ()

    def _located(self, rule: Rule, term: Term) -> tuple[Hit, ...]:
        if term not in self._known:
            judged = (_judged(rule, term, span, self._context) for span in self._spans(_written(term), term))
            self._known[term] = tuple(hit for hit in judged if hit is not None)
        return self._known[term]

    def _spans(self, find: str, term: Term) -> tuple[Span, ...]:
        """Where the term stands. Rules may share a pattern, so what was found is kept by pattern."""
        if find not in self._seen:
            self._seen[find] = tuple(Span(*span) for span in self._searched(_pattern(find), term))
        return self._seen[find]

    def _searched(self, pattern: Pattern, term: Term) -> Iterator[tuple[int, int]]:
        """Few lines are searched one by one; many, or a term that may run on to the next line, as one text."""
        where = self._where[term]
        if len(where) > _FEW_LINES or self._book.runs_on[term]:
            yield from pattern.spans(self._context.text)
            return
        for start, line in (self._lines[number] for number in where):
            yield from ((start + begin, start + end) for begin, end in pattern.spans(line))


class _Book(NamedTuple):
    """All terms of the chosen rules, each with its rule; what words allow them; whether a match may hold a line end."""

    terms: tuple[tuple[Rule, Term], ...]
    words: Wordbook
    runs_on: dict[Term, bool]


@lru_cache(maxsize=64)
def _book(chosen: tuple[Rule, ...]) -> _Book:
    known = load("needs")["rules"]
    terms = tuple((rule, term) for rule in chosen for term in rule.terms)
    needs = [need for rule in chosen if rule.terms for need in known[rule.id]]
    runs_on = {term: bool(over) for (_, term), (*_, over) in zip(terms, needs, strict=True)}
    return _Book(terms, Wordbook([(first, then) for first, then, _ in needs]), runs_on)


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines of a text with their starts."""
    out, start = [], 0
    for line in text.split("\n"):
        out.append((start, line))
        start += len(line) + 1
    return out


@cache
def _pattern(find: str) -> Pattern:
    return Pattern(find)


@cache
def _written(term: Term) -> str:
    return ("(?m)" if term.cased else "(?im)") + blanks(term.find)


def _judged(rule: Rule, term: Term, span: Span, context: Context) -> Hit | None:
    """The hit, unless its edges cut a word or its place or its sentence speaks against it."""
    if not _whole_words(context.text, span):
        return None
    unit = context.unit_at(span)
    if unit is None or unit.kind not in PROSE:
        return _outside_prose(rule, term, span, unit, context)
    if not term.legal and context.legal(unit):
        return None
    if rule.family in _UNNAMED and rule.id != "hero-title" and is_name(context.text, unit, span):
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
    if term.near and not _any_case(term.near).search(sentence):
        return True
    if any(unless and _any_case(unless).search(sentence) for unless in (term.unless, rule.unless)):
        return True
    if term.spared and any(at.meets(Span(*spared.span())) for spared in _any_case(term.spared).finditer(sentence)):
        return True
    return bool(rule.care) and about_care(sentence, at.start, at.end, after=rule.care == "both")


@cache
def _any_case(find: str) -> re.Pattern[str]:
    return compiled(f"(?i){find}")


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
