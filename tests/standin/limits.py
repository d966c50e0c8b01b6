"""Rate limits as token buckets, told in the headers that the real API sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class _Bucket:
    """`limit` a minute, refilled continuously."""

    limit: int
    level: float
    at: float

    def refill(self, now: float) -> None:
        self.level = min(self.limit, self.level + (now - self.at) * self.limit / 60)
        self.at = now

    def seconds_until(self, need: float) -> float:
        return max(0.0, (need - self.level) * 60 / self.limit)


class RateLimits:
    """Requests and uncached input tokens per minute; 0 is no limit."""

    def __init__(self, requests: int, input_tokens: int, *, burst: float, now: float) -> None:
        self._buckets = {
            name: _Bucket(limit, max(1.0, limit * burst), now)
            for name, limit in (("requests", requests), ("input-tokens", input_tokens))
            if limit
        }
        self.refusals = 0

    def take(self, now: float, input_tokens: int) -> float:
        """Seconds to wait when the request comes too early; 0 when it is let in."""
        needs = {"requests": 1.0, "input-tokens": float(input_tokens)}
        wait = 0.0
        for name, bucket in self._buckets.items():
            bucket.refill(now)
            wait = max(wait, bucket.seconds_until(min(needs[name], bucket.limit)))
        if wait > 0:
            self.refusals += 1
            return wait
        for name, bucket in self._buckets.items():
            bucket.level -= needs[name]
        return 0.0

    def headers(self, now: float) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for name, bucket in self._buckets.items():
            bucket.refill(now)
            full = datetime.now(UTC) + timedelta(seconds=bucket.seconds_until(bucket.limit))
            prefix = f"anthropic-ratelimit-{name}"
            found[f"{prefix}-limit"] = str(bucket.limit)
            found[f"{prefix}-remaining"] = str(max(0, int(bucket.level)))
            found[f"{prefix}-reset"] = full.strftime("%Y-%m-%dT%H:%M:%SZ")
        return found
