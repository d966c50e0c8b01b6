"""I4: what a line asks never rises above its sources. Lowering is a decision; unknown may only stay."""

import re
from dataclasses import dataclass
from functools import lru_cache

from postwright.domain.house import STRENGTHS
from postwright.domain.posting import SectionKind, Strength, Unit, UnitKind
from postwright.reading.facts import facts_in
from postwright.reading.meaning.strength import own_strength, strengths_in
from postwright.reading.meaning.words import content, fold, stem, words

_SUBJECT = re.compile(
    r"\W*(?:the|this|our|an?)\s+(?:[\w/-]+\s+){0,3}?([\w-]+)\s+(?:also\s+|does\s+not\s+)?[a-z]{4,}\b", re.IGNORECASE
)
_PERSON = re.compile(
    r"(?:er|or|ar|ist|yst|ant|ian|architect|nurse|midwife|lead|head|chief|fellow|intern|assistant)$", re.IGNORECASE
)
"""How the word for a job ends: in "EPR Integration Analyst" the analyst acts, and the EPR does not."""
_TERMS = frozenset({SectionKind.LOCATION, SectionKind.PAY, SectionKind.OFFER, SectionKind.APPLY})
_DEMANDS = frozenset({"must", "required", "requires", "require", "mandatory", "essential", "necessary", "minimum"})
_ASKS = frozenset({Strength.MUST, Strength.NICE})
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+|[()]")
_PART_END = re.compile(r",")
_FREE_SECTIONS = frozenset({SectionKind.ABOUT, SectionKind.MISSION, SectionKind.OTHER})


@dataclass(frozen=True, slots=True)
class Weighed:
    """How strong a line is, and how that compares with its sources."""

    strength: Strength
    raised: str = ""  # what rose, in words; empty when nothing did
    lowered: bool = False


def set_strength(text: str, section: SectionKind, *, of_terms: bool = False) -> Strength:
    """How strong a line reads where it is set: its words and its section's heading, whichever asks more.

    `of_terms`: the line speaks of place, hours, pay or conditions, where "you will work on site" is no duty.
    """
    own = own_strength(text)
    place = STRENGTHS[section]
    if of_terms and own is Strength.DUTY:
        own = None
    if own is None:
        return place
    return max(own, place) if place is not Strength.UNKNOWN else own


def weigh(text: str, section: SectionKind, cited: list[Unit], title: str = "") -> Weighed:
    """Compare a line with the units it cites. A merged line may not ask more than the weakest demand in it.

    `title` is the posting's: "the analyst maps feeds" says what the analyst that is hired will do.
    """
    here = set_strength(text, section, of_terms=all(u.section in _TERMS for u in cited))
    there = [_source_strength(u, section, title, text) for u in cited]
    if not cited:
        return Weighed(here)
    if min(there) < Strength.MUST and (word := _new_demand(text, cited)):
        return Weighed(here, f'says "{word}" where the sources do not')
    if here is Strength.UNKNOWN or Strength.UNKNOWN in there:
        return _unknown(here, there)
    if here is Strength.NONE:
        return Weighed(here, lowered=_lowers(there, section))
    raised = _raised(here, there, text, cited)
    return Weighed(here, raised, lowered=not raised and max(there) > here)


def _raised(here: Strength, there: list[Strength], text: str, cited: list[Unit]) -> str:
    """What rose, in words; empty when nothing did. A duty needs one source that is one, a demand all of them."""
    if here is Strength.DUTY:
        return "a statement became a duty" if max(there) < Strength.DUTY else ""
    if (weakest := min(there)) < here:
        return f"asks {_NAMES[here]} where a source says {_NAMES[weakest]}"
    wish = len(cited) == 1 and min(_strengths_drawn_on(text, cited[0].text) or {cited[0].strength}) is Strength.NICE
    return (
        "a preference in the source became a must"
        if wish and here is Strength.MUST and not _verbatim(text, cited)
        else ""
    )


def _new_demand(text: str, cited: list[Unit]) -> str:
    """A word of demand that no source has, whatever it qualifies: no reader parses "required" as we do."""
    demands = [w.text for w in words(text) if w.text in _DEMANDS]
    said = {w.text for u in cited for w in words(u.text)} if demands else set()
    return next((word for word in demands if word not in said), "")


