"""Judges a posting by every rule, without a model, a network or a clock."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from postwright.domain.finding import Finding, Severity
from postwright.domain.posting import Posting, Span
from postwright.rules.catalogue import CHECKS
from postwright.rules.context import Context
from postwright.rules.matching import Hits
from postwright.rules.rule import Rule, rules

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
_ANY_LANGUAGE = frozenset({"safety"})
"""Families that do not read English."""


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the catalogue."""
    return rules()


class Judged(NamedTuple):
    """All that the rules say of a posting: their findings, and what could not be judged."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def judge(
    posting: Posting,
    *,
    as_of: date,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    vocabulary: Iterable[str] = (),
    provided_elsewhere: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """All findings, and nothing else: see `judged`."""
    return judged(
        posting,
        as_of=as_of,
        select=select,
        ignore=ignore,
        vocabulary=vocabulary,
        provided_elsewhere=provided_elsewhere,
    ).findings


def judged(
    posting: Posting,
    *,
    as_of: date,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    vocabulary: Iterable[str] = (),
    provided_elsewhere: Iterable[str] = (),
) -> Judged:
    """All findings in reading order, each quote the source at its span, and the notes from the same reading.

    `select` and `ignore` name rules or families; an empty `select` means all. `vocabulary` are the employer's own
    terms, which no word rule touches. `provided_elsewhere` ("pay", "eeo", "apply", "offer") silences "missing X" rules.
    `as_of` is the day for date arithmetic and for the laws in force.
    """
    chosen = _chosen(frozenset(select), frozenset(ignore), posting.language)
    context = Context(posting, as_of, vocabulary, provided_elsewhere)
    context.locate = Hits(chosen, context).of
    found = [
        finding
        for rule in chosen
        if not (rule.us_only and context.places.only_abroad)
        for finding in CHECKS[rule.id](rule, posting, context)
    ]
    return Judged(_without_echoes(found), _notes(context))


def _notes(context: Context) -> tuple[str, ...]:
    """What could not be judged, and why, in plain words."""
    posting, said = context.posting, []
    if posting.language != "en":
        said.append(f"Only safety was checked: the text is not in English ({posting.language or 'unknown'}).")
    if context.hides:
        said.append("Parts of this page come from elsewhere, so nothing was called missing.")
    if not context.places.known:
        said.append("Pay law not checked: the posting names no place.")
    elif context.places.only_abroad and not context.places.codes & {"ON", "BC", "PEI"}:
        said.append("Pay law not checked outside the United States and Canada.")
    return tuple(said)


@lru_cache(maxsize=64)
def _chosen(select: frozenset[str], ignore: frozenset[str], language: str) -> tuple[Rule, ...]:
    return tuple(
        rule
        for rule in rules()
        if (not select or {rule.id, rule.family} & select)
        and not {rule.id, rule.family} & ignore
        and (language == "en" or rule.family in _ANY_LANGUAGE)
    )


@lru_cache(maxsize=1)
def _refs() -> dict[str, str]:
    return {rule.id: rule.ref for rule in rules()}


def _without_echoes(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """In reading order; where rules with one reference overlap, only the gravest and longest remark is kept."""
    refs = _refs()
    kept: dict[Finding, None] = {}
    taken: defaultdict[str, list[Span]] = defaultdict(list)  # by reference; they do not overlap, and are in order
    for finding in sorted(found, key=lambda f: (_RANK[f.severity], f.span.start - f.span.end, f.span.start)):
        spans = taken[refs[finding.rule]]
        place = bisect_left(spans, finding.span)
        if refs[finding.rule] == "house":
            kept[finding] = None
        elif not any(span.meets(finding.span) for span in spans[max(place - 1, 0) : place + 2]):
            kept[finding] = None
            spans.insert(place, finding.span)
    return tuple(sorted(kept, key=lambda f: (f.span.start, f.span.end, f.rule)))
