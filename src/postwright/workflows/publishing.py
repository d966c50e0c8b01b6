"""What may leave: the settled text of a review, once more held against its books."""

from postwright.domain.critique import Verdict
from postwright.domain.errors import AuditFailed, StaleDraft, UsageProblem
from postwright.domain.review import Review
from postwright.workflows.settling import settle


def settled_text(review: Review, name: str) -> str:
    """The text that may be published: the settled draft, or the posting itself when it was ready.

    Raises UsageProblem while something is pending or when there is no draft, and StaleDraft for a review whose text is
    not what its lines and decisions make: somebody changed it by hand.
    """
    if review.draft is None:
        if review.critique.verdict is Verdict.READY:
            return review.source
        raise UsageProblem(f"{name} has no draft to export", hint=f"postwright rewrite {name}")
    if pending := len(review.draft.pending):
        raise UsageProblem(f"{pending} decisions of {name} are still pending", hint=f"postwright settle {name}")
    try:
        again = settle(review, ()).draft
    except AuditFailed as error:
        raise _changed(name) from error
    if again is None or again.text != review.draft.text:
        raise _changed(name)
    return again.text


def _changed(name: str) -> StaleDraft:
    return StaleDraft(f"the review of {name} was changed since it was settled", hint=f"postwright rewrite {name}")
