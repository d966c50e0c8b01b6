"""Years and licences: what is asked for against what can be had. Dates are arithmetic on a given day."""

import re
from collections.abc import Iterator
from datetime import date

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context
from postwright.rules.rule import Rule, tells
from postwright.rules.wording import findings
from postwright.rules.years import Claim, claims

_GRACE = 0.5  # years (tech_first_release.yaml): betas, and people who were there
_LOOSE_GRACE = 2.0  # for things without one birthday, such as "large language models"
_MANY = 3  # counts of years that replace proof (Q-YRS-2)

_BEDSIDE_TITLE = lazy_pattern(r"\b(?:nurse|RN)\b", re.IGNORECASE)
_OFFICE_TITLE = lazy_pattern(
    r"informatic|analyst|engineer|develop|manager|director|product|data|project|trainer|consult|recruit", re.IGNORECASE
)
_DEMANDS = frozenset({SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS, SectionKind.CONDITIONS})


def impossible_years(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """More years than the technology has existed."""
    for claim in claims(rule, context):
        if claim.excess(context.as_of) > _grace(claim) and not claim.joint:
            yield context.finding(rule, claim.span, why=_says(claim, context.as_of))


def stretched_years(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Barely more years than the thing is old: for early users only, or not quite possible yet."""
    for claim in claims(rule, context):
        excess = claim.excess(context.as_of)
        if 0 < excess <= _grace(claim) or (claim.joint and excess > 0):
            yield context.finding(rule, claim.span, why=_says(claim, context.as_of))


def _grace(claim: Claim) -> float:
    return _LOOSE_GRACE if claim.technology.loose else _GRACE


def _says(claim: Claim, as_of: date) -> str:
    age = claim.technology.age(as_of)
    return (
        f"{claim.years:g} years are asked for; {claim.technology.name} has been public since {claim.technology.first}, "
        f"{age:.0f} years on {as_of.isoformat()}."
    )


def many_year_counts(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Three or more counts of years among the demands, remarked once, at the first that no other rule remarks."""
    counts = [
        hit
        for hit in context.of(rule)
        if hit.unit
        and hit.unit.section in _DEMANDS
        and not tells("not_of_a_person", context.text[hit.span.end : hit.span.end + 15])
    ]
    if len(counts) >= _MANY:
        why = (
            f"{len(counts)} counts of years. They screen out people who changed fields, such as nurses in informatics."
        )
        faulted = [claim.span for claim in claims(rule, context) if claim.excess(context.as_of) > 0]
        plain = (hit for hit in counts if not any(span.meets(hit.span) for span in faulted))
        yield context.finding(rule, next(plain, counts[0]).span, why=why)


def licence_or_degree(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Two demands for a licence that contradict each other, or a nursing degree where the licence is the gate."""
    either = context.of(rule, "either")
    if either and context.of(rule, "physician"):
        why = "One line demands a physician, another accepts a nursing licence."
        yield context.finding(rule, either[0].span, why=why)
    licences = [hit for hit in context.of(rule, "licence") if hit.unit and hit.unit.id != posting.title_unit]
    nurse = _BEDSIDE_TITLE.search(posting.title) and not _OFFICE_TITLE.search(posting.title)
    degrees = context.of(rule, "nursing-degree")
    if nurse and degrees and not licences:
        yield from findings(rule, context, degrees[:1])
    licensed = {hit.unit and hit.unit.id for hit in licences}
    yield from findings(
        rule, context, (hit for hit in context.of(rule, "signs") if hit.unit and hit.unit.id not in licensed)
    )
