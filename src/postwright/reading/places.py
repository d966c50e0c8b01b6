"""Where each piece stands: its section, the heading and lead-in that govern it, and how strong that makes it."""

import re
from typing import NamedTuple

from postwright.domain.house import LISTS, STRENGTHS
from postwright.domain.posting import SectionKind, Strength, UnitKind
from postwright.reading.blocks.shapes import label_of
from postwright.reading.meaning.strength import effective, own_strength
from postwright.reading.pieces import Piece
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.lexicon import compiled
from postwright.reading.sections import is_plain_heading, lead_in_kind, section_kind

_K = SectionKind
_FIELDS = frozenset({_K.PAY, _K.LOCATION, _K.APPLY, _K.CONDITIONS, _K.OFFER})
_DEMANDS = frozenset({_K.MUST_HAVE, _K.NICE_TO_HAVE})
_OPEN = frozenset({_K.TITLE, _K.OTHER, _K.MISSION, _K.ABOUT, _K.OFFER})
# What a lead-in may make of a list under a heading that says something else ("Skills": "Nice to have:").
_YIELDS = {
    **dict.fromkeys(_OPEN, LISTS | {_K.OFFER}),
    _K.QUALIFICATIONS: _DEMANDS,
    _K.MUST_HAVE: frozenset({_K.NICE_TO_HAVE}),
    _K.NICE_TO_HAVE: frozenset({_K.MUST_HAVE}),
    **dict.fromkeys(LISTS - _DEMANDS - {_K.QUALIFICATIONS}, _DEMANDS | {_K.QUALIFICATIONS, _K.OFFER}),
}
# What a line of words below one of these headings remains, though its words could name a section of another kind.
_SUB_SECTIONS = frozenset({_K.QUALIFICATIONS, _K.ABOUT, _K.MISSION, _K.DUTIES})
_LEAD = 300  # characters of a lead-in that govern its list
_MONEY = lazy_pattern(r"[$£€]\s?\d")
_FINITE = lazy_pattern(r"\b(?:is|are|we|you|our|your|will|has|have|join|the)\b", re.IGNORECASE)


class Place(NamedTuple):
    """`heading` and `lead_in` are indexes of pieces, or -1."""

    section: SectionKind
    heading: int = -1
    lead_in: int = -1
    strength: Strength = Strength.NONE


class _Open(NamedTuple):
    """A heading whose section is open. Levels count double, so that a group can stand half a level above its kind."""

    level: int
    heading: int  # index of its piece
    section: SectionKind


def places_of(text: str, pieces: list[Piece], title: int) -> list[Place]:
    """One place for each piece. `title` is the index of the heading that is the posting's title, or -1."""
    return _Reader(text, pieces, title).read()


