"""One posting from bytes to a review: read, screen, judge, ask once, check, repair or restore, render, audit."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from postwright import __version__
from postwright.domain.config import Config, ProfileFact
from postwright.domain.critique import FREE_VERDICTS, Answer, Critique, Verdict
from postwright.domain.draft import Decision, Draft
from postwright.domain.errors import PostingStopped, ReplyInvalid, ReplyTruncated
from postwright.domain.finding import Finding, Severity
from postwright.domain.model import Answered, Ask, Model, Stop, Usage
from postwright.domain.reply import Reply
from postwright.domain.review import Cost, Review
from postwright.llm.prices import PriceTable
from postwright.llm.replies import read_reply
from postwright.prompting.library import Prompts
from postwright.prompting.pieces import Mode
from postwright.reading.posting import read
from postwright.reading.screening.screen import leaks_of, screen
from postwright.rules.engine import all_rules, judge
from postwright.workflows.asking import Request, repair_for, request_for, with_contacts, with_more_room
from postwright.workflows.drafting import (
    Prepared,
    critique_of,
    draft_of,
    marked_up,
    prepare,
    violations_of,
)
from postwright.workflows.proposals import KEEP, QUESTIONS, as_questions

EMPTY = Reply(summary="", coverage=[], findings=[], dismissed=[], questions=[], title=None, sections=[], removals=[])


@dataclass(frozen=True, slots=True)
class Options:
    """How to work on a posting. Constant over a run: each change of effort, ttl or prompt voids the cache."""

    mode: Mode = Mode.REWRITE
    effort: str = ""
    ttl: str = "5m"
    anyway: bool = False  # also work on what is ready or out of scope
    send_contacts: bool = False
    allow_sensitive: bool = False  # the person says that what the screen found may be sent
    profile: tuple[ProfileFact | str, ...] = ()
    as_of: date | None = None
    settled: Mapping[str, Decision] = field(default_factory=dict)
    config: Config = field(default_factory=Config)
    proposals: str = KEEP


async def _nothing_to_let_go() -> None:
    """A model without connections."""


@dataclass(frozen=True, slots=True)
class Editor:
    """A model with all it needs to be asked. `schema` is the reply's, as the endpoint wants it.

    `let_go` ends the model's connections. They belong to the event loop that asked, so it is awaited in that loop; the
    next ask makes new ones.
    """

    model: Model
    prompts: Prompts
    schema: dict[str, Any]
    prices: PriceTable
    let_go: Callable[[], Awaitable[None]] = _nothing_to_let_go


@dataclass(slots=True)
class _Bill:
    """What the requests for one posting used. A remembered reply was paid for earlier and costs nothing now."""

    editor: Editor | None
    usage: Usage = field(default_factory=Usage)
    usd: float | None = 0.0
    requests: int = 0

    def add(self, answered: Answered) -> None:
        if answered.remembered or self.editor is None:
            return
        self.usage += answered.usage
        self.requests += 1
        cost = self.editor.prices.cost(self.editor.model.name, answered.usage)
        self.usd = None if cost is None or self.usd is None else self.usd + cost

    def cost(self) -> Cost | None:
        return Cost(self.usd, self.editor.prices.as_of, self.requests) if self.editor is not None else None


@dataclass(frozen=True, slots=True)
class Opening:
    """A posting read and judged, and what to ask about it; without a request there is nothing to ask."""

    prepared: Prepared
    request: Request | None


def opening(
    text: str, path: str, *, prompts: Prompts | None, options: Options, answers: tuple[Answer, ...] = ()
) -> Opening:
    """The part of a review that comes before anyone is asked. Without prompts nobody will be.

    Raises PostingStopped before anything is sent or kept when the screen finds a secret or patient data, and
    StaleDraft for a draft with pending marks.
    """
    prepared = prepare(text, path, answers=answers, profile=options.profile, as_of=options.as_of, config=options.config)
    asks = prompts is not None and not is_free(prepared, options)
    _stop_if_sensitive(prepared, options, sends=asks)
    if prompts is None or not asks:
        return Opening(prepared, None)
    request = request_for(
        prepared,
        prompts,
        {},
        mode=options.mode,
        effort=options.effort,
        ttl=options.ttl,
        send_contacts=options.send_contacts,
    )
    return Opening(prepared, request)


def is_free(prepared: Prepared, options: Options) -> bool:
    """Whether the verdict makes a call to a model needless."""
    verdict = prepared.critique.verdict
    return verdict is Verdict.NOT_A_POSTING or (verdict in FREE_VERDICTS and not options.anyway)


def review_by_rules(text: str, path: str, options: Options, answers: tuple[Answer, ...] = ()) -> Review:
    """What the rules engine makes of one posting, at once and without a model. Raises what `opening` raises."""
    opened = opening(text, path, prompts=None, options=options, answers=answers)
    return _by_rules(text, path, opened.prepared, _Bill(None), options)


def _by_rules(text: str, path: str, prepared: Prepared, bill: _Bill, options: Options) -> Review:
    wants_draft = options.mode is Mode.REWRITE and not is_free(prepared, options)
    draft = marked_up(prepared, options.settled) if wants_draft else None
    return _review(text, path, prepared, prepared.critique, draft, bill, options)


async def review_posting(
    text: str,
    path: str,
    *,
    editor: Editor | None,
    options: Options | None = None,
    answers: tuple[Answer, ...] = (),
    note: Callable[[str], None] = lambda _: None,
    opened: Opening | None = None,
) -> Review:
    """Critique and, unless the verdict makes that needless, rewrite one posting.

    `opened` is its opening, when that was made before. Without an editor the rules engine works alone. Raises what
    `opening` raises, and ModelError.
    """
    options = options or Options()
    prompts = editor.prompts if editor is not None else None
    opened = opened or opening(text, path, prompts=prompts, options=options, answers=answers)
    prepared, request = opened.prepared, opened.request
    bill = _Bill(editor)
    if editor is None or request is None:
        return _by_rules(text, path, prepared, bill, options)
    request = replace(request, ask=replace(request.ask, schema=editor.schema))
    reply, said = await _first_reply(editor, request, bill, note)
    if options.mode is Mode.CRITIQUE:
        return _review(text, path, prepared, critique_of(prepared, reply), None, bill, options)
    asking = options.proposals == QUESTIONS
    if asking:
        reply = as_questions(reply)
    draft, critique = draft_of(prepared, reply, settled=options.settled, asking=asking)
    if draft.violations and (repair := await _repair(editor, request, prepared, reply, said, bill, note)):
        repair = as_questions(repair) if asking else repair
        draft, critique = draft_of(prepared, reply, repair, options.settled, asking=asking)
    return _review(text, path, prepared, critique, draft, bill, options)


def _stop_if_sensitive(prepared: Prepared, options: Options, *, sends: bool) -> None:
    """Secrets and patient data are neither sent nor copied into work files; what is too long is not sent."""
    posting = prepared.sources.posting
    alarms = [a for a in screen(posting) if a.stops and (sends or a.kind != "size")]
    alarms += [a for unit in prepared.sources.extra for a in leaks_of(unit)]
    if options.allow_sensitive:
        alarms = [a for a in alarms if a.kind == "size"]
    if alarms:
        more = f" (and {len(alarms) - 1} more)" if len(alarms) > 1 else ""
        message = f"{posting.path}: {alarms[0].says}{more}; nothing was sent or written"
        too_long = alarms[0].kind == "size"
        hint = "take it out of the posting, or pass --allow-sensitive if it is harmless"
        raise PostingStopped(message, hint="split it into one posting a file" if too_long else hint)


async def _first_reply(editor: Editor, request: Request, bill: _Bill, note: Callable[[str], None]) -> tuple[Reply, str]:
    """The reply and its raw text. A cut reply gets one retry with more room; what is still cut restores everything."""
    answered = await editor.model.ask(request.ask)
    bill.add(answered)
    if answered.stop is Stop.CUT:
        note("the reply was cut off; asking once more with more room")
        answered = await editor.model.ask(with_more_room(request.ask))
        bill.add(answered)
    try:
        return with_contacts(read_reply(answered), request), answered.text
    except ReplyTruncated:
        note("the reply was cut off again; every sentence stays as it was")
        return EMPTY, ""


async def _repair(
    editor: Editor,
    request: Request,
    prepared: Prepared,
    reply: Reply,
    said: str,
    bill: _Bill,
    note: Callable[[str], None],
) -> Reply | None:
    """What the model makes of its broken lines, once; None when nothing was broken or nothing usable came back."""
    violations = violations_of(prepared, reply)
    if not violations or not said:
        return None
    note(f"{len(violations)} lines or sentences do not add up; sending them back once")
    ask: Ask = repair_for(request, said, violations, editor.prompts)
    answered = await editor.model.ask(ask)
    bill.add(answered)
    try:
        return with_contacts(read_reply(answered), request)
    except (ReplyTruncated, ReplyInvalid):
        note("the mended lines did not arrive whole; what was broken stays as it was")
        return None


def still_wrong(draft: Draft | None, path: str, as_of: date | None) -> tuple[Finding, ...]:
    """What the rules find on the draft itself: what stays wrong until someone answers. Marks are no finding here."""
    if draft is None or not draft.rewritten:
        return ()
    day = as_of or datetime.now(tz=UTC).date()
    return judge(read(draft.text, path), as_of=day, select=_grave_rules(), ignore=("pending-mark",))


@cache
def _grave_rules() -> tuple[str, ...]:
    """Rules whose findings are more than notices. A notice never takes the place of a graver finding."""
    return tuple(rule.id for rule in all_rules() if rule.severity is not Severity.NOTICE)


def _review(
    text: str,
    path: str,
    prepared: Prepared,
    critique: Critique,
    draft: Draft | None,
    bill: _Bill,
    options: Options,
) -> Review:
    posting = prepared.sources.posting
    asked = bill.editor is not None and (bill.requests > 0 or (draft is not None and draft.rewritten))
    return Review(
        path,
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text,
        posting.title,
        bill.editor.model.name if bill.editor is not None and asked else "rules",
        bill.editor.prompts.fingerprint() if bill.editor is not None and asked else "",
        datetime.now(tz=UTC).isoformat(timespec="seconds"),
        __version__,
        critique,
        (*posting.units, *prepared.sources.extra),
        posting.notices,
        draft,
        still_wrong(draft, path, options.as_of),
        prepared.answers,
        tuple(fact if isinstance(fact, str) else fact.text for fact in options.profile),
        bill.usage,
        bill.cost() if asked else None,
    )


async def review_alone(
    text: str,
    path: str,
    *,
    editor: Editor | None,
    options: Options | None = None,
    answers: tuple[Answer, ...] = (),
    note: Callable[[str], None] = lambda _: None,
) -> Review:
    """As `review_posting`, for an event loop of its own: no connection outlives it."""
    try:
        return await review_posting(text, path, editor=editor, options=options, answers=answers, note=note)
    finally:
        if editor is not None:
            await editor.let_go()
