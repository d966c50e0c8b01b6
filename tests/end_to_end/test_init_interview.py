"""`postwright init` at a real terminal (a pty): it asks, each question can be skipped, and what it writes is read."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from postwright.cli.boundary import ExitCode
from postwright.domain.config import ProfileFact
from postwright.domain.posting import SectionKind
from postwright.storage.config import load_config

pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")

POSTING = "# Integration engineer\n\n## Responsibilities\n\n- Connect Epic by FHIR\n\n## Requirements\n\n- HL7 v2\n"
PATIENCE = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs/a.md").write_text(POSTING)
    return tmp_path


def at_terminal(folder: Path, *answers: str, args: tuple[str, ...] = ()) -> tuple[int, str]:
    """Run init at a terminal and type an answer whenever it asks; its exit code and all that it showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "postwright", "init", *args]
    with subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True) as program:
        os.close(theirs)
        said = _typed(ours, program, list(answers))
        os.close(ours)
        return program.wait(PATIENCE), said


def _typed(terminal: int, program: "subprocess.Popen[bytes]", answers: list[str]) -> str:
    said, unanswered = "", 0
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if not ready:
            if program.poll() is not None:
                return said
            continue
        try:
            data = os.read(terminal, 4096)
        except OSError:  # the other end is closed: the program has ended
            return said
        said += data.decode("utf-8", "replace")
        if said[unanswered:].rstrip(" ").endswith(":"):
            os.write(terminal, ((answers.pop(0) if answers else "") + "\n").encode())
            unanswered = len(said)
    program.kill()
    return said


def test_answers_become_a_profile_with_ids_and_sections(folder: Path) -> None:
    code, said = at_terminal(
        folder,
        "y",
        "Acme Health",
        "Boston, MA; Denver, CO",
        "US",
        "Epic",
        "HL7 v2 and FHIR R4",
        "",
        "vendor",
        "We run nine clinics.",
    )
    assert code == ExitCode.DONE, said
    config = load_config(folder / "postwright.toml")
    assert config.employer == ("Acme Health", ("Boston, MA", "Denver, CO"), "US")
    assert [fact.id for fact in config.profile] == ["p1", "p2", "p3", "p4"]
    sections = (SectionKind.INTEGRATION, SectionKind.ABOUT, SectionKind.MISSION)
    assert config.profile[0] == ProfileFact("We work with Epic.", sections, "p1")
    assert config.profile[2].text == "We build on models of vendors and train none of our own."
    written = (folder / "postwright.toml").read_text()
    assert "# What holds for all your postings." in written


def test_enter_skips_every_question(folder: Path) -> None:
    code, said = at_terminal(folder, "y")
    assert code == ExitCode.DONE, said
    assert "Enter skips a question" in said
    assert said.count("Country of these places") == 1
    assert load_config(folder / "postwright.toml").profile == ()


def test_what_is_wrong_with_an_answer_is_said_and_asked_again(folder: Path) -> None:
    answers = (
        "y",
        "",
        "",
        "",
        "",
        "",
        "",
        "mine",
        "own",
        "Our AI is FDA approved.",
        "Ask ann.lee@clinic.org",
        "We care.",
    )
    code, said = at_terminal(folder, *answers)
    assert code == ExitCode.DONE, said
    assert "is none of own, vendor, both" in said
    assert "is a claim without support" in said
    assert "holds a contact" in said
    facts = load_config(folder / "postwright.toml").profile
    assert [fact.text for fact in facts] == ["We train models of our own.", "We care."]


def test_no_writes_nothing_and_asks_no_more(folder: Path) -> None:
    code, said = at_terminal(folder, "n")
    assert code != ExitCode.DONE
    assert "Enter skips" not in said
    assert not (folder / "postwright.toml").exists()


def test_a_config_that_exists_is_kept_and_nothing_is_asked_about_the_employer(folder: Path) -> None:
    (folder / "postwright.toml").write_text('[profile]\nfacts = ["We use Epic."]\n')
    code, said = at_terminal(folder, "y")
    assert code == ExitCode.DONE, said
    assert "Name of the employer" not in said
    assert len(load_config(folder / "postwright.toml").profile) == 1


def test_yes_asks_nothing_at_a_terminal(folder: Path) -> None:
    code, said = at_terminal(folder, args=("--yes",))
    assert code == ExitCode.DONE, said
    assert "Name of the employer" not in said


@pytest.mark.parametrize("given", [b"", b"y\nAcme\nBoston, MA\nUS\n"])
def test_without_a_terminal_nothing_is_asked_whatever_is_piped_in(folder: Path, given: bytes) -> None:
    command = [sys.executable, "-m", "postwright", "init"]
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == ExitCode.DONE, done.stderr
    assert b"Name of the employer" not in done.stdout + done.stderr
    assert load_config(folder / "postwright.toml").employer.name == ""


@pytest.mark.parametrize("command", ["rewrite", "batch"])
def test_a_profile_that_may_not_be_sent_stops_before_anything_is_done(command: str, folder: Path) -> None:
    (folder / "postwright.toml").write_text('[profile]\nfacts = ["Our AI is FDA approved.", "We are the best team."]\n')
    target = "jobs/a.md" if command == "rewrite" else "jobs"
    done = subprocess.run(
        [sys.executable, "-m", "postwright", command, target, "--rules-only"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == ExitCode.USAGE
    assert "[profile] p1 is a claim without support" in done.stderr
    assert not (folder / "jobs/.postwright").exists()
    assert not (folder / ".postwright").exists()
