"""A team seen as a whole: which layer each posting hires for, which heads count, and what the counts say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TeamLayer(StrEnum):
    """Where a posting or a head belongs. The first three are the layers of a team that ships."""

    CLINICAL = "clinical"
    INTEGRATION = "integration"
    COMPLIANCE = "compliance"
    DELIVERY = "delivery"
    APPLIED = "applied"
    ML = "ml"
    PLATFORM = "platform"
    OTHER = "other"


THREE = (TeamLayer.CLINICAL, TeamLayer.INTEGRATION, TeamLayer.COMPLIANCE)


class Index(StrEnum):
    """Whether machine-learning research outnumbers the three layers combined (seed S1-07)."""

    OVER = "over-indexed"
    NOT_OVER = "not over-indexed"
    NO_DATA = "no data"


@dataclass(frozen=True, slots=True)
class Balance:
    """ML researchers against the three layers, in heads, postings or weights of skills."""

    clinical: float = 0
    integration: float = 0
    compliance: float = 0
    ml: float = 0

    @property
    def three(self) -> float:
        return self.clinical + self.integration + self.compliance

    @property
    def margin(self) -> float:
        """How far ML is ahead of the three layers combined. Negative: the layers are ahead."""
        return self.ml - self.three

    @property
    def ratio(self) -> float | None:
        """ML to the three layers, or None when there is nothing to divide by."""
        return self.ml / self.three if self.three else None

    @property
    def index(self) -> Index:
        """Over-indexed when strictly more; equal is not; nothing at all is no data, never a pass."""
        if not self.ml and not self.three:
            return Index.NO_DATA
        return Index.OVER if self.ml > self.three else Index.NOT_OVER


@dataclass(frozen=True, slots=True)
class Placement:
    """A posting in its layer. `evidence` and `own_models` are the posting's own words, or empty."""

    path: str
    title: str
    layer: TeamLayer
    why: str
    family: str = ""
    evidence: str = ""  # how it asks for what makes a head of its layer count
    own_models: str = ""  # what shows that the product has models of its own; read in ML postings only
    mentions_ai: bool = False
    skills: Balance = Balance()  # the must-have skills that the posting names, weighted
    findings: Mapping[str, int] = field(default_factory=dict)  # rule -> how often


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that is not counted, and why. `failed` tells one that could not be read."""

    path: str
    why: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Heads:
    """People by layer, as stated, and how many of them have the evidence that makes them count."""

    stated: Mapping[TeamLayer, int]
    proven: Mapping[TeamLayer, int] = field(default_factory=dict)

    def counted(self, layer: TeamLayer) -> int:
        """Of the three layers only heads with evidence count; a job title is none. Others count as stated."""
        return self.proven.get(layer, 0) if layer in THREE else self.stated.get(layer, 0)


@dataclass(frozen=True, slots=True)
class Share:
    """A layer's part of the open postings. The percentages of a mix sum to exactly 100."""

    layer: TeamLayer
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """A balance, the count in one sentence, and what to make of it when ML research is ahead.

    `exempt`: the product has models of its own, so that being ahead is no surplus.
    """

    balance: Balance
    says: str
    advice: str = ""
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Audit:
    """All that is said about a team. `postings` or `heads` is None when that was not looked at."""

    placements: tuple[Placement, ...] = ()
    aside: tuple[Aside, ...] = ()
    mix: tuple[Share, ...] = ()
    stated: Heads | None = None
    postings: Weighed | None = None
    heads: Weighed | None = None
    missing: tuple[tuple[TeamLayer, str], ...] = ()  # layer, warning
    notes: tuple[str, ...] = ()

    def of(self, layer: TeamLayer) -> tuple[Placement, ...]:
        return tuple(placement for placement in self.placements if placement.layer is layer)
