"""What secrets and patient data have in common: a shape, a name for it in plain words, and what tells it is there."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from postwright.domain.posting import Span


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

    def found(self, text: str, low: str) -> Iterator[re.Match[str]]:
        """Where the shape stands in a text; `low` is the text in lower case."""
        return self.pattern().finditer(text) if any(map(low.__contains__, self.triggers)) else iter(())


def shape(what: str, triggers: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Shape:
    """A shape of a verbose pattern; triggers are parted by bars."""
    return Shape(what, tuple(triggers.split("|")), cache(lambda: re.compile(pattern, flags | re.VERBOSE)))
