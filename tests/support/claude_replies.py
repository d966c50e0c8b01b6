"""Builders of messages and errors in the shape of the real API (version 2026-10-21)."""

import json
from typing import Any

API = "https://api.anthropic.com"
MESSAGES = f"{API}/v1/messages"
COUNT_TOKENS = f"{API}/v1/messages/count_tokens"

REQUEST_ID = "req_011CSHoEeqs5C35K2UUqR7Fy"

EMPTY_REPLY: dict[str, Any] = {
    "summary": "Nothing to change.",
    "coverage": [],
    "findings": [],
    "dismissed": [],
    "questions": [],
    "title": None,
    "sections": [],
    "removals": [],
}
"""The smallest reply that fits the schema."""


def reply_text(**changes: object) -> str:
    """JSON of a reply: the smallest one with some fields changed."""
    return json.dumps(EMPTY_REPLY | changes)


def usage(
    *,
    read: int = 0,
    write_5m: int = 0,
    write_1h: int = 0,
    sent: int = 1_500,
    output: int = 1_200,
    tier: str = "standard",
) -> dict[str, Any]:
    return {
        "input_tokens": sent,
        "cache_creation_input_tokens": write_5m + write_1h,
        "cache_read_input_tokens": read,
        "cache_creation": {"ephemeral_5m_input_tokens": write_5m, "ephemeral_1h_input_tokens": write_1h},
        "output_tokens": output,
        "service_tier": tier,
        "inference_geo": "not_available",
    }


def message(text: str | None = None, *, stop: str | None = "end_turn", **changes: object) -> dict[str, Any]:
    """A message with one text block: by default the smallest valid reply."""
    return {
        "id": "msg_01XFDUDYJgAACzvnptvVoYEL",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-5-5",
        "content": [{"type": "text", "text": reply_text() if text is None else text}],
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": usage(),
    } | changes


def error(kind: str, words: str = "Something happened.", *, code: str = "") -> dict[str, Any]:
    """An error body; `code` is the stable `error_code` that names the cause."""
    body: dict[str, Any] = {"type": kind, "message": words}
    if code:
        body["details"] = {"error_code": code}
    return {"type": "error", "error": body, "request_id": REQUEST_ID}
