"""The Three-Layer Audit: which layer a posting hires for, which heads count, and what their numbers say.

The test is an opinion (seeds S1-05 to S1-08), so it is worded as a signal about where hiring goes, never about people.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from postwright.domain.critique import Finding, Scope
from postwright.domain.posting import Posting
from postwright.domain.team import THREE, Aside, Audit, Balance, Heads, Index, Placement, Share, TeamLayer, Weighed
from postwright.knowledge.loader import load
from postwright.rules.evidence import Role, sightings, speaking
from postwright.rules.pages import why_not_a_posting
from postwright.rules.patterns import any_of
from postwright.rules.scope import group_weights, plain_title, scope_of, titled_layer

_LAYERS = {
    "clinical": TeamLayer.CLINICAL,
    "integration": TeamLayer.INTEGRATION,
    "compliance": TeamLayer.COMPLIANCE,
    "applied_llm": TeamLayer.APPLIED,
    "ml_research": TeamLayer.ML,
    "infrastructure": TeamLayer.PLATFORM,
}
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


def place(posting: Posting, findings: Iterable[Finding] = ()) -> Placement | Aside:
    """The layer that a posting hires for and why; pages that are no postings, or not in health care, do not count."""
    if page := why_not_a_posting(posting):
        return Aside(posting.path, page)
    scope = scope_of(posting)
    if not scope.healthcare:
        return Aside(posting.path, "Not a healthcare job.")
    layer = _layer_of(posting, scope)
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return Placement(
        path=posting.path,
        title=posting.title,
        layer=layer,
        why=_why(posting, scope, layer),
        family=scope.family,
        evidence=_first(posting, evidence_asked(layer)) if layer in THREE else "",
        own_models=_first(posting, tuple(load("team")["own_models"])) if layer is TeamLayer.ML else "",
        mentions_ai=scope.mentions_ai,
        skills=skills_of(posting),
        findings=counts,
    )


def _layer_of(posting: Posting, scope: Scope) -> TeamLayer:
    """The family's layer. One that should not own that layer carries work into use: that is delivery."""
    if not scope.family:
        return TeamLayer.OTHER
    if _runs_projects(posting):
        return TeamLayer.DELIVERY
    if scope.family in load("team")["by_work"] and not _works_on(posting, scope.family_layer):
        return TeamLayer.OTHER
    layer = _LAYERS.get(scope.family_layer, TeamLayer.OTHER)
    owned = {own.value for own in scope.owns}
    return TeamLayer.DELIVERY if layer in THREE and layer.value not in owned else layer


def _runs_projects(posting: Posting) -> bool:
    """A project manager carries work into use, whatever the project is about."""
    return any_of(load("team")["delivery_titles"]).search(plain_title(posting.title)) is not None


def _works_on(posting: Posting, group: str) -> bool:
    """True when duties or must-haves name skills of the group: an ordinary tester's do not."""
    return any(s.term.group == group and s.role in {Role.DUTY, Role.MUST} for s in sightings(posting))


def _why(posting: Posting, scope: Scope, layer: TeamLayer) -> str:
    if layer is TeamLayer.OTHER and scope.family:
        return (
            f"Its title reads as {_article(scope.title)} {scope.title}, but neither duties nor must-haves bear it out."
        )
    if layer is TeamLayer.OTHER:
        return "Neither its title nor most of its duties name the work of a layer."
    if _runs_projects(posting):
        return "Its title runs a project: it carries the work of others into use."
    reason: str = load("ownership")["families"][scope.family]["why"]
    where = "Its title reads as" if titled_layer(posting) else f"{_named(posting, scope)} in its duties read as"
    return f"{where} {_article(scope.title)} {scope.title}: {reason[0].lower()}{reason[1:]}"


def _named(posting: Posting, scope: Scope) -> str:
    """The first skills in the duties that speak for the family, in the posting's own words."""
    seen = (
        s.term.span.of(posting.source)
        for s in sightings(posting)
        if s.role is Role.DUTY and s.term.group == scope.family_layer
    )
    return ", ".join(list(dict.fromkeys(seen))[:3]) or "Skills"


def _article(name: str) -> str:
    return "an" if name.startswith(("A", "E", "I", "O", "ML")) else "a"


def evidence_asked(layer: TeamLayer) -> tuple[str, ...]:
    """Patterns by which a posting asks for what makes a head of this layer count."""
    return tuple(load("team")["evidence"][layer.value]["asks"])


@cache
def evidence_done(layer: TeamLayer) -> str:
    """What a head of this layer must have done: `touched FHIR`."""
    done: str = load("team")["evidence"][layer.value]["done"]
    return done


def _first(posting: Posting, patterns: tuple[str, ...]) -> str:
    """The first words in a speaking unit that match, or empty."""
    pattern = any_of(patterns)
    return next((" ".join(m.group().split()) for u, _ in speaking(posting) if (m := pattern.search(u.text))), "")


def skills_of(posting: Posting) -> Balance:
    """The same test for one posting: its must-have skills by layer, weighted as for the role family."""
    weights = group_weights(sightings(posting), frozenset({Role.MUST}))
    clinical, integration, compliance, ml = (
        round(weights.get(group, 0.0), 2) for group in ("clinical", "integration", "compliance", "ml_research")
    )
    return Balance(clinical, integration, compliance, ml)


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
        missing=_missing(postings, people, looked=looked, heads=heads),
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
    postings: Balance, people: Balance, *, looked: bool, heads: Heads | None
) -> tuple[tuple[TeamLayer, str], ...]:
    """Layers that neither a posting nor a head that counts covers. Without any data nothing is missing."""
    some = postings.index is not Index.NO_DATA or people.index is not Index.NO_DATA or _has_heads(heads)
    if not some:
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
    outside: Collection[TeamLayer] = [layer for layer in proven if layer not in THREE]
    if outside:
        return f"{outside[0].value} needs no evidence: its heads count as stated"
    over = [layer for layer, number in proven.items() if number > stated.get(layer, 0)]
    if over:
        return f"more heads with evidence than heads in {over[0].value}"
    return ""
