"""I3 within a sentence: what of a cited unit no citing line carries. A person decides on it, however little it is."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

from postwright.domain.posting import FactKind, Unit
from postwright.fidelity.sources import Sources, content_stems, stems_with_synonyms
from postwright.knowledge.loader import load
from postwright.reading.facts import facts_in
from postwright.reading.meaning.clauses import QUANTITIES
from postwright.reading.meaning.words import fold, stem, words

_QUANTIFIERS = frozenset(stem(word) for word in ("all", "every", "each", "any", "both", "some", "most", "many", "few"))
"""Short words whose loss narrows or widens a sentence."""
_READER = frozenset(("you", "your", "you'll", "you're"))


def left_out(unit: Unit, texts: Iterable[str], sources: Sources) -> str:
    """The facts and words of a unit that none of the lines citing it carries; empty if only ornament is gone."""
    texts = list(texts)
    said = unescape(unit.text) if "&" in unit.text else unit.text  # the letters of an entity are no words
    carried = frozenset().union(*(stems_with_synonyms(text) for text in texts))
    told = {(fact.kind, fact.norm) for text in texts for fact in facts_in(text)}
    facts = [f.span for f in facts_in(said) if (f.kind, f.norm) not in told]
    if any(word.text in _READER for text in texts for word in words(text)):
        carried |= content_stems(sources.posting.title)  # "the Epic Analyst II is": "you are"
    facts = [s for s in facts if not content_stems(s.of(said)) or not content_stems(s.of(said)) <= carried]
    missing = _substance(said) - carried - _of_quantities(said, told)
    single = [w.span for w in words(said) if w.stem in missing and not any(s.meets(w.span) for s in facts)]
    gone = sorted([*facts, *single], key=lambda span: span.start)
    return ", ".join(dict.fromkeys(span.of(said) for span in gone))


def _substance(text: str) -> frozenset[str]:
    """The stems of a text without its ornament."""
    bare = _phrases().sub(" ", fold(text))
    return (content_stems(bare) | {w.stem for w in words(bare) if w.stem in _QUANTIFIERS}) - _ornament()


@lru_cache(maxsize=1)
def _ornament() -> frozenset[str]:
    data = load("words")["ornament"]
    return frozenset(stem(word) for name in ("subjects", "verbs", "praise") for word in data[name])


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    longest_first = sorted(load("words")["ornament"]["phrases"], key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _of_quantities(text: str, told: set[tuple[FactKind, str]]) -> frozenset[str]:
    """The words of quantities that the lines tell in other words ("two" for "2")."""
    spans = [f.span for f in facts_in(text) if f.kind in QUANTITIES and (f.kind, f.norm) in told]
    return frozenset(w.stem for w in words(text) if any(span.meets(w.span) for span in spans))
