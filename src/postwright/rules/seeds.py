"""The seeds' anti-patterns: hiring for the model where the clinic, the records or the evidence are the work."""

import re
from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule
from postwright.rules.wording import findings, first_per_unit

_LAB_SIGNS = 3  # kinds of sign that together sound like a research lab (rules_quality.yaml, Q-SEED-2)
_VISION_SHARE = 2  # strategy verbs per verb of shipped work (Q-EXEC-1)
_LEAST_VISION = 2
_EXECUTIVE = lazy_pattern(
    r"\b(?:director|head|chief|vice president|vp|svp|evp|president|executive|c[a-z]{1,2}o|founder|founding)\b",
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


def ml_for_clinicians(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Coding skills among the demands of a posting that also demands a clinical licence."""
    if context.of(rule, "licence"):
        yield from findings(rule, context, first_per_unit(context.of(rule, "coding")))


def unsafe_tone(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """The playbook of breaking things, where patients or clinicians are near."""
    hits = context.of(rule)
    if hits and context.near_patients:
        yield from findings(rule, context, hits)


def vision_heavy(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Duties whose verbs of vision outnumber those of shipped work two to one, or one that is nothing but vision."""
    hits = context.of(rule, "vision")
    if len(hits) < _LEAST_VISION:
        return
    duties = {unit.id for unit in context.under(SectionKind.DUTIES, SectionKind.MISSION, SectionKind.OUTCOMES)}
    vision = [hit for hit in hits if hit.unit and hit.unit.id in duties]
    if len(vision) < _LEAST_VISION:
        return
    shipped = [hit for hit in context.of(rule, "shipped") if hit.unit and hit.unit.id in duties]
    if len(vision) >= _VISION_SHARE * len({hit.unit.id for hit in shipped if hit.unit}):
        yield from findings(rule, context, first_per_unit(vision))
    elif not _EXECUTIVE.search(posting.title):
        yield from findings(rule, context, _nothing_but_vision(vision, shipped)[:1])


def _nothing_but_vision(vision: list[Hit], shipped: list[Hit]) -> list[Hit]:
    """The first hit of each duty that speaks of vision twice and of nothing shipped."""
    ids = [hit.unit.id for hit in vision if hit.unit]
    done = {hit.unit.id for hit in shipped if hit.unit}
    return [
        hit for hit in first_per_unit(vision) if hit.unit and ids.count(hit.unit.id) > 1 and hit.unit.id not in done
    ]
