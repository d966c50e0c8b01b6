"""A message as the events of a stream."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_PIECE = 400
"""Characters of text in one event."""


def events_of(message: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """The events up to where the text begins, and the others."""
    first, *rest = _events(message)
    begins = bool(message["content"])
    return (first + rest[0], b"".join(rest[1:])) if begins else (first, b"".join(rest))


def _events(message: Mapping[str, Any]) -> Iterator[bytes]:
    empty = {**message, "content": [], "stop_reason": None, "usage": {**message["usage"], "output_tokens": 1}}
    yield _event("message_start", message=empty)
    for index, block in enumerate(message["content"]):
        yield _event("content_block_start", index=index, content_block={"type": "text", "text": ""})
        yield _event("ping")
        for start in range(0, len(block["text"]), _PIECE):
            delta = {"type": "text_delta", "text": block["text"][start : start + _PIECE]}
            yield _event("content_block_delta", index=index, delta=delta)
        yield _event("content_block_stop", index=index)
    delta = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    yield _event("message_delta", delta=delta, usage={"output_tokens": message["usage"]["output_tokens"]})
    yield _event("message_stop")


def _event(kind: str, **fields: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()
