"""Years and licences: what is asked for against what can be had. Dates are arithmetic on a given day."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Strength, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.requirements import demanded_wishes
from postwright.rules.rule import Rule, tells
from postwright.rules.wording import findings, first_per_unit
from postwright.rules.years import Claim, claims

_GRACE = 0.5  # years (tech_first_release.yaml): betas, and people who were there
_LOOSE_GRACE = 2.0  # for things without one birthday, such as "large language models"
_MANY = 3  # counts of years that replace proof (Q-YRS-2)

_SPENT = lazy_pattern(
    r"\b(?:years?|yrs)['’]? (?:of (?!age)|in (?!business)|with|as an?|leading|managing|working|using)\b", re.IGNORECASE
)
"""A count of years with what they are spent on: "6 years in health IT"."""
_NURSE_TITLE = lazy_pattern(
    r"\b(?:nurse|RN|midwife)\b(?![ -](?:call|staffing|scheduling|recruit\w+|education|hiring)\b)"
    r"(?![ -](?:facing|product|platform|app)\b)"
    r"(?!.*\b(?:engineer|developer|recruiter|product manager|software)\b)",
    re.IGNORECASE,
)
_PHYSICIAN_TITLE = lazy_pattern(
    r"\b(?:physician (?:reviewer|advisor|adviser|lead)|medical director|doctor)\b", re.IGNORECASE
)
_PHARMACIST_TITLE = lazy_pattern(r"\bpharmacist\b", re.IGNORECASE)
_DEMANDED = lazy_pattern(r"\b(?:required|mandatory|a must)\b", re.IGNORECASE)
_BY_DEGREE = (
    (_NURSE_TITLE, "nursing-degree"),
    (_PHYSICIAN_TITLE, "medical-degree"),
    (_PHARMACIST_TITLE, "pharmacy-degree"),
)
"""Titles of people who need a licence, and the term for the degree that is asked for instead."""
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
    """Three or more counts of years among the demands: every line with one that no other rule remarks."""
    said = context.of(rule)
    if len(said) < _MANY:
        return
    taken_back = {unit.heading for unit in demanded_wishes(context)}
    counts = [
        hit
        for hit in said
        if hit.unit
        and (hit.unit.section in _DEMANDS or hit.unit.heading in taken_back or _demands(hit.unit))
        and not tells("not_of_a_person", context.text[hit.span.end : hit.span.end + 15])
    ]
    if len(counts) >= _MANY:
        why = (
            f"{len(counts)} counts of years. They screen out people who changed fields, such as nurses in informatics."
        )
        faulted = [claim.span for claim in claims(rule, context) if claim.excess(context.as_of) > 0]
        plain = [hit for hit in counts if not any(span.meets(hit.span) for span in faulted)]
        for hit in first_per_unit(plain or counts[:1]):
            yield context.finding(rule, hit.span, why=why)


def _demands(unit: Unit) -> bool:
    """True for a sentence that asks for experience outside the list of demands."""
    if unit.section in {SectionKind.OFFER, SectionKind.ABOUT, SectionKind.PAY, SectionKind.NICE_TO_HAVE}:
        return False
    asked = unit.strength is Strength.MUST or tells("sought", unit.text)
    return (asked and "xperience" in unit.text) or len(_SPENT.findall(unit.text)) >= _MANY


def licence_or_degree(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Two demands for a licence that contradict each other, or a clinical degree where the licence is the gate."""
    yield from _contradictions(rule, posting, context)
    licences = [hit for hit in context.of(rule, "licence") if _gates(hit, posting, context)]
    if not licences:
        for title, degree in _BY_DEGREE:
            if title.search(posting.title):
                asked = _asked(posting, context.of(rule, degree))
                listed = [hit for hit in asked if hit.unit and hit.unit.section is not SectionKind.DUTIES]
                yield from findings(rule, context, listed[:1])
    licensed = {hit.unit and hit.unit.id for hit in licences}
    yield from findings(
        rule, context, (hit for hit in context.of(rule, "signs") if hit.unit and hit.unit.id not in licensed)
    )


def _gates(hit: Hit, posting: Posting, context: Context) -> bool:
    """True for a licence that is asked for. The title and "RN residency" among the duties ask for none."""
    if hit.unit is None or hit.unit.id == posting.title_unit:
        return False
    return hit.unit.section is not SectionKind.DUTIES or hit.span.of(context.text) != "RN"


def _contradictions(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Remarked at the line that accepts less than another demands, or something else."""
    physician, either = context.of(rule, "physician"), context.of(rule, "either")
    if either and physician:
        yield context.finding(
            rule, either[0].span, why="One line demands a physician, another accepts a nursing licence."
        )
    denied, held = context.of(rule, "denied"), context.of(rule, "held")
    for hit in denied[:1]:
        if any(other.unit != hit.unit and not other.span.meets(hit.span) for other in held):
            yield context.finding(rule, hit.span, why="One line demands the licence, another says that none is needed.")
    nurse = _asked(posting, context.of(rule, "nurse"))
    if physician and nurse and not either:
        yield context.finding(rule, nurse[0].span, why="One line demands a physician, another a nursing licence.")


def _asked(posting: Posting, hits: Iterable[Hit]) -> list[Hit]:
    """Those that are demanded: not wished for, and not with something else in their place."""
    return [
        hit
        for hit in hits
        if hit.unit
        and hit.unit.id != posting.title_unit
        and hit.unit.section not in {SectionKind.OFFER, SectionKind.ABOUT}
        and (hit.unit.section is not SectionKind.NICE_TO_HAVE or _DEMANDED.search(hit.unit.text))
        and (hit.unit.strength is not Strength.NICE or hit.unit.kind is UnitKind.HEADING)
        and not tells("soft", hit.unit.text)
        and not tells("degree_replaced", hit.unit.text)
        and not tells("degree_replaced_here", hit.unit.text)
    ]
