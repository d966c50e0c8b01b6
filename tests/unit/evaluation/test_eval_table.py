"""The report as its reader sees it: a hundred columns, sets apart, units named, gaps visible."""

from dataclasses import replace

import pytest

from evaluation.metrics import METRICS, Values
from evaluation.results import Head, Results
from evaluation.table import NONE, WIDTH, lines_of

HEAD = Head("0123456789ab", "0.1.0", "claude-sonnet-5-5", live=False, day="2026-11-22", commit="abcdef123456+")


def a_case(**changes: float | None) -> Values:
    values: dict[str, float | None] = dict.fromkeys(METRICS, 1)
    return values | {"quotes": 4, "verbatim": 3, "kept": 55.4, "cents": 1.23} | changes


def report(*, brief: bool = False, **groups: dict[str, Values]) -> list[str]:
    return list(lines_of(Results(HEAD, groups, {}), brief=brief))


def test_no_line_is_wider_than_a_hundred_columns() -> None:
    long = "a-posting-with-a-name-that-never-ends-and-then-goes-on.sloppy-and-so-does-its-mistake-of-many-words"
    huge: dict[str, float | None] = dict.fromkeys(METRICS, 9_999.0)
    lines = report(careful={long: huge}, eager={long: huge}, sloppy={long: huge}, api={long: huge}, rules={"x": {}})
    assert [line for line in lines if len(line) > WIDTH] == []


def test_careful_and_sloppy_replies_have_columns_and_tables_of_their_own() -> None:
    lines = report(careful={"a": a_case(blocked=0)}, sloppy={"a.sloppy-x": a_case(blocked=7)})
    row = next(line for line in lines if "blocked at the first reply" in line)
    assert row.split()[-2:] == ["0", "7"]
    titles = [line for line in lines if line.endswith(": 1 case")]
    assert titles == ["Careful replies, written by hand: 1 case", "Sloppy replies, written by hand: 1 case"]


def test_every_measure_is_named_with_its_unit() -> None:
    lines = report(careful={"a": a_case()}, brief=True)
    for metric in METRICS.values():
        assert any(line.startswith(f"  {metric.says}") and metric.unit in line for line in lines), metric.id


def test_a_share_is_shown_in_percent_and_a_sum_as_a_sum() -> None:
    lines = report(careful={"a": a_case(), "b": a_case(written=3)}, brief=True)
    assert next(line for line in lines if "quotes found word for word" in line).endswith("75%")
    assert next(line for line in lines if "written anew" in line).split()[-1] == "4"


def test_what_a_case_has_not_is_a_dot_and_no_zero() -> None:
    lines = report(careful={"a": a_case(grade_before=None, grade_after=None), "b": a_case()})
    at = next(n for n, line in enumerate(lines) if line.startswith("The settled text") and "coverage" in line)
    row = next(line for line in lines[at:] if line.startswith("a "))
    assert row.count(NONE) == 2


def test_brief_has_the_sums_alone() -> None:
    lines = report(careful={"posting-by-name": a_case()}, brief=True)
    assert not any("posting-by-name" in line for line in lines)


def test_a_gold_table_lists_gold_postings_only() -> None:
    plain = a_case(**dict.fromkeys(("planted", "by_rules", "by_model", "by_both", "waived", "traps")))
    lines = report(careful={"gold-a": a_case(), "plain": plain})
    at = next(n for n, line in enumerate(lines) if line.startswith("Gold key"))
    table = lines[at : at + 6]
    assert any(line.startswith("gold-a") for line in table)
    assert not any(line.startswith("plain") for line in table)


def test_a_case_without_a_draft_is_named_with_the_reason() -> None:
    lines = list(lines_of(Results(HEAD, {"careful": {"a": a_case()}}, {"b": "the reply holds no JSON"})))
    assert lines[-2:] == ["No draft", "  b: the reply holds no JSON"]


@pytest.mark.parametrize("group", ["careful", "sloppy"])
def test_estimates_are_called_estimates_and_hands_are_named(group: str) -> None:
    text = " ".join(report(**{group: {"a": a_case()}}, brief=True))
    assert "written by hand: nobody was asked" in text
    assert "estimated" in text


def test_a_live_report_names_the_model_and_estimates_nothing() -> None:
    lines = list(lines_of(Results(replace(HEAD, live=True), {"api": {"a": a_case()}}, {}), brief=True))
    assert "claude-sonnet-5-5 by the API" in lines[1]
    assert "estimated" not in " ".join(lines)


def test_a_run_that_ended_early_says_so() -> None:
    lines = list(lines_of(Results(replace(HEAD, live=True, complete=False), {"api": {"a": a_case()}}, {}), brief=True))
    assert any("ended early" in line for line in lines)
