"""Text that lost its line ends on the way ("...as requiredSKILLSDemonstrated ..."): where it was cut once."""

import re

from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern
from postwright.reading.sections import is_plain_heading

_LONG = 300  # characters: a shorter paragraph holds no lost headings
_LONG_SENTENCE = 100  # and a shorter sentence no lost line ends

# A capital letter right after a lower-case word: "conductedProvide". Names such as JavaScript start with a capital.
_WORD = lazy_pattern(r"(?:(?<=[\s(/])|(?<=^))[a-z]{3,}(?=[A-Z][a-z]+[\s,]|[A-Z]{4,})|\)(?=[A-Z][a-z]+\s)")
_MAY_BE_GLUED = Pattern(r"[a-z)][A-Z]")  # asked first: `re` tries every word, RE2 walks over the text once
_SHOUTED = lazy_pattern(r"(?:(?<=\s)|(?<=[a-z).]))([A-Z]{4,}(?:[ &/]{1,3}[A-Z]{2,}){0,4})(?=[A-Z][a-z])")
_LABEL = lazy_pattern(r"(?<![\w/])((?:[A-Z][\w&/]*\s){0,3}[A-Z]\w+):(?=\s*[A-Z•])")


def headings_in(text: str) -> list[tuple[int, int]]:
    """Ranges of section names inside a long run of text: "SKILLSDemonstrated", "Responsibilities: Develop"."""
    if len(text) < _LONG:
        return []
    out: list[tuple[int, int]] = []
    for found in [*_SHOUTED.finditer(text), *(_LABEL.finditer(text) if ":" in text else ())]:
        start, end = _named(text, found.start(1), found.end(1))
        if start < end:
            out.append((start, end + (text[end : end + 1] == ":")))
    return sorted(out)


def _named(text: str, start: int, end: int) -> tuple[int, int]:
    """The last words of a range that name a section, or an empty range."""
    words = [found.start() for found in re.finditer(r"\S+", text[start:end])]
    for offset in words:
        if is_plain_heading(text[start + offset : end]):
            return start + offset, start + len(text[start:end].rstrip())
    return start, start


def cuts_in(text: str) -> list[int]:
    """Offsets where a new piece begins inside a long sentence that runs on without a stop."""
    glued = len(text) >= _LONG_SENTENCE and _MAY_BE_GLUED.found(text)
    return [found.end() for found in _WORD.finditer(text)] if glued else []
