"""Words that make a statement smaller ("applying for", "help", "basic"), and what each of them limits.

Dropping one makes a larger claim of true words alone: "we are applying for clearance" is no "we have clearance".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from postwright.domain.posting import Span
from postwright.knowledge.loader import load
from postwright.reading.meaning.clauses import CARRY_STOPPERS, cells, clauses
from postwright.reading.meaning.words import fold, is_content, words

_NO_LIMIT = re.compile(
    r"\bseek(?:s|ing)?\s+(?:(?!for\b|of\b|to\b|from\b|in\b|on\b|with\b)[\w/&,'.-]+\s+){0,7}?"
    r"(?:[a-z]{4,}(?:er|or|ist|yst|ant|ian)|architect|nurse|midwife|lead|head|intern|individual|candidate|person|professional"
    r"|someone|people|talent)s?\b"
    r"|\bbased on (?:our|the) roadmap\b"
)
"""An employer that seeks an engineer says who acts: it plans nothing. A roadmap to rest on is no plan."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_READER = frozenset(("you", "you'll", "will", "to", "your", "and", "or"))
"""What may stand in the cell before a word of help that is the reader's."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One group of limiting words."""

    name: str
    reach: str  # clause | cell | unit
    reader: bool
    found: re.Pattern[str]
    kept_by: re.Pattern[str]


@lru_cache(maxsize=1)
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(
            name,
            data["reach"],
            data.get("reader", False),
            _any_of(data["words"]),
            _any_of([*data["words"], *data.get("kept_by", ())]),
        )
        for name, data in load("words")["limits"].items()
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


@dataclass(frozen=True, slots=True)
class Limited:
    """What one group of words limits in a text: content stems, and the words that do it."""

    stems: frozenset[str]
    free: frozenset[str]  # said in the text outside the reach of the group
    by: tuple[str, ...]


@lru_cache(maxsize=4096)
def limited(text: str, *, rewording: bool = False) -> Mapping[str, Limited]:
    """Per group of limiting words that occurs in `text`: which content stems stand in its reach, and which do not.

    In a rewording, words that say no more than the group's own count as well ("know" for "familiarity with").
    """
    folded = fold(text)
    no_limit = list(_NO_LIMIT.finditer(folded))
    result = {}
    for kind in _kinds():
        found = kind.kept_by if rewording else kind.found
        hits = [m for m in found.finditer(folded) if not kind.reader or _of_reader(folded, m.start())]
        hits = [m for m in hits if not any(n.start() <= m.start() < n.end() for n in no_limit)]
        if hits:
            spans = [Span(m.start(), m.end()) for m in hits]
            reached = [span for own in spans for span in _reach(text, kind.reach, own)]
            if rewording and kind.reach == "cell":
                reached += [span for own in spans for span in _listed(text, own)]
            result[kind.name] = _sorted_out(text, spans, reached)
    return result


def _sorted_out(text: str, hits: list[Span], reached: list[Span]) -> Limited:
    inside: set[str] = set()
    outside: set[str] = set()
    for word in words(text):
        if is_content(word) and not any(hit.meets(word.span) for hit in hits):
            (inside if any(span.meets(word.span) for span in reached) else outside).add(word.stem)
    return Limited(frozenset(inside), frozenset(outside), tuple(hit.of(text) for hit in hits))


def _of_reader(folded: str, at: int) -> bool:
    """True if nobody but the reader can be who helps here: only "you", "will", "to" stand before it in its cell."""
    start = next((c.span.start for c in cells(folded) if c.span.start <= at < c.span.end), at)
    return all(word in _READER for word in re.findall(r"[\w']+", folded[start:at]))


def _reach(text: str, reach: str, hit: Span) -> Iterator[Span]:
    if reach == "unit":
        ends = [m.end() for m in _SENTENCE_END.finditer(text)]
        yield Span(
            max((e for e in ends if e <= hit.start), default=0),
            min((e for e in ends if e > hit.start), default=len(text)),
        )
        return
    cell = next((c.span for c in cells(text) if c.span.meets(hit)), hit)
    behind = Span(hit.end, cell.end)
    if not any(is_content(w) and behind.meets(w.span) for w in words(text)):
        yield cell
    else:
        yield behind
    if reach == "clause":
        yield from _carried(text, cell)


def _listed(text: str, hit: Span) -> Iterator[Span]:
    """The cells behind a line's own verb: "you know AWS, Azure and Terraform" says so of all three."""
    end = next((m.start() for m in _SENTENCE_END.finditer(text) if m.start() >= hit.end), len(text))
    for cell in cells(text):
        if hit.end <= cell.span.start < end:
            if any(cell.span.meets(w.span) and w.text in CARRY_STOPPERS for w in words(text)):
                return
            yield cell.span


def _carried(text: str, cell: Span) -> Iterator[Span]:
    """The cells behind `cell` in the same clause, up to one that has a subject or an auxiliary of its own."""
    clause = next((c.span for c in clauses(text) if c.span.meets(cell)), cell)
    for other in cells(text):
        if other.span.start < cell.end or not clause.meets(other.span):
            continue
        if any(other.span.meets(w.span) and w.text in CARRY_STOPPERS for w in words(text)):
            return
        yield other.span
