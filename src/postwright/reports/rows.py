"""The two columns of the page: every sentence of the source and every line of the draft, each naming the other."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from postwright.domain.draft import Decision, DecisionState, Draft, Fate, Layout, Line, LineKind, Section
from postwright.domain.posting import Span, Unit, UnitKind
from postwright.domain.review import Review
from postwright.reports.fragments import pieces_of
from postwright.reports.labels import FATES, LINES, NOTICES
from postwright.reports.markup import SHOWN, block_html, inline_html, shown_text

_OPEN, _CLOSE = "\ue000", "\ue001"  # around a pinned span, while Markdown is read
_MARKUP = frozenset("*_[]()<>`~\\|&")
_IN_TAG = re.compile(f"<[^>]*[{_OPEN}{_CLOSE}]")
_LEADS = {UnitKind.ANSWER: "A", UnitKind.PROFILE: "P"}
_WAITING = frozenset({LineKind.PROPOSAL, LineKind.BLANK, LineKind.ANSWERED})
_QUIET = frozenset({Fate.USED, Fate.TITLE})


class Ref(NamedTuple):
    """A link from one column to the other: where it leads, and what it is called there."""

    anchor: str
    label: str


class Stretch(NamedTuple):
    """A piece of a sentence; where a decision stands in it, `decision` is its number and `becomes` the new words."""

    words: str
    decision: int = 0
    becomes: str = ""


class Row(NamedTuple):
    """One sentence of the source (or an answer, or a fact about the employer)."""

    anchor: str
    label: str  # "12", "A1", "P1"
    kind: str
    level: int
    words: Markup
    fate: str
    said: str  # what became of it, in plain words; empty when it was simply used
    why: str
    lines: tuple[Ref, ...]
    stretches: tuple[Stretch, ...] = ()

    @property
    def links(self) -> str:
        """The anchors of its lines in the draft."""
        return " ".join(ref.anchor for ref in self.lines)


class DraftLine(NamedTuple):
    """One line of the draft."""

    anchor: str
    layout: str
    kind: str
    said: str
    words: Markup
    sources: tuple[Ref, ...]
    decision: int
    now: bool  # stands in the present state
    pending: bool
    why: str

    @property
    def links(self) -> str:
        """The anchors of its sentences in the source."""
        return " ".join(ref.anchor for ref in self.sources)


class DraftSection(NamedTuple):
    heading: str
    lines: tuple[DraftLine, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Both columns. `names`: line id -> anchor; `refs`: unit id -> link to its row."""

    rows: tuple[Row, ...]
    extra: tuple[Row, ...]  # answers and facts about the employer
    sections: tuple[DraftSection, ...]
    names: Mapping[str, str]
    refs: Mapping[str, Ref]

    def links(self, units: Iterable[str]) -> tuple[Ref, ...]:
        """Links to these sentences, in the order of the page."""
        wanted = set(units)
        return tuple(ref for unit, ref in self.refs.items() if unit in wanted)


def number_of(decision: str) -> int:
    """`c3` -> 3; 0 for none."""
    return int(decision.removeprefix("c")) if decision else 0


def columns_of(review: Review) -> Columns:
    """Both columns of a review; without a draft there is only the source."""
    draft = review.draft
    refs = _refs(review.units)
    all_lines = [line for s in draft.sections for line in s.lines] if draft else []
    names = {line.id: f"l{n}" for n, line in enumerate(all_lines, 1)}
    rows = tuple(_rows(review, refs, names))
    extra_kinds = {UnitKind.ANSWER.value, UnitKind.PROFILE.value}
    return Columns(
        tuple(r for r in rows if r.kind not in extra_kinds),
        tuple(r for r in rows if r.kind in extra_kinds),
        _sections(draft, refs, names) if draft else (),
        names,
        refs,
    )


def _refs(units: tuple[Unit, ...]) -> dict[str, Ref]:
    """`12` for the twelfth sentence, `A1` for the first answer, `P1` for the first fact about the employer."""
    counts: defaultdict[str, int] = defaultdict(int)
    refs = {}
    for unit in units:
        lead = _LEADS.get(unit.kind, "")
        counts[lead] += 1
        refs[unit.id] = Ref(f"s{lead.lower()}{counts[lead]}", f"{lead}{counts[lead]}")
    return refs


def _rows(review: Review, refs: Mapping[str, Ref], names: Mapping[str, str]) -> Iterator[Row]:
    draft = review.draft
    entries = {e.unit: e for e in draft.ledger.units} if draft else {}
    carriers: defaultdict[str, list[Ref]] = defaultdict(list)
    for section in draft.sections if draft and draft.rewritten else ():
        for line in section.lines:
            for source in line.sources:
                carriers[source].append(Ref(names[line.id], ""))
    notices = {unit: notice for notice in review.notices for unit in notice.units}
    stretches = _stretches(review) if draft and not draft.rewritten else {}
    for unit in review.units:
        entry = entries.get(unit.id)
        fate = entry.fate if entry else Fate.USED
        said = "" if fate in _QUIET else FATES[fate]
        if notice := notices.get(unit.id):
            fate, said = Fate.PROTECTED, f"{FATES[Fate.PROTECTED]}: {NOTICES[notice.kind]}"
        elif not said and unit.pins:
            said = "partly kept word for word"
        why = entry.why if entry else ""
        yield Row(
            refs[unit.id].anchor,
            refs[unit.id].label,
            unit.kind.value,
            unit.level,
            _row_words(unit, review.source),
            fate.value,
            said,
            why,
            tuple(carriers[unit.id]),
            stretches.get(unit.id, ()),
        )


