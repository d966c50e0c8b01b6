"""Wording about the person sought that needs more than a word list: pronouns, the body, citizenship, coded words."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Unit, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule, tells
from postwright.rules.searching import pattern, spans_of
from postwright.rules.subject import names_somebody
from postwright.rules.wording import findings, first_per_unit, in_case_of

_PRONOUN = lazy_pattern(r"\b(?:he|she|him|her|hers|his|himself|herself)\b", re.IGNORECASE)
_SAME = ("will", "must", "should", "shall", "can", "may", "would")
_CHANGED = {
    "has to": "have to",
    "needs to": "need to",
    "is expected": "are expected",
    "is responsible": "are responsible",
    "reports": "report",
}
_MODALS = {word: word for word in _SAME} | _CHANGED
"""Verbs after "he" and how they stand after "you"."""
_SUBJECT = lazy_pattern(rf"(?:he|she) ({'|'.join(_MODALS)})", re.IGNORECASE)
_PAIR_THEN_MODAL = lazy_pattern(r" (?:will|must|should|shall|can|may|would)\b", re.IGNORECASE)
_PAIR = lazy_pattern(r"(?:he|she) ?(?:/|or) ?(?:he|she)|s/he|\(s\)he", re.IGNORECASE)

_COUNTED = frozenset({UnitKind.ITEM, UnitKind.SENTENCE, UnitKind.ROW})
_TOO_FEW = 50  # words below which a share of words says nothing
_DENSE = 4  # masculine-coded words that together colour one sentence
_FEW = 3  # words that make a sentence one of a coloured paragraph
_SENTENCE = 200  # characters in which they stand


def gendered_pronouns(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """He, she and their forms where they speak of the person sought."""
    paired = [hit.span for hit in context.of(rule, "paired")]
    for hit in context.of(rule):
        if hit.unit is None or hit.span.of(context.text).isupper():
            continue  # HIS, HE and SHE are systems, illnesses and departments
        if hit.name != "paired" and any(pair.meets(hit.span) for pair in paired):
            continue
        before = _said_before(posting, context, hit, hit.unit)
        somebody = hit.name != "paired" and names_somebody(before)  # "he or she" is nobody whom the text has named
        if not tells("one_in_care", before) and not somebody:
            yield context.finding(rule, hit.span, replacement=_you(context, hit, hit.unit))


def _said_before(posting: Posting, context: Context, hit: Hit, unit: Unit) -> str:
    """What the sentence and the sentence before it in the same paragraph say up to the hit."""
    index = posting.units.index(unit)
    previous = posting.units[index - 1] if index and posting.units[index - 1].block == unit.block else None
    start = previous.span.start if previous else unit.span.start
    return context.text[start : hit.span.start]


def _you(context: Context, hit: Hit, unit: Unit) -> str | None:
    """The words that safely replace the hit: only when the sentence holds no other he or she to bring in line."""
    sentence = context.sentence(unit)
    written = hit.span.of(context.text)
    others = _PRONOUN.findall(sentence.replace(written, " ", 1))
    if others:
        return None
    if (subject := _SUBJECT.fullmatch(written)) is not None:
        return in_case_of(written, f"you {_MODALS[subject[1].lower()]}")
    then = context.text[hit.span.end : hit.span.end + 10]
    if _PAIR.fullmatch(written) and _PAIR_THEN_MODAL.match(then):
        return in_case_of(written.strip("("), "you")
    return None


def physical_demands(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Demands on the body, unless the sentence or its section speaks of accommodation."""
    for hit in first_per_unit(context.of(rule)):
        if hit.unit is None or not tells("accommodation", _section_text(posting, hit.unit)):
            yield from findings(rule, context, [hit])


def _section_text(posting: Posting, unit: Unit) -> str:
    """All under the unit's heading, where that is one for conditions; else its paragraph."""
    if unit.section is SectionKind.CONDITIONS:
        return "\n".join(other.text for other in posting.units if other.heading == unit.heading)
    return "\n".join(other.text for other in posting.units if other.block == unit.block)


def citizens_only(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Demands for a citizenship, where nothing in the posting names a law or contract behind them."""
    hits = context.of(rule)
    if hits and not tells("citizenship_basis", posting.source):
        yield from findings(rule, context, hits)


def gender_score(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Masculine-coded words in percent of words, or crowded in one sentence, clinical terms left out. Advice only."""
    enough = context.words * _limit() / 100
    starts = [start for start, _ in pattern(_stems("masculine")).spans(context.text)]
    crowded = any(last - first < _SENTENCE for first, last in zip(starts, starts[_DENSE - 1 :], strict=False))
    if context.words < _TOO_FEW or not (crowded or len(starts) > enough):
        return  # the exclusions can only lower the count
    masculine = _coded(context, "masculine")
    if not masculine:
        return
    densest = max(masculine, key=lambda found: sum(unit is found[0] for unit, _ in masculine))[0]
    words = sorted({word.lower() for unit, word in masculine if unit is densest})
    listed = ", ".join(words)
    if len(masculine) > enough and len(masculine) > 2 * len(_coded(context, "feminine")):
        share = f"{100 * len(masculine) / context.words:.1f}"
        first = _first_coded(masculine, densest)
        words = sorted({word.lower() for unit, word in masculine if unit is first})
        listed = ", ".join(words)
        yield context.finding(rule, first.span, why=f"{rule.why} Here {share}% of words, among them {listed}.")
    elif len(words) >= _DENSE:
        why = f"One sentence holds {len(words)} words that one study found to read as masculine: {listed}."
        yield context.finding(rule, densest.span, why=f"{why} A later field study found next to no effect.")


def _first_coded(coded: list[tuple[Unit, str]], densest: Unit) -> Unit:
    """Where the paragraph of the densest sentence begins to read so: its first sentence with a few such words."""
    counts = Counter(unit.id for unit, _ in coded)
    return next(
        unit for unit, _ in coded if unit.block == densest.block and counts[unit.id] >= min(_FEW, counts[densest.id])
    )


@cache
def _limit() -> float:
    return float(load("lexicon_gender_gfk")["meta"]["scoring"]["flag_if"].split(">")[1].split()[0])


def _coded(context: Context, group: str) -> list[tuple[Unit, str]]:
    """Coded words with their sentences. Headings, legal text and terms of the trade do not count."""
    taken = list(spans_of(_exclusions(), context.text))
    starts = [span.start for span in taken]
    found = []
    for span in spans_of(_stems(group), context.text):
        unit = context.unit_at(span)
        before = bisect_right(starts, span.start) - 1
        spared = before >= 0 and taken[before].meets(span)
        if unit and unit.kind in _COUNTED and not spared and not context.legal(unit):
            found.append((unit, span.of(context.text)))
    return found


@cache
def _stems(group: str) -> str:
    """The stems of the paper and of the decoder as one pattern."""
    stems = (
        re.escape(entry["stem"]) + (r"\w*" if entry["match"] == "prefix" else "")
        for entry in load("lexicon_gender_gfk")[group]
    )
    return rf"(?i)\b(?:{'|'.join(stems)})\b"


@cache
def _exclusions() -> str:
    """Phrases in which a stem is a term of the trade: "confidential", "clinical decision support"."""
    phrases = {
        re.sub(r"\s*\(.*", "", phrase).strip()
        for entry in load("lexicon_gender_gfk")["domain_exclusions"]
        for phrase in entry.get("phrases", ())
    }
    return rf"(?i)\b(?:{'|'.join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True) if phrase)})\w*"
