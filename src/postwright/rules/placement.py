"""Which layer of a team a posting hires for, why, and whether it asks for what makes a head of that layer count."""

from collections.abc import Iterable

from postwright.domain.finding import Finding, Scope
from postwright.domain.posting import Posting
from postwright.domain.team import THREE, Aside, Balance, Placement, TeamLayer
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
    return any_of(load("team")["delivery_titles"]).found(plain_title(posting.title))


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


def _first(posting: Posting, patterns: tuple[str, ...]) -> str:
    """The first words in a speaking unit that match, or empty."""
    pattern = any_of(patterns)
    found = (u.text[start:end] for u, _ in speaking(posting) for start, end in pattern.spans(u.text)[:1])
    return next((" ".join(words.split()) for words in found), "")


def skills_of(posting: Posting) -> Balance:
    """The same test for one posting: its must-have skills by layer, weighted as for the role family."""
    weights = group_weights(sightings(posting), frozenset({Role.MUST}))
    clinical, integration, compliance, ml = (
        round(weights.get(group, 0.0), 2) for group in ("clinical", "integration", "compliance", "ml_research")
    )
    return Balance(clinical, integration, compliance, ml)
