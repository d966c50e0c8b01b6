"""Measures of a text and of what became of it. Only settled text is measured: a draft with open decisions is none."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from evaluation.cases import AS_OF
from postwright.domain.critique import Critique
from postwright.domain.draft import DecisionKind, DecisionState, Draft, LineKind
from postwright.domain.finding import Layer
from postwright.domain.posting import Posting, SectionKind, Strength, Unit, UnitKind
from postwright.domain.review import Review
from postwright.rules.readability import grade_of
from postwright.workflows.drafting import Prepared, prepare
from postwright.workflows.settling import Choice, settle

_WORDED = frozenset({UnitKind.ITEM, UnitKind.SENTENCE, UnitKind.ROW})
_NO_DEMANDS = frozenset(
    {
        SectionKind.PAY,
        SectionKind.LOCATION,
        SectionKind.CONDITIONS,
        SectionKind.APPLY,
        SectionKind.LEGAL,
    }
)
"""Where "must" states a condition of the job: a place, a check, a deadline."""
_VERBATIM = frozenset({LineKind.KEPT, LineKind.NOTICE, LineKind.RESTORED})


@dataclass(frozen=True, slots=True)
class Settled:
    """A draft after its decisions: the text, and the draft that it was rendered from."""

    text: str
    draft: Draft


def settled(review: Review, *, suggestions: bool) -> Settled:
    """The review's draft as it reads when a person accepts everything.

    A blank has no value to accept and is left out. Without `suggestions` what the model proposes without a source is
    left out too, the title among it, so that the text holds nothing but what the posting said.
    """
    assert review.draft is not None
    out = {DecisionKind.BLANK} if suggestions else {DecisionKind.BLANK, DecisionKind.PROPOSAL, DecisionKind.TITLE}
    choices = [
        Choice(d.id, DecisionState.REJECTED if d.kind in out else DecisionState.ACCEPTED)
        for d in review.draft.decisions
    ]
    draft = settle(review, choices).draft
    assert draft is not None
    return Settled(draft.text, draft)


def text_measures(review: Review, before: Prepared) -> dict[str, float | None]:
    """The posting against its settled draft."""
    whole, own = settled(review, suggestions=True), settled(review, suggestions=False)
    after = prepare(whole.text, review.path, as_of=AS_OF)
    without = prepare(own.text, review.path, as_of=AS_OF) if own.text != whole.text else after
    owned = before.critique.scope.owns
    source, target = before.sources.posting, after.sources.posting
    return {
        "coverage_before": coverage(before.critique, owned),
        "coverage_own": coverage(without.critique, owned),
        "coverage_all": coverage(after.critique, owned),
        "musts_before": must_haves(source),
        "musts_after": must_haves(target),
        "grade_before": grade(source),
        "grade_after": grade(target),
        "words_before": words(source.body),
        "words_after": words(target.body),
        **_fates(source, whole.draft),
        "decisions": len(review.draft.decisions) if review.draft is not None else None,
    }


def harm(review: Review, never: Iterable[str], always: Iterable[str]) -> int:
    """Phrases that a settled draft holds and must not, or must hold and does not, suggestions accepted."""
    never, always = tuple(never), tuple(always)
    text = settled(review, suggestions=True).text if never or always else ""
    return sum(forbidden in text for forbidden in never) + sum(owed not in text for owed in always)


def coverage(critique: Critique, owned: tuple[Layer, ...]) -> float | None:
    """The rules' score of the layers that the posting's family owns, 0 to 4; None for a family that owns none.

    The rules score both texts: a model's own score of its own draft would be no measure.
    """
    scores = [entry.score for entry in critique.coverage if entry.layer in owned]
    return fmean(scores) if scores else None


def must_haves(posting: Posting) -> int:
    """List items and sentences that demand something of the person, in a list or by their own words. No conditions."""
    asked = (u for u in _worded(posting.units) if u.section not in _NO_DEMANDS and not u.protected)
    return sum(u.strength is Strength.MUST for u in asked)


def grade(posting: Posting) -> float | None:
    """Years of schooling the text asks for (Flesch-Kincaid, clinical terms as plain words), legal text left out."""
    return grade_of(posting, [u for u in _worded(posting.units) if not u.protected])


def words(text: str) -> int:
    return len(text.split())


def _worded(units: Iterable[Unit]) -> list[Unit]:
    return [u for u in units if u.kind in _WORDED]


def _fates(posting: Posting, draft: Draft) -> dict[str, float | None]:
    """Percent of the posting's words in sentences that stand verbatim in the settled draft, and in such as are out."""
    body = _worded(posting.units)
    total = sum(words(u.text) for u in body)
    verbatim = {s for entry in draft.ledger.lines if entry.kind in _VERBATIM for s in entry.sources}
    used = {s for entry in draft.ledger.lines for s in entry.sources}
    if total == 0:
        return {"kept": None, "left_out": None}
    return {
        "kept": 100 * sum(words(u.text) for u in body if u.id in verbatim) / total,
        "left_out": 100 * sum(words(u.text) for u in body if u.id not in used) / total,
    }
