"""How much a text asks of its reader: its own words first, then its lead-in, then its section.

The words are data (`strength_words`); here stands what makes a word count: "as required" demands nothing.
"""

from functools import lru_cache

from postwright.domain.house import STRENGTHS
from postwright.domain.posting import SectionKind, Strength
from postwright.knowledge.loader import load
from postwright.reading.searching.lexicon import compiled, joined
from postwright.reading.searching.scan import Patterns, flattened
from postwright.reading.searching.wordbook import MOST_LINES

_DATA = "strength_words"

_NEAR = 60  # characters: as far as a negation, a subject or an object can stand
_PLACED = frozenset({"required", "needed", "minimum", "mandatory", "necessary"})


@lru_cache(maxsize=MOST_LINES)
def strengths_in(text: str) -> frozenset[Strength]:
    """Every strength that the words of `text` carry: "BLS required; ACLS preferred" is MUST and NICE."""
    flat = flattened(_unescaped(text) if "&" in text else text)
    return frozenset(strength for strength, start, end in _book().find(flat) if _counts(strength, flat, start, end))


def _unescaped(text: str) -> str:
    from html import unescape  # noqa: PLC0415 - its table of entities takes a millisecond, and few texts hold one

    return unescape(text)


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


def _counts(strength: Strength, text: str, start: int, end: int) -> bool:
    """True if the word at this place says how strong the text is, and is not there for another reason."""
    if strength is Strength.MUST:
        return _demands(text, start, end)
    if strength is Strength.NICE:
        return _wishes(text, start, end)
    return not _says("offered", text[end : end + _NEAR])


def _demands(text: str, start: int, end: int) -> bool:
    """True if the word of demand at this place demands something of the reader."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    words = text[start:end].lower().strip(" .,;:)").split()
    if _says("negation_before", before):
        return False
    if words[0] in {"require", "requires"}:
        return _says("demander_before", before) and not _says("not_demanded_after", after)
    if words in (["you", "need"], ["you", "have", "to"]):
        return _says("starts_clause_before", before)
    if words[-1] not in _PLACED:
        return True
    if _says("incidental_before", before) or _says("incidental_after", after):
        return False
    return words[-1] not in {"required", "needed"} or not _is_purpose(before, after)


def _is_purpose(before: str, after: str) -> bool:
    """ "The data required to build models": a participle, not a demand ("is required to", "required for this role")."""
    after_noun = before.rstrip()[-1:].isalnum()
    return (
        after_noun and _says("purpose_after", after) and not (_says("purpose_ok", after) or _says("is_before", before))
    )


def _wishes(text: str, start: int, end: int) -> bool:
    if _says("negation_before", text[max(0, start - _NEAR) : start]):
        return False
    return not (text[start:end].lower() == "preferred" and _says("not_preferred_after", text[end : end + _NEAR]))


@lru_cache(maxsize=1)
def _book() -> Patterns[Strength]:
    words = load(_DATA)
    kinds = {"must": Strength.MUST, "nice": Strength.NICE, "duty": Strength.DUTY}
    return Patterns([(strength, joined(words[name])) for name, strength in kinds.items()], "strengths")


def _says(name: str, text: str) -> bool:
    return compiled(_DATA, name).found(text)
