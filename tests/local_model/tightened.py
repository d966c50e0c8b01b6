"""The reply's schema made small enough for a small model to reach its end, and full enough to be worth checking.

Whatever fits the tightened schema fits the original one; a test holds that.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

Schema = dict[str, Any]

_SENTENCE = r"[A-Z][a-z]+( [A-Za-z0-9$%,'-]+){5,12}\."
"""What a text must look like: left to itself, a small model fills every text with the name of its field."""
_SENTENCES = frozenset({"text", "propose", "summary", "ask", "gap"})
_LONGEST = 30
"""Characters of any other text."""
_ITEMS = {
    "coverage": (0, 0),
    "findings": (0, 1),
    "dismissed": (0, 0),
    "questions": (0, 0),
    "sections": (2, 2),
    "lines": (1, 2),
    "removals": (0, 1),
    "units": (1, 2),
    "keep": (1, 3),
    "sources": (1, 2),
}
"""Least and most entries of each list."""
_UNITS = frozenset({"units", "keep", "sources", "unit"})


def tightened(schema: Mapping[str, Any], units: Sequence[str]) -> Schema:
    """The schema with short texts, short lists that are seldom empty, and no unit but those that the posting has."""
    tight: Schema = copy.deepcopy(dict(schema))
    for part in (tight, *tight.get("$defs", {}).values()):
        for name, field in part.get("properties", {}).items():
            _tighten(name, field, list(units))
    return tight


def _tighten(name: str, field: Schema, units: list[str]) -> None:
    if field.get("type") == "array":
        field["minItems"], field["maxItems"] = _ITEMS[name]
        if name in _UNITS:
            field["items"] = {"type": "string", "enum": units}
    elif name in _UNITS:
        field.clear()
        field.update({"type": "string", "enum": units})
    elif name == "heading":
        field.update({"enum": [""]})
    elif name == "id":
        field.update({"enum": [f"n{number}" for number in range(1, 10)]})
    elif name in _SENTENCES:
        field["pattern"] = f"^{_SENTENCE}$"
    elif field.get("type") == "string":
        field["maxLength"] = _LONGEST
