"""What docs/check.md says of settings, comments and families is what the program takes."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from postwright.cli.main import main
from postwright.domain.config import Config
from postwright.rules.engine import all_rules
from postwright.storage.config import ELSEWHERE, FAIL_LEVELS

PAGE = (Path(__file__).parents[2] / "docs/check.md").read_text("utf-8")


def test_every_setting_of_a_config_is_named() -> None:
    named = {name.replace("-", "_") for name in re.findall(r"`\[?([a-z-]+)\]?`", PAGE)}
    assert {field.name for field in fields(Config)} - {"where"} <= named


def test_the_words_that_a_setting_takes_are_the_ones_listed() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.*?) \|", PAGE, re.MULTILINE))
    assert set(re.findall(r"`(\w+)`", rows["provided-elsewhere"])) == {*ELSEWHERE}
    assert set(re.findall(r"`(\w+)`", rows["fail-on"])) == {*FAIL_LEVELS}


def test_the_families_and_rules_in_its_examples_exist() -> None:
    known = {rule.id for rule in all_rules()} | {rule.family for rule in all_rules()}
    (selected,) = re.findall(r"--select (\S+)", PAGE)
    ignored = re.findall(r"postwright: ignore(?:-file)? ([\w-]+):", PAGE)
    assert {*selected.split(","), *ignored} <= known
    assert ignored


@pytest.mark.parametrize("comment", re.findall(r"<!-- postwright: ignore native.*?-->", PAGE))
def test_its_comment_sets_the_finding_aside(comment: str) -> None:
    text = "# HL7 interface engineer\n\nYou are a native English speaker. "
    before = CliRunner().invoke(main, ["check", "--stdin-filename", "job.md", "-"], input=f"{text}\n")
    after = CliRunner().invoke(main, ["check", "--stdin-filename", "job.md", "-"], input=f"{text}{comment}\n")
    assert (before.exit_code, after.exit_code) == (1, 0)
