"""How hard the sentences are, with clinical terms counted as plain words: naming a thing right is no fault."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule

_HARD_GRADE = 16
"""School grade by Flesch and Kincaid. 13 (rules_quality.yaml, Q-READ-1) would remark six of ten real postings."""
_LONG_SENTENCE = 40  # words (Q-READ-2)
_LONG_ITEM = 180  # characters; a shorter bullet has no forty words
_PAUSE = lazy_pattern(r"[.!?;:] |\n|\(e\.g|\u2022")
_LEAST_WORDS = 25
_OPENING = 8  # words
_PASSIVE_SHARE = 0.2  # of the sentences (Q-PASS-1)
_LEAST_PASSIVES = 3
_CHAIN = 3  # passives in one sentence, or nouns made of verbs that hang on one another

_ABSTRACT = lazy_pattern(
    r"(?i)\b[a-z]{4,}(?:ation|ition|ization|isation|ution|bilit(?:y|ie)|alit(?:y|ie)|arit(?:y|ie)|ement|iance|olog(?:y|ie))s?\b|\b[a-z]{4,}ivities\b"
)
_HEAVY, _HEAVY_SHARE = 6, 0.25  # nouns; of the words
_LINKED, _LINKS = 4, 2  # nouns that are heavy where two of them take an object: "the mobilization of capabilities"
_DENSE_SHARE = 0.15  # of the words of a sentence that is hard by its nouns
_HEAVY_ITEM, _ITEM_SHARE = 4, 0.3  # in a bullet, which has fewer words that join

_SUBORDINATE = lazy_pattern(
    r"(?i)\b(?:that|which|who|whose|whom|what|how|why|where|when|whether|if|after|before|until|once|while|as|because|so|unless"
    r"|than|you|your|we|our|us|they|by|was|were|i|sure|ensures?)\b|^\W*(?:check|keep|track|ensure|make|note|write|tell|see|confirm)\b"
)
_JOINED = lazy_pattern(r",? (?:and|or|&) |, ")

_WORD = lazy_pattern(r"[A-Za-z][A-Za-z'-]*")
_VOWELS = lazy_pattern(r"[aeiouy]+")
_TOLD = frozenset(
    {
        SectionKind.MISSION,
        SectionKind.DUTIES,
        SectionKind.OUTCOMES,
        SectionKind.OTHER,
        SectionKind.CLINICAL,
        SectionKind.INTEGRATION,
    }
)
_PROSE_SECTIONS = _TOLD | {
    SectionKind.ABOUT,
    SectionKind.OFFER,
    SectionKind.QUALIFICATIONS,
    SectionKind.MUST_HAVE,
    SectionKind.NICE_TO_HAVE,
}
"""Where sentences are prose. Places, pay and conditions are data."""


def hard_to_read(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """The grade of the whole prose, remarked at the nouns or else the opening of its hardest sentence.

    A sentence that strings nouns made of verbs together is remarked in easy prose too.
    """
    sentences = _sentences(context)
    graded = list(_hard_prose(rule, posting, context, sentences))
    yield from (
        graded or list(_noun_chains(rule, context, sentences)) or _noun_chains(rule, context, _wordy_items(context))
    )


def _wordy_items(context: Context) -> list[Unit]:
    """Bullets on the work with two such nouns at least: they may be hard without being sentences."""
    items = (unit for unit in context.prose if unit.kind is UnitKind.ITEM and unit.text.count("tion") > 1)
    return [unit for unit in items if unit.section in _TOLD and not unit.notice and not context.legal(unit)]


def _noun_chains(rule: Rule, context: Context, sentences: Sequence[Unit]) -> Iterator[Finding]:
    """The first sentence with three or more of them: "the systematization of"."""
    hits = [hit for hit in context.of(rule, "noun") if hit.unit in sentences]
    rows = [hit for hit in context.of(rule, "row") if hit.unit in sentences]
    for unit in sentences:
        if (row := next((hit for hit in rows if hit.unit is unit), None)) is not None:
            yield context.finding(rule, row.span, why="A row of nouns that are verbs in disguise. Say who does what.")
            return
        own = [hit.span for hit in hits if hit.unit is unit]
        if len(own) < _CHAIN:
            own = _heavy(unit)
        if own:
            why = f"{len(own)} nouns in this sentence are verbs in disguise. Say who does what."
            yield context.finding(rule, Span(own[0].start, own[-1].end), why=why)
            return


def _heavy(unit: Unit) -> list[Span]:
    """The abstract nouns of a sentence of which they are a quarter of the words."""
    if unit.text.count("tion") < (_CHAIN if unit.kind is UnitKind.SENTENCE else 2):  # hardly any sentence holds so many
        return []
    nouns = _abstract(unit)
    distinct = len({span.shift(-unit.span.start).of(unit.text).lower() for span in nouns})
    least, share = (_HEAVY_ITEM, _ITEM_SHARE) if unit.kind is UnitKind.ITEM else (_HEAVY, _HEAVY_SHARE)
    if (
        least > distinct >= _LINKED
        and sum(unit.text.startswith(" of ", s.end - unit.span.start) for s in nouns) >= _LINKS
    ):
        least = _LINKED
    return nouns if distinct >= least and len(nouns) >= share * len(unit.text.split()) else []


def _abstract(unit: Unit) -> list[Span]:
    return [Span(*found.span()).shift(unit.span.start) for found in _ABSTRACT.finditer(unit.text)]


def _hard_prose(rule: Rule, posting: Posting, context: Context, sentences: Sequence[Unit]) -> Iterator[Finding]:
    if context.words_of(sentences) < _LEAST_WORDS or _graded(_counted(sentences, ())) <= _HARD_GRADE:
        return  # terms only make a text easier, so they need not be read
    from postwright.reading.terms import terms_in  # noqa: PLC0415 - plain prose does not need them

    counted = _counted(sentences, [term.span for term in terms_in(posting.source)])
    grade = _graded(counted)
    if grade > _HARD_GRADE:
        hardest = max(counted, key=lambda counts: _grade(counts.words, 1, counts.syllables)).unit
        why = (
            f"The prose asks for about {grade:.0f} years of schooling, clinical terms counted as plain words. "
            "Its hardest sentence is here."
        )
        yield context.finding(rule, _hard_words(rule, hardest, context), why=why)


def _hard_words(rule: Rule, sentence: Unit, context: Context) -> Span:
    """From the first to the last noun that is a verb in disguise where they are dense; else the first words."""
    nouns = _abstract(sentence)
    if len(nouns) >= max(_CHAIN, _DENSE_SHARE * len(_WORD.findall(sentence.text))):
        return Span(nouns[0].start, nouns[-1].end)
    told = (hit.span for hit in context.of(rule, "nouns") if hit.unit and hit.unit.id == sentence.id)
    return next(told, _opening(sentence))


def grade_of(posting: Posting, units: Sequence[Unit]) -> float | None:
    """The school grade of these units together, each one sentence; None for fewer than 25 words."""
    if sum(len(unit.text.split()) for unit in units) < _LEAST_WORDS:
        return None
    from postwright.reading.terms import terms_in  # noqa: PLC0415 - a cold `check` does without

    return _graded(_counted(units, [term.span for term in terms_in(posting.source)]))


class _Counted(NamedTuple):
    unit: Unit
    words: int
    syllables: int


def _counted(sentences: Sequence[Unit], terms: Sequence[Span]) -> list[_Counted]:
    """Words and syllables of each sentence; every word of a known term has one syllable."""
    if not terms:
        return [_Counted(unit, *_plain_counts(unit.text)) for unit in sentences]
    starts = [span.start for span in terms]
    counted = []
    for unit in sentences:
        own = terms[bisect_left(starts, unit.span.start) : bisect_left(starts, unit.span.end)]
        counted.append(_Counted(unit, *(_counts(unit, own) if own else _plain_counts(unit.text))))
    return counted


def _graded(counted: Sequence[_Counted]) -> float:
    """The grade of the sentences together."""
    return _grade(sum(c.words for c in counted), len(counted), sum(c.syllables for c in counted))


def long_sentences(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Sentences, and bullets that are one sentence without a pause for breath."""
    for unit in (*_sentences(context), *_demand_and_duty_items(context)):
        words = context.words_of([unit])
        if words > _LONG_SENTENCE:
            yield context.finding(rule, _opening(unit), why=f"{words} words in one sentence.")


