"""`poe e2e-local`: rewrites by a real small model, whose answers are nonsense that nobody scripted. That is the point.

Exit code 1 when the independent checker finds anything in a draft, a posting was touched, or a command crashed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from local_model.counting import Figures, figures_of, table
from local_model.fetching import fetched
from local_model.gateway import Gateway, gateway
from local_model.serving import served

_ROOT = Path(__file__).parents[2]
_PROMPTS = Path(__file__).parent / "prompts"
_MODEL = "smollm2-135m"
_PAUSE = 3_600
POSTINGS = (
    "forward-deployed-engineer.md",
    "smart-app-developer.md",
    "device-quality-engineer-ie.md",
    "grc-analyst-vendor.md",
    "clinical-data-engineer.md",
    "mlops-engineer-hospital-ai.md",
)
"""Short ones of several kinds: the model's context holds no long one twice."""


def main() -> int:
    options = argparse.ArgumentParser(prog="poe e2e-local", description=__doc__)
    options.add_argument("--postings", type=int, default=len(POSTINGS), help="how many to work on in each mode")
    options.add_argument("--mode", choices=["plain", "constrained", "both"], default="both")
    options.add_argument("--keep", type=Path, help="folder for drafts and reviews, to look at them")
    wanted = options.parse_args()
    modes = ["plain", "constrained"] if wanted.mode == "both" else [wanted.mode]
    found: list[Figures] = []
    with tempfile.TemporaryDirectory() as scratch, served(fetched(), Path(scratch) / "server.log") as server:
        for mode in modes:
            with gateway(server, constrained=mode == "constrained") as desk:
                for name in POSTINGS[: wanted.postings]:
                    found.append(_rewritten(name, mode, desk, (wanted.keep or Path(scratch)) / mode))
                    _say(found[-1].line())
    _say("\n".join(table(found)))
    return int(any(figures.alarms for figures in found))


def _rewritten(name: str, mode: str, desk: Gateway, out: Path) -> Figures:
    """One posting through the real command, and what the books and the checker say of it."""
    posting = _ROOT / "fixtures" / "postings" / name
    before, begun, seen = posting.read_bytes(), time.monotonic(), len(desk.exchanges)
    command = [
        *(sys.executable, "-m", "postwright", "rewrite", str(posting), "--anyway", "--model", _MODEL),
        *("--prompts", str(_PROMPTS), "-o", str(out / posting.stem)),
    ]
    environment = {**os.environ, "ANTHROPIC_BASE_URL": desk.address, "ANTHROPIC_API_KEY": "local"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=_PAUSE, check=False)
    return figures_of(
        name,
        mode,
        desk.exchanges[seen:],
        out / posting.stem,
        exit_code=done.returncode,
        said=done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "",
        touched=posting.read_bytes() != before,
        seconds=time.monotonic() - begun,
    )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
