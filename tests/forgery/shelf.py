"""All postings with a truthful reply: the suite's own, and the fixtures numbered as the product numbers them."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from forgery.cases import Case, own_cases, with_held_out
from postwright.workflows.drafting import prepare

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
ENOUGH = 5
"""Reworded lines that a reply must have before lies are derived from it: with fewer, nothing is left to survive."""


@cache
def all_cases() -> tuple[Case, ...]:
    return tuple(with_held_out(case) for case in (*own_cases(), *_fixtures()))


def _fixtures() -> Iterator[Case]:
    """Fixture postings whose careful reply rewords something; the replies cite units by the product's numbers."""
    for path in sorted((FIXTURES / "replies").glob("*.json")):
        posting = next(iter(sorted((FIXTURES / "postings").glob(f"{path.stem}.*"))), None)
        if posting is None:
            continue
        source, name = posting.read_bytes().decode(), f"postings/{posting.name}"
        units = {unit.id: unit.text for unit in prepare(source, name).sources.posting.units}
        case = Case(path.stem, name, source, json.loads(path.read_text("utf-8")), units)
        if len(case.text_lines()) >= ENOUGH:
            yield case
