"""Typed questions about what a posting leaves open: the few that matter most, in plain words."""

from collections.abc import Iterable, Mapping
from functools import cache

from postwright.domain.critique import Answer, AnswerStatus, Question, Slot
from postwright.domain.finding import Finding, Layer, LayerCoverage, Scope
from postwright.domain.posting import Posting, SectionKind, Strength
from postwright.knowledge.loader import load
from postwright.rules.conflict import Conflict
from postwright.rules.openings import Case, openings

MOST = 8
"""Questions asked at once. More is a form, and nobody fills in a form."""

_STRENGTHS = {"none": Strength.NONE, "duty": Strength.DUTY, "nice": Strength.NICE, "must": Strength.MUST}


@cache
def slots() -> Mapping[str, Slot]:
    """Every typed place for an answer, by id (knowledge/data/slots.yaml). Never change it."""
    return {
        key: Slot(
            id=key,
            label=slot["label"],
            section=SectionKind(slot["section"]),
            strength=_STRENGTHS[slot["strength"]],
            ask=slot["ask"],
            accepts=slot["accepts"],
            many=bool(slot.get("many")),
        )
        for key, slot in load("slots")["slots"].items()
    }


def questions_for(
    posting: Posting,
    scope: Scope,
    coverage: tuple[LayerCoverage, ...],
    findings: Iterable[Finding],
    answers: Iterable[Answer] = (),
) -> tuple[Question, ...]:
    """At most `MOST` questions, the weightiest first. An answered slot is not asked again, unless someone else is
    to be asked."""
    case = Case(posting, scope, coverage, tuple(findings))
    settled = {answer.id for answer in answers if answer.status is not AnswerStatus.ASK}
    raised = {slot: units for slot, units in openings(case).items() if slot not in settled}
    known = load("slots")["slots"]
    order = sorted(raised, key=lambda slot: -known[slot]["weight"])
    return tuple(_question(slot, raised[slot], case.conflict) for slot in order[:MOST])


def _question(slot: str, units: tuple[str, ...], conflict: Conflict | None) -> Question:
    known = load("slots")["slots"][slot]
    leads = bool(known.get("leads"))
    return Question(
        id=slot,
        ask=known["ask"],
        why=known["why"],
        slot=True,
        leads=leads,
        layer=Layer(known["layer"]) if "layer" in known else None,
        units=units,
        choices=conflict.choices if leads and conflict else tuple(known.get("choices", ())),
    )
