"""Shows a run as it goes: a bar with rate, time left, cost and cache share on a terminal, plain lines elsewhere."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import click

from postwright.cli.boundary import printable

EVERY = 10.0
"""Seconds between two plain lines."""
_REDRAW = 0.25
_WIDE, _BAR, _SHORT_BAR = 100, 30, 12
"""Columns: of a terminal that is wide, and of the bar there and elsewhere."""


class Figures:
    """What is shown, read anew each time. `cost` and `share` are None where they make no sense."""

    def __init__(
        self,
        done: Callable[[], tuple[int, int, int]],
        cost: Callable[[], float | None],
        share: Callable[[], float | None],
        phase: Callable[[], str] = lambda: "",
    ) -> None:
        self._done = done
        self._cost = cost
        self._share = share
        self._phase = phase
        self._began = time.monotonic()

    def counts(self) -> tuple[int, int, int]:
        """Done, failed, all."""
        return self._done()

    def tail(self) -> str:
        """What is waited for, rate, failures, cost and cache share in words."""
        done, failed, total = self._done()
        seconds = max(0.001, time.monotonic() - self._began)
        parts = [said] if done + failed < total and (said := self._phase()) else []
        if done + failed:
            parts.append(f"{(done + failed) / seconds:.1f}/s")
        if failed:
            parts.append(f"{failed:,} failed")
        if (cost := self._cost()) is not None:
            parts.append(f"${cost:.2f}")
        if (share := self._share()) is not None:
            parts.append(f"cache {share:.0%}")
        return ", ".join(parts)

    def left(self) -> float | None:
        """Seconds until the end at the rate so far."""
        done, failed, total = self._done()
        finished = done + failed
        if not finished or finished >= total:
            return None
        return (time.monotonic() - self._began) / finished * (total - finished)


class Board:
    """Where notes go while a run is shown."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._print: Callable[[str], None] = lambda line: click.echo(line, err=True)

    def note(self, says: str) -> None:
        if not self._quiet:
            self._print(f"  {printable(says)}")

    @asynccontextmanager
    async def showing(self, figures: Figures) -> AsyncIterator[None]:
        """Within the block the figures are shown, and notes go above them."""
        if self._quiet:
            yield
            return
        show = self._bar if sys.stderr.isatty() else self._lines
        task = asyncio.create_task(show(figures))
        await asyncio.sleep(0)
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self._print = lambda line: click.echo(line, err=True)

    async def _lines(self, figures: Figures) -> None:
        while True:
            await asyncio.sleep(EVERY)
            done, failed, total = figures.counts()
            left = figures.left()
            eta = f", {_duration(left)} left" if left is not None else ""
            click.echo(f"  {done + failed:,} of {total:,}: {figures.tail()}{eta}", err=True)

    async def _bar(self, figures: Figures) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
        from rich.table import Column

        console = Console(stderr=True)
        tail_column = TextColumn("{task.fields[tail]}", table_column=Column(no_wrap=True, overflow="ellipsis"))
        bar_column = BarColumn(bar_width=_BAR if console.width >= _WIDE else _SHORT_BAR)
        columns = (bar_column, MofNCompleteColumn(), TimeElapsedColumn(), tail_column)
        with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:
            self._print = lambda line: progress.console.print(line, style="dim", markup=False, highlight=False)
            task = progress.add_task("", total=figures.counts()[2], tail="")
            while True:
                done, failed, total = figures.counts()
                left = figures.left()
                eta = f"{_duration(left)} left, " if left is not None else ""
                progress.update(task, completed=done + failed, total=total, tail=eta + figures.tail())
                progress.refresh()
                await asyncio.sleep(_REDRAW)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
