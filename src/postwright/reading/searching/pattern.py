"""An RE2 pattern for text. The library's own wrapper counts characters up to every match, which takes as long again."""

import re2

from postwright.reading.searching.lazy import lazy_pattern

_SHORT = 1_000  # bytes of a text
_FEW = 60  # searches; after that automata have paid for themselves
_LITTLE = 1 << 16  # bytes of memory; no pattern of ours needs more to be compiled
_SURROGATES = lazy_pattern("[\ud800-\udfff]")
_CAPITAL = lazy_pattern(r"(?<!\\)[A-Z]")
_UNFOLDED = ("\u017f", "\u212a")
"""Letters that RE2 takes for an S and a K where letter case does not count, and yet no lower case makes them so."""


def options() -> re2.Options:
    """RE2's options as we use them: silent, since a bad pattern would write to stderr past every redirection."""
    out = re2.Options()
    out.log_errors = False
    return out


def encoded(text: str) -> bytes:
    """The text as RE2 searches it. Half a pair of surrogates cannot be encoded, and becomes another character."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text).encode()


class Pattern:
    """A pattern that is searched in many texts. Compiled when first used: most never are."""

    __slots__ = ("_first", "_often", "_plain", "_searches", "_text", "_told")

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain: str | None = None
        self._told: re2.Set | None = None
        self._first: re2._Regexp[bytes] | None = None
        self._often: re2._Regexp[bytes] | None = None
        self._searches = 0

    def found(self, text: str) -> bool:
        """True if it matches somewhere. A set of one is asked: it stops at the first match and does not place it."""
        raw = self._prepared(text)
        if raw is None:
            return bool(self._as_written(text))
        if self._told is None:
            self._told = re2.Set.SearchSet(options())
            self._told.Add(self._plain)
            self._told.Compile()
        return self._told.Match(raw) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it matches, in characters, from left to right and apart. Empty matches are none."""
        raw = self._prepared(text)
        if raw is None:
            return self._as_written(text)
        if len(raw) <= _SHORT and self._searches < _FEW:
            self._searches += 1
            located = self._first = self._first or _lean(self._sought())
        else:
            located = self._often = self._often or re2.compile(self._sought(), options())
        return _spans(located, raw, len(text))

    def _prepared(self, text: str) -> bytes | None:
        """The text as it is searched: in lower case where letter case does not count. None: that is not the same."""
        if self._plain is None:
            self._plain = _without_fold(self._text)
        raw = encoded(text)
        if self._plain is self._text:
            return raw
        if len(raw) != len(text) and any(letter in text for letter in _UNFOLDED):
            return None
        return raw.lower()

    def _sought(self) -> bytes:
        return (self._plain or self._text).encode()

    def _as_written(self, text: str) -> list[tuple[int, int]]:
        return _spans(re2.compile(self._text.encode(), options()), encoded(text), len(text))


def _without_fold(pattern: str) -> str:
    """The pattern for text in lower case, itself where that cannot be: folding takes a third of its compilation."""
    flags, _, rest = pattern.partition(")")
    if flags not in {"(?i", "(?im"} or not rest.isascii() or "(?-i" in rest or _CAPITAL.search(rest):
        return pattern
    return rest if flags == "(?i" else f"(?m){rest}"


def _lean(pattern: bytes) -> "re2._Regexp[bytes]":
    """Compiled for a few searches in lines. Without room for automata RE2 makes none, and finds the same without them.

    To make them takes as long as many searches: a check of one file would spend a tenth of its time on that.
    """
    little = options()
    little.max_mem = _LITTLE
    try:
        return re2.compile(pattern, little)
    except re2.error:  # a pattern that does not fit
        return re2.compile(pattern, options())


def _spans(located: "re2._Regexp[bytes]", raw: bytes, length: int) -> list[tuple[int, int]]:
    """Matches that are not empty, in characters of a text of this length, which `raw` encodes."""
    found = [span for match in located.finditer(raw) if (span := match.span())[0] < span[1]]
    return found if len(raw) == length else _in_characters(raw, found)


def _in_characters(raw: bytes, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in bytes as spans in characters, in one walk over the text."""
    out = []
    at = characters = 0
    for start, end in found:
        first = characters + len(raw[at:start].decode())
        characters = first + len(raw[start:end].decode())
        at = end
        out.append((first, characters))
    return out
