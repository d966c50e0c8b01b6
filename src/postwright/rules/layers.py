"""Layers of the team as findings: one that the role should own and nobody covers, and too much model research."""

from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, UnitKind
from postwright.rules.context import Context
from postwright.rules.rule import Rule, tells

_RESEARCH, _TEAM = "ml_research", ("clinical", "integration", "compliance")


def layer_gap(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """A layer that this role family should own and that the posting does not even name. Only where AI meets care."""
    if not _is_health_ai(context) or context.hides:
        return
    from postwright.rules.coverage import coverage_of  # noqa: PLC0415 - reads the taxonomy, which few postings need

    for coverage in coverage_of(posting, context.scope):
        if coverage.owned and coverage.score == 0 and coverage.gap:
            yield context.finding(rule, _duties(posting, context), why=coverage.gap, layer=coverage.layer)


def over_index(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """More weight on model research than on the three layers together. Products with models of their own are spared."""
    if not _is_health_ai(context) or tells("own_models", posting.source):
        return
    from postwright.rules.evidence import Role, sightings  # noqa: PLC0415
    from postwright.rules.scope import group_weights  # noqa: PLC0415

    job = frozenset({Role.TITLE, Role.DUTY, Role.MUST})
    weights = group_weights(sightings(posting), job)
    research, team = weights.get(_RESEARCH, 0.0), sum(weights.get(layer, 0.0) for layer in _TEAM)
    if research > team:
        why = (
            f"Skills of model research weigh {research:.1f} here, those of clinic, integration and evidence together "
            f"{team:.1f}. Take it as a hint on where the effort goes."
        )
        yield context.finding(rule, _duties(posting, context), why=why)


def _is_health_ai(context: Context) -> bool:
    """Cheap signs first: most postings need not be read for their terms."""
    if not context.near_patients or not tells("ai", context.text):
        return False
    from postwright.rules.scope import is_healthcare  # noqa: PLC0415

    return is_healthcare(context.posting) and bool(context.scope.family)


def _duties(posting: Posting, context: Context) -> Span:
    headings = (u.span for u in posting.units if u.section is SectionKind.DUTIES and u.kind is UnitKind.HEADING)
    return next(headings, context.whole())
