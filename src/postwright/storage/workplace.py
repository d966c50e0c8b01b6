"""Where work files go: `.postwright/<relative path of the posting>/`, or a folder of the user's choice."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from postwright.domain.errors import StorageFailed
from postwright.storage.files import TEMPORARY, shown, write_text

FOLDER = ".postwright"
DRAFT, REVIEW_PAGE, REVIEW, QUESTIONS = "draft.md", "review.html", "review.json", "questions.yaml"
PRODUCTS = frozenset({DRAFT, REVIEW_PAGE, REVIEW, QUESTIONS})


class WorkFiles(NamedTuple):
    """The work files of one posting."""

    folder: Path
    within: Path  # the tree that no symbolic link may lead out of

    @property
    def draft(self) -> Path:
        return self.folder / DRAFT

    @property
    def review_page(self) -> Path:
        return self.folder / REVIEW_PAGE

    @property
    def review(self) -> Path:
        return self.folder / REVIEW

    @property
    def questions(self) -> Path:
        return self.folder / QUESTIONS

    def write(self, path: Path, text: str, *, durable: bool = True) -> Path:
        """Write one of these files whole or not at all. Raises StorageFailed."""
        return write_text(path, text, within=self.within, durable=durable)


class Workplace(NamedTuple):
    """The folder of work files of a tree of postings. `root` is what the relative paths start from."""

    root: Path
    top: Path

    @property
    def journal(self) -> Path:
        return self.top / "journal.sqlite3"

    def of(self, posting: Path) -> WorkFiles:
        """The work files of a posting under `root`. Its whole file name is kept: job.md and job.docx differ.

        A posting outside `root` is a StorageFailed.
        """
        place = _absolute(posting)
        if self.root not in place.parents:
            raise StorageFailed(f"{shown(posting)} is not under {shown(self.root)}", hint="name a place with -o")
        return WorkFiles(self.top / place.relative_to(self.root), self._tree)

    def prepare(self) -> None:
        """Make the folder. `.postwright` gets a `.gitignore` of its own, so that nothing in it is committed."""
        if not self._hidden:
            return
        ignore = self.top / ".gitignore"
        if not ignore.is_file():
            write_text(ignore, "*\n", within=self._tree)

    def sweep(self) -> None:
        """Remove what a process left that was ended in the middle of writing a file."""
        for left in self.top.rglob(f"{TEMPORARY}*.tmp"):
            with suppress(OSError):
                left.unlink()

    @property
    def _hidden(self) -> bool:
        return self.top == self.root / FOLDER

    @property
    def _tree(self) -> Path:
        """`.postwright` must not be a link out of the tree; a folder named with -o is where the user says."""
        return self.root if self._hidden else self.top


def workplace_for(posting: Path, *, out: Path | None = None, cwd: Path | None = None) -> Workplace:
    """The workplace of a posting: its git repository, else the current folder, else the posting's own folder.

    `posting` may be a file or a folder; it need not exist. With `out`, work files go there instead of
    `.postwright`, under the same relative paths.
    """
    root = _root_of(_absolute(posting), _absolute(cwd or Path()))
    return Workplace(root, _absolute(out) if out else root / FOLDER)


def is_own_product(path: Path) -> bool:
    """True for what Postwright wrote: all of `.postwright`, and the work files in a folder named with -o."""
    place = _absolute(path)
    if FOLDER in place.parts:
        return True
    return place.name in PRODUCTS and (place.parent / REVIEW).is_file()


def _root_of(posting: Path, cwd: Path) -> Path:
    chain = (posting, *posting.parents)
    for folder in chain:
        if _is_repository(folder):
            return folder
    if cwd in chain:
        return cwd
    return posting if posting.is_dir() else posting.parent


def _is_repository(folder: Path) -> bool:
    try:
        return (folder / ".git").exists()  # a folder, or a file in worktrees and submodules
    except OSError:
        return False


def _absolute(path: Path) -> Path:
    """Absolute without following the last link: a posting that is a link keeps its own name."""
    whole = Path.cwd() / path
    if whole.name in {"", ".."}:
        return whole.resolve()
    return whole.parent.resolve() / whole.name
