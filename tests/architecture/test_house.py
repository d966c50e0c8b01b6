"""The house keeps its shape: sizes, names, lazy commands, and what an offline path may load."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from postwright.cli.main import COMMANDS, main

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "postwright"
MODULES = sorted(SOURCE.rglob("*.py"))
HARD_LIMIT = 400
DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc"}
NETWORK = {"anthropic", "httpx2", "tenacity"}


def test_no_module_is_longer_than_the_hard_limit() -> None:
    long = {str(m.relative_to(ROOT)): n for m in MODULES if (n := len(m.read_text().splitlines())) > HARD_LIMIT}
    assert long == {}


def test_no_module_is_a_drawer() -> None:
    assert [m for m in MODULES if m.stem in DRAWERS or m.parent.name in DRAWERS] == []


def test_every_module_says_why_it_exists() -> None:
    silent = [str(m.relative_to(ROOT)) for m in MODULES if not m.read_text().lstrip().startswith('"""')]
    assert silent == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_lazy_command_resolves_to_the_command_it_names(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name


def loaded_by(*args: str, cwd: Path) -> set[str]:
    """The top-level modules in memory after a command ran in a process of its own."""
    script = f"""
import sys, json, atexit
tops = lambda: sorted({{m.split('.')[0] for m in sys.modules}})
atexit.register(lambda: print(chr(10) + json.dumps(tops()), file=sys.stderr))
from postwright.cli.main import main
main({list(args)!r})
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=cwd, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.strip().splitlines()[-1]))


@pytest.mark.parametrize("args", [("--version",), ("--help",)])
def test_the_front_door_loads_neither_network_nor_models_of_data(args: tuple[str, ...], tmp_path: Path) -> None:
    assert not loaded_by(*args, cwd=tmp_path) & (NETWORK | {"pydantic", "rich", "yaml", "jinja2", "asyncio"})


def test_a_rewrite_by_the_rules_engine_never_loads_the_network(tmp_path: Path) -> None:
    (tmp_path / "job.md").write_text((ROOT / "fixtures/postings/ml-engineer-sepsis.md").read_text())
    assert not loaded_by("rewrite", "job.md", cwd=tmp_path) & NETWORK


HEAVY = {"pydantic", "rich", "yaml", "asyncio", "jinja2", "concurrent", "multiprocessing", "sqlite3", "hashlib", "ssl"}


def test_a_check_of_one_file_starts_cold_and_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "job.md").write_text((ROOT / "fixtures/postings/gold-a.md").read_text())
    assert not loaded_by("check", "job.md", "--fail-on", "never", cwd=tmp_path) & (NETWORK | HEAVY)


def test_front_matter_costs_a_check_the_yaml_reader_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "job.md").write_text("---\ntitle: Nurse\n---\n\n# Nurse\n")
    loaded = loaded_by("check", "job.md", cwd=tmp_path)
    assert "yaml" in loaded
    assert not loaded & (NETWORK | HEAVY - {"yaml"})


def test_the_contracts_of_the_house_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter), "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
