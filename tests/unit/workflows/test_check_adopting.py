"""What `init` makes of a tree: the pattern of its folders, a config that loads, a hook that YAML reads."""

import re
from pathlib import Path

import pytest
import yaml

from postwright.domain.config import Config
from postwright.storage.config import load_config
from postwright.workflows.checking.adopting import config_text, files_pattern, hook_entry
from postwright.workflows.checking.baseline import NAME
from postwright.workflows.checking.looking import rule_names


@pytest.mark.parametrize(
    ("postings", "matched", "not_matched"),
    [
        (["jobs/a.md", "jobs/b.md"], "jobs/new/c.mdx", "docs/c.md"),
        (["a.md", "b.md"], "c.md", "docs/c.md"),
        (["jobs/nurse/README.md", "jobs/analyst/README.md"], "jobs/new/README.md", "README.md"),
        (["nurse/README.md", "analyst/README.md"], "lead/README.md", "README.md"),
        (["x/jobs/2024/a.md", "x/jobs/2025/b.md"], "x/jobs/2026/c.md", "x/other/c.md"),
        (["roles/a.md", "roles/b.md", "roles/old (1)/c.md", "roles/old (1)/d.md"], "roles/old (1)/e.md", "x.md"),
        (["C++/a.md", "C++/b.md"], "C++/c.md", "C/c.md"),
        ([f"jobs/{n}/{m}.md" for n in range(9) for m in range(3)], "jobs/new/c.md", "x.md"),
        ([], "anything.txt", "logo.png"),
    ],
)
def test_the_pattern_covers_the_folders_of_the_postings_and_no_others(
    postings: list[str], matched: str, not_matched: str
) -> None:
    pattern = files_pattern(postings)
    assert all(re.search(pattern, posting) for posting in postings)
    assert re.search(pattern, matched)
    assert not re.search(pattern, not_matched)


def test_the_first_config_loads_and_names_the_baseline(tmp_path: Path) -> None:
    path = tmp_path / "postwright.toml"
    path.write_text(config_text([]))
    assert load_config(path, rule_names()) == Config(where=str(path), baseline=NAME) or (
        load_config(path, rule_names()).baseline == NAME
    )


def test_every_key_that_the_first_config_shows_in_a_comment_is_a_real_one(tmp_path: Path) -> None:
    text = config_text([('odd "name"\x07.md', "is a\nbinary file")])
    keys = re.sub(r"(?m)^# (?=[a-z\"\[][^\n]*(?:=|\]$))", "", text)
    path = tmp_path / "postwright.toml"
    path.write_text(keys)
    config = load_config(path, rule_names())
    assert config.provided_elsewhere
    assert config.vocabulary
    assert config.per_file_ignores
    assert len(config.profile) == 2
    assert config.exclude == ('odd "name"\x07.md',)


@pytest.mark.parametrize("source", [None, ("https://example.org/postwright", "abc123")])
def test_the_hook_entry_is_yaml_with_the_pattern_as_it_is(source: tuple[str, str] | None) -> None:
    pattern = files_pattern(["it's/a.md", "it's/b.md", "C++/a.md"])
    repo = yaml.safe_load(hook_entry(pattern, source))["repos"][0]
    assert repo["hooks"][0]["id"] == "postwright-check"
    assert repo["hooks"][0]["files"] == pattern
    assert (repo["repo"], repo.get("rev")) == (source or ("local", None))
