"""`postwright batch`: a folder of postings, sorted for free, priced, and rewritten at a known price."""

import asyncio
import gc
import shlex
import signal
import sys
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click

from postwright.cli.batch_board import Board, Figures
from postwright.cli.batch_words import price_lines, sorted_lines, status_lines, summary_lines, wrapped
from postwright.cli.boundary import ExitCode, complain
from postwright.cli.choosing import Target, chosen, provider_option, refuse_batches
from postwright.cli.profile import look_at_profile
from postwright.cli.run_report import write_page_of
from postwright.domain.config import Config
from postwright.domain.errors import ModelError, NoCredentials, UsageProblem
from postwright.llm.providers import DEFAULT_MODEL
from postwright.reports.page import page
from postwright.storage.batch_rows import BatchBook, Handed, Phase
from postwright.storage.files import shown
from postwright.storage.journal import SqliteJournal
from postwright.storage.locks import FolderLock
from postwright.storage.runs import Run, RunBook, Status
from postwright.storage.workplace import Workplace, workplace_for
from postwright.workflows.checking.looking import rule_names
from postwright.workflows.checking.settings import Overrides, Settings, excluded, place_in, top_of
from postwright.workflows.many.accounts import totals
from postwright.workflows.many.batching import MOST_OPEN, Batch, Connected, Order, Report
from postwright.workflows.many.crew import Crew, hands_for
from postwright.workflows.many.deciding import Policy, load_policy
from postwright.workflows.many.handing_in import Rhythm
from postwright.workflows.many.piecework import Bench, Piecework
from postwright.workflows.many.shop import Interrupted
from postwright.workflows.many.walking import Found, Walk
from postwright.workflows.proposals import KEEP, QUESTIONS
from postwright.workflows.rewriting import Options

_MEMORY = Path(":memory:")
GC_EVERY = 50_000
"""New objects between collections: the vendor's library makes hundreds of thousands that stay."""
MOST_PAGES = 2_000
"""Postings of a run that get a review page at once; for more, `postwright review` makes those that are looked at."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The command line, in one value."""

    src: Path
    concurrency: int
    economy: bool
    status: bool
    retry_failed: bool
    dry_run: bool
    max_cost: float | None
    proposals: str
    policy: Path | None
    settle: Path | None
    rules_only: bool
    provider: str | None
    model: str
    effort: str
    ttl: str
    prompts: Path | None
    poll: float
    anyway: bool
    all_formats: bool
    send_contacts: bool
    allow_sensitive: bool
    out: Path | None
    quiet: bool
    as_json: bool


