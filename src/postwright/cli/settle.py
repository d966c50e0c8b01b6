"""`postwright settle`: decisions by number or from the review page; `--write` puts the result in place."""

import shutil
import subprocess
import sys
from pathlib import Path

import click

from postwright.cli.opening import Opened, open_posting, refuse_stale
from postwright.domain.draft import DecisionState
from postwright.domain.errors import UsageProblem
from postwright.domain.review import Review
from postwright.formats.source import Form
from postwright.formats.text import decode
from postwright.reports.page import page
from postwright.storage.files import read_bytes, shown, write_text
from postwright.storage.review import load_review, review_to_json
from postwright.storage.workplace import WorkFiles, workplace_for
from postwright.workflows.settling import LARGEST_DECISIONS, read_choices
from postwright.workflows.settling import settle as settle_review


@click.command(epilog='Example: postwright settle jobs/ml-engineer.md --with "accept 1,3; reject 2"')
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--with", "words", metavar="TEXT", help='Choices in words, e.g. "accept 1,3; reject 2; edit 4: new words".'
)
@click.option(
    "--from", "source", type=click.Path(path_type=Path, allow_dash=True), help="File of choices from the review page."
)
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the work files.")
@click.option("--write", is_flag=True, help="Put the result in place of the posting, when nothing is pending.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def settle(file: Path, words: str | None, source: Path | None, out: Path | None, write: bool, quiet: bool) -> None:  # noqa: FBT001
    """Settle the decisions of FILE's draft."""
    posting = open_posting(file)
    work = workplace_for(posting.file, out=out).of(posting.place)
    review = load_review(work.review)
    if review is None:
        raise UsageProblem(f"{shown(file)} has no draft yet", hint=f"postwright rewrite {shown(file)}")
    refuse_stale(posting, review, work)
    text = words or ""
    if source is not None:
        text = _said(source)
    if text:
        decisions = review.draft.decisions if review.draft else ()
        review = settle_review(review, read_choices(text, decisions))
        _store(review, work)
    pending = review.draft.pending if review.draft else ()
    if write and posting.source.form is not Form.TEXT:
        raise UsageProblem(
            f"{shown(file)} is no text file: settle does not write it",
            hint=f"postwright export {shown(file)} --to docx",
        )
    if write:
        _put_in_place(file, review)
        if not quiet:
            click.echo(f"{shown(file)} now holds the settled text.")
        return
    if not quiet:
        for line in _state(review, posting):
            click.echo(line)
    if not text and not pending and not quiet:
        click.echo("Nothing is pending.")


def _said(source: Path) -> str:
    """The choices in a file, or on standard input, read no further than they may be long."""
    if str(source) == "-":
        return decode(sys.stdin.buffer.read(LARGEST_DECISIONS + 1), "stdin")
    return decode(read_bytes(source, failure=UsageProblem), shown(source))


def _store(review: Review, work: WorkFiles) -> None:
    if review.draft is not None:
        work.write(work.draft, review.draft.text)
    work.write(work.review, review_to_json(review))
    work.write(work.review_page, page(review))


def _state(review: Review, posting: Opened) -> list[str]:
    decisions = review.draft.decisions if review.draft else ()
    lines = [f"{d.id[1:]:>3}  {d.state.value:<8}  {d.kind.value}: {' '.join(d.text.split())[:80]}" for d in decisions]
    pending = sum(d.state is DecisionState.PENDING for d in decisions)
    if pending:
        lines.append(f"{pending} of {len(decisions)} still pending.")
    elif decisions:
        lines.append(f"All settled. Next: {_next(posting)}")
    return lines


def _next(posting: Opened) -> str:
    if posting.source.form is Form.TEXT:
        return f"postwright settle {shown(posting.place)} --write"
    if posting.source.origin is not None:
        return f"postwright export {shown(posting.file)} --changes"
    return f"postwright export {shown(posting.place)} --to docx"


def _put_in_place(file: Path, review: Review) -> None:
    """Write the settled text over the posting: only a clean git file, or with a backup beside it."""
    draft = review.draft
    if draft is None:
        raise UsageProblem(f"{shown(file)} has no draft to write", hint=f"postwright rewrite {shown(file)}")
    if draft.pending:
        raise UsageProblem(
            f"{len(draft.pending)} decisions are still pending", hint='settle them first, e.g. --with "accept 1-3"'
        )
    if not _is_clean_in_git(file):
        backup = file.with_name(file.name + ".orig")
        if backup.exists():
            raise UsageProblem(f"{shown(backup)} exists already", hint="move the old backup away first")
        shutil.copy2(file, backup)
    write_text(file, draft.text)


def _is_clean_in_git(file: Path) -> bool:
    """True if git has this very text of the file, so that nothing is lost by writing over it."""
    git = shutil.which("git")
    if git is None:
        return False
    where = file.resolve()
    command = [git, "-C", str(where.parent), "status", "--porcelain", "--ignored", "--", where.name]
    answer = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - git itself, no shell
    tracked = [git, "-C", str(where.parent), "ls-files", "--error-unmatch", "--", where.name]
    known = subprocess.run(tracked, capture_output=True, check=False)  # noqa: S603
    return answer.returncode == 0 and not answer.stdout.strip() and known.returncode == 0
