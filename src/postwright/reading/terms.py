"""Finds the skills of the taxonomies in a text. Longest match wins, after the matches that do not hold are gone."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from postwright.domain.posting import Span
from postwright.knowledge.loader import load
from postwright.reading.searching.folds import Folds
from postwright.reading.searching.lazy import lazy_pattern

_LONGEST_SENTENCE = 2_000  # characters: without a bound, a long text would be searched whole for each term
_NEAR = 200  # characters to either side that may decide an ambiguous alias (ambiguous_aliases.yaml)
_NO_TERM, _OWN = -1, -2  # senses in knowledge/compiled/terms.json
_PLURAL_FROM = 5  # an alias of at least so many letters may carry a plural s
_WORD = lazy_pattern(r"[^\W_]+")
_BLANKED = bytes(code if code < 128 and chr(code).isalnum() else 32 for code in range(256))
_FOLDS = Folds("\u00a0\u202f\u2009\u2010\u2011\u2019\n\r\t", "   --'   ")


class Term(NamedTuple):
    """A skill found in a text. `group` is one of the six taxonomies, `alias` its listed spelling."""

    skill: str
    name: str
    group: str
    kind: str
    alias: str
    span: Span


class _Alias(NamedTuple):
    text: str
    low: str
    lead: int  # characters before its first word
    last: str  # its last word in ASCII, in lower case
    exact: bool
    skills: tuple[int, ...]
    rule: int


class _Hit(NamedTuple):
    start: int
    end: int
    alias: _Alias


class _Reading(NamedTuple):
    sense: int
    holds: tuple[str, ...]  # texts in lower case, one of which stands wherever the cue does; empty when unknown
    cue: re.Pattern[str]

    def applies(self, text: str, low: str) -> bool:
        """True if the cue stands in `text`; `low` is the text in lower case. Most are ruled out without a search."""
        return (not self.holds or any(map(low.__contains__, self.holds))) and self.cue.search(text) is not None


class _Rule(NamedTuple):
    scope: int
    default: int
    readings: tuple[_Reading, ...]


@cache
def _alias(index: int) -> _Alias:
    text, exact, skills, rule = load("terms")["aliases"][index]
    low = text.lower()
    first = _WORD.search(low)
    return _Alias(text, low, first.start() if first else 0, _blanked(low).split()[-1], bool(exact), tuple(skills), rule)


@cache
def _rule(index: int) -> _Rule:
    """A rule for an ambiguous alias; its cues are compiled when they are first asked."""
    scope, default, readings = load("terms")["rules"][index]
    cued = (_Reading(sense, tuple(holds), _cue(loose, exact)) for sense, loose, exact, holds in readings)
    return _Rule(scope, default, tuple(cued))


def _cue(loose: str, exact: str) -> re.Pattern[str]:
    parts = [f"(?i:{loose})"] if loose else []
    return lazy_pattern("|".join([*parts, exact] if exact else parts))


def fold(text: str) -> str:
    """Lower case, plain blanks, hyphens and apostrophes. Keeps the length, so offsets hold."""
    return _low(_FOLDS.of(text))


def _low(plain: str) -> str:
    low = plain.lower()
    if len(low) == len(plain):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in plain)


@lru_cache(maxsize=8)
def terms_in(text: str, context: str = "") -> tuple[Term, ...]:
    """The terms of `text`, in order, not overlapping; spans are in characters of `text`.

    `context` is the wider text that may decide an ambiguous alias when `text` is only a piece of a posting.
    """
    found = _found(text)
    sure = [hit for hit in found if hit.alias.rule < 0 and len(hit.alias.skills) == 1]
    around = _Around(text, context, sure)
    read = [(hit, skill) for hit in found if (skill := around.skill(hit)) >= 0]
    return tuple(_term(hit, skill) for hit, skill in _longest(read))


def _found(text: str) -> list[_Hit]:
    """Every alias at word edges and in the right case, in order of their starts."""
    plain = _FOLDS.of(text)
    low = _low(plain)
    words = _blanked(low).split(" ")
    wanted = _possible(set(words))
    hits = []
    for at, word in _standing(low, words, wanted):
        for alias in wanted[word]:
            start = at - alias.lead
            if start < 0 or not low.startswith(alias.low, start):
                continue
            end = _right_edge(low, start + len(alias.low), alias)
            if end and (not alias.exact or plain.startswith(alias.text, start)):
                hits.append(_Hit(start, end, alias))
    return hits


def _blanked(low: str) -> str:
    """The words of a text in ASCII where they stand, and blanks for all else: three times as fast as a pattern."""
    return low.encode("ascii", "replace").translate(_BLANKED).decode()


def _standing(low: str, words: list[str], wanted: Container[str]) -> Iterator[tuple[int, str]]:
    """Where the wanted ones among the words of a text stand; a blank parts two words. Pieces of words do not count."""
    ended = zip(words, accumulate(map(len, words)), range(len(words)), strict=True)
    places = [(word, letters + blanks) for word, letters, blanks in ended if word in wanted]
    for word, end in places:
        start = end - len(word)
        if not (start and low[start - 1].isalnum()) and not low[end : end + 1].isalnum():
            yield start, word


def _possible(words: set[str]) -> dict[str, list[_Alias]]:
    """The aliases that may start at each word of a text: those whose first and last words are there.

    A few of thousands. Each word may carry a plural s that the alias lacks.
    """
    starting = {word: _starting(word) for word in words & _first_words()}
    return {
        word: found
        for word, aliases in starting.items()
        if (found := [alias for alias in aliases if alias.last in words or f"{alias.last}s" in words])
    }


@cache
def _first_words() -> frozenset[str]:
    by_word: dict[str, list[int]] = load("terms")["by_word"]
    return frozenset(by_word).union(f"{word}s" for word in by_word)


@cache
def _starting(word: str) -> list[_Alias]:
    """The aliases that may start at a word; those that end with it first, then those that it is the plural of."""
    by_word: dict[str, list[int]] = load("terms")["by_word"]
    bare = by_word.get(word[:-1], []) if word[-1] == "s" else []
    return [_alias(index) for index in (*by_word.get(word, []), *bare)]


def _right_edge(low: str, end: int, alias: _Alias) -> int:
    """Where the match ends as a word, a plural s included, or 0 when it is only a piece of one."""
    if end == len(low) or not low[end - 1].isalnum() or not low[end].isalnum():
        return end
    plural = low[end] == "s" and low[end - 1].isalpha() and (end + 1 == len(low) or not low[end + 1].isalnum())
    return end + 1 if plural and len(alias.text) >= _PLURAL_FROM else 0


class _Around:
    """Decides ambiguous and shared aliases by what stands around them."""

    def __init__(self, text: str, context: str, sure: list[_Hit]) -> None:
        self._text = text
        self._wide = f"{context}\n{text}" if context else text
        self._wide_low = _lowered(self._wide)
        self._sure = sure
        self._skills = load("terms")["skills"]
        self._caps = frozenset(load("terms")["caps_words"])
        self._in_text: dict[re.Pattern[str], bool] = {}

    def skill(self, hit: _Hit) -> int:
        """The skill this hit stands for, or -1 when it is not a term here."""
        sense = _OWN if hit.alias.rule < 0 else self._sense(hit)
        if sense != _OWN:
            return sense
        skills = hit.alias.skills
        return skills[0] if len(skills) == 1 else self._by_company(hit)

    def _sense(self, hit: _Hit) -> int:
        if hit.alias.text in self._caps and self._shouted(hit):
            return _NO_TERM
        rule = _rule(hit.alias.rule)
        for text, _ in zip(self._pieces(hit), range(rule.scope + 1), strict=False):
            for reading in rule.readings:
                if self._says(reading, text):
                    return reading.sense
        return rule.default

    def _pieces(self, hit: _Hit) -> tuple[str, str, str]:
        """The sentence, what is near, everything."""
        text, wide = self._text, self._wide
        first, last = max(0, hit.start - _LONGEST_SENTENCE), min(len(text), hit.end + _LONGEST_SENTENCE)
        start = max(first, text.rfind("\n", first, hit.start) + 1, text.rfind(". ", first, hit.start) + 1)
        ends = [at for at in (text.find("\n", hit.end, last), text.find(". ", hit.end, last)) if at >= 0]
        near = text[max(0, hit.start - _NEAR) : hit.end + _NEAR]
        return text[start : min(ends, default=last)], near, wide

    def _says(self, reading: _Reading, text: str) -> bool:
        if text is not self._wide:
            return reading.applies(text, _lowered(text))
        if reading.cue not in self._in_text:
            self._in_text[reading.cue] = reading.applies(text, self._wide_low)
        return self._in_text[reading.cue]

    def _shouted(self, hit: _Hit) -> bool:
        """True in a line set in capitals, where `OR` is the word."""
        start = self._text.rfind("\n", 0, hit.start) + 1
        end = self._text.find("\n", hit.end)
        line = self._text[start : end if end >= 0 else len(self._text)]
        rest = [char for char in line if char.isalpha()]
        return len(rest) > 2 * len(hit.alias.text) and sum(map(str.isupper, rest)) > 0.7 * len(rest)

    def _by_company(self, hit: _Hit) -> int:
        """A shared alias goes to the group that stands most often near it; the plainest group when none does."""
        near = Counter(
            self._skills[other.alias.skills[0]][2]
            for other in self._sure
            if abs(other.start - hit.start) <= _NEAR and other.start != hit.start
        )
        return max(hit.alias.skills, key=lambda skill: near[self._skills[skill][2]])


def _lowered(text: str) -> str:
    """Lower case as patterns see it that do not mind the case: a long s is an s, a dotless i an i."""
    low = text.lower()
    return low if low.isascii() else low.replace("\u017f", "s").replace("\u0131", "i")


def _longest(read: list[tuple[_Hit, int]]) -> list[tuple[_Hit, int]]:
    """Leftmost first, longest among those that start together; what overlaps a kept one goes."""
    kept: list[tuple[_Hit, int]] = []
    end = 0
    for hit, skill in sorted(read, key=lambda pair: (pair[0].start, -pair[0].end)):
        if hit.start >= end:
            kept.append((hit, skill))
            end = hit.end
    return kept


def _term(hit: _Hit, skill: int) -> Term:
    skill_id, name, group, kind = load("terms")["skills"][skill]
    return Term(skill_id, name, group, kind, hit.alias.text, Span(hit.start, hit.end))


def synonyms() -> Mapping[str, str]:
    """Folded phrase -> canonical folded phrase, true synonyms only (knowledge/data/synonyms.yaml). Never change it."""
    known: dict[str, str] = load("synonym_map")["map"]
    return known
