"""I2, the hard case: true words in a false order. Each check needs two words that traded places."""

from collections.abc import Iterator, Mapping

from postwright.domain.posting import Strength
from postwright.fidelity.sources import Said, content_stems, stems_with_synonyms
from postwright.fidelity.traded import ends_alike, trades
from postwright.knowledge.loader import load
from postwright.reading.meaning.bonds import (
    attached,
    bindings,
    compounds,
    foreign_subject,
    given,
    neighbours,
    object_you,
    owners,
    refused,
    relations,
    steps,
    threes,
    users,
)
from postwright.reading.meaning.clauses import cells, inside_each
from postwright.reading.meaning.doers import done_by_others, done_by_us, done_by_you
from postwright.reading.meaning.words import Word, content, is_content, words


def recombinations(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """Each pair of words of the cited units that traded places, or hang on other words than there."""
    yield from _swapped_sides(text, cited)
    yield from _turned_doers(text, cited)
    yield from _other_doers(text, cited)
    yield from _other_receivers(text, cited)
    yield from _lent_doers(text, cited)
    yield from _replaced(text, cited)
    yield from trades(text, cited)


def _swapped_sides(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    known = [r for u in cited for r in relations(u.text)]
    for here in relations(text):
        alike = [r for r in known if r.verb == here.verb]
        doers = frozenset().union(*(r.doer for r in alike)) if alike else frozenset()
        objects = frozenset().union(*(r.done_to for r in alike)) if alike else frozenset()
        if here.doer & (objects - doers) or here.done_to & (doers - objects):
            yield f'who does what to whom changed around "{here.verb}"'


def _turned_doers(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """Another acts than in a source, or its words are bound otherwise."""
    if object_you(text) and not any(object_you(u.text) for u in cited):
        yield 'the one who acts changed: "you" became the object'
    subject = foreign_subject(text)
    if subject and all(_reader_acts(u, subject) for u in cited):
        yield f'the one who acts changed: "{subject}"'
    for unit in cited:
        if turned := _turned_round(text, unit.text):
            yield f"the contrary of the source: {turned}"
        if mirrored := {(c, b, a) for a, b, c in threes(text) if a != c} & threes(unit.text) - threes(text):
            yield f'who does what to whom changed around "{min(mirrored)[1]}"'
        swapped = _traded(bindings(text), bindings(unit.text)) or _wrong_step(text, unit.text)
        if swapped := swapped or _disowned(text, unit.text):
            yield f"words traded places: {swapped}"


def _reader_acts(unit: Said, subject: str) -> bool:
    """True for a duty of the reader in which `subject` does not come first."""
    first = next((w.stem for w in content(unit.text)), "")
    acts = first == subject or subject in users(unit.text)  # "used by nurses"
    return unit.strength is Strength.DUTY and not acts and not foreign_subject(unit.text)


def _other_doers(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """What a source gives to others ("we pay", "reviewed by physicians") is not what you do."""
    others = frozenset().union(*(done_by_others(u.text) for u in cited))
    free = [content_stems(u.text) - done_by_others(u.text) for u in cited]
    taken = done_by_you(text) & others - frozenset().union(*free)
    if taken:
        yield f"what others do became what you do: {', '.join(sorted(taken)[:3])}"
    yours = frozenset().union(*(done_by_you(u.text) for u in cited))
    handed = (done_by_us(text) | done_by_others(text)) & yours - done_by_you(text)
    given = handed - frozenset().union(*(done_by_us(u.text) | done_by_others(u.text) for u in cited))
    if given:
        yield f"what you do became what others do: {', '.join(sorted(given)[:3])}"


def _other_receivers(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """What is given to you is not given to us, nor the reverse."""
    known = frozenset().union(*(given(u.text) for u in cited))
    for verb, to in sorted(given(text) - known):
        if (verb, "us" if to == "you" else "you") in known:
            yield f'whom something is done to changed around "{verb}"'


def _replaced(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """A word of one sentence in the place of another's ("alerts with patients" for "alerts with pharmacists")."""
    here = content_stems(text)
    for unit in cited if len(cited) > 1 else ():
        own = stems_with_synonyms(unit.text)
        for head, binder, word in sorted(attached(text)):
            gone = {w for h, b, w in attached(unit.text) if (h, b) == (head, binder)} - here
            others = [u for u in cited if u is not unit and head in content_stems(u.text)]
            if gone and word not in own and not others:
                yield f'"{word}" took the place of "{min(gone)}"'


def _lent_doers(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """What one sentence asks of the reader, done by those of another: "Nurses call", "Review alerts"."""
    told = [content_stems(u.text) for u in cited if u.strength is Strength.NONE]
    for duty in (u for u in cited if u.strength is Strength.DUTY):
        first = next(iter(words(duty.text)), None)
        for before in _before(first, text) if first is not None and is_content(first) else ():
            if before and not before & content_stems(duty.text) and any(before <= stems for stems in told):
                yield f'the one who acts changed: "{min(before)}"'


def _before(verb: Word, text: str) -> Iterator[frozenset[str]]:
    """What stands before a verb in each piece of a text, where it is no "you", "to" or "with"."""
    frame = load("words")["frame"]
    no_subject = {*load("words")["binders"], *frame["pronouns"], *frame["auxiliaries"]}
    for inside in inside_each((cell.span for cell in cells(text)), words(text)):
        at = next((i for i, w in enumerate(inside) if w.stem == verb.stem), 0)
        if at and no_subject.isdisjoint(w.text for w in inside[:at]):
            yield frozenset(w.stem for w in inside[:at] if is_content(w))


def _turned_round(text: str, source: str) -> str:
    """A word bound by the contrary of what bound it ("pages from the team" for "pages to the team").

    No contrary: "questionnaires from customers" for "customer questionnaires", "for payers" for "used by payers".
    """
    here, there = bindings(text), bindings(source)
    if made := [w for w in users(source) - users(text) if here.get(w) == frozenset(("by",))]:
        return f"by {min(made)}"
    changed = [w for w in here.keys() & there.keys() if here[w] != there[w]]
    if not changed:
        return ""
    hung = {(w, head) for head, _, w in attached(text)}
    loose = {w for w, head in compounds(source) if (w, head) in hung}
    for binder in sorted(refused(source)):
        if turned := [w for w in changed if binder in here[w] - there[w]]:
            return f"{binder} {min(turned)}"
    for one, other in load("words")["opposites"]:
        for p, q in ((one, other), (other, one)):
            free = loose | users(source) if q == "by" else loose
            turned = [w for w in changed if p in here[w] - there[w] and q in there[w] - here[w]]
            if turned := [w for w in turned if w not in free]:
                return f"{p} {min(turned)}"
    return ""


def _traded(here: Mapping[str, frozenset[str]], there: Mapping[str, frozenset[str]]) -> str:
    """Words of a source that took each other's bindings in a circle ("train nurses during go-lives" turned round)."""
    changed = {s for s in here.keys() & there.keys() if not here[s] & there[s]}
    while lost := {w for w in changed if not any(here[w] & there[o] for o in changed if o != w)}:
        changed -= lost
    return ", ".join(sorted(changed)[:3])


def _disowned(text: str, source: str) -> str:
    """An owner of something to whom something is done ("train surgeons with notes" for "with surgeons' notes")."""
    for verb, owner in sorted(neighbours(text) - neighbours(source)):
        if owner in owners(source) - owners(text) and verb in content_stems(source):
            return f"{verb}, {owner}"
    return ""


def _wrong_step(text: str, source: str) -> str:
    """A verb of one step with the object of another ("fix feeds, test messages" for "test feeds, fix messages")."""
    known, shared = steps(source), ends_alike(text, source)
    for here in steps(text):
        verb, rest = here.verb, here.rest
        own = [s.rest for s in known if s.verb == verb]
        # a step told whole is no trade: "a small, family-owned clinic" is "a family-owned clinic"
        others = [s.rest for s in known if s.verb != verb and not (s.opens and s.rest - shared | {s.verb} <= rest)]
        if not own or not others:
            continue
        mine, foreign = frozenset().union(*own), frozenset().union(*others)
        if rest & (foreign - mine) and not rest & (mine - foreign):
            return f"{verb}, {min(rest & (foreign - mine))}"
    return ""
