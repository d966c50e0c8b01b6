"""What a batch says while it runs and at its end: nothing before it is known, and nothing wider than the terminal."""

import time

import pytest

from postwright.cli.batch_board import Figures
from postwright.cli.batch_words import wrapped


def figures(done: int, failed: int = 0, *, cost: float | None = None, share: float | None = None) -> Figures:
    return Figures(lambda: (done, failed, 20_000), lambda: cost, lambda: share, lambda: "12 of 40 requests answered")


def test_nothing_is_said_before_it_is_known() -> None:
    assert figures(0).tail() == "12 of 40 requests answered"
    assert figures(0).left() is None


def test_what_is_known_is_said_in_one_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = figures(90, 10, cost=1.234, share=0.984)
    began = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: began + 50.0)
    assert shown.tail() == "12 of 40 requests answered, 2.0/s, 10 failed, $1.23, cache 98%"
    assert shown.left() == pytest.approx(50.0 * 199, rel=1e-3)


def test_when_all_is_done_nothing_is_waited_for() -> None:
    assert "answered" not in figures(20_000).tail()


def test_a_long_line_goes_on_below_its_text() -> None:
    line = f"{'Price':<11}about $0.45 for 24 postings live, never more than $20.00 of all that is there to spend"
    first, second = wrapped(line, 60).splitlines()
    assert (first[:11], second[:11]) == ("Price      ", " " * 11)
    assert max(len(first), len(second)) <= 60
    assert wrapped(line, 200) == line


def test_a_path_is_never_broken() -> None:
    path = "careers/" + "very-long-name" * 8 + "/job.md"
    assert path in wrapped(f"{'Failed':<11}{path}: the model declined to work on this posting", 60)
