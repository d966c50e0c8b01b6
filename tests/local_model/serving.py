"""`python -m local_model.serving PACKAGES MODEL`: llama.cpp's server until standard input closes; says its address."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from local_model.fetching import Fetched

CONTEXT = 8_192
"""Tokens: what the model was trained for."""
_SEED = 7


@contextmanager
def served(what: Fetched, log: Path) -> Iterator[str]:
    """The address of a server of its own process, for as long as the block runs. Its talk goes to `log`."""
    command = [sys.executable, "-m", "local_model.serving", str(what.packages), str(what.model)]
    with log.open("w") as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            address = next((line.strip() for line in process.stdout if line.startswith("http://")), "")
            assert address, f"the server did not start, see {log}"
            yield address
        finally:
            process.stdin.close()
            process.wait(timeout=60)
            process.stdout.close()


def _main(packages: str, model: str) -> None:
    sys.path.append(packages)
    llama = import_module("xllamacpp")
    settings = llama.CommonParams()
    settings.model.path = model
    settings.n_ctx = CONTEXT
    settings.n_parallel = 1
    settings.sampling.seed = _SEED
    # Its threads wait for each other in a busy loop: on a machine that others use, one too many costs all its speed.
    settings.cpuparams.n_threads = max(1, (os.cpu_count() or 1) // 2)
    server = llama.Server(settings)
    print(server.listening_address, flush=True)  # noqa: T201 - whoever started us reads it here
    sys.stdin.read()


if __name__ == "__main__":
    _main(*sys.argv[1:])
