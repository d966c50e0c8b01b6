"""What the page asks a person: decisions in cards, and questions to answer in place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from postwright.domain.critique import Answer, AnswerStatus, Question
from postwright.domain.draft import Decision, DecisionKind, DecisionState, Draft, Layout, Line, LineKind
from postwright.domain.review import Review
from postwright.fidelity.render import is_set
from postwright.reports.cards import Card, cards_of
from postwright.reports.diff import Piece, word_diff
from postwright.reports.fragments import pieces_of
from postwright.reports.labels import CONSEQUENCES, SHORTENED, sentence_case
from postwright.reports.rows import Columns, Ref, Stretch, number_of
from postwright.rules.questions import slots

_VERBATIM = frozenset({LineKind.KEPT, LineKind.RESTORED})  # the audit holds these to the source's own words
_ADDS = frozenset({DecisionKind.PROPOSAL, DecisionKind.TITLE})
_HINTS = {
    "money": "For example $95,000 to $120,000 a year",
    "date": "For example December 31, 2026",
    "contact": "An address or a number that may be published",
    "hours": "For example 37.5 hours a week, core hours 10:00 to 15:00 Central",
    "percent": "For example about 20 %",
    "list": "One a line, or parted by commas",
    "text": "",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision as it is shown. `before` and `after` are the words without and with the change."""

    number: int
    state: str
    edited: str
    change: tuple[Piece, ...]
    context: tuple[Stretch, ...]  # of a fix: the sentence that it stands in
    moved: tuple[str, str]  # headings, when only the place changes
    why: str
    accept: str
    reject: str
    prefill: str  # what the person's own words start from
    editable: bool
    refs: tuple[Ref, ...]
    line: str  # anchor of its line in the draft, when the draft shows lines
    stands: bool  # that line stands in the present state


@dataclass(frozen=True, slots=True)
class ChoiceCard:
    """Decisions under one name. `why` stands once when it is the same for all."""

    name: str
    kind: str
    why: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `blank` is the number of the decision that the answer fills in, or 0."""

    anchor: str
    id: str
    ask: str
    why: str
    leads: bool
    choices: tuple[str, ...]
    hint: str
    many: bool
    blank: int
    label: str  # how the answer is introduced in the draft
    status: str
    text: str
    refs: tuple[Ref, ...]


def asked(review: Review, columns: Columns) -> tuple[Asked, ...]:
    """The questions, the one that leads first."""
    answers = {a.id: a for a in review.answers}
    blanks = blank_numbers(review)
    ordered = sorted(review.critique.questions, key=lambda q: not q.leads)
    return tuple(_asked(q, n, answers.get(q.id), blanks.get(q.id, 0), columns) for n, q in enumerate(ordered, 1))


def _asked(question: Question, number: int, answer: Answer | None, blank: int, columns: Columns) -> Asked:
    slot = slots().get(question.id) if question.slot else None
    return Asked(
        f"q{number}",
        question.id,
        question.ask,
        question.why,
        question.leads,
        question.choices,
        _HINTS.get(slot.accepts, "") if slot else "",
        bool(slot and slot.many) or slot is None,
        blank,
        slot.label if slot else "",
        answer.status.value if answer else AnswerStatus.VALUE.value,
        answer.text if answer else "",
        columns.links(question.units),
    )


def blank_numbers(review: Review) -> dict[str, int]:
    """Question id -> number of the empty place in the draft that its answer fills."""
    if review.draft is None:
        return {}
    blanks = {d.text.casefold(): number_of(d.id) for d in review.draft.decisions if d.kind is DecisionKind.BLANK}
    labels = {q.id: slots()[q.id].label.casefold() for q in review.critique.questions if q.slot and q.id in slots()}
    return {question: blanks[label] for question, label in labels.items() if label in blanks}


def choice_cards(review: Review, columns: Columns) -> tuple[ChoiceCard, ...]:
    """The cards. An empty place whose question is asked anyway is answered there, once."""
    if review.draft is None:
        return ()
    asked_for = set(blank_numbers(review).values())
    book = _book_of(review.draft)
    cards = (_card(card, book, columns, asked_for) for card in cards_of(review.draft))
    return tuple(card for card in cards if card.choices)


@dataclass(frozen=True, slots=True)
class _Book:
    """What the choices of a draft are looked up in. `homes`: line id -> heading; `lines`: decision id -> its lines."""

    decisions: Mapping[str, Decision]
    homes: Mapping[str, str]
    lines: Mapping[str, list[Line]]


def _book_of(draft: Draft) -> _Book:
    homes: dict[str, str] = {}
    lines: defaultdict[str, list[Line]] = defaultdict(list)
    for section in draft.sections:
        for line in section.lines:
            homes[line.id] = section.heading
            lines[line.decision].append(line)
    return _Book({d.id: d for d in draft.decisions}, homes, lines)


def _card(card: Card, book: _Book, columns: Columns, skip: Iterable[int]) -> ChoiceCard:
    shown = [d for d in card.decisions if number_of(d.id) not in skip]
    whys = {d.why for d in shown}
    shared = whys.pop() if len(whys) == 1 and len(shown) > 1 else ""
    choices = tuple(_choice(d, book, columns, shared) for d in shown)
    return ChoiceCard(sentence_case(card.group), card.kind.value, shared, choices)


def _choice(decision: Decision, book: _Book, columns: Columns, shared_why: str) -> Choice:
    decisions, homes = book.decisions, book.homes
    mine = book.lines.get(decision.id, [])
    accepted = _standing(mine, replace(decision, state=DecisionState.ACCEPTED))
    rejected = _standing(mine, replace(decision, state=DecisionState.REJECTED))
    after = _words(accepted)
    before = _words(rejected) or (decision.text if decision.units and decision.kind not in _ADDS else "")
    same = bool(rejected) and before == after
    first = next((line for line in mine if decision.lines[:1] == (line.id,)), None)
    takes_words = first is not None and pieces_of(first, decisions).get("edited", ("", ""))[1] is None
    accept, reject = CONSEQUENCES[decision.kind]
    if decision.kind is DecisionKind.REMOVAL and after:
        accept, reject = SHORTENED
    blank = decision.kind is DecisionKind.BLANK
    return Choice(
        number_of(decision.id),
        decision.state.value,
        decision.edited,
        () if blank else (Piece("same", after),) if same else word_diff(before, after),
        _context(decision, columns),
        (homes[rejected[0].id], homes[accepted[0].id]) if same else ("", ""),
        "" if decision.why == shared_why else decision.why,
        accept,
        reject,
        "" if blank or first is None else first.text,
        takes_words and first is not None and first.kind not in _VERBATIM and "\n" not in first.text,
        columns.links(decision.units),
        columns.names[first.id] if first and first.layout is not Layout.INLINE else "",
        first is not None and is_set(first, decisions),
    )


def _standing(lines: Iterable[Line], decision: Decision) -> list[Line]:
    """The lines that are set in the state of the decision that they hang on."""
    stated = {decision.id: decision}
    return [line for line in lines if is_set(line, stated)]


def _words(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _context(decision: Decision, columns: Columns) -> tuple[Stretch, ...]:
    """The sentence of a fix, with this fix alone marked in it."""
    number = number_of(decision.id)
    for row in columns.rows:
        if row.stretches and any(s.decision == number for s in row.stretches):
            return tuple(s if s.decision == number else Stretch(s.words) for s in row.stretches)
    return ()
