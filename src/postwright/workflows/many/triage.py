"""The first, free look at a folder: what is ready, out of scope, no posting or unreadable, and what is to be asked."""

import asyncio
import hashlib
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from postwright import __version__
from postwright.domain.errors import PostwrightError
from postwright.domain.model import Ask, Turn
from postwright.storage.runs import Outcome, Status
from postwright.workflows.many.piecework import Piecework, Sketch
from postwright.workflows.many.pricing import Pile
from postwright.workflows.many.shop import Item, Shop
from postwright.workflows.many.walking import Found

_Begun = tuple[tuple[str, ...], asyncio.Task[list[Sketch | PostwrightError]]]

HANDFUL = 8
"""Postings that a worker reads at a time."""
AHEAD = 128
"""Handfuls that are read before it is known what a request looks like: the vendor's library takes a second to load."""


@dataclass(slots=True)
class Sorted:
    """What triage found. `items` are to be asked about; `pile` prices those that the journal does not know yet."""

    items: list[Item] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    free: list[tuple[str, str]] = field(default_factory=list)  # path, verdict
    unread: list[tuple[str, str]] = field(default_factory=list)  # path, reason
    kept: int = 0  # done before, and nothing has changed
    remembered: int = 0  # asked before, the reply is in the journal
    pile: Pile = field(default_factory=Pile)


class Triage:
    """Sorts postings. `knows` tells what the journal remembers, `is_kept` whether an earlier outcome still stands.

    `retry` is given when only what failed is to be worked on: it sets a reply aside that could not be used.
    """

    def __init__(
        self,
        shop: Shop,
        *,
        knows: Callable[[str], bool],
        is_kept: Callable[[Outcome], bool],
        settings: str,
        retry: Callable[[str], None] | None = None,
    ) -> None:
        self._shop = shop
        self._knows = knows
        self._is_kept = is_kept
        self._settings = settings
        self._retry = retry
        self._key_of: Callable[[Ask], str] | None = None
        self._seen: set[str] = set()
        self.sorted = Sorted()

    async def run(self, found: Iterable[Found], key_of: Awaitable[Callable[[Ask], str] | None]) -> Sorted:
        """Sort all that the walk found; the order of the items is that of the walk.

        `key_of` comes when the model is connected, which the reading need not wait for; None: by rules alone.
        """
        handfuls = _handfuls(self._readable(found))
        under_way = self._begun(handfuls, AHEAD)
        self._key_of = await key_of
        room = 2 * self._shop.crew.hands
        while under_way and not self._shop.stopping.asked:
            paths, task = under_way.popleft()
            try:
                sketches = await task
            except PostwrightError as error:  # the process that read them is gone
                sketches = [error] * len(paths)
            under_way += self._begun(handfuls, room - len(under_way))
            for path, sketch in zip(paths, sketches, strict=True):
                self._sort(path, sketch)
        self._shop.book.flush()
        return self.sorted

    def _begun(self, handfuls: Iterator[tuple[str, ...]], number: int) -> deque[_Begun]:
        """The next so many handfuls, on their way to the crew."""
        do = self._shop.crew.do
        chosen = islice(handfuls, max(0, number))
        return deque((paths, asyncio.create_task(do(Piecework.sketches, paths))) for paths in chosen)

    def _readable(self, found: Iterable[Found]) -> Iterator[str]:
        for one in found:
            if not one.reason:
                yield one.path
            elif one.failed:
                self._unread(one.path, PostwrightError(one.reason, hint="mend it or remove it"))
            else:
                self._note(one.path, Status.LEFT_OUT, {"reason": one.reason})

    def _sort(self, path: str, sketch: Sketch | PostwrightError) -> None:
        if isinstance(sketch, PostwrightError):
            self._unread(path, sketch)
            return
        self.sorted.verdicts[sketch.verdict] += 1
        if self._key_of and not sketch.turn:
            self.sorted.free.append((path, sketch.verdict))
            self._note(path, Status.FREE, dict(sketch.facts))
            return
        self._queue(sketch)

    def _queue(self, sketch: Sketch) -> None:
        key = self._key_of(self._shop.frame.ask((Turn("user", sketch.turn),))) if self._key_of else ""
        work = hashlib.sha256(f"{key}\0{sketch.depends}\0{self._settings}\0{__version__}".encode()).hexdigest()
        before = self._shop.book.outcome(sketch.path)
        if self._is_done_with(sketch.path, work, before):
            return
        if key and key not in self._seen:
            self._seen.add(key)
            if self._knows(key):
                self.sorted.remembered += 1
            else:
                self.sorted.pile.add(sketch.turn)
        turn = self._shop.spool.put(sketch.turn.encode("utf-8", "surrogatepass"))
        self.sorted.items.append(Item(sketch.path, turn, self._shop.spool.put(sketch.packed), key, work))

    def _is_done_with(self, path: str, work: str, before: Outcome | None) -> bool:
        """Whether nothing is to be done for a posting now."""
        if before is not None and before.status is Status.DONE and before.work == work and self._is_kept(before):
            self._shop.book.touch(self._shop.run, path)
            self.sorted.kept += 1
            return True
        if self._retry is None:
            return False
        if before is None or before.status is not Status.FAILED:
            self._note(path, Status.OPEN, {"reason": "not among those that failed"})
            return True
        if before.data.get("key"):
            self._retry(before.data["key"])
        return False

    def _unread(self, path: str, error: PostwrightError) -> None:
        self.sorted.unread.append((path, error.says))
        self._shop.fail(path, error)

    def _note(self, path: str, status: Status, data: dict[str, object]) -> None:
        self._shop.book.record(self._shop.run, Outcome(path, status, "", data))


def _handfuls(paths: Iterator[str]) -> Iterator[tuple[str, ...]]:
    while handful := tuple(islice(paths, HANDFUL)):
        yield handful
