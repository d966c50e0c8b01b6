"""Tells a remark about a posting from one that only repeats what the posting orders its reader to say."""

from collections.abc import Iterable

from postwright.domain.posting import Posting
from postwright.fidelity.sources import content_stems
from postwright.reading.orders import orders
from postwright.reading.screen import screen


def ordering(posting: Posting) -> frozenset[str]:
    """Ids of the units that speak to a model, openly or in hidden text."""
    return orders(posting, (alarm.span for alarm in screen(posting) if not alarm.stops))


def ordered_words(posting: Posting) -> tuple[frozenset[str], ...]:
    """The stems of each such unit."""
    return tuple(content_stems(posting.unit(unit).text) for unit in sorted(ordering(posting)))


def only_obeys(text: str, ordered: Iterable[frozenset[str]]) -> bool:
    """True if all that a remark says is in one such unit. A remark that warns of it has words of its own."""
    said = content_stems(text)
    return bool(said) and any(said <= order for order in ordered)
