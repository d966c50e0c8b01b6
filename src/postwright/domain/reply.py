"""The one shape of Claude's reply. Every field is required (optional ones slow grammar compilation); absence is empty.

Output tokens must grow with what changes, so a line that keeps units names them and never repeats their text,
headings of the source need no entry, and findings of the rules are not said again.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from postwright.domain.finding import Layer, Severity
from postwright.domain.posting import SectionKind


def _lower(value: object) -> object:
    """The API does not promise the letter case of enum values."""
    return value.strip().lower() if isinstance(value, str) else value


LayerName = Annotated[Layer, BeforeValidator(_lower)]
SeverityName = Annotated[Severity, BeforeValidator(_lower)]
SectionName = Annotated[SectionKind, BeforeValidator(_lower)]
UnitId = Annotated[str, Field(max_length=64)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CoverageNote(_Part):
    """0 absent, 1 named, 2 duties without an owner, 3 owned duties, 4 owned with evidence or outcome."""

    layer: LayerName
    score: Literal[0, 1, 2, 3, 4]
    units: list[UnitId]
    gap: str


class NewFinding(_Part):
    """A remark that the rules' findings do not already make. `quote` is verbatim text of the unit."""

    unit: UnitId
    quote: str
    severity: SeverityName
    why: str
    fix: str


class Dismissal(_Part):
    """A finding of the rules (`f3`) that is wrong here, with the reason."""

    finding: UnitId
    reason: str


class OpenQuestion(_Part):
    """A question only the hiring manager can answer."""

    layer: LayerName
    ask: str
    why: str


class KeepLine(_Part):
    """Units kept verbatim, in this order. A notice is kept by naming any of its units."""

    keep: list[UnitId]


class TextLine(_Part):
    """A reworded (one source) or merged (several) line. Every fact and content word stands in the sources."""

    id: UnitId
    text: str
    sources: list[UnitId]
    why: str


class ProposalLine(_Part):
    """A new line, marked for a person to confirm. It holds no figure, pay, date, contact, claim, licence or product."""

    id: UnitId
    propose: str
    layer: LayerName
    why: str


ReplyLine = KeepLine | TextLine | ProposalLine


class ReplySection(_Part):
    """A section of the draft. `heading` is empty for the house heading, or the id of a source heading to keep."""

    kind: SectionName
    heading: UnitId
    lines: list[ReplyLine]


class Removal(_Part):
    """Units left out, with one reason in a few words (`group`, as on a card: "research pedigree") and why."""

    units: list[UnitId]
    group: str
    why: str


class ProposedTitle(_Part):
    """A clearer title. It stays a proposal until a person accepts it."""

    text: str
    why: str


class Reply(_Part):
    """The whole reply. A critique without a draft has no sections; a repair has only the replaced lines."""

    summary: str
    coverage: list[CoverageNote]
    findings: list[NewFinding]
    dismissed: list[Dismissal]
    questions: list[OpenQuestion]
    title: ProposedTitle | None
    sections: list[ReplySection]
    removals: list[Removal]
