"""The domain's word lists as patterns, compiled when first used."""

import re
from collections.abc import Iterable
from functools import cache

import re2

from postwright.knowledge.loader import load
from postwright.reading.searching.pattern import Pattern

# RE2, since `re` tries every alternative at every position: ten times as slow on these lists.


@cache
def sign(name: str) -> Pattern:
    """The pattern of a list in signs.yaml, any case, `^` and `$` at line ends."""
    lists = load("signs")["signs"][name]
    if "words" in lists:
        return Pattern(rf"(?im)\b(?:{'|'.join(lists['words'])})\b")
    return Pattern(f"(?im){'|'.join(lists['text'])}")


@cache
def words(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the alternatives between word edges, any case, for who needs more than where they stand."""
    compiled: re.Pattern[str] = re2.compile(rf"(?im)\b(?:{'|'.join(alternatives)})\b")
    return compiled


@cache
def text(alternatives: tuple[str, ...], *, cased: bool = False) -> Pattern:
    """Any of the alternatives as written."""
    return Pattern(f"(?{'' if cased else 'i'}m){'|'.join(alternatives)}")


def any_of(alternatives: Iterable[str]) -> Pattern:
    """`text` for a list as it comes from JSON."""
    return text(tuple(alternatives))
