"""An RE2 pattern for text. The library's own wrapper counts characters up to every match, which takes as long again."""

import re2

from postwright.reading.lazy import lazy_pattern

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

    __slots__ = ("_located", "_text", "_told")

    def __init__(self, text: str) -> None:
        self._text = text
        self._told: re2.Set | None = None
        self._located: re2._Regexp[bytes] | None = None

    def found(self, text: str) -> bool:
        """True if it matches somewhere. A set of one is asked: it stops at the first match and does not place it."""
        if self._told is None:
            self._told = re2.Set.SearchSet(options())
            self._told.Add(self._text)
            self._told.Compile()
        return self._told.Match(encoded(text)) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it matches, in characters, from left to right and apart. Empty matches are none."""
        if self._located is None:
            self._located = re2.compile(self._text.encode(), options())
        raw = encoded(text)
        found = [span for match in self._located.finditer(raw) if (span := match.span())[0] < span[1]]
        return found if len(raw) == len(text) else _in_characters(raw, found)


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
