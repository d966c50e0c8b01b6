"""Writes paid replies in a thread: those that come together share one wait for the disk, and nobody else waits."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from postwright.domain.errors import StorageFailed
from postwright.domain.model import Answered
from postwright.storage.journal import SqliteJournal

_Reply = tuple[str, Answered, str]


class Scribe:
    """A second hand on a journal. A reply is durable when `remember` returns; what is left is written by `close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scribe")
        self._journal: SqliteJournal | None = None
        self._waiting: list[tuple[_Reply, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._closed = False

    async def remember(self, key: str, answered: Answered, units: str) -> None:
        """Store a reply. Raises StorageFailed."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(((key, answered, units), done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        await done

    async def _write_all(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            failed: StorageFailed | None = None
            try:
                work = self._thread.submit(self._write, [reply for reply, _ in together])
                await asyncio.shield(asyncio.wrap_future(work))
            except StorageFailed as error:
                failed = error
            for _, done in together:
                if done.done():
                    continue
                if failed:
                    done.set_exception(failed)
                else:
                    done.set_result(None)

    def _write(self, replies: list[_Reply]) -> None:
        if self._journal is None:
            self._journal = SqliteJournal(self._path)
        self._journal.remember_all(replies)

    def close(self) -> None:
        """Write what is left, even when nobody waits for it any more."""
        left, self._waiting = self._waiting, []
        if self._closed:
            return
        self._closed = True
        try:
            if left:
                self._thread.submit(self._write, [reply for reply, _ in left]).result()
            if self._journal is not None:
                self._thread.submit(self._journal.close).result()
        finally:
            self._thread.shutdown()
