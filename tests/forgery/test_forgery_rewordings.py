"""A false block is a bug as a miss is: honest rewordings of realistic kinds stand in the draft."""

from collections.abc import Callable

from forgery.rewordings import Rewording, by_hand, derived
from forgery.seen import Seen
from postwright.workflows.drafting import draft_reply


def _blocked(rewording: Rewording) -> str:
    """Why the rewording does not stand, or nothing."""
    draft, critique = draft_reply(rewording.source, "posting.md", rewording.reply)
    seen = Seen.of(draft, critique)
    missing = [text for _, text in rewording.lines if not seen.says(text)]
    reasons = "; ".join(f"{v.invariant} {v.says}" for v in draft.violations)
    return f"{rewording.how}: {rewording.of} -> {missing}: {reasons}" if missing else ""


def test_at_most_two_in_a_hundred_truthful_rewordings_are_blocked(
    record_property: Callable[[str, object], None],
) -> None:
    rewordings = by_hand() + derived()
    blocked = [why for rewording in rewordings if (why := _blocked(rewording))]
    tried, wrong = len(rewordings), len(blocked)
    record_property("forgery", f"{'truthful rewordings blocked':45} {tried:5} {wrong:5} {wrong / tried:7.1%}")
    assert len(blocked) <= len(rewordings) * 0.02, "\n".join(blocked)


def test_there_are_enough_rewordings_to_tell() -> None:
    assert len(by_hand()) >= 60
    assert len(by_hand()) + len(derived()) >= 200
