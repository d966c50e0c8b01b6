"""`postwright batch SRC --settle decisions.csv`: one decision for all postings that have the same sentence."""

import sys
from pathlib import Path

import click

from postwright.cli.boundary import ExitCode, complain
from postwright.cli.run_report import write_page_of
from postwright.domain.errors import PostwrightError, UsageProblem
from postwright.reports.page import page
from postwright.storage.charges import Charges
from postwright.storage.files import shown
from postwright.storage.locks import FolderLock
from postwright.storage.runs import RunBook
from postwright.storage.workplace import Workplace
from postwright.workflows.many.accounts import groups_of, read_worklist, write_run, write_worklist
from postwright.workflows.many.settling_many import orders, settle_many


def settle_all(place: Workplace, src: str, worklist: Path, *, quiet: bool) -> None:
    """Apply what was decided to every draft of the last run, and write the worklist that is left."""
    path = place.top / "runs.sqlite3"
    book = RunBook(path) if path.exists() else None
    run = book.latest(src) if book else None
    if book is None or run is None:
        raise UsageProblem("there is no run over this folder yet", hint="run batch first")
    wanted = orders(read_worklist(worklist))
    done = failed = 0
    folder = place.top / "runs" / run.id
    with FolderLock(place.top / "batch.lock", place.root):
        for name, review in settle_many(book, run.id, place, wanted):
            if isinstance(review, PostwrightError):
                complain(PostwrightError(f"{shown(Path(name))}: {review.says}", hint=review.hint))
                failed += 1
                continue
            work = place.of(place.root / name)
            if work.review_page.exists():
                work.write(work.review_page, page(review))
            done += 1
        head = write_run(folder / "run.json", book, run, Charges(book.file, run.id), src)
        left = write_worklist(folder / "decisions.csv", groups_of(book, run.id, src))
        write_page_of(folder, book, run, head)
    book.close()
    if not quiet:
        click.echo(
            f"{_counted(len(wanted), 'decision')} applied to {_counted(done, 'draft')}; {left:,} left to decide."
        )
    if failed:
        sys.exit(ExitCode.FAILED)


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
