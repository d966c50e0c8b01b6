"""What the words around a fact do to it: negation, exception, "only", comparators, alternatives, relations.

A clause is what stands between marks of punctuation (and "but"); a cell is a piece of a clause between commas,
"and" and "or". Source and rewording are cut the same way, so a change of meaning shows as a difference.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, permutations

from postwright.domain.posting import Fact, FactKind, Span
from postwright.knowledge.loader import load
from postwright.reading.facts import facts_in
from postwright.reading.meaning.words import Word, fold, is_content, words

QUANTITIES = frozenset(
    {FactKind.MONEY, FactKind.NUMBER, FactKind.PERCENT, FactKind.YEARS, FactKind.DATE, FactKind.HOURS}
)
"""Kinds of fact that a comparator can turn, and that measure something."""

CLAUSE_END = re.compile(
    r"[;()\[\]|•\n]|(?<!\bnot required)(?<!\bnot needed)(?<!\bnot necessary)(?<!\bnot essential):"
    r"|(?<!\bsr)(?<!\bjr)(?<!\bdr)(?<!\bvs)(?<!\bst)(?<!\be\.g)(?<!\bi\.e)(?<!\bu\.s)[.!?](?=\s|$)"
    r"|\s-+\s|\b(?:but|while|whereas|although|though)\b|(?<!\bnot )\bbecause\b(?! of\b)"
)
_PART_END = re.compile(r",|\band\b(?= not\b(?! only\b))|(?<=\s)(?=with no\b|without\b)")
"""Where the reach of a negation ends: "core parts and not what stands on the shelf" says something of both, as does
"9 to 5 with no on-call" of the hours."""
CELL_END = re.compile(r",|\b(?:and|or|plus|then|nor)\b|&|/")
CARRY_STOPPERS = frozenset(
    ("we", "you", "they", "it", "i", "this", "our", "your", "is", "are", "was", "will", "has", "have", "can")
)
_STAND_INS = frozenset(("one", "ones", "we", "you"))
_ALTERNATIVE = re.compile(r"\b(?:and/or|or)\b(?!\s+(?:more|above|greater|higher|less|fewer|longer|so|under|over)\b)")
_ASIDE = re.compile(r"\([^()]*\)")
_DATE_TURNERS = re.compile(r"\b(by|before|until|till|through|after|from|since|on)\s+(?:the\s+)?$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text with its content words, and what governs them."""

    span: Span
    stems: frozenset[str]
    negated: bool
    excepted: bool  # stands after "except", "unless"...
    exception_follows: bool  # stands before one
    only: bool
    negations: int = 0  # words of negation in it: "not ... without" is two


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a list or clause: what a quantity in it measures."""

    span: Span
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alternative:
    """ "X, Y or Z": what stands on each side of one "or", and the list pieces before it that belong to the list."""

    left: frozenset[str]
    right: frozenset[str]
    earlier: tuple[frozenset[str], ...] = ()
    beside: str = ""  # the content word right before the "or"


def _alternation(phrases: list[str]) -> str:
    return "|".join(sorted((re.escape(p) for p in phrases), key=len, reverse=True))


@lru_cache(maxsize=1)
def _exceptions() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternation(load('words')['exceptions'])})\b")


@lru_cache(maxsize=1)
def _negations() -> frozenset[str]:
    return frozenset(load("words")["negations"])


def _kept_away(inside: list[Word]) -> int:
    """1 for "keep alerts from reaching patients" or "keep names out of logs": a negation without a word of its own."""
    keeps = load("words")["keeps_away"]
    at = next((at for at, word in enumerate(inside) if word.text in keeps), len(inside))
    behind = ((word.text, after.text) for word, after in pairwise(inside[at + 1 :]))
    return int(
        any((word == "from" and after.endswith("ing")) or (word, after) == ("out", "of") for word, after in behind)
    )


@lru_cache(maxsize=1)
def _only() -> frozenset[str]:
    return frozenset(load("words")["only"])


@lru_cache(maxsize=1)
def _comparators() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Per comparator: the pattern right before a quantity, and the one right after it."""
    between = r"\s*(?:of\s+|a\s+|an\s+|the\s+|total\s+)*"
    unit = r"[\s\w-]{0,12}?"
    return tuple(
        (name, re.compile(rf"(?:{_alternation(p)}){between}$"), re.compile(rf"^{unit}\s*(?:{_alternation(p)})\b"))
        for name, p in load("words")["comparators"].items()
    )


