"""I2: an unmarked line holds no fact and no content word that its sources lack, and changes none of their clauses."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise

from postwright.domain.posting import Fact, FactKind, Strength, Unit
from postwright.fidelity.recombined import recombinations
from postwright.fidelity.sources import NAMES, Said, Sources, content_stems, stems_with_synonyms
from postwright.fidelity.traded import taken_over
from postwright.knowledge.loader import load
from postwright.reading.facts import facts_in
from postwright.reading.meaning.clauses import (
    QUANTITIES,
    Alternative,
    alternatives,
    cell_of,
    clauses,
    comparator,
    joined_by_or,
)
from postwright.reading.meaning.limits import Limited, limited
from postwright.reading.meaning.words import Word, content, fold, words

_DEMANDS = frozenset({Strength.MUST, Strength.NICE, Strength.UNKNOWN})
_LONGEST_QUESTION = 4
"""Words of a question that only leads to a contact."""
_LIST_ALTERNATIVES = frozenset({"equival", "similar", "relat", "compar", "equal"})


def inventions(text: str, cited: list[Unit], sources: Sources) -> Iterator[str]:
    """Each way in which `text` says what the cited units do not, in words that can go back to the model."""
    yield from _foreign_words(text, cited, sources)
    yield from _foreign_facts(text, cited)
    yield from _mixed_hard_facts(text, cited)
    yield from _loose_links(text, cited, sources)
    said = tuple(Said(u.text, u.strength) for u in cited)
    yield from _rearranged(text, said)
    yield from taken_over(text, said, content_stems(sources.posting.title))


@lru_cache(maxsize=4096)
def _rearranged(text: str, cited: tuple[Said, ...]) -> tuple[str, ...]:
    """What follows from the words alone. Remembered: a reply is checked anew whenever a line of it is taken out."""
    return (
        *_turned_quantities(text, cited),
        *_turned_polarity(text, cited),
        *_lost_conditions(text, cited),
        *_lost_alternatives(text, cited),
        *_lost_limits(text, cited),
        *recombinations(text, cited),
    )


def _foreign_words(text: str, cited: list[Unit], sources: Sources) -> Iterator[str]:
    allowed = frozenset().union(*(sources.vocabulary(u) for u in cited)) if cited else frozenset()
    facts = facts_in(text)
    foreign = [
        w
        for w in content(text)
        if w.stem not in allowed
        and not (stems_with_synonyms(w.text) - {w.stem}) & allowed
        and not any(f.kind in QUANTITIES and _beside(w, f) for f in facts)
        and not (w.text in load("words")["frame_beside"] and _is_backed(w.text, cited))
        and not _is_short_form(text, w)
    ]
    if foreign:
        yield f"words that the sources lack: {', '.join(dict.fromkeys(w.text for w in foreign))}"


def _is_short_form(text: str, word: Word) -> bool:
    """True for the "(BAAs)" behind "business associate agreements": its letters are theirs, and it says nothing new."""
    letters = word.span.of(text).removesuffix("s")
    before = [w for w in words(text) if w.span.end <= word.span.start][-len(letters) :]
    bracketed = text[: word.span.start].endswith("(") and text[word.span.end :].startswith(")")
    return bracketed and letters.isupper() and len(letters) > 1 and fold(letters) == "".join(w.text[0] for w in before)


def _is_backed(word: str, cited: list[Unit]) -> bool:
    backing = load("words")["frame_beside"][word]
    return any(w.text in backing for u in cited for w in words(u.text))


def _foreign_facts(text: str, cited: list[Unit]) -> Iterator[str]:
    known = {said for u in cited for said in _known(u)}
    for fact in facts_in(text):
        if (fact.kind, fact.norm) not in known and not _same_words(fact, text, cited):
            yield f"{fact.kind.value} that the sources lack: {fact.span.of(text)}"


@cache
def _comparator_words() -> frozenset[str]:
    return frozenset(load("words")["comparator_words"])


def _beside(word: Word, fact: Fact) -> bool:
    """True for the words of a quantity itself, and for those that bound it: its bound is compared elsewhere."""
    if fact.span.holds(word.span):
        return True
    near = word.span.end >= fact.span.start - 20 and word.span.start <= fact.span.end + 20
    return near and word.text in _comparator_words()


def _known(unit: Unit) -> set[tuple[FactKind, str]]:
    return {(f.kind, f.norm) for f in facts_in(unit.text)}


def _same_words(fact: Fact, text: str, cited: list[Unit]) -> bool:
    """A name that reads as a fact only by its shape here (a capital after a colon) is the source's own words."""
    if fact.kind not in NAMES:
        return False
    written = content_stems(fact.span.of(text))
    return bool(written) and any(written <= stems_with_synonyms(u.text) for u in cited)


