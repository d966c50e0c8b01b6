"""Which sums of money in a posting are pay for this work: not a bonus, a budget, revenue or funding."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from postwright.domain.posting import Posting, Span, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern
from postwright.rules.rule import tells

_LEAST_YEARLY = 10_000
_MOST_HOURLY = 500

_NORM = lazy_pattern(
    r"(?P<currency>\S+) (?P<low>\d+(?:\.\d+)?\??)(?:-(?P<high>\d+(?:\.\d+)?\??))?(?: /(?P<period>\w+))?"
)
_MONEY = lazy_pattern(r"[$£€¥₹]|\b(?:USD|EUR|GBP|CAD|AUD|INR|CHF|dollars|euros)\b")
_MAY_BE_MONEY = Pattern(r"[$£€¥₹]|USD|EUR|GBP|CAD|AUD|INR|CHF|dollars|euros")
_BARE_RANGE = lazy_pattern(
    r"\b\d{2,3}k?\s?[-–]\s?\d{2,3}k\b|💰\W*\d", re.IGNORECASE
)  # "150-250k": pay without a currency
_BESIDE_PAY = lazy_pattern(
    r"[,;]? *(?:\bplus\b|\+|\balong with\b|\b(?:and|with) (?=(?:an? )?(?:\w+ )?(?:bonus|equity))|\((?=bonus|equity)"
    r"|(?<=[,;] )(?=(?:annual |yearly )?(?:bonus|equity)))",
    re.IGNORECASE,
)  # after these words stands what is paid beside the figure: "$140,000 - $160,000, plus a bonus"
_FRONT_KEYS = lazy_pattern(r"pay|salar|compensation|remuneration|wage|\brate\b", re.IGNORECASE)


class Amount(NamedTuple):
    """Pay as a posting states it. `span` is in the source, `said` is the sentence around it."""

    unit: str
    span: Span
    said: str
    currency: str
    low: float
    high: float
    period: str  # year | hour | ... or empty

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def pay_amounts(posting: Posting) -> tuple[Amount, ...]:
    """Every figure that is pay for this work: not a bonus, a budget, revenue or funding."""
    money = [start for start, _ in _MAY_BE_MONEY.spans(posting.source)]
    if not money:
        return ()
    return tuple(
        amount
        for unit in posting.units
        if unit.kind is not UnitKind.OPAQUE and bisect_left(money, unit.span.start) < bisect_left(money, unit.span.end)
        for amount in _amounts(unit)
    )


def _amounts(unit: Unit) -> Iterator[Amount]:
    if not _MONEY.search(unit.text):
        return
    for found in _figures(unit.text):
        before = unit.text[max(0, found.span.start - 40) : found.span.start]
        behind = _BESIDE_PAY.split(unit.text[found.span.end : found.span.end + 40], maxsplit=1)[0]
        if not tells("no_pay", f"{before}{found.span.of(unit.text)}{behind}"):
            yield Amount(
                unit.id,
                found.span.shift(unit.span.start),
                unit.text,
                found.currency,
                found.low,
                found.high,
                found.period,
            )


def _figures(text: str) -> Iterator[Amount]:
    """Sums of money that can be somebody's pay for a year, month, week, day or hour."""
    from postwright.reading.facts import money_in  # noqa: PLC0415 - a posting without money does not pay for its tables

    for fact in money_in(text):
        if (norm := _NORM.fullmatch(fact.norm)) is None:
            continue
        low, high = _number(norm["low"]), _number(norm["high"] or norm["low"])
        period = norm["period"] or _period_of(high)
        if _plausible(high, period):
            yield Amount("", fact.span, text, norm["currency"], low, high, period)


def _number(written: str) -> float:
    """The amount; one that may be in dotted thousands ("50.000?") is: nobody is paid fifty euros."""
    return float(written[:-1].replace(".", "") if written.endswith("?") else written)


def _period_of(amount: float) -> str:
    return "year" if amount >= _LEAST_YEARLY else "hour" if amount <= _MOST_HOURLY else ""


def _plausible(amount: float, period: str) -> bool:
    if period == "year":
        return _LEAST_YEARLY <= amount < 2_000_000
    return period in {"hour", "day", "week", "month"} and amount > 5


def front_pay(posting: Posting) -> tuple[Amount, ...]:
    """The pay that the front matter states, with spans in the value and not in the source."""
    return tuple(
        found for key, value in posting.front_values.items() if _FRONT_KEYS.search(key) for found in _figures(value)
    )


def states_pay(posting: Posting, amounts: Sequence[Amount]) -> bool:
    """True if a figure for pay stands in the text or in the front matter. `amounts` are those of `pay_amounts`."""
    front = any(_FRONT_KEYS.search(key) and re.search(r"\d", value) for key, value in posting.front_values.items())
    return front or bool(amounts) or bool(_BARE_RANGE.search(posting.source))
