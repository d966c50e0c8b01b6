"""Which files of a folder may be postings."""

import os
from pathlib import Path

import pytest

from postwright.domain.errors import PostingUnreadable
from postwright.workflows.checking.tree import files_of


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def found(folder: Path) -> list[str]:
    paths = [path for path in files_of(folder) if isinstance(path, Path)]
    return [path.relative_to(folder).as_posix() for path in paths]


def test_text_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    put(tmp_path, "b/README.md", "a/x.MDX", "a/y.txt", "z.markdown", "a/logo.png", "a/page.html")
    assert found(tmp_path) == ["a/x.MDX", "a/y.txt", "b/README.md", "z.markdown"]


def test_hidden_folders_packages_and_virtual_environments_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, ".github/a.md", "node_modules/b/c.md", "env/pyvenv.cfg", "env/lib/d.md", "jobs/e.md")
    assert found(tmp_path) == ["jobs/e.md"]


def test_what_postwright_wrote_is_never_read(tmp_path: Path) -> None:
    put(tmp_path, ".postwright/a.md/draft.md", "out/a.md/draft.md", "out/a.md/review.json", "jobs/draft.md")
    assert found(tmp_path) == ["jobs/draft.md"]
    assert list(files_of(tmp_path / ".postwright/a.md/draft.md")) == []


def test_a_named_file_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    put(tmp_path, "posting")
    assert list(files_of(tmp_path / "posting")) == [tmp_path / "posting"]
    assert list(files_of(tmp_path / "missing.md")) == [tmp_path / "missing.md"]


def test_links_to_folders_are_not_followed_so_that_a_walk_ends(tmp_path: Path) -> None:
    put(tmp_path, "jobs/a.md")
    (tmp_path / "jobs/again").symlink_to(tmp_path, target_is_directory=True)
    assert found(tmp_path) == ["jobs/a.md"]


def test_a_folder_that_cannot_be_listed_is_said_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a/x.md", "b/y.md")
    listed = os.scandir

    def forbidding(path: Path) -> object:  # root may list everything, so the system is played
        if path.name == "a":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", forbidding)
    outcomes = list(files_of(tmp_path))
    assert isinstance(outcomes[0], PostingUnreadable)
    assert outcomes[1:] == [tmp_path / "b/y.md"]
