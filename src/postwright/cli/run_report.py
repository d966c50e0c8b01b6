"""Writes the page of a run beside its run.json, with links to what each posting has."""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from postwright.domain.errors import StaleDraft
from postwright.reports.page import page
from postwright.reports.run_page import Alike, run_page
from postwright.storage.files import write_text
from postwright.storage.review import load_review
from postwright.storage.runs import Run, RunBook
from postwright.storage.workplace import DRAFT, REVIEW_PAGE, WorkFiles
from postwright.workflows.many.accounts import entries, groups_of

PAGE = "run.html"
MOST_ROWS = 3_000
"""Postings on the page of a run, what failed and what waits for decisions first; run.json has all of them."""


def write_page_of(folder: Path, book: RunBook, run: Run, head: Mapping[str, Any]) -> Path:
    """Make the page of a run from the memory of runs. `head` is run.json without its postings."""
    rows = {"postings": list(islice(entries(book, run.id, run.src), MOST_ROWS))}
    return write_run_page(folder, folder.parents[1], run.src, groups_of(book, run.id, run.src), {**head, **rows})


def write_run_page(
    folder: Path, top: Path, src: str, worklist: Iterable[Alike] = (), data: Mapping[str, Any] | None = None
) -> Path:
    """Make `run.html` from the run.json in `folder`, or from `data` in its form. Returns where it is.

    `top` is the folder of work files, `src` the folder of the run relative to the workplace's root ("." for the root):
    the worklist names postings within it, run.json from the root.
    """
    if data is None:
        data = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        write_review_pages(top, (posting["path"] for posting in data["postings"]))
    up = "../" * len(folder.relative_to(top).parts)
    link: Callable[[str], str] = partial(_link, top, up, src)
    return write_text(folder / PAGE, run_page(data, data["postings"], worklist, link=link))


def write_review_pages(top: Path, paths: Iterable[str]) -> None:
    """Make the review page of each of these postings whose result is newer than its page. A damaged one has none."""
    for path in paths:
        work = WorkFiles(top / path, top)
        if work.review.is_file() and not _is_newer(work.review_page, work.review):
            with suppress(StaleDraft):
                if (stored := load_review(work.review)) is not None:
                    work.write(work.review_page, page(stored))


def _is_newer(one: Path, other: Path) -> bool:
    return one.is_file() and one.stat().st_mtime_ns >= other.stat().st_mtime_ns


def _link(top: Path, up: str, src: str, path: str) -> str:
    """The page of a posting where it was made, else its draft, else nothing."""
    for name in (REVIEW_PAGE, DRAFT):
        for place in (Path(path, name), Path(src, path, name)):
            if (top / place).is_file():
                return up + quote(place.as_posix().encode("utf-8", "surrogateescape"))
    return ""
