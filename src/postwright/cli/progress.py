"""A spinner with elapsed time on stderr while Claude works; plain lines where there is no terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from postwright.cli.boundary import printable


@contextmanager
def working(what: str, *, on: bool) -> Iterator[Callable[[str], None]]:
    """Shows that work goes on, and yields a function that says what happens meanwhile."""
    if not on:
        yield lambda _: None
        return
    if not sys.stderr.isatty():
        click.echo(f"{what} ...", err=True)
        yield lambda said: click.echo(f"  {printable(said)}", err=True)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=True
    ) as progress:
        progress.add_task(what, total=None)
        yield lambda said: progress.console.print(f"  {printable(said)}", style="dim", markup=False)
