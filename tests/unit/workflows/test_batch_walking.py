"""Which files of a folder are postings: everything is read, named with a reason, or counted."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from postwright.workflows.many.walking import Found, Walk


def walked(folder: Path, excluded: Callable[[Path], bool] = lambda _: False) -> list[Found]:
    return list(Walk(folder, folder, folder / ".postwright", excluded))


def put(path: Path, text: str = "# Nurse\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_postings_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "sub/c.mdx", "sub/README.md", "UPPER.MD", ".hidden.md", "-dash.md"):
        put(tmp_path / name)
    found = [one.path for one in walked(tmp_path)]
    assert found == ["-dash.md", ".hidden.md", "UPPER.MD", "a.txt", "b.md", "sub/README.md", "sub/c.mdx"]


def test_other_files_are_counted_by_suffix(tmp_path: Path) -> None:
    for name in ("a.md", "b.docx", "c.DOCX", "d"):
        put(tmp_path / name)
    walk = Walk(tmp_path, tmp_path, tmp_path / ".postwright")
    assert [one.path for one in walk] == ["a.md"]
    assert walk.others == {".docx": 2, "": 1}


def test_hidden_folders_dependencies_and_our_own_work_are_not_entered(tmp_path: Path) -> None:
    for name in (".git/a.md", "node_modules/b.md", ".postwright/x.md/draft.md", "out/y.md/draft.md", "z.md"):
        put(tmp_path / name)
    put(tmp_path / "out/y.md/review.json", "{}")
    assert [one.path for one in walked(tmp_path)] == ["z.md"]


def test_a_folder_for_work_files_within_the_postings_is_not_entered(tmp_path: Path) -> None:
    put(tmp_path / "work/a.md")
    put(tmp_path / "b.md")
    found = list(Walk(tmp_path, tmp_path, tmp_path / "work"))
    assert [one.path for one in found] == ["b.md"]


def test_what_the_config_excludes_is_listed_with_that_reason(tmp_path: Path) -> None:
    put(tmp_path / "README.md")
    put(tmp_path / "a.md")
    found = walked(tmp_path, excluded=lambda path: path.name == "README.md")
    assert [(one.path, one.reason, one.failed) for one in found] == [
        ("README.md", "excluded by the config", False),
        ("a.md", "", False),
    ]


def test_links_are_not_followed_and_say_what_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "jobs"
    put(folder / "a.md")
    put(tmp_path / "outside.md")
    for name, target in (
        ("good.md", "a.md"),
        ("out.md", "../outside.md"),
        ("gone.md", "nowhere.md"),
        ("self.md", "self.md"),
        ("up", "."),
    ):
        (folder / name).symlink_to(target)
    found = {one.path: (one.reason, one.failed) for one in walked(folder)}
    assert found["good.md"] == ("a link to another file here", False)
    assert found["out.md"] == ("a link out of the folder", False)
    assert found["gone.md"] == ("a link that leads nowhere", True)
    assert found["self.md"] == ("a link that leads nowhere", True)
    assert found["up"] == ("a link to a folder", False)
    assert found["a.md"] == ("", False)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_listed_is_a_failure(tmp_path: Path) -> None:
    put(tmp_path / "secret/a.md")
    (tmp_path / "secret").chmod(0)
    try:
        (found,) = walked(tmp_path)
    finally:
        (tmp_path / "secret").chmod(0o755)
    assert found.failed
    assert "cannot be read" in found.reason


@pytest.mark.skipif(sys.platform == "win32", reason="names of bytes")
def test_names_that_are_no_text_come_through(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"latin1-\xe9.md")).write_text("# x\n", "utf-8")
    (tmp_path / "new\nline.md").write_text("# x\n", "utf-8")
    assert [os.fsencode(one.path) for one in walked(tmp_path)] == [b"latin1-\xe9.md", b"new\nline.md"]
