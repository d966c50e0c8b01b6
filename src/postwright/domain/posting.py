"""A posting and its parts: units, facts, protected text. Offsets are half-open, in characters of `Posting.source`."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character range: `start` inclusive, `end` exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end < self.start or self.start < 0:
            msg = f"not a span: {self.start}..{self.end}"
            raise ValueError(msg)

    def holds(self, other: "Span") -> bool:
        """True if `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """True if the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> "Span":
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class Format(StrEnum):
    """How the body of a posting is written."""

    MARKDOWN = "md"
    MDX = "mdx"
    TEXT = "txt"


class UnitKind(StrEnum):
    """What a numbered piece of text is."""

    HEADING = "heading"
    ITEM = "item"
    SENTENCE = "sentence"
    ROW = "row"  # a table row; `Unit.table` names its header row
    OPAQUE = "opaque"  # code, comment, raw HTML, template tag, import, JSX, shortcode: kept in place
    ANSWER = "answer"  # what a person answered (id `a.<slot>`)
    PROFILE = "profile"  # what the employer states once (id `p1`...)


class SectionKind(StrEnum):
    """What a section of a posting is for. The order is the order of a draft."""

    TITLE = "title"
    MISSION = "mission"
    OUTCOMES = "outcomes"
    CLINICAL = "clinical"
    INTEGRATION = "integration"
    COMPLIANCE = "compliance"
    DUTIES = "duties"
    MUST_HAVE = "must_have"
    QUALIFICATIONS = "qualifications"  # must and nice not told apart by the source: strength unknown
    NICE_TO_HAVE = "nice_to_have"
    OFFER = "offer"
    PAY = "pay"
    LOCATION = "location"
    CONDITIONS = "conditions"  # physical demands, checks, shifts
    APPLY = "apply"
    ABOUT = "about"
    LEGAL = "legal"
    OTHER = "other"


class Strength(IntEnum):
    """How much a line asks of the reader. `UNKNOWN` compares with nothing: it may only stay as it is."""

    UNKNOWN = -1
    NONE = 0
    DUTY = 1
    NICE = 2
    MUST = 3


class FactKind(StrEnum):
    """What a fact is a fact of."""

    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    YEARS = "years"
    DATE = "date"
    HOURS = "hours"
    LOCATION = "location"
    REMOTE = "remote"
    TIME_ZONE = "time-zone"
    LINK = "link"
    CONTACT = "contact"
    LICENCE = "licence"
    CERTIFICATION = "certification"
    DEGREE = "degree"
    STANDARD = "standard"
    PRODUCT = "product"
    ORGANISATION = "organisation"


HARD_FACTS = frozenset(
    {
        FactKind.MONEY,
        FactKind.DATE,
        FactKind.YEARS,
        FactKind.CONTACT,
        FactKind.LINK,
        FactKind.LOCATION,
        FactKind.HOURS,
        FactKind.LICENCE,
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One checkable statement in a text.

    `norm` is the normal form that two texts share when they say the same ("USD 138000-166000 /year",
    "3 /week", "2026-12-31", "phd"); it never depends on the words around the fact.
    """

    kind: FactKind
    norm: str
    span: Span

    @property
    def hard(self) -> bool:
        return self.kind in HARD_FACTS


class PinKind(StrEnum):
    """Why a span must stand verbatim in whichever line uses its unit."""

    LICENCE = "licence"
    REQUISITION = "requisition"
    FLSA = "flsa"
    VISA = "visa"
    PHYSICAL = "physical"
    DATA_RESIDENCY = "data-residency"
    PAY = "pay"
    DATE = "date"
    CLEARANCE = "clearance"
    HEALTH_CHECK = "health-check"
    EQUIVALENT = "equivalent"
    MARKER = "marker"
    LOCKED = "locked"  # by lock markers in the text or by the config


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned span (I1). `span` is in characters of the source."""

    kind: PinKind
    span: Span


@dataclass(frozen=True, slots=True)
class Unit:
    """A numbered piece of a source. `text` is the raw text without list marker, number or heading marks."""

    id: str
    kind: UnitKind
    span: Span  # where `text` stands in the source
    text: str
    block: int = 0  # sentences of one paragraph, and wrapped pieces, share a block number
    level: int = 0  # heading level 1-6, or nesting depth of an item (0 = outermost)
    marker: str = ""  # the list marker as written ("- ", "1. ", "* "), empty for other kinds
    section: SectionKind = SectionKind.OTHER
    heading: str = ""  # id of the heading that governs this unit, or empty
    lead_in: str = ""  # id of the lead-in sentence ("You will:", "One of the following:"), or empty
    table: str = ""  # id of the header row of this row, or empty
    strength: Strength = Strength.NONE
    notice: str = ""  # id of the notice this unit belongs to, or empty
    atomic: bool = False  # a list under a quantified lead-in, kept as one piece: text may span lines
    pins: tuple[Pin, ...] = ()

    @property
    def protected(self) -> bool:
        return bool(self.notice)


class NoticeKind(StrEnum):
    """What a protected block is."""

    EEO = "eeo"
    ACCOMMODATION = "accommodation"
    PRIVACY = "privacy"
    AI_USE = "ai-use"
    FAIR_CHANCE = "fair-chance"
    PAY = "pay"
    BENEFITS = "benefits"
    INTERNAL = "internal-only"
    GRADE = "grade"
    AGENCY = "agency"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Notice:
    """Protected text (I1): a contiguous run of units that stands whole, in order, as often as in the source.

    `span` runs from the first byte of the first unit's line (its list marker or heading marks included) to
    the end of the last unit's line, without the final newline.
    """

    id: str
    kind: NoticeKind
    units: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Posting:
    """One job description, read. `source` is the decoded text, byte-order mark and front matter included."""

    path: str
    format: Format
    source: str
    front: Span  # front matter with its fences (empty span at 0 when there is none)
    front_values: dict[str, str]  # scalar front matter values as written, by key
    title: str  # best guess: front matter title, first heading, or first line
    title_unit: str  # id of the unit that holds the title, or empty
    units: tuple[Unit, ...]
    notices: tuple[Notice, ...] = ()
    newline: str = "\n"
    language: str = "en"
    by_id: dict[str, Unit] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.by_id.update({unit.id: unit for unit in self.units})

    def unit(self, unit_id: str) -> Unit:
        return self.by_id[unit_id]

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.source[self.front.end :]
