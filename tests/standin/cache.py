"""The prompt cache as documented: exact prefixes, readable once the first reply begins, a lifetime."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MINUTES_5, HOUR = 300.0, 3600.0


@dataclass(slots=True)
class _Entry:
    readable: float  # when the reply that wrote it began
    expires: float
    life: float


@dataclass(frozen=True, slots=True)
class Counted:
    """Prompt tokens of one request, as the usage fields tell them."""

    read: int
    write_5m: int
    write_1h: int
    plain: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """A breakpoint: all that stands before it, and how many tokens that is."""

    prefix: str
    tokens: int
    life: float


def tokens_in(text: str) -> int:
    """About four characters to a token."""
    return (len(text) + 3) // 4


class PromptCache:
    """Entries by prefix. Times are seconds of one clock; `scale` shortens the two lifetimes."""

    def __init__(self, *, minimum: int, scale: float = 1.0) -> None:
        self._minimum = minimum
        self._scale = scale
        self._entries: dict[str, _Entry] = {}
        self.writes: list[tuple[float, str, int]] = []  # when, which prefix, tokens

    def count(self, body: Mapping[str, Any], *, start: float, begins: float, found: bool = True) -> Counted:
        """What a request reads and writes that starts now and whose reply begins at `begins`.

        `found` False: this request meets no entry, as happens in batches.
        """
        marks, total = _marks(body, self._scale)
        marks = [mark for mark in marks if mark.tokens >= self._minimum]
        read = self._longest(marks, start) if found else None
        done = read.tokens if read else 0
        written = {MINUTES_5 * self._scale: 0, HOUR * self._scale: 0}
        for mark in marks:
            if mark.tokens <= done:
                continue
            self._entries[mark.prefix] = self._written(mark, start, begins)
            self.writes.append((start, mark.prefix, mark.tokens - done))
            written[mark.life] += mark.tokens - done
            done = mark.tokens
        five, hour = written.values()
        return Counted(read.tokens if read else 0, five, hour, total - done)

    def _longest(self, marks: list[_Mark], now: float) -> _Mark | None:
        """The longest prefix with a readable entry; reading it makes it and all shorter ones live on."""
        best = None
        for mark in marks:
            entry = self._entries.get(mark.prefix)
            if entry is None or entry.readable > now or entry.expires <= now:
                continue
            entry.expires = max(entry.expires, now + entry.life)
            best = mark
        return best

    def _written(self, mark: _Mark, start: float, begins: float) -> _Entry:
        known = self._entries.get(mark.prefix)
        readable = min(begins, known.readable) if known and known.expires > start else begins
        return _Entry(readable, start + mark.life, mark.life)


def _marks(body: Mapping[str, Any], scale: float) -> tuple[list[_Mark], int]:
    """Breakpoints in the order of the prompt (tools, system, messages), and the tokens of the whole prompt.

    Model, format, effort and tools stand before everything: a change of any of them voids all entries.
    """
    frame = {name: body.get(name) for name in ("model", "output_config", "tools", "tool_choice", "thinking")}
    digest = hashlib.sha256(json.dumps(frame, sort_keys=True).encode())
    total = tokens_in(json.dumps(frame["output_config"])) if frame["output_config"] else 0
    marks: list[_Mark] = []
    for block in _blocks(body):
        text = str(block.get("text", ""))
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
        total += tokens_in(text)
        control = block.get("cache_control")
        if control:
            life = (HOUR if control.get("ttl") == "1h" else MINUTES_5) * scale
            marks.append(_Mark(digest.copy().hexdigest(), total, life))
    return marks, total


def _blocks(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    system = body.get("system") or []
    blocks: list[Mapping[str, Any]] = [{"text": system}] if isinstance(system, str) else list(system)
    for turn in body.get("messages") or []:
        content = turn.get("content")
        blocks += [{"text": content}] if isinstance(content, str) else list(content)
    return blocks
