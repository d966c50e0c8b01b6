"""False claims of true words alone: dropped plans, helpers, parts and choices, words that changed their sentence."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from forgery.rewordings import HEADINGS, Rewording
from postwright.domain.draft import DecisionKind
from postwright.workflows.drafting import draft_reply

_TOLD = {DecisionKind.REMOVAL, DecisionKind.LOWERED}


@cache
def short_lies() -> dict[str, tuple[Rewording, ...]]:
    """`known` and `blind`: a sentence of the posting, or several, and the false claim that is made of them."""
    rows = yaml.safe_load((Path(__file__).parent / "short_lies.yaml").read_text("utf-8"))
    return {name: tuple(_read(row, name) for row in group) for name, group in rows.items()}


def _read(row: dict[str, Any], name: str) -> Rewording:
    of = (row["of"],) if isinstance(row["of"], str) else tuple(row["of"])
    return Rewording(name, row["under"], of, ((HEADINGS[row["under"]][1], row["says"]),))


def unseen(lies: tuple[Rewording, ...]) -> Iterator[str]:
    """The lies that stand in the draft with no decision that says what was left out."""
    for lie in lies:
        draft, _ = draft_reply(lie.source, "posting.md", lie.reply)
        ((_, says),) = lie.lines
        stands = any(line.text == says for section in draft.sections for line in section.lines)
        told = any(d.kind in _TOLD and any(of in d.text for of in lie.of) for d in draft.decisions)
        if stands and not told:
            yield f"{' '.join(lie.of)} -> {says}"
