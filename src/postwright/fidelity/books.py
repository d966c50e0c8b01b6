"""Double entry: a reply becomes a draft whose two columns balance, whatever the reply says."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from postwright.domain.draft import (
    Decision,
    DecisionState,
    Draft,
    Fate,
    Ledger,
    Line,
    Section,
    UnitEntry,
    Violation,
)
from postwright.domain.posting import Notice, Posting, SectionKind, Unit, UnitKind
from postwright.domain.reply import Reply
from postwright.fidelity.assemble import Hanging, Layoutist
from postwright.fidelity.audit import audit
from postwright.fidelity.check import Checked, check
from postwright.fidelity.pending import title_wrong
from postwright.fidelity.pieces import PieceKind, Pieces, flatten
from postwright.fidelity.render import render
from postwright.fidelity.sources import Sources, content_stems
from postwright.reading.meaning.words import squeeze

_SHARE_LEFT = 4
"""One line for so many sentences of the posting must remain."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a draft is made with, besides the reply."""

    owned_layers: frozenset[str] = frozenset()
    labels: Mapping[str, str] | None = None  # answer unit id -> the label it stands under
    blanks: tuple[tuple[str, SectionKind, str], ...] = ()  # label, section, why: facts the posting lacks
    supersedes: Mapping[str, Notice] | None = None  # answer unit id -> the notice it would replace
    settled: Mapping[str, Decision] | None = None  # decisions of an earlier run, by key


def examine(sources: Sources, reply: Reply, owned: frozenset[str]) -> tuple[Violation, ...]:
    """All that is wrong with a reply: what goes back to the model once."""
    return check(sources, flatten(sources, reply), owned).violations


def mend(sources: Sources, reply: Reply, repair: Reply, owned: frozenset[str]) -> Reply:
    """The reply with its broken lines replaced by the repair's, and its unaccounted units kept or removed by it.

    A repair may touch nothing else: lines that were right stay as they were.
    """
    violations = examine(sources, reply, owned)
    broken = {v.line for v in violations if v.line}
    loose = {u for v in violations if not v.line for u in v.units}
    freed = loose | {u for v in violations if v.line for u in v.units}
    fresh = {line.id: line for s in repair.sections for line in s.lines if hasattr(line, "id") and line.id in broken}
    sections = []
    for section in reply.sections:
        lines = [fresh.get(getattr(line, "id", ""), line) for line in section.lines]
        sections.append(section.model_copy(update={"lines": lines}))
    for section in repair.sections:
        keeps = [
            line.model_copy(update={"keep": [u for u in line.keep if u in freed]})
            for line in section.lines
            if hasattr(line, "keep")
        ]
        if any(k.keep for k in keeps):
            sections.append(section.model_copy(update={"lines": [k for k in keeps if k.keep]}))
    removals = [r.model_copy(update={"units": [u for u in r.units if u in freed]}) for r in repair.removals]
    return reply.model_copy(
        update={"sections": sections, "removals": [*reply.removals, *(r for r in removals if r.units)]}
    )


def balance(sources: Sources, reply: Reply, terms: Terms) -> Draft:
    """The draft of a reply: what holds is used, what breaks is withdrawn and its units return verbatim."""
    pieces, checked, withdrawn = _withdraw(sources, flatten(sources, reply), terms.owned_layers)
    if _is_emptied(sources, pieces):
        emptied = Violation("I3", "", tuple(pieces.removals), "removes almost all of the posting")
        pieces, checked, withdrawn = _withdraw(sources, replace(pieces, removals={}), terms.owned_layers)
        withdrawn = (*withdrawn, emptied)
    loose = {u for v in checked.violations if not v.line for u in v.units}
    notes = {u: v.says for v in withdrawn for u in v.units}
    layout = Layoutist(sources, pieces, checked)
    layout.open_rooms()
    layout.add_pieces()
    layout.add_restored(loose, notes)
    layout.add_removed()
    _answers(layout, sources, pieces, terms)
    layout.add_notices()
    for label, section, why in terms.blanks:
        layout.add_blank(label, section, why)
    title, title_broken = _title(reply, sources)
    layout.add_title(*title)
    layout.add_opaque()
    sections, decisions = number(layout.sections(), layout.hanging, sources, terms.settled or {})
    posting = sources.posting
    front = front_of(posting)
    rendered = render(front, posting.newline, sections, decisions)
    fates = checked.fates | dict.fromkeys(loose, Fate.RESTORED)
    ledger = Ledger(rendered.entries, _right_column(sources, sections, fates, pieces, notes))
    draft = Draft(
        rendered.text,
        front,
        posting.newline,
        sections,
        decisions,
        ledger,
        (*withdrawn, *title_broken),
    )
    audit(draft, sources)
    return draft


def front_of(posting: Posting) -> str:
    """Front matter byte for byte, with the empty lines behind it; a byte-order mark counts as front matter."""
    source, end = posting.source, posting.front.end
    if end == 0:
        return source[: len(source) - len(source.removeprefix("\ufeff"))]
    while end < len(source) and source[end] in "\r\n":
        end += 1
    return source[:end]