def _demand_and_duty_items(context: Context) -> list[Unit]:
    return [
        unit
        for unit in context.prose
        if unit.kind is UnitKind.ITEM
        and len(unit.text) > _LONG_ITEM
        and unit.section in _PROSE_SECTIONS
        and not unit.notice
        and not _PAUSE.search(unit.text)
        and not context.legal(unit)
    ]


def _opening(unit: Unit) -> Span:
    """The first words of a sentence: enough to find it by, and nothing in it that reads as blamed."""
    words = list(_WORD.finditer(unit.text))[:_OPENING]
    return Span(unit.span.start, unit.span.start + words[-1].end()) if words else unit.span


def _sentences(context: Context) -> list[Unit]:
    """Sentences of prose. Bullets have no end and would inflate every formula; legal text is the law's."""
    return [
        unit
        for unit in context.prose
        if unit.kind is UnitKind.SENTENCE
        and unit.section in _PROSE_SECTIONS
        and not unit.notice
        and not context.legal(unit)
    ]


@lru_cache(maxsize=4096)  # many postings hold the same sentences, and a draft holds those of its posting
def _plain_counts(sentence: str) -> tuple[int, int]:
    words = _WORD.findall(sentence)
    return len(words), sum(map(_syllables, words))


def _counts(unit: Unit, terms: Sequence[Span]) -> tuple[int, int]:
    named = [(span.start - unit.span.start, span.end - unit.span.start) for span in terms]
    counted = [
        1 if any(start <= word.start() < end for start, end in named) else _syllables(word.group())
        for word in _WORD.finditer(unit.text)
    ]
    return len(counted), sum(counted)


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    """Vowel groups, a silent e at the end not counted."""
    low = word.lower()
    count = len(_VOWELS.findall(low))
    return max(1, count - (low.endswith("e") and not low.endswith("le") and count > 1))


