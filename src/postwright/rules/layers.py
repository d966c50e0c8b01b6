"""Layers of the team as findings: one that the role should own and nobody covers, and too much model research."""

from collections.abc import Iterator

from postwright.domain.finding import Finding, Layer, LayerCoverage
from postwright.domain.posting import Posting, SectionKind, Span, UnitKind
from postwright.rules.context import Context
from postwright.rules.rule import Rule, tells

_HAS_DUTIES = 2  # the score from which a layer has duties
_RESEARCH, _TEAM = "ml_research", ("clinical", "integration", "compliance")


def layer_gap(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """A layer that this role family should own and that the posting does not even name. Only where AI meets care."""
    if not _is_health_ai(context) or context.hides:
        return
    from postwright.rules.coverage import coverage_of  # noqa: PLC0415 - reads the taxonomy, which few postings need

    for coverage in coverage_of(posting, context.scope):
        if coverage.owned and coverage.score == 0 and coverage.gap:
            yield context.finding(rule, _duties(posting, context), why=coverage.gap, layer=coverage.layer)
        elif coverage.layer is Layer.INTEGRATION and not coverage.others:
            yield from _promised(rule, context, coverage)


def _promised(rule: Rule, context: Context, coverage: LayerCoverage) -> Iterator[Finding]:
    """ "Put predictions in front of nurses in the chart", where no other duty connects anything to the chart."""
    promises = [hit for hit in context.of(rule, "promise") if hit.unit]
    own = {hit.unit.id for hit in promises if hit.unit}
    if promises and (coverage.score < _HAS_DUTIES or not set(coverage.units) - own):
        why = "Work is promised inside the record, and no duty or named colleague connects it to the record."
        yield context.finding(rule, promises[0].span, why=why, layer=Layer.INTEGRATION)


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
