"""The port behind which paid replies are remembered, and the key that finds them again."""

import hashlib
import json
from collections.abc import Mapping
from typing import Protocol

from postwright.domain.model import Answered


def request_key(request: Mapping[str, object]) -> str:
    """SHA-256 in hex of the canonical JSON of a complete request body: the same request always has the same key."""
    canonical = json.dumps(request, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


class Journal(Protocol):
    """The durable memory of paid replies. Raises `StorageFailed` and nothing else."""

    def recall(self, key: str) -> Answered | None:
        """The reply paid for earlier, marked `remembered`; None when this request was never answered."""
        ...

    def remember(self, key: str, answered: Answered, *, units: str) -> None:
        """Store a paid reply with the numbered units it speaks of. It survives a crash from the return on."""
        ...

    def set_aside(self, key: str) -> None:
        """Let the next `recall` find nothing, so that the request is asked again. What was paid stays on record."""
        ...
