"""What a worker does with one posting, without asking anyone: sketch what to ask, finish what was answered.

Both drive `review_posting`, the one way from a posting to a review. Its model is a script: the answers so far. When the
script ends, what the review wants to ask next is handed back to the one who can ask.
"""

import copyreg
import hashlib
import os
import pickle
import zlib
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from postwright.domain.critique import Answer, Question
from postwright.domain.draft import Decision
from postwright.domain.errors import PostingUnreadable, PostwrightError, StaleDraft
from postwright.domain.finding import Finding
from postwright.domain.model import Answered, Ask, Turn
from postwright.domain.posting import Notice, Pin, Span, Unit
from postwright.domain.review import Review
from postwright.formats.text import decode
from postwright.llm.prices import PriceTable
from postwright.prompting.library import Prompts
from postwright.storage.files import read_bytes, shown
from postwright.storage.questions import load_answers, questions_to_yaml
from postwright.storage.review import load_review, review_to_json
from postwright.storage.workplace import WorkFiles, Workplace
from postwright.workflows.checking.converted import Converted, converted, file_of, is_converted
from postwright.workflows.many.crew import broken
from postwright.workflows.many.deciding import Policy, settled_by
from postwright.workflows.many.outcomes import decisions_of, facts_of, outcome_of
from postwright.workflows.rewriting import Editor, Opening, Options, opening, review_posting


def _travels_lightly(kind: type) -> None:
    """Let values of a dataclass travel as their class and what to call it with: twice as fast as by themselves."""
    parts: Callable[[object], tuple[object, ...]] = attrgetter(*(part.name for part in fields(kind)))
    copyreg.pickle(kind, lambda value: (kind, parts(value)))


for _kind in (Span, Unit, Pin, Notice, Finding, Question):  # an opening has hundreds of these
    _travels_lightly(_kind)


@dataclass(frozen=True, slots=True)
class Bench:
    """All that a worker needs to know, the same for every posting of a run."""

    place: Workplace
    options: Options
    model: str
    prompts: Path | None
    prices: PriceTable
    policy: Policy = field(default_factory=Policy)
    rules_only: bool = False
    page: Callable[[Review], str] | None = None  # makes the review page; None: it is made when someone looks


@dataclass(frozen=True, slots=True)
class Sketch:
    """A posting as it was read. `turn` is what the model is to be told of it; without one there is nothing to ask.

    `packed` is for `finish`; `facts` are for the listing; `depends` hashes what the outcome depends on beside the
    request.
    """

    path: str
    verdict: str
    turn: str
    packed: bytes
    depends: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finished:
    """A posting whose work files are written."""

    facts: Mapping[str, Any]
    decisions: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the review wants to ask next, after the answers so far."""

    turns: tuple[Turn, ...]
    max_tokens: int


class _Unanswered(Exception):
    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.ask = ask


class _Script:
    """A `Model` that knows the answers so far and stops at the first question beyond."""

    def __init__(self, name: str, answers: tuple[Answered, ...]) -> None:
        self._name = name
        self._answers = list(answers)

    @property
    def name(self) -> str:
        return self._name

    def request(self, ask: Ask) -> dict[str, Any]:
        raise NotImplementedError("requests are made by the one who asks")  # a script is never sent: our bug

    async def ask(self, ask: Ask) -> Answered:
        if not self._answers:
            raise _Unanswered(ask)
        return self._answers.pop(0)


class Piecework:
    """The worker of a crew."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._prompts = Prompts(bench.prompts)
        self._board: dict[Path, Converted] = {}  # the postings of the last file of another format

    def sketches(self, paths: tuple[str, ...]) -> list[Sketch | PostwrightError]:
        """Several postings at once: sending each by itself would cost more than reading it."""
        return [self._sketched(path) for path in paths]

    def _sketched(self, path: str) -> Sketch | PostwrightError:
        try:
            return self.sketch(path)
        except PostwrightError as error:
            error.says = error.says.replace(f"{shown(self._bench.place.root)}/", "")  # as all else names it
            return error
        except Exception as error:  # noqa: BLE001 - the same boundary as that of the process
            return broken(error)

    def sketch(self, path: str) -> Sketch:
        """Read and judge one posting, and write down what to ask. Raises PostwrightError for what cannot be read."""
        file = self._bench.place.root / path
        data, text, left_out = self._read(file)
        answers = _answers(self._bench.place.of(file))
        name = shown(Path(path))
        prompts = None if self._bench.rules_only else self._prompts
        opened = opening(text, name, prompts=prompts, options=self._bench.options, answers=answers)
        prepared, request = opened.prepared, opened.request
        prepared = replace(prepared, critique=prepared.critique.noting(left_out))
        return Sketch(
            path=path,
            verdict=prepared.critique.verdict.value,
            turn=request.ask.turns[0].text if request else "",
            packed=_pack(Opening(prepared, request)),
            depends=hashlib.sha256(repr((data, answers)).encode("utf-8", "replace")).hexdigest(),
            facts=facts_of(prepared),
        )

    def _read(self, place: Path) -> tuple[bytes, str, tuple[str, ...]]:
        """A posting's bytes and text, and what its converter left out.

        Of a posting in a file of another format the bytes are those of its text.
        """
        if not is_converted(place) and not is_converted(place.parent):
            data = read_bytes(place)
            return data, decode(data, shown(place)), ()
        if place not in self._board:  # the postings of one file come one after another
            self._board = {found.place: found for found in converted(file_of(place))}
        if place not in self._board:
            raise PostingUnreadable(f"{shown(place)} is gone from its file", hint="begin the run again")
        posting = self._board[place]
        return posting.text.encode("utf-8", "surrogatepass"), posting.text, posting.notes

    def finish(self, path: str, packed: bytes, answers: tuple[Answered, ...]) -> Finished | Wanted:
        """The work files of a posting from the answers so far, or what to ask next."""
        opened = _unpack(packed)
        work = self._bench.place.of(self._bench.place.root / path)
        try:
            review = _at_once(self._reviewed(opened, answers, _settled_before(work)))
        except _Unanswered as more:
            return Wanted(more.ask.turns, more.ask.max_tokens)
        review = settled_by(review, self._bench.policy)
        _write(review, work, opened.prepared.answers, self._bench.page)
        return Finished(outcome_of(review), decisions_of(review))

    def _reviewed(
        self, opened: Opening, answers: tuple[Answered, ...], settled: Mapping[str, Decision]
    ) -> Coroutine[Any, Any, Review]:
        bench = self._bench
        editor = Editor(_Script(bench.model, answers), self._prompts, {}, bench.prices)
        posting = opened.prepared.sources.posting
        return review_posting(
            posting.source,
            posting.path,
            editor=None if bench.rules_only else editor,
            options=replace(bench.options, settled=settled),
            opened=opened,
        )


