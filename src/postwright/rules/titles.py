"""What a title holds beside the name of the job: codes, shouts, pay, pictures, conditions, rows of alternatives."""

import re
from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context
from postwright.rules.rule import Rule

_LONG_TITLE = 8  # words
_SHORT_TITLE = 20  # characters, too few for a stack of anything
_MOST_CONDITIONS = 2
_LEAST_SLASHES = 2
_LEAST_SHORTENED = 2
_LEAST_RANKS = 3

_CODE = lazy_pattern(
    r"\b(?:R|JR|REQ|ID|Job Code|Req(?:uisition)?|Ref(?:erence)?|Pos(?:ition)?|Vacancy|Job)[ .#:-]*(?:no\.? ?)?[#:]? ?"
    r"\d[\w-]{2,}|\b(?:ref|req)(?:erence)?[.:#] ?\w|#\d{3,}|\b\d{2,}-[A-Z]{2,}\d"
    r"|(?<!ISO )(?<!IEC )(?<!CFR )\b(?!(?:19|20)\d\d\b)\d{4,}(?:-\w)?\b",
    re.IGNORECASE,
)
_SHOUT = lazy_pattern(
    r"!|\burgent(?:ly)?\b|\bhiring now\b|\bimmediate(?:ly)?\b|\bapply now\b|\bwanted\b|\bneeded\b|#[a-z]{3,}"
    r"|\btop (?:employer|pay)|\bjoin (?:us|our)\b|\bbonus\b|\b(?:great|excellent|cool|amazing|awesome|dream) |\$\$",
    re.IGNORECASE,
)
_CLUTTER = (
    ("a code", _CODE),
    ("a shout", _SHOUT),
    ("pay", lazy_pattern(r"[$£€]\s?\d")),
    ("a picture", lazy_pattern("[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]")),
)
_SENIORITY = lazy_pattern(
    r"\b(?:sr|senior|jr|junior|lead|principal|staff|chief|head|director|manager|I{2,3}|IV)\b\.?", re.IGNORECASE
)
_CONDITIONS = lazy_pattern(
    r"\b(?:full|part)[- ]?time\b|\b[FP]/?T\b|\bFTE\b|\bM-F\b|\bMon(?:day)?-Fri|\b(?:days?|nights?|weekends?)\b"
    r"|\bshifts?\b|\b(?:benefits|non-?exempt|remote|hybrid|on-?site|equity|contract|permanent|temporary|campus)\b"
    r"|\b(?:vollzeit|ab sofort)\b"
    r"|\bseries [A-E]\b|\b(?:level|grade|step|band|tier) \d|\b\d{1,2}-\d{1,2}\b",
    re.IGNORECASE,
)
_PAIRS = lazy_pattern(
    r"\bAI ?/ ?ML\b|\bML ?/ ?AI\b|\bHL7 ?/ ?FHIR\b|\bUI ?/ ?UX\b|\bCI ?/ ?CD\b|\(?\b[mwfdxi](?: ?/ ?[mwfdxi])+\b\)?",
    re.IGNORECASE,
)
"""Names that are written with a slash, and the sexes of a German title."""
_SHORTENED = lazy_pattern(r"\b(?!Sr|Jr|Dr|St)[A-Z][a-z]{1,4}\.")
_SMALL = frozenset({"of", "and", "the", "for", "in", "a", "an", "to", "with", "or", "at", "on", "&", "-", "/", "|"})


def title_cluttered(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Whatever the title holds beside the name of the job, more than eight words, or ranks stacked up."""
    unit = context.title_unit()
    span = unit.span if unit else context.front_title
    if span is not None and (reasons := [*_held(posting.title), *_shape(posting.title)]):
        yield context.finding(rule, span, why=f"The title holds {', '.join(reasons)}.")


def _held(title: str) -> Iterator[str]:
    yield from (what for what, clutter in _CLUTTER if clutter.search(title))
    if len(title) < _SHORT_TITLE:
        return
    if len({found.lower() for found in _CONDITIONS.findall(title)}) > _MOST_CONDITIONS:
        yield "conditions of work"
    if _PAIRS.sub("", title).count("/") >= _LEAST_SLASHES:
        yield "a row of alternatives"
    if len({found.lower() for found in _SENIORITY.findall(title)}) >= _LEAST_RANKS:
        yield "several ranks"


def _shape(title: str) -> Iterator[str]:
    words = [word for word in re.split(r"[\s/]+", title) if word.lower() not in _SMALL]
    if len(words) > _LONG_TITLE:
        yield f"{len(words)} words"
    if len(_SHORTENED.findall(title)) >= _LEAST_SHORTENED:
        yield "shortened words"
    if title.isupper() and len(words) > 3:
        yield "capitals only"
