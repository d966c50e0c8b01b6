"""A text on which readers of facts take turns: what one reader takes, the next one no longer sees.

Every change keeps the length, so a place on the page is a place in the text.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from postwright.domain.posting import Fact, FactKind, Span
from postwright.reading.searching.lazy import lazy_pattern

TAKEN = "\x00"
"""Stands where a reader has taken text. No pattern matches across it."""

TIME = "\x01"
"""Stands where a time of day was taken: "ET" right after it is a time zone."""

PAD = "\x1f"
"""Fills the room before a figure that stands for a longer word ("twenty" -> PAD * 4 + "20"). A blank to patterns."""

MARKUP = "\x1e"
"""Stands for Markdown emphasis, escapes and character references. A blank to patterns."""

_FOLDS = {
    **dict.fromkeys(
        map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"), " "
    ),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\uff07"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d"), '"'),
    **dict.fromkeys(map(ord, "*`\\"), MARKUP),
    **dict.fromkeys(map(ord, "\x00\x01\x1c\x1d\x1e\x1f\x85"), " "),
    ord("\u223c"): "~",
    ord("\u00d7"): "x",
    ord("\uff05"): "%",
    ord("\uff04"): "$",
}
_ASCII_FOLDS = {code: plain for code, plain in _FOLDS.items() if code < 128}
_DECIMAL = lazy_pattern(r"[^\D0-9]")
_ENTITIES = {"nbsp": " ", "ndash": "-", "mdash": "-", "amp": "&", "#x27": "'", "#39": "'", "#x2F": "/", "#8211": "-"}
_ENTITY = lazy_pattern(rf"&({'|'.join(_ENTITIES)});")
_LETTERS = lazy_pattern(r"[a-z]+")
_WORD = lazy_pattern(r"[^\W_]+")

Pattern = Callable[[], re.Pattern[str]]


def pattern(source: str, *, any_case: bool = False) -> Pattern:
    """A verbose pattern that is compiled when first used: a cold start needs few of them."""
    flags = re.VERBOSE | re.IGNORECASE if any_case else re.VERBOSE
    return cache(lambda: re.compile(source, flags))


class Norm(NamedTuple):
    """What a reader makes of a match. `start` and `end` narrow the fact within the text that is taken."""

    kind: FactKind
    norm: str
    start: int = -1
    end: int = -1


Read = Callable[[re.Match[str]], Norm | None]

Known = Callable[[str, str, re.Match[str]], Norm | None]
"""Text, the same in lower case, and a word of it: the fact that starts at (or just before) this word, or None."""


class Page:
    """`text` is what is still to be read; `facts` grows. `low_words` are its words in lower case."""

    __slots__ = ("facts", "low_words", "raw", "text")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = fold(raw)
        self.facts: list[Fact] = []
        self.low_words = frozenset(_LETTERS.findall(self.text.lower()))

    def says_one_of(self, words: frozenset[str]) -> bool:
        return not self.low_words.isdisjoint(words)

    def take(self, offers: Pattern, read: Read, *, leave: bool = False, mark: str = TAKEN) -> None:
        """Offers every match to `read`; what it accepts becomes a fact and, unless `leave`, is taken off the page."""

        def offered(found: re.Match[str]) -> str:
            norm = read(found)
            if norm is None:
                return found.group()
            start = found.start() if norm.start < 0 else norm.start
            end = found.end() if norm.end < 0 else norm.end
            self.put(norm.kind, norm.norm, start, end)
            return found.group() if leave else mark * (found.end() - found.start())

        self.text = offers().sub(offered, self.text)

    def take_words(self, known: Known) -> None:
        """Asks `known` at every word, left to right; what it knows becomes a fact and is taken off the page."""
        low = lowered(self.text)
        pieces, done = [], 0
        for word in _WORD.finditer(low):
            if word.start() < done:
                continue
            hit = known(self.text, low, word)
            if hit is not None and hit.start >= done:
                self.put(hit.kind, hit.norm, hit.start, hit.end)
                pieces.append(self.text[done : hit.start])
                pieces.append(TAKEN * (hit.end - hit.start))
                done = hit.end
        if pieces:
            self.text = "".join(pieces) + self.text[done:]

    def put(self, kind: FactKind, norm: str, start: int, end: int) -> None:
        """Adds a fact. Its span is freed of blanks at its ends, and widened to the word that a figure stands for."""
        while end > start and self.raw[end - 1].isspace():
            end -= 1
        while start < end and self.text[start] in " \t\n\r\x1e":
            start += 1
        while start and self.text[start] in "0123456789\x1f" and self.text[start - 1] == PAD:
            start -= 1
        self.facts.append(Fact(kind, norm, Span(start, end)))


def fold(raw: str) -> str:
    """Plain blanks, hyphens, quotes and figures, without Markdown emphasis. Keeps the length and the letter case."""
    text = raw.translate(_ASCII_FOLDS) if raw.isascii() else _DECIMAL.sub(_figure, raw.translate(_FOLDS))
    return _ENTITY.sub(_entity, text) if "&" in text else text


def lowered(text: str) -> str:
    """Lower case, same length ("İ" would grow)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _figure(found: re.Match[str]) -> str:
    return str(int(found.group()))


def _entity(found: re.Match[str]) -> str:
    return _ENTITIES[found[1]] + MARKUP * (len(found.group()) - 1)
