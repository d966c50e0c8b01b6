"""The README is the product's face: what it shows is what the program does."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from postwright.cli.boundary import ExitCode
from postwright.cli.main import COMMANDS, main
from postwright.domain.draft import Decision, DecisionKind
from postwright.rules.engine import all_rules
from postwright.storage.config import load_config
from postwright.workflows.settling import read_choices

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def block(language: str, number: int = 0) -> str:
    return str(re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)[number])


def test_the_table_of_commands_names_every_command_and_no_other() -> None:
    assert sorted(re.findall(r"^\| `(\w+)[ `]", README, re.MULTILINE)) == sorted(COMMANDS)


def test_every_exit_code_is_in_the_readme() -> None:
    sentence = README[README.index("Exit codes:") :].split("\n\n")[0]
    assert {int(n) for n in re.findall(r"\b(\d+)\b", sentence)} == {code.value for code in ExitCode}


def test_the_page_of_rules_is_the_one_that_the_program_prints() -> None:
    printed = CliRunner().invoke(main, ["rules", "--format", "markdown"]).output
    assert (ROOT / "docs/rules.md").read_text("utf-8") == printed
    assert not re.search(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\xad\U000e0000-\U000e007f]", printed)


def test_the_config_example_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "postwright.toml"
    path.write_text(block("toml"))
    config = load_config(path, [rule.id for rule in all_rules()])
    assert config.provided_elsewhere == ("pay", "eeo")
    assert len(config.profile) == 2


def test_the_summary_shown_is_the_one_the_first_command_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    result = CliRunner().invoke(main, ["rewrite", "fixtures/postings/gold-a.md", "-o", str(tmp_path)])
    assert result.exit_code == ExitCode.DONE
    shown = README[README.index("```\nVerdict") + 4 :].split("```")[0]
    assert result.stdout.startswith(shown)


def test_every_file_the_readme_names_exists() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README) + re.findall(r"\b((?:docs|fixtures|tests)/[\w./-]*\w)", README)
    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing == []


def test_the_choices_shown_can_be_read() -> None:
    (words,) = re.findall(r'postwright settle \S+ --with "([^"]+)"', README)
    decisions = [Decision(f"c{n}", "", DecisionKind.PROPOSAL, "", "", "") for n in range(1, 7)]
    choices = read_choices(words, decisions)
    assert [c.decision for c in choices] == ["c1", "c2", "c3", "c4", "c5", "c6"]
