"""Patterns of the domain data as RE2: one alternative a line in YAML, compiled when first used."""

from collections.abc import Mapping
from functools import lru_cache

import re2

from postwright.knowledge.loader import load
from postwright.reading.searching.pattern import Pattern


def joined(lines: str, parts: Mapping[str, str] | None = None) -> str:
    """One pattern of alternatives that stand a line each. `<name>` stands for a part."""
    pattern = "|".join(filter(None, lines.split("\n")))
    for name, part in (parts or {}).items():
        pattern = pattern.replace(f"<{name}>", part.strip())
    return pattern


@lru_cache(maxsize=256)
def compiled(piece: str, *path: str) -> Pattern:
    """The pattern at `path` in the data `piece`, without case. Raises KeyError if it is not there."""
    data = load(piece)
    parts = data.get("parts")
    for name in path:
        data = data[name]
    return Pattern(f"(?i){joined(str(data), parts)}")


def options() -> re2.Options:
    """RE2's options as we use them: silent, and blind to letter case."""
    out = re2.Options()
    out.log_errors = False
    out.case_sensitive = False
    return out
