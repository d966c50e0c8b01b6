"""Facts of a text: what must not change when it is reworded, in a normal form that truthful wordings share."""

from functools import lru_cache

from postwright.domain.posting import Fact, FactKind
from postwright.reading.facts.credentials import read_certified, read_credentials
from postwright.reading.facts.links import read_links, read_telephones
from postwright.reading.facts.lists import say_once, share_units
from postwright.reading.facts.money import read_money
from postwright.reading.facts.names import read_known_names, read_names_by_shape
from postwright.reading.facts.number_words import figures
from postwright.reading.facts.page import Page
from postwright.reading.facts.places import read_places, read_workplace
from postwright.reading.facts.standards import read_standards

__all__ = ["facts_in", "money_in"]


@lru_cache(maxsize=4096)
def facts_in(text: str) -> tuple[Fact, ...]:
    """The facts of `text`, in order of their spans (in characters of `text`). Linear in its length; never raises.

    Facts of one kind do not overlap; every figure lies in a fact. Texts that say the same have the same (kind, norm).
    """
    page = Page(text)
    _read_up_to_money(page)
    _read_on(page)
    ordered = sorted(page.facts, key=lambda fact: (fact.span, fact.kind))
    return tuple(say_once(text, share_units(text, ordered)))


@lru_cache(maxsize=1024)
def money_in(text: str) -> tuple[Fact, ...]:
    """The facts of `text` that are money, as `facts_in` has them, without reading what comes after money."""
    page = Page(text)
    _read_up_to_money(page)
    money = [fact for fact in page.facts if fact.kind is FactKind.MONEY]
    return tuple(say_once(text, sorted(money, key=lambda fact: fact.span)))


def _read_up_to_money(page: Page) -> None:
    _read_names(page)
    page.text = figures(page.text, page.low_words)
    read_money(page)


def _read_names(page: Page) -> None:
    """What is told by its letters. Each reader sees what the ones before it left."""
    figured = _has_figures(page.text)
    read_links(page)
    if figured:
        read_telephones(page)
        read_standards(page)
    read_certified(page)
    read_known_names(page)
    read_workplace(page)
    read_places(page)
    read_credentials(page)


def _read_on(page: Page) -> None:
    """What is told by the figures that money leaves, and names that no list has."""
    from postwright.reading.facts.dates import read_dates  # noqa: PLC0415 - who asks for money alone needs none of them
    from postwright.reading.facts.hours import read_hours, read_zones  # noqa: PLC0415 - as above
    from postwright.reading.facts.numbers import read_codes, read_frequencies, read_numbers  # noqa: PLC0415 - as above

    read_dates(page)
    read_hours(page)
    if _has_figures(page.text):
        read_codes(page)
        read_numbers(page)
    read_frequencies(page)
    read_zones(page)
    read_names_by_shape(page)


def _has_figures(text: str) -> bool:
    return any(map(text.__contains__, "0123456789"))
