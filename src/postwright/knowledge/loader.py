"""Reads compiled knowledge. Each piece is one JSON file, read once and only when asked for."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_COMPILED = Path(__file__).parent / "compiled"


@cache
def load(name: str) -> dict[str, Any]:
    """The compiled piece `name` ("terms", "role_families", ...). Shared by all callers: never change it.

    Raises FileNotFoundError for an unknown name, which is our bug.
    """
    piece: dict[str, Any] = json.loads((_COMPILED / f"{name}.json").read_bytes())
    return piece
