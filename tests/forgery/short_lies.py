"""Larger claims of true words alone: dropped plans, helpers, parts and choices, each in a small posting of its own."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from forgery.rewordings import HEADINGS, Rewording
from postwright.domain.draft import DecisionKind
from postwright.workflows.drafting import draft_reply

_TOLD = {DecisionKind.REMOVAL, DecisionKind.LOWERED}


@cache
def short_lies() -> dict[str, tuple[Rewording, ...]]:
    """`known` and `blind`: a sentence of the posting, and the larger claim that is made of it."""
    rows = yaml.safe_load((Path(__file__).parent / "short_lies.yaml").read_text("utf-8"))
    return {name: tuple(_read(row, name) for row in group) for name, group in rows.items()}


def _read(row: dict[str, str], name: str) -> Rewording:
    return Rewording(name, row["under"], (row["of"],), ((HEADINGS[row["under"]][1], row["says"]),))


def unseen(lies: tuple[Rewording, ...]) -> Iterator[str]:
    """The lies that stand in the draft with no decision that says what was left out."""
    for lie in lies:
        draft, _ = draft_reply(lie.source, "posting.md", lie.reply)
        ((_, says),) = lie.lines
        stands = any(line.text == says for section in draft.sections for line in section.lines)
        told = any(d.kind in _TOLD and lie.of[0] in d.text for d in draft.decisions)
        if stands and not told:
            yield f"{lie.of[0]} -> {says}"
