"""What the stand-in saw: who asked what, what was delivered in full, what it would have cost."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from standin.cache import Counted

_NO_PART_OF_THE_KEY = ("diagnostics", "stream")


def key_of(body: Mapping[str, Any]) -> str:
    """The same request always has the same key, however its JSON is written."""
    whole = {name: value for name, value in body.items() if name not in _NO_PART_OF_THE_KEY}
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def usage_of(counted: Counted, output: int, *, batch: bool) -> dict[str, Any]:
    """The usage object of a message."""
    return {
        "input_tokens": counted.plain,
        "cache_creation_input_tokens": counted.write_5m + counted.write_1h,
        "cache_read_input_tokens": counted.read,
        "cache_creation": {
            "ephemeral_5m_input_tokens": counted.write_5m,
            "ephemeral_1h_input_tokens": counted.write_1h,
        },
        "output_tokens": output,
        "service_tier": "batch" if batch else "standard",
        "inference_geo": "not_available",
    }


@dataclass(slots=True)
class Books:
    """Counters over the life of the stand-in. `delivered` holds when the last byte of a reply was sent, by key."""

    delivered: dict[str, float] = field(default_factory=dict)
    asked_again: list[tuple[float, float]] = field(default_factory=list)  # delivered at, asked again at
    outcomes: Counter[str] = field(default_factory=Counter)
    usages: list[dict[str, Any]] = field(default_factory=list)  # of all that would be billed, delivered or not
    now_open: int = 0
    most_open: int = 0
    first: float = 0.0
    last: float = 0.0

    def asked(self, key: str, now: float) -> None:
        if key in self.delivered:
            self.asked_again.append((self.delivered[key], now))
        self.first = self.first or now

    def opened(self) -> None:
        self.now_open += 1
        self.most_open = max(self.most_open, self.now_open)

    def closed(self, outcome: str, now: float) -> None:
        self.now_open -= 1
        self.outcomes[outcome] += 1
        self.last = now

    def as_data(self) -> dict[str, object]:
        return {
            "outcomes": dict(self.outcomes),
            "delivered": len(self.delivered),
            "asked_again": self.asked_again,
            "usages": self.usages,
            "now_open": self.now_open,
            "most_open": self.most_open,
            "seconds": self.last - self.first,
        }
