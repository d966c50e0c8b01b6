"""Words for periods ("per week", "/wk", "annually"), shared by the readers of money and of numbers."""

import re

PERIODS = (
    r"(?:h(?:ou)?rs?|h|days?|d|w(?:ee)?ks?|w|mo(?:nth)?s?|quarters?|qtrs?|y(?:ea)?rs?|y|annum|shifts?|diem|fortnight)"
)
"""What follows "per", "a", "each" or "/"."""

PERIOD_ADVERBS = r"(?:annual(?:ly)?|yearly|hourly|monthly|weekly|daily|quarterly|bi-?weekly|fortnightly)"
"""What says a period by itself."""

_NAMES = (
    ("h", "hour"),
    ("d", "day"),
    ("w", "week"),
    ("mo", "month"),
    ("q", "quarter"),
    ("y", "year"),
    ("ann", "year"),
    ("s", "shift"),
    ("bi", "biweek"),
    ("fort", "biweek"),
)
_SHORT = {"pa": "year", "ph": "hour", "pm": "month", "pd": "day", "pw": "week"}
_LEAD = re.compile(r"^\s*(?:/|per\b|p/|an?\b|each\b|every\b)?\s*", re.IGNORECASE)


def period_name(written: str) -> str:
    """The plain name of a period ("/wk", "a week" and "weekly" are "week"), or empty."""
    letters = "".join(filter(str.isalpha, written.lower()))
    if letters in _SHORT:
        return _SHORT[letters]
    bare = _LEAD.sub("", written).lower()
    return next((name for start, name in _NAMES if bare.startswith(start)), "")
