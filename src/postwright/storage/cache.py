"""What can be made again at a price in time, kept for a day in the user's own cache folder.

Not among the postings: who may change a posting must not be able to write what is said about it.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from postwright.domain.errors import PostwrightError
from postwright.storage.files import read_bytes, write_bytes


class Cache(NamedTuple):
    """A folder of entries by key. It never fails: what cannot be read is not there, what cannot be written not kept."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        with suppress(PostwrightError):
            return read_bytes(self.folder / key)
        return None

    def put(self, key: str, entry: bytes) -> None:
        with suppress(PostwrightError):
            write_bytes(self.folder / key, entry, durable=False)


def cache_of(day: str) -> Cache | None:
    """The entries of this day and of this very program. Those of other days and programs are removed.

    None where the system has no place for them.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 - of no use to who checks a single file

    folder = user_cache_path("postwright", appauthor=False) / "check" / f"{day}-{_of_this_program()}"
    if not folder.is_absolute():  # a user without a home
        return None
    try:
        if not folder.is_dir():
            _remove_others(folder)
            folder.mkdir(mode=0o700, parents=True)
    except OSError:
        return None
    return Cache(folder)


def _remove_others(folder: Path) -> None:
    from shutil import rmtree  # noqa: PLC0415 - once a day

    with suppress(FileNotFoundError):
        for other in folder.parent.iterdir():
            rmtree(other, ignore_errors=True)


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
