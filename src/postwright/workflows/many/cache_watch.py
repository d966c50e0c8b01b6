"""Whether the prompt cache serves, in tokens and not in requests, and if it does not, why."""

import json
from collections.abc import Callable

from postwright.domain.model import Answered

_ENOUGH = 5
"""Replies to have seen before anything is said."""
_TOO_MANY = 0.2
"""Share of replies without a hit that is worth a warning."""
_WHY = {
    "system_changed": "the shared part of the prompt differs between requests",
    "tools_changed": "the tools differ between requests",
    "model_changed": "the endpoint answers with different models",
    "previous_message_not_found": "the endpoint does not know the message that filled the cache",
    "unavailable": "the API cannot say why",
}


class CacheWatch:
    """Counts what the replies say. `ask_why` gets a message's id when a comparison with it would tell more."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self.ask_why: Callable[[str], None] = lambda _: None
        self._replies = 0
        self._hits = 0
        self._shared = 0  # tokens of the cached part
        self._read = 0
        self._wanted = 0
        self._good = ""  # the raw reply that the cache served best
        self._warned = self._explained = False

    @property
    def share(self) -> float:
        """Share of the cached part's tokens that was read from the cache, over all requests so far."""
        return self._read / self._wanted if self._wanted else 0.0

    @property
    def followers(self) -> int:
        """Replies after the first one, which fills the cache."""
        return max(0, self._replies - 1)

    def see(self, answered: Answered) -> None:
        """A new reply, paid for now."""
        usage = answered.usage
        written = usage.cache_write_5m + usage.cache_write_1h
        self._shared = max(self._shared, usage.cache_read + written)
        self._replies += 1
        self._read += usage.cache_read
        self._wanted += max(self._shared, usage.cache_read + written)
        if usage.cache_read:
            self._hits += 1
        if usage.cache_read or written:
            self._good = self._good or answered.raw
        if self._warned and not self._explained:
            self._explain(answered.raw)
        elif not self._warned:
            self._warn()

    def _warn(self) -> None:
        followers = self.followers
        if followers < _ENOUGH or followers - self._hits <= _TOO_MANY * followers:
            return
        self._warned = True
        if not self._shared:
            self._note("the prompt cache is not used: nothing is written to it, so each request pays the whole prompt")
            return
        self._note(f"the prompt cache served {self._hits} of {followers} requests: the rest pay the whole prompt")
        self.ask_why(_identity(self._good))

    def _explain(self, raw: str) -> None:
        """The API's own reason, once a reply holds one. That the postings differ is no news."""
        diagnostics = _mapping(raw).get("diagnostics")
        reason = diagnostics.get("cache_miss_reason") if isinstance(diagnostics, dict) else None
        kind = reason.get("type") if isinstance(reason, dict) else None
        if isinstance(kind, str) and kind != "messages_changed":
            self._explained = True
            self._note(f"why the cache does not serve: {_WHY.get(kind, kind.replace('_', ' '))}")
            self.ask_why("")


def _identity(raw: str) -> str:
    return str(_mapping(raw).get("id") or "")


def _mapping(raw: str) -> dict[str, object]:
    try:
        data = json.loads(raw)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
