"""`postwright check`: the rules over files and folders, offline. The pre-commit hook runs this."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import click

from postwright.cli.boundary import ExitCode
from postwright.domain.checked import CheckedFile, Totals
from postwright.domain.config import Config
from postwright.domain.errors import PostingUnreadable, StorageFailed, UsageProblem
from postwright.formats.text import decode
from postwright.reports.findings import FORMATS, FindingsReport, report_in
from postwright.reports.findings.text import Report as TextReport
from postwright.reports.findings.totals import counted
from postwright.reports.findings.visible import visible
from postwright.storage.cache import cache_of
from postwright.storage.files import READ_LIMIT
from postwright.workflows.checking.files import Checker, Fixing
from postwright.workflows.checking.looking import rule_names
from postwright.workflows.checking.settings import Overrides, Settings, as_toml

LEVELS = ("error", "warning", "notice", "never")
STDIN = Path("-")
_FEW = 16  # files of a commit are mostly new: looking them up would cost more than it saves

Output = tuple[FindingsReport, Callable[[str], object]]
"""A report, and what takes its text."""


class Asked(NamedTuple):
    """What the command line says."""

    paths: tuple[Path, ...]
    stdin_filename: Path
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str | None
    form: str
    also: tuple[str, ...]
    fix: bool
    diff: bool
    statistics: bool
    show_config: bool
    config: Path | None
    baseline: Path | None
    update_baseline: bool
    as_of: str | None
    jobs: int
    all_formats: bool
    cache: bool
    quiet: bool

    @property
    def for_machines(self) -> bool:
        """Whether the fingerprints of findings are wanted."""
        forms = {self.form, *(wish.partition("=")[0] for wish in self.also)}
        return bool(forms & {"json", "sarif"}) or self.update_baseline

    @property
    def looks_at_many(self) -> bool:
        return len(self.paths) > _FEW or any(path.is_dir() for path in self.paths)

    @property
    def fixing(self) -> Fixing:
        if self.fix:
            return Fixing.WRITE
        return Fixing.SHOW if self.diff else Fixing.LEAVE

    def overrides(self) -> Overrides:
        return Overrides(
            config=self.config,
            select=self.select,
            ignore=self.ignore,
            fail_on=self.fail_on or "",
            as_of=self.as_of or "",
            baseline=self.baseline,
        )


def _names(_context: click.Context, _option: click.Parameter, values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no date such as 2026-11-22") from error


_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    epilog="Example: postwright check jobs/ --fail-on warning. Exit codes: 0, 1 findings, 2 usage, 3 unread."
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--stdin-filename", type=_FILE, default="stdin.md", help="Name of the text on standard input (path `-`).")
@click.option("--select", multiple=True, callback=_names, help="Only these rules or families (comma-separated).")
@click.option("--ignore", multiple=True, callback=_names, help="Without these rules or families.")
@click.option("--fail-on", type=click.Choice(LEVELS), help="Findings from this level on fail (default: error).")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="Form of the output.")
@click.option("--report", "also", multiple=True, metavar="FORM=FILE", help="Also write this form to a file.")
@click.option(
    "--fix", is_flag=True, help="Write the safe fixes (misspelt terms, pronouns); nothing that changes a meaning."
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--statistics", is_flag=True, help="Counts by rule instead of the findings.")
@click.option("--show-config", is_flag=True, help="Print the settings that hold for each path, and check nothing.")
@click.option("--config", type=_FILE, help="This config for all files, instead of the nearest one.")
@click.option("--baseline", type=_FILE, help="Findings in this file do not fail.")
@click.option("--update-baseline", is_flag=True, help="Put all present findings into the baseline.")
@click.option(
    "--as-of", callback=_day, metavar="DATE", help="The day that date arithmetic counts from (default: today)."
)
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes; 0 for as many as pay.")
@click.option("--all-formats", is_flag=True, help="In folders also Word, PDF, HTML and ATS exports.")
@click.option("--cache/--no-cache", default=True, help="Judge files of a folder that did not change today only once.")
@click.option("-q", "--quiet", is_flag=True, help="Only what fails, and no totals.")
def check(**options: Any) -> None:
    """Check postings by the rules: no model, no key, no network.

    PATHS are files, folders or `-` for standard input; without one, the current folder.
    """
    asked = Asked(**{**options, "paths": options["paths"] or (Path(),)})
    if asked.diff and (asked.fix or asked.form != "text"):
        raise click.UsageError("--diff writes nothing and shows text: leave out --fix and --format")
    settings = Settings(asked.overrides(), rule_names(), _today())
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a narrow terminal must not end the run
    if asked.show_config:
        _show(asked, settings)
        return
    sys.exit(_run(asked, settings))


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


def _run(asked: Asked, settings: Settings) -> ExitCode:
    checker = Checker(
        settings,
        fixing=asked.fixing,
        fingerprints=asked.for_machines,
        update_baseline=asked.update_baseline,
        processes=asked.jobs,
        leave_out=[Path(wish.partition("=")[2]) for wish in asked.also],
        all_formats=asked.all_formats,
    )
    totals = Totals()
    with ExitStack() as files:
        outputs = [*_main_output(asked), *_also(asked, files)]
        for report, write in outputs:
            write(report.opening())
        for checked in _checked(asked, settings, checker):
            totals.add(checked)
            _say_what_failed(checked)
            for report, write in outputs:
                write(report.file(checked))
        totals.gone = checker.baselines.gone
        for suffix, number in checker.passed_over.items():
            totals.notes[f"Files of another format ({suffix}) were passed over: name them, or add --all-formats"] = (
                number
            )
        for report, write in outputs:
            write(report.closing(totals))
    if asked.update_baseline:
        _update(checker)
    if totals.failed:
        return ExitCode.FAILED
    return ExitCode.FINDINGS if totals.fails and not asked.update_baseline else ExitCode.DONE


def _checked(asked: Asked, settings: Settings, checker: Checker) -> Iterator[CheckedFile]:
    if asked.update_baseline and not all(settings.of(path).baseline for path in asked.paths):
        raise UsageProblem(
            "--update-baseline does not know which file", hint="name it with --baseline, or in postwright.toml"
        )
    cache = cache_of(_today()) if asked.cache and asked.looks_at_many else None
    yield from checker.paths((path for path in asked.paths if path != STDIN), cache)
    if STDIN in asked.paths:
        yield _from_stdin(asked, checker)


def _from_stdin(asked: Asked, checker: Checker) -> CheckedFile:
    data = sys.stdin.buffer.read(READ_LIMIT + 1)
    name = visible(str(asked.stdin_filename))
    if len(data) > READ_LIMIT:
        return CheckedFile(name, failure=f"standard input is larger than {READ_LIMIT:,} bytes", hint="split it")
    try:
        text = decode(data, name) if data.strip() else ""
    except PostingUnreadable as error:
        return CheckedFile(name, failure=error.says, hint=error.hint)
    checked = checker.text(text, asked.stdin_filename)
    if asked.fix:
        sys.stdout.buffer.write((checked.change.after if checked.change else text).encode("utf-8"))
    return checked


def _main_output(asked: Asked) -> Iterator[Output]:
    """What goes to stdout. A text fixed on its way through stdin goes there, so the findings go to stderr."""
    to_stderr = asked.fix and STDIN in asked.paths

    def write(text: str) -> None:
        click.echo(text, nl=False, err=to_stderr)

    if asked.form != "text":
        yield report_in(asked.form), write
    elif asked.diff:
        from postwright.reports.findings.diff import Report as DiffReport

        yield DiffReport(), write
    elif not asked.update_baseline:
        colours = not to_stderr and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        yield TextReport(quiet=asked.quiet, statistics=asked.statistics, colours=colours), write


def _also(asked: Asked, files: ExitStack) -> Iterator[Output]:
    """The reports that --report writes to files."""
    for wish in asked.also:
        form, _, name = wish.partition("=")
        if form not in FORMATS or not name:
            raise click.BadParameter(
                f"{wish!r} is not FORM=FILE with one of {', '.join(FORMATS)}", param_hint="--report"
            )
        file = files.enter_context(_opened(name))
        yield report_in(form), file.write


def _opened(name: str) -> TextIO:
    try:
        return Path(name).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise StorageFailed(f"{visible(name)} cannot be written: {error.strerror}", hint="check the path") from error


def _say_what_failed(checked: CheckedFile) -> None:
    if checked.failure:
        click.echo(f"error: {visible(checked.failure)}.  hint: {visible(checked.hint)}", err=True)


def _update(checker: Checker) -> None:
    for path, holds in checker.baselines.write():
        click.echo(f"{visible(path)} holds {counted(holds, 'finding')} now", err=True)


def _show(asked: Asked, settings: Settings) -> None:
    """The settings that hold for each path, as TOML, each set once."""
    seen: list[Config] = []
    for path in asked.paths:
        config = settings.of(asked.stdin_filename if path == STDIN else path)
        if config not in seen:
            seen.append(config)
            click.echo(
                f"# {visible(str(path))}: from {visible(config.where) or 'no config, so these are the defaults'}"
            )
            click.echo("".join(f"{line}\n" for line in as_toml(config)))