@click.command(epilog="Example: postwright batch jobs/ --dry-run, then the same with --max-cost 20")
@click.argument("src", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--dry-run", is_flag=True, help="Sort and price, ask nothing, write nothing.")
@click.option("--max-cost", type=click.FloatRange(min=0), metavar="USD", help="Never spend more; also over resumes.")
@click.option(
    "--concurrency", type=click.IntRange(1, MOST_OPEN), default=16, show_default=True, help="Most open requests."
)
@click.option("--economy", is_flag=True, help="By Message Batches: half the price, within a day.")
@click.option("--status", is_flag=True, help="Say how far the last run is, and do nothing.")
@click.option("--retry-failed", is_flag=True, help="Only what failed; replies that could not be used are paid anew.")
@click.option(
    "--proposals",
    type=click.Choice([QUESTIONS, KEEP]),
    default=QUESTIONS,
    show_default=True,
    help="What nobody has said: ask it, or mark it in the draft.",
)
@click.option(
    "--policy",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help='TOML with accept = ["wording", ...] and hold = ["licence", ...].',
)
@click.option(
    "--settle",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Apply a filled-in decisions.csv to all drafts, and do nothing else.",
)
@click.option("--rules-only", is_flag=True, help="Work without a model: verdicts and marked-up originals.")
@provider_option
@click.option("--model", default="", help=f"Model to ask [default: the config's, else {DEFAULT_MODEL}].")
@click.option("--effort", type=click.Choice(["low", "medium", "high", "xhigh", "max"]), help="Thinking effort.")
@click.option("--cache", "ttl", type=click.Choice(["5m", "1h"]), help="Life of the shared prompt in the cache [1h].")
@click.option("--prompts", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Your own templates.")
@click.option("--poll", type=click.FloatRange(min=0), default=0.0, help="Seconds between looks at batches [2 to 60].")
@click.option("--anyway", is_flag=True, help="Also work on what is ready or out of scope.")
@click.option("--all-formats", is_flag=True, help="Also Word, PDF and HTML files and ATS exports, each job a posting.")
@click.option("--send-contacts", is_flag=True, help="Send e-mail addresses and phone numbers as they are.")
@click.option(
    "--allow-sensitive",
    is_flag=True,
    help="Send although a secret or patient data was found (what is too long is never sent).",
)
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the work files.")
@click.option("--json", "as_json", is_flag=True, help="Print the accounts of the run as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def batch(**options: Any) -> None:
    """Critique and rewrite every posting under SRC.

    First all are read by rules, free of charge: what is ready, out of scope or no posting is listed and not paid for.
    Then the price is told, then the run begins. It can be broken off at any time and gone on with by the same
    command; what was paid for is kept. Work files go to .postwright/, your files stay untouched.
    """
    wishes = Wishes(**options)
    place = workplace_for(wishes.src, out=wishes.out)
    src = _relative(wishes.src, place)
    if wishes.status:
        _tell_status(place, src, _target(wishes, _config(wishes.src), asks=False))
    elif wishes.settle is not None:
        from postwright.cli.batch_settle import settle_all

        settle_all(place, src, wishes.settle, quiet=wishes.quiet)
    else:
        _run(wishes, place, src)


def _relative(src: Path, place: Workplace) -> str:
    """The folder as the memory of runs knows it: relative to the workplace's root."""
    where = src.resolve()
    return str(where.relative_to(place.root)) if where != place.root else "."


def _run(wishes: Wishes, place: Workplace, src: str) -> None:
    gc.set_threshold(GC_EVERY, 20, 50)
    config = _config(wishes.src)
    look_at_profile(config, quiet=wishes.quiet)
    top = top_of(config)
    walk = Walk(place.root, place.root / src, place.top, lambda path: excluded(place_in(top, path), config))
    walk.all_formats = wishes.all_formats
    postings = list(walk)
    target = _target(wishes, config, asks=not wishes.rules_only)
    order = _order(wishes, config, target, place, src, pages=len(postings) <= MOST_PAGES)
    with ExitStack() as held:
        crew = Crew(partial(Piecework, order.bench), hands_for(len(postings)))
        held.callback(crew.close)
        if not wishes.dry_run:
            place.prepare()
            held.enter_context(FolderLock(place.top / "batch.lock", place.root))
        fleeting = wishes.dry_run and not place.journal.exists()
        journal = held.enter_context(SqliteJournal(_MEMORY if fleeting else place.journal))
        durable = wishes.economy or wishes.max_cost is not None
        book = RunBook(_MEMORY if wishes.dry_run else place.top / "runs.sqlite3", durable=durable)
        held.callback(book.close)
        board = Board(quiet=wishes.quiet or wishes.as_json)
        run = Batch(order, crew, book, journal, board.note)
        held.callback(run.release)
        try:
            report = asyncio.run(_worked(run, postings, wishes, target, board))
        except asyncio.CancelledError as error:
            raise KeyboardInterrupt from error
        if report is not None:
            _tell(report, book, walk, wishes)


async def _worked(run: Batch, postings: list[Found], wishes: Wishes, target: Target, board: Board) -> Report | None:
    _on_interrupt(run, board)
    silent = wishes.quiet or wishes.as_json
    await run.sort(postings, None if wishes.rules_only else partial(_connect, target))
    lines = sorted_lines(run.sorted)
    if not wishes.rules_only and not run.shop.stopping.asked:
        price = await run.price(count=wishes.dry_run and target.signed and target.provider.counts)
        lines += price_lines(price, run.order, run.sorted)
    _say([] if silent else lines, err=not wishes.dry_run)
    if wishes.dry_run:
        await run.let_go()
        return None
    async with board.showing(_figures(run)):
        await run.work()
    return await run.close()


def _say(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines of ours: whole where a program may read them, within the columns of a terminal."""
    stream = sys.stderr if err else sys.stdout
    width = get_terminal_size().columns if stream.isatty() else sys.maxsize
    for line in lines:
        click.echo(wrapped(line, width), err=err)


def _figures(run: Batch) -> Figures:
    board, order = run.shop.board, run.order
    asks = not order.bench.rules_only
    return Figures(
        lambda: (board.done, board.failed, board.total),
        lambda: run.purse.spent - run.purse.unknown if asks and run.tariff.known else None,
        lambda: run.watch.share if asks and not order.economy and run.watch.followers else None,
        lambda: board.phase,
    )


def _target(wishes: Wishes, config: Config, *, asks: bool) -> Target:
    return chosen(wishes.provider, wishes.model, config, asks=asks)


def _connect(target: Target) -> Connected:
    """The vendor's library loads while the postings are read: it takes a second."""
    from postwright.cli.wiring import connect_batch

    return connect_batch(target.model, target.provider)


def _on_interrupt(run: Batch, board: Board) -> None:
    """Ctrl-C: begin nothing new and wait for what is paid for. Once more: leave at once."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def interrupted() -> None:
        if run.shop.stopping.asked and task is not None:
            task.cancel()
            return
        board.note("interrupted: waiting for the replies that are on their way (Ctrl-C again to leave now)")
        run.interrupt()

    with suppress(NotImplementedError):  # no signal handlers on this system's event loop: Ctrl-C ends at once
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, interrupted)


def _config(src: Path) -> Config:
    """The config of the folder holds for the whole run: a prompt that differs between postings is not cached."""
    return Settings(Overrides(), rule_names(), "").of(src.absolute())


def _order(wishes: Wishes, config: Config, target: Target, place: Workplace, src: str, *, pages: bool) -> Order:
    prices, model = target.prices, target.model
    if wishes.rules_only and (wishes.economy or wishes.max_cost is not None):
        raise UsageProblem("--rules-only asks nobody", hint="leave out --economy and --max-cost")
    if not wishes.rules_only and not wishes.dry_run and not target.signed:
        raise NoCredentials("there is no API key", hint="set ANTHROPIC_API_KEY, or add --rules-only to work without")
    if wishes.max_cost is not None and not prices.knows(model):
        raise UsageProblem(
            f"the price of {model} is unknown, so --max-cost cannot hold",
            hint="leave --max-cost out, or give the model's price in the config (prices)",
        )
    if wishes.economy:
        refuse_batches(target)
    ttl = wishes.ttl or config.cache or "1h"
    if wishes.economy and ttl != "1h":
        raise UsageProblem("batches need --cache 1h", hint="leave --cache out")
    prompts = wishes.prompts or (top_of(config) / config.prompts if config.prompts else None)
    options = Options(
        effort=wishes.effort or config.effort,
        ttl=ttl,
        anyway=wishes.anyway,
        send_contacts=wishes.send_contacts,
        allow_sensitive=wishes.allow_sensitive,
        profile=config.profile,
        as_of=date.fromisoformat(config.as_of) if config.as_of else None,
        config=config,
        proposals=wishes.proposals,
    )
    policy = load_policy(wishes.policy) if wishes.policy else Policy()
    bench = Bench(place, options, model, prompts, prices, policy, wishes.rules_only, page if pages else None)
    rhythm = Rhythm(poll=wishes.poll)
    return Order(src, bench, wishes.concurrency, wishes.economy, wishes.max_cost, wishes.retry_failed, rhythm)


def _tell(report: Report, book: RunBook, walk: Walk, wishes: Wishes) -> None:
    """The summary, and the exit code. A run that could not even begin says only why."""
    why = report.why
    begun = why is None or report.totals.statuses[Status.DONE.value] > 0
    if begun:
        write_page_of(report.folder, book, report.run, report.head)
    if wishes.as_json:
        click.echo((report.folder / "run.json").read_text("utf-8"), nl=False)
    elif begun and not wishes.quiet:
        failures = book.outcomes(report.run.id, Status.FAILED)
        _say(summary_lines(report, walk.others, failures, wishes.src))
    if isinstance(why, Interrupted):
        command = f"postwright batch {shlex.quote(shown(wishes.src))}"
        click.echo(f"Interrupted; what is done is kept. Go on with: {command}", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    if why is not None:
        complain(why)
        sys.exit(why.exit_code)
    if report.totals.statuses[Status.FAILED.value]:
        sys.exit(ExitCode.FAILED)


def _tell_status(place: Workplace, src: str, target: Target) -> None:
    path = place.top / "runs.sqlite3"
    if not path.exists():
        lines = list(status_lines(None, None, ()))
    else:
        book = RunBook(path)
        run = book.latest(src)
        sums = totals(book, run.id) if run else None
        batches = BatchBook(book.file, run.id).all() if run else []
        lines = list(status_lines(run, sums, asyncio.run(_looked_at(batches, run, target))))
        book.close()
    _say(lines)


async def _looked_at(batches: list[Handed], run: Run | None, target: Target) -> list[tuple[Handed, str]]:
    """What the API says of the batches that are not fetched yet, when it can be asked."""
    open_ones = [handed for handed in batches if handed.phase is Phase.POSTED]
    if not open_ones or run is None or not target.signed:
        return [(handed, "") for handed in batches]
    connected = _connect(replace(target, model=str(run.facts["engine"])))
    said: dict[int, str] = {}
    try:
        for handed in open_ones:
            status = await connected.batches.look(handed.id)
            state = "ended, its results wait" if status.ended else "in progress"
            said[handed.number] = f"{state}, {status.done:,} of {status.size:,} done"
    except ModelError as error:
        said[open_ones[len(said)].number] = error.says
    finally:
        await connected.endpoint.close()
    return [(handed, said.get(handed.number, "")) for handed in batches]
