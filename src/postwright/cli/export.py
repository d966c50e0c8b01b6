"""`postwright export`: settled text in the format it is needed in, and changes for an ATS to load."""

import sys
from pathlib import Path

import click

from postwright.cli.boundary import ExitCode, complain, printable
from postwright.cli.opening import Opened, open_posting, open_postings, refuse_stale
from postwright.domain.critique import Verdict
from postwright.domain.errors import PostwrightError, StaleDraft, UsageProblem
from postwright.formats.changes import Change, change_of, changes_jsonl, rollback_jsonl, still_current
from postwright.formats.source import Form, Source
from postwright.formats.writing import FORMATS, written
from postwright.storage.files import shown, write_bytes
from postwright.storage.review import load_review
from postwright.storage.workplace import workplace_for


@click.command(epilog="Example: postwright export jobs/ml-engineer.docx --to docx")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", type=click.Choice(FORMATS), help="Format to write.")
@click.option("--changes", is_flag=True, help="Of a board's JSON: changes.jsonl to load, rollback.jsonl to undo.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="With --changes: a fresh export; what changed in it meanwhile is left out.",
)
@click.option("--file", "target", type=click.Path(path_type=Path, allow_dash=True), help="Where to; - is the screen.")
@click.option("--partial", is_flag=True, help="Write JSON-LD although Google requires more than the posting states.")
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the work files.")
def export(
    file: Path,
    to: str | None,
    changes: bool,  # noqa: FBT001 - click passes options by name
    against: Path | None,
    target: Path | None,
    partial: bool,  # noqa: FBT001
    out: Path | None,
) -> None:
    """Write the settled text of FILE in another format. Pending text is never exported."""
    if changes == (to is not None):
        raise UsageProblem("name either --to FORMAT or --changes", hint="e.g. postwright export job.md --to docx")
    if changes:
        _changes(file, out, open_postings(against) if against is not None else None)
        return
    posting = open_posting(file)
    settled = settled_text(posting, out)
    assert to is not None  # noqa: S101 - checked above
    if to == "jsonld":
        _check_linked(settled, posting, partial=partial)
    data = written(settled, posting.name, to, converted=posting.source.form is not Form.TEXT)
    if target is not None and str(target) == "-":
        click.echo(data, nl=False)
        return
    place = workplace_for(posting.file, out=out)
    if target is None:
        place.prepare()
        target = place.of(posting.place).folder / f"{printable(posting.file.stem)}.{to}"
    click.echo(shown(write_bytes(target, data)))


def settled_text(posting: Opened, out: Path | None) -> str:
    """The text that may be published. Raises UsageProblem while something is pending, and StaleDraft."""
    work = workplace_for(posting.file, out=out).of(posting.place)
    review = load_review(work.review)
    name = shown(posting.place)
    if review is None:
        raise UsageProblem(f"{name} has no draft yet", hint=f"postwright rewrite {name}")
    refuse_stale(posting, review, work)
    if review.draft is None:
        if review.critique.verdict is Verdict.READY:
            return posting.source.text
        raise UsageProblem(f"{name} has no draft to export", hint=f"postwright rewrite {name}")
    if review.draft.pending:
        raise UsageProblem(
            f"{len(review.draft.pending)} decisions of {name} are still pending", hint=f"postwright settle {name}"
        )
    return review.draft.text


def _check_linked(settled: str, posting: Opened, *, partial: bool) -> None:
    from postwright.formats.to_jsonld import job_posting, problems_of

    linked = job_posting(settled, posting.name)
    for conflict in linked.conflicts:
        click.echo(f"note: {conflict}: left out", err=True)
    if problems := problems_of(linked.data):
        says = f"not valid for Google for Jobs: {'; '.join(problems)}"
        if not partial:
            raise UsageProblem(says, hint="state it in the posting or its front matter, or pass --partial")
        click.echo(f"note: {says}", err=True)


def _changes(file: Path, out: Path | None, fresh: tuple[Opened, ...] | None) -> None:
    """Settled, changed postings of a board. What waits or is stale is counted and left out."""
    postings = open_postings(file)
    if not any(posting.source.origin for posting in postings):
        raise UsageProblem(f"{shown(file)} is no ATS export", hint="use --to md, html, docx, txt or jsonld")
    now = [posting.source for posting in fresh] if fresh is not None else None
    made: list[Change] = []
    waiting = failed = 0
    for posting in postings:
        try:
            change = change_of(posting.source, settled_text(posting, out), posting.name)
            if change is not None:
                _refuse_overtaken(change, now, posting)
                made.append(change)
        except UsageProblem:
            waiting += 1
        except PostwrightError as error:
            complain(error)
            failed += 1
    place = workplace_for(postings[0].file, out=out)
    place.prepare()
    folder = place.of(postings[0].file).folder
    write_bytes(folder / "rollback.jsonl", rollback_jsonl(made).encode())
    click.echo(shown(write_bytes(folder / "changes.jsonl", changes_jsonl(made).encode())))
    same = len(postings) - len(made) - waiting - failed
    click.echo(f"{len(made)} changed, {waiting} not settled, {failed} stale, {same} left as they are", err=True)
    if failed:
        sys.exit(ExitCode.FAILED)


def _refuse_overtaken(change: Change, fresh: list[Source] | None, posting: Opened) -> None:
    if fresh is not None and not still_current(change, fresh):
        raise StaleDraft(f"{shown(posting.place)} changed in the ATS meanwhile", hint="export the board and rewrite it")
