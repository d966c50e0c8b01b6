"""The chart of remarks over many postings."""

from postwright.reports.remark_chart import MOST, remark_chart


def test_the_most_frequent_come_first_and_ties_by_id() -> None:
    rows = remark_chart([{"b": 2, "a": 1}, {"a": 1, "c": 9}])
    assert [(row.id, row.figure, row.note) for row in rows] == [("c", "9", "1"), ("a", "2", "2"), ("b", "2", "1")]


def test_a_rule_goes_by_its_plain_name_and_an_unknown_one_by_its_id() -> None:
    assert [row.name for row in remark_chart([{"stray-characters": 2, "model": 1}])] == [
        "Stray invisible characters",
        "model",
    ]


def test_the_longest_bar_is_whole_and_the_others_in_proportion() -> None:
    assert [row.pieces[0].width for row in remark_chart([{"a": 4, "b": 1}])] == [100.0, 25.0]


def test_a_long_tail_is_cut() -> None:
    assert len(remark_chart([{f"rule-{n}": 1 for n in range(MOST + 5)}])) == MOST


def test_without_remarks_there_is_no_chart() -> None:
    assert remark_chart([{}, {}]) == []
