"""An RE2 pattern for text. The library's own wrapper counts characters up to every match, which takes as long again."""

import re2

from postwright.reading.searching.lazy import lazy_pattern

_SHORT = 1_000  # bytes of a text
_FEW = 20  # searches; after that automata have paid for themselves
_LITTLE = 1 << 16  # bytes of memory; no pattern of ours needs more to be compiled
_SURROGATES = lazy_pattern("[\ud800-\udfff]")


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

    __slots__ = ("_first", "_often", "_searches", "_text", "_told")

    def __init__(self, text: str) -> None:
        self._text = text
        self._told: re2.Set | None = None
        self._first: re2._Regexp[bytes] | None = None
        self._often: re2._Regexp[bytes] | None = None
        self._searches = 0

    def found(self, text: str) -> bool:
        """True if it matches somewhere. A set of one is asked: it stops at the first match and does not place it."""
        if self._told is None:
            self._told = re2.Set.SearchSet(options())
            self._told.Add(self._text)
            self._told.Compile()
        return self._told.Match(encoded(text)) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it matches, in characters, from left to right and apart. Empty matches are none."""
        raw = encoded(text)
        if len(raw) <= _SHORT and self._searches < _FEW:
            self._searches += 1
            located = self._first = self._first or _lean(self._text.encode())
        else:
            located = self._often = self._often or re2.compile(self._text.encode(), options())
        found = [span for match in located.finditer(raw) if (span := match.span())[0] < span[1]]
        return found if len(raw) == len(text) else _in_characters(raw, found)


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
