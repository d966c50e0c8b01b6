"""Duties that name what somebody is busy with, and no result."""

from collections.abc import Iterator
from functools import cache

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Unit, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule

_LEAST_DUTIES = 4
_AT_ONCE = 30  # characters of a duty by which it has said what it is
_RESULT_SHARE = 0.25  # of the duties (Q-OUT-1)
_SHOWN = 2  # of the duties that say least
_LITTLE = 1 / 3  # of the words of a duty that says hardly anything
_SHORT = 80  # characters of a duty that is quoted whole

_WORD = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9'’]*")
_NOT_WORK = frozenset(
    {
        SectionKind.MUST_HAVE,
        SectionKind.QUALIFICATIONS,
        SectionKind.NICE_TO_HAVE,
        SectionKind.OFFER,
        SectionKind.PAY,
        SectionKind.APPLY,
        SectionKind.LEGAL,
    }
)


def activities_not_outcomes(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Duties of which hardly any names a result. Remarked at the emptiest duties, else at the heading."""
    duties = _duties_of(context)
    if len(duties) < _LEAST_DUTIES:
        return
    ids = {unit.id for unit in duties}
    with_result = {hit.unit.id for hit in context.of(rule, "result") if hit.unit} & ids
    if len(with_result) >= _RESULT_SHARE * len(duties) or len(with_result) >= 2:
        return
    spans = _emptiest(rule, context, duties)
    if spans or duties[0].section is not SectionKind.MISSION:
        for span in spans or [posting.by_id.get(duties[0].heading, duties[0]).span]:
            yield context.finding(rule, span)


def _duties_of(context: Context) -> list[Unit]:
    """The items of the duties, else their sentences, else the items of the mission."""
    listed = _items(context, SectionKind.DUTIES, SectionKind.OUTCOMES)
    return listed or list(context.under(SectionKind.DUTIES)) or _items(context, SectionKind.MISSION)


def _items(context: Context, *kinds: SectionKind) -> list[Unit]:
    return [unit for unit in context.under(*kinds) if unit.kind is UnitKind.ITEM]


def _emptiest(rule: Rule, context: Context, duties: list[Unit]) -> list[Span]:
    """ "Responsible for activities" wherever the work is told, and the duties that say least."""
    empty = [hit for hit in context.of(rule, "empty") if hit.unit and hit.unit.section not in _NOT_WORK][:1]
    taken = {hit.unit.id for hit in empty if hit.unit}
    vague = _vague(context.of(rule, "vague"), duties)
    ranked: list[tuple[float, int, Span]] = []
    for unit in duties:
        if unit.id in taken or (unit.id not in vague and len(unit.text) >= _SHORT):
            continue
        substance, words = _substance(unit.text)
        if unit.id in vague or _says_nothing(unit.text, substance, words):
            ranked.append((substance / max(1, words), words, vague.get(unit.id, unit.span)))
    spans = [*(hit.span for hit in empty), *(span for *_, span in sorted(ranked))]
    return sorted(spans[:_SHOWN])


def _vague(hits: tuple[Hit, ...], duties: list[Unit]) -> dict[str, Span]:
    """The first vague words of each duty that begins with them."""
    ids = {unit.id for unit in duties}
    early = (hit for hit in hits if hit.unit and hit.span.start - hit.unit.span.start < _AT_ONCE)
    return {hit.unit.id: hit.span for hit in early if hit.unit and hit.unit.id in ids}


def _says_nothing(duty: str, substance: int, words: int) -> bool:
    """True for a short duty with at most one word that tells it from those of every job: "Keep abreast of trends"."""
    return substance < 2 and substance <= _LITTLE * words and not duty.rstrip("*_ ").endswith(":")


def _substance(duty: str) -> tuple[int, int]:
    """Words that do not stand in the duties of every job, and all words. A name or a number says as much as two."""
    words, little = _WORD.findall(duty), _little()
    telling = [word for word in words if word.lower() not in little]
    return sum(1 if word.islower() or word is words[0] else 2 for word in telling), len(words)


@cache
def _little() -> frozenset[str]:
    """Words of rule_cues.yaml that say little in a duty."""
    return frozenset(word for line in load("rule_cues")["plain"]["says_little"] for word in line.split())
