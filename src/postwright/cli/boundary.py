"""Where errors meet the person: one line with a hint and the right exit code, never a traceback."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import click

from postwright.domain.errors import PostwrightError, StorageFailed

_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})


class ExitCode(IntEnum):
    """A finding and a failure never share a code."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    FAILED = 3
    BUG = 70
    INTERRUPTED = 130


def printable(text: str) -> str:
    """Foreign text for a terminal: one line, no control characters."""
    flat = " ".join(text.split())
    return "".join(c if c.isprintable() else "?" for c in flat)


def complain(error: PostwrightError) -> None:
    """One line on stderr: what happened, and what to do."""
    hint = f"  hint: {printable(error.hint)}" if error.hint else ""
    says = printable(error.says).rstrip(".")
    click.echo(f"error: {says}.{hint}", err=True)


@contextmanager
def boundary() -> Iterator[None]:
    """Turns what is raised into words and an exit code. The only place that catches everything."""
    try:
        yield
    except PostwrightError as error:
        complain(error)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted; finished work is kept, run the same command to go on", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.DONE)
    except (click.ClickException, click.exceptions.Exit):
        raise
    except Exception as error:  # noqa: BLE001 - the last line of defence
        if isinstance(error, OSError) and error.errno in _OF_THE_DISK:  # of a temporary file, say
            complain(StorageFailed(f"the disk failed: {error.strerror}", hint="free some space and run again"))
            sys.exit(ExitCode.FAILED)
        _report_bug(error)
        sys.exit(ExitCode.BUG)


def _report_bug(error: Exception) -> None:
    import os
    import traceback
    from pathlib import Path

    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown place"
    says = printable(str(error))[:160]
    click.echo(f"error: this is our bug: {type(error).__name__} at {where}: {says}", err=True)
    click.echo("  hint: set POSTWRIGHT_DEBUG=1 for the traceback, and report it", err=True)
    if os.environ.get("POSTWRIGHT_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
