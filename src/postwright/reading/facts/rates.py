"""Words for periods ("per week", "/wk", "annually"), shared by the readers of money and of numbers."""

import re

from postwright.reading.searching.lazy import lazy_pattern

PERIODS = (
    r"(?:h(?:ou)?rs?|h|days?|d|w(?:ee)?ks?|w|mo(?:nth)?s?|quarters?|qtrs?|y(?:ea)?rs?|y|annum|shifts?|diem|fortnight)"
)
"""What follows "per", "a", "each" or "/"."""

PERIOD_ADVERBS = r"(?:annual(?:ly)?|yearly|hourly|monthly|weekly|daily|quarterly|bi-?weekly|fortnightly)"
"""What says a period by itself."""

_NAMES = {
    "hour": ("h", "hr", "hrs", "hour", "hours", "hourly"),
    "day": ("d", "day", "days", "daily", "diem"),
    "week": ("w", "wk", "wks", "week", "weeks", "weekly"),
    "month": ("mo", "mos", "mth", "month", "months", "monthly"),
    "quarter": ("quarter", "quarters", "qtr", "qtrs", "quarterly"),
    "year": ("y", "yr", "yrs", "year", "years", "yearly", "annum", "annual", "annually", "pa"),
    "shift": ("shift", "shifts"),
    "biweek": ("biweekly", "bi-weekly", "fortnight", "fortnightly"),
}
_NAME_OF = {word: name for name, words in _NAMES.items() for word in words}
_NAME_OF |= {"ph": "hour", "pm": "month", "pd": "day", "pw": "week"}
_LEAD = lazy_pattern(r"^\s*(?:/|per\b|p/|an?\b|each\b|every\b)?\s*", re.IGNORECASE)


def period_name(written: str) -> str:
    """The plain name of a period ("/wk", "a week" and "weekly" are "week"), or empty for what is none."""
    bare = _LEAD.sub("", written.lower()).strip()
    return _NAME_OF.get(bare) or _NAME_OF.get("".join(filter(str.isalpha, bare)), "")
