"""The durable memory of paid replies: one SQLite file in WAL mode. It holds replies and units, never credentials."""

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from postwright.domain.errors import StorageFailed
from postwright.domain.model import Answered, Stop, Usage
from postwright.storage.files import shown

_T = TypeVar("_T")

_APPLICATION = 0x506F7374  # "Post": tells our file from any other SQLite database
_VERSION = 1

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

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_FORBIDDEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})


class SqliteJournal:
    """A `Journal` in one file that several processes may share. Every failure is a one-line StorageFailed.

    A damaged file is reported and left alone: what it holds was paid for.
    """

    def __init__(self, path: Path, *, patience: float = 10.0) -> None:
        """Open or make the journal. `patience` is how many seconds to wait for another process's lock."""
        self._path = path
        self._patience = patience
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(
                f"{shown(path)} cannot be made: {(error.strerror or '').lower()}", hint="check the folder"
            ) from error
        self._database = self._guarded(self._open)

    def recall(self, key: str) -> Answered | None:
        return self._guarded(lambda: self._recall(key))

    def remember(self, key: str, answered: Answered, *, units: str) -> None:
        row = {
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
        self._guarded(lambda: self._write(_REMEMBER, row))

    def set_aside(self, key: str) -> None:
        self._guarded(lambda: self._write("UPDATE replies SET set_aside = 1 WHERE key = :key", {"key": key}))

    def units(self, key: str) -> str | None:
        """The numbered units that the current reply to this request speaks of, as they were sent."""
        query = "SELECT units FROM replies WHERE key = ? AND set_aside = 0"
        row: tuple[str] | None = self._guarded(lambda: self._database.execute(query, (key,)).fetchone())
        return row[0] if row else None

    def close(self) -> None:
        self._guarded(self._database.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=self._patience, isolation_level=None)
        try:
            self._prepare(database)
        except BaseException:
            database.close()
            raise
        return database

    def _prepare(self, database: sqlite3.Connection) -> None:
        self._is_new(database)  # refuses what is not ours before anything in it is changed
        self._use_wal(database)
        database.execute("PRAGMA synchronous = FULL")  # a commit returns when its bytes are on the disk
        database.execute("BEGIN IMMEDIATE")
        with database:
            if self._is_new(database):
                database.execute(_TABLE)
                database.execute(_INDEX)
                database.execute(f"PRAGMA application_id = {_APPLICATION}")
                database.execute(f"PRAGMA user_version = {_VERSION}")
            # Changes nothing, but fails on a read-only file: better now than after a reply was paid for.
            database.execute("UPDATE replies SET set_aside = 0 WHERE FALSE")

    def _use_wal(self, database: sqlite3.Connection) -> None:
        """Switch a new file to WAL. SQLite does not wait for the lock that this takes, so we do."""
        deadline = time.monotonic() + self._patience
        while True:
            try:
                database.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if _code(error) not in _BUSY or time.monotonic() > deadline:
                    raise
            else:
                return
            time.sleep(0.02)

    def _is_new(self, database: sqlite3.Connection) -> bool:
        """True for an empty file. Refuses a database that is not ours, or that a newer Postwright wrote."""
        if not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return True
        if database.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            raise StorageFailed(f"{shown(self._path)} is no journal of Postwright", hint="move it aside")
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            raise StorageFailed(
                f"{shown(self._path)} was written by a newer Postwright (journal version {version})",
                hint="update Postwright, or use another folder with -o",
            )
        return False

    def _recall(self, key: str) -> Answered | None:
        query = """SELECT text, stop, usage, model, request_id, raw, digest FROM replies
                   WHERE key = ? AND set_aside = 0"""
        with closing(self._database.execute(query, (key,))) as rows:
            row: tuple[str, str, str, str, str, str, str] | None = rows.fetchone()
        if row is None:
            return None
        text, stop, usage, model, request_id, raw, digest = row
        try:
            counts = Usage(**json.loads(usage))
            ending = Stop(stop)
        except (ValueError, TypeError) as error:
            raise self._damaged() from error
        if digest != _digest(text, raw):
            raise self._damaged()
        return Answered(text, ending, counts, model, request_id, raw, remembered=True)

    def _write(self, statement: str, values: dict[str, str]) -> None:
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.execute(statement, values)

    def _guarded(self, work: Callable[[], _T]) -> _T:
        try:
            return work()
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def _failed(self, error: sqlite3.Error) -> StorageFailed:
        code = _code(error)
        name = shown(self._path)
        if code in _BUSY:
            return StorageFailed(
                f"{name} is in use by another run (waited {self._patience:g} s)",
                hint="wait for the other run to end, or use another folder with -o",
            )
        if code == sqlite3.SQLITE_FULL:
            return StorageFailed(f"{name} cannot grow: the disk is full", hint="free some space and run again")
        if code in _FORBIDDEN:
            return StorageFailed(
                f"{name} cannot be opened for writing", hint="check its permissions, or use another folder with -o"
            )
        if code in _DAMAGED:
            return self._damaged()
        return StorageFailed(f"{name} failed: {error}", hint="run again; if it stays so, move the file aside")

    def _damaged(self) -> StorageFailed:
        return StorageFailed(
            f"{shown(self._path)} is damaged; it was left as it is",
            hint="restore it from a backup, or move it aside: replies in it would then be paid for again",
        )


def _code(error: sqlite3.Error) -> int:
    """The primary code: the low byte. Errors of the Python layer (undecodable text in a row) have none."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF


def _digest(text: str, raw: str) -> str:
    return hashlib.sha256(f"{text}\0{raw}".encode("utf-8", "surrogatepass")).hexdigest()
