"""The seeds' anti-patterns: hiring for the model where the clinic, the records or the evidence are the work."""

import re
from collections.abc import Iterator
from itertools import pairwise

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Unit
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule, tells
from postwright.rules.searching import pattern
from postwright.rules.wording import findings, first_per_unit

_LAB_SIGNS = 3  # kinds of sign that together sound like a research lab (rules_quality.yaml, Q-SEED-2)
_VISION_SHARE = 2  # strategy verbs per verb of shipped work (Q-EXEC-1)
_LEAST_VISION = 2
_MOST_REMARKS = 2  # duties of vision that are shown
_EXECUTIVE = lazy_pattern(
    r"\b(?:director|head|chief|vice president|vp|svp|evp|president|executive|c[a-z]{1,2}o|founder|founding)\b",
    re.IGNORECASE,
)
_INTEGRATES = lazy_pattern(r"\b(?:interfac\w+|integrat\w+|interop\w*|hl7|fhir|ehr|emr|epic)\b", re.IGNORECASE)
_ONE_DUTY = 120  # characters
_CLINICIAN = lazy_pattern(
    r"\b(?:nurs(?:e|es|ing)|rn|physician|doctor|pharmacist|therapist|clinician|midwife|surgeon|radiographer|cmio|cnio"
    r"|clinical informatici(?:st|an)|nurse informaticist|paramedic|dietitian|consultant in)\b",
    re.IGNORECASE,
)


def research_lab(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Every sign of a research lab, where three kinds of them stand in a healthcare posting."""
    hits = context.of(rule)
    if len({hit.name for hit in hits}) >= _LAB_SIGNS and context.scope.healthcare:
        yield from findings(rule, context, _one_per_sign(hits))


def _one_per_sign(hits: tuple[Hit, ...]) -> list[Hit]:
    """The first hit of each kind in each sentence."""
    seen: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        seen.setdefault((hit.unit.id if hit.unit else "", hit.name), hit)
    return list(seen.values())


def ml_for_clinicians(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Model building asked of a nurse, a pharmacist or a physician: by the title, or by a licence that is demanded."""
    if context.of(rule, "coding") and (_CLINICIAN.search(posting.title) or context.of(rule, "licence")):
        yield from findings(rule, context, first_per_unit(context.of(rule, "coding")))


def integration_side_task(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Integration as something to help out with. Where the title names it, it is the job: another team's counts."""
    hits = first_per_unit(context.of(rule, "", "other"))
    if _INTEGRATES.search(posting.title):
        hits = [hit for hit in hits if hit.name == "other" or (hit.unit and posting.title in hit.unit.text)]
    else:
        hits += _on_the_side(context.of(rule, "connects"), {hit.unit.id for hit in hits if hit.unit})
    yield from findings(rule, context, hits)


def _on_the_side(hits: tuple[Hit, ...], told: set[str]) -> list[Hit]:
    """Short duties that connect to the records by favour or under pressure."""
    duties = [hit for hit in first_per_unit(hits) if hit.unit and hit.unit.section is SectionKind.DUTIES]
    return [
        hit._replace(span=hit.unit.span)
        for hit in duties
        if hit.unit and hit.unit.id not in told and len(hit.unit.text) < _ONE_DUTY and tells("side_task", hit.unit.text)
    ]


def accuracy_only(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Success by a model's score, in one sentence or by "this figure" right behind what names the score."""
    hits = [*context.of(rule, ""), *_of_that_score(rule, context), *_nothing_but_points(rule, context)]
    by_unit: dict[str, list[Span]] = {}
    for hit in hits:
        by_unit.setdefault(hit.unit.id if hit.unit else "", []).append(hit.span)
    for spans in by_unit.values():
        yield context.finding(rule, Span(min(spans).start, max(span.end for span in spans)))


def _of_that_score(rule: Rule, context: Context) -> list[Hit]:
    """ "Bonus targets follow these scores" where the sentence itself or the one before names a model's score."""
    said = context.of(rule, "figure")
    if not said:
        return []
    scored = {hit.unit.id for hit in context.of(rule, "score") if hit.unit}
    before = {unit.id: last.id for last, unit in pairwise(context.prose)}
    return [hit for hit in said if hit.unit and {hit.unit.id, before.get(hit.unit.id)} & scored]


def _nothing_but_points(rule: Rule, context: Context) -> list[Hit]:
    """The first score in the section on success, where more than half of its lines name scores and none a use."""
    points = context.of(rule, "points")
    if not points:
        return []
    success = list(context.under(SectionKind.OUTCOMES))
    ids = {unit.id for unit in success}
    scored = [hit for hit in points if hit.unit and hit.unit.id in ids]
    used = any(hit.unit and hit.unit.id in ids for hit in context.of(rule, "use"))
    enough = len({hit.unit.id for hit in scored if hit.unit}) > len(success) / 2
    return scored[:1] if enough and not used else []


def unsafe_tone(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """The playbook of breaking things, where patients or clinicians are near."""
    hits = context.of(rule)
    if hits and context.near_patients:
        yield from findings(rule, context, hits)


def vision_heavy(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Duties whose verbs of vision outnumber those of shipped work two to one, or one that is nothing but vision."""
    talk = context.of(rule, "vision", "word", "alone")
    if not talk:
        return
    duties = {unit.id for unit in context.under(SectionKind.DUTIES, SectionKind.MISSION, SectionKind.OUTCOMES)}
    vision = _in_units(context.of(rule, "vision"), duties)
    if len(vision) >= _LEAST_VISION:
        shipped = _in_units(context.of(rule, "shipped"), duties)
        if len(vision) >= _VISION_SHARE * len({hit.unit.id for hit in shipped if hit.unit}):
            yield from findings(rule, context, first_per_unit(vision))
            return
    if not _EXECUTIVE.search(posting.title):
        yield from findings(rule, context, _nothing_but_vision(rule, context, _in_units(talk, duties))[:_MOST_REMARKS])


def _in_units(hits: tuple[Hit, ...], ids: set[str]) -> list[Hit]:
    return [hit for hit in hits if hit.unit and hit.unit.id in ids]


def _nothing_but_vision(rule: Rule, context: Context, talk: list[Hit]) -> list[Hit]:
    """The first hit of each duty that speaks of vision twice, or sets nothing but a vision, and of nothing shipped."""
    bare = {hit.unit.id: hit.span for hit in reversed(context.of(rule, "alone")) if hit.unit}
    return [
        hit
        for hit in first_per_unit(talk)
        if hit.unit
        and (hit.unit.id in bare or _twice(_said(rule, hit.unit, "word", "aim")))
        and not _ships(rule, hit.unit, bare.get(hit.unit.id))
    ]


def _ships(rule: Rule, unit: Unit, bare: Span | None) -> bool:
    """True if the duty names work that gets done, besides "develop a vision"."""
    return any(bare is None or not span.meets(bare) for span in _said(rule, unit, "shipped"))


def _said(rule: Rule, unit: Unit, *names: str) -> list[Span]:
    """Where one unit holds terms of these names: a whole posting is not searched for what few units need."""
    finds = (pattern(f"(?i){term.find}") for term in rule.terms if term.name in names)
    return sorted(Span(*span).shift(unit.span.start) for find in finds for span in find.spans(unit.text))


def _twice(said: list[Span]) -> bool:
    """Two words of this kind. Side by side ("strategic vision") they are one."""
    return any(after.start > before.end + 1 for before, after in pairwise(said))
