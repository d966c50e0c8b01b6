"""`postwright review`: the review pages again, from what earlier runs stored. Asks nothing, changes no draft."""

from collections.abc import Iterator
from pathlib import Path

import click

from postwright.cli.boundary import complain
from postwright.domain.errors import PostwrightError, UsageProblem
from postwright.reports.page import page
from postwright.storage.files import shown
from postwright.storage.review import load_review
from postwright.storage.workplace import REVIEW, WorkFiles, Workplace, workplace_for


@click.command(epilog="Example: postwright review jobs/")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the work files.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def review(context: click.Context, path: Path | None, out: Path | None, *, quiet: bool) -> None:
    """Make the review page of PATH again: of one posting, of a folder of them, or of all (without PATH)."""
    place = path or Path()
    here = workplace_for(place / "any.md" if place.is_dir() else place, out=out)
    made = failed = 0
    for work in _works(here, place):
        try:
            stored = load_review(work.review)
            if stored is not None:
                written = work.write(work.review_page, page(stored))
                made += 1
                if not quiet:
                    click.echo(shown(written))
        except PostwrightError as error:
            complain(error)
            failed += 1
    if not made and not failed:
        raise UsageProblem(f"no results are stored for {shown(place)}", hint=f"postwright rewrite {shown(place)}")
    if failed:
        context.exit(3)


def _works(here: Workplace, place: Path) -> Iterator[WorkFiles]:
    """The work files with a stored review, of one posting or of every posting under a folder."""
    if not place.is_dir():
        yield here.of(place)
        return
    below = here.of(place / "any.md").folder.parent
    for stored in sorted(below.rglob(REVIEW)):
        yield WorkFiles(stored.parent, here.top)
