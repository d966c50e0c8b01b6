"""The hook in real pre-commit: a temporary repository, `try-repo` on this project, and no network for the hook itself.

pre-commit builds the hook's environment with pip, so the slow test needs a package index; run it by name (`-m slow`).
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GOOD = (ROOT / "fixtures/postings/good-integration-engineer.md").read_text()
FRONT = """\
---
title:   "Nurse"
open: yes      # this very long comment holds HIPPA, and no tool may wrap, move or mend it: %s
tags: [a,   b]
notes: >-
  folded
  text
---
""" % ("word " * 60)

OFFLINE = """
import os, sys
if any("postwright" in os.path.basename(word) for word in sys.orig_argv[:3]):
    import socket
    def refuse(*args, **kwargs):
        raise SystemExit("the hook opened a socket")
    socket.socket = socket.create_connection = socket.getaddrinfo = refuse
    with open(os.environ["OFFLINE_PROOF"], "a") as proof:
        proof.write("blocked\\n")
"""
"""Loaded by every Python below: takes the network from the hook, and leaves it to pip."""


def test_the_hook_file_is_what_pre_commit_reads() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert hook["id"] == "postwright-check"
    assert hook["entry"] == "postwright check"
    assert hook["types_or"] == ["markdown", "mdx", "plain-text"]


def test_the_action_takes_its_inputs_as_variables_and_its_parts_by_hash() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    steps = action["runs"]["steps"]
    assert not [step for step in steps if "${{" in step.get("run", "")]
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
    used = [step["uses"] for step in [*steps, *workflow["jobs"]["check"]["steps"]] if "uses" in step]
    assert used
    assert all(len(name.partition("@")[2]) == 40 for name in used)
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["check"]["permissions"] == {"contents": "read"}


def test_the_script_of_the_action_checks_annotates_and_sums_up(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    script = next(step["run"] for step in action["runs"]["steps"] if step.get("id") == "check")
    (tmp_path / "postwright/bin").mkdir(parents=True)
    (tmp_path / "postwright/bin/postwright").symlink_to(Path(sys.executable).with_name("postwright"))
    (tmp_path / "jobs; touch owned").mkdir()
    (tmp_path / "jobs; touch owned/a.md").write_text("# Nurse\n\n- Native English speaker\n")
    given = {"CHECK_PATHS": "jobs; touch owned\n", "CHECK_FAIL_ON": "", "CHECK_SARIF": "out.sarif"}
    files = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "GITHUB_OUTPUT": str(tmp_path / "output")}
    env = {**os.environ, **given, **files, "RUNNER_TEMP": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "::error file=jobs; touch owned/a.md,line=3" in done.stdout
    assert (tmp_path / "summary").read_text().startswith("## Postwright")
    assert (tmp_path / "output").read_text() == "exit-code=1\n"
    assert (tmp_path / "out.sarif").exists()
    assert not (tmp_path / "owned").exists()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A careers repository: every posting is named README.md, in a folder of its own."""
    repo = tmp_path / "careers"
    for name, text in (("nurse", FRONT + GOOD), ("analyst", GOOD), ("lead", GOOD)):
        (repo / name).mkdir(parents=True)
        (repo / name / "README.md").write_text(text)
    git(repo, "init", "-q")
    git(repo, "add", ".")
    return repo


def git(repo: Path, *args: str) -> None:
    subprocess.run(["git", *args], cwd=repo, check=True, capture_output=True)


def try_repo(repo: Path, tmp_path: Path, *args: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "offline").mkdir(exist_ok=True)
    (tmp_path / "offline/sitecustomize.py").write_text(OFFLINE)
    (tmp_path / "proof").write_text("")
    env = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "offline"),
        "OFFLINE_PROOF": str(tmp_path / "proof"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
    }
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "postwright-check", "--verbose", *args]
    return subprocess.run(command, cwd=repo, env=env, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_hook_passes_good_postings_and_stops_a_bad_one_without_a_network(repository: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in repository.glob("*/README.md")}
    done = try_repo(repository, tmp_path, "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 files: nothing found" in done.stdout
    assert (tmp_path / "proof").read_text() == "blocked\n"  # one process saw all files, without sockets
    assert {path: path.read_bytes() for path in repository.glob("*/README.md")} == before

    (repository / "nurse/README.md").write_text(FRONT + GOOD + "\n- Native English speaker\n")
    (repository / "lead/README.md").write_bytes(b"caf\xe9")
    git(repository, "add", ".")
    done = try_repo(repository, tmp_path, "--all-files")
    assert done.returncode == 1
    assert "nurse/README.md:" in done.stdout
    assert "native-speaker" in done.stdout
    assert "- exit code: 3" in done.stdout
    assert (repository / "nurse/README.md").read_text().startswith(FRONT)
