"""Every kind of lie, derived from truthful replies: none reaches the reader, and the truth beside it survives."""

from collections.abc import Callable, Sequence

import pytest

from forgery.cases import Case, numbered, own_cases
from forgery.everything import lies_by_class
from forgery.judge import Outcome, judge, standing
from forgery.lies.lie import MEASURED, Lie
from forgery.shelf import all_cases
from forgery.short_lies import short_lies, unseen
from postwright.workflows.drafting import prepare

FLOORS = {
    "and turned into or": 1.0,
    "negation and comparator": 1.0,
    "recombination": 0.94,
    "recombination across units": 0.91,
    "role swap": 0.97,
}
"""Share blocked of true words in a false sentence, as measured: what was reached may not be lost again."""
SHORT_FLOORS = {"blind": 0.86, "known": 0.98}
"""The same of larger claims: refused, or before a person as a shortening."""
QUICK = 6
"""Lies of a class that the default run tries; the slow run tries all. Measured classes are always tried whole."""


def _tell(record_property: Callable[[str, object], None], kind: str, outcomes: Sequence[Outcome]) -> str:
    """Puts a row into the report, and gives the outcomes that were no block in words."""
    tried, blocked = len(outcomes), sum(outcome.blocked for outcome in outcomes)
    record_property("forgery", f"{kind:45} {tried:5} {blocked:5} {blocked / tried:7.1%}")
    return "\n".join([f"{tried - blocked} of {tried}", *(str(outcome) for outcome in outcomes if not outcome.blocked)])


def _spread(lies: Sequence[Lie], count: int) -> list[Lie]:
    """So many of the lies, from all over the sequence."""
    return [lies[at * len(lies) // count] for at in range(count)] if len(lies) > count else list(lies)


@pytest.mark.parametrize("case", own_cases(), ids=lambda case: case.name)
def test_the_suite_counts_units_as_the_product_does(case: Case) -> None:
    units = prepare(case.source, case.path).sources.posting.units
    assert numbered(case.source) == {unit.id: unit.text for unit in units}


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_the_whole_truth_stands(case: Case) -> None:
    missing = [line["text"] for line in case.text_lines() if line["text"] not in standing(case.name)]
    assert not missing, "\n".join(missing)


def test_there_are_lies_enough_from_postings_enough() -> None:
    lies = [lie for of_kind in lies_by_class().values() for lie in of_kind]
    assert len(lies) >= 400
    assert len({lie.case.name for lie in lies}) >= 8
    assert len({lie.name + str(lie.reply) for lie in lies}) >= len(lies) * 0.98


@pytest.mark.parametrize("kind", sorted(set(lies_by_class()) - MEASURED))
def test_no_lie_of_this_class_reaches_the_reader(kind: str, record_property: Callable[[str, object], None]) -> None:
    outcomes = [judge(lie) for lie in _spread(lies_by_class()[kind], QUICK)]
    told = _tell(record_property, kind, outcomes)
    assert all(outcome.blocked for outcome in outcomes), told


@pytest.mark.parametrize("kind", sorted(MEASURED))
def test_true_words_in_a_false_sentence_are_blocked_as_often_as_measured(
    kind: str, record_property: Callable[[str, object], None]
) -> None:
    outcomes = [judge(lie) for lie in lies_by_class()[kind]]
    told = _tell(record_property, f"{kind} (measured)", outcomes)
    assert sum(outcome.blocked for outcome in outcomes) / len(outcomes) >= FLOORS[kind], told


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(set(lies_by_class()) - MEASURED))
def test_no_lie_at_all_of_this_class_reaches_the_reader(
    kind: str, record_property: Callable[[str, object], None]
) -> None:
    outcomes = [judge(lie) for lie in lies_by_class()[kind]]
    told = _tell(record_property, kind, outcomes)
    assert all(outcome.blocked for outcome in outcomes), told


@pytest.mark.parametrize("kind", sorted(SHORT_FLOORS))
def test_larger_claims_of_true_words_are_caught_as_often_as_measured(
    kind: str, record_property: Callable[[str, object], None]
) -> None:
    lies = short_lies()[kind]
    through = list(unseen(lies))
    tried, caught = len(lies), len(lies) - len(through)
    record_property("forgery", f"{f'larger claims, {kind} (measured)':45} {tried:5} {caught:5} {caught / tried:7.1%}")
    assert caught / tried >= SHORT_FLOORS[kind], "\n".join(through)