class _Reader:
    """Walks through the pieces once and remembers what is open: headings, a field's paragraph, a closing paragraph."""

    def __init__(self, text: str, pieces: list[Piece], title: int) -> None:
        self._text = text
        self._pieces = pieces
        self._title = title
        self._lead_ins = _lead_ins(text, pieces)
        self._open: list[_Open] = []
        self._named = False  # a heading has named a section
        self._block = -1  # the paragraph that a field label or a closing phrase places elsewhere
        self._block_section = _K.OTHER
        self._intro_block = -1
        self._intro_section = _K.OTHER

    def read(self) -> list[Place]:
        return [
            self._headed(index, piece) if piece.kind is UnitKind.HEADING else self._placed(index, piece)
            for index, piece in enumerate(self._pieces)
        ]

    def _said(self, index: int) -> str:
        return self._text[self._pieces[index].start : self._pieces[index].end]

    def _tail(self, index: int) -> str:
        piece = self._pieces[index]
        return self._text[max(piece.start, piece.end - _LEAD) : piece.end]

    def _headed(self, index: int, piece: Piece) -> Place:
        if index == self._title:
            self._open = [_Open(0, index, _K.TITLE)]
            return Place(_K.TITLE)
        if self._open and self._open[-1].heading == index - 1 and self._open[-1].section in LISTS:
            # "Key responsibilities" with nothing below it but headings of its own level: those are its parts.
            self._open[-1] = self._open[-1]._replace(level=min(self._open[-1].level, 2 * piece.level - 1))
        while self._open and self._open[-1].level >= 2 * piece.level:
            self._open.pop()
        parent = self._open[-1] if self._open else None
        section = _section_of(self._said(index), parent.section if parent else _K.TITLE)
        self._named = self._named or section is not _K.OTHER
        self._open.append(_Open(2 * piece.level, index, section))
        return Place(section, parent.heading if parent else -1)

    def _placed(self, index: int, piece: Piece) -> Place:
        heading = self._open[-1].heading if self._open else -1
        section = self._open[-1].section if self._open else _K.TITLE
        lead = self._lead_ins[index]
        leading = self._tail(lead) if lead >= 0 else ""
        if piece.kind is UnitKind.OPAQUE:
            return Place(_K.OTHER if section is _K.TITLE else section, heading, lead)
        said = self._said(index)
        led = lead_in_kind(leading) if leading else None
        if led is not None and led in _YIELDS.get(section, ()):
            section = led
        section = self._elsewhere(index, piece, said, section)
        if section is _K.TITLE or (section is _K.OTHER and not self._named):
            section = self._introduced(index, piece)
        return Place(section, heading, lead, effective(said, section, leading))

    def _elsewhere(self, index: int, piece: Piece, said: str, section: SectionKind) -> SectionKind:
        """The section, or another for a paragraph that is a field ("Pay: ...") or closes the posting after a list."""
        moved = _field_of(said, piece.kind, section)
        if moved is None and self._block == piece.block:
            return self._block_section
        if moved is None and section in LISTS and self._follows_list(index, piece):
            moved = _closing(self._paragraph(index), said)
        elif moved is None and section in _FIELDS and self._announces(index, piece):
            moved = _K.APPLY
        if moved is None:
            return section
        self._block, self._block_section = piece.block, moved
        return moved

    def _follows_list(self, index: int, piece: Piece) -> bool:
        """True for a paragraph after a list, or after a paragraph that was itself found to close the posting."""
        if piece.kind is not UnitKind.SENTENCE or piece.depth:
            return False
        before = self._pieces[index - 1] if index else piece
        return before.kind in {UnitKind.ITEM, UnitKind.ROW, UnitKind.OPAQUE} or before.block == self._block

    def _announces(self, index: int, piece: Piece) -> bool:
        """True for a paragraph below the first of its section that says how or until when to apply."""
        before = self._pieces[index - 1] if index else piece
        if piece.kind is not UnitKind.SENTENCE or before.kind is UnitKind.HEADING or before.block == piece.block:
            return False
        return compiled("section_headings", "closing", "announced").found(self._paragraph(index))

    def _introduced(self, index: int, piece: Piece) -> SectionKind:
        """The section of text that stands before all sections, by its whole paragraph."""
        if piece.block != self._intro_block:
            self._intro_block, self._intro_section = piece.block, _intro(self._paragraph(index), piece)
        return self._intro_section

    def _paragraph(self, index: int) -> str:
        """The text of the paragraph from this piece on."""
        last = index
        while last + 1 < len(self._pieces) and self._pieces[last + 1].block == self._pieces[index].block:
            last += 1
        return self._text[self._pieces[index].start : self._pieces[last].end]


def _section_of(said: str, parent: SectionKind) -> SectionKind:
    """Section of a heading under a heading. What its words do not say it inherits."""
    known = section_kind(said)
    inherited = _K.OTHER if parent is _K.TITLE else parent
    if known is None:
        return inherited
    if parent in _DEMANDS and known in _SUB_SECTIONS:
        return parent  # "Skills" below "Requirements" are requirements
    if parent in LISTS and known not in LISTS and len(said.split()) > 4 and not is_plain_heading(said):
        return parent  # "Help customers build healthcare applications" below "What you will do" is a duty
    return known


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
        if index + 1 < len(pieces) and _leads(text, piece, pieces[index + 1]):
            stack.append((piece.depth, index))
    return out


def _leads(text: str, piece: Piece, following: Piece) -> bool:
    """True if the piece introduces the list that follows it."""
    if piece.kind not in {UnitKind.SENTENCE, UnitKind.ITEM} or piece.atomic:
        return False
    if following.kind is not UnitKind.ITEM or following.depth <= piece.depth:
        return False
    said = text[max(piece.start, piece.end - 200) : piece.end].rstrip("*_ \t")
    return said.endswith((":", "：", "…", "...")) or compiled("section_headings", "leads_on").found(said)


def _field_of(said: str, kind: UnitKind, section: SectionKind) -> SectionKind | None:
    """The section of a field ("Salary: ...", "**Location** - ..."). In a list of demands only pay is one."""
    label, _ = label_of(said[:90])
    named = section_kind(label) if label else None
    if kind is UnitKind.ITEM and STRENGTHS[section] not in {Strength.NONE, Strength.UNKNOWN} and named is not _K.PAY:
        return None
    return named if named in _FIELDS else None


def _closing(paragraph: str, first: str) -> SectionKind | None:
    """Where a paragraph after the last list belongs: "Apply now", "At X we ..." is no demand. None: it stays."""
    if own_strength(first) in {Strength.MUST, Strength.NICE}:
        return None
    if compiled("section_headings", "closing", "apply").found(paragraph):
        return _K.APPLY
    return _K.ABOUT if compiled("section_headings", "closing", "about").found(paragraph.lstrip("*_ ")) else None


def _intro(said: str, piece: Piece) -> SectionKind:
    """What stands under the title before any section: the mission, or a line of data (place, pay)."""
    if piece.kind is not UnitKind.SENTENCE:
        return _K.OTHER
    if len(said) < 120 and _MONEY.search(said) and not _FINITE.search(said):
        return _K.PAY
    return _K.MISSION if len(said.split()) > 5 and _FINITE.search(said) else _K.OTHER
