"""A run that is killed at any moment is finished by the next: nothing missing, half-written or paid for twice."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from postwright.llm.prices import price_table
from standin.running import Running, standin
from support.batch_cli import Seen, accounts, check_outputs, moments, run, run_and_kill, usage_of
from support.folders import SMALL, write_postings

UNREAD = 0.5
"""Seconds. A reply that the stand-in sent shortly before the kill may not have been read by the program yet."""


def paid_twice(api: Running, kills: list[float]) -> list[tuple[float, float]]:
    """Replies that were delivered well before a kill, and asked for again."""
    again = api.books()["asked_again"]
    return [(sent, asked) for sent, asked in again if not any(0 <= kill - sent < UNREAD for kill in kills)]


def kill_until_done(
    api: Running, folder: Path, postings: list[Path], times: Sequence[float | Seen], *options: str
) -> None:
    kills = []
    for when in times:
        moment = run_and_kill(api, folder, when, *options)
        if moment is None:
            break
        kills.append(moment)
        time.sleep(0.1)
    done = run(api, folder, *options)
    assert done.code == 0, done.err
    books = api.books()
    gaps = sorted(round(1000 * min(k - sent for k in kills if k >= sent)) for sent, _ in books["asked_again"])
    say(f"{len(kills)} kills, {books['outcomes']}; delivered and asked again: {len(gaps)} (ms before a kill: {gaps})")
    check_outputs(folder, postings)
    assert paid_twice(api, kills) == []
    assert accounts(folder)["counts"]["done"] == len(postings)
    asked = api.books()["outcomes"]
    assert run(api, folder, *options, "-q").code == 0
    assert api.books()["outcomes"] == asked


def say(words: str) -> None:
    """Figures, to be read with -s."""
    print(f"\n    {words}")  # noqa: T201


def billed(api: Running) -> float:
    """US dollars of all that the stand-in would have billed, delivered or not."""
    return sum(price_table().cost("claude-sonnet-5-5", usage_of(counts)) or 0.0 for counts in api.books()["usages"])


def _answered_five(books: dict[str, Any]) -> bool:
    return bool(books["outcomes"].get("answered", 0) >= 5)


def _second_batch(books: dict[str, Any]) -> bool:
    return bool(books["outcomes"].get("batch made", 0) >= 2)


def test_a_killed_run_is_finished_by_the_next(tmp_path: Path, loopback: None) -> None:
    postings = write_postings(tmp_path, 12, SMALL)
    with standin(first_token_seconds=0.1, output_seconds=0.2) as api:
        kill_until_done(api, tmp_path, postings, [_answered_five], "--concurrency", "3")


@pytest.mark.slow
def test_a_killed_run_by_batches_is_finished_by_the_next(tmp_path: Path, loopback: None) -> None:
    postings = write_postings(tmp_path, 6, SMALL)
    with standin(batch_seconds=0.5) as api:
        kill_until_done(api, tmp_path, postings, [_second_batch], "--economy", "--poll", "0.2")


@pytest.mark.slow
def test_twenty_kills_at_random_moments_of_a_run_of_two_hundred(tmp_path: Path, loopback: None) -> None:
    postings = write_postings(tmp_path, 200)
    with standin(first_token_seconds=0.3, output_seconds=0.7, broken_lines=0.2, style="edit") as api:
        kill_until_done(api, tmp_path, postings, moments(7, 20, 1.0, 9.0), "--concurrency", "4")


@pytest.mark.slow
def test_twenty_kills_at_random_moments_of_a_run_by_batches(tmp_path: Path, loopback: None) -> None:
    postings = write_postings(tmp_path, 60)
    with standin(batch_seconds=2.0, broken_lines=0.2, row_expired=0.05, results_cut=2) as api:
        kill_until_done(api, tmp_path, postings, moments(8, 20, 1.0, 8.0), "--economy", "--poll", "0.3")


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["create_waits_before", "create_waits_after"])
def test_a_kill_while_a_batch_is_being_created(tmp_path: Path, loopback: None, setting: str) -> None:
    """Before: the API has the request and makes the batch later, or never. After: made, but its name is not known."""
    postings = write_postings(tmp_path, 5, SMALL)
    with standin(batch_seconds=0.3) as api:
        api.change(**{setting: 4.0})
        assert run_and_kill(api, tmp_path, 6.0, "--economy", "--poll", "0.2") is not None
        api.change(**{setting: 0.0})
        kill_until_done(api, tmp_path, postings, [], "--economy", "--poll", "0.2")
        assert sum(batch["rows"] for batch in api.books()["batches"]) == 5


@pytest.mark.slow
@pytest.mark.parametrize("options", [["--concurrency", "8"], ["--economy", "--poll", "0.2"]], ids=["live", "economy"])
def test_the_cap_holds_through_faults_kills_and_resumes(tmp_path: Path, loopback: None, options: list[str]) -> None:
    """What was billed counts, also for replies that were lost on the way."""
    write_postings(tmp_path, 150)
    storm = {"overloaded": 0.1, "failed": 0.05, "reset": 0.03, "cut": 0.05, "malformed": 0.02, "refused": 0.01}
    with standin(output_seconds=0.2, batch_seconds=1.0, broken_lines=0.2, row_errored=0.1, **storm) as api:
        for cap in ("0.60", "1.20"):
            for when in moments(9, 4, 1.5, 5.0):
                run_and_kill(api, tmp_path, when, *options, "--max-cost", cap)
                assert billed(api) <= float(cap)
            done = run(api, tmp_path, *options, "--max-cost", cap)
            assert done.code == 3
            said = accounts(tmp_path)["cost"]
            counted = said["usd"] + said["unknown_outcome_usd"]
            say(f"cap ${cap}: billed ${billed(api):.4f}, counted ${counted:.4f}, of it unknown {said}")
            assert billed(api) <= counted + 1e-6
            assert counted <= float(cap) + 1e-6
