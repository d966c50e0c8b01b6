"""Tells a remark about a posting from one that only repeats what the posting orders its reader to say."""

import re
from collections.abc import Iterable
from functools import lru_cache

from postwright.domain.posting import Posting
from postwright.fidelity.sources import content_stems
from postwright.knowledge.loader import load
from postwright.reading.meaning.clauses import cells
from postwright.reading.meaning.words import stem, words
from postwright.reading.screening.orders import commands, orders
from postwright.reading.screening.screen import oddities, speaking

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_REPEATED = 3
"""Content words of one order, side by side, that are its words again and no remark about it."""


def ordering(posting: Posting) -> frozenset[str]:
    """Ids of the units that speak to a model, openly or in hidden text."""
    return orders(posting, (alarm.span for alarm in oddities(posting)))


def commanding(posting: Posting) -> frozenset[str]:
    """Ids of the units that no line may be made of: orders to software, and what readers of the page never see."""
    return commands(posting, speaking(posting))


def ordered_words(posting: Posting) -> tuple[frozenset[str], ...]:
    """The stems of each such unit."""
    return tuple(content_stems(posting.unit(unit).text) for unit in sorted(ordering(posting)))


def only_obeys(text: str, ordered: Iterable[frozenset[str]]) -> bool:
    """True if a remark, or one of its sentences, says what such a unit orders. One that warns of it has own words."""
    return any(_obeys(sentence, order) for order in ordered for sentence in (text, *_SENTENCE_END.split(text)))


def _obeys(sentence: str, order: frozenset[str]) -> bool:
    said = content_stems(sentence)
    if said and said <= order:
        return True
    if {w.stem for w in words(sentence)} & _warnings() - order:
        return False
    return any(len(cell.stems) >= _REPEATED and cell.stems <= order for cell in cells(sentence))


@lru_cache(maxsize=1)
def _warnings() -> frozenset[str]:
    return frozenset(stem(word) for word in load("words")["warnings"])
