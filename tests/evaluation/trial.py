"""Against an early trial of the prompt on the same posting: how much is said now, and whether anything is lost."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from evaluation.cases import FIXTURES, Case
from evaluation.gold import key_of
from evaluation.played import tokens_of
from postwright.domain.finding import Finding
from postwright.domain.posting import Span
from postwright.domain.review import Review


@cache
def _trials() -> Mapping[str, Any]:
    trials: dict[str, Any] = yaml.safe_load((FIXTURES / "gold" / "trials.yaml").read_text(encoding="utf-8"))
    return trials


def against_trial(case: Case, review: Review, tokens_out: float | None) -> dict[str, float | None]:
    """Output tokens in percent of the trial's (estimated from its characters), and its findings that are lost.

    Empty for a posting without a trial, and for one whose manager answered: the trial knew no answers.
    """
    trial = _trials().get(case.path.stem)
    if trial is None or case.answers:
        return {}
    owed = owed_findings(case)
    lost = [entry for entry in owed if not _said(entry, case.text, review.critique.findings)]
    share = 100 * tokens_out / tokens_of("x" * trial["characters"]) if tokens_out is not None else None
    return {"trial_share": share, "trial_owed": len(owed), "trial_lost": len(lost)}


def owed_findings(case: Case) -> list[Mapping[str, str]]:
    """The trial's findings but for those on innocent words: what the key calls a trap was wrongly flagged then."""
    key = key_of(case.path.stem, case.text)
    traps = key.traps if key is not None else ()
    entries: list[Mapping[str, str]] = _trials()[case.path.stem]["findings"]
    return [entry for entry in entries if not any(trap.meets(_span(entry, case.text)) for trap in traps)]


def _said(entry: Mapping[str, str], text: str, findings: tuple[Finding, ...]) -> bool:
    """Whether any finding touches the words, or the same rule remarks the same lack at another place."""
    at = _span(entry, text)
    return any(finding.span.meets(at) or finding.rule == entry["rule"] for finding in findings)


def _span(entry: Mapping[str, str], text: str) -> Span:
    start = text.index(entry["q"])
    return Span(start, start + len(entry["q"]))
