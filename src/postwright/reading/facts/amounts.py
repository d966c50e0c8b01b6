"""Amounts in one spelling: "138,000", "138k" and "138.000,00" are "138000". All in strings, so nothing is rounded.

"150.000" may be 150 or 150,000: such an amount keeps its spelling and a question mark.
"""

from postwright.reading.searching.lazy import lazy_pattern

NUM = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d+(?:[.,']\d+)*"
"""Figures as written, without sign. Use it in a group."""

SCALES = r"(?:[Tt]housand|[Mm]illion|[Bb]illion|[Tt]rillion|[Ll]akhs?|[Cc]rores?)"
"""Multipliers in words."""

_POWERS = {"k": 3, "thousand": 3, "lakh": 5, "m": 6, "mm": 6, "mn": 6, "mil": 6, "million": 6, "crore": 7}
_POWERS |= {"b": 9, "bn": 9, "billion": 9, "trillion": 12}

_GROUPED = lazy_pattern(r"\d{1,3}(?:,\d{2,3})*,\d{3}")
_DOTTED = lazy_pattern(r"\d{1,3}(?:\.\d{3}){2,}")
_UNSURE = lazy_pattern(r"[1-9]\d{0,2}\.\d{3}")
_PLAIN = lazy_pattern(r"\d+(?:\.\d+)?")


def plain(written: str, *, dot_groups: bool = False) -> str:
    """One spelling for figures as written. `dot_groups`: a dot may group thousands ("150.000" becomes "150.000?")."""
    text = written.replace("'", "").replace(" ", "")
    if "," in text and "." in text:
        return _without_groups(text)
    if "," in text:
        if _GROUPED.fullmatch(text):
            return _trimmed(text.replace(",", ""))
        whole, _, rest = text.partition(",")
        return _trimmed(f"{whole}.{rest}") if rest.isdigit() and len(rest) < 3 else text
    if _DOTTED.fullmatch(text):
        return _trimmed(text.replace(".", ""))
    if dot_groups and _UNSURE.fullmatch(text):
        return f"{text}?"
    return _trimmed(text) if _PLAIN.fullmatch(text) else text


def _without_groups(text: str) -> str:
    """The last of "," and "." is the decimal point, when what stands before groups thousands."""
    mark = "." if text.rfind(".") > text.rfind(",") else ","
    whole, _, rest = text.rpartition(mark)
    other = "," if mark == "." else "."
    if not whole.replace(other, "").isdigit():
        return text
    return _trimmed(f"{whole.replace(other, '')}.{rest}")


def _trimmed(figures: str) -> str:
    whole, _, rest = figures.partition(".")
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def power(multiplier: str | None) -> int:
    """The power of ten that a multiplier stands for; 0 for none."""
    return _POWERS[multiplier.strip().lower().removesuffix("s")] if multiplier else 0


def times_ten(amount: str, exponent: int) -> str:
    """`amount` in one spelling, times ten to the power; an unsure amount names the power instead."""
    if not exponent:
        return amount
    if not _PLAIN.fullmatch(amount):
        return f"{amount}e{exponent}"
    whole, _, rest = amount.partition(".")
    rest = rest.ljust(exponent, "0")
    return _trimmed(f"{whole}{rest[:exponent]}.{rest[exponent:]}")


def is_less(low: str, high: str) -> bool:
    """True if both are plain amounts and the first is smaller."""
    return bool(_PLAIN.fullmatch(low) and _PLAIN.fullmatch(high)) and _rank(low) < _rank(high)


def _rank(amount: str) -> tuple[int, str, str]:
    """Orders plain amounts like numbers: the longer whole part is larger, then figure by figure."""
    whole, _, rest = _trimmed(amount).partition(".")
    return len(whole), whole, rest


def range_of(low: str, low_mult: str | None, high: str, high_mult: str | None, *, dot_groups: bool = False) -> str:
    """ "120" and "150K" is 120000-150000: a multiplier said once counts for both, unless that turns the range round."""
    first, second = plain(low, dot_groups=dot_groups), plain(high, dot_groups=dot_groups)
    to_first, to_second = power(low_mult), power(high_mult)
    if to_second and not low_mult and not is_less(times_ten(second, to_second), times_ten(first, to_second)):
        to_first = to_second
    if to_first and not high_mult and is_less(second, times_ten(first, to_first)):
        to_second = to_first
    return f"{times_ten(first, to_first)}-{times_ten(second, to_second)}"
