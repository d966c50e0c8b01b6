"""Reads compiled knowledge. Each piece is one file of JSON, read once and only when asked for."""

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


@cache
def lines(name: str) -> list[bytes]:
    """The lines of the compiled piece `name`, each one JSON value: for what is long, and needed a little at a time."""
    return (_COMPILED / f"{name}.jsonl").read_bytes().splitlines()
