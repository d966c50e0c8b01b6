"""Pay: missing where a law asks for it, vague, too wide, or told twice and differently."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern
from postwright.rules.context import Context
from postwright.rules.jurisdiction import PayLaw, pay_laws
from postwright.rules.rule import Rule, tells
from postwright.rules.wording import findings

_WIDE = 1.6  # top over bottom of a range (rules_quality.yaml, Q-PAY-2)
_SHOWN_LAWS = 3

_LABEL = lazy_pattern(
    r"^\W*(?:(?:the|our|target|expected|annual|base|starting|total|posted|anticipated|full)\s+){0,3}"
    r"(?:salary|pay|compensation|remuneration|wages?)\b",
    re.IGNORECASE,
)
_A_PLACE = lazy_pattern(r",\s?[A-Z]{2}\b|\bin [A-Z][a-z]+")
_FEDERAL = lazy_pattern(r"\bGS-?\s?\d|USAJOBS|\.gov\b|\bfederal government\b|general schedule", re.IGNORECASE)
_MAY_BE_FEDERAL = Pattern(r"(?i)\bGS[^a-z]|USAJOBS|\.gov|federal government|general schedule")


@lru_cache(maxsize=1)  # three rules ask
def _is_federal(source: str) -> bool:
    """Pay of the federal government stands in its tables."""
    return _MAY_BE_FEDERAL.found(source) and _FEDERAL.search(source) is not None


def pay_range_missing(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """No pay, where a law in force asks for it in the posting. Worded as what is seen."""
    laws = pay_laws(context.places, context.as_of)
    if not laws or not context.absent("pay") or context.states_pay or _is_federal(posting.source):
        return
    vague = context.of(rule, "vague")
    at = vague[0].span if vague else _place_line(posting, context) or context.whole()
    yield context.finding(rule, at, why=_law_says(laws, context))


def _law_says(laws: tuple[PayLaw, ...], context: Context) -> str:
    shown = "; ".join(f"{law.place} ({law.law.split(';')[0]}, since {law.since})" for law in laws[:_SHOWN_LAWS])
    more = f" and {len(laws) - _SHOWN_LAWS} more" if len(laws) > _SHOWN_LAWS else ""
    return (
        f"No pay range was found. The posting reaches places whose law speaks of pay in postings: {shown}{more} "
        f"(as of {context.as_of.isoformat()})."
    )


def _place_line(posting: Posting, context: Context) -> Span | None:
    unit = posting.by_id.get(context.places.line)
    return unit.span if unit else None


def vague_pay(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """ "Competitive salary" in place of a figure."""
    vague = context.of(rule, "vague")[:1]
    if vague and not context.states_pay and not _is_federal(posting.source):
        yield from findings(rule, context, vague)


def pay_range_wide(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Ranges over 1.6 to one, and figures with only one end."""
    amounts = context.amounts
    for amount in amounts:
        if amount.is_range and amount.low > 0 and amount.high / amount.low > _WIDE:
            why = f"The top is {amount.high / amount.low:.1f} times the bottom. Very wide ranges lower trust."
            yield context.finding(rule, amount.span, why=why)
    if amounts and not any(amount.is_range for amount in amounts):
        for hit in context.of(rule, "open", "plus"):
            if any(amount.span.meets(hit.span) for amount in amounts):
                yield context.finding(rule, hit.span, why="Only one end of the range is given.")


def pay_contradiction(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """A range that runs backwards, or two labelled figures for the same pay that do not agree."""
    amounts = context.amounts
    for amount in amounts:
        if amount.low > amount.high:
            yield context.finding(rule, amount.span, why="The range runs from the higher figure to the lower one.")
    labelled = [a for a in amounts if _LABEL.search(a.said) and not _told_apart(a.said)]
    if len(amounts) == len(labelled) == 2:
        first, second = labelled
        same_kind = (first.currency, first.period) == (second.currency, second.period)
        if (
            same_kind
            and (first.low, first.high) != (second.low, second.high)
            and posting.unit(first.unit).heading == posting.unit(second.unit).heading
        ):
            figures = " and ".join(f'"{amount.span.of(posting.source)}"' for amount in labelled)
            why = f"Pay is given twice and differently: {figures}."
            yield context.finding(rule, second.span, why=why)


def _told_apart(sentence: str) -> bool:
    """True if the sentence ties its figure to a place, a level or a condition."""
    return tells("pay_told_apart", sentence) or _A_PLACE.search(sentence) is not None


def benefits_or_deadline_missing(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """What else the laws of the reached places ask for beside pay: benefits, and in Colorado a closing date."""
    laws = pay_laws(context.places, context.as_of)
    if not laws or not context.absent("pay") or _is_federal(posting.source):
        return
    asked = {what: [law for law in laws if any(_ASKS[what] in must for must in law.must)] for what in _ASKS}
    wanted = {what: asking for what, asking in asked.items() if asking and not context.of(rule, what)}
    if wanted:
        said = " and ".join(f"{_SAID[what]} ({_named(asking)})" for what, asking in wanted.items())
        why = (
            f"Nothing was found on {said}; the law there speaks of it in postings (as of {context.as_of.isoformat()})."
        )
        offers = (u.span for u in posting.units if u.section is SectionKind.OFFER and u.kind is UnitKind.HEADING)
        paid = (posting.unit(amount.unit).span for amount in context.amounts)
        at = next(offers, None) or next(paid, None) or _place_line(posting, context) or context.whole()
        yield context.finding(rule, at, why=why)


def _named(laws: Iterable[PayLaw]) -> str:
    return ", ".join(law.place for law in list(laws)[:_SHOWN_LAWS])


_ASKS = {"benefits": "benefits", "deadline": "application window"}
_SAID = {"benefits": "benefits", "deadline": "a closing date"}
