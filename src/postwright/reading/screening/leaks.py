"""Secrets and patient data in a text, however they are written: what must not leave the house."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from postwright.domain.posting import Span
from postwright.reading.screening.hidden import HIDDEN, holds_hidden
from postwright.reading.screening.leak_shapes import Leak, Triggers
from postwright.reading.screening.patient_data import PATIENT_SHAPES, patient_data
from postwright.reading.screening.secrets import SECRET_SHAPES, secrets
from postwright.reading.searching.lazy import lazy_pattern

_ODD = lazy_pattern("[\u00a0\u2000-\u200a\u202f\u2010-\u2015\u2212\ufe58\ufe63\uff0d\uff01-\uff5e]")
_PLAIN = (
    dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F), " ")
    | dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63), "-")
    | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
)
"""Blanks, dashes and full-width characters as ASCII writes them, one for one."""


@lru_cache(maxsize=4)  # the rules, what is told and what is stopped ask of one posting, one after the other
def leaks(text: str) -> tuple[Leak, ...]:
    """All that looks like a secret or like a patient's data, in no order. Overlaps are possible."""
    return tuple(_plainly(text))


def _plainly(text: str) -> Iterator[Leak]:
    if not text.isascii():
        for odd in set(_ODD.findall(text)):  # few are there, and `translate` would look up every character
            text = text.replace(odd, odd.translate(_PLAIN))
        if holds_hidden(text):
            yield from _between_hidden(text)
            return
    yield from _leaks(text)


def _leaks(text: str) -> Iterator[Leak]:
    low = text.lower()
    held = _triggers().held(low)
    yield from secrets(text, low, held)
    yield from patient_data(text, held)


@cache
def _triggers() -> Triggers:
    return Triggers((*SECRET_SHAPES, *PATIENT_SHAPES))


def _between_hidden(text: str) -> Iterator[Leak]:
    """The leaks of a text whose hidden characters are taken out, where they stand in the text with them."""
    before = [found.start() - number for number, found in enumerate(HIDDEN.finditer(text))]

    def place(shown: int) -> int:
        return shown + bisect_right(before, shown)

    for leak in _leaks(HIDDEN.sub("", text)):
        yield leak._replace(span=Span(place(leak.span.start), place(leak.span.end - 1) + 1))
