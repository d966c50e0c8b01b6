"""Money: amounts and ranges with currency and period. "$" stays "$" unless the text says whose dollar it is."""

import re

from postwright.domain.posting import FactKind
from postwright.reading.facts.amounts import NUM, SCALES, plain, power, range_of, times_ten
from postwright.reading.facts.page import Norm, Page, pattern
from postwright.reading.facts.rates import PERIOD_ADVERBS, PERIODS, period_name

_SIGNS = {"$": "$", "€": "EUR", "£": "GBP", "¥": "¥", "₹": "INR", "₩": "KRW", "₪": "ILS", "₱": "PHP", "฿": "THB"}
_DOLLARS = {
    "us": "USD",
    "u.s.": "USD",
    "ca": "CAD",
    "c": "CAD",
    "canadian": "CAD",
    "au": "AUD",
    "a": "AUD",
    "australian": "AUD",
}
_DOLLARS |= {"nz": "NZD", "hk": "HKD", "sg": "SGD", "s": "SGD", "mx": "MXN", "r": "BRL", "": "$"}
_CODES = frozenset(
    {
        "USD",
        "CAD",
        "AUD",
        "NZD",
        "EUR",
        "GBP",
        "CHF",
        "INR",
        "BRL",
        "MXN",
        "COP",
        "CLP",
        "ARS",
        "PEN",
        "JPY",
        "CNY",
        "SGD",
    }
    | {"HKD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "ILS", "ZAR", "AED", "KRW", "PHP", "THB"}
)
_WORDS = {"euro": "EUR", "pounds sterling": "GBP", "rupee": "INR", "lpa": "INR", "rs": "INR"}

_LETTERS = (*_SIGNS, *sorted(_CODES), "ollar", "uro", "sterling", "upee", "LPA", "Rs", "RS")
"""One of these stands in whatever names a currency."""
_SIGN = "[$€£¥₹₩₪₱฿]"
_BEFORE = rf"\b[A-Z]{{3}}\ ?[$€£]?|(?<![A-Za-z])(?:(?:US|U\.S\.|CA|AU|NZ|HK|SG|MX|C|A|R|S)\ ?\$|\bRs\b\.?)|{_SIGN}"
_AFTER = rf"""
    \b[A-Z]{{3}}\b(?!\s?\d) | (?:(?:US|U\.S\.|Canadian|Australian)\ )?\b[Dd]ollars?\b | \b(?:[Ee]uros?|[Rr]upees)\b
    | \bpounds\ sterling\b | {_SIGN}(?!\s?[\d{{])"""
_MULT = rf"(?:[kKbB](?!\w)|[mM][mMn]?(?!\w)|[Mm]il(?!\w)|[Bb]n(?!\w)|{SCALES}\b)"
_PER = rf"""(?:\s*(?:/|\bper\b|\bp/|\ban?\b|\beach\b|\bevery\b)\s*{PERIODS}\b
    |\s*\b{PERIOD_ADVERBS}\b|\s*\bp\.?\s?[ahmdw]\b\.?)"""
_BLANK_GROUPS = r"(?:(?<=[€£$]\ )|(?<=[€£$]))\d{1,3}(?:\ \d{3})+(?![\d,]) | \d{1,3}(?:\ \d{3})+(?=\s?(?:€|EUR\b))"


def _side(number: int) -> str:
    return rf"""
    (?P<before{number}>{_BEFORE})?\s*
    (?P<num{number}>{_BLANK_GROUPS}|{NUM})(?:\s?(?P<mult{number}>{_MULT}))?\+?
    (?P<per{number}>{_PER})?
    (?:\s?\(?(?P<after{number}>{_AFTER})\)?)?"""


_FILLERS = (
    r"(?:[\s:(,-]|\b(?:base|gross|salary|salaries|pay|rate|wage|range|compensation|bonus|stipend|budget|target|total|cash|"
    r"starting|earnings|is|of|for|this|the|role|position|job|up|to|from|at|an?|ranges|in|about|around|minimum|maximum)\b)"
)
_LEAD = rf"""
    (?:\b(?P<lead>[Aa]nnual(?:ly)?|[Yy]early|[Hh]ourly|[Mm]onthly|[Ww]eekly|[Dd]aily|ANNUAL|HOURLY)\b{_FILLERS}{{1,20}})?"""
"""A period before its amount: "annual base salary: $138,000". Only filler words in between."""

_SINGLE = pattern(rf"{_LEAD}(?<![\w.,]){_side(1)}(?P<last>{_PER})?")
_RANGE = pattern(
    rf"""{_LEAD}(?<![\w.,])(?!(?:19|20)\d\d\s*-\s*[$€£])  # "in 2023 - $5,000" is no range
    (?P<between>\b[Bb]etween\s+)?{_side(1)}
    \s*(?(between)(?:-|to|and)|(?:-|~|to))\s*
    {_side(2)}(?P<last>{_PER})?"""
)
_MARKS = pattern(rf"{_SIGN}|\b(?:{'|'.join(sorted(_CODES))}|Rs|LPA)\b|[Dd]ollar|[Ee]uros?\b|sterling|[Rr]upee")


def read_money(page: Page) -> None:
    """Amounts need figures: comes after number words are written as such, and before years are read as dates."""
    if _MARKS().search(page.text):
        page.take(_RANGE, _range)
        if _holds_currency(page.text):  # most postings state one range and no more
            page.take(_SINGLE, _single)


def _holds_currency(text: str) -> bool:
    """True if a currency may be named: what `_currency` knows, or letters of it."""
    return any(mark in text for mark in _LETTERS)


def _range(found: re.Match[str]) -> Norm | None:
    currency = _currency(found["before1"], found["after1"], found["before2"], found["after2"])
    if not currency:
        return None
    amounts = range_of(found["num1"], found["mult1"], found["num2"], found["mult2"], dot_groups=True)
    period = _period(found["last"] or found["per2"] or found["per1"] or found["lead"])
    return Norm(FactKind.MONEY, f"{currency} {amounts}{period}", _start(found))


def _single(found: re.Match[str]) -> Norm | None:
    currency = _currency(found["before1"], found["after1"])
    if not currency:
        return None
    amount = times_ten(plain(found["num1"], dot_groups=True), power(found["mult1"]))
    period = _period(found["last"] or found["per1"] or found["lead"])
    return Norm(FactKind.MONEY, f"{currency} {amount}{period}", _start(found))


def _start(found: re.Match[str]) -> int:
    return found.start("before1") if found["before1"] else found.start("num1")


def _currency(*written: str | None) -> str:
    """The most telling currency said around the amounts: "$90,000 CAD" is CAD. Empty if none is said."""
    said = {code for mark in written if mark and (code := _code(mark))}
    if len(said) > 1:
        said.discard("$")
    return "/".join(sorted(said))


def _code(written: str) -> str:
    """The currency of one mark, or empty for three capitals that are none."""
    text = " ".join(written.split())
    if text[:3] in _CODES:
        return text[:3]
    low = text.lower()
    for word, code in _WORDS.items():
        if low.startswith(word):
            return code
    if "dollar" in low:
        return _DOLLARS.get(low.split(" ")[0] if " " in low else "", "$")
    sign = text[-1]
    if sign != "$" or len(text) > 5:
        return _SIGNS.get(sign, "")
    return _DOLLARS.get(low[:-1].strip(), "$")


def _period(written: str | None) -> str:
    name = period_name(written or "")
    return f" /{name}" if name else ""
