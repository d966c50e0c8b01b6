"""What a line may draw on: the units of the posting, the answers and the profile, by id."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from postwright.domain.posting import FactKind, Posting, SectionKind, Strength, Unit, UnitKind
from postwright.reading.facts import facts_in
from postwright.reading.meaning.words import content, fold, words
from postwright.reading.pieces import is_bound, is_turned
from postwright.reading.sections import section_kind
from postwright.reading.terms import synonyms

NAMES = frozenset({FactKind.PRODUCT, FactKind.ORGANISATION, FactKind.STANDARD, FactKind.CERTIFICATION})
"""Facts that a text may look like by its shape alone (a capital after a colon): told apart by their words."""


LONGEST_LABEL = 80
"""Characters. A longer heading says something of its own."""
MOST_LABEL_WORDS = 7
_TELLING = frozenset({FactKind.REMOTE, FactKind.PERCENT, FactKind.NUMBER, FactKind.DEGREE, FactKind.CERTIFICATION})
_STATES = re.compile(r"\bequal\s+(?:employment\s+)?opportunit|\baccommodation|\bunlimited\b|\s[–—-]\s", re.IGNORECASE)
"""What a heading states rather than names."""


class Said(NamedTuple):
    """What a check that looks at the words alone sees of a unit: it is the same wherever the unit stands."""

    text: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Sources:
    """Every citable unit. An answer outranks the profile, the profile the posting; all three are cited alike.

    `allowed` names the only section kinds that a fact of the profile may stand in.
    """

    posting: Posting
    extra: tuple[Unit, ...] = ()
    allowed: Mapping[str, tuple[SectionKind, ...]] = field(default_factory=dict)
    by_id: dict[str, Unit] = field(default_factory=dict, compare=False, repr=False)
    turning: set[str] = field(default_factory=set, compare=False, repr=False)  # headings that deny or bind

    def __post_init__(self) -> None:
        self.by_id.update({u.id: u for u in (*self.posting.units, *self.extra)})
        headings = (self.by_id[u.heading] for u in self.posting.units if u.heading and u.heading != u.id)
        self.turning.update(h.id for h in dict.fromkeys(headings) if h.id != self.posting.title_unit and _turns(h))

    def get(self, unit_id: str) -> Unit | None:
        return self.by_id.get(unit_id)

    def units(self, ids: Iterable[str]) -> list[Unit]:
        """The units of known ids, in the order given."""
        return [self.by_id[i] for i in ids if i in self.by_id]

    def governing(self, unit: Unit) -> list[Unit]:
        """The heading, lead-in and header row that a unit stands under: its words are read with them."""
        return self.units(i for i in (unit.heading, unit.lead_in, unit.table) if i)

    def is_protected(self, unit: Unit) -> bool:
        """True for a unit of a notice, and for every row of a table that holds one: a table stands whole."""
        if unit.kind is not UnitKind.ROW:
            return unit.protected
        table = unit.table or unit.id
        return any(u.protected for u in self.posting.units if table in {u.id, u.table} and u.kind is UnitKind.ROW)

    def is_label(self, unit: Unit) -> bool:
        """A heading or lead-in that only names what follows: the house heading says it instead."""
        if unit.kind is not UnitKind.HEADING and not self._leads_in(unit):
            return False
        if unit.id in self.turning:
            return True
        telling = unit.pins or any(f.hard or f.kind in _TELLING for f in facts_in(unit.text))
        if telling or _STATES.search(unit.text) or len(unit.text) > LONGEST_LABEL:
            return False
        if unit.kind is UnitKind.HEADING:
            if self._names_a_value(unit):
                return False
            return section_kind(unit.text) is not None or len(unit.text.split()) <= MOST_LABEL_WORDS
        return True

    def turned_by(self, unit: Unit) -> str:
        """The id of the heading without which a unit would say another thing, or empty: "What we do not ask"."""
        return unit.heading if unit.heading in self.turning and self._is_under(unit, self.by_id[unit.heading]) else ""

    def _is_under(self, unit: Unit, heading: Unit) -> bool:
        """Not so "Apply by e-mail." behind a list under "What we do not ask"."""
        return unit.kind is not UnitKind.HEADING and unit.section is heading.section and not self.is_protected(unit)

    def _names_a_value(self, unit: Unit) -> bool:
        """ "Number of vacancies:" over "Three": no house heading says it, and the value is nothing without it."""
        unknown = unit.section is SectionKind.OTHER and section_kind(unit.text) is None
        return unknown and unit.text.rstrip(" *_").endswith(":") and unit.id != self.posting.title_unit

    def _leads_in(self, unit: Unit) -> bool:
        return unit.text.rstrip().endswith(":") and any(u.lead_in == unit.id for u in self.posting.units)

    def vocabulary(self, unit: Unit) -> frozenset[str]:
        """Stems that a line citing this unit may use: its own words, their synonyms, and what governs it."""
        stems: set[str] = set()
        for piece in (unit, *self.governing(unit)):
            stems |= stems_with_synonyms(piece.text)
        return frozenset(stems)


def _turns(heading: Unit) -> bool:
    return not heading.protected and not heading.pins and (is_turned(heading.text) or is_bound(heading.text))


def citable(unit: Unit) -> bool:
    """Code, comments and tags are kept in place, never cited."""
    return unit.kind is not UnitKind.OPAQUE


@lru_cache(maxsize=1)
def _classes() -> tuple[tuple[re.Pattern[str], str, frozenset[str]], ...]:
    """For each phrase with a synonym: a pattern that finds it, the phrase's class, and the stems of the class."""
    members: dict[str, set[str]] = {}
    for phrase, canonical in synonyms().items():
        members.setdefault(canonical, {canonical}).add(phrase)
    found = []
    for canonical, phrases in members.items():
        stems = frozenset(w.stem for phrase in phrases for w in words(phrase))
        pattern = "|".join(sorted((re.escape(p) for p in phrases), key=len, reverse=True))
        found.append((re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])"), canonical, stems))
    return tuple(found)


@lru_cache(maxsize=1)
def _first_words() -> dict[str, tuple[int, ...]]:
    """Which classes can match a text that holds this word: keeps the look-up off the slow path."""
    index: dict[str, set[int]] = {}
    for i, (_, canonical, _stems) in enumerate(_classes()):
        members = [p for p, c in synonyms().items() if c == canonical] + [canonical]
        for phrase in members:
            tokens = re.findall(r"[^\W_]+", phrase)
            if tokens:
                index.setdefault(tokens[0], set()).add(i)
    return {word: tuple(sorted(found)) for word, found in index.items()}


@lru_cache(maxsize=8192)
def stems_with_synonyms(text: str) -> frozenset[str]:
    """All stems of a text, and of every true synonym of a phrase in it ("CDS" brings clinical, decision, support)."""
    stems = {w.stem for w in words(text)}
    folded = fold(text)
    index = _first_words()
    candidates = {i for token in re.findall(r"[^\W_]+", folded) for i in index.get(token, ())}
    for i in candidates:
        pattern, _, class_stems = _classes()[i]
        if pattern.search(folded):
            stems |= class_stems
    return frozenset(stems)


@lru_cache(maxsize=8192)
def content_stems(text: str) -> frozenset[str]:
    return frozenset(w.stem for w in content(text))
