"""What is said about a posting: findings, coverage, verdict, questions and answers."""

from dataclasses import dataclass
from enum import StrEnum

from postwright.domain.posting import SectionKind, Span, Strength


class Severity(StrEnum):
    """How bad a finding is. Only errors block by default."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Layer(StrEnum):
    """The three layers of a team that ships, and the fourth thing: execution."""

    CLINICAL = "clinical"
    INTEGRATION = "integration"
    COMPLIANCE = "compliance"
    EXECUTION = "execution"


class Verdict(StrEnum):
    """What to do with a posting."""

    READY = "ready"
    TOUCH_UP = "touch up"
    REWORK = "rework"
    DECIDE_ROLE = "decide the role first"
    OUT_OF_SCOPE = "out of scope"
    NOT_A_POSTING = "not a posting"


FREE_VERDICTS = frozenset({Verdict.READY, Verdict.OUT_OF_SCOPE, Verdict.NOT_A_POSTING})
"""Verdicts that make no call to a model and no draft."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A located remark. `span` is in characters of the posting's source and `quote` is its text."""

    rule: str  # rule id, or "model" for a remark by the model
    severity: Severity
    unit: str  # unit id, or empty for the posting as a whole (front matter, absences)
    span: Span
    quote: str
    why: str
    fix: str
    replacement: str | None = None  # the text that safely replaces the quote, or None when no safe fix exists
    layer: Layer | None = None
    group: str = ""  # plain words for a group of alike findings ("impossible years")


@dataclass(frozen=True, slots=True)
class LayerCoverage:
    """How well the posting hires for one layer: 0 (absent) to 4 (owned, with evidence)."""

    layer: Layer
    score: int
    units: tuple[str, ...]
    gap: str
    owned: bool = True  # whether this role family should own the layer
    others: str = ""  # who covers it, when the family does not own it


@dataclass(frozen=True, slots=True)
class Scope:
    """The role family, and what the posting is about."""

    family: str  # id in role_families.yaml, or empty
    family_layer: str  # clinical | integration | compliance | applied_llm | ml_research | infrastructure | cross
    owns: tuple[Layer, ...]
    healthcare: bool
    mentions_ai: bool
    title: str = ""  # the family's plain name


class AnswerStatus(StrEnum):
    """How a question was answered."""

    VALUE = "value"
    NOT_APPLICABLE = "not applicable"
    DO_NOT_PUBLISH = "do not publish"
    ASK = "ask someone else"


@dataclass(frozen=True, slots=True)
class Question:
    """Something the posting does not say. `id` is the slot (`pay.range`) or `open.<hash>` for a free question."""

    id: str
    ask: str
    why: str
    slot: bool  # typed: code renders the answer; else the model may cite it
    leads: bool = False  # one answer would change the whole job: this question comes first
    layer: Layer | None = None
    units: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered to one question. Only `text` is citable, never the question."""

    id: str
    status: AnswerStatus
    text: str = ""
    by: str = ""
    on: str = ""  # ISO date


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed place for an answer: its label in the posting, where it may stand, and how strong it is there."""

    id: str
    label: str
    section: SectionKind
    strength: Strength
    ask: str
    accepts: str  # what the answer must hold: money | date | contact | hours | percent | list | text
    many: bool = False  # a list: each line of the answer becomes a line of its own


@dataclass(frozen=True, slots=True)
class Critique:
    """All that is said about one posting."""

    verdict: Verdict
    diagnosis: str  # one sentence
    scope: Scope
    coverage: tuple[LayerCoverage, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    dismissed: tuple[tuple[Finding, str], ...] = ()  # rule findings the model set aside, with its reason
    discarded_quotes: int = 0  # model quotes that were not in their unit
    notes: tuple[str, ...] = ()  # what could not be judged, and why ("pay law not checked")
