"""What secrets and patient data have in common: a shape, a name for it in plain words, and what tells it is there."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import re2

from postwright.domain.posting import Span
from postwright.reading.searching.pattern import encoded, options


class Leak(NamedTuple):
    """`what` names the thing in plain words and never repeats it."""

    kind: str  # secret | patient-data
    what: str
    span: Span


class Shape(NamedTuple):
    """A pattern that is compiled when one of its triggers stands in a text: hardly any text holds one."""

    what: str
    triggers: tuple[str, ...]  # the pattern matches nothing in a text without any of them, letter case aside
    pattern: Callable[[], re.Pattern[str]]

    def found(self, text: str, held: frozenset[str]) -> Iterator[re.Match[str]]:
        """Where the shape stands in a text that holds these triggers."""
        return iter(()) if held.isdisjoint(self.triggers) else self.pattern().finditer(text)


class Triggers:
    """Tells which triggers of many shapes a text holds: one walk over the text instead of one for each."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._words = sorted({word for each in shapes for word in each.triggers})
        literal = options()
        literal.literal = True
        self._which = re2.Set.SearchSet(literal)
        for word in self._words:
            self._which.Add(word)
        self._which.Compile()

    def held(self, low: str) -> frozenset[str]:
        """The triggers in a text that is in lower case."""
        which: Any = self._which.Match(encoded(low))  # numbers, or None when there are none
        return frozenset(self._words[number] for number in which or ())


def shape(what: str, triggers: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Shape:
    """A shape of a verbose pattern; triggers are parted by bars."""
    return Shape(what, tuple(triggers.split("|")), cache(lambda: re.compile(pattern, flags | re.VERBOSE)))
