"""What can be made again at a price in time, kept for a day in the user's own cache folder.

Not among the postings: who may change a posting must not be able to write what is said about it.
"""

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from postwright.domain.errors import StorageFailed

if TYPE_CHECKING:
    from postwright.storage.databases import DatabaseFile

_PATIENCE = 1.0  # seconds that an entry may wait for other processes


class Cache(NamedTuple):
    """A file of entries by key, which processes share. It never fails: what it cannot read or keep is not there."""

    file: Path

    def get(self, key: str) -> bytes | None:
        """The entry under a key, or None."""
        with suppress(StorageFailed):
            if database := _opened(self.file, os.getpid()):
                for (entry,) in database.rows("SELECT entry FROM entries WHERE key = ?", (key,)):
                    return entry if isinstance(entry, bytes) else None
        return None

    def put(self, key: str, entry: bytes) -> None:
        """Keep an entry, in place of what was there."""
        with suppress(StorageFailed):
            if database := _opened(self.file, os.getpid()):
                database.write("INSERT OR REPLACE INTO entries VALUES (?, ?)", (key, entry))


@lru_cache(maxsize=4)
def _opened(file: Path, _process: int) -> "DatabaseFile | None":
    """The file as this process opened it: a connection is not to be shared with a forked one."""
    from postwright.storage.databases import DatabaseFile, Kind  # noqa: PLC0415 - SQLite is of no use to a single file

    kind = Kind(
        name="cache",
        application=0x506F4361,  # "PoCa"
        version=1,
        schema=("CREATE TABLE entries (key TEXT PRIMARY KEY, entry BLOB NOT NULL) STRICT, WITHOUT ROWID",),
        probe="DELETE FROM entries WHERE key = ''",
        if_lost="nothing is lost",
    )
    with suppress(StorageFailed):
        return DatabaseFile(file, kind, patience=_PATIENCE, durable=False)
    return None


def cache_of(day: str) -> Cache | None:
    """The entries of this day and of this very program. Those of other days and programs are removed.

    None where the system has no place for them.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 - of no use to who checks a single file

    folder = user_cache_path("postwright", appauthor=False) / "check"
    if not folder.is_absolute():  # a user without a home
        return None
    try:
        file = folder / f"{day}-{_of_this_program()}.sqlite3"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            for other in folder.iterdir():
                if other.is_file() and not other.name.startswith(file.name):  # another process may have begun it
                    other.unlink(missing_ok=True)
    except OSError:
        return None
    return Cache(file)


def _of_this_program() -> str:
    """Sixteen hex digits that change with every file of the program."""
    from hashlib import blake2b  # noqa: PLC0415 - a few ms

    home = Path(__file__).parents[1]
    digest = blake2b(digest_size=8)
    for folder, folders, files in os.walk(home):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            entry = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - three hundred files
            digest.update(f"{name} {entry.st_size} {entry.st_mtime_ns}\n".encode())
    return digest.hexdigest()
