"""I1: pinned spans stand verbatim in a line that uses their unit; notices are placed whole by code."""

from collections.abc import Iterable, Iterator

from postwright.domain.posting import PinKind, Posting, Unit
from postwright.reading.meaning.words import squeeze


def pins_of(unit: Unit, posting: Posting) -> Iterator[str]:
    """The exact texts of a unit that may not change. A requisition id need not be repeated: its loss is a removal."""
    for pin in unit.pins:
        if pin.kind is not PinKind.REQUISITION:
            yield pin.span.of(posting.source)


def lost_pins(unit: Unit, posting: Posting, lines: Iterable[str]) -> list[str]:
    """The pinned texts of a unit that none of the lines citing it holds verbatim (white space aside)."""
    set_texts = [" ".join(line.split()) for line in lines]
    return [pin for pin in pins_of(unit, posting) if not any(" ".join(pin.split()) in line for line in set_texts)]


def duplicate(unit: Unit, others: Iterable[Unit]) -> bool:
    """True if another unit says the same words: the only duplicate that code accepts as such."""
    words = squeeze(unit.text).strip(" .;:*_")
    return any(other.id != unit.id and squeeze(other.text).strip(" .;:*_") == words for other in others)
