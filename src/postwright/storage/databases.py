"""SQLite files of our own: made on first use, in WAL mode, durable, and every failure is one line."""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from postwright.domain.errors import StorageFailed
from postwright.storage.files import shown

_T = TypeVar("_T")

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_FORBIDDEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. `application` tells ours from any other SQLite database; `if_lost` is what moving it costs."""

    name: str  # as in "is no journal of Postwright"
    application: int
    version: int
    schema: tuple[str, ...]
    probe: str  # a statement that changes nothing, but fails on a file that cannot be written
    if_lost: str


class DatabaseFile:
    """An open file that several processes may share. A damaged file is reported and left alone."""

    def __init__(self, path: Path, kind: Kind, *, patience: float = 10.0, durable: bool = True) -> None:
        """Open or make the file. `patience` is how many seconds to wait for another process's lock.

        Not `durable`: what is written survives the end of the process, however it comes, but a power failure may
        take the last seconds of it.
        """
        self._synchronous = "FULL" if durable else "NORMAL"
        self._path = path
        self._kind = kind
        self._patience = patience
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(
                f"{shown(path)} cannot be made: {(error.strerror or '').lower()}", hint="check the folder"
            ) from error
        self._database = self.guarded(self._open)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """All rows of a query. Raises StorageFailed."""
        return self.guarded(lambda: self._database.execute(query, values).fetchall())

    def write(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> int:
        """One statement in a transaction of its own; the number of the row it inserted, if any."""

        def work() -> int:
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                return self._database.execute(statement, values).lastrowid or 0

        return self.guarded(work)

    def write_many(self, steps: Sequence[tuple[str, Sequence[object] | Mapping[str, object]]]) -> None:
        """Several statements, all or none."""

        def work() -> None:
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                for statement, values in steps:
                    self._database.execute(statement, values)

        self.guarded(work)

    def each(self, query: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """The rows of a query one by one, for what is too long to hold."""
        return self.guarded(lambda: self._database.execute(query, values))

    def close(self) -> None:
        self.guarded(self._database.close)

    def guarded(self, work: Callable[[], _T]) -> _T:
        try:
            return work()
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def damaged(self) -> StorageFailed:
        return StorageFailed(
            f"{shown(self._path)} is damaged; it was left as it is",
            hint=f"restore it from a backup, or move it aside: {self._kind.if_lost}",
        )

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
        database.execute(f"PRAGMA synchronous = {self._synchronous}")  # FULL: commits wait for the disk
        database.execute("BEGIN IMMEDIATE")
        with database:
            if self._is_new(database):
                for statement in self._kind.schema:
                    database.execute(statement)
                database.execute(f"PRAGMA application_id = {self._kind.application}")
                database.execute(f"PRAGMA user_version = {self._kind.version}")
            database.execute(self._kind.probe)  # better now than after a reply was paid for

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
        kind, name = self._kind, shown(self._path)
        if not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return True
        if database.execute("PRAGMA application_id").fetchone()[0] != kind.application:
            raise StorageFailed(f"{name} is no {kind.name} of Postwright", hint="move it aside")
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version != kind.version:
            raise StorageFailed(
                f"{name} was written by a newer Postwright ({kind.name} version {version})",
                hint="update Postwright, or use another folder with -o",
            )
        return False

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
            return self.damaged()
        return StorageFailed(f"{name} failed: {error}", hint="run again; if it stays so, move the file aside")


def _code(error: sqlite3.Error) -> int:
    """The primary code: the low byte. Errors of the Python layer (undecodable text in a row) have none."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF
