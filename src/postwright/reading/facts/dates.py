"""Dates as ISO dates; what is not said is "????": "December 31" is "????-12-31". No date is filled in from today's.

"03/04/2026" may be March or April: it stays "2026-03/04".
"""

import re
from datetime import date

from postwright.domain.posting import FactKind
from postwright.reading.facts.page import Norm, Page, pattern

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_NAMES = frozenset((*_MONTHS, *_NUMBERS, "sept"))
_WORDS_TOO = frozenset({"may", "march", "mar"})  # in small letters these are no months
_COUNTED = frozenset(
    {
        "employees",
        "people",
        "hours",
        "beds",
        "patients",
        "users",
        "colleagues",
        "staff",
        "members",
        "customers",
        "clients",
    }
    | {
        "clinicians",
        "physicians",
        "doctors",
        "nurses",
        "providers",
        "hospitals",
        "sites",
        "companies",
        "students",
        "words",
    }
    | {
        "characters",
        "miles",
        "points",
        "lives",
        "engineers",
        "retailers",
        "applicants",
        "units",
        "times",
        "days",
        "weeks",
    }
    | {"calls", "visits", "notes", "messages", "records", "facilities", "clinics", "practices"}
)
"""What is counted by the thousand: "2000 employees" is no year."""

_MONTH = r"(?P<month>[A-Za-z]{3,9})\b\.?"
_DAY = r"[0-3]?\d(?!\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_ISO = pattern(
    r"""(?<![\w.-])(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)
    (?P<time>[T\ ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])"""
)
_DAY_FIRST = pattern(
    rf"(?<![\w.,-])(?:(?P<first>{_DAY})\s*(?:-|\bto\b)\s*)?(?P<day>{_DAY})\s*(?:of\s+)?-?{_MONTH}(?:,?[\s-]*{_YEAR})?"
)
_MONTH_FIRST = pattern(
    rf"(?<!\w){_MONTH}\s*(?P<first>{_DAY})\b(?:\s*(?:-|\bto\b)\s*(?P<day>{_DAY})\b)?(?:,?\s*(?:\bof\s+)?{_YEAR})?(?!-?\d)"
)
_MONTH_YEAR = pattern(rf"(?<!\w){_MONTH}(?:,?\s+(?:of\s+)?|-){_YEAR}")
_MONTH_ALONE = pattern(
    r"""(?<!\w)(?:January|February|April|June|July|August|September|October|November|December
    |(?:(?<=[Ii]n\ )|(?<=by\ )|(?<=since\ )|(?<=until\ )|(?<=early\ )|(?<=late\ )|(?<=mid-))(?:March|May))(?![\w'])"""
)
_FIGURES = pattern(
    r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)(?![\w/-]|[.]\d)"
)
_DAY_IN_FIGURES = pattern(
    r"""\b(?:by|before|until|through|closes|closing|deadline|due|after|on)[:\ ]{1,2}
    (?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/.%-])""",
    any_case=True,
)
_QUARTER = pattern(
    rf"""(?<![\w-])(?:[Qq](?P<q>[1-4])|(?P<year1>(?:19|20)\d\d)[\ -]?[Qq](?P<q2>[1-4]))(?!\w)
    (?:\s*(?:of\s+|FY\s?)?(?:{_YEAR}|'(?P<short>\d\d)\b))?"""
)
_FISCAL = pattern(r"\bFY\s?'?-?(?P<year>(?:19|20)\d\d|\d\d)\b(?:\s*[-/]\s*(?P<last>\d\d(?:\d\d)?)\b)?")
_SEASON = pattern(rf"\b(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?{_YEAR}", any_case=True)
_BARE_YEAR = pattern(
    r"""(?:(?<![\w.,:/$£€#-])|(?<=[a-z]-))(?P<year>19[5-9]\d|20\d\d)(?:\s*(?:-|\bto\b)\s*(?P<last>(?:19|20)\d\d|\d\d)(?![\d-]))?
    (?![\w%]|[.,:/-]\d|\s*\+)(?:(?=\s(?P<next>[A-Za-z]+))|)"""
)


