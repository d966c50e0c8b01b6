"""What all parts of a run share: postings on the way, the answers so far, what is noted of each, when to stop."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from postwright.domain.errors import PostwrightError
from postwright.domain.model import Answered, Ask, Stop, Turn, Usage
from postwright.storage.files import shown
from postwright.storage.runs import Outcome, RunBook, Status
from postwright.workflows.asking import ROOM
from postwright.workflows.many.crew import Crew
from postwright.workflows.many.piecework import Finished, Piecework, Wanted
from postwright.workflows.many.spool import Place, Spool

UNASKED = Answered("", Stop.CUT, Usage(), "")
"""Stands for a follow-up that is not asked for want of money: it counts as cut off, and what was broken is restored."""


class Interrupted(PostwrightError):
    """The person, or an error that the next posting would meet too, ended the run early."""

    ends_run = True


class Stopping:
    """Whether the run is to end early, and why. Whoever waits can be woken up by it."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._then: list[Callable[[PostwrightError], None]] = []
        self.why: PostwrightError | None = None

    @property
    def asked(self) -> bool:
        return self.why is not None

    def ask(self, why: PostwrightError) -> None:
        """Nothing new is begun from now on. The first reason counts."""
        if self.why is None:
            self.why = why
            self._event.set()
            for call in self._then:
                call(Interrupted(why.says, hint=why.hint))

    def then(self, call: Callable[[PostwrightError], None]) -> None:
        self._then.append(call)

    async def sleep(self, seconds: float) -> None:
        """Sleep, but not on when the run is to end."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a request that are the same for every posting of a run."""

    shared: str
    profile: str
    schema: dict[str, Any] = field(hash=False)
    effort: str = ""
    ttl: str = "5m"

    def ask(self, turns: tuple[Turn, ...], max_tokens: int = ROOM) -> Ask:
        return Ask(self.shared, self.profile, turns, self.schema, max_tokens, self.effort, self.ttl)


@dataclass(slots=True)
class Item:
    """A posting that is to be asked about: where its parts wait, and the key of its first request."""

    path: str
    turn: Place
    packed: Place
    key: str
    work: str  # hash of all that its outcome depends on


@dataclass(slots=True)
class Board:
    """The figures of a run as they stand, for whoever shows them."""

    total: int = 0  # postings to be asked about
    done: int = 0
    failed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    phase: str = ""  # what is waited for, where that says more than the postings that are done


def failure_line(path: str, says: str) -> str:
    """A failure with its posting, which most messages name by themselves."""
    name = shown(Path(path))
    return says if name in says else f"{name}: {says}"


class Shop:
    """One run at work."""

    def __init__(
        self,
        crew: Crew[Piecework],
        book: RunBook,
        run: str,
        frame: Frame,
        *,
        note: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.crew = crew
        self.book = book
        self.run = run
        self.frame = frame
        self.note = note
        self.spool = Spool()
        self.stopping = Stopping()
        self.board = Board()

    def first_ask(self, item: Item) -> Ask:
        return self.frame.ask((Turn("user", self.spool.take(item.turn).decode("utf-8", "surrogatepass")),))

    async def go_on(self, item: Item, answers: Iterable[Answered]) -> Ask | None:
        """Take an item as far as the answers go: what to ask next, or None when its work files are written."""
        lean = tuple(replace(answered, raw="") for answered in answers)
        step = await self.crew.do(Piecework.finish, item.path, self.spool.take(item.packed), lean)
        if isinstance(step, Wanted):
            return self.frame.ask(step.turns, step.max_tokens)
        self._finished(item, step)
        return None

    def fail(self, path: str, error: PostwrightError, *, work: str = "", key: str = "") -> None:
        """Note a posting that failed. `key` names the request whose reply could not be used."""
        data = {"reason": error.says, "hint": error.hint, "error": type(error).__name__, "key": key}
        self.book.record(self.run, Outcome(path, Status.FAILED, work, data))
        if work:  # it was asked about; what cannot even be read is listed by triage
            self.board.failed += 1
            self.note(failure_line(path, error.says))

    def _finished(self, item: Item, step: Finished) -> None:
        outcome = Outcome(item.path, Status.DONE, item.work, dict(step.facts))
        self.book.record(self.run, outcome, step.decisions)
        self.board.done += 1
        self.board.counts["open"] += step.facts.get("open", 0)
        self.board.counts["restored"] += step.facts.get("restored", 0)
