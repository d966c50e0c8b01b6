"""The stand-in's front desk: which address does what, who may ask, and what a test may look at or change."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from standin.batches import Batches
from standin.books import Books
from standin.cache import tokens_in
from standin.messages import Messages, failure
from standin.server import Answer, Call, as_json
from standin.settings import Settings


class StandIn:
    """Messages, token counting, batches and models, and under /standin/ the controls of the test."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._books = Books()
        self._messages = Messages(settings, self._books)
        self._batches = Batches(self._messages, self._books)

    async def answer(self, call: Call) -> Answer:
        if call.path.startswith("/standin/"):
            return self._controlled(call)
        if not self._may_ask(call):
            self._books.outcomes["bad key"] += 1
            return failure(401, "invalid bearer token")
        match (call.method, call.path.strip("/").split("/")):
            case ("POST", ["v1", "messages"]):
                return await self._messages.answer(json.loads(call.body))
            case ("POST", ["v1", "messages", "count_tokens"]) if self._settings.counting:
                return self._counted(call)
            case ("GET", ["v1", "models", *name]):
                return self._models(name)
            case (_, ["v1", "messages", "batches", *rest]) if self._settings.batching:
                return await self._batched(call, rest)
            case ("GET", ["results", name]):
                return self._batches.results(name.removesuffix(".jsonl"))
            case _:
                return failure(404, "no such address")

    def _may_ask(self, call: Call) -> bool:
        given = call.headers.get("authorization", "").removeprefix("Bearer ") or call.headers.get("x-api-key", "")
        return bool(given) and self._settings.key in {"", given}

    def _counted(self, call: Call) -> Answer:
        body = json.loads(call.body)
        self._books.outcomes["count_tokens"] += 1
        texts = [block["text"] for block in body.get("system") or []]
        texts += [turn["content"] for turn in body["messages"]]
        texts.append(json.dumps(body.get("output_config") or ""))
        return as_json(200, {"input_tokens": sum(tokens_in(text) for text in texts)})

    def _models(self, name: list[str]) -> Answer:
        known = self._settings.models or ("claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5")
        infos = [
            {"type": "model", "id": one, "display_name": one, "created_at": "2026-09-28T00:00:00Z"} for one in known
        ]
        if not name:
            return as_json(200, {"data": infos, "has_more": False, "first_id": known[0], "last_id": known[-1]})
        found = [info for info in infos if info["id"] == name[0]]
        return as_json(200, found[0]) if found else failure(404, f"model: {name[0]}")

    async def _batched(self, call: Call, rest: list[str]) -> Answer:
        host = call.headers.get("host", "")
        match (call.method, rest):
            case ("POST", []):
                return await self._batches.create(call.body, host)
            case ("GET", []):
                return self._batches.list_all(dict(parse_qsl(call.query)), host)
            case ("GET", [name]):
                return self._batches.retrieve(name, host)
            case ("POST", [name, "cancel"]):
                return self._batches.cancel(name, host)
            case ("GET", [name, "results"]):
                return self._batches.results(name)
            case _:
                return failure(404, "no such address")

    def change(self, values: Mapping[str, object]) -> None:
        """Behave differently from now on."""
        self._settings = self._settings.changed(values)
        self._messages.reconsider(self._settings)
        self._batches.reconsider()

    def data(self) -> dict[str, Any]:
        """What was seen so far."""
        return self._books.as_data() | {
            "batches": self._batches.as_data(),
            "cache_writes": self._messages.cache.writes,
            "rate_refusals": self._messages.limits.refusals,
        }

    def _controlled(self, call: Call) -> Answer:
        match call.path:
            case "/standin/settings":
                self.change(json.loads(call.body))
                return as_json(200, {})
            case "/standin/books":
                return as_json(200, self.data())
            case _:
                return failure(404, "no such control")
