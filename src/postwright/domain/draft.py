"""What is written and why: lines, sections, removals, decisions, the ledger."""

from dataclasses import dataclass, replace
from enum import StrEnum

from postwright.domain.posting import SectionKind, Span, Strength


class LineKind(StrEnum):
    """Where a line of the draft comes from."""

    KEPT = "kept"  # the unit's own bytes
    REWORDED = "reworded"  # from one unit
    MERGED = "merged"  # from two or more units
    PROPOSAL = "proposal"  # no source: pending until a person confirms it
    BLANK = "blank"  # no value at all: pending until a person fills it in
    RESTORED = "restored"  # the model's line was withdrawn, the source stands instead
    ANSWERED = "answered"  # an answer in a typed slot, rendered by code
    NOTICE = "notice"  # protected text, whole
    OPAQUE = "opaque"  # code, comments, tags: kept in place


class DecisionState(StrEnum):
    """How far a decision is."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EDITED = "edited"


class Layout(StrEnum):
    """How a line is set."""

    ITEM = "item"  # a bullet of its own
    PROSE = "prose"  # runs on in a paragraph with its neighbours
    RAW = "raw"  # the source bytes with their own markers, as a block
    TITLE = "title"  # the posting's title line
    INLINE = "inline"  # joined to its neighbours without anything between: the marked-up original


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of the draft. `text` is what is set, without list marker and without pending mark.

    A line that hangs on a decision is set only in the states named by `shown` (empty: in all of them): a removed
    unit is a line that is set when its removal is rejected.
    """

    id: str
    kind: LineKind
    text: str
    sources: tuple[str, ...]  # unit, answer and profile ids
    layout: Layout
    block: int = 0  # prose lines of one block run on in one paragraph
    strength: Strength = Strength.NONE
    why: str = ""
    layer: str = ""
    decision: str = ""  # id of the decision this line hangs on, or empty
    shown: tuple[DecisionState, ...] = ()
    note: str = ""  # for restored lines: what the withdrawn line did wrong


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines. `heading` is a house heading or, when `heading_unit` is set, the source's own."""

    kind: SectionKind
    heading: str
    lines: tuple[Line, ...]
    heading_unit: str = ""


class DecisionKind(StrEnum):
    """What a person must settle."""

    PROPOSAL = "proposal"
    BLANK = "blank"
    REMOVAL = "removal"
    LOWERED = "lowered"
    TITLE = "title"
    SUPERSEDED = "superseded notice"
    WORDING = "wording"  # a safe fix of the rules engine, marked up


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing a person must settle. `key` is stable over runs: the same change to the same text has the same key."""

    id: str  # c1, c2, ... in reading order
    key: str
    kind: DecisionKind
    group: str  # plain words for the card: "impossible years", "suggested duties"
    text: str  # what is proposed, removed or lowered, as the reader sees it
    why: str
    units: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    state: DecisionState = DecisionState.PENDING
    edited: str = ""  # the person's own text, when EDITED

    def settled(self, state: DecisionState, edited: str = "") -> "Decision":
        return replace(self, state=state, edited=edited)


class Fate(StrEnum):
    """Where a unit of the source went."""

    USED = "used"
    PROTECTED = "protected"
    REMOVED = "removed"
    HEADING = "heading"  # a heading that the house heading replaces
    DUPLICATE = "duplicate"
    RESTORED = "restored"
    OPAQUE = "opaque"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class LineEntry:
    """One line of the left column: this piece of the output came from these units. `span` is in the draft's text."""

    line: str
    kind: LineKind
    sources: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One line of the right column: this unit of the source went there."""

    unit: str
    fate: Fate
    lines: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The two columns. They balance when every output character lies in a line and every unit has a fate."""

    lines: tuple[LineEntry, ...]
    units: tuple[UnitEntry, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken invariant of one line or unit, in words that can go back to the model."""

    invariant: str  # "I1".."I8"
    line: str  # line id, or empty
    units: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A rewrite whose books balance. `text` is the exact text that is written to draft.md."""

    text: str
    front: str  # front matter and byte-order mark, byte for byte
    newline: str
    sections: tuple[Section, ...]
    decisions: tuple[Decision, ...]
    ledger: Ledger
    violations: tuple[Violation, ...] = ()  # what was withdrawn, and why
    rewritten: bool = True  # False for the rules engine's marked-up original

    @property
    def pending(self) -> tuple[Decision, ...]:
        return tuple(d for d in self.decisions if d.state is DecisionState.PENDING)
