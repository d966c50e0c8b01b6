"""Numbers with what they count: percent, years, hours, "3 day/week", ordinals, codes. No figure is left out."""

import re
import unicodedata

from postwright.domain.posting import FactKind
from postwright.reading.facts.amounts import NUM, SCALES, plain, power, range_of, times_ten
from postwright.reading.facts.page import MARKUP, PAD, Norm, Page, pattern
from postwright.reading.facts.rates import PERIOD_ADVERBS, PERIODS, period_name
from postwright.reading.searching.lazy import lazy_pattern

_UNITS = {
    "year": r"years?|yrs?|yoe",
    "h": r"hours?|hrs?|h(?!')",
    "minute": r"minutes?|mins?",
    "second": r"seconds?|secs?",
    "ms": r"ms|milliseconds?",
    "day": r"days?",
    "week": r"weeks?|wks?",
    "month": r"months?|mos?",
    "quarter": r"quarters?",
    "night": r"nights?",
    "weekend": r"weekends?",
    "shift": r"shifts?",
    "credit": r"credit\ hours?|credits?",
    "fte": r"ftes?",
    "lb": r"lbs?|pounds?",
    "kg": r"kgs?|kilograms?|kilos?",
    "mg": r"mg",
    "ml": r"ml",
    "mile": r"miles?|mi",
    "km": r"kms?|kilomet(?:er|re)s?",
    "ft": r"ft|feet",
    "inch": r"inch(?:es)?",
    "gb": r"gbs?|gigabytes?",
    "tb": r"tbs?|terabytes?",
    "pb": r"pbs?|petabytes?",
    "mb": r"mbs?|megabytes?",
}
_UNIT = "|".join(_UNITS.values())
_NAMED_UNIT = pattern("|".join(rf"(?P<{name}>{written})" for name, written in _UNITS.items()), any_case=True)
_QUALIFIER = (
    r"(?:business|working|work|calendar|consecutive|continuous|full|paid|pto|vacation|sick|personal|additional|total|combined|"
    r"progressive|relevant|recent|solid|plus|cumulative)"
)
_MORE = r"(?:\s+(?:or|and|&)\s+(?:more|greater|above|over|up|less|fewer)\b|\s+plus\b)"
_MULT = rf"(?-i:(?:[kK]|MM|M|B|[Bb]n)(?![A-Za-z0-9])|\s?{SCALES}\b)"
_FIGURE = rf"\d+(?:/\d+)+(?![\d/])|\.?(?:{NUM})"
_NOT_AGO = r"\b(?!\s+(?:ago|later|after|before|from))"
_QUANTITY = pattern(
    rf"""(?P<between>\bbetween\s+)?(?P<low>{_FIGURE})(?P<mult1>{_MULT})?(?P<plus>\s?\+)?(?P<percent1>\s?%)?
    (?:\s*(?(between)(?:-|~|to\b|and\b)|(?:-|~|to\b|-to-))\s*(?P<high>{_FIGURE})(?P<mult2>{_MULT})?(?:\s?\+)?)?
    (?:(?P<ordinal>st|nd|rd|th)\b
    |(?P<more>{_MORE})?(?:
        (?P<percent>\s?(?:%|per\s?cent\b|pct\b))
        |(?:[\s-]*(?P<qualifier>{_QUALIFIER})\b){{0,2}}[\s-]*(?P<unit>{_UNIT})(?!\w)(?:\.(?=\s?(?:/|per\b)))?
            (?:[\s-]+(?:work(?:ing)?[\s-]?)?(?P<span_of>weeks?|days?|shifts?)\b)?
        |(?P<times>\s?x(?!\w)|[\s-]times?\b))?)
    (?:(?P<near>\s+(?:weekly|daily|monthly|annually|yearly)\b|(?:\s*/\s*|\s+(?:per|an?|each|every)\s+){PERIODS}{_NOT_AGO})
    |(?=(?:(?:\s+[a-z-]+){{1,4}}?\s+(?:per|each|every)|(?:\s+[a-z-]+){{1,2}}?\s+an?)\s+(?P<far>{PERIODS}){_NOT_AGO}))?""",
    any_case=True,
)
_TWICE_SAID = pattern(r"\x1f*(?P<a>\d+)\s?\(\s?\x1f*(?P<b>\d+)\)")
_FRACTIONS = {"1/2": "0.5", "1/4": "0.25", "3/4": "0.75"}

_FREQUENCY = pattern(
    rf"\b(?:{PERIOD_ADVERBS}|(?:each|every)\s+(?:day|week|month|quarter|year))\b(?!\s+living)", any_case=True
)
_FREQUENCIES = frozenset(
    {"annually", "annual", "yearly", "monthly", "weekly", "daily", "quarterly", "biweekly", "each", "every"}
)
_VAGUE = pattern(r"\b(?:dozens|hundreds|thousands|millions|billions)\b", any_case=True)
_VAGUE_WORDS = frozenset({"dozens", "hundreds", "thousands", "millions", "billions"})
_ROMANS = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_ROMAN = pattern(
    r"""(?<![\w.-])(?:II|III|VI|VII|VIII|IX
    |(?<=[A-Za-z]\ )IV(?!\s*(?:pump|therap|line|infus|medic|fluid|drip)))(?![.-]?\w)"""
)
_ODD_FIGURES = pattern(
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u2189\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]+"
)

