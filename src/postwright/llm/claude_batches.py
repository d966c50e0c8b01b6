"""Claude's Message Batches behind the `Batches` port. Results are fetched from the configured host only."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from postwright.domain.batches import BatchRow, BatchStatus, RowKind
from postwright.domain.errors import ModelError, ModelUnavailable
from postwright.llm.answers import ADDRESS_HINT, read_message
from postwright.llm.claude import ClaudeModel
from postwright.llm.faults import Fault, model_error

_BATCHES = "/v1/messages/batches"
_PAGE = 100
_UNDER_WAY = frozenset({"in_progress", "canceling"})
_COUNTS = ("processing", "succeeded", "errored", "canceled", "expired")
MOST_REQUESTS = 100_000
MOST_BYTES = 256 * 1024 * 1024


class ClaudeBatches:
    """The `Batches` of one `ClaudeModel`: same key, same host. `ttl` is that of the requests in the batches."""

    def __init__(self, claude: ClaudeModel, *, ttl: str = "1h") -> None:
        self._claude = claude
        self._ttl = ttl

    async def create(self, body: AsyncIterator[bytes], size: int) -> BatchStatus:
        return _status(await self._claude.post(_BATCHES, body, size))

    async def look(self, batch: str) -> BatchStatus:
        return _status(await self._claude.fetch(f"{_BATCHES}/{batch}"))

    async def recent(self, since: float) -> list[BatchStatus]:
        found: list[BatchStatus] = []
        after = ""
        while True:
            query = f"?limit={_PAGE}" + (f"&after_id={after}" if after else "")
            page = _mapping(await self._claude.fetch(_BATCHES + query))
            data = page.get("data")
            batches = [_status(entry) for entry in data] if isinstance(data, list) else []
            found += [batch for batch in batches if not _is_older(batch, since)]
            after = str(page.get("last_id") or "")
            if not page.get("has_more") or not after or any(_is_older(batch, since) for batch in batches):
                return found

    async def rows(self, batch: BatchStatus) -> AsyncGenerator[BatchRow, None]:
        async with aclosing(self._claude.lines(self._address(batch))) as lines:
            async for line in lines:
                if line.strip():
                    yield self._row(line)

    def _address(self, batch: BatchStatus) -> str:
        """Where the results are. The server names a whole URL, but our key goes to the configured host only."""
        address = urljoin(self._claude.base_url, batch.results)
        named, ours = urlsplit(address), urlsplit(self._claude.base_url)
        if batch.results and (named.scheme, named.netloc) == (ours.scheme, ours.netloc):
            return address
        return f"{_BATCHES}/{batch.id}/results"

    def _row(self, line: str) -> BatchRow:
        try:
            entry = _mapping(json.loads(line))
        except ValueError as error:
            raise ModelUnavailable("a line of the results is cut or altered", hint=ADDRESS_HINT) from error
        name, result = str(entry.get("custom_id", "")), _mapping(entry.get("result"))
        match result.get("type"):
            case "succeeded":
                return self._succeeded(name, result.get("message"))
            case "expired":
                late = ModelUnavailable("the batch expired before this request's turn came", hint="run again")
                return BatchRow(name, RowKind.EXPIRED, error=late)
            case "canceled":
                stopped = ModelUnavailable("the batch was canceled", hint="run the same command again")
                return BatchRow(name, RowKind.CANCELED, error=stopped)
            case _:
                return BatchRow(name, RowKind.ERRORED, error=self._fault(result))

    def _succeeded(self, name: str, message: object) -> BatchRow:
        try:
            answered = read_message(message, model=self._claude.name, ttl=self._ttl)
        except ModelError as error:
            return BatchRow(name, RowKind.ERRORED, error=error)
        usage = replace(answered.usage, batch=True)  # whatever the endpoint calls it, this was a batch
        return BatchRow(name, RowKind.SUCCEEDED, replace(answered, usage=usage))

    def _fault(self, result: Mapping[str, object]) -> ModelError:
        """The error of a row stands one level deeper than that of a response."""
        outer = _mapping(result.get("error"))
        inner = _mapping(outer.get("error")) or outer
        details = _mapping(inner.get("details"))
        kind, says = str(inner.get("type", "")), str(inner.get("message", ""))
        return model_error(Fault(0, kind, str(details.get("error_code", "")), says), self._claude.name)


def _status(data: object) -> BatchStatus:
    batch = _mapping(data)
    counts = {name: value for name, value in _mapping(batch.get("request_counts")).items() if isinstance(value, int)}
    name = batch.get("id")
    if not isinstance(name, str) or not name:
        raise ModelUnavailable("what came back is no batch", hint=ADDRESS_HINT, maybe_paid=True)
    size = sum(counts.get(count, 0) for count in _COUNTS)
    state, results = batch.get("processing_status"), str(batch.get("results_url") or "")
    return BatchStatus(
        id=name,
        ended=state == "ended" or (state not in _UNDER_WAY and bool(results or batch.get("ended_at"))),
        created=_seconds(batch.get("created_at")),
        size=size,
        done=size - counts.get("processing", 0),
        results=results,
        gone=bool(batch.get("archived_at")) and not results,
    )


def _is_older(batch: BatchStatus, moment: float) -> bool:
    """Whether a batch was surely created before; one without a date may be any."""
    return 0 < batch.created < moment


def _seconds(moment: object) -> float:
    try:
        return datetime.fromisoformat(str(moment)).timestamp()
    except ValueError:
        return 0.0


def _mapping(value: object) -> Mapping[str, object]:
    if isinstance(value, str):  # JSON under another content type comes as text
        with suppress(ValueError):
            value = json.loads(value)
    return value if isinstance(value, dict) else {}
