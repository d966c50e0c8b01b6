"""docs/formats.md says what the program does: its example holds, its options, keys and suffixes exist."""

import re
from datetime import date
from pathlib import Path

import click
import pytest

from postwright.cli.main import COMMANDS, main
from postwright.domain.config import MEANINGS
from postwright.formats.boards import SYSTEMS
from postwright.formats.source import LARGEST_FILE, LARGEST_TEXT
from postwright.formats.text import CONVERTED_SUFFIXES
from postwright.formats.word import LARGEST_UNPACKED
from postwright.formats.writing import FORMATS
from postwright.storage.config import load_config
from postwright.workflows.profiling import LONGEST, remarks_on

PAGE = (Path(__file__).parents[2] / "docs/formats.md").read_text("utf-8")
FLAT = " ".join(PAGE.split())


def test_the_config_example_reads_and_nothing_is_wrong_with_its_facts(tmp_path: Path) -> None:
    path = tmp_path / "postwright.toml"
    path.write_text(PAGE.split("```toml\n")[1].split("```")[0])
    config = load_config(path)
    assert config.employer.name == "Acme Health"
    assert config.front_matter == {"opens": "date_posted"}
    assert [fact.id for fact in config.profile] == ["p1", "p2", ""]
    assert remarks_on(config.profile, date(2026, 11, 22)) == ()


def test_every_option_that_the_page_names_is_one_of_a_command() -> None:
    context = click.Context(main)
    commands = [main.get_command(context, name) for name in COMMANDS]
    known = {opt for command in commands if command for param in command.params for opt in param.opts}
    assert set(re.findall(r"`(--[a-z-]+)", PAGE)) <= known


def test_every_suffix_that_is_read_is_in_the_table_and_no_other() -> None:
    rows = re.findall(r"^\| (`\.[^|]*) \|", PAGE, re.MULTILINE)
    named = {suffix for row in rows for suffix in re.findall(r"`(\.\w+)`", row)}
    assert named == CONVERTED_SUFFIXES | {".md", ".markdown", ".mdx", ".txt"}


@pytest.mark.parametrize("key", [*MEANINGS, "title"])
def test_every_key_of_front_matter_that_is_read_is_named(key: str) -> None:
    assert f"`{key}`" in PAGE


def test_formats_systems_and_limits_are_those_of_the_program() -> None:
    assert all(f"`{name}`" in PAGE for name in FORMATS)
    assert all(system.name in PAGE.lower() for system in SYSTEMS)
    assert f"{LARGEST_FILE // 10**6} MB a file, {LARGEST_TEXT // 10**6} million characters" in FLAT
    assert f"{LARGEST_UNPACKED // 10**6} MB unpacked" in FLAT
    assert f"more than {LONGEST} characters" in FLAT
