"""The Three-Layer Audit: which heads count, what the numbers of a team say, and which layer is missing.

The test is an opinion (seeds S1-05 to S1-08), so it is worded as a signal about where hiring goes, never about people.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from postwright.domain.team import THREE, Aside, Audit, Balance, Heads, Index, Placement, Share, TeamLayer, Weighed
from postwright.knowledge.loader import load

NAMES = {
    TeamLayer.CLINICAL: "clinical workflow",
    TeamLayer.INTEGRATION: "EHR integration",
    TeamLayer.COMPLIANCE: "compliance and validation",
    TeamLayer.DELIVERY: "delivery",
    TeamLayer.APPLIED: "applied AI",
    TeamLayer.ML: "ML research",
    TeamLayer.PLATFORM: "platform",
    TeamLayer.OTHER: "other work",
}
_MISSING = {
    TeamLayer.CLINICAL: "nobody is there to say what a correct result is",
    TeamLayer.INTEGRATION: "nobody is there to connect the product to the record that clinicians use",
    TeamLayer.COMPLIANCE: "nobody is there to protect patient data and to show that the product works",
}
_SIGNAL = (
    "This is a signal about where hiring goes, not about people: before the next ML opening, ask which of the three "
    "layers waits. A product with models of its own (imaging, waveforms, foundation models) would be an exception."
)


@cache
def evidence_done(layer: TeamLayer) -> str:
    """What a head of this layer must have done: `touched FHIR`."""
    done: str = load("team")["evidence"][layer.value]["done"]
    return done


def mix_of(placements: Sequence[Placement]) -> tuple[Share, ...]:
    """Open postings by layer in whole percent, largest remainders first, so that they sum to 100. Empty: none."""
    counts = {layer: sum(p.layer is layer for p in placements) for layer in TeamLayer}
    total = len(placements)
    if not total:
        return ()
    percent = {layer: 100 * count // total for layer, count in counts.items()}
    by_remainder = sorted(counts, key=lambda layer: -(100 * counts[layer] % total))
    for layer in by_remainder[: 100 - sum(percent.values())]:
        percent[layer] += 1
    return tuple(Share(layer, counts[layer], percent[layer]) for layer in TeamLayer)


def audit(
    placements: Sequence[Placement] = (),
    aside: Sequence[Aside] = (),
    heads: Heads | None = None,
    *,
    looked: bool = True,
    own_models: bool = False,
) -> Audit:
    """What the postings, the heads or both say. `looked`: there was a folder; `own_models`: stated by a person."""
    postings = Balance(*(sum(p.layer is layer for p in placements) for layer in (*THREE, TeamLayer.ML)))
    people = Balance(*(heads.counted(layer) for layer in (*THREE, TeamLayer.ML))) if heads else Balance()
    own = ("as you say",) if own_models else _own_models(placements)
    evidence = bool(postings.compliance or people.compliance)
    return Audit(
        placements=tuple(placements),
        aside=tuple(aside),
        mix=mix_of(placements),
        stated=heads,
        postings=_weighed(postings, "postings", own, evidence=evidence) if looked else None,
        heads=_weighed(people, "heads that count", own, evidence=evidence) if heads else None,
        missing=_missing(postings, people, heads, some=bool(placements), looked=looked),
        notes=_notes(placements, heads, people, looked=looked),
    )


def _own_models(placements: Sequence[Placement]) -> tuple[str, ...]:
    """What shows a product with models of its own, when at least half of the ML postings show it."""
    research = [p for p in placements if p.layer is TeamLayer.ML]
    showing = [p.own_models for p in research if p.own_models]
    return tuple(dict.fromkeys(showing)) if 2 * len(showing) >= len(research) else ()


def _weighed(balance: Balance, what: str, own: Sequence[str], *, evidence: bool) -> Weighed:
    ml, three = f"{balance.ml:g}", f"{balance.three:g}"
    if balance.index is Index.NO_DATA:
        return Weighed(balance, f"No {what} in the three layers or in ML research.")
    if balance.index is Index.NOT_OVER:
        tie = ": equal is not over" if not balance.margin else ""
        return Weighed(balance, f"{ml} in ML research, {three} in the three layers together ({what}){tie}.")
    says = f"{ml} in ML research against {three} in the three layers together ({what})."
    if not own:
        return Weighed(balance, says, _SIGNAL)
    return Weighed(balance, says, _exception(own, evidence=evidence), exempt=True)


def _exception(own: Sequence[str], *, evidence: bool) -> str:
    shown = ", ".join(own[:3])
    start = f"The product has models of its own, it seems ({shown}): building them is its work, so keep the ML roles."
    if evidence:
        return f"{start} Compliance and validation work is there to show that they hold up."
    return f"{start} What is missing is somebody who shows that they hold up: validation and regulatory evidence."


def _missing(
    postings: Balance, people: Balance, heads: Heads | None, *, some: bool, looked: bool
) -> tuple[tuple[TeamLayer, str], ...]:
    """Layers that neither a posting nor a head that counts covers. Without a posting or head nothing is missing."""
    if not some and not _has_heads(heads):
        return ()
    return tuple(
        (layer, _warning(layer, heads, looked=looked)) for layer in THREE if not _covered(layer, postings, people)
    )


def _has_heads(heads: Heads | None) -> bool:
    return heads is not None and any(heads.stated.values())


def _covered(layer: TeamLayer, *balances: Balance) -> bool:
    return any(getattr(balance, layer.value) for balance in balances)


def _warning(layer: TeamLayer, heads: Heads | None, *, looked: bool) -> str:
    who = {(True, False): "no posting hires for it", (False, True): "no head counts"}
    said = who.get((looked, heads is not None), "no posting hires for it and no head counts")
    stated = heads.stated.get(layer, 0) if heads else 0
    unproven = f" ({stated} stated, none with evidence: {evidence_done(layer)})" if stated else ""
    return f"Missing layer, {NAMES[layer]}: {said}{unproven}, so {_MISSING[layer]}."


def _notes(placements: Sequence[Placement], heads: Heads | None, people: Balance, *, looked: bool) -> tuple[str, ...]:
    notes = []
    if looked and placements and not any(p.mentions_ai for p in placements):
        notes.append("No posting here mentions AI. The three layers are what a team that ships AI needs.")
    if heads and (short := _short(heads)):
        notes.append(f"Heads count only with evidence: {short}. A job title is no evidence.")
        stated = Balance(*(heads.stated.get(layer, 0) for layer in (*THREE, TeamLayer.ML)))
        if stated.index is not people.index:
            notes.append(f"By job titles alone it would be: {stated.index} ({stated.ml:g} to {stated.three:g}).")
    return tuple(notes)


def _short(heads: Heads) -> str:
    short: Mapping[TeamLayer, int] = {layer: heads.stated.get(layer, 0) - heads.counted(layer) for layer in THREE}
    return "; ".join(
        f"{number} of {heads.stated[layer]} in {NAMES[layer]} not known to have {evidence_done(layer)}"
        for layer, number in short.items()
        if number
    )


def checked_heads(stated: Mapping[TeamLayer, int], proven: Mapping[TeamLayer, int]) -> str:
    """What is wrong with the numbers in one sentence, or empty."""
    outside = [layer for layer in proven if layer not in THREE]
    if outside:
        return f"{outside[0].value} needs no evidence: its heads count as stated"
    over = [layer for layer, number in proven.items() if number > stated.get(layer, 0)]
    if over:
        return f"more heads with evidence than heads in {over[0].value}"
    return ""
