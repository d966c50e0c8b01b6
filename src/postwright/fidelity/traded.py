"""I2: words of a line that gave each other their places, their doers or what they hang on."""

from collections.abc import Iterator
from itertools import combinations, permutations

from postwright.fidelity.sources import Said, content_stems
from postwright.knowledge.loader import load
from postwright.reading.meaning.bonds import fronted, hinged, particles, voices
from postwright.reading.meaning.clauses import told_in_cells
from postwright.reading.meaning.doers import compared, done_by_us, done_by_you, named_doers, ranked
from postwright.reading.meaning.words import content

_PARTED = 4
"""Words between which a verb and its small word can stand: "hand the notes over"."""
_DOERS = frozenset(("we", "you"))
_MOST_HERE, _MOST_THERE = 24, 60
"""Pieces of a line, and of its sources, that are held against each other. Real lines have a few."""


def trades(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """Each trade between words of a line, against what the cited units say."""
    yield from _traded_ranks(text, cited)
    yield from _traded_cells(text, cited)
    yield from _traded_fronts(text, cited)
    yield from _other_voices(text, cited)
    yield from _turned_hinges(text, cited)
    yield from _other_particles(text, cited)


def _traded_ranks(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
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


def _traded_cells(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """Two pieces that gave each other a word ("real data first, synthetic data later" turned round).

    What opens or ends source and line alike belongs to the whole list, and not to the piece it stands in.
    """
    here = _pieces(text)[:_MOST_HERE]
    there = [(told, unit) for unit in cited for told in _pieces(unit.text)][:_MOST_THERE]
    for this, that in permutations(here, 2):
        near = [(told, unit) for told, unit in there if told & this and told & that]
        for (one, unit), (other, its) in permutations(near, 2):
            shared = ends_alike(text, unit.text) if unit is its else frozenset()
            mine, theirs = one - other - shared, other - one - shared
            got, given = this & theirs - that, that & mine - this
            taken = unit is not its and one & other - _DOERS  # of two sentences alike one may take, and give nothing
            if got and (given or taken) and this & mine - that and that & theirs - this:
                yield f"words traded places: {', '.join(sorted({min(got), *sorted(given)[:1]}))}"


def _pieces(text: str) -> list[frozenset[str]]:
    """The pieces that say two things at least: of fewer none can be traded."""
    return [told for told in told_in_cells(text) if len(told) > 1]


def ends_alike(text: str, source: str) -> frozenset[str]:
    """The first content word of both, and the last, where they are the same."""
    here, there = content(text), content(source)
    if not here or not there:
        return frozenset()
    return frozenset(one.stem for one, other in ((here[0], there[0]), (here[-1], there[-1])) if one.stem == other.stem)


def _traded_fronts(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """Two words that gave each other what stands right before them: "you pay, we need" for "we pay, you need".

    A rank, or a "one", that stands before another word: "your first report is a task".
    """
    known = frozenset().union(*(fronted(u.text) for u in cited))
    new = fronted(text) - known
    for (one, what), (other, else_) in combinations(sorted(new), 2):
        if (one, else_) in known and (other, what) in known:
            yield f'who does what to whom changed around "{what}" and "{else_}"'
    ranks = {*load("words")["ranks"], "one"}
    said = content_stems(text)
    for rank, what in sorted(new):
        if rank in ranks and any(one == rank and said & {ranked} for one, ranked in known):
            yield f'"{rank}" stands before another word: "{what}"'


def _other_voices(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """What you do became what is done to you, or the reverse: "you tell" for "you are told"."""
    for pair, told in voices(text).items():
        for unit in cited:
            if (before := voices(unit.text).get(pair)) and not told & before:
                yield f'what "{pair[0]}" do became what is done to them, or the reverse: "{pair[1]}"'


def taken_over(text: str, cited: tuple[Said, ...], reader: frozenset[str]) -> Iterator[str]:
    """What somebody named does in a source ("pharmacists approve rules") and you, or we, do in the line.

    `reader`: stems of what the reader is called; in a posting for an analyst "the analyst tests feeds" means you.
    """
    reader |= frozenset(load("words")["ornament"]["subjects"])
    named = {verb: doer for u in cited for verb, doer in named_doers(u.text).items() if doer not in reader}
    for who, done_by in (("you", done_by_you), ("we", done_by_us)):
        own = {verb for u in cited for verb in done_by(u.text) - named_doers(u.text).keys()}
        done = {verb for (doer, verb), told in voices(text).items() if doer == who and False in told}
        for verb in sorted(done & named.keys() - own):
            yield f'the one who acts changed: "{named[verb]}" does "{verb}"'


def _turned_hinges(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """What hangs on something, and that something, changed places ("the clinic closes when shifts end")."""
    for hinge, (before, behind) in hinged(text).items():
        for unit in cited:
            known_before, known_behind = hinged(unit.text).get(hinge, (frozenset(), frozenset()))
            if before & (known_behind - known_before) and behind & (known_before - known_behind):
                yield f'the sides of "{hinge}" changed places'


def _other_particles(text: str, cited: tuple[Said, ...]) -> Iterator[str]:
    """A verb that lost the small word that makes it another, or got one: "fail" for "fail over"."""
    known = frozenset().union(*(particles(u.text) for u in cited))
    far = frozenset().union(*(particles(u.text, _PARTED) for u in cited))
    verbs = {verb for verb, _ in known}
    lost = {verb for verb, word in particles(text, _PARTED) - known if not word and verb in verbs}
    added = {verb for verb, word in particles(text) - far if word and verb in verbs}
    for verb in sorted(lost | added):
        yield f'"{verb}" lost or changed the small word that belongs to it'
