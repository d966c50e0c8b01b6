"""Times of day, days of the week, full or part time, time zones. Durations ("8 hours") are read with the numbers."""

import re

from postwright.domain.posting import FactKind
from postwright.reading.facts.page import TIME, Norm, Page, pattern

_AP = r"(?:\s?[aApP]\.?\s?[mM]\b\.?|[aApP](?![\w.]))"


def _clock(number: int) -> str:
    return rf"""
    (?:(?P<h{number}>[01]?\d|2[0-4])(?:(?P<sep{number}>[:.])(?P<m{number}>[0-5]\d)(?::[0-5]\d)?)?(?!\d)(?P<ap{number}>{_AP})?
    |(?P<word{number}>[Nn]oon|[Mm]idnight)\b)"""


_ALONE = r"(?<![\w.,:/$#-])"
_TO = r"(?:-|\bto\b|\buntil\b|\btill\b|\bthrough\b)"
_RANGE = pattern(
    rf"""{_ALONE}(?P<between>\b(?:[Bb]etween|[Hh]ours\ of)\s+(?:the\ hours\ of\s+)?)?
    {_clock(1)}\s?(?:hrs\b)?
    \s*(?(between)(?:{_TO}|\band\b)|{_TO})\s*
    {_clock(2)}(?:\s?hrs\b)?(?![\w:/%]|[.,-]\d)"""
)
_SINGLE = pattern(rf"{_ALONE}{_clock(1)}(?:\s?hrs\b)?(?![\w/%]|[.,:-]\d)")
_MILITARY = pattern(
    rf"""{_ALONE}(?P<h1>[01]\d|2[0-3])(?P<m1>[0-5]\d)\s?(?:-|\bto\b)\s?(?P<h2>[01]\d|2[0-3])(?P<m2>[0-5]\d)
    (?P<hrs>\s?(?:hrs|hours|h)\b)?(?![\w.,:/-]\d|\d)"""
)
_MAY_BE_TIME = pattern(
    r"\d\s?[aApP](?:\b|\.?\s?[mM])|\d[:.]\d\d|[Nn]oon|[Mm]idnight|\b[789]\s?(?:-|to)\s?[3-6]\b|\b0\d{3}|\d{4}\s?h"
)

_FULL_DAY = (
    r"(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un|MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)(?:day|DAY)"
)
_SHORT_DAY = r"(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)\b\.?"
_DAY_RANGE = pattern(
    rf"\b(?P<a>{_FULL_DAY}|{_SHORT_DAY})\s*(?:-|\bto\b|\bthrough\b|\bthru\b)\s*(?P<b>{_FULL_DAY}|{_SHORT_DAY})(?!\w)"
)
_WORKING_DAYS = pattern(r"\bM\s?-\s?F\b|\b[Ww]eek-?days?\b")
_DAY = pattern(rf"\b(?P<a>{_FULL_DAY})s?\b|\b[Ww]eekends?\b")
_LISTED_DAY = pattern(
    rf"""\b(?P<a>{_SHORT_DAY})(?=,?\s*[/&,]\s*(?:{_FULL_DAY}|{_SHORT_DAY}))
    |(?:(?<=[/&,]\ )|(?<=[/&,]))(?P<b>{_SHORT_DAY})(?![\w-]|\s[A-Z])"""
)
_DAY_STARTS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "week")
_SCHEDULE = pattern(
    r"(?<![\w-])(?:(?P<full>full[\ -]?time)|(?P<part>part[\ -]?time)|per[\ -]diem|PRN)(?!\w|[\ -]equivalent)",
    any_case=True,
)
_SCHEDULE_WORDS = frozenset({"time", "fulltime", "parttime", "diem", "prn"})

_ZONES = {
    "e": "eastern",
    "c": "central",
    "m": "mountain",
    "p": "pacific",
    "ak": "alaska",
    "h": "hawaii",
    "ce": "cet",
    "we": "wet",
}
_ZONES |= {"b": "bst", "ee": "eet", "i": "ist", "br": "brt"}
_US_ZONE = r"(?:Eastern|Central|Mountain|Pacific)"
_SURE_ZONE = pattern(r"\b(?P<zone>[ECMP][SD]T|AK[SD]T|HST|CES?T|WEST|BST|EES?T|IST|BRT)\b")
_NEAR_ZONE = pattern(
    rf"""(?:(?<={TIME})|(?<={TIME}[\ (])|(?<={TIME}\ \())(?P<after>[ECMP]T)\b
    |\b(?P<before>[ECMP]T)\b(?=\s*/\s*[ECMP]T\b|\s+(?:time|hours|zone|business|core|overlap))
    |(?<=\b[ECMP]T/)(?P<second>[ECMP]T)\b"""
)
_NAMED_ZONE = pattern(
    rf"""(?:(?<={TIME}\ )|(?<={TIME})|(?<=\bUS\ )|(?<=\bU\.S\.\ ))(?P<a>{_US_ZONE})\b
    (?:\s+(?:Standard\ |Daylight\ )?[Tt]ime\b)?
    |\b(?P<b>{_US_ZONE}|Alaska|Hawaii)
    (?=,?\ ?(?:(?:or|and|/)\ ?)?(?:{_US_ZONE}\b[\ ,/]{{0,2}}(?:(?:or|and)\ )?){{0,4}}\ ?(?:Standard\ |Daylight\ )?
    (?:[Tt]ime\b|[Tt]ime-?zones?\b|[Hh]ours\b|[Bb]usiness\ hours))(?:\s+(?:Standard\ |Daylight\ )?[Tt]ime\b)?"""
)
_ZONE_WORDS = frozenset({"eastern", "central", "mountain", "pacific", "alaska", "hawaii"})
_UTC = pattern(r"\b(?:UTC|GMT)\b(?:\s?(?P<sign>[+-])\s?(?P<h>\d{1,2})(?::?(?P<m>[0-5]\d))?(?!\d))?")


