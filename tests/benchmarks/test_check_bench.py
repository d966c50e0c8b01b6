"""`check` against proselint and codespell, in one run on one machine: ratios, never seconds.

POSTWRIGHT_CORPUS names a folder of real postings; they are repeated to 1,200 files. What counts is wall time, the best
of some runs; CPU time is printed beside it, since a busy machine blurs the first. A folder is checked three times over:
with nothing kept of an earlier run (what stands in it five times is judged once), with copies that all differ, so
that every file is judged, and again after a first run.
"""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

pytestmark = [pytest.mark.benchmark, pytest.mark.corpus]

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
FILES = 1_200
COLD_ROUNDS = 15
ENV = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As installed: with compiled modules, whatever the developer's shell says."""
SUFFIXES = {".md", ".mdx", ".txt", ".markdown"}


@pytest.fixture(scope="module")
def corpus() -> list[Path]:
    folder = os.environ.get("POSTWRIGHT_CORPUS")
    if not folder:
        pytest.skip("POSTWRIGHT_CORPUS names no folder")
    return sorted(path for path in Path(folder).rglob("*") if path.suffix in SUFFIXES)


@pytest.fixture(scope="module")
def all_different(corpus: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files, each with a line of its own at its end."""
    folder = repeated(corpus, FILES, tmp_path_factory.mktemp("different"))
    for number, path in enumerate(sorted(folder.rglob("*.*"))):
        with path.open("ab") as file:
            file.write(f"\n\nPosting number {number}.\n".encode())
    return folder


@pytest.fixture(scope="module")
def many(corpus: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repeated(corpus, FILES, tmp_path_factory.mktemp("many"))


def repeated(corpus: list[Path], files: int, folder: Path) -> Path:
    for number in range(files):
        source = corpus[number % len(corpus)]
        place = folder / f"{number // len(corpus):03}"
        place.mkdir(exist_ok=True)
        shutil.copyfile(source, place / f"{number % len(corpus):03}{source.suffix}")
    return folder


def timed(command: Sequence[str], cwd: Path, cache: str) -> tuple[float, float]:
    """Wall and CPU seconds of one run. `cache`: the folder of what is kept of earlier runs."""
    env = {**ENV, "XDG_CACHE_HOME": cache}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def tool(name: str, *args: str) -> list[str]:
    program = BIN / name
    if not program.exists():
        pytest.skip(f"{name} is not installed")
    return [str(program), *args]


def ratio(ours: list[str], theirs: list[str], cwd: Path, rounds: int = 3, *, again: bool = False) -> float:
    """Our wall time over theirs: the quickest of some runs of each, in turn, so that both meet the same machine.

    Every run of ours finds nothing of an earlier one, or with `again` all of it.
    """
    runs = []
    for _ in range(rounds):
        with TemporaryDirectory() as cache:
            if again:
                timed(ours, cwd, cache)
            runs.append((timed(ours, cwd, cache), timed(theirs, cwd, cache)))
    mine, other = (tuple(map(min, zip(*side, strict=True))) for side in zip(*runs, strict=True))
    told = f"{Path(theirs[0]).name}: wall {mine[0]:.3f} / {other[0]:.3f} s, CPU {mine[1]:.3f} / {other[1]:.3f} s"
    sys.stderr.write(f"\n{told}: {mine[0] / other[0]:.2f} x\n")
    return float(mine[0] / other[0])


@pytest.mark.parametrize("again", [False, True], ids=["first run", "again"])
def test_a_folder_takes_at_most_a_quarter_of_proselints_time(many: Path, *, again: bool) -> None:
    assert ratio(tool("postwright", "check", "."), tool("proselint", "check", "."), many, again=again) <= 0.25


def test_a_folder_without_two_alike_takes_at_most_a_quarter_of_proselints_time(all_different: Path) -> None:
    assert ratio(tool("postwright", "check", "."), tool("proselint", "check", "."), all_different) <= 0.25


@pytest.mark.parametrize("again", [False, True], ids=["first run", "again"])
def test_a_folder_takes_at_most_three_times_codespells_time(many: Path, *, again: bool) -> None:
    assert ratio(tool("postwright", "check", "."), tool("codespell", "."), many, again=again) <= 3


def test_a_folder_without_two_alike_takes_at_most_three_times_codespells_time(all_different: Path) -> None:
    assert ratio(tool("postwright", "check", "."), tool("codespell", "."), all_different) <= 3


@pytest.mark.parametrize("name", ["gold-a.md", "good-integration-engineer.md", "nhs-band-7-analyst.md"])
def test_one_file_cold_takes_at_most_1_6_times_codespells_time(name: str, corpus: list[Path]) -> None:
    posting = str(ROOT / "fixtures/postings" / name)
    assert ratio(tool("postwright", "check", posting), tool("codespell", posting), ROOT, COLD_ROUNDS) <= 1.6


def peak_memory(folder: Path) -> float:
    """Megabytes that one process needed at most to check a folder."""
    script = (
        "import resource, sys\n"
        "from postwright.cli.main import main\n"
        "try: main(['check', '.', '--jobs', '1', '--format', 'json', '--no-cache'])\n"
        "except SystemExit: pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    return int(done.stderr.split()[-1]) / 1024


def test_memory_is_flat_over_ten_thousand_postings(corpus: list[Path], many: Path, tmp_path: Path) -> None:
    few, lots = peak_memory(many), peak_memory(repeated(corpus, 10_000, tmp_path))
    sys.stderr.write(f"\n{FILES} files {few:.0f} MB, 10,000 files {lots:.0f} MB\n")
    assert lots < 1.15 * few