def _row_words(unit: Unit, source: str) -> Markup:
    """The sentence with its pinned spans marked. Where a mark would cut through markup, the sentence stays raw."""
    if unit.kind is UnitKind.OPAQUE or _OPEN in unit.text or _CLOSE in unit.text:
        return Markup(shown_text(unit.text))  # noqa: S704 - escaped
    if not unit.pins:
        return Markup(block_html(unit.text, SHOWN) if unit.atomic else inline_html(unit.text, SHOWN))  # noqa: S704 - by markup.py
    text, at = "", unit.span.start
    if unit.span.of(source) == unit.text:
        for pin in sorted(unit.pins, key=lambda p: p.span):
            if unit.span.holds(pin.span) and pin.span.start >= at and not _MARKUP & set(pin.span.of(source)):
                text += f"{source[at : pin.span.start]}{_OPEN}{pin.span.of(source)}{_CLOSE}"
                at = pin.span.end
        text += source[at : unit.span.end]
    html = block_html(unit.text, SHOWN) if unit.atomic else inline_html(text or unit.text, SHOWN)
    if _IN_TAG.search(html):
        html = shown_text(unit.text)
    return Markup(html.replace(_OPEN, '<b class="pin">').replace(_CLOSE, "</b>"))  # noqa: S704 - by markup.py


def _stretches(review: Review) -> dict[str, tuple[Stretch, ...]]:
    """Of a marked-up original: each sentence cut where a fix stands. Inline lines follow the source's own order."""
    draft = review.draft
    if draft is None:
        return {}
    fixes = list(_fixes(draft))
    found = {}
    for unit in review.units:
        if unit.span.of(review.source) != unit.text:
            continue
        mine = [(span, number, text) for span, number, text in fixes if unit.span.holds(span)]
        if not mine:
            continue
        pieces, at = [], unit.span.start
        for span, number, text in mine:
            pieces.append(Stretch(review.source[at : span.start]))
            pieces.append(Stretch(span.of(review.source), number, text))
            at = span.end
        found[unit.id] = (*pieces, Stretch(review.source[at : unit.span.end]))
    return found


def _fixes(draft: Draft) -> Iterator[tuple[Span, int, str]]:
    """Where each fix stands in the source, its number and its new words."""
    inline = [line for s in draft.sections for line in s.lines if line.layout is Layout.INLINE]
    new_words = {line.decision: line.text for line in inline if line.kind is LineKind.BLANK}
    at = len(draft.front)
    for line in inline:
        if line.kind is LineKind.BLANK:
            continue
        span = Span(at, at + len(line.text))
        at = span.end
        if line.decision:
            yield span, number_of(line.decision), new_words.get(line.decision, "")


def _sections(draft: Draft, refs: Mapping[str, Ref], names: Mapping[str, str]) -> tuple[DraftSection, ...]:
    """The draft's sections. Of a marked-up original only what was added to it: the rest is the source itself."""
    found = []
    decisions = {d.id: d for d in draft.decisions}
    for section in draft.sections:
        lines = tuple(
            _draft_line(line, section, decisions, refs, names[line.id])
            for line in section.lines
            if line.layout is not Layout.INLINE
        )
        if lines:
            found.append(DraftSection(section.heading, lines))
    return tuple(found)


def _draft_line(
    line: Line, section: Section, decisions: Mapping[str, Decision], refs: Mapping[str, Ref], name: str
) -> DraftLine:
    decision = decisions.get(line.decision)
    words, now, pending = _in_state(line, decision) if decision else (line.text, True, False)
    html = block_html(words, SHOWN) if line.layout is Layout.RAW else inline_html(words, SHOWN)
    return DraftLine(
        name,
        "prose" if line.layout is Layout.PROSE and not section.heading else line.layout.value,
        line.kind.value,
        LINES[line.kind],
        Markup(html),  # noqa: S704 - made safe by markup.py
        tuple(refs[s] for s in line.sources if s in refs),
        number_of(line.decision),
        now=now,
        pending=pending,
        why=line.note or line.why,
    )


def _in_state(line: Line, decision: Decision) -> tuple[str, bool, bool]:
    """The words of a line in the present state of its decision, whether it stands then, and whether it waits."""
    pieces = pieces_of(line, {decision.id: decision})
    state = decision.state.value
    own = state in pieces and pieces[state][1] is None
    pending = decision.state is DecisionState.PENDING and line.kind in _WAITING
    return decision.edited if own else line.text, state in pieces, pending
