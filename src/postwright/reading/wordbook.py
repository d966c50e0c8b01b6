"""Which of many patterns can match a text, by the words in it. Of a thousand patterns a sentence can hold a few.

What words a pattern needs is found when the knowledge is compiled (`knowledge/build_needs.py`).
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from postwright.reading.pattern import Pattern, encoded

_MOST_WORDS = 50_000  # words whose patterns are remembered, some 10 MB
_FEW_LINES = 8  # to search more costs as much as to search the whole posting
_WORD = b"abcdefghijklmnopqrstuvwxyz0123456789_"
# Letters, digits and underscores in lower case, blanks for all else: words as RE2 sees them.
_AS_WORDS = bytes(code if bytes([code]).lower() in _WORD and code < 128 else 32 for code in range(256)).lower()


Need = tuple[Sequence[str], Sequence[str], int]
"""What the compiled knowledge says of a pattern: two lists of words, and 1 if a match may hold a line end."""


class Line(NamedTuple):
    """A line of a text, with its place and its words."""

    start: int
    text: str
    words: list[bytes]


@lru_cache(maxsize=4)  # one posting is looked through for several kinds of pattern
def lines_in(text: str) -> tuple[Line, ...]:
    """The lines of a text, cut at line feeds."""
    out, start = [], 0
    for line in text.split("\n"):
        if line:
            out.append(Line(start, line, words_in(line)))
        start += len(line) + 1
    return tuple(out)


class Search:
    """Many patterns looked for in one text: its words say which of them can stand in which line, RE2 where they do."""

    def __init__(self, patterns: Sequence[Pattern], needs: Sequence[Need]) -> None:
        self._patterns = patterns
        self._runs_on = [bool(over) for *_, over in needs]
        self._words = Wordbook([(first, then) for first, then, _ in needs])

    def possible(self, text: str) -> dict[int, list[Line]]:
        """The numbers of the patterns that may match, in order, with the lines in which they may."""
        lines = lines_in(text)
        found: dict[int, list[Line]] = {number: list(lines) for number in numbers(self._words.always)}
        for line in lines:
            for number in numbers(self._words.possible(line.words)):
                found.setdefault(number, []).append(line)
        return dict(sorted(found.items()))

    def spans(self, number: int, text: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
        """Where a pattern matches in the lines of a text in which it may.

        Few lines are searched one by one; many, or for a pattern that may run on to the next line, the whole text.
        """
        pattern = self._patterns[number]
        if len(lines) > _FEW_LINES or self._runs_on[number]:
            return pattern.spans(text)
        return [(at + start, at + end) for at, line, _ in lines for start, end in pattern.spans(line)]


class Wordbook(dict[bytes, int]):
    """From a word to what it does for the patterns, two bits for each. Worked out once per word, then remembered.

    The lower half of the bits says which patterns find a word of their first list, the upper half of their second.
    """

    def __init__(self, needs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> None:
        """`needs`: two lists of words per pattern. Without a first it must always be tried; the second may be empty."""
        super().__init__()
        self._half = len(needs)
        self._all = (1 << self._half) - 1
        self.always = 0
        self._whole: dict[bytes, int] = {}
        self._begin: dict[bytes, int] = {}
        self._end: dict[bytes, int] = {}
        self._within: dict[bytes, int] = {}
        for number, (first, then) in enumerate(needs):
            bit = 1 << number
            self.always |= 0 if first else bit
            self._note(first, bit if then else bit | bit << self._half)
            self._note(then, bit << self._half)
        self._begin_lengths = sorted({len(bare) for bare in self._begin})
        self._end_lengths = sorted({len(bare) for bare in self._end})

    def _note(self, words: Iterable[str], bit: int) -> None:
        for word in words:
            table, bare = self._table(word), word.strip("^$").encode()
            table[bare] = table.get(bare, 0) | bit

    def _table(self, word: str) -> dict[bytes, int]:
        if word.startswith("^"):
            return self._whole if word.endswith("$") else self._begin
        return self._end if word.endswith("$") else self._within

    def __missing__(self, word: bytes) -> int:
        found = self._whole.get(word, 0)
        for length in self._begin_lengths[: bisect(self._begin_lengths, len(word))]:
            found |= self._begin.get(word[:length], 0)
        for length in self._end_lengths[: bisect(self._end_lengths, len(word))]:
            found |= self._end.get(word[-length:], 0)
        for piece, patterns in self._within.items():
            if piece in word:
                found |= patterns
        if len(self) > _MOST_WORDS:
            self.clear()
        self[word] = found
        return found

    def possible(self, words: Iterable[bytes]) -> int:
        """The patterns that a text of these words can match, one bit for each; those that always can are left out."""
        held = reduce(or_, filter(None, map(self.__getitem__, words)), 0)  # most words allow nothing
        return held & held >> self._half & self._all


def words_in(text: str) -> list[bytes]:
    """The words of a text as RE2 sees them, in lower case."""
    words = encoded(text).translate(_AS_WORDS).split()
    if not text.isascii() and ("\u017f" in text or "\u212a" in text):
        # Two letters that RE2 takes for an S and a K where letter case does not count, and yet for no part of a word.
        words += encoded(text.replace("\u017f", "s").replace("\u212a", "k")).translate(_AS_WORDS).split()
    return words


def numbers(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
