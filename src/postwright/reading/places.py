"""Where each piece stands: its section, the heading and lead-in that govern it, and how strong that makes it."""

import re
from dataclasses import dataclass

from postwright.domain.house import STRENGTHS
from postwright.domain.posting import SectionKind, Strength, UnitKind
from postwright.reading.pieces import Piece
from postwright.reading.sections import section_kind
from postwright.reading.shapes import label_of
from postwright.reading.strength import effective

_K = SectionKind
_LEADS_ON = re.compile(
    r"\b(?:you(?:'ll|’ll| will)|the following|as follows|includ(?:e|es|ing)|responsible for|are|to|for|have|with|such as)\W*$"
    r"|\bfollowing\b[^.]*$",
    re.IGNORECASE,
)
_FIELDS = frozenset({_K.PAY, _K.LOCATION, _K.APPLY, _K.CONDITIONS, _K.OFFER})
_MONEY = re.compile(r"[$£€]\s?\d")
_FINITE = re.compile(r"\b(?:is|are|we|you|our|your|will|has|have|join|the)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """`heading` and `lead_in` are indexes of pieces, or -1."""

    section: SectionKind
    heading: int = -1
    lead_in: int = -1
    strength: Strength = Strength.NONE


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading whose section is open."""

    level: int
    index: int
    section: SectionKind


def places_of(text: str, pieces: list[Piece], title: int) -> list[Place]:
    """One place for each piece. `title` is the index of the heading that is the posting's title, or -1."""
    lead_ins = _lead_ins(text, pieces)
    out: list[Place] = []
    open_: list[_Open] = []
    labelled: tuple[int, SectionKind] | None = None  # a field label governs the rest of its paragraph
    for index, piece in enumerate(pieces):
        said = text[piece.start : piece.end]
        if piece.kind is UnitKind.HEADING:
            out.append(_headed(said, piece, index, open_, is_title=index == title))
            continue
        heading = open_[-1].index if open_ else -1
        section = open_[-1].section if open_ else _K.TITLE
        lead = lead_ins[index]
        if section in {_K.TITLE, _K.OTHER} and lead >= 0:
            section = _by_lead_in(text[pieces[lead].start : pieces[lead].end], section)
        if piece.kind is not UnitKind.OPAQUE:
            field = _field_of(said, piece.kind, section)
            if field is not None:
                labelled = (piece.block, field)
            if labelled is not None and labelled[0] == piece.block:
                section = labelled[1]
            section = _intro(said, piece) if section is _K.TITLE else section
        section = _K.OTHER if section is _K.TITLE else section
        leading = text[pieces[lead].start : pieces[lead].end] if lead >= 0 else ""
        strength = Strength.NONE if piece.kind is UnitKind.OPAQUE else effective(said, section, leading)
        out.append(Place(section, heading, lead, strength))
    return out


def _headed(said: str, piece: Piece, index: int, open_: list[_Open], *, is_title: bool) -> Place:
    while open_ and open_[-1].level >= piece.level:
        open_.pop()
    parent = open_[-1] if open_ else None
    if is_title:
        section = _K.TITLE
        open_.clear()
        open_.append(_Open(0, index, section))
        return Place(section)
    known = section_kind(said)
    inherited = parent.section if parent and parent.section is not _K.TITLE else None
    if known is None:
        section = inherited or _K.OTHER
    elif inherited in {_K.MUST_HAVE, _K.NICE_TO_HAVE} and known in {_K.QUALIFICATIONS, _K.ABOUT, _K.MISSION, _K.DUTIES}:
        section = inherited  # "Skills" below "Requirements" are requirements
    else:
        section = known
    open_.append(_Open(piece.level, index, section))
    return Place(section, parent.index if parent else -1)


def _lead_ins(text: str, pieces: list[Piece]) -> list[int]:
    """For each piece the index of the sentence or item that introduces it, or -1."""
    out = [-1] * len(pieces)
    stack: list[tuple[int, int]] = []  # (depth, index) of the lead-ins of open lists
    for index, piece in enumerate(pieces):
        if piece.kind is UnitKind.HEADING:
            stack = []
            continue
        while stack and stack[-1][0] >= piece.depth:
            stack.pop()
        if stack:
            out[index] = stack[-1][1]
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if following is not None and _leads(text, piece, following):
            stack.append((piece.depth if following.depth > piece.depth else piece.depth - 1, index))
    return out


def _leads(text: str, piece: Piece, following: Piece) -> bool:
    """True if the piece introduces what follows it."""
    if piece.kind not in {UnitKind.SENTENCE, UnitKind.ITEM} or piece.atomic:
        return False
    said = text[max(piece.start, piece.end - 200) : piece.end].rstrip("*_ \t")
    if following.kind is UnitKind.ITEM and following.depth > piece.depth:
        return said.endswith((":", "：", "…", "...")) or bool(_LEADS_ON.search(said))
    return False


def _by_lead_in(lead_in: str, section: SectionKind) -> SectionKind:
    """A list without a heading takes its section from its lead-in: "You will:", "We are looking for:"."""
    last = re.split(r"[.!?]\s", lead_in.rstrip())[-1]
    return section_kind(last.rstrip(": ")) or section if len(last.split()) <= 14 else section


def _field_of(said: str, kind: UnitKind, section: SectionKind) -> SectionKind | None:
    """The section of a field ("Salary: ...", "**Location** - ..."). In a list of demands only pay is one."""
    label, _ = label_of(said[:90])
    named = section_kind(label) if label else None
    if kind is UnitKind.ITEM and STRENGTHS[section] not in {Strength.NONE, Strength.UNKNOWN} and named is not _K.PAY:
        return None
    return named if named in _FIELDS else None


def _intro(said: str, piece: Piece) -> SectionKind:
    """What stands under the title before any section: the mission, or a line of data (place, pay)."""
    if piece.kind is not UnitKind.SENTENCE:
        return _K.OTHER
    if len(said) < 120 and _MONEY.search(said) and not _FINITE.search(said):
        return _K.PAY
    return _K.MISSION if len(said.split()) > 5 and _FINITE.search(said) else _K.OTHER
