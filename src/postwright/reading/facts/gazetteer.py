"""Known places by name, from `knowledge/data/fact_places.yaml`."""

from functools import lru_cache
from typing import NamedTuple

from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern

_WORD = lazy_pattern(r"[^\W_]+")


class Place(NamedTuple):
    """`name` is in lower case."""

    name: str
    norm: str


@lru_cache(maxsize=1)
def states() -> dict[str, str]:
    """US states and territories: name in lower case -> postal abbreviation in lower case."""
    return {**load("fact_places")["states"], "washington": "wa"}


@lru_cache(maxsize=1)
def areas() -> dict[str, str]:
    """States, provinces, countries and regions: name in lower case -> norm ("us-il", "ca-on", "de", "europe")."""
    known = load("fact_places")
    found = {name: f"us-{code}" for name, code in states().items()}
    found |= {name: f"ca-{code}" for name, code in known["provinces"].items()}
    countries: dict[str, str] = known["countries"] | known["regions"]
    return found | countries


@lru_cache(maxsize=1)
def cities() -> dict[str, str]:
    """City beside a state: name in lower case -> norm. "New York" beside a state is the city."""
    known = load("fact_places")
    names = (*known["cities"], *known["cities_beside_state"])
    return {name: known["same_city"].get(name, name) for name in names} | {"new york": "new york city"}


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[Place, ...]]:
    """First word of a place's name -> places, longest name first."""
    lone = frozenset(load("fact_places")["cities"])
    found = [Place(name, norm) for name, norm in areas().items()]
    found += [Place(name, norm) for name, norm in cities().items() if name in lone]
    table: dict[str, list[Place]] = {}
    for place in found:
        table.setdefault(_WORD.findall(place.name)[0], []).append(place)
    return {word: tuple(sorted(named, key=lambda place: -len(place.name))) for word, named in table.items()}
