"""All lies, by class."""

from collections import defaultdict
from functools import cache

from forgery.lies import books, facts, marks, meaning, second_run, shown, whole
from forgery.lies.lie import Lie
from forgery.shelf import all_cases


@cache
def lies_by_class() -> dict[str, tuple[Lie, ...]]:
    """Every lie the suite can derive from every posting with a truthful reply, under its class."""
    found: dict[str, list[Lie]] = defaultdict(list)
    for case in all_cases():
        for room in (facts, meaning, books, marks, shown, whole, second_run):
            for lie in room.lies(case):
                found[lie.kind].append(lie)
    return {kind: tuple(found[kind]) for kind in sorted(found)}
