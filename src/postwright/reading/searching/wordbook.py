"""Which of many patterns can match a text, by the words in it. Of a thousand patterns a sentence can hold a few.

What words a pattern needs is found when the knowledge is compiled (`knowledge/build_needs.py`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern, encoded

_MOST_WORDS = 50_000  # words whose patterns are remembered, some 10 MB
MOST_LINES = 1 << 14
"""Lines of text of which is remembered what was found in them. Postings share theirs: of 240 real ones from 100 houses
a third stood in an earlier one word for word. That is room for three hundred postings, and some 5 MB a question."""
_LINE = lazy_pattern(r"[^\n]+")
_FEW_LINES = 8  # to search more costs as much as to search the whole posting
_MARKS = " \t\r*-#>|+:.,"  # no parts of words: without them a line of the source and its unit are one text
_WORD = b"abcdefghijklmnopqrstuvwxyz0123456789_"
# Letters, digits and underscores in lower case, blanks for all else: words as RE2 sees them.
_AS_WORDS = bytes(code if bytes([code]).lower() in _WORD and code < 128 else 32 for code in range(256)).lower()
_NONE: dict[str, str] = {}


Line = tuple[int, str, int]
"""Where a line of a text starts, the line, and the patterns that its words allow, one bit for each."""


class Search:
    """Many patterns looked for in one text: its words say which of them can stand in which line, RE2 where they do."""

    def __init__(self, pattern: Callable[[int], Pattern], sections: Iterable[str]) -> None:
        """`sections` of the compiled needs ("pins", "rules/hype") hold the needs of the patterns, in their order.

        `pattern` gives one by its number, from 0: most are never asked for.
        """
        known = _known()
        places = [place for section in sections for place in range(*known.sections[section])]
        self._pattern = pattern
        self._runs_on = [place in known.runs_on for place in places]
        self._number = {place: number for number, place in enumerate(places)}
        self._mine = sum(1 << place for place in places)
        self._always = [self._number[place] for place in numbers(known.words.always & self._mine)]

    def possible(self, text: str) -> dict[int, list[Line]]:
        """The numbers of the patterns that may match, in order, with the lines in which they may."""
        lines = _lines_in(text) if "\n" in text else [(0, text, _allowed(text))]
        found = dict.fromkeys(self._always, lines)
        for line in lines:
            if mine := line[2] & self._mine:
                for place in numbers(mine):
                    found.setdefault(self._number[place], []).append(line)
        return dict(sorted(found.items())) if len(found) > 1 else found

    def spans(self, number: int, text: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
        """Where a pattern matches in the lines of a text in which it may.

        Few lines are searched one by one; many, or for a pattern that may run on to the next line, the whole text.
        """
        pattern = self._pattern(number)
        if len(lines) > _FEW_LINES or self._runs_on[number]:
            return pattern.spans(text)
        return [(at + start, at + end) for at, line, _ in lines for start, end in _spans(pattern, line)]


class Sought:
    """One pattern of the data that is searched in texts that hold its words."""

    def __init__(self, pattern: Pattern, section: str) -> None:
        known = _known()
        self._pattern = pattern
        self._mine = 1 << known.sections[section][0]
        self._always = bool(known.words.always & self._mine)

    def found(self, text: str) -> bool:
        """True if it matches somewhere."""
        return (self._always or bool(_allowed(text) & self._mine)) and self._pattern.found(text)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it matches, in characters, from left to right and apart."""
        return self._pattern.spans(text) if self._always or _allowed(text) & self._mine else []


@lru_cache(maxsize=2)  # one text is looked through for several kinds of pattern
def _lines_in(text: str) -> list[Line]:
    """The lines of a text, cut at line feeds, empty ones left out."""
    return [(found.start(), line, _allowed(line)) for found in _LINE.finditer(text) if (line := found.group())]


@lru_cache(maxsize=2 * MOST_LINES)  # several patterns look into a line
def _spans(pattern: Pattern, line: str) -> tuple[tuple[int, int], ...]:
    return tuple(pattern.spans(line))


def _allowed(line: str) -> int:
    return _allowed_in(line.strip(_MARKS))


class _Known(NamedTuple):
    """The needs of all patterns: by words, where those of each section stand, and which patterns may run on."""

    words: "Wordbook"
    sections: dict[str, tuple[int, int]]
    runs_on: frozenset[int]


@cache
def _known() -> _Known:
    needs = load("needs")
    return _Known(Wordbook(needs["words"]), needs["sections"], frozenset(needs["runs_on"]))


@lru_cache(maxsize=MOST_LINES)  # a line is looked through for several kinds of pattern
def _allowed_in(line: str) -> int:
    known = _known().words
    return known.allowed(known.held(words_in(line)))


class Wordbook(dict[bytes, int]):
    """From a word to what it does for the patterns, three bits for each. Worked out once per word, then remembered.

    The lowest third of the bits says which patterns find a word of their first list, the next of their second, and
    the highest of their third.
    """

    def __init__(self, filed: Mapping[str, Any]) -> None:
        """`filed`: words and what is known of them, as `knowledge.build_needs.filed` makes it."""
        super().__init__()
        self._filed = filed
        self._third: int = filed["patterns"]
        self._all: int = (1 << self._third) - 1
        self._lacks: list[int] = [int(bits, 16) for bits in filed["lacks"]]
        self.always = sum(1 << number for number in filed["always"])

    def __missing__(self, raw: bytes) -> int:
        word, filed = raw.decode(), self._filed
        met: list[str] = [filed["whole"].get(word, "")]
        for head in {word[:1], word[:2], word[:3]}:
            met += [found for bare, found in filed["begin"].get(head, _NONE).items() if word.startswith(bare)]
        for tail in {word[-1:], word[-2:], word[-3:]}:
            met += [found for bare, found in filed["end"].get(tail, _NONE).items() if word.endswith(bare)]
        met += [found for letter, found in filed["letters"].items() if letter in word]
        within = filed["within"]
        for at in range(len(word)):
            if (pair := word[at : at + 2]) in within:
                met += [found for bare, found in within[pair].items() if word.startswith(bare, at)]
        bits = bytearray((1 + len(self._lacks)) * self._third // 8 + 1)
        for place in map(int, " ".join(met).split()):
            bits[place >> 3] |= 1 << (place & 7)
        found = int.from_bytes(bits, "little")
        if len(self) > _MOST_WORDS:
            self.clear()
        self[raw] = found
        return found

    def held(self, words: Iterable[bytes]) -> int:
        """What these words do for the patterns, together."""
        return reduce(or_, filter(None, map(self.__getitem__, words)), 0)  # most words do nothing

    def allowed(self, held: int) -> int:
        """The patterns whose lists are all met, one bit for each; those that must always be tried are left out."""
        met = held & self._all
        for lacks in self._lacks:
            held >>= self._third
            met &= held | lacks
        return met


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
