"""A message as the API writes it, read into an `Answered`. Every field is checked: proxies and look-alikes err."""

import json
import re
from collections.abc import Mapping

from postwright.domain.errors import ModelUnavailable
from postwright.domain.model import Answered, Stop, Usage
from postwright.llm.faults import Fault, model_error

_STOPS = {
    "end_turn": Stop.END,
    "stop_sequence": Stop.END,
    "max_tokens": Stop.CUT,
    "model_context_window_exceeded": Stop.CUT,
    "refusal": Stop.REFUSED,
}

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

ADDRESS_HINT = "check ANTHROPIC_BASE_URL and any proxy on the way"


def read_message(data: object, *, model: str, request_id: str = "", ttl: str = "5m") -> Answered:
    """The text, stop reason and usage of one message, given as decoded JSON.

    `model` and `ttl` (of the request) fill in for what a look-alike endpoint leaves out. Thinking blocks are
    skipped. Raises the domain error of an error body, ModelUnavailable for what is no message at all.
    """
    message = _mapping(data)
    error = _mapping(message.get("error"))
    if error:
        raise model_error(_fault(error, request_id), model)
    blocks = message.get("content")
    if not isinstance(blocks, list):
        raise not_a_message()
    return Answered(
        text=_LONE_SURROGATE.sub("\ufffd", "".join(map(_text, blocks))),
        stop=_STOPS.get(_string(message.get("stop_reason")), Stop.UNKNOWN),
        usage=_usage(message.get("usage"), ttl),
        model=_string(message.get("model")) or model,
        request_id=request_id or _string(message.get("id")),
        raw=json.dumps(message, separators=(",", ":")),
    )


def read_usage(data: object, ttl: str = "5m") -> Usage:
    """The token counts of a message, which may not be finished."""
    return _usage(_mapping(data).get("usage"), ttl)


def not_a_message() -> ModelUnavailable:
    """The error for a web page, an empty body, or other JSON where a message should be."""
    says = "what came back is no message of the Messages API"
    return ModelUnavailable(says, hint=ADDRESS_HINT, maybe_paid=True)


def _text(block: object) -> str:
    fields = _mapping(block)
    return _string(fields.get("text")) if fields.get("type") == "text" else ""


def _usage(data: object, ttl: str) -> Usage:
    counts = _mapping(data)
    written = _count(counts, "cache_creation_input_tokens")
    by_ttl = _mapping(counts.get("cache_creation"))
    five, hour = _count(by_ttl, "ephemeral_5m_input_tokens"), _count(by_ttl, "ephemeral_1h_input_tokens")
    unsorted = max(0, written - five - hour)  # endpoints that do not break the writes down
    return Usage(
        input=_count(counts, "input_tokens"),
        cache_write_5m=five + (unsorted if ttl == "5m" else 0),
        cache_write_1h=hour + (unsorted if ttl != "5m" else 0),
        cache_read=_count(counts, "cache_read_input_tokens"),
        output=_count(counts, "output_tokens"),
        batch=counts.get("service_tier") == "batch",
        known="input_tokens" in counts and "output_tokens" in counts,
    )


def _fault(error: Mapping[str, object], request_id: str) -> Fault:
    details = _mapping(error.get("details"))
    return Fault(
        status=200,
        type=_string(error.get("type")),
        code=_string(details.get("error_code")),
        message=_string(error.get("message")),
        request_id=request_id,
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(counts: Mapping[str, object], name: str) -> int:
    """Tokens; absent, null and nonsense count as none."""
    value = counts.get(name)
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else 0
