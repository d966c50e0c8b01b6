"""One decision applied to every draft that has the same sentence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from postwright.domain.draft import DecisionState
from postwright.domain.errors import PostwrightError, StaleDraft, UsageProblem
from postwright.domain.review import Review
from postwright.storage.files import read_bytes
from postwright.storage.review import load_review, review_to_json
from postwright.storage.runs import RunBook
from postwright.storage.workplace import WorkFiles, Workplace
from postwright.workflows.many.outcomes import decisions_of, outcome_of
from postwright.workflows.settling import Choice, check_choice, settle

_WORDS = {
    "accept": DecisionState.ACCEPTED,
    "yes": DecisionState.ACCEPTED,
    "reject": DecisionState.REJECTED,
    "no": DecisionState.REJECTED,
}
_EDIT = re.compile(r"edit\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with every decision of one key. `words` are those of an edit."""

    state: DecisionState
    words: str = ""


def orders(decided: Mapping[str, str]) -> dict[str, Order]:
    """What is to be done with the decisions of each key: `accept`, `reject`, `edit: words`. Raises UsageProblem."""
    found = {}
    for key, words in decided.items():
        if (state := _WORDS.get(words.lower())) is not None:
            found[key] = Order(state)
        elif (edit := _EDIT.fullmatch(words)) is not None:
            found[key] = Order(DecisionState.EDITED, " ".join(edit.group(1).split()))
            check_choice(Choice(f"k-{key}", DecisionState.EDITED, found[key].words))
        else:
            raise UsageProblem(
                f"cannot read {words[:40]!r} in the first column", hint="write accept, reject or edit: new words"
            )
    return found


def settle_many(
    book: RunBook, run: str, place: Workplace, wanted: Mapping[str, Order]
) -> Iterator[tuple[str, Review | PostwrightError]]:
    """Apply orders by key to every draft of a run in which such a decision waits.

    Yields each posting with its new review, or what went wrong.
    """
    paths = sorted(
        {path for path, one in book.decisions(run) if one["key"] in wanted and one["state"] == DecisionState.PENDING}
    )
    for path in paths:
        try:
            yield path, _settled(book, run, place, path, wanted)
        except PostwrightError as error:
            yield path, error
    book.flush()


def _settled(book: RunBook, run: str, place: Workplace, path: str, wanted: Mapping[str, Order]) -> Review:
    work = place.of(place.root / path)
    review = load_review(work.review)
    if review is None or review.draft is None:
        raise StaleDraft("its draft is gone", hint="run batch again")
    _refuse_edited(review, work)
    choices = [
        Choice(decision.id, wanted[decision.key].state, wanted[decision.key].words)
        for decision in review.draft.pending
        if decision.key in wanted
    ]
    review = settle(review, choices)
    if review.draft is not None:
        work.write(work.draft, review.draft.text)
    work.write(work.review, review_to_json(review))
    before = book.outcome(path)
    if before is not None:
        kept = {name: before.data[name] for name in ("usd", "requests", "usage") if name in before.data}
        book.record(run, replace(before, data={**outcome_of(review), **kept}), decisions_of(review))
    return review


def _refuse_edited(review: Review, work: WorkFiles) -> None:
    """A draft that someone edited by hand is theirs."""
    if review.draft is not None and work.draft.exists():
        text = read_bytes(work.draft).decode("utf-8", "replace")
        if text != review.draft.text:
            raise StaleDraft("its draft was edited by hand", hint="settle it by itself")