def _source_strength(unit: Unit, section: SectionKind, title: str, text: str) -> Strength:
    """How strong a unit is in the source, read for the section a line of it stands in and for what it takes."""
    if unit.strength in _ASKS and len(drawn := _strengths_drawn_on(text, unit.text)) == 1:
        return min(unit.strength, *drawn)
    if unit.strength is Strength.NONE and _acts_as(unit.text, title):
        return Strength.DUTY
    terms_of_work = unit.section is SectionKind.CONDITIONS and section in _TERMS | {SectionKind.LEGAL}
    if terms_of_work and own_strength(unit.text) is None:
        return Strength.NONE  # a schedule under "Conditions" is no demand
    return unit.strength


@lru_cache(maxsize=4096)
def _strengths_drawn_on(text: str, source: str) -> frozenset[Strength]:
    """The strengths of those parts of a source that share a word with the line.

    "Three years of interface work required, Mirth preferred" asks for one and wishes for the other, and a line for
    each says so. A part without such a word belongs to the next part of its sentence that has one, else to the last.
    """
    said = {w.stem for w in content(text)} | {f.norm for f in facts_in(text)}
    drawn: set[Strength] = set()
    for sentence in _SENTENCE_END.split(source):
        waiting: list[str] = []
        last: frozenset[Strength] = frozenset()
        for part in _PART_END.split(sentence):
            waiting.append(part)
            if own := strengths_in(part):
                last = own
                drawn |= own if _shares(waiting, said) else frozenset()
                waiting = []
        drawn |= last if _shares(waiting, said) else frozenset()
    return frozenset(drawn) or strengths_in(source)


def _shares(parts: list[str], said: set[str]) -> bool:
    return any(w.stem in said for part in parts for w in content(part)) or any(
        f.norm in said for part in parts for f in facts_in(part)
    )


def _acts_as(text: str, title: str) -> bool:
    """True for a sentence whose subject is the job of the title, in the present tense."""
    subject = _SUBJECT.match(text)
    if subject is None or not _PERSON.search(subject.group(1)):
        return False
    return stem(fold(subject.group(1))) in {w.stem for w in content(title)}


_NAMES = {
    Strength.UNKNOWN: "neither must nor nice",
    Strength.NONE: "nothing",
    Strength.DUTY: "a duty",
    Strength.NICE: "nice to have",
    Strength.MUST: "a must",
}


def _verbatim(text: str, cited: list[Unit]) -> bool:
    return text.strip() == cited[0].text.strip()


def _unknown(here: Strength, there: list[Strength]) -> Weighed:
    known = [s for s in there if s is not Strength.UNKNOWN]
    if here is Strength.UNKNOWN and all(s in {Strength.UNKNOWN, Strength.MUST} for s in there):
        return Weighed(here, lowered=bool(known))
    if here is Strength.UNKNOWN:
        return Weighed(here, "mixes a list of open strength with what is no requirement")
    if here is Strength.NONE and not known:
        return Weighed(here, lowered=True)
    if here is Strength.NICE and not known:
        return Weighed(here, "the source does not say whether this is a must or nice to have")
    return Weighed(here, "the source leaves open how strongly this is asked")


def _lowers(there: list[Strength], section: SectionKind) -> bool:
    strongest = max(there)
    return strongest > Strength.DUTY or (strongest is Strength.DUTY and section not in _FREE_SECTIONS)


def restored_section(unit: Unit) -> SectionKind:
    """Where a unit stands again at the strength it had in the source."""
    if unit.kind in {UnitKind.ANSWER, UnitKind.PROFILE}:
        return unit.section
    if set_strength(unit.text, unit.section) == unit.strength:
        return unit.section
    homes = {
        Strength.MUST: SectionKind.MUST_HAVE,
        Strength.NICE: SectionKind.NICE_TO_HAVE,
        Strength.DUTY: SectionKind.DUTIES,
        Strength.UNKNOWN: SectionKind.QUALIFICATIONS,
        Strength.NONE: SectionKind.OTHER,
    }
    return homes[unit.strength]
