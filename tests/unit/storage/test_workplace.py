"""Where work files go, and what is never read as a posting."""

import sys
from pathlib import Path

import pytest

from postwright.domain.errors import StorageFailed
from postwright.storage.workplace import is_own_product, workplace_for

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A git repository with two postings of the same stem."""
    root = tmp_path / "careers"
    (root / "jobs").mkdir(parents=True)
    (root / ".git").mkdir()
    for name in ("job.md", "job.docx"):
        (root / "jobs" / name).touch()
    return root


def test_the_work_files_mirror_the_tree(repo: Path) -> None:
    files = workplace_for(repo / "jobs/job.md").of(repo / "jobs/job.md")
    assert files.folder == repo / ".postwright/jobs/job.md"
    assert files.draft == files.folder / "draft.md"
    assert files.review == files.folder / "review.json"
    assert files.review_page == files.folder / "review.html"
    assert files.questions == files.folder / "questions.yaml"


def test_two_formats_of_one_posting_do_not_collide(repo: Path) -> None:
    place = workplace_for(repo / "jobs")
    assert place.of(repo / "jobs/job.md").draft != place.of(repo / "jobs/job.docx").draft


def test_the_place_does_not_depend_on_where_one_stands(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = workplace_for(repo / "jobs/job.md").of(repo / "jobs/job.md")
    for folder, spelling in ((repo, "jobs/job.md"), (repo / "jobs", "job.md"), (repo / "jobs", "../jobs/./job.md")):
        monkeypatch.chdir(folder)
        assert workplace_for(Path(spelling)).of(Path(spelling)) == expected


def test_a_worktree_has_its_git_in_a_file(repo: Path) -> None:
    (repo / "jobs/.git").write_text("gitdir: elsewhere")
    assert workplace_for(repo / "jobs/job.md").root == repo / "jobs"


def test_without_a_repository_the_current_folder_counts(tmp_path: Path) -> None:
    assert workplace_for(tmp_path / "a/b/job.md", cwd=tmp_path / "a").root == tmp_path / "a"
    assert workplace_for(tmp_path / "a", cwd=tmp_path / "a").root == tmp_path / "a"


def test_a_posting_elsewhere_has_its_work_beside_it(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    here = tmp_path / "here"
    assert workplace_for(tmp_path / "elsewhere/job.md", cwd=here).root == tmp_path / "elsewhere"
    assert workplace_for(tmp_path / "elsewhere", cwd=here).root == tmp_path / "elsewhere"


def test_with_an_output_folder_the_same_relative_paths_go_there(repo: Path, tmp_path: Path) -> None:
    place = workplace_for(repo / "jobs/job.md", out=tmp_path / "out")
    assert place.of(repo / "jobs/job.md").draft == tmp_path / "out/jobs/job.md/draft.md"
    assert place.journal == tmp_path / "out/journal.sqlite3"


def test_a_posting_of_another_tree_is_refused(repo: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="is not under"):
        workplace_for(repo / "jobs/job.md").of(tmp_path / "stranger.md")


def test_nothing_in_the_work_folder_is_committed(repo: Path) -> None:
    place = workplace_for(repo / "jobs/job.md")
    place.prepare()
    place.prepare()
    assert (repo / ".postwright/.gitignore").read_text() == "*\n"


def test_a_gitignore_that_a_person_changed_stays(repo: Path) -> None:
    place = workplace_for(repo / "jobs/job.md")
    place.prepare()
    (place.top / ".gitignore").write_text("*\n!keep\n")
    place.prepare()
    assert (place.top / ".gitignore").read_text() == "*\n!keep\n"


def test_an_output_folder_gets_no_gitignore(repo: Path, tmp_path: Path) -> None:
    workplace_for(repo / "jobs/job.md", out=tmp_path / "out").prepare()
    assert not (tmp_path / "out").exists()


def test_work_files_are_written_into_folders_that_are_made(repo: Path) -> None:
    files = workplace_for(repo / "jobs/job.md").of(repo / "jobs/job.md")
    assert files.write(files.draft, "# Draft\n").read_text() == "# Draft\n"


@posix
@pytest.mark.parametrize(
    "name", ["job.md", "with space.md", "-rf.md", "two\nlines.md", "…ümläut.md", "x" * 250 + ".md"]
)
def test_odd_names_have_their_place(repo: Path, name: str) -> None:
    files = workplace_for(repo / name).of(repo / name)
    files.write(files.review, "{}")
    assert files.folder.name == name


@posix
def test_a_posting_that_is_a_link_has_a_place_of_its_own(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.md").touch()
    (repo / "jobs/link.md").symlink_to(tmp_path / "outside.md")
    place = workplace_for(repo / "jobs/link.md")
    assert place.of(repo / "jobs/link.md").folder == repo / ".postwright/jobs/link.md"


@posix
def test_a_work_folder_that_leads_out_of_the_tree_is_refused(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (repo / ".postwright").symlink_to(tmp_path / "outside")
    place = workplace_for(repo / "jobs/job.md")
    files = place.of(repo / "jobs/job.md")
    with pytest.raises(StorageFailed, match="leads out of"):
        place.prepare()
    with pytest.raises(StorageFailed, match="leads out of"):
        files.write(files.draft, "x")
    assert not list((tmp_path / "outside").iterdir())


def test_own_products_are_no_postings(repo: Path, tmp_path: Path) -> None:
    posting = repo / "jobs/job.md"
    for out in (None, tmp_path / "out"):
        files = workplace_for(posting, out=out).of(posting)
        for product in (files.draft, files.review, files.review_page, files.questions):
            files.write(product, "")
        assert all(map(is_own_product, (files.draft, files.review, files.review_page, files.questions)))
    assert is_own_product(repo / ".postwright/notes.md")


def test_a_posting_named_draft_is_a_posting(repo: Path) -> None:
    (repo / "jobs/draft.md").touch()
    assert not is_own_product(repo / "jobs/draft.md")
    assert not is_own_product(repo / "jobs/job.md")
