"""A folder of postings against the stand-in: time, processor, cache, cost and memory. Run with -s to read the figures.

What counts is what the stand-in saw: from the first request to the last reply. The whole command (start, reading all
postings, the accounts) is printed beside it; how long that takes hangs on the machine.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from postwright.domain.model import Usage
from postwright.llm.claude import reply_schema
from postwright.llm.prices import price_table
from postwright.prompting.library import Prompts
from postwright.workflows.drafting import prepare
from standin.cache import tokens_in
from standin.running import Running, standin
from support.batch_cli import accounts, usage_of
from support.folders import ASKED, SMALL, write_postings

pytestmark = [pytest.mark.benchmark]

MODEL = "claude-sonnet-5-5"
_RUN = """
import atexit, json, os, resource, sys, time
began, pid = time.monotonic(), os.getpid()
def tell():
    if os.getpid() == pid:
        own, crew = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(json.dumps({
            "wall": time.monotonic() - began,
            "cpu": own.ru_utime + own.ru_stime,
            "crew_cpu": crew.ru_utime + crew.ru_stime,
            "rss": own.ru_maxrss // 1024,
            "crew_rss": crew.ru_maxrss // 1024,
        }), file=sys.stderr)
atexit.register(tell)
from postwright.cli.main import main
main(sys.argv[1:])
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of the program: exit code, seconds, processor seconds, and megabytes at most."""

    code: int
    wall: float
    cpu: float
    crew_cpu: float
    rss: int
    crew_rss: int


def measured(api: Running, folder: Path, *options: str) -> Measured:
    command = [sys.executable, "-c", _RUN, "batch", str(folder), "-q", *options]
    done = subprocess.run(command, env=api.environment(), cwd=folder, capture_output=True, text=True, check=False)
    return Measured(done.returncode, **json.loads(done.stderr.strip().splitlines()[-1]))


def say(*words: str) -> None:
    print("\n   ", *words)  # noqa: T201 - the figures are what a benchmark is for


def cost(usages: list[dict[str, Any]]) -> float:
    """US dollars of what the stand-in would have billed, by the price table."""
    return sum(price_table().cost(MODEL, usage_of(counts)) or 0.0 for counts in usages)


@pytest.mark.parametrize("kinds", [ASKED, SMALL], ids=["postings", "small postings"])
def test_five_hundred_postings_at_thirty_two(tmp_path: Path, loopback: None, kinds: tuple[str, ...]) -> None:
    write_postings(tmp_path, 500, kinds)
    with standin(first_token_seconds=0.3, output_seconds=0.7, style="edit") as api:
        run = measured(api, tmp_path, "--concurrency", "32")
        books = api.books()
    assert run.code == 0
    requests = books["outcomes"]["answered"]
    ideal = 1 + ceil((requests - 1) / 32)
    say(f"requests {requests}: {books['seconds']:.2f} s, ideal {ideal} s, ratio {books['seconds'] / ideal:.3f}")
    say(f"whole command {run.wall:.1f} s, {run.wall / ideal:.2f} of the ideal")
    say(f"processor per posting: {run.cpu / 0.5:.1f} ms here, {run.crew_cpu / 0.5:.1f} ms in the crew")
    assert books["seconds"] <= 1.15 * ideal
    assert books["most_open"] == 32
    shared = books["cache_writes"][0][2]
    read = sum(usage["cache_read_input_tokens"] for usage in books["usages"])
    share = read / (shared * requests)
    say(f"cache writes {len(books['cache_writes'])}, hit rate {share:.4f}, (N-1)/N {(requests - 1) / requests:.4f}")
    assert len(books["cache_writes"]) == 1
    assert share >= (requests - 1) / requests - 1e-9


@cache
def plain_cost(folder: Path, *, batch: bool = False) -> float:
    """US dollars of a plain script: two calls, no cache, all findings from the model, the whole posting repeated."""
    shared = tokens_in(Prompts().shared()) + tokens_in(json.dumps(reply_schema()))
    total = 0.0
    for path in sorted(folder.rglob("*.*")):
        if ".postwright" in path.parts or not path.is_file():
            continue
        text = path.read_text("utf-8")
        critique = prepare(text, path.name).critique
        findings = [{"quote": f.quote, "severity": f.severity, "why": f.why, "fix": f.fix} for f in critique.findings]
        said = {"summary": critique.diagnosis, "findings": findings, "gaps": [c.gap for c in critique.coverage]}
        prompt = shared + tokens_in(text)
        for output in (tokens_in(json.dumps(said)), tokens_in(text)):
            usage = Usage(input=prompt, output=output, batch=batch)
            total += price_table().cost(MODEL, usage) or 0.0
    return total


def test_cost_against_a_plain_script(tmp_path: Path, loopback: None) -> None:
    number = 100
    rows = []
    for name, options in (("live", ["--concurrency", "32"]), ("economy", ["--economy", "--poll", "0.2"])):
        folder = tmp_path / name
        write_postings(folder, number)
        with standin(style="edit", batch_seconds=0.2) as api:
            assert measured(api, folder, *options).code == 0
            rows.append((name, cost(api.books()["usages"]) / number))
    plain = plain_cost(tmp_path / "live") / number
    say(f"{'':<10}{'$ a posting':>12}{'of plain':>10}")
    for name, usd in [("plain", plain), *rows]:
        say(f"{name:<10}{usd:>12.5f}{usd / plain:>10.2f}")
    assert rows[0][1] <= 0.5 * plain
    assert rows[1][1] <= 0.25 * plain


def test_memory_is_flat(tmp_path: Path, loopback: None) -> None:
    found = {}
    for number in (1_000, 10_000):
        folder = tmp_path / str(number)
        write_postings(folder, number, SMALL)
        with standin() as api:
            run = measured(api, folder, "--concurrency", "32")
        assert run.code == 0
        found[number] = run
        say(f"{number:>6} postings: {run.rss} MB here, {run.crew_rss} MB the largest of the crew, {run.wall:.0f} s")
    assert found[10_000].rss <= 1.25 * found[1_000].rss
    assert found[10_000].crew_rss <= 1.25 * found[1_000].crew_rss


def test_twenty_thousand_small_postings_by_batches(tmp_path: Path, loopback: None) -> None:
    write_postings(tmp_path, 20_000, SMALL)
    with standin(batch_seconds=0.5) as api:
        run = measured(api, tmp_path, "--economy", "--poll", "0.5")
        books = api.books()
    sizes = [batch["rows"] for batch in books["batches"]]
    say(f"20,000 postings in {len(sizes)} batches {sizes}: {run.wall:.0f} s, {run.rss} MB here, {run.crew_rss} MB crew")
    assert run.code == 0
    assert len(sizes) > 3
    assert books["asked_again"] == []
    assert accounts(tmp_path)["counts"]["done"] == 20_000


def test_a_storm_of_faults_loses_nothing(tmp_path: Path, loopback: None) -> None:
    write_postings(tmp_path, 200)
    storm = {"overloaded": 0.1, "failed": 0.05, "reset": 0.03, "cut": 0.02, "malformed": 0.02, "refused": 0.01}
    with standin(first_token_seconds=0.05, output_seconds=0.1, **storm) as api:
        run = measured(api, tmp_path, "--concurrency", "16")
        outcomes = api.books()["outcomes"]
    counts = accounts(tmp_path)["counts"]
    say(f"{outcomes}: {counts}, {run.wall:.0f} s")
    assert counts["done"] + counts["failed"] == 200
    assert len(list((tmp_path / ".postwright").rglob("draft.md"))) == counts["done"]
    assert run.code == 3
    reasons = {one["error"] for one in accounts(tmp_path)["postings"] if one["status"] == "failed"}
    assert reasons <= {"ReplyRefused", "ReplyInvalid"}
