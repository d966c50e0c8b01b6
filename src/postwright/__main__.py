"""The program: `postwright`, and `python -m postwright`."""

import atexit
import gc
import sys

_INTERRUPTED = 130
_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def run() -> None:
    """The command line, with the garbage collector out of its way: a tenth of a cold `check` was its work.

    What a command loads lives as long as the command, so cycles are looked for seldom, and not at all at the end.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    atexit.register(gc.freeze)
    try:
        from postwright.cli.main import main  # noqa: PLC0415 - loading is what makes the objects
    except KeyboardInterrupt:  # before there is anyone to say more
        sys.exit(_INTERRUPTED)
    main()


if __name__ == "__main__":
    run()