def _pack(opened: Opening) -> bytes:
    """The opening without what is the same for every posting."""
    if opened.request is not None:
        lean = replace(opened.request, ask=replace(opened.request.ask, shared="", profile="", schema={}))
        opened = replace(opened, request=lean)
    return zlib.compress(pickle.dumps(opened, pickle.HIGHEST_PROTOCOL), 1)


def _unpack(packed: bytes) -> Opening:
    opened: Opening = pickle.loads(zlib.decompress(packed))  # noqa: S301 - from our own spool, which has no name
    return opened


def _at_once(review: Coroutine[Any, Any, Review]) -> Review:
    """The result of a coroutine that never waits: a script answers at once or not at all."""
    try:
        review.send(None)
    except StopIteration as done:
        result: Review = done.value
        return result
    finally:
        review.close()
    raise RuntimeError("a scripted review waits for something")


def _answers(work: WorkFiles) -> tuple[Answer, ...]:
    return load_answers(work.questions) if work.questions.exists() else ()


def _settled_before(work: WorkFiles) -> Mapping[str, Decision]:
    """What people settled in an earlier draft, by the key of the decision. A review we cannot read holds nothing."""
    with suppress(StaleDraft):
        before = load_review(work.review)
        if before is not None and before.draft is not None:
            return {decision.key: decision for decision in before.draft.decisions}
    return {}


def _write(review: Review, work: WorkFiles, answers: tuple[Answer, ...], page: Callable[[Review], str] | None) -> None:
    """The work files. Nobody waits for the disk: what a power failure undoes is made again from the journal."""
    if review.draft is not None:
        work.write(work.draft, review.draft.text, durable=False)
    work.write(work.questions, questions_to_yaml(review.path, review.critique.questions, answers), durable=False)
    work.write(work.review, review_to_json(review), durable=False)
    if page is not None:
        work.write(work.review_page, page(review), durable=False)
    else:
        with suppress(FileNotFoundError):
            work.review_page.unlink()  # it would show an earlier draft


def is_whole(work: WorkFiles) -> bool:
    """Whether the work files of a posting are there to their last byte."""
    try:
        with work.review.open("rb") as file:
            file.seek(-2, os.SEEK_END)
            return file.read() == b"}\n"
    except OSError:
        return False