def _grade(words: int, sentences: int, syllables: int) -> float:
    """Flesch-Kincaid grade level."""
    return 0.39 * words / max(1, sentences) + 11.8 * syllables / max(1, words) - 15.59


def passive_voice(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """A fifth of the sentences on the work in the passive, or three passives in one: remarked where most of it is."""
    hits = context.of(rule)
    if not hits:
        return
    told = [u for u in context.prose if u.kind is not UnitKind.HEADING and u.section in _TOLD and not context.legal(u)]
    ids = {unit.id for unit in told}
    by_unit: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.unit and hit.unit.id in ids:
            by_unit.setdefault(hit.unit.id, []).append(hit)
    worst = max(by_unit.values(), key=lambda own: _left_out(own, context), default=[])
    many = len(by_unit) >= _LEAST_PASSIVES and len(by_unit) > _PASSIVE_SHARE * len(told)
    if many or (times := _left_out(_on_the_work(worst), context)) >= _CHAIN:
        why = (
            f"{len(by_unit)} of {len(told)} sentences on the work leave out who does it."
            if many
            else f"This sentence leaves out {times} times who does it."
        )
        unit = worst[0].unit
        start = unit.span.start if unit else worst[0].span.start
        yield context.finding(rule, Span(start, worst[-1].span.end), why=why)


def _left_out(hits: Sequence[Hit], context: Context) -> int:
    """How often a sentence leaves out who does it. One that does so twice over in its main clauses counts thrice.

    "Order sets are built, tested and maintained" does it three times, "Check that orders are placed" not at all.
    """
    main = [
        hit
        for hit in hits
        if hit.unit and _leaves_out(context.sentence(hit.unit), hit.span.shift(-hit.unit.span.start))
    ]
    told = sum(1 + len(_JOINED.findall(hit.span.of(context.text))) for hit in main)
    return max(len(hits), told, _CHAIN if len(main) > 1 else 0)


def _leaves_out(sentence: str, at: Span) -> bool:
    """True in a main clause that names no doer before the verb, and none behind it."""
    return not _SUBORDINATE.search(sentence[: at.start]) and not sentence[at.end :].startswith(" by ")


def _on_the_work(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in sections that are surely about the work: others hold notes on how applications are handled."""
    return [hit for hit in hits if hit.unit and hit.unit.section is not SectionKind.OTHER]
