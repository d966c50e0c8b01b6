"""One decision applied to every draft that has the same sentence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from postwright.domain.draft import Decision, DecisionState
from postwright.domain.errors import PostwrightError, StaleDraft, UsageProblem
from postwright.domain.review import Review
from postwright.storage.files import read_bytes
from postwright.storage.review import load_review, review_to_json
from postwright.storage.runs import RunBook
from postwright.storage.workplace import WorkFiles, Workplace
from postwright.workflows.many.outcomes import decisions_of, outcome_of
from postwright.workflows.settling import read_choices, settle

_WORDS = {"accept": "accept {}", "yes": "accept {}", "reject": "reject {}", "no": "reject {}"}
_EDIT = re.compile(r"edit\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)


def orders(decided: Mapping[str, str]) -> dict[str, str]:
    """What is to be done with the decisions of each key, as `settle` reads it: `accept {}`. Raises UsageProblem."""
    found = {}
    for key, words in decided.items():
        if (order := _WORDS.get(words.lower())) is not None:
            found[key] = order
        elif (edit := _EDIT.fullmatch(words)) is not None:
            found[key] = "edit {}: " + " ".join(edit.group(1).replace("{", "").replace("}", "").split())
        else:
            raise UsageProblem(
                f"cannot read {words[:40]!r} in the first column", hint="write accept, reject or edit: new words"
            )
    return found


def settle_many(
    book: RunBook, run: str, place: Workplace, wanted: Mapping[str, str]
) -> Iterator[tuple[str, Review | PostwrightError]]:
    """Apply orders by key to every draft of a run. Yields each posting with its new review, or what went wrong."""
    paths = sorted({path for path, decision in book.decisions(run) if decision["key"] in wanted})
    for path in paths:
        try:
            yield path, _settled(book, run, place, path, wanted)
        except PostwrightError as error:
            yield path, error
    book.flush()


def _settled(book: RunBook, run: str, place: Workplace, path: str, wanted: Mapping[str, str]) -> Review:
    work = place.of(place.root / path)
    review = load_review(work.review)
    if review is None or review.draft is None:
        raise StaleDraft("its draft is gone", hint="run batch again")
    _refuse_edited(review, work)
    text = "\n".join(
        wanted[decision.key].format(decision.id)
        for decision in review.draft.decisions
        if decision.key in wanted and _is_open(decision)
    )
    review = settle(review, read_choices(text, review.draft.decisions)) if text else review
    if review.draft is not None:
        work.write(work.draft, review.draft.text)
    work.write(work.review, review_to_json(review))
    before = book.outcome(path)
    if before is not None:
        kept = {name: before.data[name] for name in ("usd", "requests", "usage") if name in before.data}
        book.record(run, replace(before, data={**outcome_of(review), **kept}), decisions_of(review))
    return review


def _is_open(decision: Decision) -> bool:
    return decision.state is DecisionState.PENDING


def _refuse_edited(review: Review, work: WorkFiles) -> None:
    """A draft that someone edited by hand is theirs."""
    if review.draft is not None and work.draft.exists():
        text = read_bytes(work.draft).decode("utf-8", "replace")
        if text != review.draft.text:
            raise StaleDraft("its draft was edited by hand", hint="settle it by itself")
