"""Front matter: broken, never closed, or at odds with the text."""

import re
from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, Span
from postwright.reading.blocks.frontmatter import PROBLEM
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.amounts import front_pay
from postwright.rules.context import PROSE, Context
from postwright.rules.rule import Rule
from postwright.rules.searching import spans_of
from postwright.rules.wording import findings

_REFUSED = ("alias", "longer than", "nested")
"""Problems of ours and not of the file: sites read such front matter well."""

_SIGNS = ("<", "{", "[[", "[#", "___", "???", "%%")
_FORM_LETTER = (
    r"(?im)<<[a-z][^>\n]*>>|<(?:insert|enter|add|your|company name|job title|hiring manager|recruiter|manager|salary"
    r"|department|employer)(?: [^>\n]*)?>|\{(?:insert|company|employer|recruiter|job|role|team|salary|manager|hiring"
    r"|department)[a-z_ .-]*\}|\[\[[a-z][a-z_ ]+\]\]|\$\{[a-z_.]+\}|%%[a-z_ ]+%%|\[(?:#|_+|\.{3})\]|_{2,}%"
    r"|(?:_{3,}|\?{3,})(?:[ .,;%)k/]|$)"
)
"""Blanks that are told by their marks: lines to write on, and the brackets of form letters."""

_REMOTE_KEY = lazy_pattern(r"remote|workplace|location_?type", re.IGNORECASE)
_YES = lazy_pattern(r"true|yes|remote|fully remote|100% remote|telecommute", re.IGNORECASE)
_ON_SITE = lazy_pattern(
    r"\b(?:fully|100%|five days (?:a|per) week|only|must (?:be|work)) (?:in |the )*"
    r"(?:on-?site|on site|in[- ]office|in[- ]person)\b|\bon-?site only\b|\bno remote\b|\bnot (?:a )?remote\b",
    re.IGNORECASE,
)


def broken(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Front matter that is no YAML or TOML, or that states a key twice."""
    problem = posting.front_values.get(PROBLEM, "")
    if problem and not any(refused in problem for refused in _REFUSED):
        yield context.finding(rule, _first_line(posting.source), why=f"{rule.why} {problem[0].upper()}{problem[1:]}.")


def placeholders(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Every blank in the text, and one remark for all of those in the front matter."""
    hits = context.of(rule)
    in_front = [hit for hit in hits if hit.unit is None]
    yield from findings(rule, context, [*in_front[:1], *(hit for hit in hits if hit.unit is not None)])
    if any(sign in context.text for sign in _SIGNS):
        for span in spans_of(_FORM_LETTER, context.text):
            unit = context.unit_at(span)
            in_word = context.text[max(0, span.start - 1) : span.start].isalnum()
            if unit is not None and unit.kind in PROSE and not in_word:
                yield context.finding(rule, span)


def unclosed(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    opened = re.match(r"\ufeff?---[ \t]*\r?\n[\w-]+[ \t]*:", posting.source)
    if opened and posting.front.end == 0:
        yield context.finding(rule, _first_line(posting.source))


def _first_line(source: str) -> Span:
    line = re.match(r"\ufeff?[^\r\n]*", source)
    return Span(0, line.end() if line else 0)


def differs(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Pay or remote work that the front matter states in one way and the text in another."""
    yield from _pay_differs(rule, posting, context)
    remote = any(
        _REMOTE_KEY.search(key) and _YES.fullmatch(value.strip()) for key, value in posting.front_values.items()
    )
    if remote and (at_office := _ON_SITE.search(context.text, posting.front.end)):
        why = "The settings at the top of the file say remote, the text says on site."
        yield context.finding(rule, Span(*at_office.span()), why=why)


def _pay_differs(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    stated = front_pay(posting)
    if len(stated) == 1 and (told := context.amounts) and all(amount.is_range for amount in told):
        low, high = stated[0].low, stated[0].high
        if low != high and not any((amount.low, amount.high) == (low, high) for amount in told):
            why = f"The settings at the top of the file state {low:,.0f} to {high:,.0f}, the text states other figures."
            yield context.finding(rule, told[0].span, why=why)
