"""Years, degrees and licences: what is asked for against what can be had. Dates are arithmetic on a given day."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Strength, Unit, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule, cue_words, tells
from postwright.rules.searching import compiled
from postwright.rules.wording import findings

_GRACE = 0.5  # years (tech_first_release.yaml): betas, and people who were there
_LOOSE_GRACE = 2.0  # for things without one birthday, such as "large language models"
_MANY = 3  # counts of years that replace proof (Q-YRS-2)

_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fifteen": 15, "twenty": 20,
}  # fmt: skip
_FIRST_NUMBER = lazy_pattern(rf"\d+(?:\.5)?|{'|'.join(_WORDS)}", re.IGNORECASE)

_JOINED_ALL = lazy_pattern(r"\s*(?:,|&|\band\b|\+)\s*(?:and\s+)?", re.IGNORECASE)
_JOINED_ANY = lazy_pattern(r"\s*(?:/|,?\s*\bor\b)\s*", re.IGNORECASE)
_EXACT_UP_TO = 6  # letters: shorter names must match their case (Go, Rust, Claude, RAG, React)

_OR_BEFORE = lazy_pattern(r"(?:\bor\b|/)\s*(?:an? )?$", re.IGNORECASE)
_BEDSIDE_TITLE = lazy_pattern(r"\b(?:nurse|RN)\b", re.IGNORECASE)
_OFFICE_TITLE = lazy_pattern(
    r"informatic|analyst|engineer|develop|manager|director|product|data|project|trainer|consult|recruit", re.IGNORECASE
)
_DEMANDS = frozenset({SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS, SectionKind.CONDITIONS})


class Technology(NamedTuple):
    """Something with a first public day. `loose`: the name is older or wider than that day."""

    name: str
    first: str  # year and month, ISO
    loose: bool

    def age(self, as_of: date) -> float:
        """Years from the first month to `as_of`."""
        year, month = map(int, self.first.split("-")[:2])
        return as_of.year - year + (as_of.month - month) / 12


class Claim(NamedTuple):
    """A count of years and the technology it is about. `span` is in the source."""

    years: float
    technology: Technology
    span: Span

    def excess(self, as_of: date) -> float:
        return self.years - self.technology.age(as_of)


def impossible_years(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """More years than the technology has existed."""
    for claim in _claims(rule, context):
        if claim.excess(context.as_of) > (_LOOSE_GRACE if claim.technology.loose else _GRACE):
            yield context.finding(rule, claim.span, why=_says(claim, context.as_of))


def stretched_years(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Slightly more years than a thing without a birthday has been around."""
    for claim in _claims(rule, context):
        if claim.technology.loose and _GRACE < claim.excess(context.as_of) <= _LOOSE_GRACE:
            yield context.finding(rule, claim.span, why=_says(claim, context.as_of))


def _says(claim: Claim, as_of: date) -> str:
    age = claim.technology.age(as_of)
    return (
        f"{claim.years:g} years are asked for; {claim.technology.name} has been public since {claim.technology.first}, "
        f"{age:.0f} years on {as_of.isoformat()}."
    )


