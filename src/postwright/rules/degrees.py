"""Degrees that are demanded with nothing accepted in their place. Degrees behind a clinical licence are left alone."""

import re
from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Strength, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule, tells

_OR_BEFORE = lazy_pattern(r"(?:\bor\b|/)\s*(?:an? )?$", re.IGNORECASE)
_YOU_HAVE = lazy_pattern(r"(?:you )?(?:have|hold|must have|must hold|possess)(?: an?)? ", re.IGNORECASE)
_LICENCE = lazy_pattern(r"\blicen[cs]|\bRN\b", re.IGNORECASE)
_DEMANDS = frozenset({SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS, SectionKind.CONDITIONS})
_ELSEWHERE = frozenset({SectionKind.DUTIES, SectionKind.ABOUT, SectionKind.OFFER, SectionKind.PAY})

_SAME_LEVEL = lazy_pattern(
    r"\bequivalent (?:academic |technical |university )?"
    r"(?:fields?|degrees?|disciplines?|subjects?|areas?|majors?|courses?|stud(?:y|ies)|universit(?:y|ies)|programs?)\b",
    re.IGNORECASE,
)
"""An equivalent of the subject, not of the degree: "Bachelor's in computer science or an equivalent field"."""

_OPENING = lazy_pattern(
    r"\W*(?:(?:you|we|have|hold|you've|possess|expect|want|earned|completed"
    r"|successfully|an?|at|least|minimum|min|of|the|good"
    r"|relevant|strong|required|requirements?|education(?:al)?|academic|background|formal|qualifications?|level|university|college"
    r"|recognised|recognized|accredited|full|your|either|honou?rs|educated|qualified|must|be|to|with|basic|is|first|higher"
    r"|i\.e|(?:four|4|three|3)[- ]year)"
    r"\b[\s:.,(*_–-]*)*",
    re.IGNORECASE,
)
"""What may stand before a degree in an item that asks for it: "Required education:", "You hold a completed"."""

_STOP = lazy_pattern(r"[;\n]|(?<![A-Z.]\w)(?<![A-Z])\. (?!No\b|Nothing\b)|\. (?=(?:You|We|Our|It|This)\b)")
_LONGEST = 100  # characters of a quote


def degree_demands(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Degrees demanded without anything in their place, each line once."""
    remarked: set[str] = set()
    for hit in sorted(context.of(rule), key=lambda hit: (hit.name == "degree", hit.span)):
        unit = hit.unit
        if unit is None or unit.id in remarked:
            continue
        span = _demand(hit, unit, context) if hit.name == "degree" else _worded(hit, unit, context)
        if span and not _replaceable(posting, unit):
            remarked.add(unit.id)
            yield context.finding(rule, _trimmed(span, context.text))


def _worded(hit: Hit, unit: Unit, context: Context) -> Span | None:
    """A pattern that holds the demand itself, or opens an item that does."""
    behind = re.split(r"[.;\n]", context.text[hit.span.end : hit.span.end + 30])[0]
    around = hit.span.of(context.text) + ("" if hit.name == "demanded" else behind)
    if _leads_to_a_licence(around) or tells("soft", around):
        return None
    if hit.name == "doctorate" and tells("degree_spared", unit.text):
        return None
    if hit.name == "doctorate" and _OR_BEFORE.search(context.text, unit.span.start, hit.span.start):
        return None  # "MSc or PhD" demands the first of the two
    return hit.span if _demanded(hit, unit, around) else None


def _demand(hit: Hit, unit: Unit, context: Context) -> Span | None:
    """The words from any name of a degree on, if its clause demands it or the item is nothing but the degree."""
    clause = _clause(context.text, hit.span, unit.span)
    said = clause.of(context.text)
    behind = Span(hit.span.start, min(clause.end, hit.span.start + _LONGEST))
    if unit.section in {SectionKind.OFFER, SectionKind.ABOUT} or tells("soft", said) or tells("degree_spared", said):
        return None
    if _leads_to_a_licence(said):
        return None
    if tells("degree_demanded", said) and (unit.section not in _ELSEWHERE or tells("degree_demanded_firmly", said)):
        return Span(hit.span.start, clause.end) if clause.end - hit.span.start < 2 * _LONGEST else behind
    listed = unit.kind is UnitKind.ITEM and unit.section is SectionKind.MUST_HAVE and unit.strength is not Strength.NICE
    before = context.text[unit.span.start : hit.span.start]
    return behind if listed and _OPENING.fullmatch(before) else None


def _clause(text: str, at: Span, unit: Span) -> Span:
    """The words between the stops around a place in a unit."""
    start = max((stop.end() for stop in _STOP.finditer(text, unit.start, at.start)), default=unit.start)
    stop = _STOP.search(text, at.end, unit.end)
    return Span(start, stop.start() if stop else unit.end)


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
    return (first or hit.name == "doctorate") and (hit.name == "doctorate" or unit.section is SectionKind.MUST_HAVE)


def _replaceable(posting: Posting, unit: Unit) -> bool:
    """True if this line accepts something else in its place, or a line of the same list says so of degrees."""
    if tells("degree_replaced", _SAME_LEVEL.sub(" ", unit.text)) or tells("degree_replaced_here", unit.text):
        return True
    beside = (other.text for other in posting.units if other.heading == unit.heading and other.section is unit.section)
    return any(tells("learning", said) and tells("degree_replaced", _SAME_LEVEL.sub(" ", said)) for said in beside)


def _trimmed(span: Span, text: str) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip(" ,;:-")))
