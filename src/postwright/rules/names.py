"""Abbreviations and names: what readers of another field cannot know, and one thing under two names."""

import re
from collections.abc import Iterator
from functools import cache

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, UnitKind
from postwright.knowledge.loader import load
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule
from postwright.rules.searching import spans_of
from postwright.rules.wording import findings

_MANY_FOREIGN = 5  # abbreviations of other fields in a posting (rules_quality.yaml, Q-JAR-1)
_MANY_AT_ONCE = 4  # in one line, of any field: nobody reads on


def stale_names(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Each old name once, where it first stands."""
    first: dict[str, Hit] = {}
    for hit in context.of(rule):
        first.setdefault(hit.why, hit)
    return findings(rule, context, first.values())


def mixed_record_names(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """EHR here and EMR there. "EHR/EMR" side by side means both, and is no mix."""
    ehr, emr = (
        [hit for hit in context.of(rule, name) if hit.unit and hit.unit.section is not SectionKind.ABOUT]
        for name in ("ehr", "emr")
    )
    both = {hit.unit and hit.unit.id for hit in ehr} & {hit.unit and hit.unit.id for hit in emr}
    if ehr and emr and not both:
        yield context.finding(rule, min(ehr, emr, key=len)[0].span)


def unexplained_acronyms(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Lines thick with abbreviations, and a posting with more than five from fields other than its own."""
    found = _unexplained(posting, context)
    by_unit: dict[str, list[tuple[str, Span]]] = {}
    for letters, span in found:
        unit = context.unit_at(span)
        if unit is not None and unit.kind is not UnitKind.HEADING and not context.legal(unit):
            by_unit.setdefault(unit.id, []).append((letters, span))
    thick = [line for line in by_unit.values() if _is_thick(line)]
    many = len({letters for letters, _ in found}) > _MANY_FOREIGN
    if not thick and by_unit and many and len(_foreign(found, context)) > _MANY_FOREIGN:
        thick = [max(by_unit.values(), key=len)]
    for line in thick:
        listed = ", ".join(dict.fromkeys(letters for letters, _ in line))
        why = f"{listed} stand here without being spelled out. Readers from another field cannot know them."
        yield context.finding(rule, Span(line[0][1].start, line[-1][1].end), why=why)


def _unexplained(posting: Posting, context: Context) -> list[tuple[str, Span]]:
    """Listed abbreviations that the posting neither expands nor puts in brackets behind their words."""
    found = [
        (span.of(context.text), span)
        for span in spans_of(_any_acronym(), context.text)
        if _stands_alone(context.text, span)
    ]
    low = context.text.lower() if found else ""
    spelled = {
        letters
        for letters in {letters for letters, _ in found}
        if _acronyms()[letters][0] in low or f"({letters})" in posting.source or f"{letters} (" in posting.source
    }
    return [(letters, span) for letters, span in found if letters not in spelled]


def _stands_alone(text: str, span: Span) -> bool:
    """False inside a longer name: "X-ADT", "ADT1"."""
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return not any(char.isalnum() or char in "-_" for char in around)


def _is_thick(line: list[tuple[str, Span]]) -> bool:
    """Four abbreviations at once, unless they are names of standards: who works with ADT feeds knows the letters."""
    letters = {letters for letters, _ in line}
    fields = [_acronyms()[each][1] for each in letters]
    return len(letters) >= _MANY_AT_ONCE and len(letters) - fields.count("integration") >= _MANY_AT_ONCE // 2


def _foreign(found: list[tuple[str, Span]], context: Context) -> set[str]:
    own = context.scope.family_layer
    return {letters for letters, _ in found if _acronyms()[letters][1] != own}


@cache
def _acronyms() -> dict[str, tuple[str, str]]:
    """Abbreviation -> (its words in lower case, the layer it is at home in), without those that need no expansion."""
    data = load("acronyms")
    common = set(map(str, data["common_no_expand"]))
    return {
        str(entry["a"]): (re.sub(r"\s*\(.*", "", str(entry["exp"])).lower(), entry["layer"])
        for entry in data["acronyms"]
        if entry["a"] not in common
    }


@cache
def _any_acronym() -> str:
    return "|".join(sorted(map(re.escape, _acronyms()), key=len, reverse=True))
