"""`postwright batch` as a person uses it: the real program, the real SDK, and a stand-in for the API."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from postwright.storage.locks import FolderLock
from standin.running import Running, standin
from support.batch_cli import accounts, check_outputs, command, run
from support.folders import FIXTURES, SMALL, write_postings


@pytest.fixture(scope="module")
def shared_api() -> Iterator[Running]:
    with standin() as api:
        yield api


@pytest.fixture
def api(shared_api: Running, loopback: None) -> Running:
    return shared_api


def offline(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command(folder, *options), cwd=folder, capture_output=True, text=True, check=False)


def test_a_folder_is_sorted_priced_and_rewritten(api: Running, tmp_path: Path) -> None:
    postings = write_postings(tmp_path, 5)
    write_postings(tmp_path / "others", 2, ("good-integration-engineer.md", "retail-store-manager.md"))
    done = run(api, tmp_path, "--concurrency", "4")
    assert done.code == 0, done.err
    check_outputs(tmp_path, postings)
    assert re.search(r"^Sorted +7 postings: 1 ready, .*1 out of scope", done.err, re.MULTILINE)
    assert re.search(r"^Free +others/department-0/00000.md \(ready\)$", done.err, re.MULTILINE)
    assert re.search(
        r"^Price +about \$0\.\d\d for 5 postings live\n +[\d,]+ tokens in, .* \(a rough estimate from characters; ",
        done.err,
        re.MULTILINE,
    )
    assert re.search(r"^Postings +5 done, 2 free$", done.out, re.MULTILINE)
    assert re.search(r"^Cost +\$0\.\d\d \(estimate \$0\.\d\d\) for \d+ requests", done.out, re.MULTILINE)
    assert accounts(tmp_path)["state"] == "finished"
    assert not re.search("Traceback|Warning", done.err)


def test_a_dry_run_prices_by_the_api_and_writes_nothing(api: Running, tmp_path: Path) -> None:
    write_postings(tmp_path, 4, SMALL)
    done = run(api, tmp_path, "--dry-run", "--economy")
    assert done.code == 0, done.err
    assert re.search(r"^Price .*by batches, at half price\n .*\(a sample counted by the API; ", done.out, re.MULTILINE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["department-0", "department-1", "department-2"]


def test_a_dry_run_needs_no_key(tmp_path: Path) -> None:
    write_postings(tmp_path, 2, SMALL)
    done = offline(tmp_path, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "a rough estimate from characters" in done.stdout


def test_without_a_key_nothing_is_done_unless_rules_alone_are_wanted(tmp_path: Path) -> None:
    postings = write_postings(tmp_path, 2, SMALL)
    refused = offline(tmp_path)
    assert refused.returncode == 3
    assert re.fullmatch(r"error: there is no API key\.  hint: .*--rules-only.*\n", refused.stderr)
    done = offline(tmp_path, "--rules-only")
    assert done.returncode == 0, done.stderr
    check_outputs(tmp_path, postings)
    assert "nothing was asked" in done.stdout


def test_a_bad_key_is_one_line_and_one_request(tmp_path: Path, loopback: None) -> None:
    write_postings(tmp_path, 6, SMALL)
    with standin(key="the right one") as api:
        done = run(api, tmp_path, "-q")
        assert done.code == 3
        assert done.out == ""
        assert re.fullmatch(r"error: the API key was not accepted .*\n", done.err)
        assert api.books()["outcomes"] == {"bad key": 1}


@pytest.mark.slow
def test_the_cap_is_not_passed_and_holds_over_resumes(tmp_path: Path, loopback: None) -> None:
    write_postings(tmp_path, 24)
    with standin() as api:
        for cap in ("0.70", "0.60"):
            done = run(api, tmp_path, "--max-cost", cap, "--concurrency", "4")
            assert done.code == 3
            assert "--max-cost is reached" in done.err
        data = accounts(tmp_path)
        assert 0 < data["cost"]["usd"] <= 0.7
        assert data["state"] == "stopped"
        spent = sum(
            u["input_tokens"] * 2
            + u["cache_creation_input_tokens"] * 4
            + u["cache_read_input_tokens"] * 0.1
            + u["output_tokens"] * 10
            for u in api.books()["usages"]
        )
        assert spent / 1e6 <= 0.7
        done = run(api, tmp_path, "--max-cost", "20")
        assert done.code == 0, done.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--model", "claude-nonesuch-9", "--max-cost", "5"], "price of claude-nonesuch-9 is unknown"),
        (["--rules-only", "--economy"], "asks nobody"),
        (["--economy", "--cache", "5m"], "--cache 1h"),
    ],
)
def test_wishes_that_cannot_be_met_are_usage_errors(
    api: Running, tmp_path: Path, options: list[str], says: str
) -> None:
    write_postings(tmp_path, 1, SMALL)
    done = run(api, tmp_path, *options)
    assert done.code == 2
    assert says in done.err
    assert len(done.err.splitlines()) == 1


def test_two_runs_on_one_folder_do_not_fight(api: Running, tmp_path: Path) -> None:
    write_postings(tmp_path, 1, SMALL)
    with FolderLock(tmp_path / ".postwright" / "batch.lock", tmp_path):
        done = run(api, tmp_path)
    assert done.code == 3
    assert f"another batch (process {os.getpid()}) works on" in done.err


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path, loopback: None) -> None:
    postings = write_postings(tmp_path, 9, SMALL)
    with standin(output_seconds=0.4) as api:
        process = subprocess.Popen(
            command(tmp_path, "--concurrency", "2"),
            env=api.environment(),
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            text=True,
        )
        while process.poll() is None and api.books()["outcomes"].get("answered", 0) < 3:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert re.search(r"Interrupted; what is done is kept\. Go on with: postwright batch ", err)
        assert "Traceback" not in err
        assert accounts(tmp_path)["state"] == "interrupted"
        assert api.books()["now_open"] == 0
        assert run(api, tmp_path).code == 0
        check_outputs(tmp_path, postings)
        assert api.books()["asked_again"] == []


def test_status_tells_how_far_a_run_is(api: Running, tmp_path: Path) -> None:
    write_postings(tmp_path, 3, SMALL)
    assert run(api, tmp_path, "--status").out == "No run over this folder yet.\n"
    run(api, tmp_path, "--economy", "--poll", "0.2", "-q")
    done = run(api, tmp_path, "--status")
    assert done.code == 0
    assert re.search(r"^Run .* finished, begun ", done.out, re.MULTILINE)
    assert re.search(r"^Batch +msgbatch_\w+, 2 requests: all results are here$", done.out, re.MULTILINE)


def test_the_accounts_come_as_json_on_standard_output(api: Running, tmp_path: Path) -> None:
    write_postings(tmp_path, 2, SMALL)
    done = run(api, tmp_path, "--json")
    assert json.loads(done.out)["counts"]["done"] == 2
    assert done.err == ""


def test_one_decision_settles_the_same_sentence_in_all_drafts(api: Running, tmp_path: Path) -> None:
    for number in range(3):
        text = (FIXTURES / "gold-a.md").read_text("utf-8")
        path = tmp_path / f"dep{number}" / "job.md"
        path.parent.mkdir()
        path.write_text(f"{text}\nRequisition JR-{number}\n", "utf-8")
    assert run(api, tmp_path, "--rules-only").code == 0
    folder = next((tmp_path / ".postwright" / "runs").iterdir())
    worklist = folder / "decisions.csv"
    with worklist.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert {row["postings"] for row in rows} == {"3"}
    for row in rows:
        row["decide"] = "accept"
    with worklist.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = offline(tmp_path, "--settle", str(worklist))
    assert done.returncode == 0, done.stderr
    assert "; 0 left to decide." in done.stdout
    for number in range(3):
        assert "confirm" not in (tmp_path / ".postwright" / f"dep{number}" / "job.md" / "draft.md").read_text("utf-8")
    assert accounts(tmp_path)["sums"]["open"] == 0
    again = offline(tmp_path, "--settle", str(worklist))
    assert again.stdout == "0 decisions applied to 0 drafts; 0 left to decide.\n"


def test_odd_names_are_done_or_reported_and_none_is_overwritten(api: Running, tmp_path: Path) -> None:
    text = (FIXTURES / "thin-ehr-developer.md").read_text("utf-8")
    names = [
        *("README.md", "sub/README.md", "-dash.md", "--help.md", "two words.md", "new\nline.md", "a'b\"c.md", "job.md"),
        *("job.docx", "glob[a]*.md", "%s%20.md", "b" * 252 + ".md", "émoji-🩺.md", os.fsdecode(b"latin1-\xe9.md")),
    ]
    for number, name in enumerate(names):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{text}\nRequisition JR-{number}\n", "utf-8")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "binary.md").write_bytes(b"\0\1\2\3")
    done = run(api, tmp_path)
    assert done.code == 3
    postings = [Path(name) for name in names if name.endswith(".md")]
    check_outputs(tmp_path, postings)
    counts = accounts(tmp_path)["counts"]
    assert (counts["done"], counts["failed"]) == (len(postings), 2)
    assert all(line.isprintable() for line in (done.out + done.err).splitlines())


def test_the_command_loads_no_network_before_it_runs() -> None:
    heavy = "[m for m in ('anthropic', 'httpx2', 'rich') if m in sys.modules]"
    script = f"import sys; import postwright.cli.batch; print({heavy})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