def read_dates(page: Page) -> None:
    named = page.says_one_of(_NAMES)
    if any(map(page.text.__contains__, "0123456789")):
        _read_days(page, named=named)
        page.take(_QUARTER, _quarter)
        if "FY" in page.text:
            page.take(_FISCAL, _fiscal)
        page.take(_SEASON, _season)
        page.take(_BARE_YEAR, _bare_year)
    if named:
        page.take(_MONTH_ALONE, lambda m: _date(f"????-{_NUMBERS[m.group()[:3].lower()]:02}"))


def _read_days(page: Page, *, named: bool) -> None:
    page.take(_ISO, _iso)
    if named:
        page.take(_DAY_FIRST, _days)
        page.take(_MONTH_FIRST, _days)
        page.take(_MONTH_YEAR, lambda m: _date(f"{m['year']}-{_month(m):02}" if _month(m) else ""))
    page.take(_FIGURES, _in_figures)
    if "/" in page.text:
        page.take(_DAY_IN_FIGURES, _day_in_figures)


def _date(written: str, start: int = -1) -> Norm | None:
    return Norm(FactKind.DATE, written, start) if written else None


def _month(found: re.Match[str]) -> int:
    """The number of the month that a word names, or 0."""
    word = found["month"].lower()
    if word not in _NAMES or (word in _WORDS_TOO and found["month"].islower()):
        return 0
    return _NUMBERS[word[:3]]


def _day(year: str, month: int, day: str | int) -> str:
    """An ISO date, or empty when there is no such day. February 29 exists in an unknown year."""
    number = int(str(day).rstrip("sthndr"))
    try:
        date(int(year) if year != "????" else 2000, month, number)
    except ValueError:
        return ""
    return f"{year}-{month:02}-{number:02}"


def _iso(found: re.Match[str]) -> Norm | None:
    day = _day(found["year"], int(found["m"]), found["d"])
    return _date(day and f"{day}{(found['time'] or '').replace(' ', 'T')}")


def _days(found: re.Match[str]) -> Norm | None:
    """One day or a range of days of one month."""
    month, year = _month(found), found["year"] or "????"
    said = [day for day in (found["first"], found["day"]) if day]
    days = [_day(year, month, day) for day in said] if month else [""]
    return _date("..".join(days) if all(days) else "")


def _full(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


def _in_figures(found: re.Match[str]) -> Norm | None:
    year = _full(found["year"])
    if found["sep"] == "-" and len(found["year"]) == 2:
        return None
    return _date(_us_or_not(year, int(found["a"]), int(found["b"]), day_first=found["sep"] == "."))


def _day_in_figures(found: re.Match[str]) -> Norm | None:
    return _date(_us_or_not("????", int(found["a"]), int(found["b"]), day_first=False), found.start("a"))


def _us_or_not(year: str, first: int, second: int, *, day_first: bool) -> str:
    """Month and day in figures. Where both readings are days, "31.12." is day first and a slash stays unsure."""
    month_day, day_month = _day(year, first, second), _day(year, second, first)
    if month_day and day_month and first != second:
        return day_month if day_first else f"{year}-{first:02}/{second:02}"
    return month_day or day_month


def _quarter(found: re.Match[str]) -> Norm | None:
    after = found["year"] or (f"20{found['short']}" if found["short"] else "")
    quarter = f"{found['year1'] or after or '????'}-q{found['q'] or found['q2']}"
    return _date(f"{quarter} {after}" if found["year1"] and after else quarter)  # "2026 Q3 2027" names two years


def _fiscal(found: re.Match[str]) -> Norm | None:
    return _date(f"fy{_full(found['year'])}{'..' + found['last'][-2:] if found['last'] else ''}")


def _season(found: re.Match[str]) -> Norm | None:
    return _date(f"{found['year']}-{found['season'].lower().replace('autumn', 'fall')}")


def _bare_year(found: re.Match[str]) -> Norm | None:
    last = found["last"]
    if not last:
        return None if (found["next"] or "").lower() in _COUNTED else _date(found["year"])
    full = last if len(last) == 4 else f"{found['year'][:2]}{last}"
    return _date(f"{found['year']}..{full}" if full > found["year"] else "")
