"""The measures by name: what each is, in which unit, how cases are put together, and which way is better.

A value is a number per case; None where a case has no such thing (no draft, no quotes, no planted defects).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

Values = Mapping[str, float | None]
"""Measures of one case, by the id of the metric."""


class Together(StrEnum):
    """How one number is made of many cases."""

    SUM = "sum"
    MEAN = "mean"
    RATIO = "ratio"  # sum of this metric over the sum of the metric it is a share of


class Better(StrEnum):
    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure. `of` is the metric that a ratio divides by; `opens` is the part of the table it begins."""

    id: str
    says: str
    unit: str
    together: Together
    better: Better
    opens: str = ""
    of: str = ""


_SUM, _MEAN, _RATIO = Together.SUM, Together.MEAN, Together.RATIO
_MORE, _LESS, _NEITHER = Better.MORE, Better.LESS, Better.NEITHER

METRICS: Mapping[str, Metric] = {
    metric.id: metric
    for metric in (
        Metric("replies", "replies", "postings", _SUM, _NEITHER, "The books"),
        Metric("unusable", "replies of no use", "postings", _SUM, _LESS),
        Metric("balanced", "books balanced at the first reply", "of replies", _RATIO, _MORE, of="replies"),
        Metric("written", "lines written anew or suggested", "lines", _SUM, _NEITHER),
        Metric("blocked", "lines blocked at the first reply", "lines", _SUM, _LESS),
        Metric("repaired", "blocked lines that hold once repaired", "lines", _SUM, _MORE),
        Metric("withdrawn", "lines withdrawn in the end", "lines", _SUM, _LESS),
        Metric("unplaced", "faults of no line: lost text, bad id", "faults", _SUM, _LESS),
        Metric("restored", "sentences restored word for word", "sentences", _SUM, _LESS),
        Metric("harm", "harm: forbidden words in, owed out", "phrases", _SUM, _LESS),
        Metric("rules_said", "findings of the rules", "findings", _SUM, _NEITHER, "What was said"),
        Metric("model_said", "findings of the model that are shown", "findings", _SUM, _NEITHER),
        Metric("dismissed", "rules' findings the model dismissed", "findings", _SUM, _NEITHER),
        Metric("quotes", "quotes of the model", "quotes", _SUM, _NEITHER),
        Metric("verbatim", "quotes found word for word", "of quotes", _RATIO, _MORE, of="quotes"),
        Metric("withheld", "remarks withheld", "remarks", _SUM, _LESS),
        Metric("planted", "planted defects", "defects", _SUM, _NEITHER, "The gold key"),
        Metric("by_rules", "found by the rules", "of defects", _RATIO, _MORE, of="planted"),
        Metric("by_model", "found by the model", "of defects", _RATIO, _NEITHER, of="planted"),
        Metric("by_both", "found by either", "of defects", _RATIO, _MORE, of="planted"),
        Metric("waived", "found by rules, lost to a dismissal", "defects", _SUM, _LESS),
        Metric("traps", "innocent words set as traps", "traps", _SUM, _NEITHER),
        Metric("flagged_by_rules", "wrongly flagged by the rules", "of traps", _RATIO, _LESS, of="traps"),
        Metric("flagged_by_model", "wrongly flagged by the model", "of traps", _RATIO, _LESS, of="traps"),
        Metric("trial_share", "output, early trial on gold A = 100", "% of tokens", _MEAN, _LESS, "The early trial"),
        Metric("trial_owed", "findings of the trial, traps aside", "findings", _SUM, _NEITHER),
        Metric("trial_lost", "of these, named by nobody now", "findings", _SUM, _LESS),
        Metric("coverage_before", "coverage of owned layers, posting", "0 to 4", _MEAN, _NEITHER, "The settled text"),
        Metric("coverage_own", "coverage, settled without suggestions", "0 to 4", _MEAN, _MORE),
        Metric("coverage_all", "coverage, settled with suggestions", "0 to 4", _MEAN, _MORE),
        Metric("musts_before", "must-haves, posting", "a posting", _MEAN, _NEITHER),
        Metric("musts_after", "must-haves, settled", "a posting", _MEAN, _LESS),
        Metric("grade_before", "reading grade, posting", "school years", _MEAN, _NEITHER),
        Metric("grade_after", "reading grade, settled", "school years", _MEAN, _LESS),
        Metric("words_before", "length, posting", "words", _MEAN, _NEITHER),
        Metric("words_after", "length, settled", "words", _MEAN, _NEITHER),
        Metric("kept", "kept word for word", "% of words", _MEAN, _NEITHER, "Change and cost"),
        Metric("left_out", "left out", "% of words", _MEAN, _NEITHER),
        Metric("decisions", "decisions left to a person", "a posting", _MEAN, _LESS),
        Metric("requests", "requests", "requests", _SUM, _LESS),
        Metric("tokens_fresh", "prompt tokens, not cached", "a posting", _MEAN, _LESS),
        Metric("tokens_cached", "prompt tokens, read from the cache", "a posting", _MEAN, _LESS),
        Metric("tokens_out", "output tokens", "a posting", _MEAN, _LESS),
        Metric("cents", "cost", "US cents", _MEAN, _LESS),
    )
}


def together(metric: Metric, cases: Iterable[Values]) -> float | None:
    """One number for many cases; None when no case has the measure."""
    cases = list(cases)
    held = [value for case in cases if (value := case.get(metric.id)) is not None]
    if not held:
        return None
    if metric.together is Together.SUM:
        return sum(held)
    if metric.together is Together.MEAN:
        return fmean(held)
    whole = sum(case.get(metric.of) or 0 for case in cases if case.get(metric.id) is not None)
    return sum(held) / whole if whole else None


def per_case(metric: Metric, case: Values) -> float | None:
    """The measure of one case as it is compared between two prompts: shares as shares."""
    value = case.get(metric.id)
    if metric.together is not Together.RATIO or value is None:
        return value
    whole = case.get(metric.of)
    return value / whole if whole else None
