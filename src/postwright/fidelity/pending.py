"""I5: what has no source is visible, one line, and holds nothing that could be wrong."""

import re
from collections.abc import Iterator

from postwright.domain.posting import FactKind
from postwright.fidelity.clean import dirt
from postwright.fidelity.obedience import only_obeys, ordered_words, ordering
from postwright.fidelity.sources import NAMES, Sources, content_stems, stems_with_synonyms
from postwright.knowledge.loader import load
from postwright.reading.facts import facts_in
from postwright.reading.meaning.words import words

MOST_PROPOSALS = 3
LONGEST_PROPOSAL = 240
LONGEST_TITLE = 90

# A proposal may name a standard the posting names (HL7, FHIR, HIPAA as a subject); every other fact is refused.
_NAMEABLE = frozenset({FactKind.STANDARD})
LEGAL = re.compile(
    r"\b(complian(?:t|ce with)|certif\w*|licen[cs]\w*|unlicensed|accredit\w*|guarante\w*|approved|cleared|lawful\w*"
    r"|legal\w*|entitle\w*|equal opportunity|eligib\w*|sponsor\w*|visa|citizen\w*|clearance|background check"
    r"|drug|vaccin\w*|immuni[sz]\w*|degree\w*|diploma|salary|bonus|equity|benefits?|pa(?:y|id)|unpaid|remote\w*"
    r"|on[- ]site|hybrid|on[- ]call|overtime|weekends?|nights?|must|required?|mandatory|minimum)\b",
    re.IGNORECASE,
)


_PRAISE = re.compile(
    r"\b(?:award\w*|market[- ]lead\w*|renowned|prestigious|seasoned|decades?|stock (?:plan|option|grant)s?)\b",
    re.IGNORECASE,
)
"""What an employer or a person would be, and not what the work is."""


def proposal_wrong(text: str, sources: Sources) -> Iterator[str]:
    """Each way in which a proposal holds more than a suggestion of work."""
    if len(text) > LONGEST_PROPOSAL:
        yield f"is longer than {LONGEST_PROPOSAL} characters"
    if why := dirt(text, ()):
        yield why
    if only_obeys(text, ordered_words(sources.posting)):
        yield "a proposal may not be what the posting orders its reader to say"
    named = {(f.kind, f.norm) for u in sources.posting.units for f in facts_in(u.text) if f.kind in _NAMEABLE}
    for fact in facts_in(text):
        if (fact.kind, fact.norm) not in named:
            yield f"a proposal may hold no {fact.kind.value}: {fact.span.of(text)[:40]}"
    if re.search(r"\d", text):
        yield "a proposal may hold no figure"
    if legal := LEGAL.search(text):
        yield f'a proposal may make no claim or demand such as "{legal.group()}"'
    elif praise := _PRAISE.search(text):
        yield f'a proposal may say no more than the work: "{praise.group()}"'


def title_wrong(text: str, sources: Sources) -> Iterator[str]:
    """Each way in which a proposed title says more than a name for the work."""
    if not text or len(text) > LONGEST_TITLE:
        yield f"is empty or longer than {LONGEST_TITLE} characters"
    if why := dirt(text, ()):
        yield why
    title = sources.get(sources.posting.title_unit)
    known = {(f.kind, f.norm) for u in sources.by_id.values() for f in facts_in(u.text) if f.kind in NAMES}
    known |= {(f.kind, f.norm) for f in facts_in(title.text)} if title is not None else set()
    said = frozenset().union(*(content_stems(u.text) for u in sources.by_id.values()))
    for fact in facts_in(text):
        own_words = fact.kind in NAMES and content_stems(fact.span.of(text)) <= said
        if (fact.kind, fact.norm) not in known and not own_words:
            yield f"a title may hold no {fact.kind.value} that the posting lacks: {fact.span.of(text)[:40]}"
    if re.search(r"\d", text):
        yield "a title may hold no figure"
    yield from _strange_title(text, sources)


def _strange_title(text: str, sources: Sources) -> Iterator[str]:
    """A title names the work with words that the posting has for it; text that speaks to a model lends it none."""
    orders = ordering(sources.posting)
    own = frozenset().union(*(content_stems(u.text) for u in sources.by_id.values() if u.id not in orders))
    said = frozenset(w.stem for u in sources.by_id.values() if u.id not in orders for w in words(u.text))
    ranks = [w.text for w in words(text) if w.text in load("words")["title_ranks"]]
    if risen := [rank for rank in ranks if not stems_with_synonyms(rank) & said]:
        yield f"a title may not change the rank or the terms of a job: {risen[0]}"
    stems = content_stems(text)
    if 2 * len(stems & own) < max(1, len(stems)):
        yield "a title may not be strange to the posting"
