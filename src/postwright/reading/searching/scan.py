"""Text as patterns of the domain data see it, and many of them over one text."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from postwright.reading.searching.folds import Folds
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern
from postwright.reading.searching.wordbook import Search

Tag = TypeVar("Tag", bound=Hashable)

_FOLDS = Folds(
    "\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014\u2212\u00a0\u2007\u2009\u202f\r\n\t",
    "''\"\"------       ",
)
_SURROGATES = lazy_pattern("[\ud800-\udfff]")


def flattened(text: str) -> str:
    """Straight quotes, plain hyphens, blanks for all white space: what patterns are written for. Same length."""
    return _SURROGATES.sub("\ufffd", _FOLDS.of(text))


class Patterns(Generic[Tag]):
    """A list of (tag, RE2 pattern without case), whose needs stand in a section of the compiled ones."""

    def __init__(self, patterns: Sequence[tuple[Tag, str]], section: str) -> None:
        self._tags = [tag for tag, _ in patterns]
        self._search = Search([Pattern(f"(?i){text}") for _, text in patterns].__getitem__, [section])

    def find(self, text: str) -> Iterator[tuple[Tag, int, int]]:
        """Every match as (tag, start, end), pattern by pattern. Matches of different patterns may overlap."""
        for number, lines in self._search.possible(text).items():
            for start, end in self._search.spans(number, text, lines):
                yield self._tags[number], start, end

    def first(self, text: str) -> Tag | None:
        """The tag of the first pattern of the list that occurs in `text`."""
        possible = self._search.possible(text).items()
        return next((self._tags[number] for number, lines in possible if self._search.spans(number, text, lines)), None)
