"""The fixes that are safe to apply without asking: a misspelt term, "he" to "you". Nothing that changes a meaning."""

from collections.abc import Iterable

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, Span, UnitKind


def safe_fixes(posting: Posting, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings whose replacement may be applied, in reading order and apart from each other.

    Never in front matter, in opaque or protected text or over a pinned span, and only where the quote still stands.
    """
    safe: list[Finding] = []
    for finding in sorted(findings, key=lambda f: f.span):
        clear = not safe or safe[-1].span.end <= finding.span.start
        if finding.replacement is not None and clear and _may_change(posting, finding):
            safe.append(finding)
    return tuple(safe)


def fixed(posting: Posting, fixes: Iterable[Finding]) -> str:
    """The source with these fixes applied and every other byte as it was."""
    source = posting.source
    pieces = []
    at = 0
    for fix in safe_fixes(posting, fixes):
        pieces += [source[at : fix.span.start], fix.replacement or ""]
        at = fix.span.end
    return "".join([*pieces, source[at:]])


def _may_change(posting: Posting, finding: Finding) -> bool:
    unit = posting.by_id.get(finding.unit)
    if unit is None or unit.kind is UnitKind.OPAQUE or unit.protected:
        return False
    if finding.replacement == finding.quote or finding.span.of(posting.source) != finding.quote:
        return False
    if posting.front.meets(finding.span) or not unit.span.holds(finding.span):
        return False
    return not any(_touches(pin.span, finding.span) for pin in unit.pins)


def _touches(pinned: Span, changed: Span) -> bool:
    return pinned.meets(changed)
