"""How much a text asks of its reader: its own words first, then its lead-in, then its section.

The words are data (`strength_words`); here stands what makes a word count: "as required" demands nothing.
"""

from html import unescape

import re2

from postwright.domain.house import STRENGTHS
from postwright.domain.posting import SectionKind, Strength
from postwright.reading.lexicon import compiled
from postwright.reading.scan import flattened

_BEFORE = 60  # characters: as far back as a negation or a subject can stand
_PLACED = frozenset({"required", "needed", "minimum", "mandatory", "necessary"})


def strengths_in(text: str) -> frozenset[Strength]:
    """Every strength that the words of `text` carry: "BLS required; ACLS preferred" is MUST and NICE."""
    flat = flattened(unescape(text) if "&" in text else text)
    found: set[Strength] = set()
    if any(_demands(flat, at.start(), at.end()) for at in _words("must").finditer(flat)):
        found.add(Strength.MUST)
    if any(_wishes(flat, at.start(), at.end()) for at in _words("nice").finditer(flat)):
        found.add(Strength.NICE)
    if any(not _words("offered").search(flat[at.end() : at.end() + _BEFORE]) for at in _words("duty").finditer(flat)):
        found.add(Strength.DUTY)
    return frozenset(found)


def own_strength(text: str) -> Strength | None:
    """The highest strength that the words of `text` say, or None when they say nothing."""
    return max(strengths_in(text), default=None)


def effective(text: str, section: SectionKind, lead_in: str) -> Strength:
    """Strength of a text where it stands. Its own words win over its lead-in, the lead-in over the section.

    "Will" is weak: in a list of requirements ("you will have led a team") it does not make a demand a duty.
    QUALIFICATIONS is UNKNOWN unless words decide.
    """
    placed = STRENGTHS[section]
    asks = placed in {Strength.MUST, Strength.NICE, Strength.UNKNOWN}
    for said in (own_strength(text), own_strength(lead_in) if lead_in else None):
        if said is not None and not (asks and said is Strength.DUTY):
            return said
    return placed


def _demands(text: str, start: int, end: int) -> bool:
    """True if the word of demand at this place demands something of the reader."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _BEFORE]
    words = text[start:end].lower().strip(" .,;:)").split()
    if _says("negation_before", before):
        return False
    if words[0] in {"require", "requires"}:
        return _says("demander_before", before) and not _says("not_demanded_after", after)
    if words == ["you", "need"] or words == ["you", "have", "to"]:
        return _says("starts_clause_before", before)
    if words[-1] not in _PLACED:
        return True
    if _says("incidental_before", before) or _says("incidental_after", after):
        return False
    return words[-1] != "required" or not _is_purpose(before, after)


def _is_purpose(before: str, after: str) -> bool:
    """ "The data required to build models": a participle, not a demand ("is required to", "required for this role")."""
    after_noun = before.rstrip()[-1:].isalnum()
    return (
        after_noun and _says("purpose_after", after) and not (_says("purpose_ok", after) or _says("is_before", before))
    )


def _wishes(text: str, start: int, end: int) -> bool:
    if _says("negation_before", text[max(0, start - _BEFORE) : start]):
        return False
    return not (text[start:end].lower() == "preferred" and _says("not_preferred_after", text[end : end + _BEFORE]))


def _words(name: str) -> re2._Regexp:
    return compiled("strength_words", name)


def _says(name: str, text: str) -> bool:
    return bool(compiled("strength_words", name).search(text))
