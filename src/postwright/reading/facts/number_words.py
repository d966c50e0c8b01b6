"""Writes number words as figures, in place: "twenty-five percent" becomes "25 percent" with padding in front.

What only looks like a number stays a word: "one of the teams", "no one", "third-party", "zero trust".
"""

import re

from postwright.reading.facts.page import PAD, pattern

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_VALUES = {word: value for value, word in enumerate((*_ONES, *_TEENS), 1)}
_VALUES |= {word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)}
_SCALES = {"thousand": 1_000, "million": 1_000_000}
_TIMES_FIGURES = {"once": "1x", "twice": "2x", "thrice": "3x"}

TRIGGERS = frozenset(
    (*_VALUES, *_SCALES, *_ORDINALS, *_TIMES_FIGURES, "billion", "zero", "hundred", "dozen", "half", "thirds")
)

_UNIT_WORDS = (
    r"(?:(?:business|working|calendar|full|paid|more|or\ more)[\ -]){0,2}(?:years?|yrs?|months?|weeks?|days?|hours?|"
    r"hrs?|minutes?|mins?|seconds?|shifts?|quarters?|times?|percent|nights?|weekends?|pounds?|lbs?|miles?|dollars?)\b"
)
_ONE = "|".join(_ONES)
_BELOW_1000 = rf"""
    (?:(?:(?:{_ONE}|an?)[\ -]hundred\b(?:[\ -](?:and\ )?(?={_ONE}|{"|".join((*_TEENS, *_TENS))}))?)?
    (?:(?:{"|".join(_TENS)})(?:[\ -](?:{_ONE}))?|{"|".join(_TEENS)}|{_ONE})\b(?![\ -]hundred\b)
    |(?:{_ONE}|an?)[\ -]hundred\b)"""
_CARDINAL = pattern(
    rf"""\b(?P<whole>{_BELOW_1000}(?:[\ -]thousand\b(?:,?\ (?:and\ )?{_BELOW_1000})?)?
        |an?(?=\ dozen\b|\ (?:million|billion)\b)|an?\ thousand\b)
    (?:(?P<dozens>\ dozen)|(?P<half>\ and\ a\ half))?\b""",
    any_case=True,
)
_COUNTING_ONE = pattern(
    rf"""\bone\b(?=[\ -](?:million|billion)\b | (?:[\ -]|\s*\(1\)\s*){_UNIT_WORDS}
    | \ (?:to|or)\ (?:\x1f*\d|more\ (?!of\b))
    | \s*\(\s*1\s*\))""",
    any_case=True,
)
_BOUNDED_ONE = pattern(
    r"""\b(?P<bound>(?:at\ least|minimum\ of|more\ than|only|exactly|up\ to|no\ more\ than|every)\s+)
    one\b(?!\s+(?:of|another|who|that)\b)""",
    any_case=True,
)
_ZERO = pattern(
    r"\bzero\b(?![\ -](?:trust|shot|tolerance|day|data|downtime|knowledge|copy|footprint|touch))", any_case=True
)
_HALF_BIG = pattern(r"\bhalf\ an?\ (?P<scale>million|thousand|dozen)\b", any_case=True)
_FRACTION = pattern(
    r"""\b(?:(?P<two>two[\ -]thirds)|(?P<three>three[\ -]quarters)|(?:one|a)[\ -](?P<third>third)
    |(?<!and\ a\ )half(?:\ an?(?=\ (?:hour|day|year)\b))?)\b""",
    any_case=True,
)
_TIMES = pattern(
    r"""\b(?:once(?=(?:\s*/\s*|\s+(?:per|a|an|each|every)\s+)(?:hour|day|week|month|quarter|year|shift)\b)|twice|thrice)\b""",
    any_case=True,
)
_ORDINAL = pattern(
    rf"""\b(?:(?:first|second)(?=[\ -](?:shift|year|quarter|half|month|week|day|line|tier|level|degree)s?\b)
    |(?!third[\ -]part)(?:{"|".join(_ORDINALS[2:])}))\b""",
    any_case=True,
)


def figures(text: str, low_words: frozenset[str]) -> str:
    """`text` with number words as figures, same length. `low_words` are its words in lower case."""
    said = low_words & TRIGGERS
    if not said:
        return text
    if said & {"half", "third", "thirds", "three"}:
        text = _HALF_BIG().sub(_half_of, text)
        text = _FRACTION().sub(_fraction, text)
    if not said.isdisjoint(_TIMES_FIGURES):
        text = _TIMES().sub(lambda m: _padded(m, _TIMES_FIGURES[m.group().lower()]), text)
    if not said.isdisjoint(_ORDINALS):
        text = _ORDINAL().sub(_ordinal, text)
    text = _CARDINAL().sub(_cardinal, text)
    if "one" in said:
        text = _COUNTING_ONE().sub(lambda m: _padded(m, "1"), text)
        text = _BOUNDED_ONE().sub(lambda m: f"{m['bound']}{PAD * 2}1", text)
    if "zero" in said:
        text = _ZERO().sub(lambda m: _padded(m, "0"), text)
    return text


def _padded(found: re.Match[str], figure: str) -> str:
    return figure.rjust(found.end() - found.start(), PAD)


def _half_of(found: re.Match[str]) -> str:
    return _padded(found, str((_SCALES | {"dozen": 12})[found["scale"].lower()] // 2))


def _fraction(found: re.Match[str]) -> str:
    if found["two"]:
        return _padded(found, "2/3")
    if found["three"]:
        return _padded(found, "3/4")
    return _padded(found, "1/3" if found["third"] else "0.5")


def _ordinal(found: re.Match[str]) -> str:
    number = _ORDINALS.index(found.group().lower()) + 1
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
    return _padded(found, f"{number}{ending}")


def _cardinal(found: re.Match[str]) -> str:
    if found["dozens"]:
        return _padded(found, str(12 * _value(found["whole"])))
    if found.group().lower() == "one":
        return found.group()
    return _padded(found, f"{_value(found['whole'])}{'.5' if found['half'] else ''}")


def _value(words: str) -> int:
    """The value of a number in words below a million. "a" counts as one."""
    total = part = 0
    for word in words.lower().replace(",", "").replace("-", " ").split():
        if word in _SCALES:
            total += max(part, 1) * _SCALES[word]
            part = 0
        elif word == "hundred":
            part *= 100
        elif word != "and":
            part += _VALUES.get(word, 1)
    return total + part
