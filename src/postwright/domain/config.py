"""What a careers repo sets once for all postings: the value behind `postwright.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from postwright.domain.posting import SectionKind

PROVIDER_NAMES = ("anthropic", "bedrock", "bedrock-mantle", "aws", "vertex", "google-cloud", "foundry")
"""Who may serve the model; `llm.providers` says what each of them gives."""

MEANINGS = (
    "company",
    "location",
    "country",
    "workplace",
    "applicant_location",
    "employment_type",
    "date_posted",
    "valid_through",
    "requisition_id",
    "salary",
)
"""What a key of a repository's own front matter may stand for."""


class ProfileFact(NamedTuple):
    """One thing the employer states for all postings, and the section kinds it may appear in (none: any).

    `id` is what lines cite it by: `p1`, `p2`... It stays with the fact when others come and go; empty: the next free.
    """

    text: str
    sections: tuple[SectionKind, ...] = ()
    id: str = ""


class Employer(NamedTuple):
    """Who offers the jobs, and where: what structured data may say when a posting does not."""

    name: str = ""
    places: tuple[str, ...] = ()  # as postings write them: "Boston, MA"
    country: str = ""  # a name, or ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one tree of postings. `where` is the file they came from, or empty for the defaults."""

    where: str = ""
    select: tuple[str, ...] = ()  # rule ids or families; empty: all
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # glob -> rule ids
    fail_on: str = "error"  # error | warning | notice | never
    exclude: tuple[str, ...] = ()  # globs of files that are no postings
    vocabulary: tuple[str, ...] = ()  # the employer's own terms, never findings
    provided_elsewhere: tuple[str, ...] = ()  # pay | eeo | apply | ...: what a template adds around each posting
    lock: tuple[str, ...] = ()  # phrases or patterns that stay word for word
    baseline: str = ""  # path of the baseline file, relative to the config
    as_of: str = ""  # ISO date that year arithmetic counts from; empty: today
    provider: str = ""  # one of PROVIDER_NAMES; empty: the Anthropic API
    model: str = ""
    effort: str = ""
    cache: str = ""  # 5m | 1h
    prompts: str = ""  # folder of prompt templates, relative to the config
    profile: tuple[ProfileFact, ...] = ()
    employer: Employer = field(default_factory=Employer)
    front_matter: Mapping[str, str] = field(default_factory=dict)  # own key -> what it means ("date_posted")
    prices: Mapping[str, Any] = field(default_factory=dict)  # a user's own price table
