"""What the Tab key offers, and the scripts that make a shell ask."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from postwright.cli.boundary import ExitCode
from postwright.cli.completion import SHELLS
from postwright.cli.main import COMMANDS, main

PROGRAM = Path(sys.executable).parent / "postwright"


def offered(words: str) -> list[str]:
    """What is offered for the last word of a line."""
    environment = {
        "_POSTWRIGHT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    result = CliRunner().invoke(main, [], env=environment, prog_name="postwright")
    return [line.partition(",")[2] for line in result.stdout.splitlines()]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_printed_for_every_shell(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == ExitCode.DONE
    assert f"_POSTWRIGHT_COMPLETE={shell}_complete" in result.stdout
    assert result.stderr == ""


def test_an_unknown_shell_is_a_usage_error() -> None:
    assert CliRunner().invoke(main, ["completion", "tcsh"]).exit_code == ExitCode.USAGE


def test_all_commands_are_offered_and_none_has_to_load() -> None:
    context = click.Context(main, info_name="postwright")
    before = set(sys.modules)
    assert [item.value for item in main.shell_complete(context, "")] == list(COMMANDS)
    assert not {name for name in set(sys.modules) - before if name.startswith("postwright.cli.")}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("postwright re", {"rewrite", "review"}),
        ("postwright --ver", {"--version"}),
        ("postwright rewrite --rules", {"--rules-only"}),
        ("postwright rewrite --provider b", {"bedrock", "bedrock-mantle"}),
        ("postwright completion f", {"fish"}),
    ],
)
def test_what_fits_is_offered(words: str, expected: set[str]) -> None:
    assert set(offered(words)) == expected


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.skipif(not PROGRAM.exists(), reason="postwright is not installed as a program")
def test_bash_itself_takes_the_script() -> None:
    program = (
        'eval "$(postwright completion bash)"; COMP_WORDS=(postwright rev); COMP_CWORD=1; '
        '_postwright_completion postwright; echo "${COMPREPLY[@]}"'
    )
    environment = {**os.environ, "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", program], capture_output=True, text=True, env=environment, check=True, timeout=60
    )
    assert done.stdout.strip() == "review"