def _mixed_hard_facts(text: str, cited: list[Unit]) -> Iterator[str]:
    by_kind: dict[FactKind, list[Fact]] = {}
    for fact in facts_in(text):
        if fact.hard:
            by_kind.setdefault(fact.kind, []).append(fact)
    for kind, facts in by_kind.items():
        holders = [{u.id for u in cited if (kind, g.norm) in _known(u)} for g in facts]
        if holders and all(holders) and not set.intersection(*holders):
            yield f"{kind.value} from two different sentences in one line"


def _loose_links(text: str, cited: list[Unit], sources: Sources) -> Iterator[str]:
    """A link or contact stays bound to its sentence: a line that holds one says only what that sentence says."""
    for fact in facts_in(text):
        if fact.kind not in {FactKind.LINK, FactKind.CONTACT}:
            continue
        holders = [u for u in cited if (fact.kind, fact.norm) in _known(u)]
        asked = [u for u in cited if any(_asks_for(u, holder, sources) for holder in holders)]
        own = frozenset().union(*(sources.vocabulary(u) for u in (*holders, *asked)))
        if holders and any(w.stem not in own for w in content(text) if not fact.span.holds(w.span)):
            yield f"{fact.kind.value} in a sentence that is not its own: {fact.span.of(text)[:60]}"


def _asks_for(unit: Unit, holder: Unit, sources: Sources) -> bool:
    """True for the "Questions?" right before the sentence that says whom to write to."""
    short = unit.text.rstrip().endswith("?") and len(unit.text.split()) <= _LONGEST_QUESTION
    units = sources.posting.units
    return short and unit.block == holder.block and (unit, holder) in pairwise(units)