def read_hours(page: Page) -> None:
    """Times of day, days of the week, schedules. Comes after dates."""
    if "UTC" in page.text or "GMT" in page.text:
        page.take(_UTC, _utc)
    if _MAY_BE_TIME().search(page.text):
        page.take(_MILITARY, _military, mark=TIME)
        page.take(_RANGE, _range, mark=TIME)
        page.take(_SINGLE, _single, mark=TIME)
    if any(word.startswith(_DAY_STARTS) for word in page.low_words) or "M" in page.text:
        page.take(_DAY_RANGE, lambda m: Norm(FactKind.HOURS, f"{_day(m['a'])}-{_day(m['b'])}"))
        page.take(_WORKING_DAYS, lambda _: Norm(FactKind.HOURS, "mon-fri"))
        page.take(_DAY, lambda m: Norm(FactKind.HOURS, _day(m["a"]) if m["a"] else "weekend"))
        page.take(_LISTED_DAY, lambda m: Norm(FactKind.HOURS, _day(m["a"] or m["b"])))
    if page.says_one_of(_SCHEDULE_WORDS):
        page.take(_SCHEDULE, _schedule, leave=True)


def read_zones(page: Page) -> None:
    """Time zones by name. Comes after times of day, as "ET" counts right after one."""
    if "ST" in page.text or "DT" in page.text or "ET" in page.text:
        page.take(_SURE_ZONE, _zone)
    if any(map(page.text.__contains__, ("ET", "CT", "MT", "PT"))):
        page.take(_NEAR_ZONE, _zone)
    if page.says_one_of(_ZONE_WORDS):
        page.take(_NAMED_ZONE, lambda m: Norm(FactKind.TIME_ZONE, (m["a"] or m["b"]).lower()))


def _day(written: str) -> str:
    return written[:3].lower()


def _schedule(found: re.Match[str]) -> Norm:
    return Norm(FactKind.HOURS, "full time" if found["full"] else "part time" if found["part"] else "per diem")


def _military(found: re.Match[str]) -> Norm | None:
    if not found["hrs"] and "0" not in (found["h1"][0], found["h2"][0]):
        return None  # 1990-2015 are years
    return Norm(FactKind.HOURS, f"{found['h1']}:{found['m1']}-{found['h2']}:{found['m2']}")


def _looks_like_time(found: re.Match[str], number: int) -> bool:
    """True if this side is a time by itself: noon, 9am, 9:00; "9.00" only with am or pm."""
    return bool(found[f"word{number}"] or found[f"ap{number}"] or found[f"sep{number}"] == ":")


def _half(found: re.Match[str], number: int) -> str:
    """ "a", "p" or empty."""
    return (found[f"ap{number}"] or "").strip()[:1].lower()


def _at(found: re.Match[str], number: int, half: str) -> str:
    """The time as hh:mm on the 24-hour clock; `half` is "a", "p" or empty. Empty for what is no time ("13 pm")."""
    if word := found[f"word{number}"]:
        return "12:00" if word.lower() == "noon" else "00:00"
    hour, minute = int(found[f"h{number}"]), found[f"m{number}"] or "00"
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute}"


def _single(found: re.Match[str]) -> Norm | None:
    time = _at(found, 1, _half(found, 1)) if _looks_like_time(found, 1) else ""
    return Norm(FactKind.HOURS, time) if time else None


def _range(found: re.Match[str]) -> Norm | None:
    if _is_office_day(found):
        return Norm(FactKind.HOURS, f"{int(found['h1']):02}:00-{int(found['h2']) + 12}:00")
    if not _looks_like_time(found, 2):
        return None
    second = _half(found, 2)
    start, end = _at(found, 1, _half(found, 1) or _half_before(found, second)), _at(found, 2, second)
    return Norm(FactKind.HOURS, f"{start}-{end}", max(found.start(), found.end("between"))) if start and end else None


def _half_before(found: re.Match[str], second: str) -> str:
    """ "9-5pm" starts in the morning, "1-5pm" in the afternoon: the half of a start that does not say it."""
    if not second or not found["h1"]:
        return ""
    start, end = int(found["h1"]) % 12, int(found["h2"] or 12) % 12
    other = "a" if second == "p" else "p"
    return second if start < end else other


def _is_office_day(found: re.Match[str]) -> bool:
    """ "9-5": an hour from 7 to 9 down to one from 3 to 6 is no quantity."""
    if any(found[name] for name in ("sep1", "sep2", "ap1", "ap2", "word1", "word2")):
        return False
    return 7 <= int(found["h1"]) <= 9 and 3 <= int(found["h2"]) <= 6


def _zone(found: re.Match[str]) -> Norm:
    written = found[found.lastgroup or 0].lower()
    key = "we" if written == "west" else written.removesuffix("t").removesuffix("s").removesuffix("d")
    return Norm(FactKind.TIME_ZONE, _ZONES.get(key, written))


def _utc(found: re.Match[str]) -> Norm:
    if not found["sign"]:
        return Norm(FactKind.TIME_ZONE, "utc")
    minutes = f":{found['m']}" if found["m"] and found["m"] != "00" else ""
    return Norm(FactKind.TIME_ZONE, f"utc{found['sign']}{int(found['h'])}{minutes}")
