"""Two results side by side: paired, bounded, and never more certain than the number of pairs allows."""

from random import Random

import pytest

from evaluation.comparing import SEED, comparison, differences, interval
from evaluation.metrics import Values
from evaluation.results import Head, Results
from postwright.domain.errors import UsageProblem

WIDTH = 100


def results(
    cases: dict[str, Values], *, group: str = "careful", fingerprint: str = "aaa", live: bool = False
) -> Results:
    return Results(Head(fingerprint, "0.1.0", "claude-sonnet-5-5", live, "2026-11-22", "abc"), {group: cases}, {})


def outputs(*tokens: float) -> dict[str, Values]:
    return {f"case-{n}": {"tokens_out": value} for n, value in enumerate(tokens)}


def test_the_same_differences_have_the_same_bounds_every_time() -> None:
    deltas = [3.0, -1.0, 4.0, 1.0, -5.0, 9.0]
    assert interval(deltas) == interval(deltas)
    assert interval(deltas, seed=SEED + 1) != interval(deltas)


def test_the_bounds_hold_the_mean_and_narrow_as_cases_are_added() -> None:
    few, many = [1.0, 2.0, 6.0], [1.0, 2.0, 6.0] * 20
    low, high = interval(few)
    assert low <= 3 <= high
    narrow_low, narrow_high = interval(many)
    assert narrow_high - narrow_low < high - low


def test_bounds_cover_the_true_mean_about_as_often_as_they_say() -> None:
    random = Random(7)  # noqa: S311 - repeatable
    hits = 0
    for _ in range(60):
        low, high = interval([random.gauss(2, 1) for _ in range(30)], resamples=400)
        hits += low <= 2 <= high
    assert 50 <= hits <= 60


def test_a_difference_that_every_case_shows_is_called_one() -> None:
    found = differences(outputs(100, 200, 300, 400), outputs(90, 185, 280, 390))
    assert [(d.metric.id, d.pairs, d.says) for d in found] == [("tokens_out", 4, "less: better")]


def test_a_difference_that_may_be_none_is_not_called_one() -> None:
    found = differences(outputs(100, 200, 300, 400), outputs(110, 190, 320, 385))
    assert [d.says for d in found] == ["no difference seen"]


def test_two_pairs_are_too_few_to_say() -> None:
    found = differences(outputs(100, 200), outputs(50, 90))
    assert [(d.low, d.high, d.says) for d in found] == [(None, None, "too few to say")]


def test_cases_are_paired_by_name_and_others_are_left_out_and_counted() -> None:
    a, b = outputs(100, 200, 300, 400), outputs(90, 190, 290)
    assert [d.pairs for d in differences(a, b)] == [3]
    text = "\n".join(comparison(results(a), results(b, fingerprint="bbb")))
    assert "3 pairs; 1 case in one of the two only" in text
    assert "narrower than they should be" in text


def test_a_measure_that_one_of_a_pair_lacks_leaves_the_pair_out() -> None:
    a: dict[str, Values] = {"x": {"verbatim": 1, "quotes": 2}, "y": {"verbatim": None, "quotes": 0}}
    found = differences(a, {"x": {"verbatim": 2, "quotes": 2}, "y": {"verbatim": 1, "quotes": 1}})
    assert [(d.metric.id, d.pairs, d.before, d.after) for d in found] == [("verbatim", 1, 0.5, 1.0)]


def test_sets_are_compared_with_their_like_only() -> None:
    with pytest.raises(UsageProblem, match="no set of cases in common"):
        list(comparison(results(outputs(1, 2, 3)), results(outputs(1, 2, 3), group="sloppy")))


def test_recorded_replies_are_said_not_to_hear_the_prompt() -> None:
    recorded = "\n".join(comparison(results(outputs(1, 2, 4)), results(outputs(2, 3, 4))))
    live = [results(outputs(1, 2, 4), group="api", live=True), results(outputs(2, 3, 4), group="api", live=True)]
    assert "do not hear the prompt" in recorded
    assert "do not hear the prompt" not in "\n".join(comparison(*live))


def test_what_is_alike_in_every_pair_is_counted_and_not_listed() -> None:
    text = "\n".join(comparison(results(outputs(1, 2, 3)), results(outputs(1, 2, 3))))
    assert "The same in every pair: 1 measure." in text
    assert "output tokens" not in text


def test_the_seed_the_level_and_the_width_are_held() -> None:
    lines = list(comparison(results(outputs(11_000, 20_000, 4)), results(outputs(2, 3, 40_000))))
    assert any(str(SEED) in line and "resamples" in line for line in lines)
    assert any("95%" in line for line in lines)
    assert [line for line in lines if len(line) > WIDTH] == []
