"""JSON from outside, strictly: bounded depth, and values that are asked for by type."""

import json
import re
from collections.abc import Mapping

from postwright.domain.errors import PostingUnreadable
from postwright.formats.source import DEEPEST
from postwright.reading.screening.hidden import encodable

HINT = "export it again, or save the posting as Markdown"
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def loaded(text: str, name: str) -> object:
    """The value of a JSON text. Raises PostingUnreadable."""
    depth = deepest = 0
    for char in re.findall(r"[\[{\]}]", _STRINGS.sub("", text)):
        depth += 1 if char in "[{" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise PostingUnreadable(f"{name} is nested too deeply", hint=HINT)
    try:
        value: object = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise PostingUnreadable(f"{name} is no valid JSON", hint=HINT) from error
    return _encodable(value)


def _encodable(value: object) -> object:
    """The value with every text in it fit to be written."""
    if isinstance(value, dict):
        return {encodable(key): _encodable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_encodable(part) for part in value]
    return encodable(value) if isinstance(value, str) else value


def mapping(value: object) -> Mapping[str, object]:
    """The value as a mapping; an empty one when it is none."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """The value as a list; a single value is a list of one, nothing is an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: object) -> str:
    """A scalar as text, on one line; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split())
