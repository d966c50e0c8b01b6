"""review.json: one posting's books on disk, in a versioned form (docs/review-json.md)."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from postwright.domain.errors import StaleDraft
from postwright.domain.review import REVIEW_VERSION, Review
from postwright.storage.files import read_bytes, shown

LARGEST_REVIEW = 32 * 1024 * 1024
"""Bytes. A review holds the source a few times over."""
_END = f'"version": {REVIEW_VERSION}\n}}\n'.encode()
"""How a review of this version ends that nobody has touched: its version is its last word."""


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Review]:
    return TypeAdapter(Review)


def review_to_json(review: Review) -> str:
    return _adapter().dump_json(review, indent=1).decode() + "\n"


def review_schema() -> dict[str, Any]:
    """The JSON schema that a review.json of this version follows."""
    return _adapter().json_schema(mode="serialization")


def load_review(path: Path) -> Review | None:
    """The review in a file, or None when there is none. Raises StaleDraft for one that this version cannot use."""
    if not path.exists():
        return None
    data = read_bytes(path, limit=LARGEST_REVIEW, failure=StaleDraft)
    hint = "run rewrite again to make a new one"
    try:
        version = REVIEW_VERSION if data.endswith(_END) else json.loads(data).get("version")
        if version != REVIEW_VERSION:
            found = version if isinstance(version, int) else "unknown"
            raise StaleDraft(f"{shown(path)} is of version {found}, not {REVIEW_VERSION}", hint=hint)
        return _adapter().validate_json(data)
    except (ValueError, AttributeError, RecursionError, ValidationError) as error:
        raise StaleDraft(f"{shown(path)} is damaged or not ours", hint=hint) from error
