"""A desk to write postings and drafts on by hand, without the rooms that read and check them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from postwright.domain.draft import (
    Decision,
    DecisionKind,
    DecisionState,
    Draft,
    Fate,
    Layout,
    Ledger,
    Line,
    LineKind,
    Section,
    UnitEntry,
)
from postwright.domain.finding import Layer
from postwright.domain.house import HEADINGS
from postwright.domain.posting import SectionKind, Span, Unit, UnitKind
from postwright.fidelity.render import render

NEW = (DecisionState.PENDING, DecisionState.ACCEPTED)
OLD = (DecisionState.PENDING, DecisionState.REJECTED)
BACK = (DecisionState.REJECTED,)

_MARKERS = {"# ": UnitKind.HEADING, "## ": UnitKind.HEADING, "- ": UnitKind.ITEM}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A posting: its text, its units with their places, and the front matter before them."""

    source: str
    units: tuple[Unit, ...]
    front: str = ""

    def by(self, start: str) -> Unit:
        """The first unit whose text starts with these words."""
        return next(u for u in self.units if u.text.startswith(start))


def sheet(body: str, front: str = "", extra: Iterable[Unit] = ()) -> Sheet:
    """Units of simple Markdown: headings and items; any other line is one sentence."""
    units: list[Unit] = []
    at = len(front)
    for line in body.splitlines(keepends=True):
        words = line.strip()
        marker = next((m for m in ("## ", "# ", "- ") if words.startswith(m)), "")
        if text := words.removeprefix(marker):
            start = at + line.index(words) + len(marker)
            kind = _MARKERS.get(marker, UnitKind.SENTENCE)
            unit = Unit(f"u{len(units) + 1}", kind, Span(start, start + len(text)), text, level=marker.count("#"))
            units.append(unit)
        at += len(line)
    return Sheet(front + body, (*units, *extra), front)


class Desk:
    """Lines into sections, decisions beside them; `draft` closes the books."""

    def __init__(self, made: Sheet) -> None:
        self._made = made
        self._sections: list[tuple[SectionKind, str, list[Line]]] = []
        self._decisions: list[Decision] = []
        self._fates: dict[str, Fate] = {}
        self._whys: dict[str, str] = {}
        self._count = 0

    def section(self, kind: SectionKind, heading: str | None = None) -> None:
        self._sections.append((kind, HEADINGS[kind] if heading is None else heading, []))

    def put(self, line: Line) -> None:
        """A line as it is; `id` and sources (given as the words they start with) are filled in here."""
        self._count += 1
        sources = tuple(self._made.by(start).id for start in line.sources)
        self._sections[-1][2].append(replace(line, id=line.id or f"line-{self._count}", sources=sources))
        for source in sources:
            self._fates.setdefault(source, Fate.RESTORED if line.kind is LineKind.RESTORED else Fate.USED)
            if line.note:
                self._whys[source] = line.note

    def line(self, text: str, *starts: str, layout: Layout = Layout.ITEM, why: str = "", block: int = 0) -> None:
        """A line from one or more sentences: kept when it says the same as the first."""
        same = self._made.by(starts[0]).text == text
        kind = LineKind.MERGED if len(starts) > 1 else LineKind.KEPT if same else LineKind.REWORDED
        self.put(Line("", kind, text, starts, layout, block, why=why))

    def decide(self, kind: DecisionKind, group: str, text: str, why: str, *starts: str) -> str:
        name = f"c{len(self._decisions) + 1}"
        key = hashlib.sha256(f"{name}{kind}{text}".encode()).hexdigest()[:16]
        units = tuple(self._made.by(start).id for start in starts)
        self._decisions.append(Decision(name, key, kind, group, text, why, units))
        return name

    def removed(self, start: str, group: str, why: str) -> None:
        unit = self._made.by(start)
        name = self.decide(DecisionKind.REMOVAL, group, unit.text, why, start)
        layout = Layout.ITEM if unit.kind is UnitKind.ITEM else Layout.PROSE
        shown = OLD if unit.pins else BACK
        self.put(Line("", LineKind.KEPT, unit.text, (start,), layout, decision=name, shown=shown))
        self.fate(start, Fate.REMOVED, why)

    def changed(self, text: str, start: str, kind: DecisionKind, group: str, why: str) -> None:
        """A line that a person must agree to; the sentence itself stands when they do not."""
        unit = self._made.by(start)
        name = self.decide(kind, group, unit.text, why, start)
        self.put(Line("", LineKind.REWORDED, text, (start,), Layout.ITEM, why=why, decision=name, shown=NEW))
        self.put(Line("", LineKind.KEPT, unit.text, (start,), Layout.ITEM, decision=name, shown=BACK))

    def suggested(self, text: str, why: str, layer: Layer) -> None:
        name = self.decide(DecisionKind.PROPOSAL, "suggested duties", text, why)
        layout = Layout.ITEM
        self.put(Line("", LineKind.PROPOSAL, text, (), layout, why=why, layer=layer.value, decision=name, shown=NEW))

    def blank(self, label: str, why: str) -> None:
        name = self.decide(DecisionKind.BLANK, "facts to fill in", label, why)
        self.put(Line("", LineKind.BLANK, label, (), Layout.PROSE, decision=name, shown=NEW))

    def fate(self, start: str, fate: Fate, why: str = "") -> None:
        unit = self._made.by(start).id
        self._fates[unit] = fate
        self._whys[unit] = why

    def draft(self, newline: str = "\n", *, rewritten: bool = True) -> Draft:
        sections = tuple(Section(kind, heading, tuple(lines)) for kind, heading, lines in self._sections)
        hanging = _by_decision(sections)
        decisions = tuple(replace(d, lines=hanging[d.id]) for d in self._decisions)
        rendered = render(self._made.front, newline, sections, decisions)
        carriers = _by_source(sections)
        entries = tuple(
            UnitEntry(u.id, self._fates.get(u.id, Fate.HEADING), carriers.get(u.id, ()), self._whys.get(u.id, ""))
            for u in self._made.units
            if u.kind not in {UnitKind.ANSWER, UnitKind.PROFILE}
        )
        ledger = Ledger(rendered.entries, entries)
        return Draft(rendered.text, self._made.front, newline, sections, decisions, ledger, rewritten=rewritten)


def _by_decision(sections: Iterable[Section]) -> Mapping[str, tuple[str, ...]]:
    """Lines of each decision; the one that stands when it is accepted leads, as in fidelity/assemble.py."""
    found: dict[str, list[Line]] = {}
    for section in sections:
        for line in section.lines:
            found.setdefault(line.decision, []).append(line)
    return {
        name: tuple(line.id for line in sorted(lines, key=lambda line: DecisionState.ACCEPTED not in line.shown))
        for name, lines in found.items()
    }


def _by_source(sections: Iterable[Section]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for section in sections:
        for line in section.lines:
            for source in line.sources:
                found[source] = (*found.get(source, ()), line.id)
    return found


def settled(draft: Draft, states: Mapping[str, tuple[DecisionState, str]]) -> Draft:
    """The draft with decisions in these states (id -> state, own words), rendered anew."""
    decisions = tuple(d.settled(*states[d.id]) if d.id in states else d for d in draft.decisions)
    rendered = render(draft.front, draft.newline, draft.sections, decisions)
    return replace(draft, text=rendered.text, decisions=decisions, ledger=Ledger(rendered.entries, draft.ledger.units))
