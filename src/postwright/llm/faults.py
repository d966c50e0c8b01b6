"""What an API error means for us: status and error code in, domain error out. Knows no SDK, so batch rows use it too.

Decided by status and `error_code`, never by an exception's class or wording, as the SDK advises; the one
exception is the spend limit that comes as a plain 400 and can be told by its words only.
"""

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import mktime_tz, parsedate_tz
from math import isfinite

from postwright.domain.errors import (
    ModelAccessDenied,
    ModelError,
    ModelUnavailable,
    ModelUnknown,
    RequestRefused,
    SpendLimitReached,
)
from postwright.llm.providers import ANTHROPIC

KEY_HINT = ANTHROPIC.needs
LATER_HINT = "run the same command again later: finished work is kept"

_STATUS_OF_TYPE = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}
"""For errors that come with status 200 or none: in a batch row, or in the body of a proxy's answer."""

_SPEND_CODE = re.compile(r"spend_limit|billing")
_SPEND_WORDS = re.compile(r"usage limits|credit balance|spend(?:ing)? limit", re.IGNORECASE)
_STRUCTURED = re.compile(r"output_config|structured.?output", re.IGNORECASE)
_KEY = re.compile(
    r"\bsk-[\w-]{4,}"  # keys of the API
    r"|\beyJ[\w-]{8,}\.[\w.-]+"  # identity tokens (JWT)
    r"|\b(?:bearer|x-api-key:?)\s+[\w.~+/=-]{12,}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as the API words it. `message` is not ours: it is shown only through `plain`."""

    status: int
    type: str = ""
    code: str = ""
    message: str = ""
    request_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def meaning(self) -> int:
        """The HTTP status, or what it would have been."""
        return self.status if self.status >= 300 else _STATUS_OF_TYPE.get(self.type, self.status)


def model_error(fault: Fault, model: str, *, key_hint: str = KEY_HINT) -> ModelError:
    """The domain error for a fault of the endpoint that serves `model`. `key_hint` says how to sign in there."""
    request_id = plain(fault.request_id, limit=64)
    wait = seconds_to_wait(fault.headers)
    kind, says, hint = _judged(fault, model, key_hint)
    details = [str(fault.meaning)]
    if wait:
        details.append(f"wait {wait:.0f} s")
    if request_id:
        details.append(f"request {request_id}")
    return kind(
        f"{says} ({', '.join(details)})", hint=hint, request_id=request_id, wait_seconds=wait, status=fault.meaning
    )


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """What the server asks us to wait: `retry-after-ms`, or `retry-after` in seconds or as an HTTP date."""
    exact, coarse = headers.get("retry-after-ms", ""), headers.get("retry-after", "")
    seconds = _number(exact)
    if seconds is not None:
        return seconds / 1000
    seconds = _number(coarse)
    if seconds is not None:
        return seconds
    date = parsedate_tz(coarse)
    return max(0.0, mktime_tz(date) - time.time()) if date else None


def plain(text: str, *, secrets: Iterable[str] = (), limit: int = 200) -> str:
    """Foreign text as one short printable line without anything that looks like a key."""
    for secret in secrets:
        text = text.replace(secret, "[hidden]")
    text = _KEY.sub("[hidden]", text)
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if len(text) <= limit else text[: limit - 3] + "..."


def _judged(fault: Fault, model: str, key_hint: str) -> tuple[type[ModelError], str, str]:
    """Kind, words and hint. The order matters: a spend limit hides behind four statuses."""
    name, status = plain(model, limit=64), fault.meaning
    if _is_spend_limit(fault):
        return (
            SpendLimitReached,
            "the account's spend limit is reached or its credit used up",
            "raise the limit in the Claude Console, then run again: finished work is kept",
        )
    if status == 401:
        return ModelAccessDenied, "the API key was not accepted", key_hint
    if status == 403:
        return ModelAccessDenied, f"the API key may not use {name}", "check the key's workspace and permissions"
    if status == 404:
        hint = "check --model, and ANTHROPIC_BASE_URL if it is set"
        return ModelUnknown, f"the endpoint does not know the model {name}", hint
    if _may_pass(status, fault.headers.get("x-should-retry", "")):
        return ModelUnavailable, _busy(name, status), LATER_HINT
    return RequestRefused, _refused(fault, name), _refused_hint(status, fault.message)


def _is_spend_limit(fault: Fault) -> bool:
    if fault.meaning == 402 or fault.type == "billing_error" or _SPEND_CODE.search(fault.code):
        return True
    return fault.meaning in {400, 403, 429} and bool(_SPEND_WORDS.search(fault.message))


def _may_pass(status: int, advice: str) -> bool:
    """True if the same request may succeed later. The server's own advice outranks the status."""
    if advice in {"true", "false"}:
        return advice == "true"
    return status in {408, 409, 429} or status >= 500


def _busy(name: str, status: int) -> str:
    if status == 429:
        return f"{name} asks us to slow down"
    if status == 529:
        return f"{name} is overloaded"
    return f"{name} failed to answer"


def _refused(fault: Fault, name: str) -> str:
    reason = plain(fault.message)
    return f"{name} rejected the request: {reason}" if reason else f"{name} rejected the request"


def _refused_hint(status: int, message: str) -> str:
    if status == 413:
        return "the posting and the profile are too long together: shorten one"
    if _STRUCTURED.search(message):
        return "structured output is off for this account or model: have it switched on, or use another --model"
    return "check --model and --effort; if they are right, report this message"


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) and value >= 0 else None
