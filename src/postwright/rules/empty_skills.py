"""Skills and manners that every posting asks for, so that asking tells nobody apart."""

import re
from collections.abc import Iterator
from functools import cache

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Unit, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule, tells

_REACH = 90  # characters that an ability or a list of skills may take
_SHORT = 100  # characters of a line that is nothing but manners
_DEMANDS = (SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS)

_WORD = lazy_pattern(r"[A-Za-z][A-Za-z'’-]*")
_LAST_WORD = lazy_pattern(r"([A-Za-z][A-Za-z'’-]*)[\s,/&]*$")
_A_PERMIT = lazy_pattern(r" (?:employment )?(?:permits?|visas?|list)\b", re.IGNORECASE)
"""Behind a name of the law: "Critical Skills Employment Permit"."""
_CLAUSE = lazy_pattern(r"[^.;,\n]*")


def weasel_skills(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Each such wording; under headings other than the title only, since those name what a section is about."""
    heads = {unit.id for unit in posting.units if unit.kind is UnitKind.HEADING} - {posting.title_unit}
    spans: list[Span] = []
    for hit in context.of(rule):
        span = None if hit.unit and hit.unit.id in heads else _span(hit, context)
        if span and not any(span.meets(other) for other in spans):
            spans.append(span)
    spans += [unit.span for unit in context.under(*_DEMANDS) if _only_manners(unit) and not _taken(unit, spans)]
    for span in sorted(spans):
        yield context.finding(rule, span)


def _taken(unit: Unit, spans: list[Span]) -> bool:
    return any(unit.span.meets(span) for span in spans)


def _span(hit: Hit, context: Context) -> Span | None:
    """The words to quote, or None if what stands around the hit is more than an empty skill."""
    if hit.unit is None or not hit.name:
        return hit.span
    unit = hit.unit.span
    if _A_PERMIT.match(context.text, hit.span.end):
        return None
    able = hit.name == "able"
    span = _ability(hit.span, unit.end, context.text) if able else _skills(hit.span, unit.start, context.text)
    return None if span and tells("skills_of_others", unit.of(context.text)) else span


def _ability(at: Span, end: int, text: str) -> Span | None:
    """ "Ability to manage competing priorities": the clause, if its verb says nothing of the work."""
    clause = _CLAUSE.match(text, at.end, min(end, at.end + _REACH))
    if clause is None or not tells("soft_doing", clause.group()):
        return None
    stop = clause.end()
    while stop < end and text[stop].isalnum():
        stop += 1
    return Span(at.start, at.start + len(text[at.start : stop].rstrip()))


def _skills(at: Span, least: int, text: str) -> Span | None:
    """ "Excellent verbal, analytical and problem-solving skills": as far left as praise and empty skills go."""
    praise, soft, between = (_words(name) for name in ("praise", "soft_skill", "between_skills"))
    start, reached, found = at.start, at.start, False
    while last := _LAST_WORD.search(text, max(least, reached - _REACH), reached):
        parts = set(re.split(r"[-'’]", last[1].lower())) - {""}
        if not parts <= praise | soft | between:
            break
        reached = last.start(1)
        if parts & (praise | soft):
            start, found = reached, found or bool(parts & soft)
    return Span(start, at.end) if found else None


def _only_manners(unit: Unit) -> bool:
    """True for a line that is two or more manners and nothing else: "Confident, resilient and reliable"."""
    manners, around = _words("manner"), _words("before_manner")
    first = unit.text.split(maxsplit=1)[0].strip("*_,.").lower()
    if len(unit.text) > _SHORT or (first not in manners and first not in around):
        return False
    said = _WORD.findall(unit.text.lower())
    return all(word in manners or word in around for word in said) and sum(word in manners for word in said) > 1


@cache
def _words(name: str) -> frozenset[str]:
    """A word list of rule_cues.yaml, word by word."""
    return frozenset(word for line in load("rule_cues")["plain"][name] for word in line.split())
