"""Years, degrees and licences: what is asked for against what can be had. Dates are arithmetic on a given day."""

import re
from collections.abc import Iterator
from datetime import date

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Strength, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule, tells
from postwright.rules.wording import findings
from postwright.rules.years import Claim, claims

_GRACE = 0.5  # years (tech_first_release.yaml): betas, and people who were there
_LOOSE_GRACE = 2.0  # for things without one birthday, such as "large language models"
_MANY = 3  # counts of years that replace proof (Q-YRS-2)

_OR_BEFORE = lazy_pattern(r"(?:\bor\b|/)\s*(?:an? )?$", re.IGNORECASE)
_BEDSIDE_TITLE = lazy_pattern(r"\b(?:nurse|RN)\b", re.IGNORECASE)
_OFFICE_TITLE = lazy_pattern(
    r"informatic|analyst|engineer|develop|manager|director|product|data|project|trainer|consult|recruit", re.IGNORECASE
)
_YOU_HAVE = lazy_pattern(r"(?:you )?(?:have|hold|must have|must hold|possess)(?: an?)? ", re.IGNORECASE)
_LICENCE = lazy_pattern(r"\blicen[cs]|\bRN\b", re.IGNORECASE)
_DEMANDS = frozenset({SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS, SectionKind.CONDITIONS})


def impossible_years(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """More years than the technology has existed."""
    for claim in claims(rule, context):
        if claim.excess(context.as_of) > _grace(claim):
            yield context.finding(rule, claim.span, why=_says(claim, context.as_of))


def stretched_years(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Barely more years than the thing is old: for early users only, or not quite possible yet."""
    for claim in claims(rule, context):
        if 0 < claim.excess(context.as_of) <= _grace(claim):
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


def degree_demands(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Degrees demanded without anything in their place. Degrees behind a clinical licence are left alone."""
    for hit in context.of(rule):
        behind = re.split(r"[.;\n]", context.text[hit.span.end : hit.span.end + 30])[0]
        around = hit.span.of(context.text) + ("" if hit.name == "demanded" else behind)
        if hit.unit is None or _leads_to_a_licence(around) or tells("soft", around):
            continue
        if hit.name == "doctorate" and _OR_BEFORE.search(context.text, hit.unit.span.start, hit.span.start):
            continue  # "MSc or PhD" demands the first of the two
        if _demanded(hit, hit.unit, around) and not _replaceable(posting, hit.unit):
            yield context.finding(rule, _trimmed(hit.span, context.text))


def _leads_to_a_licence(said: str) -> bool:
    """True for a clinical degree. "Nursing, business or informatics" is a demand for any degree."""
    return tells("clinical_degree", said) and (_LICENCE.search(said) is not None or not tells("other_degree", said))


def _demanded(hit: Hit, unit: Unit, around: str) -> bool:
    """True if words demand the degree, or an item in a list of demands is nothing but the degree."""
    if hit.name in {"demanded", "must"} or re.search(r"\brequired\b|\bmust\b|\bmandatory\b", around, re.IGNORECASE):
        return True
    if unit.kind is not UnitKind.ITEM or unit.section not in _DEMANDS or unit.strength is Strength.NICE:
        return False
    before = unit.text[: hit.span.start - unit.span.start]
    first = not before or _YOU_HAVE.fullmatch(before) is not None
    return hit.name == "doctorate" or (first and unit.section is SectionKind.MUST_HAVE)


def _replaceable(posting: Posting, unit: Unit) -> bool:
    """True if a line of the same list accepts something else in place of the degree."""
    beside = (other.text for other in posting.units if other.heading == unit.heading and other.section is unit.section)
    return any(tells("degree_replaced", text) for text in beside)


def _trimmed(span: Span, text: str) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip(" ,;:-")))


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