def many_year_counts(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Three or more counts of years among the demands, remarked once, at the first."""
    counts = [
        hit
        for hit in context.of(rule)
        if hit.unit
        and hit.unit.section in _DEMANDS
        and not tells("not_of_a_person", context.text[hit.span.end : hit.span.end + 15])
    ]
    if len(counts) >= _MANY:
        why = (
            f"{len(counts)} counts of years. They screen out people who changed fields, such as nurses in informatics."
        )
        yield context.finding(rule, counts[0].span, why=why)


@cache
def _between() -> re.Pattern[str]:
    """What may stand between the years and the thing they are spent on: "of hands-on experience with"."""
    return compiled(rf"(?i)(?:\W*\b(?:{cue_words('years_between')})\b)*[\s:,(-]*")


def _claims(rule: Rule, context: Context) -> Iterator[Claim]:
    for hit in context.of(rule):
        if hit.unit is not None and (claim := _claim(hit, hit.unit, context)) is not None:
            yield claim


def _claim(hit: Hit, unit: Unit, context: Context) -> Claim | None:
    """The technology right after the years ("5+ years of X"), else right before them ("X (5+ years)")."""
    text = context.text
    number = _FIRST_NUMBER.match(text, hit.span.start)
    if number is None or tells("not_of_a_person", text[hit.span.end : hit.span.end + 12]):
        return None
    years = float(_WORDS.get(number.group().lower(), 0) or number.group())
    between = _between().match(text[hit.span.end : unit.span.end])  # RE2 would count through the whole text for a place
    start = hit.span.end + (between.end() if between else 0)
    named = _technologies_at(text, start, unit.span.end) or _named_before(text, hit, unit)
    if not named:
        return None
    technology, end = named
    return Claim(years, technology, Span(min(hit.span.start, end), max(hit.span.end, end)))


def _technologies_at(text: str, start: int, end: int) -> tuple[Technology, int] | None:
    """The technology named at `start`. Of several joined by "and" the youngest counts, by "or" the oldest."""
    first = _name_at(text, start, end)
    if first is None:
        return None
    technology, at = first
    either = _JOINED_ANY.match(text, at, end)
    if either:
        other = _name_at(text, either.end(), end)
        return (max(technology, other[0], key=_by_age), other[1]) if other else None
    both = _JOINED_ALL.match(text, at, end)
    rest = text[at : min(end, at + 80)]
    if both and re.search(r"\bor\b|/", rest.split(".")[0].split(";")[0]):
        return None  # "X, Y or Z": any of them would do
    return technology, at


def _by_age(technology: Technology) -> tuple[int, ...]:
    return tuple(-int(part) for part in technology.first.split("-")[:2])


def _name_at(text: str, start: int, end: int) -> tuple[Technology, int] | None:
    for name, technology in _by_initial().get(text[start : start + 1].lower(), ()):
        stop = start + len(name)
        written = text[start:stop]
        fits = written == name if len(name) <= _EXACT_UP_TO else written.lower() == name.lower()
        if fits and stop <= end and not text[stop : stop + 1].isalnum():
            return technology, stop
    return None


def _named_before(text: str, hit: Hit, unit: Unit) -> tuple[Technology, int] | None:
    """ "FHIR R4 (5+ years)", "LangChain: 5 years"."""
    lead = re.search(r"[\s:(–-]+(?:(?:at least|minimum(?: of)?|min\.?) )?$", text[unit.span.start : hit.span.start])
    if lead is None or not re.search(r"[:(–-]", lead.group()):
        return None
    end = unit.span.start + lead.start()
    for length in _lengths():
        start = end - length
        named = _name_at(text, start, end) if start >= unit.span.start else None
        if named and named[1] == end and not text[max(0, start - 1) : start].isalnum():
            return named[0], start
    return None


@cache
def _technologies() -> tuple[tuple[str, Technology], ...]:
    """Every name with its technology, longest first, so that "FHIR R4" wins over "FHIR"."""
    known = load("tech_first_release")["items"]
    own = load("technologies")
    loose = frozenset(own["loose"])
    named = [
        (str(name), Technology(str(entry["names"][0]), str(entry["first"]), entry["id"] in loose))
        for entry in (*known, *own["items"])
        if entry["id"] not in own["left_out"]
        for name in entry["names"]
    ]
    return tuple(sorted(named, key=lambda pair: -len(pair[0])))


@cache
def _lengths() -> tuple[int, ...]:
    """The lengths of all names, the longest first."""
    return tuple(sorted({len(name) for name, _ in _technologies()}, reverse=True))


@cache
def _by_initial() -> dict[str, tuple[tuple[str, Technology], ...]]:
    initials = {name[0].lower() for name, _ in _technologies()}
    return {initial: tuple(pair for pair in _technologies() if pair[0][0].lower() == initial) for initial in initials}


def degree_demands(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Degrees demanded without anything in their place. Degrees behind a clinical licence are left alone."""
    for hit in context.of(rule):
        behind = re.split(r"[.;\n]", context.text[hit.span.end : hit.span.end + 30])[0]
        around = hit.span.of(context.text) + ("" if hit.name == "demanded" else behind)
        if hit.unit is None or tells("clinical_degree", around) or tells("soft", around):
            continue
        if hit.name == "doctorate" and _OR_BEFORE.search(context.text, hit.unit.span.start, hit.span.start):
            continue  # "MSc or PhD" demands the first of the two
        if _demanded(hit, hit.unit, around) and not _replaceable(posting, hit.unit):
            yield context.finding(rule, _trimmed(hit.span, context.text))


def _demanded(hit: Hit, unit: Unit, around: str) -> bool:
    """True if words demand the degree, or an item in a list of demands is nothing but the degree."""
    if hit.name in {"demanded", "must"} or re.search(r"\brequired\b|\bmust\b|\bmandatory\b", around, re.IGNORECASE):
        return True
    if unit.kind is not UnitKind.ITEM or unit.section not in _DEMANDS or unit.strength is Strength.NICE:
        return False
    return hit.name == "doctorate" or (hit.span.start == unit.span.start and unit.section is SectionKind.MUST_HAVE)


def _replaceable(posting: Posting, unit: Unit) -> bool:
    """True if a line of the same list accepts something else in place of the degree."""
    beside = (other.text for other in posting.units if other.heading == unit.heading and other.section is unit.section)
    return any(tells("degree_replaced", text) for text in beside)


def _trimmed(span: Span, text: str) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip(" ,;:-")))


def licence_or_degree(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Two demands for a licence that contradict each other, or a nursing degree where the licence is the gate."""
    either = context.of(rule, "either")
    if either and context.of(rule, "physician"):
        why = "One line demands a physician, another accepts a nursing licence."
        yield context.finding(rule, either[0].span, why=why)
    nurse = _BEDSIDE_TITLE.search(posting.title) and not _OFFICE_TITLE.search(posting.title)
    degrees = context.of(rule, "nursing-degree")
    if nurse and degrees and not context.of(rule, "licence"):
        yield from findings(rule, context, degrees[:1])
