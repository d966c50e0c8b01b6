"""Globs of the config."""

import pytest

from postwright.workflows.checking.globs import matches


@pytest.mark.parametrize(
    ("path", "glob"),
    [
        ("jobs/old/a.md", "old"),
        ("jobs/old/a.md", "old/"),
        ("jobs/a.draft.md", "*.draft.md"),
        ("jobs/a.md", "jobs/*.md"),
        ("jobs/a.md", "jobs/**/*.md"),
        ("jobs/x/y/a.md", "jobs/**/*.md"),
        ("jobs/x/y/a.md", "jobs/**"),
        ("jobs/a.md", "./jobs/*.md"),
        ("a.md", "/a.md"),
        ("jobs/a1.md", "jobs/a[0-9].md"),
        ("jobs/ab.md", "jobs/a?.md"),
        ("C#/a+b.md", "C#/a+b.md"),
        ("x/_TEMPLATE.md", "**/_TEMPLATE.md"),
        ("_TEMPLATE.md", "**/_TEMPLATE.md"),
    ],
)
def test_a_glob_names_a_path_or_a_folder_above_it(path: str, glob: str) -> None:
    assert matches(path, glob)


@pytest.mark.parametrize(
    ("path", "glob"),
    [
        ("jobs/x/a.md", "jobs/*.md"),
        ("jobs/older/a.md", "old"),
        ("jobs/a.md", "a"),
        ("x/a.md", "/a.md"),
        ("jobs/ax.md", "jobs/a[!x].md"),
        ("x/jobs/a.md", "jobs/*.md"),
        ("jobs/a_md", "jobs/a.md"),
    ],
)
def test_a_glob_does_not_reach_further_than_it_says(path: str, glob: str) -> None:
    assert not matches(path, glob)
