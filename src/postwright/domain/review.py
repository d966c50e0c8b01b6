"""What one run leaves behind for a posting: the value behind review.json, the page and the summary."""

from dataclasses import dataclass, field

from postwright.domain.critique import Answer, Critique
from postwright.domain.draft import Draft
from postwright.domain.finding import Finding
from postwright.domain.model import Usage
from postwright.domain.posting import Notice, Unit

REVIEW_VERSION = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """What was paid, in US dollars. `usd` is None when the model is in no price table ("unknown")."""

    usd: float | None
    table_date: str
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """One posting's books. `still` is what the rules find on the draft: what stays wrong until someone answers."""

    path: str
    digest: str  # SHA-256 of the source bytes
    source: str
    title: str
    engine: str  # model name, or "rules"
    prompts: str  # fingerprint of the prompt templates, empty for the rules engine
    created: str  # ISO 8601, UTC
    program: str  # version of postwright
    critique: Critique
    units: tuple[Unit, ...]
    notices: tuple[Notice, ...]
    draft: Draft | None = None
    still: tuple[Finding, ...] = ()
    answers: tuple[Answer, ...] = ()
    profile: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    cost: Cost | None = None
    version: int = REVIEW_VERSION
