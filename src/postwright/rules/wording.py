"""Rules that are nothing but words in a context: each hit of a term is a finding."""

from collections.abc import Iterable, Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, Span
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule


def find(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """One finding for each hit."""
    return findings(rule, context, context.of(rule))


def find_one_per_unit(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """One finding for each sentence or item that holds a hit."""
    return findings(rule, context, first_per_unit(context.of(rule)))


def findings(rule: Rule, context: Context, hits: Iterable[Hit]) -> Iterator[Finding]:
    for hit in hits:
        replacement = None if hit.to is None else in_case_of(hit.span.of(context.text), hit.to)
        yield context.finding(rule, hit.span, why=hit.why, replacement=replacement)


def first_per_unit(hits: Iterable[Hit]) -> list[Hit]:
    seen: dict[str, Hit] = {}
    for hit in hits:
        seen.setdefault(hit.unit.id if hit.unit else "", hit)
    return list(seen.values())


def joined_per_unit(hits: Iterable[Hit]) -> list[Hit]:
    """The hits of each sentence or item as one, from the start of the first to the end of the last."""
    joined: dict[str, Hit] = {}
    for hit in hits:
        key = hit.unit.id if hit.unit else ""
        first = joined.setdefault(key, hit)
        span = Span(min(first.span.start, hit.span.start), max(first.span.end, hit.span.end))
        joined[key] = first._replace(span=span)
    return list(joined.values())


def in_case_of(written: str, replacement: str) -> str:
    """The replacement with a capital where the replaced words have one; names keep their own case."""
    if not replacement.islower():
        return replacement
    if written.isupper():
        return replacement.upper()
    return replacement[0].upper() + replacement[1:] if written[0].isupper() else replacement