def _turned_quantities(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """A quantity keeps its comparator and what it measures."""
    for fact in facts_in(text):
        if fact.kind not in QUANTITIES:
            continue
        origins = [(u, g) for u in cited for g in facts_in(u.text) if (g.kind, g.norm) == (fact.kind, fact.norm)]
        if not origins:
            continue
        said = comparator(text, fact)
        if said not in {comparator(u.text, g) for u, g in origins}:
            yield f'"{fact.span.of(text)}" lost or changed its bound'
        elif not any(_measures_the_same(text, fact, u, g) for u, g in origins) or (
            len(cited) > 1 and not any(cell_of(text, fact) <= stems_with_synonyms(u.text) for u, _ in origins)
        ):
            yield f'"{fact.span.of(text)}" measures something else than in the source'


def _measures_the_same(text: str, fact: Fact, unit: Said, origin: Fact) -> bool:
    here, there = cell_of(text, fact), cell_of(unit.text, origin)
    quantities = [g for g in facts_in(unit.text) if g.kind in QUANTITIES]
    rivals = [g for g in quantities if g.span != origin.span and g.norm != origin.norm]
    rival_stems = frozenset().union(*(cell_of(unit.text, g) for g in rivals)) - there if rivals else frozenset()
    if len(here & rival_stems) > len(here & there):
        return False
    if rivals and here and there:
        return bool(here & there)
    return True


def _turned_polarity(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    there = [c for u in cited for c in clauses(u.text)]
    known: dict[str, set[tuple[bool, bool]]] = {}
    for clause in there:
        for stem in clause.stems:
            known.setdefault(stem, set()).add((clause.negated, clause.excepted))
    for clause in clauses(text):
        turned = sorted(s for s in clause.stems if s in known and (clause.negated, clause.excepted) not in known[s])
        if turned:
            yield f"a negation or exception changed around: {', '.join(turned[:4])}"
        alike = max(there, key=lambda c: len(c.stems & clause.stems), default=clause)
        shared = len(alike.stems & clause.stems)
        if shared * 2 >= len(alike.stems) and shared and alike.negations != clause.negations and alike.negations > 1:
            yield "one of two negations is gone"


def _lost_conditions(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """What a source excepts, or says of one thing only, the line that uses it says as well."""
    here = clauses(text)
    said_exception = any(c.excepted for c in here)
    said_only = any(c.only for c in here)
    stems = content_stems(text)
    facts = {(f.kind, f.norm) for f in facts_in(text)}
    source_only = False
    for unit in cited:
        for clause in clauses(unit.text):
            used = stems & clause.stems
            takes_fact = any(clause.span.meets(f.span) and (f.kind, f.norm) in facts for f in facts_in(unit.text))
            uses = takes_fact or (len(used) >= 2 and len(used) * 2 >= len(clause.stems))
            source_only |= clause.only
            if clause.exception_follows and uses and not said_exception:
                yield "an exception in the source is gone"
            if clause.only and uses and not said_only:
                yield 'an "only" in the source is gone'
    if said_only and not source_only:
        yield 'says "only" where the sources do not'


def _lost_limits(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """What the sources say only of a plan, a part, a help or a choice, the line says of no more than that."""
    here, known = limited(text, rewording=True), [limited(u.text) for u in cited]
    said = content_stems(text)
    for unit, there in zip(cited, known, strict=True):
        for name, limit in there.items():
            still = here[name].stems if name in here else frozenset()
            elsewhere = (_free_of(name, other, u) for other, u in zip(known, cited, strict=True) if u is not unit)
            grown = (said & limit.stems) - still - limit.free - frozenset().union(*elsewhere)
            if grown:
                yield f'a limit of the source is gone: "{limit.by[0]}" of {", ".join(sorted(grown)[:3])}'


def _free_of(name: str, limits: Mapping[str, Limited], unit: Said) -> frozenset[str]:
    return limits[name].free if name in limits else content_stems(unit.text)


def _lost_alternatives(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """ "X or Y" stays: neither side is dropped alone, and it never becomes "X and Y"."""
    stems = content_stems(text) | {f.norm for f in facts_in(text)}
    for unit in cited:
        for pair in alternatives(unit.text):
            dropped_whole = unit.strength not in _DEMANDS and pair.beside not in stems and not stems & pair.right
            if not dropped_whole:
                yield from _broken_alternative(text, stems, pair)
            if unit.strength in _DEMANDS:
                yield from _dropped_members(stems, pair)


def _broken_alternative(text: str, stems: frozenset[str], pair: Alternative) -> Iterator[str]:
    left, right = pair.left - pair.right, pair.right - pair.left
    if not left or not right:
        return
    has_left, has_right = bool(stems & left), bool(stems & right)
    equivalent = bool(right & _LIST_ALTERNATIVES)
    if has_left and not has_right and (equivalent or len(stems & left) * 2 > len(left)):
        yield f'an alternative is gone: "or {" ".join(sorted(right)[:3])}"'
    elif has_right and not has_left and len(stems & right) * 2 > len(right):
        yield f'an alternative is gone: "{" ".join(sorted(left)[:3])} or"'
    elif has_left and has_right and not joined_by_or(text, left, right):
        yield 'an "or" became something else'


def _dropped_members(stems: frozenset[str], pair: Alternative) -> Iterator[str]:
    """Of a demand that offers a choice, a line takes all members or none: each one dropped asks for more."""
    members = [*pair.earlier, pair.left, pair.right]
    own = [m - frozenset().union(*(n for n in members if n is not m)) for m in members]
    taken = [bool(stems & m) for m in own]
    if any(taken) and not all(t for t, m in zip(taken, own, strict=True) if m):
        yield "a choice that the source offers has fewer members"


def softened(text: str, cited: list[Unit]) -> bool:
    """True if the line says "or" between things that its source asks for together: it asks for less."""
    for pair in alternatives(text):
        for unit in cited:
            stems = content_stems(unit.text) | {f.norm for f in facts_in(unit.text)}
            if pair.left & stems and pair.right & stems and not joined_by_or(unit.text, pair.left, pair.right):
                return True
    return False
