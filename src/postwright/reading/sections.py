"""What a heading says its section is for. The vocabulary of real headings is data: `section_headings`."""

import re
from functools import lru_cache

from postwright.domain.posting import SectionKind
from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.lexicon import joined
from postwright.reading.searching.scan import Patterns

_LONG = 9  # words: a longer heading is a sentence, and only what stands before its colon names the section
_LONG_LEAD_IN = 14
_LONGEST = 400  # characters
_DECORATION = lazy_pattern(r"[*_`~#]+|</?\w+[^>]*>|^\W*\d{1,2}[.)]\s+|^[^\w(<\[]+|[^\w)!?.%+]+$")
_LINKED = lazy_pattern(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_FOLDS = str.maketrans("’‘`´\u00a0\u2009\u202f–—‑‐_", "''''   -----")
_SPACES = lazy_pattern(r"\s+")
_SENTENCE_END = lazy_pattern(r"[.!?]\s")
_OPENING = lazy_pattern(r"here(?:'s| is| are) (?=(?:what|how|why|who)\b)")
_TAG = lazy_pattern(r"li-\w")  # hashtags of a job board
_ABOUT_NAME = lazy_pattern(r"(?:About|Why|Life at|Working at|Why join|Join)(?: (?:the )?[A-Z0-9][\w&.’'-]*){1,5}[?!]?")


@lru_cache(maxsize=256)  # the same line is asked several questions in a row
def heading_words(heading: str) -> str:
    """A heading as plain words: no marks, no pictures, no number in front, no colon behind, in lower case."""
    text = _LINKED.sub(r"\1", heading[:_LONGEST])
    for _ in range(2):  # a number may hide behind emphasis, emphasis behind an emoji
        text = _DECORATION.sub(" ", text).strip()
    return _OPENING.sub("", _SPACES.sub(" ", text.translate(_FOLDS)).strip().lower())


def section_kind(heading: str) -> SectionKind | None:
    """What the section under this heading is for, or None when its words do not say.

    "Preferred qualifications" is NICE_TO_HAVE, "Minimum / Basic / Required ..." and "Requirements" are MUST_HAVE;
    bare "Qualifications", "Skills", "Experience" are QUALIFICATIONS, whose strength is unknown.
    """
    words = heading_words(heading)
    return lead_in_kind(heading) if heading.rstrip("*_ ").endswith(":") and _count(words) > _LONG else _kind_of(words)


@lru_cache(maxsize=64)  # a lead-in is asked once for each item below it
def lead_in_kind(lead_in: str) -> SectionKind | None:
    """What the list below a lead-in is for, by the last sentence of the lead-in ("You will:", "We offer:")."""
    words = heading_words(_SENTENCE_END.split(lead_in[-_LONGEST:].rstrip())[-1])
    return _headings().first(words) if 0 < _count(words) <= _LONG_LEAD_IN else None


def is_plain_heading(line: str) -> bool:
    """True for a line that is a heading by its words alone, though nothing marks it ("What you will do")."""
    words = heading_words(line)
    if not words or len(words) > 60 or _kind_of(words) is None:
        return False
    if all(word in _plain_words() for word in re.split(r"[\s/&,-]+", words) if word):
        return True
    return bool(_ABOUT_NAME.fullmatch(line.strip().rstrip(":")))


def _count(words: str) -> int:
    return words.count(" ") + 1 if words else 0


@lru_cache(maxsize=2_000)
def _kind_of(words: str) -> SectionKind | None:
    if _count(words) > _LONG:
        words = words.split(":", maxsplit=1)[0]
    if not 0 < _count(words) <= _LONG or _TAG.match(words):
        return None
    return _headings().first(words)


@lru_cache(maxsize=1)
def _headings() -> Patterns[SectionKind]:
    entries = load("section_headings")["headings"]
    headings = [(SectionKind(entry["section"]), joined(entry["patterns"])) for entry in entries]
    return Patterns(headings, "headings")


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    return frozenset(load("section_headings")["plain_words"].split())
