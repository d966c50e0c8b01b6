"""Line ends inside a paragraph: which were meant, and which only wrap a long line."""

import re

from postwright.reading.blocks.block import NEWLINE, lines, trimmed
from postwright.reading.blocks.opaque import is_opaque
from postwright.reading.blocks.shapes import atx, is_rule, item_marker, label_of
from postwright.reading.searching.lazy import lazy_pattern

_NARROW = 56  # columns: nobody wraps text at fewer, so a shorter line was ended on purpose
_WIDE = 65  # columns: a paragraph with a longer line is text, in which a fairly long line is not ended on purpose
_PROSE = 7  # words: a line with more that ends in a stop is a sentence of a paragraph, not a line by itself
_TAIL = 120  # characters: as much of a line as shows how it ends
_BREAK = lazy_pattern(r"\\$|<br\s{0,3}/?>\s{0,3}$", re.IGNORECASE)
_RUNS_ON = lazy_pattern(
    r"(?:[,&/(–—-]|\b(?:and|or|the|a|an|of|for|to|with|in|on|at|by|from|our|your|that|which|as|is|are))$"
    r"|\w+\s+(?:is|are|was|will|has|have|can|should|must)\s[^.!?:;]*[\w,]$",
    re.IGNORECASE,
)
_FIRST = lazy_pattern(r"!?\[[^\]]{0,300}\]\([^)]{0,300}\)|\S+")  # a link is not wrapped inside
_QUOTE = lazy_pattern(r"[ \t>]*")


def logical_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of the lines of one paragraph, joined again where they were only wrapped.

    A line that had room for the next word was ended on purpose, unless it stops in the middle of a sentence.
    """
    if not NEWLINE.search(text, start, end):
        return [trimmed(text, start, end)]
    rows = [(b, e) for b, e in lines(text, start, end) if text[b:e].strip("> \t\u00a0")]
    width = max(_NARROW, *(e - b for b, e in rows)) if rows else _NARROW
    out: list[tuple[int, int]] = []
    for number, (begin, stop) in enumerate(rows):
        if number and not _breaks(text[slice(*rows[number - 1])], text[begin:stop], width):
            out[-1] = (out[-1][0], stop)
        else:
            quoted = _QUOTE.match(text, begin, stop)
            out.append((quoted.end() if quoted and number else begin, stop))
    return [_without_break(text, *trimmed(text, b, e)) for b, e in out]


def _breaks(line: str, following: str, width: int) -> bool:
    """True if the line end between the two lines was meant."""
    if line.endswith("  ") or _BREAK.search(line[-_TAIL:]):
        return True
    line, following = line.lstrip("> \t").rstrip(), following.lstrip("> \t").rstrip()
    if item_marker(following) or any(is_rule(one) or is_opaque(one) or atx(one) for one in (line, following)):
        return True
    first = _FIRST.match(following)
    had_room = len(line) + 1 + (first.end() if first else 0) <= width
    if label_of(following)[0] and (had_room or following.startswith("**") or label_of(line)[0]):
        return True
    if not had_room or _runs_on(line, width):
        return False
    return not following.lstrip("*_(\"'“‘")[:1].islower()


def _runs_on(line: str, width: int) -> bool:
    """True for a line that stops in the middle of a sentence, or a sentence that ends on a line of prose."""
    tail = line[-_TAIL:]
    if _RUNS_ON.search(tail):
        return True
    if tail.rstrip('*_"”’)').endswith((".", "!", "?")):
        return len(line.split()) > _PROSE
    return width > _WIDE and len(line) > 0.6 * width


def _without_break(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without a backslash or `<br>` at its end."""
    found = _BREAK.search(text, max(start, end - 12), end)
    return trimmed(text, start, found.start()) if found and found.start() > start else (start, end)
