"""The shape of the posting: length, title, order, lists, and what is not there at all."""

import re
from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context
from postwright.rules.rule import Rule

_SHORT, _LONG = 200, 800  # words (rules_quality.yaml, Q-LEN-1)
_LONG_TITLE = 8  # words
_LONG_BLURB = 80  # words about the company before the job
_ALL_BULLETS, _NO_BULLETS = 0.85, 300  # share of units; words of prose without a single list
_LEAST_UNITS = 25

_CODE = lazy_pattern(
    r"\b(?:R|JR|REQ|ID|Job Code|Req(?:uisition)?)[ #:-]*\d[\w-]{2,}|\b(?!(?:19|20)\d\d\b)\d{4,}(?:-\w)?\b|#\d{3,}",
    re.IGNORECASE,
)
_SHOUT = lazy_pattern(r"!|\burgent(?:ly)?\b|\bhiring now\b|\bimmediate(?:ly)?\b|\bapply now\b", re.IGNORECASE)
_CLUTTER = (
    ("a code", _CODE),
    ("a shout", _SHOUT),
    ("pay", lazy_pattern(r"[$£€]\s?\d")),
    ("a picture", lazy_pattern("[\u2600-\u27bf\U0001f300-\U0001faff]")),
)
_SENIORITY = lazy_pattern(
    r"\b(?:sr|senior|jr|junior|lead|principal|staff|chief|head|director|manager|I{2,3}|IV)\b\.?", re.IGNORECASE
)
_SMALL = frozenset({"of", "and", "the", "for", "in", "a", "an", "to", "with", "or", "at", "on", "&", "-", "/", "|"})


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


def title_cluttered(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Codes, shouts, pay or pictures in the title, more than eight words, or ranks stacked up."""
    unit = context.title_unit()
    span = unit.span if unit else context.front_title
    if span is None:
        return
    reasons = [what for what, clutter in _CLUTTER if clutter.search(posting.title)]
    words = [word for word in re.split(r"[\s/]+", posting.title) if word.lower() not in _SMALL]
    if len(words) > _LONG_TITLE:
        reasons.append(f"{len(words)} words")
    if len({found.lower() for found in _SENIORITY.findall(posting.title)}) >= 3:
        reasons.append("several ranks")
    if posting.title.isupper() and len(words) > 3:
        reasons.append("capitals only")
    if reasons:
        yield context.finding(rule, span, why=f"The title holds {', '.join(reasons)}.")


def company_first(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """More than eighty words on the company before the first word on the job."""
    blurb = []
    for unit in context.prose:
        if unit.section in {SectionKind.TITLE, SectionKind.OTHER, SectionKind.LEGAL} or context.legal(unit):
            continue
        if unit.section is not SectionKind.ABOUT:
            break
        blurb.append(unit)
    words = context.words_of(blurb)
    if words > _LONG_BLURB:
        yield context.finding(rule, blurb[0].span, why=f"{words} words on the company stand before the job.")


def offer_missing(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Demands, and no word on what the job gives."""
    asks = any(unit.section in {SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS} for unit in posting.units)
    gives = any(unit.section in {SectionKind.OFFER, SectionKind.PAY} for unit in posting.units)
    if asks and not gives and not context.of(rule) and context.absent("offer"):
        yield context.finding(rule, context.whole())


def apply_missing(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Nothing on how to apply. Site generators often add it, so this is only a notice."""
    asks = any(unit.section in {SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS} for unit in posting.units)
    front = any("appl" in key.lower() or "url" in key.lower() or "link" in key.lower() for key in posting.front_values)
    button = any("appl" in unit.text.lower() for unit in posting.units if unit.kind is UnitKind.OPAQUE)
    if asks and not front and not button and not context.of(rule) and context.absent("apply"):
        yield context.finding(rule, context.whole())


def bullet_balance(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Nearly all bullets, or a wall of text without one."""
    body = [unit for unit in context.prose if unit.kind is not UnitKind.HEADING]
    items = sum(unit.kind is UnitKind.ITEM for unit in body)
    words = context.words_of(body)
    if len(body) >= _LEAST_UNITS and items > _ALL_BULLETS * len(body):
        yield context.finding(
            rule, context.whole(), why=f"{items} of {len(body)} lines are bullets; nothing connects them."
        )
    elif body and not items and words > _NO_BULLETS:
        yield context.finding(rule, context.whole(), why=f"{words} words without a single list are hard to scan.")
