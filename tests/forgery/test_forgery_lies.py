"""Every kind of lie, derived from truthful replies: none reaches the reader, and the truth beside it survives."""

from collections.abc import Callable

import pytest

from forgery.cases import Case
from forgery.everything import lies_by_class
from forgery.judge import judge, standing
from forgery.lies.lie import MEASURED
from forgery.shelf import all_cases

FLOORS: dict[str, float] = {}
"""Share blocked, per measured class: what was reached may not be lost again."""


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_the_whole_truth_stands(case: Case) -> None:
    missing = [line["text"] for line in case.text_lines() if line["text"] not in standing(case.name)]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("kind", sorted(lies_by_class()))
def test_no_lie_of_this_class_reaches_the_reader(kind: str, record_property: Callable[[str, object], None]) -> None:
    outcomes = [judge(lie) for lie in lies_by_class()[kind]]
    blocked = sum(outcome.blocked for outcome in outcomes)
    record_property("forgery", f"{kind:45} {len(outcomes):5} {blocked:5} {blocked / len(outcomes):7.1%}")
    failed = "\n".join(str(outcome) for outcome in outcomes if not outcome.blocked)
    if kind in MEASURED:
        assert blocked / len(outcomes) >= FLOORS.get(kind, 0), failed
    else:
        assert not failed, f"{len(outcomes) - blocked} of {len(outcomes)}\n{failed}"
