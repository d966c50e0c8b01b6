"""Strange input for everything that reads: a moment of it in every run, ten minutes of it by `poe fuzz`."""

import os
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, seed, settings

from fuzz.targets import TARGETS, Target

FEW = 40
MANY = 400
SECONDS = float(os.environ.get("POSTWRIGHT_FUZZ", "600"))
calm = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_strange_input_is_answered_or_refused_in_words_of_ours(target: Target) -> None:
    settings(calm, max_examples=FEW)(given(target.inputs)(target.__call__))()


@pytest.mark.fuzz
def test_ten_minutes_of_strange_input_crash_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Round after round over all targets, each with seeds of its own; prints executions and crashes."""
    executions, crashes = Counter[str](), dict[str, str]()
    end = time.monotonic() + SECONDS
    number = time.time_ns() % 1_000_000
    while time.monotonic() < end:
        for target in TARGETS:
            number += 1
            if target.name not in crashes and (crash := _round(target, number, executions, end)):
                crashes[target.name] = crash
    with capsys.disabled():
        for target in TARGETS:
            print(f"\n{target.name:<22} {executions[target.name]:>8,} executions", end="")  # noqa: T201
        print(f"\n{'all':<22} {executions.total():>8,} executions, {len(crashes)} crashes")  # noqa: T201
    assert not crashes


def _round(target: Target, number: int, executions: Counter[str], end: float) -> str:
    """What crashed the target, in the least input that does; empty when nothing did."""

    def one(value: object) -> None:
        if time.monotonic() < end:
            executions[target.name] += 1
            target(value)

    try:
        seed(number)(settings(calm, max_examples=MANY)(given(target.inputs)(one)))()
    except Exception as error:  # noqa: BLE001 - whatever is raised is what we look for
        return f"{type(error).__name__}: {error}\n{getattr(error, '__notes__', '')}"
    return ""
