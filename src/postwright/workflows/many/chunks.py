"""A batch of requests on its way to the API: written to a file as it grows, so that its size costs no memory."""

import asyncio
import hashlib
import json
import tempfile
from collections.abc import AsyncIterator, Mapping
from typing import Any

from postwright.storage.batch_rows import Row

MOST_ROWS = 50_000
MOST_BYTES = 128 * 1024 * 1024
"""Half of what the API takes: what is lost with a broken upload is bounded, and a slow line stays within its time."""
_PIECE = 1 << 18
_OPEN, _CLOSE = b'{"requests":[', b"]}"


def custom_id(path: str, key: str) -> str:
    """The name of a request in a batch: the same for the same posting with the same request, else another."""
    said = f"{path}\0{key}".encode("utf-8", "surrogateescape")
    return f"pw_{hashlib.sha256(said).hexdigest()[:40]}"


class Chunk:
    """Requests for one batch. `worst` is what they may cost at most, in US dollars."""

    def __init__(self, *, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES) -> None:
        self._most_rows = most_rows
        self._most_bytes = most_bytes
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the chunk
        self._file.write(_OPEN)
        self.size = len(_OPEN) + len(_CLOSE)
        self.rows: list[Row] = []
        self.worst = 0.0

    def add(self, path: str, key: str, request: Mapping[str, Any], worst: float) -> bool:
        """Take a request in; False when there is no room for it any more."""
        row = Row(custom_id(path, key), key, path)
        entry = {"custom_id": row.custom_id, "params": request}
        data = json.dumps(entry, separators=(",", ":")).encode("ascii")
        grown = self.size + len(data) + bool(self.rows)
        if self.rows and (len(self.rows) >= self._most_rows or grown > self._most_bytes):
            return False
        self._file.write(b"," + data if self.rows else data)
        self.size = grown
        self.rows.append(row)
        self.worst += worst
        return True

    async def body(self) -> AsyncIterator[bytes]:
        """The whole JSON of the batch, piece by piece; can be read again."""
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece
            await asyncio.sleep(0)
        yield _CLOSE

    def close(self) -> None:
        self._file.close()
