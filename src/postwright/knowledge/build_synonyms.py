"""Shapes `synonyms.yaml` and the true expansions of `acronyms.yaml` into one map: folded phrase -> canonical phrase."""

from collections.abc import Mapping
from typing import Any


def synonyms(raw: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Raises ValueError when one phrase would have two canonical forms: then the two are no true synonyms."""
    table = raw["synonyms"]
    refused = {acronym.lower() for acronym in table["not_synonyms"]}
    acronyms = raw["acronyms"]["acronyms"]
    pairs: list[tuple[str, str]] = [
        (entry["exp"], entry["a"]) for entry in acronyms if entry["a"].lower() not in refused
    ]
    for canonical, phrases in table["synonyms"].items():
        pairs.extend((phrase, canonical) for phrase in phrases)
    found: dict[str, str] = {}
    for phrase, canonical in pairs:
        key, value = str(phrase).lower(), str(canonical).lower()
        if found.setdefault(key, value) != value:
            msg = f"{phrase!r} stands for both {found[key]!r} and {value!r}"
            raise ValueError(msg)
    return {"map": dict(sorted(_resolved(found).items()))}


def _resolved(found: Mapping[str, str]) -> dict[str, str]:
    """Every phrase at the end of its chain, so that one look-up is enough."""
    return {phrase: _end(phrase, found) for phrase in found}


def _end(phrase: str, found: Mapping[str, str]) -> str:
    seen = {phrase}
    while phrase in found:
        phrase = found[phrase]
        if phrase in seen:
            msg = f"{phrase!r} stands for itself"
            raise ValueError(msg)
        seen.add(phrase)
    return phrase
