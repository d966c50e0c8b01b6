"""The shape of the posting: length, order, lists, and what is not there at all."""

from collections.abc import Callable, Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Strength, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern
from postwright.rules.context import PROSE, Context, Hit
from postwright.rules.rule import Rule, tells

_SHORT, _LONG = 200, 800  # words (rules_quality.yaml, Q-LEN-1)
_LONG_BLURB = 80  # words about the company before the job
_FEW_WORDS = 5  # of a heading
_OPENING = 4  # words: enough to find a passage by, and nothing in it that reads as blamed
_ALL_BULLETS, _NO_BULLETS = 0.85, 300  # share of units; words of prose without a single list
_LEAST_UNITS = 18
_WORDS_BELOW = 40  # words of a section that would gain by a list

_ON_THE_JOB = Pattern(
    r"(?i)\b(?:you|your|roles?|positions?|post|jobs?|vacancy|candidates?|applicants?|incumbent|hir(?:e|ing)|seek(?:s|ing)?"
    r"|recruit\w*|looking for|join|opportunity|responsib\w+|report(?:s|ing)? to|duties|employee)\b"
)
_US = Pattern(
    r"(?i)\b(?:we|our|us|founded|established|headquartered|its|it has|raised|since (?:19|20)\d\d|compan(?:y|ies))\b"
)
_US_SHARE = 0.5  # of the sentences
_WORD = lazy_pattern(r"[^\s*_]+")
_SENTENCE_END = lazy_pattern(r"[.!?][*_\"')]*\s*$")
_DEMANDS = frozenset({SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS})
_OF_WORK = _DEMANDS | {SectionKind.DUTIES, SectionKind.NICE_TO_HAVE}
_BEFORE_JOB = frozenset({SectionKind.OTHER, SectionKind.MISSION, SectionKind.LOCATION, SectionKind.OFFER})


def body_length(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    words = context.words
    if words < _SHORT and not context.hides:
        yield context.finding(
            rule, context.whole(), why=f"{words} words are few for a job posting; readers cannot see the work."
        )
    elif words > _LONG:
        yield context.finding(
            rule, context.whole(), why=f"{words} words without legal text. The measured preferences lie far below."
        )


def company_first(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """More than eighty words on the company before the first word on the job."""
    blurb = _on_the_company(context)
    words = context.words_of(blurb)
    if words > _LONG_BLURB:
        yield context.finding(
            rule, _opening_of(blurb, context), why=f"{words} words on the company stand before the job."
        )


def _opening_of(passage: list[Unit], context: Context) -> Span:
    """Where a passage begins: its heading, or the few words that stand for one, and the first words below it."""
    first = next((unit for unit in passage if context.words_of([unit]) > _FEW_WORDS), passage[0])
    words = list(_WORD.finditer(first.text))[:_OPENING]
    return Span(passage[0].span.start, first.span.start + (words[-1].end() if words else 0))


def _on_the_company(context: Context) -> list[Unit]:
    """What stands before the job: sections on the company, and sentences under the title that speak of "us" only."""
    told: list[Unit] = []
    for unit in context.prose:
        if unit.section in {SectionKind.TITLE, SectionKind.LEGAL} or context.legal(unit):
            continue
        if unit.section is SectionKind.ABOUT:
            told.append(unit)
        elif _is_data_line(unit):
            continue
        elif unit.section not in _BEFORE_JOB or _ON_THE_JOB.found(unit.text):
            break
        elif unit.kind is UnitKind.SENTENCE:
            told.append(unit)
    unheaded = [unit for unit in told if unit.section is not SectionKind.ABOUT]
    if sum(1 for unit in unheaded if _US.found(unit.text)) < _US_SHARE * len(unheaded):
        return [unit for unit in told if unit.section is SectionKind.ABOUT]
    return told


def _is_data_line(unit: Unit) -> bool:
    """True for a line such as "Location: Columbus, Ohio"."""
    return unit.kind is UnitKind.SENTENCE and not _SENTENCE_END.search(unit.text)


def offer_missing(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Demands, and no word on what the job gives beside pay: other rules ask for that."""
    if any(unit.section is SectionKind.OFFER for unit in posting.units) or not _asks(posting):
        return
    if context.absent("offer") and not any(_is_for_the_reader(hit) for hit in context.of(rule)):
        yield context.finding(rule, context.whole())


def _asks(posting: Posting) -> bool:
    """True if there are demands, under a heading of their own or in a sentence that says "must"."""
    return any(unit.section in _DEMANDS or unit.strength is Strength.MUST for unit in posting.units)


def _is_for_the_reader(hit: Hit) -> bool:
    """False for the nurses whom the reader trains, and for insurance that one has to know about."""
    return hit.unit is None or hit.unit.section not in _OF_WORK or tells("to_the_reader", hit.unit.text)


def apply_missing(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Nothing on how to apply. Site generators often add it, so this is only a notice."""
    front = any("appl" in key.lower() or "url" in key.lower() or "link" in key.lower() for key in posting.front_values)
    button = any("appl" in unit.text.lower() for unit in posting.units if unit.kind is UnitKind.OPAQUE)
    if front or button or not _asks(posting) or not context.absent("apply"):
        return
    if not any(hit.name == "way" or hit.unit is None or hit.unit.section not in _OF_WORK for hit in context.of(rule)):
        yield context.finding(rule, context.whole())


def bullet_balance(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Nearly all bullets, or a wall of text without one."""
    body = [unit for unit in context.prose if unit.kind is not UnitKind.HEADING]
    items = sum(unit.kind is UnitKind.ITEM for unit in body)
    words = context.words_of(body)
    if len(body) >= _LEAST_UNITS and items > _ALL_BULLETS * len(body):
        at = _first_heading(posting, lambda below: any(unit.kind is UnitKind.ITEM for unit in below)) or context.whole()
        yield context.finding(rule, at, why=f"{items} of {len(body)} lines are bullets; nothing connects them.")
    elif body and not items and words > _NO_BULLETS:
        at = _first_heading(posting, lambda below: context.words_of(below) > _WORDS_BELOW) or context.whole()
        yield context.finding(rule, at, why=f"{words} words without a single list are hard to scan.")


def _first_heading(posting: Posting, fits: Callable[[list[Unit]], bool]) -> Span | None:
    """The first heading with such lines below it. Not the title: nothing is wrong with that."""
    below: dict[str, list[Unit]] = {}
    for unit in posting.units:
        if unit.kind in PROSE and unit.kind is not UnitKind.HEADING and unit.heading != posting.title_unit:
            below.setdefault(unit.heading, []).append(unit)
    found = (posting.by_id[heading] for heading, units in below.items() if heading and fits(units))
    named = (heading.span for heading in found if not any(char.isdigit() for char in heading.text))
    return next(named, None)
