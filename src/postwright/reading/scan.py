"""Many patterns over one text: RE2 says which of them occur at all, and only those are looked for one by one."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Generic, TypeVar

import re2

from postwright.reading.folds import Folds
from postwright.reading.lazy import lazy_pattern
from postwright.reading.lexicon import options

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
    """A list of (tag, RE2 pattern without case). Compiled at the first search."""

    def __init__(self, patterns: Sequence[tuple[Tag, str]]) -> None:
        self._patterns = patterns
        self._which: re2.Set | None = None
        self._compiled: dict[int, re2._Regexp[str]] = {}

    def find(self, text: str) -> Iterator[tuple[Tag, int, int]]:
        """Every match as (tag, start, end), pattern by pattern. Matches of different patterns may overlap."""
        for index in self._matching(text):
            if index not in self._compiled:
                self._compiled[index] = re2.compile(self._patterns[index][1], options())
            for found in self._compiled[index].finditer(text):
                yield self._patterns[index][0], found.start(), found.end()

    def tags(self, text: str) -> list[Tag]:
        """The tags of the patterns that occur in `text`, in the order of the list."""
        return [self._patterns[index][0] for index in self._matching(text)]

    def _matching(self, text: str) -> list[int]:
        if self._which is None:
            self._which = re2.Set.SearchSet(options())
            for _, pattern in self._patterns:
                self._which.Add(pattern)
            self._which.Compile()
        found: Any = self._which.Match(text)  # indexes, or None when nothing matches
        return sorted(found or ())