def _withdraw(sources: Sources, pieces: Pieces, owned: frozenset[str]) -> tuple[Pieces, Checked, tuple[Violation, ...]]:
    """Take out broken lines with every line that shares their units, until what remains holds."""
    withdrawn: list[Violation] = []
    checked = check(sources, pieces, owned)
    while broken := {v.line for v in checked.violations if v.line} & {p.id for p in pieces.pieces}:
        withdrawn += [v for v in checked.violations if v.line in broken]
        out = set(broken)
        units = {s for p in pieces.pieces if p.id in out for s in p.sources}
        while more := {
            p.id
            for p in pieces.pieces
            if p.id not in out and p.kind is PieceKind.TEXT and units.intersection(p.sources)
        }:
            out |= more
            units |= {s for p in pieces.pieces if p.id in more for s in p.sources}
        pieces = replace(pieces.without(frozenset(out)), violations=())
        checked = check(sources, pieces, owned)
    withdrawn += [v for v in checked.violations if not v.line]
    return pieces, checked, tuple(withdrawn)


def _is_emptied(sources: Sources, pieces: Pieces) -> bool:
    """True for removals that leave next to nothing: a rewrite of a quarter of the sentences is none."""
    body = [u for u in sources.posting.units if u.kind not in {UnitKind.HEADING, UnitKind.OPAQUE} and not u.notice]
    carried = sum(bool(piece.sources) for piece in pieces.pieces)
    carried += sum(unit.kind is UnitKind.ANSWER for unit in sources.extra)  # a person's answers may replace it all
    return bool(pieces.removals) and _SHARE_LEFT * carried < len(body)


def _answers(layout: Layoutist, sources: Sources, pieces: Pieces, terms: Terms) -> None:
    """Typed answers that no line carries already, each under its label."""
    for unit in sources.extra:
        label = (terms.labels or {}).get(unit.id)
        if unit.kind is not UnitKind.ANSWER or label is None or _carried(unit, pieces):
            continue
        if unit.section is SectionKind.TITLE:
            continue  # the title is a decision of its own; the scope is for the model to read
        layout.add_answer(unit, label, (terms.supersedes or {}).get(unit.id))


def _carried(unit: Unit, pieces: Pieces) -> bool:
    lines = [p.text for p in pieces.pieces if unit.id in p.sources]
    if not lines:
        return False
    said = " ".join(lines)
    return content_stems(unit.text) <= content_stems(said) or unit.text in said


def _title(reply: Reply, sources: Sources) -> tuple[tuple[str, str], tuple[Violation, ...]]:
    """The title to propose with its reason, and what was wrong with the model's. A person's answer outranks it."""
    answered = sources.get("a.title")
    if answered is not None:
        return (answered.text, "your answer"), ()
    if reply.title is None:
        return ("", ""), ()
    text = " ".join(reply.title.text.split())
    wrong = tuple(Violation("I7", "title", (), says) for says in title_wrong(text, sources))
    return ("", "") if wrong else (text, reply.title.why), wrong


def decision_key(kind: str, units: Iterable[Unit], text: str) -> str:
    """Stable over runs: the same change to the same words has the same key."""
    said = "\x1f".join([kind, *(squeeze(u.text) for u in units), squeeze(text)])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def number(
    sections: tuple[Section, ...], hanging: list[Hanging], sources: Sources, settled: Mapping[str, Decision]
) -> tuple[tuple[Section, ...], tuple[Decision, ...]]:
    """Give decisions their numbers in reading order, and the state a person already gave them."""
    order: dict[str, str] = {}
    for section in sections:
        for line in section.lines:
            if line.decision and line.decision not in order:
                order[line.decision] = f"c{len(order) + 1}"
    decisions = []
    for index, name in order.items():
        hang = hanging[int(index)]
        key = decision_key(hang.kind.value, sources.units(hang.units), hang.text)
        decision = Decision(
            name, key, hang.kind, hang.group, hang.text, hang.why, hang.units, tuple(hang.lines), hang.state
        )
        if (before := settled.get(key)) is not None and before.state is not DecisionState.PENDING:
            decision = decision.settled(before.state, before.edited)
        decisions.append(decision)

    def named(line: Line) -> Line:
        return replace(line, decision=order[line.decision]) if line.decision else line

    renamed = tuple(replace(s, lines=tuple(named(line) for line in s.lines)) for s in sections)
    return renamed, tuple(decisions)


def _right_column(
    sources: Sources,
    sections: tuple[Section, ...],
    fates: Mapping[str, Fate],
    pieces: Pieces,
    notes: Mapping[str, str],
) -> tuple[UnitEntry, ...]:
    lines: dict[str, list[str]] = {}
    for section in sections:
        for line in section.lines:
            for source in line.sources:
                lines.setdefault(source, []).append(line.id)
    entries = []
    for unit in sources.posting.units:
        fate = fates[unit.id]
        removal = pieces.removals.get(unit.id)
        why = removal.why if removal is not None and fate in {Fate.REMOVED, Fate.DUPLICATE} else ""
        why = notes.get(unit.id, "") if fate is Fate.RESTORED else why
        entries.append(UnitEntry(unit.id, fate, tuple(lines.get(unit.id, ())), why))
    return tuple(entries)
