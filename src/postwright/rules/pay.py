"""Pay: missing where a law asks for it, vague, too wide, or told twice and differently."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern
from postwright.rules.amounts import Amount
from postwright.rules.context import Context
from postwright.rules.jurisdiction import PayLaw, pay_laws
from postwright.rules.rule import Rule, cue_words, tells

_WIDE = 1.6  # top over bottom of a range (rules_quality.yaml, Q-PAY-2)
_SHOWN_LAWS = 3

_OF_WORK = frozenset(
    {
        *(SectionKind.DUTIES, SectionKind.CLINICAL, SectionKind.INTEGRATION, SectionKind.COMPLIANCE),
        *(SectionKind.MUST_HAVE, SectionKind.NICE_TO_HAVE, SectionKind.QUALIFICATIONS, SectionKind.ABOUT),
    }
)
"""Sections whose "benefits" and "health plans" are not for the reader."""

_NOT_TERMS = _OF_WORK | {SectionKind.MISSION, SectionKind.LEGAL, SectionKind.APPLY, SectionKind.TITLE}
"""Sections whose headings are not those of pay and terms."""

_SALARY = lazy_pattern(r"\b(?:salary|compensation|remuneration|wages?|we pay|pay is)\b", re.IGNORECASE)
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
    at = _vague(rule, context) or _place_line(posting, context) or context.whole()
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
    vague = _vague(rule, context)
    if vague and not context.states_pay and not _is_federal(posting.source):
        yield context.finding(rule, vague)


def _vague(rule: Rule, context: Context) -> Span | None:
    """Where words stand in place of a figure: those of the list, else a line of the pay section."""
    of_work = {SectionKind.DUTIES, SectionKind.MUST_HAVE}
    hits = (hit.span for hit in context.of(rule, "vague") if hit.unit is None or hit.unit.section not in of_work)
    told = (unit.span for unit in context.under(SectionKind.PAY) if _speaks_of_pay(unit))
    return next(hits, None) or next(told, None)


def _speaks_of_pay(unit: Unit) -> bool:
    """True for a line on what this job pays, without any figure."""
    told = tells("told_of_pay", unit.text) and not tells("beside_pay", unit.text)
    return told and not any(char.isdigit() for char in unit.text)


def pay_range_wide(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Ranges over 1.6 to one, and figures with only one end."""
    amounts = context.amounts
    for amount in amounts:
        if amount.is_range and amount.low > 0 and amount.high / amount.low > _WIDE:
            why = f"The top is {amount.high / amount.low:.1f} times the bottom. Very wide ranges lower trust."
            yield context.finding(rule, amount.span, why=why)
    if amounts and not any(amount.is_range for amount in amounts):
        for amount in amounts:
            if span := _open_ended(amount, context):
                yield context.finding(rule, span, why="Only one end of the range is given.")


def _open_ended(amount: Amount, context: Context) -> Span | None:
    """The figure with the words that leave its other end open: "from $95,000", "$120k+", "capped at $140,000"."""
    unit = context.posting.unit(amount.unit).span
    before = _open_before().search(context.text, unit.start, amount.span.start)
    behind = _open_behind().match(context.text, amount.span.end, unit.end)
    plus = "+" in amount.span.of(context.text)
    if not (before or behind or plus):
        return None
    return Span(before.start() if before else amount.span.start, behind.end() if behind else amount.span.end)


@cache
def _open_before() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?:{cue_words('one_end_before')})|~|>|<|\bc\.|\bca\.)[\s:,]*(?:an? )?$", re.IGNORECASE)


@cache
def _open_behind() -> re.Pattern[str]:
    told = cue_words("one_end_behind")
    return re.compile(
        rf"\s?\+|[\s,(]*(?:(?:a|per) (?:year|hour) )?\b(?:{told}|plus(?=\s*(?:[.,;)]|$)))\b", re.IGNORECASE
    )


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
    wanted = {what: asking for what, asking in asked.items() if asking and not _told(rule, what, context)}
    if wanted:
        said = " and ".join(f"{_SAID[what]} ({_named(asking)})" for what, asking in wanted.items())
        why = (
            f"Nothing was found on {said}; the law there speaks of it in postings (as of {context.as_of.isoformat()})."
        )
        at = None if context.places.guessed else _pay_line(posting, context)
        at = at or _place_line(posting, context) or context.whole()
        yield context.finding(rule, at, why=why)


def _told(rule: Rule, what: str, context: Context) -> bool:
    """True if the posting speaks of it for the reader: not as a duty, nor in the story of the company."""
    return any(hit.unit is None or hit.unit.section not in _OF_WORK for hit in context.of(rule, what))


def _pay_line(posting: Posting, context: Context) -> Span | None:
    """The heading of the benefits, else the heading over the line that states the pay, else that line."""
    headings = [unit for unit in posting.units if unit.kind is UnitKind.HEADING]
    offers = (unit.span for unit in headings if unit.section is SectionKind.OFFER)
    pays = (unit.span for unit in headings if unit.section is SectionKind.PAY)
    paid = (_under_pay(posting, posting.unit(amount.unit)).span for amount in context.amounts)
    vague = (_under_pay(posting, unit).span for unit in context.prose if _tells_salary(unit))
    return next(offers, None) or next(paid, None) or next(pays, None) or next(vague, None)


def _under_pay(posting: Posting, unit: Unit) -> Unit:
    """The heading over a line on the pay, where it is the heading of the terms; else the line."""
    heading = posting.by_id.get(unit.heading)
    if heading is None or "," in heading.text or heading.section in _NOT_TERMS:
        return unit
    work = (other.span.start for other in posting.units if other.section in _OF_WORK)
    behind_work = heading.span.start > next(work, heading.span.start)
    return heading if heading.section is SectionKind.PAY or behind_work else unit


def _tells_salary(unit: Unit) -> bool:
    of_terms = unit.kind is not UnitKind.HEADING and unit.section not in _NOT_TERMS
    return of_terms and _SALARY.search(unit.text) is not None


def _named(laws: Iterable[PayLaw]) -> str:
    return ", ".join(law.place for law in list(laws)[:_SHOWN_LAWS])


_ASKS = {"benefits": "benefits", "deadline": "application window"}
_SAID = {"benefits": "benefits", "deadline": "a closing date"}
