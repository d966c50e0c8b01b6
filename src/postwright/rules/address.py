"""Whether a posting speaks to its reader or about somebody: "the candidate will", "the analyst maintains"."""

import re
from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, Span, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context
from postwright.rules.rule import Rule, cue_words
from postwright.rules.wording import find

_ACTS = lazy_pattern(
    r"(?:[a-z]+ly |also )?"
    r"(?:will|shall|must|should|is (?:responsible|accountable|expected|charged|required)|[a-z]{3,}s)\b"
)


def third_person(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Whoever is sought, and the first sentence that begins with the name of the job: "The analyst maintains"."""
    yield from find(rule, posting, context)
    openings = _openings(posting.title)
    for unit in context.prose if openings else ():
        if unit.kind is UnitKind.HEADING or not unit.text.startswith("The ") or context.legal(unit):
            continue
        sentence = context.sentence(unit).lower()
        told = (_ACTS.match(sentence, len(opening)) for opening in openings if sentence.startswith(opening))
        if (acts := next(filter(None, told), None)) is not None:
            yield context.finding(rule, Span(0, acts.end()).shift(unit.span.start))
            return


def _openings(title: str) -> list[str]:
    """How a sentence on the job of this title begins; its last word will do, unless colleagues are called that too."""
    words = re.findall(r"[a-z]+", re.split(r"[^\w\s&'-]|\s-\s|\bof\b", title.lower())[0])
    shared = words[-1:] and words[-1] in cue_words("shared_jobs").split("|")
    if not shared and (not words or words[-1] not in cue_words("jobs").split("|")):
        return []
    return [f"the {' '.join(words[at:])} " for at in range(len(words) - bool(shared))]