def cut(text: str, ends: re.Pattern[str], within: Span) -> Iterator[Span]:
    start = within.start
    for match in ends.finditer(text, within.start, within.end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if within.end > start:
        yield Span(start, within.end)


def _stems(found: tuple[Word, ...], span: Span) -> frozenset[str]:
    return frozenset(w.stem for w in found if span.holds(w.span) and is_content(w))


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text, in order. A comma ends the reach of a negation, except over short list items."""
    folded = fold(text)
    found = words(text)
    result: list[Clause] = []
    for span in cut(folded, CLAUSE_END, Span(0, len(folded))):
        result.extend(_parts_of_clause(folded, found, span))
    return tuple(result)


def _parts_of_clause(folded: str, found: tuple[Word, ...], span: Span) -> Iterator[Clause]:
    exception = _exceptions().search(folded, span.start, span.end)
    head = Span(span.start, exception.start()) if exception else span
    carried = False
    for part in cut(folded, _PART_END, head):
        inside = [w for w in found if part.holds(w.span)]
        both = _not_only(folded, part)
        count = 0 if both else sum(w.text in _negations() for w in inside) + _kept_away(inside)
        negated = count > 0
        short_item = len(inside) <= 4 and not any(w.text in CARRY_STOPPERS or w.text[0].isdigit() for w in inside)
        carried = negated or (carried and short_item)
        only = not both and any(w.text in _only() for w in inside)
        yield Clause(
            part,
            _stems(found, part),
            carried,
            excepted=False,
            exception_follows=bool(exception),
            only=only,
            negations=count,
        )
    if exception:
        tail = Span(exception.end(), span.end)
        yield Clause(tail, _stems(found, tail), negated=False, excepted=True, exception_follows=False, only=False)


def _not_only(folded: str, part: Span) -> bool:
    return "not only" in part.of(folded) or "no later than" in part.of(folded)


@lru_cache(maxsize=4096)
def cells(text: str) -> tuple[Cell, ...]:
    """The list pieces of a text, in order."""
    folded = fold(text)
    found = words(text)
    pieces = [
        piece for clause in cut(folded, CLAUSE_END, Span(0, len(folded))) for piece in cut(folded, CELL_END, clause)
    ]
    return tuple(
        Cell(piece, _stems(inside, piece)) for piece, inside in zip(pieces, inside_each(pieces, found), strict=True)
    )


def inside_each(pieces: Iterable[Span], found: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """The words of each piece; they stand in order, and none is asked of every piece: texts may have thousands."""
    starts = [word.span.start for word in found]
    for piece in pieces:
        inside = found[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]
        yield inside[:-1] if inside and inside[-1].span.end > piece.end else inside  # "AI/ML" may be cut in two


@lru_cache(maxsize=4096)
def told_in_cells(text: str) -> tuple[frozenset[str], ...]:
    """Per cell all that it says: its content words, the normal forms of its facts, and what stands for a word."""
    spans = [cell.span for cell in cells(text)]
    facts: list[set[str]] = [set() for _ in spans]
    ends = [span.end for span in spans]
    for fact in facts_in(text):
        at = bisect_left(ends, fact.span.end)
        if at < len(spans) and spans[at].holds(fact.span):
            facts[at].add(fact.norm)
    return tuple(
        cell.stems | norms | {word.text for word in inside if word.text in _STAND_INS}
        for cell, norms, inside in zip(cells(text), facts, inside_each(spans, words(text)), strict=True)
    )


def cell_of(text: str, fact: Fact) -> frozenset[str]:
    """What a quantity measures: the content words of its cell, without those inside the fact itself.

    An aside in brackets parts nothing: "800+ (and growing!) colleagues" counts colleagues.
    """
    inside = {w.stem for w in words(fact.span.of(text))}
    for cell in cells(_ASIDE.sub(lambda m: m[0] if fact.span.meets(Span(*m.span())) else " " * len(m[0]), text)):
        if cell.span.meets(fact.span):
            return cell.stems - inside
    return frozenset()


def comparator(text: str, fact: Fact) -> str:
    """How a quantity is bounded: max, min, more, less, about, from, a date word ("by"), or empty."""
    folded = fold(text)
    before, after = folded[max(0, fact.span.start - 30) : fact.span.start], folded[fact.span.end :][:30]
    if fact.kind is FactKind.DATE:
        turned = _DATE_TURNERS.search(before)
        return turned.group(1) if turned else ""
    if "+" in fact.span.of(folded) or after.startswith("+"):
        return "min"
    own = fact.span.of(folded)
    for name, leads, follows in _comparators():
        if leads.search(before) or leads.search(own[: len(own) // 2]):
            return name
        if name in {"max", "min", "less"} and (follows.search(after) or own.endswith(("or more", "or less"))):
            return name
    return ""


@lru_cache(maxsize=4096)
def alternatives(text: str) -> tuple[Alternative, ...]:
    """Each "or" with the content words of the list piece before and after it."""
    folded = fold(text)
    found = words(text)
    result = []
    for clause in cut(folded, CLAUSE_END, Span(0, len(folded))):
        pieces = list(cut(folded, CELL_END, clause))
        for match in _ALTERNATIVE.finditer(folded, clause.start, clause.end):
            left = [said for p in pieces if p.end <= match.start() and (said := _said(text, found, p))]
            right = [said for p in pieces if p.start >= match.end() and (said := _said(text, found, p))]
            if left and right:
                beside = [w.stem for w in found if clause.start <= w.span.start < match.start() and is_content(w)]
                earlier = _list_before(text, found, pieces, match.start())
                result.append(Alternative(left[-1], right[0], earlier, beside[-1] if beside else ""))
    return tuple(result)


def _list_before(text: str, found: tuple[Word, ...], pieces: list[Span], at: int) -> tuple[frozenset[str], ...]:
    """The short comma pieces before the last one in front of an "or": "A, B or C" offers A as well."""
    members: list[frozenset[str]] = []
    before = [p for p in pieces if p.end <= at and p.of(text).strip()]
    for piece in reversed(before[:-1]):
        if "," not in text[piece.end : piece.end + 1] or sum(piece.holds(w.span) for w in found) > 6:
            break
        members.append(_said(text, found, piece))
    return tuple(reversed(members))


def _said(text: str, found: tuple[Word, ...], span: Span) -> frozenset[str]:
    """What a list piece says: its content words and the normal forms of its facts ("DO" is no content word)."""
    return _stems(found, span) | {f.norm for f in facts_in(text) if span.holds(f.span)}


def joined_by_or(text: str, left: frozenset[str], right: frozenset[str]) -> bool:
    """True if some "or" (or a slash) stands between a word of `left` and a word of `right`, in either order."""
    for pair in alternatives(text):  # "A, B or C": each of the list may stand for any other
        members = [*pair.earlier, pair.left, pair.right]
        if any(one & left and other & right for one, other in permutations(members, 2)):
            return True
    folded = fold(text)
    places = [(w.span.start, w.stem) for w in words(text)] + [(f.span.start, f.norm) for f in facts_in(text)]
    lefts = [at for at, stem in places if stem in left]
    rights = [at for at, stem in places if stem in right]
    ors = [m.start() for m in re.finditer(r"\bor\b|/|\beither\b|\bany\b", folded)]
    return any(min(a, b) <= at <= max(a, b) for a in lefts for b in rights for at in ors) or any(
        folded.startswith(("either", "any", "one of"), at) for at in ors
    )
