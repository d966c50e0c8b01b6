"""`POST /v1/messages`: one request in, one message out, as the real API would answer it."""

import asyncio
import json
import random
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from standin.books import Books, key_of, usage_of
from standin.cache import Counted, PromptCache, tokens_in
from standin.limits import RateLimits
from standin.replies import reply_to
from standin.server import Answer, Manner, as_json
from standin.settings import Settings
from standin.streams import events_of

_NUMBERS = {400: "invalid_request_error", 401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error"}
_NUMBERS |= {500: "api_error", 529: "overloaded_error"}
_REQUIRED = ("model", "max_tokens", "messages")
_KNOWN = {*_REQUIRED, "system", "output_config", "thinking", "tools", "tool_choice", "metadata", "diagnostics"}
_KNOWN |= {"stop_sequences", "service_tier", "stream", "inference_geo"}


def failure(status: int, words: str, *, code: str = "", headers: Mapping[str, str] | None = None) -> Answer:
    """An error answer in the API's shape."""
    error: dict[str, object] = {"type": _NUMBERS.get(status, "api_error"), "message": words}
    if code:
        error["details"] = {"error_code": code}
    request_id = f"req_{random.getrandbits(64):016x}"
    body = {"type": "error", "error": error, "request_id": request_id}
    return as_json(status, body, {"request-id": request_id, **(headers or {})})


def wrong_with(body: Mapping[str, Any]) -> str:
    """Why the API would reject this request, or an empty string."""
    for name in _REQUIRED:
        if name not in body:
            return f"{name}: Field required"
    if extra := body.keys() - _KNOWN:
        return f"{min(extra)}: Extra inputs are not permitted"
    if not body["messages"] or body["messages"][-1]["role"] != "user":
        return "messages: the conversation must end with a user turn"
    return ""


class Messages:
    """The desk where messages are answered. `clock` is the monotonic time in seconds."""

    def __init__(self, settings: Settings, books: Books) -> None:
        self.settings = settings
        self._books = books
        self._random = random.Random(settings.seed)  # noqa: S311 - repeatable faults
        self.cache = PromptCache(minimum=settings.minimum_prefix, scale=settings.ttl_factor)
        self.limits = _limits(settings)
        self._served = 0
        self._streams_to_cut = settings.streams_short
        self._seen: dict[str, Mapping[str, Any]] = {}  # message id -> the parts that diagnostics compare

    def reconsider(self, settings: Settings) -> None:
        """Take new settings on; the cache stays, the limits begin anew."""
        self.settings = settings
        self.limits = _limits(settings)
        self._streams_to_cut = settings.streams_short

    async def answer(self, body: Mapping[str, Any]) -> Answer:
        self._books.opened()
        outcome = "lost"
        try:
            answer, outcome = await self._answer(body)
        finally:
            self._books.closed(outcome, time.monotonic())
        return answer

    async def _answer(self, body: Mapping[str, Any]) -> tuple[Answer, str]:
        now = time.monotonic()
        self._books.asked(key_of(body), now)
        if refused := self._turned_away(body, now):
            return refused
        if fault := self._fault():
            return fault
        if self.settings.fault_body:
            return Answer(200, self.settings.fault_body.encode(), {"content-type": "text/html"}), "broken proxy"
        self._served += 1
        counted = self._count(body, now, found=True)
        await asyncio.sleep(self.settings.first_token_seconds)
        streams = bool(body.get("stream")) and self.settings.streaming == "yes" and not self.settings.bare
        if not streams:
            await asyncio.sleep(self.settings.output_seconds)
        message, kind = self.message(body, counted, batch=False)
        self._books.usages.append(message["usage"])
        answer, kind = self._delivered(body, message, kind)
        return (self._in_events(answer, message) if streams else answer), kind

    def _in_events(self, answer: Answer, message: Mapping[str, Any]) -> Answer:
        """The same answer, streamed: what stands at its beginning now, the text when it has been written."""
        first, late = events_of(message)
        if self._streams_to_cut > 0:
            self._streams_to_cut -= 1
            late = late[: len(late) // 2].rpartition(b"\n\n")[0] + b"\n\n"
        wait = self.settings.output_seconds

        async def rest() -> bytes:
            self._books.opened()
            try:
                await asyncio.sleep(wait)
            finally:
                self._books.now_open -= 1
                self._books.last = time.monotonic()
            return late

        return replace(answer, body=first, headers={**answer.headers, "content-type": "text/event-stream"}, rest=rest)

    def _turned_away(self, body: Mapping[str, Any], now: float) -> tuple[Answer, str] | None:
        if why := wrong_with(body):
            return failure(400, why), "invalid"
        if self.settings.models and body["model"] not in self.settings.models:
            return failure(404, f"model: {body['model']}"), "unknown model"
        if self.settings.rejected or (body.get("stream") and self.settings.streaming == "refused"):
            return failure(400, "output_config: Extra inputs are not permitted"), "invalid"
        if self.settings.busy_seconds:
            headers = {"retry-after": str(self.settings.busy_seconds)}
            return failure(429, "Number of requests has exceeded your rate limit.", headers=headers), "rate limit"
        if self.settings.spend_limit_after and self._served >= self.settings.spend_limit_after:
            return failure(429, "Spend limit reached.", code="enforced_spend_limit_reached"), "spend limit"
        wait = self.limits.take(now, tokens_in(body["messages"][0]["content"]))
        if wait:
            headers = {"retry-after": str(max(1, round(wait))), **self.limits.headers(now)}
            return failure(429, "Number of requests has exceeded your rate limit.", headers=headers), "rate limit"
        return None

    def _fault(self) -> tuple[Answer, str] | None:
        """One of the faults, drawn by its probability."""
        settings, drawn = self.settings, self._random.random()
        for share, answer, name in (
            (settings.overloaded, failure(529, "Overloaded"), "overloaded"),
            (settings.failed, failure(500, "Internal server error"), "failed"),
            (settings.reset, Answer(0, b"", manner=Manner.RESET), "reset"),
        ):
            if drawn < share:
                return answer, name
            drawn -= share
        return None

    def _count(self, body: Mapping[str, Any], now: float, *, found: bool) -> Counted:
        found = found and self.settings.cache
        return self.cache.count(body, start=now, begins=now + self.settings.first_token_seconds, found=found)

    def message(self, body: Mapping[str, Any], counted: Counted, *, batch: bool) -> tuple[dict[str, Any], str]:
        """The message for a request, and what is wrong with it ("" for nothing)."""
        broken = self._random.random() < self.settings.broken_lines
        text = reply_to(body, style=self.settings.style, broken=broken)
        stop, kind = "end_turn", "answered"
        drawn = self._random.random()
        if drawn < self.settings.refused:
            text, stop, kind = "", "refusal", "refused"
        elif drawn < self.settings.refused + self.settings.malformed:
            text, kind = f"Here is the posting you asked for: {text[: len(text) // 2]}", "malformed"
        elif drawn > 1 - self.settings.cut_replies or tokens_in(text) > body["max_tokens"]:
            text, stop, kind = text[: len(text) // 2], "max_tokens", "cut reply"
        message = {
            "id": f"msg_{self._random.getrandbits(80):020x}",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": [{"type": "text", "text": text}] if text else [],
            "stop_reason": stop,
            "stop_sequence": None,
            "usage": usage_of(counted, tokens_in(text), batch=batch),
        }
        return self._diagnosed(body, message), kind

    def _diagnosed(self, body: Mapping[str, Any], message: dict[str, Any]) -> dict[str, Any]:
        """Cache diagnostics, when the request asks for them."""
        parts = {name: body.get(name) for name in ("model", "system", "tools", "messages")}
        self._seen = {**dict(list(self._seen.items())[-50:]), message["id"]: parts}
        if "diagnostics" not in body:
            return message
        known = self._seen.get((body["diagnostics"] or {}).get("previous_message_id") or "")
        kinds = [name for name in parts if known and known[name] != parts[name]]
        if known is None:
            reason: dict[str, object] | None = {"type": "previous_message_not_found"}
        else:
            reason = {"type": f"{kinds[0]}_changed", "cache_missed_input_tokens": 0} if kinds else None
        return message | {"diagnostics": {"cache_miss_reason": reason}}

    def _delivered(self, body: Mapping[str, Any], message: dict[str, Any], kind: str) -> tuple[Answer, str]:
        headers: dict[str, str] = {
            "content-type": "application/json",
            "request-id": f"req_{message['id'][4:]}",
            **self.limits.headers(time.monotonic()),
        }
        if self._random.random() < self.settings.cut:
            return Answer(200, json.dumps(message).encode(), headers, Manner.CUT), "cut body"
        if self.settings.bare:
            usage = {name: message["usage"][name] for name in ("input_tokens", "output_tokens")}
            message = {"content": message["content"], "stop_reason": message["stop_reason"], "usage": usage}
            headers = {}
        key = key_of(body)

        def sent() -> None:
            self._books.delivered[key] = time.monotonic()

        return Answer(200, json.dumps(message).encode(), headers, sent=sent), kind


def _limits(settings: Settings) -> RateLimits:
    requests, tokens = settings.requests_per_minute, settings.input_tokens_per_minute
    return RateLimits(requests, tokens, burst=settings.burst, now=time.monotonic())
