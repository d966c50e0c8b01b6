"""I2: an unmarked line holds no fact and no content word that its sources lack, and changes none of their clauses."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

from postwright.domain.posting import Fact, FactKind, Strength, Unit
from postwright.fidelity.sources import NAMES, Sources, content_stems, stems_with_synonyms
from postwright.knowledge.loader import load
from postwright.reading.clauses import (
    QUANTITIES,
    Alternative,
    alternatives,
    bindings,
    cell_of,
    clauses,
    comparator,
    foreign_subject,
    joined_by_or,
    object_you,
    relations,
    steps,
)
from postwright.reading.doers import compared, done_by_others, done_by_us, done_by_you, ranked
from postwright.reading.facts import facts_in
from postwright.reading.limits import Limited, limited
from postwright.reading.words import Word, content, words

_DEMANDS = frozenset({Strength.MUST, Strength.NICE, Strength.UNKNOWN})
_LIST_ALTERNATIVES = frozenset({"equival", "similar", "relat", "compar", "equal"})


def inventions(text: str, cited: list[Unit], sources: Sources) -> Iterator[str]:
    """Each way in which `text` says what the cited units do not, in words that can go back to the model."""
    yield from _foreign_words(text, cited, sources)
    yield from _foreign_facts(text, cited)
    yield from _mixed_hard_facts(text, cited)
    yield from _loose_links(text, cited, sources)
    yield from _turned_quantities(text, cited)
    yield from _turned_polarity(text, cited)
    yield from _lost_conditions(text, cited)
    yield from _lost_alternatives(text, cited)
    yield from _lost_limits(text, cited)
    yield from _swapped_sides(text, cited)
    yield from _recombined(text, cited)
    yield from _other_doers(text, cited)
    yield from _traded_ranks(text, cited)


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
    ]
    if foreign:
        yield f"words that the sources lack: {', '.join(dict.fromkeys(w.text for w in foreign))}"


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
        own = frozenset().union(*(sources.vocabulary(u) for u in holders)) if holders else frozenset()
        if holders and any(w.stem not in own for w in content(text) if not fact.span.holds(w.span)):
            yield f"{fact.kind.value} in a sentence that is not its own: {fact.span.of(text)[:60]}"


def _turned_quantities(text: str, cited: list[Unit]) -> Iterator[str]:
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


def _measures_the_same(text: str, fact: Fact, unit: Unit, origin: Fact) -> bool:
    here, there = cell_of(text, fact), cell_of(unit.text, origin)
    quantities = [g for g in facts_in(unit.text) if g.kind in QUANTITIES]
    rivals = [g for g in quantities if g.span != origin.span and g.norm != origin.norm]
    rival_stems = frozenset().union(*(cell_of(unit.text, g) for g in rivals)) - there if rivals else frozenset()
    if len(here & rival_stems) > len(here & there):
        return False
    if rivals and here and there:
        return bool(here & there)
    return True


def _turned_polarity(text: str, cited: list[Unit]) -> Iterator[str]:
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


def _lost_conditions(text: str, cited: list[Unit]) -> Iterator[str]:
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


def _lost_limits(text: str, cited: list[Unit]) -> Iterator[str]:
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


def _free_of(name: str, limits: Mapping[str, Limited], unit: Unit) -> frozenset[str]:
    return limits[name].free if name in limits else content_stems(unit.text)


def _lost_alternatives(text: str, cited: list[Unit]) -> Iterator[str]:
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


def _swapped_sides(text: str, cited: list[Unit]) -> Iterator[str]:
    known = [r for u in cited for r in relations(u.text)]
    for here in relations(text):
        alike = [r for r in known if r.verb == here.verb]
        doers = frozenset().union(*(r.doer for r in alike)) if alike else frozenset()
        objects = frozenset().union(*(r.done_to for r in alike)) if alike else frozenset()
        if here.doer & (objects - doers) or here.done_to & (doers - objects):
            yield f'who does what to whom changed around "{here.verb}"'


def _recombined(text: str, cited: list[Unit]) -> Iterator[str]:
    """True words in a false order: the hard case. Each check needs two words that traded places."""
    if object_you(text) and not any(object_you(u.text) for u in cited):
        yield 'the one who acts changed: "you" became the object'
    subject = foreign_subject(text)
    if subject and all(_reader_acts(u, subject) for u in cited):
        yield f'the one who acts changed: "{subject}"'
    for unit in cited:
        if turned := _turned_round(bindings(text), bindings(unit.text)):
            yield f"the contrary of the source: {turned}"
        if swapped := _traded(bindings(text), bindings(unit.text)) or _wrong_step(text, unit.text):
            yield f"words traded places: {swapped}"


def _reader_acts(unit: Unit, subject: str) -> bool:
    """True for a duty of the reader in which `subject` does not come first."""
    first = next((w.stem for w in content(unit.text)), "")
    return unit.strength is Strength.DUTY and first != subject and not foreign_subject(unit.text)


def _other_doers(text: str, cited: list[Unit]) -> Iterator[str]:
    """What a source gives to others ("we pay", "reviewed by physicians") is not what you do."""
    others = frozenset().union(*(done_by_others(u.text) for u in cited))
    free = [content_stems(u.text) - done_by_others(u.text) for u in cited]
    taken = done_by_you(text) & others - frozenset().union(*free)
    if taken:
        yield f"what others do became what you do: {', '.join(sorted(taken)[:3])}"
    yours = frozenset().union(*(done_by_you(u.text) for u in cited))
    given = (done_by_us(text) & yours) - frozenset().union(*(done_by_us(u.text) for u in cited))
    if given:
        yield f"what you do became what others do: {', '.join(sorted(given)[:3])}"


def _traded_ranks(text: str, cited: list[Unit]) -> Iterator[str]:
    """The two sides of a comparison, or of an order, changed places."""
    before, behind = compared(text)
    ranks = ranked(text)
    for unit in cited:
        there_before, there_behind = compared(unit.text)
        if before & (there_behind - there_before) and behind & (there_before - there_behind):
            yield "the sides of a comparison changed places"
        known = ranked(unit.text)
        for one, other in combinations(sorted(ranks.keys() & known.keys()), 2):
            mine, theirs = ranks[one] - ranks[other], known[one] - known[other]
            if mine & (known[other] - known[one]) and theirs & (ranks[other] - ranks[one]):
                yield f'"{one}" and "{other}" changed places'


def _turned_round(here: Mapping[str, frozenset[str]], there: Mapping[str, frozenset[str]]) -> str:
    """A word bound by the contrary of what bound it ("pages from the team" for "pages to the team")."""
    for one, other in load("words")["opposites"]:
        for p, q in ((one, other), (other, one)):
            turned = [w for w in here.keys() & there.keys() if p in here[w] - there[w] and q in there[w] - here[w]]
            if turned:
                return f"{p} {min(turned)}"
    return ""


def _traded(here: Mapping[str, frozenset[str]], there: Mapping[str, frozenset[str]]) -> str:
    """Words of a source that took each other's bindings in a circle ("train nurses during go-lives" turned round)."""
    changed = {s for s in here.keys() & there.keys() if not here[s] & there[s]}
    while lost := {w for w in changed if not any(here[w] & there[o] for o in changed if o != w)}:
        changed -= lost
    return ", ".join(sorted(changed)[:3])


def _wrong_step(text: str, source: str) -> str:
    """A verb of one step with the object of another ("fix feeds, test messages" for "test feeds, fix messages")."""
    known = steps(source)
    for here in steps(text):
        verb, rest = here.verb, here.rest
        own = [s.rest for s in known if s.verb == verb]
        # a step told whole is no trade: "a small, family-owned clinic" is "a family-owned clinic"
        others = [s.rest for s in known if s.verb != verb and not (s.opens and s.rest | {s.verb} <= rest)]
        if not own or not others:
            continue
        mine, foreign = frozenset().union(*own), frozenset().union(*others)
        if rest & (foreign - mine) and not rest & (mine - foreign):
            return f"{verb}, {min(rest & (foreign - mine))}"
    return ""
