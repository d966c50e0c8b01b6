"""README, docs and help texts are held to the program: what they name is there, and every command shows how."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from postwright.cli.boundary import ExitCode
from postwright.cli.main import COMMANDS, main
from postwright.llm.providers import PROVIDERS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SOURCE = "\n".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
_CODE = re.compile(r"^```(\w*)\n(.*?)^```|(?<!`)`([^`\n]+)`(?!`)", re.DOTALL | re.MULTILINE)
_USE = re.compile(
    r"""(?:^|[\s("])postwright ([a-z]+|--?[a-z]+)\b((?:"[^"\n]*"|'[^'\n]*'|[^\n|;&#)"'])*)""", re.MULTILINE
)
_OF_OTHERS = re.compile(r"\b(?:poe|pip|python -m|pre-commit) [^\n]*")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def params_of(command: click.Command) -> set[str]:
    return {name for param in command.params for name in (*param.opts, *param.secondary_opts)} | {"--help", "-h"}


def command_of(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


OPTIONS = {name: params_of(command_of(name)) for name in COMMANDS}
OF_MAIN = params_of(main)


def code(page: Path) -> Iterator[tuple[str, str]]:
    """The code of a page: its language, empty for a span, and its text."""
    for block in _CODE.finditer(page.read_text()):
        yield block[1] or "", block[2] if block[2] is not None else block[3]


def uses(text: str) -> Iterator[tuple[str, str]]:
    """Each `postwright ...` in a piece of code: the command, and what follows it on its line."""
    for use in _USE.finditer(text.replace("\\\n", " ")):
        yield use[1], use[2]


def wrong(text: str) -> list[str]:
    """Commands and options that a piece of code names and the program lacks."""
    found = []
    for name, rest in uses(text):
        if name.startswith("-"):
            found += [name] if name not in OF_MAIN else []
        elif name not in COMMANDS:
            found.append(f"postwright {name}")
        else:
            found += [f"{name} {o}" for o in _OPTION.findall(rest) if o not in OPTIONS[name]]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_that_a_page_names_exists(page: Path) -> None:
    pieces = [text for language, text in code(page) if language in {"", "console", "bash", "sh", "shell", "text"}]
    found = [what for text in pieces for what in wrong(text)]
    if not any(_OPTION.search(of_other) for text in pieces for of_other in _OF_OTHERS.findall(text)):
        known = set().union(*OPTIONS.values()) | OF_MAIN  # a page on another program speaks of its options too
        found += [option for text in pieces for option in _OPTION.findall(text) if option not in known]
    assert found == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_links_to_exists(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:)([^)#]+)(?:#[^)]*)?\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_exit_code_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"\bexits?(?: codes?| with)? (\d+)\b", page.read_text(), re.IGNORECASE)
    assert {int(number) for number in named} <= {code.value for code in ExitCode}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_variable_that_a_page_names_is_read(page: Path) -> None:
    by_option = {
        f"POSTWRIGHT_{name}_{option.lstrip('-')}".upper().replace("-", "_")
        for name, options in OPTIONS.items()
        for option in options
    }
    named = set(re.findall(r"\b_?POSTWRIGHT_[A-Z_]+\b", page.read_text()))
    assert {name for name in named if name not in by_option and name not in SOURCE} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_task_and_extra_that_a_page_names_exists(page: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    text = page.read_text()
    tasks = set(re.findall(r"\bpoe ([a-z][a-z0-9-]*)", text))
    extras = {name for names in re.findall(r"postwright\[([\w,-]+)\]", text) for name in names.split(",")}
    assert tasks <= project["tool"]["poe"]["tasks"].keys()
    assert extras <= project["project"]["optional-dependencies"].keys()


def test_the_page_on_providers_has_each_of_them_with_its_extra_and_its_key() -> None:
    text = (ROOT / "docs" / "providers.md").read_text()
    rows = dict(re.findall(r"^\| `([a-z][a-z-]+)` \|(.*)\|$", text, re.MULTILINE))
    assert list(rows) == list(PROVIDERS)
    for name, provider in PROVIDERS.items():
        if provider.extra:
            assert f"`{provider.extra}`" in rows[name]
        assert (rows[name].split("|")[-2].strip() == "yes") is provider.batches
        assert (rows[name].split("|")[-1].strip() == "yes") is provider.counts
        assert all(key in text for key in provider.keys)


def helps() -> dict[str, str]:
    """The help text of each command, as one line."""
    said = {name: CliRunner().invoke(main, [name, "--help"], terminal_width=1_000).output for name in COMMANDS}
    return {name: " ".join(text.split()) for name, text in said.items()}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_an_example_that_it_takes(name: str) -> None:
    text = helps()[name]
    example = text[text.index("Example: ") :]
    assert f"postwright {name}" in example or f"postwright {name} " in example
    assert wrong(example) == []
    first = next(rest for command, rest in uses(example) if command == name)
    parser = command_of(name).make_parser(click.Context(command_of(name), resilient_parsing=True))
    parser.parse_args(shlex.split(first.split(", ")[0].split(". ")[0]))


def test_a_wrong_name_would_be_found() -> None:
    """The checker itself can fail."""
    assert wrong("$ postwright rewrit job.md") == ["postwright rewrit"]
    assert wrong("postwright rewrite job.md --modle x") == ["rewrite --modle"]
    assert wrong("postwright --versoin") == ["--versoin"]
    assert wrong("postwright rewrite job.md --model x && postwright check jobs/ --fail-on warning") == []
