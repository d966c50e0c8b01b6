"""`postwright rewrite` and `postwright critique`: one or more postings, verdict to review page."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from postwright.cli.boundary import ExitCode, complain, printable
from postwright.cli.choosing import chosen, provider_option
from postwright.cli.opening import Opened, open_postings
from postwright.cli.profile import look_at_profile
from postwright.cli.progress import working
from postwright.domain.config import Config
from postwright.domain.critique import Answer
from postwright.domain.errors import PostwrightError
from postwright.domain.finding import Severity
from postwright.domain.review import Review
from postwright.llm.providers import DEFAULT_MODEL
from postwright.prompting.pieces import Mode
from postwright.reports.page import page
from postwright.reports.style import ANSI, PLAIN
from postwright.reports.summary import summary
from postwright.rules.engine import all_rules
from postwright.storage.config import find_config, load_config
from postwright.storage.files import shown
from postwright.storage.questions import load_answers, questions_to_yaml
from postwright.storage.review import load_review, review_to_json
from postwright.storage.workplace import WorkFiles, Workplace, workplace_for
from postwright.workflows.rewriting import Editor, Options, review_alone, review_by_rules

FAIL_LEVELS = ["error", "warning", "notice", "never"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """The command line, in one value."""

    out: Path | None
    answers: Path | None
    provider: str | None
    model: str | None
    effort: str | None
    ttl: str | None
    prompts: Path | None
    rules_only: bool
    anyway: bool
    send_contacts: bool
    allow_sensitive: bool
    quiet: bool
    diff: bool
    as_json: bool
    fail_on: str


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    options: list[Callable[[Callable[..., Any]], Callable[..., Any]]] = [
        click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)),
        click.option(
            "-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the work files."
        ),
        click.option(
            "--answers",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="Answers to use instead of the posting's questions.yaml.",
        ),
        provider_option,
        click.option("--model", help=f"Model to ask (default: the config's, else {DEFAULT_MODEL})."),
        click.option(
            "--effort",
            type=click.Choice(["low", "medium", "high", "xhigh", "max"]),
            help="Thinking effort (default: the model's own).",
        ),
        click.option(
            "--cache",
            "ttl",
            type=click.Choice(["5m", "1h"]),
            help="How long the shared prompt stays cached (default: 5m).",
        ),
        click.option(
            "--prompts",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            help="Folder of your own prompt templates.",
        ),
        click.option("--rules-only", is_flag=True, help="Work without a model, even with credentials."),
        click.option("--anyway", is_flag=True, help="Also work on what is ready or out of scope."),
        click.option("--send-contacts", is_flag=True, help="Send e-mail addresses and phone numbers as they are."),
        click.option(
            "--allow-sensitive",
            is_flag=True,
            help="Send although a secret or patient data was found (what is too long is never sent).",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the review as JSON."),
        click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
        click.option(
            "--fail-on",
            type=click.Choice(FAIL_LEVELS),
            default="never",
            show_default=True,
            help="Exit 1 when the posting has a finding at or over this level.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command(epilog="Example: postwright rewrite jobs/ml-engineer.md")
@_shared
@click.option("--diff", is_flag=True, help="Show what changed, line by line.")
def rewrite(files: tuple[Path, ...], **options: Any) -> None:
    """Critique and rewrite FILES. Work files go to .postwright/, your files stay untouched.

    Without credentials the rules engine works alone: a verdict, a critique, and the original with its safe
    fixes marked.
    """
    _run(files, Mode.REWRITE, Wishes(**options))


@click.command(epilog="Example: postwright critique jobs/ml-engineer.md")
@_shared
def critique(files: tuple[Path, ...], **options: Any) -> None:
    """Critique FILES: verdict, layers, findings, questions. No draft."""
    _run(files, Mode.CRITIQUE, Wishes(diff=False, **options))


def _run(files: tuple[Path, ...], mode: Mode, wishes: Wishes) -> None:
    config = _config(files[0])
    look_at_profile(config, quiet=wishes.quiet)
    editor = _editor(wishes, config)
    failed = False
    reviews: list[Review] = []
    if editor is None and not wishes.quiet and not wishes.rules_only:
        click.echo(
            "No credentials found: the rules engine works alone (set ANTHROPIC_API_KEY for a rewrite).", err=True
        )
    for file in files:
        try:
            postings = open_postings(file)
        except PostwrightError as error:
            failed = _failed(error, alone=len(files) == 1)
            continue
        for posting in postings:
            try:
                reviews.append(_one(posting, mode, editor, wishes, config))
            except PostwrightError as error:
                failed = _failed(error, alone=len(files) == len(postings) == 1)
    if failed:
        sys.exit(ExitCode.FAILED)
    if any(_fails(review, wishes.fail_on) for review in reviews):
        sys.exit(ExitCode.FINDINGS)


def _failed(error: PostwrightError, *, alone: bool) -> bool:
    """Says what failed; ends the run when the next posting would fail alike, or when there is none."""
    complain(error)
    if error.ends_run or alone:
        sys.exit(error.exit_code)
    return True


def _fails(review: Review, level: str) -> bool:
    if level == "never":
        return False
    ranks = [Severity.NOTICE, Severity.WARNING, Severity.ERROR]
    return any(ranks.index(f.severity) >= ranks.index(Severity(level)) for f in review.critique.findings)


def _config(file: Path) -> Config:
    """The config above the first file: one run has one model, one prompt and one profile."""
    place = file if str(file) != "-" else Path()
    found = find_config(place)
    return load_config(found, [rule.id for rule in all_rules()]) if found is not None else Config()


def _one(posting: Opened, mode: Mode, editor: Editor | None, wishes: Wishes, config: Config) -> Review:
    name, text = posting.name, posting.source.text
    place = workplace_for(posting.file, out=wishes.out)
    work = place.of(posting.place)
    for note in posting.source.notes if not wishes.quiet else ():
        click.echo(f"note: {printable(name)}: {note}", err=True)
    before = load_review(work.review)
    answers = _answers(wishes, work)
    options = Options(
        mode,
        wishes.effort or config.effort,
        wishes.ttl or config.cache or "5m",
        wishes.anyway,
        wishes.send_contacts,
        wishes.allow_sensitive,
        profile=config.profile,
        as_of=date.fromisoformat(config.as_of) if config.as_of else None,
        settled={d.key: d for d in before.draft.decisions} if before and before.draft else {},
        config=config,
    )
    if editor is None:
        review = review_by_rules(text, name, options, answers)
    else:
        review = _asked(text, name, editor, options, answers, place, quiet=wishes.quiet)
    review = replace(review, critique=review.critique.noting(posting.source.notes))
    _write(review, work, place, answers)
    _tell(review, work, wishes)
    return review


def _asked(
    text: str,
    name: str,
    editor: Editor,
    options: Options,
    answers: tuple[Answer, ...],
    place: Workplace,
    *,
    quiet: bool,
) -> Review:
    import asyncio

    with working(f"Claude reads {printable(name)}", on=not quiet) as tell:
        bound = _with_journal(editor, place, tell)
        return asyncio.run(review_alone(text, name, editor=bound, options=options, answers=answers, note=tell))


def _answers(wishes: Wishes, work: WorkFiles) -> tuple[Answer, ...]:
    if wishes.answers is not None:
        return load_answers(wishes.answers)
    return load_answers(work.questions) if work.questions.exists() else ()


def _editor(wishes: Wishes, config: Config) -> Editor | None:
    """The real Claude, wired only when it can be asked: this import takes a second."""
    target = chosen(wishes.provider, wishes.model, config, asks=not wishes.rules_only)
    if wishes.rules_only or not target.signed:
        return None
    from postwright.cli.wiring import build_editor

    own = Path(config.where).parent / config.prompts if config.prompts else None
    return build_editor(target.model, wishes.prompts or own, target.provider, target.own_prices)


def _with_journal(editor: Editor | None, place: Workplace, note: Callable[[str], None]) -> Editor | None:
    if editor is None:
        return None
    from postwright.cli.wiring import remembering

    place.prepare()
    return remembering(editor, place.journal, note)


def _write(review: Review, work: WorkFiles, place: Workplace, answers: tuple[Answer, ...]) -> None:
    place.prepare()
    if review.draft is not None:
        work.write(work.draft, review.draft.text)
    work.write(work.review, review_to_json(review))
    work.write(work.questions, questions_to_yaml(review.path, review.critique.questions, answers))
    work.write(work.review_page, page(review))


def _tell(review: Review, work: WorkFiles, wishes: Wishes) -> None:
    if wishes.as_json:
        click.echo(review_to_json(review), nl=False)
        return
    if wishes.quiet:
        return
    style = ANSI if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else PLAIN
    width = min(max(shutil.get_terminal_size().columns, 40), 120)
    for line in summary(review, next_command=f"open {shown(work.review_page)}", style=style, width=width):
        click.echo(line)
    if wishes.diff and review.draft is not None:
        from postwright.reports.diff import line_diff

        for line in line_diff(review.source, review.draft.text, review.path):
            click.echo(line)
