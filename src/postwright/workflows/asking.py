"""Turns a prepared posting into a request, and an answer back into a reply with its contacts in place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from postwright.domain.critique import Answer, AnswerStatus
from postwright.domain.draft import Violation
from postwright.domain.model import Ask, Turn
from postwright.domain.posting import SectionKind, Unit, UnitKind
from postwright.domain.reply import NewFinding, Reply, TextLine
from postwright.fidelity.sources import Sources
from postwright.prompting.library import Prompts
from postwright.prompting.pieces import (
    AnswerView,
    CoverageView,
    FactView,
    FindingView,
    Mode,
    PostingView,
    ScopeView,
    SlotView,
    UnitView,
    nonce_for,
)
from postwright.reading.sent_view import CLOSE, OPEN, SentView, sent_view
from postwright.workflows.drafting import Prepared, label_of, slot_of

ROOM = 16_000
"""Tokens for a reply. A long posting's rewrite needs about a third of it."""
_PLACEHOLDER = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
MORE_ROOM = 21_000
"""Tokens for the one retry of a reply that was cut off: what the API answers without streaming."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request and the view it was made from, by which the answer is put back into the posting's own words."""

    ask: Ask
    view: SentView
    source: str


def request_for(
    prepared: Prepared,
    prompts: Prompts,
    schema: dict[str, object],
    *,
    mode: Mode = Mode.REWRITE,
    effort: str = "",
    ttl: str = "5m",
    send_contacts: bool = False,
) -> Request:
    """The request for one posting. The shared and profile parts are the same for every posting of a run."""
    answers = [u for u in prepared.sources.extra if u.kind is UnitKind.ANSWER]
    view = sent_view(prepared.sources.posting, send_contacts=send_contacts, extra=answers)
    profile = prompts.profile(fact_views(prepared.sources.extra, prepared.sources.allowed))
    turn = Turn("user", prompts.posting(_posting_view(prepared, view, mode)))
    ask = Ask(prompts.shared(), profile, (turn,), schema, ROOM, effort, ttl)
    return Request(ask, view, prepared.sources.posting.source)


def fact_views(extra: Iterable[Unit], allowed: Mapping[str, tuple[SectionKind, ...]]) -> tuple[FactView, ...]:
    """The employer's facts as the model is told them, each with the sections it may stand in."""
    return tuple(FactView(u.id, u.text, tuple(allowed.get(u.id, ()))) for u in extra if u.kind is UnitKind.PROFILE)


def repair_for(request: Request, said: str, violations: tuple[Violation, ...], prompts: Prompts) -> Ask:
    """The follow-up that sends broken lines back once; the first answer stays in the conversation."""
    turns = (*request.ask.turns, Turn("assistant", said), Turn("user", prompts.repair(violations)))
    ask = request.ask
    return Ask(ask.shared, ask.profile, turns, ask.schema, ask.max_tokens, ask.effort, ask.ttl)


def with_more_room(ask: Ask) -> Ask:
    return Ask(ask.shared, ask.profile, ask.turns, ask.schema, MORE_ROOM, ask.effort, ask.ttl)


def _posting_view(prepared: Prepared, view: SentView, mode: Mode) -> PostingView:
    posting = prepared.sources.posting
    critique = prepared.critique
    scope = critique.scope
    return PostingView(
        tuple(_unit_view(u, prepared.sources, view) for u in posting.units),
        nonce_for(posting.source),
        ScopeView(scope.title, scope.owns, scope.healthcare, scope.mentions_ai),
        tuple(
            FindingView(f"f{n}", f.rule, f.unit, view.masked(f.quote) if f.unit else "", f.why)
            for n, f in enumerate(critique.findings, 1)
        ),
        tuple(CoverageView(c.layer, c.score, c.units, c.owned, c.others) for c in critique.coverage),
        tuple(SlotView(q.id, label_of(f"a.{q.id}") or q.ask) for q in critique.questions if q.slot),
        tuple(
            AnswerView(u.id, view.text_of(u.id), u.section, u.strength, by_code=slot_of(u.id) is not None)
            for u in prepared.sources.extra
            if u.kind is UnitKind.ANSWER
        ),
        mode,
        posting.language,
        tuple(_withheld(a) for a in prepared.answers if a.status is not AnswerStatus.VALUE),
    )


def _withheld(answer: Answer) -> str:
    """What the manager said instead of a value, in words for the model."""
    slot = slot_of(f"a.{answer.id}")
    asked = slot.ask if slot is not None else answer.id
    said = f" ({' '.join(answer.text.split())})" if answer.text else ""
    return f'the manager\'s answer to "{asked}" is: {answer.status.value}{said}'


def _unit_view(unit: Unit, sources: Sources, view: SentView) -> UnitView:
    posting = sources.posting
    title = unit.id == posting.title_unit
    return UnitView(
        unit.id,
        unit.kind,
        unit.section,
        unit.strength,
        view.text_of(unit.id),
        unit.notice,
        tuple(view.masked(pin.span.of(posting.source)) for pin in unit.pins),
        title=title,
        states=unit.kind is UnitKind.HEADING and not (title or unit.notice or sources.is_label(unit)),
        atomic=unit.atomic,
    )


def with_contacts(reply: Reply, request: Request) -> Reply:
    """The reply with each placeholder of a line put back exactly. Remarks need no contacts: theirs become words."""
    view = request.view
    sections = []
    for section in reply.sections:
        lines = [_restored(line, view) if isinstance(line, TextLine) else line for line in section.lines]
        sections.append(section.model_copy(update={"lines": lines}))
    plain = Reply.model_validate(_without_placeholders(reply.model_dump(exclude={"sections"}) | {"sections": []}))
    findings = [_located(f, view, request.source) for f in reply.findings]
    return plain.model_copy(update={"sections": sections, "findings": findings})


def _without_placeholders(value: object) -> object:
    """Every string in a value with "the contact" where a placeholder stood."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return _PLACEHOLDER.sub("the contact", value)
    if isinstance(value, dict):
        return {key: _without_placeholders(part) for key, part in value.items()}
    return [_without_placeholders(part) for part in value] if isinstance(value, list) else value


def _located(finding: NewFinding, view: SentView, source: str) -> NewFinding:
    """A quote in the posting's own words: the model quoted what it was sent."""
    span = view.locate(finding.unit, finding.quote)
    quote = span.of(source) if span is not None else _PLACEHOLDER.sub("the contact", finding.quote)
    words = {"why": _PLACEHOLDER.sub("the contact", finding.why), "fix": _PLACEHOLDER.sub("the contact", finding.fix)}
    return finding.model_copy(update={"quote": quote, **words})


def _restored(line: TextLine, view: SentView) -> TextLine:
    """A swapped or made-up placeholder stays in the line, where the check sees a word that no source has."""
    try:
        return line.model_copy(update={"text": view.restore(line.text, tuple(line.sources))})
    except ValueError:
        return line
