"""The program's first lines, in processes of their own: they set how the whole process works."""

import subprocess
import sys


def said_by(script: str) -> str:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout


def test_nothing_is_loaded_before_the_collector_is_out_of_the_way() -> None:
    script = "import sys, postwright.__main__; print('click' in sys.modules, 'postwright.cli.main' in sys.modules)"
    assert said_by(script).split() == ["False", "False"]


def test_a_command_runs_with_the_collector_out_of_its_way() -> None:
    script = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print(gc.get_threshold()[0] > 10_000))\n"
        "from postwright.__main__ import run\n"
        "sys.argv = ['postwright', '--version']\n"
        "run()\n"
    )
    version, _, pace = said_by(script).partition("\n")
    assert version.startswith("postwright, version ")
    assert pace.strip() == "True"


def test_the_collector_of_a_program_that_imports_postwright_is_left_alone() -> None:
    script = "import gc; before = gc.get_threshold(); import postwright.cli.main; print(before == gc.get_threshold())"
    assert said_by(script).strip() == "True"
