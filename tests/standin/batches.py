"""Message Batches: made at once, worked on for a while, results by an absolute address, best-effort cache."""

import asyncio
import json
import random
import re
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from standin.books import Books, key_of
from standin.messages import Messages, failure, wrong_with
from standin.server import Answer, Manner, as_json

_MOST_REQUESTS, _MOST_BYTES = 100_000, 256 * 1024 * 1024
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_AT_ONCE = 50  # rows of a batch that are worked on together: they do not see what the others write


@dataclass(slots=True)
class _Batch:
    id: str
    created: datetime
    ends: float  # monotonic seconds
    rows: list[str]  # result lines
    keys: list[str]
    counts: Counter[str] = field(default_factory=Counter)
    canceled: bool = False


class Batches:
    """All batches of the stand-in, newest last."""

    def __init__(self, messages: Messages, books: Books) -> None:
        self._messages = messages
        self._books = books
        self._batches: dict[str, _Batch] = {}
        self._random = random.Random(messages.settings.seed)  # noqa: S311 - repeatable
        self._results_to_cut = messages.settings.results_cut
        self._results_to_shorten = messages.settings.results_short

    async def create(self, raw: bytes, host: str) -> Answer:
        settings = self._messages.settings
        if settings.busy_seconds:
            return failure(429, "Too many batches.", headers={"retry-after": str(settings.busy_seconds)})
        if len(raw) > _MOST_BYTES:
            return failure(413, "Request exceeds the maximum size")
        requests = json.loads(raw).get("requests") or []
        if why := _wrong(requests):
            return failure(400, why)
        await asyncio.sleep(settings.create_waits_before)
        batch = _Batch(f"msgbatch_{self._random.getrandbits(80):020x}", datetime.now(UTC), 0.0, [], [])
        await self._work(batch, requests)
        batch.ends = time.monotonic() + settings.batch_seconds
        self._batches[batch.id] = batch
        self._books.outcomes["batch made"] += 1
        await asyncio.sleep(settings.create_waits_after)
        return as_json(200, self._shown(batch, host))

    async def _work(self, batch: _Batch, requests: list[Mapping[str, Any]]) -> None:
        for start in range(0, len(requests), _AT_ONCE):
            now = time.monotonic()
            for request in requests[start : start + _AT_ONCE]:
                result = self._result(request["params"], batch, now)
                batch.counts[str(result["type"])] += 1
                batch.rows.append(json.dumps({"custom_id": request["custom_id"], "result": result}))
            await asyncio.sleep(0)

    def _result(self, body: Mapping[str, Any], batch: _Batch, now: float) -> dict[str, object]:
        settings, drawn = self._messages.settings, self._random.random()
        key = key_of(body)
        self._books.asked(key, now)
        if why := wrong_with(body):
            return _error("invalid_request_error", why)
        if drawn < settings.row_expired:
            return {"type": "expired"}
        if drawn < settings.row_expired + settings.row_errored:
            return _error("api_error", "Internal server error")
        if drawn < settings.row_expired + settings.row_errored + settings.row_invalid:
            return _error("invalid_request_error", "messages: something is wrong with this one")
        found = settings.cache and self._random.random() < settings.batch_hits
        counted = self._messages.cache.count(body, start=now, begins=now + 1e-6, found=found)
        message, _ = self._messages.message(body, counted, batch=True)
        self._books.usages.append(message["usage"])
        batch.keys.append(key)
        return {"type": "succeeded", "message": message}

    def retrieve(self, name: str, host: str) -> Answer:
        batch = self._batches.get(name)
        if batch is None or (self._messages.settings.forgets_batches and batch.ends <= time.monotonic()):
            return failure(404, f"no batch {name}")
        return as_json(200, self._shown(batch, host))

    def list_all(self, query: Mapping[str, str], host: str) -> Answer:
        newest = [self._shown(batch, host) for batch in reversed(self._batches.values())]
        names = [shown["id"] for shown in newest]
        start = names.index(query["after_id"]) + 1 if query.get("after_id") in names else 0
        limit = int(query.get("limit", "20"))
        page = newest[start : start + limit]
        ids = {"first_id": page[0]["id"] if page else None, "last_id": page[-1]["id"] if page else None}
        return as_json(200, {"data": page, "has_more": start + limit < len(newest), **ids})

    def cancel(self, name: str, host: str) -> Answer:
        batch = self._batches.get(name)
        if batch is None:
            return failure(404, f"no batch {name}")
        batch.canceled, batch.ends = True, time.monotonic()
        ids = [json.loads(row)["custom_id"] for row in batch.rows]
        batch.rows = [json.dumps({"custom_id": one, "result": {"type": "canceled"}}) for one in ids]
        batch.counts = Counter(canceled=len(ids))
        return as_json(200, self._shown(batch, host))

    def results(self, name: str) -> Answer:
        batch = self._batches.get(name)
        if batch is None or batch.ends > time.monotonic():
            return failure(404, f"no results of {name}")
        rows = batch.rows
        if self._results_to_shorten > 0:
            self._results_to_shorten -= 1
            rows = rows[:-1]
        body = "".join(f"{row}\n" for row in rows).encode()
        manner = Manner.WHOLE
        if self._results_to_cut > 0:
            self._results_to_cut -= 1
            manner = Manner.CUT
        return Answer(200, body, {"content-type": "application/binary"}, manner, lambda: self._sent(batch))

    def reconsider(self) -> None:
        self._results_to_cut = self._messages.settings.results_cut
        self._results_to_shorten = self._messages.settings.results_short

    def as_data(self) -> list[dict[str, object]]:
        return [{"id": b.id, "rows": len(b.rows), "counts": dict(b.counts)} for b in self._batches.values()]

    def _sent(self, batch: _Batch) -> None:
        now = time.monotonic()
        self._books.delivered.update(dict.fromkeys(batch.keys, now))

    def _shown(self, batch: _Batch, host: str) -> dict[str, Any]:
        ended = time.monotonic() >= batch.ends
        total = len(batch.rows)
        counts = batch.counts if ended else Counter(processing=total)
        kinds = ("processing", "succeeded", "errored", "canceled", "expired")
        archived = ended and self._messages.settings.archives_batches
        address = f"http://{self._messages.settings.results_host or host}/results/{batch.id}.jsonl"
        return {
            "id": batch.id,
            "type": "message_batch",
            "processing_status": "ended" if ended else "in_progress",
            "request_counts": {kind: counts[kind] for kind in kinds},
            "created_at": batch.created.isoformat(),
            "expires_at": (batch.created + timedelta(hours=24)).isoformat(),
            "ended_at": datetime.now(UTC).isoformat() if ended else None,
            "archived_at": datetime.now(UTC).isoformat() if archived else None,
            "cancel_initiated_at": None,
            "results_url": address if ended and not archived else None,
        }


def _wrong(requests: list[Mapping[str, Any]]) -> str:
    if not requests:
        return "requests: at least one is required"
    if len(requests) > _MOST_REQUESTS:
        return "requests: too many"
    names = [str(request.get("custom_id")) for request in requests]
    if bad := next((name for name in names if not _ID.fullmatch(name)), None):
        return f"custom_id {bad!r} is not valid"
    return "" if len(set(names)) == len(names) else "custom_id: must be unique"


def _error(kind: str, words: str) -> dict[str, object]:
    return {"type": "errored", "error": {"type": "error", "error": {"type": kind, "message": words}}}
