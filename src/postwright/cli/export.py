"""`postwright export`: settled text in the format it is needed in, and changes for an ATS to load."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from postwright.cli.boundary import ExitCode, complain, printable
from postwright.cli.opening import Opened, open_posting, open_postings, refuse_stale
from postwright.domain.config import Config
from postwright.domain.errors import PostwrightError, StaleDraft, UsageProblem
from postwright.formats.changes import Change, change_of, changes_jsonl, rollback_jsonl, still_current
from postwright.formats.source import Form, Source
from postwright.formats.stated import Given
from postwright.formats.writing import FORMATS, notes_of, written
from postwright.storage.config import find_config, load_config
from postwright.storage.files import shown, write_bytes
from postwright.storage.review import load_review
from postwright.storage.workplace import workplace_for
from postwright.workflows.publishing import settled_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The command line, in one value."""

    file: Path
    to: str | None
    changes: bool
    against: Path | None
    target: Path | None
    partial: bool
    employer: str
    date_posted: str
    location: str
    country: str
    out: Path | None


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
@click.option("--partial", is_flag=True, help="Write JSON-LD although Google requires more than is stated.")
@click.option("--employer", default="", metavar="NAME", help="For JSON-LD, where the posting does not say it.")
@click.option("--date-posted", default="", metavar="DATE", help="For JSON-LD: the day it was published, ISO.")
@click.option("--location", default="", metavar="PLACE", help='For JSON-LD: "Boston, MA", or "Remote (US)".')
@click.option("--country", default="", metavar="NAME", help="For JSON-LD: of a place that names none.")
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the work files.")
def export(**options: Any) -> None:
    """Write the settled text of FILE in another format. Pending text is never exported."""
    wishes = Wishes(**options)
    if wishes.changes == (wishes.to is not None):
        raise UsageProblem("name either --to FORMAT or --changes", hint="e.g. postwright export job.md --to docx")
    if wishes.to is not None:
        _export(wishes, wishes.to)
        return
    _changes(wishes.file, wishes.out, open_postings(wishes.against) if wishes.against is not None else None)


def _export(wishes: Wishes, to: str) -> None:
    posting = open_posting(wishes.file)
    text = _settled(posting, wishes.out)
    data = _linked(text, posting, wishes) if to == "jsonld" else _written(text, posting, to)
    target = wishes.target
    if target is not None and str(target) == "-":
        click.echo(data, nl=False)
        return
    if target is None:
        place = workplace_for(posting.file, out=wishes.out)
        place.prepare()
        target = place.of(posting.place).folder / f"{printable(posting.file.stem)}.{to}"
    elif target.exists() and posting.file.exists() and target.samefile(posting.file):
        name = shown(posting.file)
        raise UsageProblem(f"--file names {name} itself", hint=f"postwright settle {name} --write, or another name")
    click.echo(shown(write_bytes(target, data)))


def _written(text: str, posting: Opened, to: str) -> bytes:
    for note in notes_of(text, posting.name, to):
        click.echo(f"note: {note}", err=True)
    return written(text, posting.name, to, converted=posting.source.form is not Form.TEXT)


def _settled(posting: Opened, out: Path | None) -> str:
    """The text that may be published. Raises UsageProblem while something is pending, and StaleDraft."""
    work = workplace_for(posting.file, out=out).of(posting.place)
    review = load_review(work.review)
    name = shown(posting.place)
    if review is None:
        raise UsageProblem(f"{name} has no draft yet", hint=f"postwright rewrite {name}")
    refuse_stale(posting, review, work)
    return settled_text(review, name)


def _linked(settled: str, posting: Opened, wishes: Wishes) -> bytes:
    """The structured data, and on stderr what was left out of it and why. Raises UsageProblem for what is not valid."""
    from postwright.formats.linked_check import refuse_invalid
    from postwright.formats.to_jsonld import job_posting

    linked = job_posting(settled, posting.name, _given(posting, wishes))
    for conflict in linked.conflicts:
        click.echo(f"note: {conflict}: left out", err=True)
    if linked.cluttered:
        click.echo(f'note: Google wants the name of the job alone as title, without "{linked.cluttered}"', err=True)
    if linked.given:
        click.echo(f"note: the page has to show what its text does not say: {', '.join(linked.given)}", err=True)
    if not wishes.partial:
        refuse_invalid(linked.data)
    elif linked.missing:
        click.echo(f"note: Google requires what is not stated: {', '.join(linked.missing)}", err=True)
    if linked.advised:
        click.echo(f"note: Google recommends what is not stated: {', '.join(linked.advised)}", err=True)
    return linked.text.encode("utf-8", "replace")


def _given(posting: Opened, wishes: Wishes) -> Given:
    """What the config states for all postings, and the command line for this one."""
    found = find_config(posting.file)
    config = load_config(found) if found is not None else Config()
    return Given(
        employer=wishes.employer or config.employer.name,
        places=config.employer.places,
        country=wishes.country or config.employer.country,
        date_posted=wishes.date_posted,
        location=wishes.location,
        meanings=config.front_matter,
    )


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
            change = change_of(posting.source, _settled(posting, out), posting.name)
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
