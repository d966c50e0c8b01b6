"""Reads and writes whole files: bounded, atomic, never through a link that leads out of the tree."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from postwright.domain.errors import PostingUnreadable, PostwrightError, StorageFailed

READ_LIMIT = 1_000_000
"""Bytes. The longest of 240 real postings has 40 kB; what is larger is no posting."""

TEMPORARY = ".postwright-"
"""How the names of files begin that are being written."""

_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe must not block us
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def shown(path: Path) -> str:
    """A path as one printable line: names may hold line breaks, control characters and undecodable bytes."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in str(path))


def read_bytes(path: Path, *, limit: int = READ_LIMIT, failure: type[PostwrightError] = PostingUnreadable) -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Anything else raises `failure`, in one line."""
    try:
        descriptor = os.open(path, _READ_FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise failure(f"{shown(path)} is not a file", hint="name a file that holds text")
            data = file.read(limit + 1)
    except OSError as error:
        raise failure(f"{shown(path)} cannot be read: {_reason(error)}", hint=_read_hint(error)) from error
    if len(data) > limit:
        raise failure(f"{shown(path)} is larger than {limit:,} bytes", hint="split it, or leave it out")
    return data


def write_bytes(path: Path, data: bytes, *, within: Path | None = None, durable: bool = True) -> Path:
    """Write a file whole or not at all, and return where it really is.

    Not `durable`: the disk is not waited for, so that a power failure may undo it. For what can be made again.

    Missing folders are made. The permissions of an existing file stay. A symbolic link is followed when it
    stays within `within` (by default: the folder of `path`), else nothing is written. Raises StorageFailed.
    """
    target = _target(path, within)
    with _written(path, target, durable=durable) as file:
        file.write(data)
    return target


def write_text(path: Path, text: str, *, within: Path | None = None, durable: bool = True) -> Path:
    """`write_bytes` of the text in UTF-8. Line ends stay as they are."""
    return write_bytes(path, text.encode("utf-8"), within=within, durable=durable)


@contextmanager
def writing(path: Path, *, within: Path | None = None) -> Iterator[BinaryIO]:
    """`write_bytes` piece by piece: the file appears whole when the block ends, and not at all when it breaks off."""
    with _written(path, _target(path, within), durable=True) as file:
        yield file


@contextmanager
def _written(path: Path, target: Path, *, durable: bool) -> Iterator[BinaryIO]:
    try:
        mode = _mode_to_keep(target)
        folder = target.parent
        # A name of our own: the target's name plus a suffix may be longer than the file system allows.
        temporary = folder / f"{TEMPORARY}{os.urandom(6).hex()}.tmp"
        descriptor = _opened(temporary, folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                if durable:
                    file.flush()
                    os.fsync(descriptor)
            if mode is not None:
                temporary.chmod(mode)
            temporary.replace(target)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        if durable:
            _sync_folder(folder)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise StorageFailed(f"{shown(path)} is a link that leads nowhere", hint="remove the link") from error
        raise StorageFailed(f"{shown(path)} cannot be written: {_reason(error)}", hint=_write_hint(error)) from error


def _opened(temporary: Path, folder: Path) -> int:
    """A new file in a folder, which is made when it is not there: mostly it is."""
    try:
        return os.open(temporary, _WRITE_FLAGS, 0o666)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(temporary, _WRITE_FLAGS, 0o666)


def _target(path: Path, within: Path | None) -> Path:
    """Where a file really is. What a loop of links leaves unresolved cannot be written later."""
    root, target = os.path.realpath(within or path.parent), os.path.realpath(path)
    if not target.startswith(os.path.join(root, "")):  # noqa: PTH118 - with the separator behind it
        raise StorageFailed(
            f"{shown(path)} leads out of {shown(Path(root))}: nothing was written",
            hint="replace the symbolic link by a real file or folder",
        )
    return Path(target)


def _mode_to_keep(target: Path) -> int | None:
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None
    if not mode & 0o222:  # replacing needs only the folder's permission, but the owner said: do not write
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return mode


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too. Some systems cannot, and the data itself is safe by then."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _read_hint(error: OSError) -> str:
    if error.errno in _FORBIDDEN:
        return "check its permissions"
    return "check the path"


def _write_hint(error: OSError) -> str:
    if error.errno in _FULL:
        return "free some space and run again: the old file is untouched"
    if error.errno in _FORBIDDEN:
        return "check the permissions, or write elsewhere with -o"
    return "check the path, or write elsewhere with -o"
