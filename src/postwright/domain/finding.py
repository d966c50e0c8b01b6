"""What the rules say about a posting: findings, how it hires for each layer, and what it is about."""

from dataclasses import dataclass
from enum import StrEnum

from postwright.domain.posting import Span


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
