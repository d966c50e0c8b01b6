"""Two prompts over the same cases: paired differences with confidence intervals, and what they cannot tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from evaluation.metrics import METRICS, Better, Metric, Values, per_case
from evaluation.results import Results
from evaluation.table import TITLES, WIDTH
from postwright.domain.errors import UsageProblem

SEED = 20261122
RESAMPLES = 4_000
LEVEL = 0.95
FEW = 20
"""Pairs under which an interval from resampling is known to be too narrow."""
_LEAST_PAIRS = 3
_NAME = 38
_BLANK_DIFFERENCES = frozenset({"replies", "quotes", "planted", "traps", "trial_owed", "words_before", "musts_before"})
"""What the posting or the recording decides, not the prompt."""


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A, averaged over pairs. `low` and `high` bound it; None where there are too few pairs for that.

    `alike`: no pair differs at all.
    """

    metric: Metric
    pairs: int
    alike: bool
    before: float
    after: float
    mean: float
    low: float | None
    high: float | None

    @property
    def says(self) -> str:
        """In words: nothing is called a difference that may as well be none."""
        if self.low is None or self.high is None:
            return "too few to say"
        if self.low <= 0 <= self.high:
            return "no difference seen"
        way = "more" if self.mean > 0 else "less"
        if self.metric.better is Better.NEITHER:
            return way
        return f"{way}: {'better' if way == self.metric.better.value else 'worse'}"


def differences(a: Mapping[str, Values], b: Mapping[str, Values]) -> list[Difference]:
    """All measures over the cases that both have. A measure that one of a pair lacks leaves the pair out."""
    found = []
    for metric in METRICS.values():
        if metric.id in _BLANK_DIFFERENCES:
            continue
        pairs = [
            (before, after)
            for name in sorted(a.keys() & b.keys())
            if (before := per_case(metric, a[name])) is not None and (after := per_case(metric, b[name])) is not None
        ]
        if pairs:
            found.append(_difference(metric, pairs))
    return found


def _difference(metric: Metric, pairs: Sequence[tuple[float, float]]) -> Difference:
    deltas = [after - before for before, after in pairs]
    low, high = interval(deltas) if len(deltas) >= _LEAST_PAIRS else (None, None)
    before, after = fmean(p[0] for p in pairs), fmean(p[1] for p in pairs)
    return Difference(metric, len(pairs), not any(deltas), before, after, fmean(deltas), low, high)


def interval(deltas: Sequence[float], *, resamples: int = RESAMPLES, seed: int = SEED) -> tuple[float, float]:
    """Percentile bootstrap of the mean: the postings are drawn anew with replacement. The same input, the same bounds.

    When all differences are alike both bounds are that difference: the cases show no spread to judge by.
    """
    if min(deltas) == max(deltas):
        return deltas[0], deltas[0]
    random = Random(seed)  # noqa: S311 - repeatable on purpose
    means = sorted(fmean(random.choices(deltas, k=len(deltas))) for _ in range(resamples))
    out = round(resamples * (1 - LEVEL) / 2)
    return means[out], means[resamples - 1 - out]


def comparison(a: Results, b: Results) -> Iterator[str]:
    """The comparison as lines. Raises UsageProblem when the two have no set of cases in common."""
    shared = [group for group in a.groups if group in b.groups]
    if not shared:
        raise UsageProblem("the two results have no set of cases in common", hint="compare recorded with recorded")
    yield f"A  prompt {a.head.fingerprint} · {a.head.model}{_live(a)} · commit {a.head.commit} · {a.head.day}"
    yield f"B  prompt {b.head.fingerprint} · {b.head.model}{_live(b)} · commit {b.head.commit} · {b.head.day}"
    for group in shared:
        yield ""
        yield from _group(group, a.groups[group], b.groups[group])
    yield ""
    yield f"Paired differences B − A with {LEVEL:.0%} intervals: percentile bootstrap over postings, {RESAMPLES:,}"
    yield f"resamples, seed {SEED}. Of so many measures one in twenty shows a difference by chance alone."
    if not (a.head.live and b.head.live):
        yield "Recorded replies do not hear the prompt: they show what the code makes of the same words and what"
        yield "the prompt costs, never whether Claude answers better. Only --live can show that."


def _live(results: Results) -> str:
    return " (live)" if results.head.live else " (recorded)"


def _group(group: str, a: Mapping[str, Values], b: Mapping[str, Values]) -> Iterator[str]:
    pairs = len(a.keys() & b.keys())
    alone = len(a.keys() ^ b.keys())
    found = differences(a, b)
    left_out = f"; {_count(alone, 'case')} in one of the two only" if alone else ""
    told = [one for one in found if not one.alike]
    yield f"{TITLES[group]}: {_count(pairs, 'pair')}{left_out}"
    if told:
        if pairs < FEW:
            yield f"Fewer than {FEW} pairs: the intervals are narrower than they should be."
        yield f"{'':<{_NAME}}{'n':>4}{'A':>7}{'B':>8}{'B − A':>8}{'95% interval':>15}"
        yield "─" * WIDTH
        yield from map(_row, told)
    if len(told) < len(found):
        yield f"The same in every pair: {_count(len(found) - len(told), 'measure')}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _row(found: Difference) -> str:
    digits = 0 if max(abs(found.before), abs(found.after)) >= 100 else 2
    bounds = "·"
    if found.low is not None and found.high is not None:
        bounds = f"{found.low:+,.{digits}f} {found.high:+,.{digits}f}"
    numbers = f"{found.before:>7,.{digits}f}{found.after:>8,.{digits}f}{found.mean:>+8,.{digits}f}{bounds:>15}"
    return f"{found.metric.says:<{_NAME}}{found.pairs:>4}{numbers}  {found.says}"
