"""Judges how well a posting hires for each layer, with the units that show it and the gap in plain words."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from postwright.domain.finding import Layer, LayerCoverage, Scope
from postwright.domain.posting import Posting, Unit
from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern
from postwright.rules.evidence import Role, Sighting, remembered, sightings, speaking
from postwright.rules.patterns import sign, words

_MENTION_KINDS = frozenset({"cred", "domain", "edu", "signal", "role"})  # a licence or a ward is no duty
_UMBRELLAS = frozenset({"cmp.hipaa_umbrella"})  # "HIPAA compliant" names a law, not what anyone does
_CITED = 8  # units cited per layer
_OWNED = 3  # the score from which somebody owns the layer
_ONCE = lazy_pattern(r"(?i)\b(?:was|were|former(?:ly)?|once|used to|began|started)\b")
"""What somebody was says nothing of who covers it: "the CTO, who was an interface analyst"."""
_DETERMINER = lazy_pattern(r"(?i)^(?:our|the|an?|their|its|your|all|other|any)\s")


@remembered
def coverage_of(posting: Posting, scope: Scope) -> tuple[LayerCoverage, ...]:
    """One entry per layer, in the order of `Layer`.

    Scores: 0 absent, 1 named, 2 duties without an owner, 3 owned duties, 4 owned with evidence or outcome.
    """
    seen = sightings(posting)
    return tuple(_layer(posting, scope, layer, _signs(posting, scope, layer, seen)) for layer in Layer)


def _signs(
    posting: Posting, scope: Scope, layer: Layer, seen: Sequence[Sighting]
) -> dict[str, tuple[Unit, Role, bool]]:
    """Units that speak of the layer: unit, role, and whether it says more than a credential or a law's name."""
    wanted = _execution_skills() if layer is Layer.EXECUTION else frozenset()
    signs: dict[str, tuple[Unit, Role, bool]] = {}
    for sighting in seen:
        term = sighting.term
        if term.group != layer.value and term.skill not in wanted:
            continue
        work = term.kind not in _MENTION_KINDS and term.skill not in _UMBRELLAS
        known = signs.get(sighting.unit.id)
        signs[sighting.unit.id] = (sighting.unit, sighting.role, work or (known is not None and known[2]))
    plain = _plain(layer, owned=layer in scope.owns)
    for unit, role in speaking(posting) if plain else ():
        if role is Role.DUTY and plain and plain.found(unit.text):
            signs[unit.id] = (unit, role, True)
    return signs


def _layer(posting: Posting, scope: Scope, layer: Layer, signs: dict[str, tuple[Unit, Role, bool]]) -> LayerCoverage:
    duties = [unit for unit, role, work in signs.values() if role is Role.DUTY and work]
    owned = [unit for unit in duties if _owns(unit.text)]
    proven = [unit for unit in owned if sign("outcome").found(unit.text)]
    score = 4 if proven else 3 if owned else 2 if duties else 1 if signs else 0
    owns = layer in scope.owns
    others = "" if owns else _partner(posting, layer)
    best = proven or owned or duties or [unit for unit, _, _ in signs.values()]
    chosen = {unit.id for unit in best}
    rest = [unit for unit, _, _ in signs.values() if unit.id not in chosen]
    return LayerCoverage(
        layer=layer,
        score=score,
        units=tuple(unit.id for unit in [*best, *rest][:_CITED]),
        gap=_own_gap(layer, score) if owns else _others_gap(scope, layer, score, others),
        owned=owns,
        others=others,
    )


@lru_cache(maxsize=4096)  # several layers ask, and many postings hold the same lines
def _owns(duty: str) -> bool:
    return sign("owns").found(duty) and not sign("helps").found(duty)


def _own_gap(layer: Layer, score: int) -> str:
    gaps: list[str] = load("ownership")["gaps"][layer.value]
    return gaps[score] if score < len(gaps) else ""


def _others_gap(scope: Scope, layer: Layer, score: int, others: str) -> str:
    """Only a team that ships AI needs all three layers: nobody asks a ward nurse who covers FHIR."""
    needed = scope.mentions_ai and scope.family and layer is not Layer.EXECUTION
    if not needed or others or score >= _OWNED:
        return ""
    who = load("ownership")["roles"][layer.value]["who"]
    return f"Not this job's own work, but the posting does not say who covers it ({who}, for example)."


@cache
def _execution_skills() -> frozenset[str]:
    return frozenset(load("ownership")["execution"]["skills"])


@cache
def _plain(layer: Layer, *, owned: bool) -> Pattern | None:
    """Plain words for the layer's work. "Clinical" or "security" tell nothing in the duties of other families."""
    own = load("ownership")
    always: list[str] = own["execution"]["cues"] if layer is Layer.EXECUTION else []
    alternatives = (*always, *(own["plain"][layer.value] if owned else ()))
    return Pattern(rf"(?im)\b(?:{'|'.join(alternatives)})\b") if alternatives else None


@cache
def _partners(layer: Layer) -> re.Pattern[str]:
    """`with the nurse informaticist`: somebody the person works with, reports to or serves beside."""
    names = "|".join(load("ownership")["partners"][layer.value])
    link = "(?:with|alongside|between|beside|to|our|report\\w*|team(?: of| includes?)?:?)"
    return words((rf"{link}\s(?:[\w,'’/&-]+\s){{0,6}}?(?P<who>(?:[\w-]+\s)?(?:{names}))",))


def _partner(posting: Posting, layer: Layer) -> str:
    """Who covers the layer, in the posting's own words, or empty when it does not say."""
    met = _partners(layer).finditer(_said(posting))
    found = next((match for match in met if not _ONCE.search(match.group())), None)
    return _DETERMINER.sub("", " ".join(found["who"].split())) if found is not None else ""


@remembered
def _said(posting: Posting) -> str:
    """All units that speak, one search for them all. A full stop alone on its line parts them: no name runs over it."""
    return "\n.\n".join(unit.text for unit, _ in speaking(posting))
