"""Who a word speaks of: the colleague that is sought, or patients, a study, a ward, an organisation's name."""

import re
from functools import cache, lru_cache
from itertools import islice

from postwright.domain.posting import Span, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.rule import cue_words
from postwright.rules.searching import compiled

_STOP = lazy_pattern(r"[.;:!?()]")
_TURN = lazy_pattern(r"[.;:!?()]|(?<!people )\b(?:to|with|while|so)\b")
_PERSON = lazy_pattern(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof)\b\.?|\b(?:[Ff]ounder|CEO|CTO|CMO|CMIO|[Pp]resident|[Cc]hair)\b"
    r"|\b(?:contact|reporting to|report to) [A-Z][a-z]+ [A-Z][a-z]+"
)
_WORD = lazy_pattern(r"[A-Za-z][\w'&-]*")
_LITTLE = frozenset(["of", "the", "and", "for", "a", "an", "in", "to", "with", "on", "at", "by", "or", "&", "from"])

_TITLE_SHARE = 0.6  # of the words
_REACH_LEFT = 60  # characters
_REACH_RIGHT = 28


def about_care(sentence: str, start: int, end: int, *, after: bool) -> bool:
    """True if the words at `start:end` of a sentence describe patients, a study or a unit, not the person sought.

    What is named last before the words decides ("participants aged 18 to 35"), else what is named right after
    them ("blind or deaf patients", not "an energetic nurse to work with patients"), unless `after` is False.
    """
    before = sentence[max(0, start - _REACH_LEFT) : start]
    before = before[max((stop.end() for stop in _STOP.finditer(before)), default=0) :]
    named_before = list(_either().finditer(before))
    if named_before and named_before[-1]["care"]:
        return True
    if not after:
        return False
    reach = end + _REACH_RIGHT
    while sentence[reach : reach + 1].isalnum():
        reach += 1  # a cut word could read as another: "clinic" of "clinicians"
    behind = sentence[end:reach]
    stop = _TURN.search(behind)
    named = _either().search(behind[: stop.start()] if stop else behind)
    return bool(named and named["care"])


@cache
def _either() -> re.Pattern[str]:
    return compiled(rf"(?i)\b(?:(?P<care>{cue_words('care')})|(?P<sought>{cue_words('sought')}))\b")


def names_somebody(said: str) -> bool:
    """True if a person is named: "Dr. Reyes", "our founder", "CEO Jane Doe"."""
    return bool(_PERSON.search(said))


def is_name(text: str, unit: Unit, span: Span) -> bool:
    """True if the words at `span` are a name: capitals in the middle of a sentence, here or elsewhere in the text.

    `text` is the folded source. Headings, sentences all in capitals and the first word of a sentence say nothing
    by themselves; a word that has its capital elsewhere in the middle of a sentence is a name at the start of one too.
    """
    words = span.of(text)
    if unit.kind is UnitKind.HEADING or not words[:1].isupper() or words.isupper() or _title_case(unit.span.of(text)):
        return False
    if _in_mid_sentence(text, span.start, unit.span.start):
        return True
    return any(start != span.start for start in _in_sentences(text, words))


@lru_cache(maxsize=256)
def _in_sentences(text: str, words: str) -> tuple[int, ...]:
    """The first two places where the words stand in the middle of a sentence."""
    found = re.finditer(rf"[a-z,] ({re.escape(words)})\b", text)
    return tuple(hit.start(1) for hit in islice(found, 2))


def _in_mid_sentence(text: str, start: int, unit_start: int) -> bool:
    before = text[unit_start:start].rstrip(" *_[(\"'")
    return bool(before) and before[-1] not in ".!?:;-|/•"


def _title_case(sentence: str) -> bool:
    """True when most words are capitalised, so that capitals mean nothing."""
    words = [word for word in _WORD.findall(sentence) if word.lower() not in _LITTLE]
    capitals = sum(1 for word in words if word[:1].isupper())
    return capitals > _TITLE_SHARE * len(words)
