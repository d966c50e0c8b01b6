"""All recorded replies through the whole pipeline: careful ones balance at once, sloppy ones are caught."""

import asyncio
import json
from functools import cache

import pytest

from evaluation.cases import Case, fixture_cases
from evaluation.measuring import Result, played
from evaluation.recordings import Kind
from postwright.prompting.library import Prompts

MODEL = "claude-sonnet-5-5"
PROMPTS = Prompts()
CASES = [case for case in fixture_cases() if case.recording is not None]
EAGER = [case for case in CASES if case.group == Kind.EAGER.value]
CAREFUL = [case for case in CASES if case.group == Kind.CAREFUL.value]
SLOPPY = [case for case in CASES if case.group == Kind.SLOPPY.value]
NEEDS_NO_CATCHING = {"gold-a.sloppy-waved-through"}
"""Its books balance: what is sloppy about it are remarks, and the gold key counts what they cost."""
FALSE_ALARMS = {
    ("adoption-lead-golive.eager", "l20"),  # a sentence turned into the passive, with its place in front
    ("gold-b.eager", "l32"),  # "is to be defined" said as a duty
}
"""Truthful lines that the checks block. The set may only become smaller."""


def result_of(case: Case) -> Result:
    return named(case.name)


@cache
def named(name: str) -> Result:
    return asyncio.run(played([case for case in CASES if case.name == name], MODEL, PROMPTS))[0]


@pytest.mark.parametrize("case", CAREFUL, ids=lambda case: case.name)
def test_a_careful_reply_balances_at_first_and_quotes_word_for_word(case: Case) -> None:
    values = result_of(case).values
    assert values["balanced"] == 1
    assert values["verbatim"] in {None, values["quotes"]}
    assert (values["blocked"], values["withheld"], values["restored"], values["requests"]) == (0, 0, 0, 1)
    own, before = values["coverage_own"], values["coverage_before"]
    assert own is None or before is None or own >= before
    assert (values["musts_after"] or 0) <= (values["musts_before"] or 0)


def test_there_is_enough_truthful_rewording_to_tell_how_often_it_is_blocked() -> None:
    assert len(EAGER) >= 8
    replies = [json.loads(case.recording.first.text) for case in EAGER if case.recording is not None]
    assert sum("text" in line for reply in replies for part in reply["sections"] for line in part["lines"]) >= 140


@pytest.mark.parametrize("case", EAGER, ids=lambda case: case.name)
def test_no_truthful_line_is_blocked_but_those_that_are_known(case: Case) -> None:
    review = result_of(case).review
    assert review is not None
    assert review.draft is not None
    blocked = {(case.name, violation.line) for violation in review.draft.violations if violation.line}
    assert blocked <= FALSE_ALARMS


@pytest.mark.parametrize("case", SLOPPY, ids=lambda case: case.name)
def test_a_sloppy_reply_is_caught_and_does_no_harm(case: Case) -> None:
    result = result_of(case)
    if case.name not in NEEDS_NO_CATCHING:
        assert result.values["balanced"] == 0
    assert (result.values.get("musts_after") or 0) <= (result.values.get("musts_before") or 0)
    harm = result.values.get("harm")
    assert harm == (None if result.failed else 0)


def test_a_letter_in_place_of_the_object_leaves_the_posting_as_it_was() -> None:
    result = named("mlops-engineer-hospital-ai.sloppy-prose")
    assert "it holds no JSON" in result.failed
    assert result.review is None
    assert result.values["unusable"] == 1


def test_a_reply_that_is_cut_twice_restores_everything() -> None:
    values = named("research-scientist-waveform.sloppy-cut-twice").values
    assert (values["unusable"], values["requests"], values["kept"]) == (1, 2, 100)


def test_a_repair_is_played_and_its_good_lines_are_used() -> None:
    values = named("clinical-validation-specialist.sloppy-wrong-ids").values
    assert (values["blocked"], values["repaired"], values["withdrawn"], values["requests"]) == (3, 2, 1, 2)


def test_what_the_model_waves_through_is_counted_and_nothing_is_lost() -> None:
    values = named("gold-a.sloppy-waved-through").values
    assert values["dismissed"] == 55
    assert (values["waived"], values["by_rules"]) == (0, values["planted"])
    assert values["flagged_by_model"] == 2


def test_gold_a_says_as_much_as_the_early_trial_in_six_tenths_of_its_tokens() -> None:
    values = named("gold-a").values
    assert values["trial_share"] is not None
    assert values["trial_share"] <= 60
    assert (values["trial_owed"], values["trial_lost"]) == (29, 0)


@pytest.mark.parametrize("name", ["gold-a", "gold-b"])
def test_nothing_planted_in_a_gold_posting_is_missed_and_no_trap_is_flagged(name: str) -> None:
    values = named(name).values
    assert values["by_both"] == values["planted"]
    assert (values["flagged_by_rules"], values["flagged_by_model"], values["waived"]) == (0, 0, 0)