_CODE = pattern(r"[A-Za-z0-9]+(?:[-_.^:][A-Za-z0-9]+)*")
_HAS_CODE = pattern(r"(?i:covid)\ 19|[A-Za-z][-_.^:]?\d|\d[-_^:]?[A-Za-z]")
_COVID = pattern(r"\bcovid[\ -]?19\b", any_case=True)
_PIECES = lazy_pattern(r"[-_.^:]")
_SEAM = lazy_pattern(r"(?<=[a-z])[-_](?=\d)|(?<=\d)[-_](?=[a-z])")
_WITH_SUFFIX = pattern(
    r"""\d+(?:[kx]|bn|m[mn]|st|nd|rd|th|hr?s?|lbs?|kg|km|mi|yrs?|mo|mins?|ms|[gtmp]b|ft|m[gl]|s)|\d+(?-i:[MB])|[a-z]+""",
    any_case=True,
)
_UNIT_WORD = pattern(rf"(?:{_UNIT}|times?|fold|plus|step|tier|part|level|page|point)s?", any_case=True)


def read_codes(page: Page) -> None:
    """Tokens of letters and figures that are one name: "R-20931", "COVID-19", "p95"."""
    if _HAS_CODE().search(page.text):
        page.take(_COVID, lambda _: Norm(FactKind.NUMBER, "covid19"))
        page.take(_CODE, _code)


def read_numbers(page: Page) -> None:
    """All figures that are left. Comes after everything that knows better."""
    if "(" in page.text:
        page.text = _TWICE_SAID().sub(_said_once, page.text)
    page.take(_QUANTITY, _quantity)


def read_frequencies(page: Page) -> None:
    """Numbers without figures: "daily", "thousands", "Type II"; and figures that are no digits ("m²")."""
    if page.says_one_of(_FREQUENCIES):
        page.take(_FREQUENCY, _frequency)
    if page.says_one_of(_VAGUE_WORDS):
        page.take(_VAGUE, lambda m: Norm(FactKind.NUMBER, m.group().lower()))
    if "I" in page.text:
        page.take(_ROMAN, lambda m: Norm(FactKind.NUMBER, str(_ROMANS[m.group()])))
    if not page.raw.isascii():
        page.take(_ODD_FIGURES, lambda m: Norm(FactKind.NUMBER, "^" + unicodedata.normalize("NFKC", m.group())))


def _code(found: re.Match[str]) -> Norm | None:
    token = found.group()
    if not any(map(str.isdigit, token)) or not any(map(str.isalpha, token)):
        return None
    pieces = _PIECES.split(token)
    mixed = any(not piece.isdigit() and not _WITH_SUFFIX().fullmatch(piece) for piece in pieces)
    lettered = any(
        piece.isalpha() and (len(piece) == 1 or piece.isupper()) and not _UNIT_WORD().fullmatch(piece)
        for piece in pieces
    )
    return Norm(FactKind.NUMBER, _SEAM.sub("", token.lower())) if mixed or lettered else None


def _said_once(found: re.Match[str]) -> str:
    """ "twelve (12)" is one number, written where its figures stand last."""
    if found["a"] != found["b"]:
        return found.group()
    return found["b"].rjust(found.end() - found.start() - 1, PAD) + MARKUP


def _frequency(found: re.Match[str]) -> Norm | None:
    period = period_name(found.group())
    return Norm(FactKind.NUMBER, f"1 /{period}") if period else None


def _quantity(found: re.Match[str]) -> Norm:
    start = max(found.start(), found.end("between"))
    if found["ordinal"] and not found["high"]:
        return Norm(FactKind.NUMBER, f"#{found['low']}", start)
    end = found.start("more") if found["more"] else -1
    if found["percent"] or found["percent1"]:
        return Norm(FactKind.PERCENT, _amount(found), start, end)
    period = period_name(found["near"] or found["far"] or "")
    if found["unit"]:
        return _counted(found, period, start, end)
    rate = f" /{period}" if period else ""
    if found["times"]:
        return Norm(FactKind.NUMBER, f"{_amount(found)}{rate or ' x'}", start, end)
    ends = [found.end(name) for name in ("low", "mult1", "plus", "high", "mult2", "near")]
    return Norm(FactKind.NUMBER, _bare(found) + rate, start, max(ends))


def _counted(found: re.Match[str], period: str, start: int, end: int) -> Norm:
    named = _NAMED_UNIT().fullmatch(found["unit"])
    unit = (named.lastgroup if named else None) or found["unit"].lower()
    if unit == "year":
        return Norm(FactKind.YEARS, _amount(found), start, end)
    if unit == "day" and (found["qualifier"] or "").lower().startswith(("business", "work")):
        unit = "business day"
    of = (found["span_of"] or "").lower().removesuffix("s") or period
    kind = FactKind.HOURS if unit == "h" else FactKind.NUMBER
    return Norm(kind, f"{_amount(found)} {unit}{f'/{of}' if of else ''}", start, end)


def _amount(found: re.Match[str]) -> str:
    if found["high"]:
        return range_of(_led(found["low"]), found["mult1"], _led(found["high"]), found["mult2"])
    return times_ten(plain(_led(found["low"])), power(found["mult1"]))


def _led(figure: str) -> str:
    return f"0{figure}" if figure.startswith(".") else _FRACTIONS.get(figure, figure)


def _bare(found: re.Match[str]) -> str:
    """Without unit, "3.10" may be a version: zeros at the end stay."""
    if found["mult1"] or found["mult2"]:
        return _amount(found)
    low, high = (
        plain(figure) if "," in figure else figure for figure in (_led(found["low"]), _led(found["high"] or ""))
    )
    return f"{low}-{high}" if high else low
