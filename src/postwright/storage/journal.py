"""The durable memory of paid replies: one SQLite file in WAL mode. It holds replies and units, never credentials."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from postwright.domain.errors import StorageFailed
from postwright.domain.model import Answered, Stop, Usage
from postwright.storage.databases import DatabaseFile, Kind

_TABLE = """
CREATE TABLE replies (
    number     INTEGER PRIMARY KEY,
    key        TEXT NOT NULL,              -- SHA-256 of the canonical JSON of the complete request
    created    TEXT NOT NULL,              -- ISO 8601, UTC
    model      TEXT NOT NULL,
    stop       TEXT NOT NULL,
    request_id TEXT NOT NULL,
    usage      TEXT NOT NULL,              -- JSON of the token counts
    text       TEXT NOT NULL,              -- what the model said
    raw        TEXT NOT NULL,              -- the whole message as JSON
    units      TEXT NOT NULL,              -- the numbered units that the reply speaks of, as they were sent
    digest     TEXT NOT NULL,              -- SHA-256 of text and raw: a damaged row must not pass as a reply
    set_aside  INTEGER NOT NULL DEFAULT 0  -- 1: paid for, but not to be used again
)
"""
_INDEX = "CREATE UNIQUE INDEX current_reply ON replies (key) WHERE set_aside = 0"

_REMEMBER = """
INSERT INTO replies (key, created, model, stop, request_id, usage, text, raw, units, digest, set_aside)
VALUES (:key, :created, :model, :stop, :request_id, :usage, :text, :raw, :units, :digest,
        EXISTS (SELECT 1 FROM replies WHERE key = :key AND set_aside = 0))
"""

_JOURNAL = Kind(
    name="journal",
    application=0x506F7374,  # "Post"
    version=1,
    schema=(_TABLE, _INDEX),
    probe="UPDATE replies SET set_aside = 0 WHERE FALSE",
    if_lost="replies in it would then be paid for again",
)


class SqliteJournal:
    """A `Journal` in one file that several processes may share. Every failure is a one-line StorageFailed.

    A damaged file is reported and left alone: what it holds was paid for.
    """

    def __init__(self, path: Path, *, patience: float = 10.0) -> None:
        """Open or make the journal. `patience` is how many seconds to wait for another process's lock."""
        self._file = DatabaseFile(path, _JOURNAL, patience=patience)

    def recall(self, key: str) -> Answered | None:
        query = """SELECT text, stop, usage, model, request_id, raw, digest FROM replies
                   WHERE key = ? AND set_aside = 0"""
        rows = self._file.rows(query, (key,))
        if not rows:
            return None
        text, stop, usage, model, request_id, raw, digest = cast("tuple[str, str, str, str, str, str, str]", rows[0])
        try:
            counts = Usage(**json.loads(usage))
            ending = Stop(stop)
        except (ValueError, TypeError) as error:
            raise self._damaged() from error
        if digest != _digest(text, raw):
            raise self._damaged()
        return Answered(text, ending, counts, model, request_id, raw, remembered=True)

    def knows(self, key: str) -> bool:
        """True if `recall` would find a reply; cheaper, and nothing of the reply is read."""
        return bool(self._file.rows("SELECT 1 FROM replies WHERE key = ? AND set_aside = 0", (key,)))

    def remember(self, key: str, answered: Answered, *, units: str) -> None:
        self._file.write(_REMEMBER, _row(key, answered, units))

    def remember_all(self, replies: Iterable[tuple[str, Answered, str]]) -> None:
        """Store several replies, each with its units, with one wait for the disk: all or none."""
        self._file.write_many([(_REMEMBER, _row(*reply)) for reply in replies])

    def set_aside(self, key: str) -> None:
        self._file.write("UPDATE replies SET set_aside = 1 WHERE key = :key", {"key": key})

    def units(self, key: str) -> str | None:
        """The numbered units that the current reply to this request speaks of, as they were sent."""
        rows = self._file.rows("SELECT units FROM replies WHERE key = ? AND set_aside = 0", (key,))
        return cast("str", rows[0][0]) if rows else None

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _damaged(self) -> StorageFailed:
        return self._file.damaged()


def _row(key: str, answered: Answered, units: str) -> dict[str, str]:
    return {
        "key": key,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": answered.model,
        "stop": answered.stop.value,
        "request_id": answered.request_id,
        "usage": json.dumps(asdict(answered.usage)),
        "text": answered.text,
        "raw": answered.raw,
        "units": units.encode("utf-8", "replace").decode("utf-8"),
        "digest": _digest(answered.text, answered.raw),
    }


def _digest(text: str, raw: str) -> str:
    return hashlib.sha256(f"{text}\0{raw}".encode("utf-8", "surrogatepass")).hexdigest()
