"""All that is said about a posting: its verdict, and what it does not say itself, as questions with answers."""

from dataclasses import dataclass, replace
from enum import StrEnum

from postwright.domain.finding import Finding, Layer, LayerCoverage, Scope
from postwright.domain.posting import SectionKind, Strength


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

    @property
    def is_value(self) -> bool:
        """True for what a posting may state; the other answers say why it states nothing."""
        return self.status is AnswerStatus.VALUE


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
    dismissed: tuple[tuple[Finding, str], ...] = ()  # those of the findings that the model disagrees with, and why
    discarded_quotes: int = 0  # model quotes that were not in their unit
    notes: tuple[str, ...] = ()  # what was not read or not judged, and why ("pay law not checked")

    def noting(self, left_out: tuple[str, ...]) -> "Critique":
        """The same, with what a converter passed over in the file told first."""
        return replace(self, notes=(*left_out, *self.notes)) if left_out else self
