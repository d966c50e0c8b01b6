"""`poe eval`: the current prompt over all cases, as a table and as a file; `poe eval --compare A B`."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from evaluation.cases import Case, cases_in, chosen, fixture_cases, live_cases
from evaluation.comparing import comparison
from evaluation.live import RECORDED, Wish, ask_all
from evaluation.measuring import Result, played_now
from evaluation.results import Results, find, gathered, head_of, save
from evaluation.table import lines_of
from postwright.cli.boundary import boundary, complain
from postwright.domain.errors import PostwrightError, UsageProblem
from postwright.prompting.library import Prompts

MODEL = "claude-sonnet-5-5"
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command(epilog="docs/evaluation.md says how to read the table.")
@click.argument("folder", required=False, type=_FOLDER)
@click.option("--replies", type=_FOLDER, help="Where the replies to FOLDER's postings are (default: in it).")
@click.option("--only", multiple=True, metavar="NAME", help="Only cases whose name begins so; may be repeated.")
@click.option("--prompts", type=_FOLDER, help="Folder of other prompt templates.")
@click.option("--model", default=MODEL, show_default=True, help="Model to ask, or whose prices count.")
@click.option("--live", is_flag=True, help="Ask the API instead of playing recorded replies.")
@click.option("--max-cost", type=click.FloatRange(min=0), metavar="USD", help="With --live: never spend more.")
@click.option("--record", type=click.Path(path_type=Path), default=RECORDED, help="With --live: where replies go.")
@click.option("--brief", is_flag=True, help="The sums alone.")
@click.option("--no-save", is_flag=True, help="Leave tests/evaluation/results alone.")
@click.option(
    "--compare", nargs=2, metavar="A B", help="Compare two results by the beginning of their names, or files."
)
def main(
    folder: Path | None,
    *,
    replies: Path | None,
    only: Sequence[str],
    prompts: Path | None,
    model: str,
    live: bool,
    max_cost: float | None,
    record: Path,
    brief: bool,
    no_save: bool,
    compare: tuple[str, str] | None,
) -> None:
    """Evaluate the prompt on the fixtures, or on the postings of FOLDER.

    Offline, recorded replies go through the whole pipeline. Results of the fixtures are kept by prompt in
    tests/evaluation/results; those of FOLDER and of --only are printed and not kept.
    """
    with boundary():
        if compare is not None:
            _say(comparison(find(compare[0]), find(compare[1])))
            return
        if max_cost is not None and not live:
            raise UsageProblem("--max-cost needs --live", hint="without it nobody is asked and nothing is paid")
        cases = chosen(cases_in(folder, replies) if folder is not None else fixture_cases(), only)
        wish = Wish(model, max_cost, prompts, record)
        results, why = ask_all(live_cases(cases), wish, _note) if live else _played(cases, model, prompts)
        head = head_of(Prompts(prompts).fingerprint(), model, live=live, complete=why is None)
        found = gathered(head, results)
        _say(lines_of(found, brief=brief))
        _keep(found, wanted=not (no_save or only or folder is not None or why is not None))
        if why is not None:
            complain(why)
            sys.exit(why.exit_code)


def _played(cases: Sequence[Case], model: str, prompts: Path | None) -> tuple[list[Result], PostwrightError | None]:
    return played_now(cases, model, Prompts(prompts)), None


def _keep(found: Results, *, wanted: bool) -> None:
    if not wanted:
        _note("these results are not kept")
        return
    path, written = save(found)
    _note(f"{'kept in' if written else 'the same as in'} {path.relative_to(Path(__file__).parents[2])}")


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _note(text: str) -> None:
    click.echo(text, err=True)


if __name__ == "__main__":
    main()
