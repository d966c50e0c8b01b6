"""Checked pieces, notices, answers and opaque text put into sections, with the decisions they leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from postwright.domain.draft import DecisionKind, DecisionState, Fate, Layout, Line, LineKind, Section
from postwright.domain.house import HEADINGS, LISTS
from postwright.domain.posting import Notice, NoticeKind, PinKind, SectionKind, Unit, UnitKind
from postwright.fidelity.check import Checked
from postwright.fidelity.pieces import Piece, PieceKind, Pieces
from postwright.fidelity.sources import Sources
from postwright.fidelity.strengths import restored_section

_PENDING_OUT = (DecisionState.REJECTED,)
_PENDING_IN = (DecisionState.PENDING, DecisionState.REJECTED)
_NEW = (DecisionState.PENDING, DecisionState.ACCEPTED)
_ANSWERS = {
    PinKind.PAY: "a.pay.range",
    PinKind.VISA: "a.sponsorship",
    PinKind.DATE: "a.closing_date",
    PinKind.REQUISITION: "a.requisition",
}
"""The typed answer that says anew what a kind of pinned phrase says."""
_PAY_NOTICES = frozenset({NoticeKind.PAY, NoticeKind.BENEFITS})


@dataclass(slots=True)
class Hanging:
    """A decision before it has a number: what it is about, and the lines that hang on it."""

    kind: DecisionKind
    group: str
    text: str
    why: str
    units: tuple[str, ...]
    lines: list[str] = field(default_factory=list)
    state: DecisionState = DecisionState.PENDING


@dataclass(slots=True)
class _Room:
    """A section under construction."""

    kind: SectionKind
    heading: str
    heading_unit: str
    lines: list[Line] = field(default_factory=list)


def answered_line(unit: Unit, label: str) -> Line:
    """A typed answer as it is set: under its label, or as it is in a list of duties or demands."""
    text = unit.text if unit.section in LISTS or not label else f"**{label}:** {unit.text}"
    return Line(f"answer-{unit.id}", LineKind.ANSWERED, text, (unit.id,), Layout.ITEM, strength=unit.strength)


class Layoutist:
    """Puts lines into sections. Decisions are numbered later, so a line carries the index of its hanging decision."""

    def __init__(self, sources: Sources, pieces: Pieces, checked: Checked) -> None:
        self._sources = sources
        self._posting = sources.posting
        self._pieces = pieces
        self._checked = checked
        self._rooms: list[_Room] = []
        self._places: list[_Room] = []  # per section of the reply: where its lines go
        self.hanging: list[Hanging] = []
        self._tables: set[str] = set()
        self._used_lines: dict[str, list[str]] = {}

    # ------------------------------------------------------------------ sections

    def open_rooms(self) -> None:
        """The reply's sections, in its order; a source heading stays only over its own kind of section."""
        for kind, heading_unit in self._pieces.headings:
            unit = self._sources.get(heading_unit)
            keeps = unit is not None and unit.kind is UnitKind.HEADING and unit.section is kind
            alike = [r for r in self._rooms if r.kind is kind and r.heading_unit == (heading_unit if keeps else "")]
            if not alike:
                heading = " ".join(unit.text.split()) if unit is not None and keeps else HEADINGS[kind]
                alike = [_Room(kind, heading, heading_unit if keeps else "")]
                self._rooms += alike
            self._places.append(alike[0])
        self._rooms.sort(key=lambda room: bool(room.heading))  # what has no heading would read on under another's

    def _room(self, kind: SectionKind, heading_unit: str = "") -> _Room:
        """The section of this kind; made in house order when the draft has none yet."""
        alike = [r for r in self._rooms if r.kind is kind and (r.heading or r.kind is SectionKind.MISSION)]
        alike = [r for r in alike if r.heading_unit == heading_unit or r.heading_unit not in self._sources.turning]
        for room in alike:
            if not heading_unit or room.heading_unit == heading_unit:
                return room
        unit = self._sources.get(heading_unit)
        own = unit is not None and unit.kind is UnitKind.HEADING
        heading = " ".join(unit.text.split()) if unit is not None and own else HEADINGS[kind]
        return self._insert(_Room(kind, heading, heading_unit if own else ""))

    def _insert(self, room: _Room) -> _Room:
        """Put a new section where the house order has it."""
        order = list(SectionKind)
        later = [i for i, r in enumerate(self._rooms) if order.index(r.kind) > order.index(room.kind)]
        self._rooms.insert(later[0] if later else len(self._rooms), room)
        return room

    # ------------------------------------------------------------------ lines

    def add_pieces(self) -> None:
        for piece in self._pieces.pieces:
            if piece.kind is PieceKind.KEEP:
                self._keep(self._sources.by_id[piece.sources[0]], piece)
            elif piece.kind is PieceKind.TEXT:
                self._reworded(piece)
            else:
                self._proposal(piece)

    def _keep(self, unit: Unit, piece: Piece) -> None:
        line = self.verbatim(unit, piece.section, LineKind.KEPT)
        if line is None:
            return
        place = self._places[piece.place]
        if self._checked.weighed[piece.id].lowered:
            why = "asks less than the source does"
            hang = self._hang(DecisionKind.LOWERED, "asked for less strongly", unit.text, why, (unit.id,), line)
            self._put(replace(line, decision=hang, shown=_NEW), place)
            back = replace(line, id=f"{line.id}-back", decision=hang, shown=_PENDING_OUT)
            self._put(back, self._home_of(unit), self._sources.turned_by(unit))
        else:
            self._put(line, place)

    def _home_of(self, unit: Unit) -> SectionKind:
        """Where a unit stands again; one that its heading turns never leaves it."""
        return unit.section if self._sources.turned_by(unit) else restored_section(unit)

    def verbatim(self, unit: Unit, section: SectionKind, kind: LineKind) -> Line | None:
        """The unit's own bytes as a line; a table stands whole, once."""
        if unit.kind is UnitKind.ROW:
            return self._table(unit, kind)
        text = unit.text
        if unit.kind is UnitKind.HEADING:
            return Line(f"{kind}-{unit.id}", kind, self._line_of(unit), (unit.id,), Layout.RAW, strength=unit.strength)
        if unit.atomic or "\n" in text.strip():
            raw = (
                self._raw(unit)
                if unit.span.end <= len(self._posting.source) and unit.kind is not UnitKind.ANSWER
                else text
            )
            return Line(f"{kind}-{unit.id}", kind, raw, (unit.id,), Layout.RAW, strength=unit.strength)
        layout = Layout.ITEM if unit.kind is UnitKind.ITEM or section in LISTS else Layout.PROSE
        return Line(f"{kind}-{unit.id}", kind, text, (unit.id,), layout, unit.block, unit.strength)

    def _raw(self, unit: Unit) -> str:
        """The unit's whole source lines when they hold nothing else, else its own bytes."""
        source = self._posting.source
        start = source.rfind("\n", 0, unit.span.start) + 1
        lead = source[start : unit.span.start]
        return source[start : unit.span.end] if not lead.strip(" \t>*+-•0123456789.)#") else unit.text

    def _line_of(self, unit: Unit) -> str:
        """The source line that a unit stands on, its heading marks included, when nothing else stands there."""
        source = self._posting.source
        start = source.rfind("\n", 0, unit.span.start) + 1
        end = source.find("\n", unit.span.end)
        around = source[start : unit.span.start] + source[unit.span.end : end if end >= 0 else len(source)]
        whole = source[start : end if end >= 0 else len(source)].strip()
        return unit.text if around.strip("#*_ \t\r:") else whole

    def _table(self, unit: Unit, kind: LineKind) -> Line | None:
        header = unit.table or unit.id
        if header in self._tables:
            return None
        self._tables.add(header)
        rows = [u for u in self._posting.units if u.kind is UnitKind.ROW and header in {u.table, u.id}]
        source = self._posting.source
        start = source.rfind("\n", 0, rows[0].span.start) + 1
        stop = source.find("\n", rows[-1].span.end)
        text = source[start : stop if stop >= 0 else len(source)].rstrip("\r")
        return Line(f"{kind}-{header}", kind, text, tuple(r.id for r in rows), Layout.RAW, strength=unit.strength)

    def _reworded(self, piece: Piece) -> None:
        cited = self._sources.units(piece.sources)
        kind = LineKind.REWORDED if len(cited) == 1 else LineKind.MERGED
        item = piece.section in LISTS or (cited[0].kind is UnitKind.ITEM and piece.section is not SectionKind.MISSION)
        weighed = self._checked.weighed[piece.id]
        line = Line(
            piece.id,
            kind,
            piece.text,
            piece.sources,
            Layout.ITEM if item else Layout.PROSE,
            strength=weighed.strength,
            why=piece.why,
        )
        lost = {s: self._checked.lost[s] for s in piece.sources if s in self._checked.lost and not self._told(s)}
        place = self._places[piece.place]
        if not weighed.lowered and not lost:
            self._put(line, place)
            return
        units = [u for u in cited if weighed.lowered or u.id in lost]
        what = "; ".join(lost.values())
        why = piece.why or ("asks less than the source does" if weighed.lowered else "shortened")
        if what:
            why = f"{why} (left out: {what})"
        lowered = weighed.lowered
        hang = self._hang(
            DecisionKind.LOWERED if lowered else DecisionKind.REMOVAL,
            "asked for less strongly" if lowered else "shortened sentences",
            " / ".join(u.text for u in units),
            why,
            tuple(u.id for u in units),
            line,
        )
        self._put(replace(line, decision=hang, shown=_NEW), place)
        for unit in units:
            if unit.id not in self._used_lines or self._used_lines[unit.id] == [line.id]:
                back = self.verbatim(unit, self._home_of(unit), LineKind.KEPT)
                if back is not None:
                    back = replace(back, decision=hang, shown=_PENDING_OUT)
                    self._put(back, self._home_of(unit), self._sources.turned_by(unit))

    def _told(self, unit_id: str) -> bool:
        """True if an earlier line's decision already says what is left out of this unit."""
        return any(unit_id in h.units and "left out:" in h.why for h in self.hanging)

    def _proposal(self, piece: Piece) -> None:
        layout = Layout.ITEM if piece.section in LISTS else Layout.PROSE
        line = Line(piece.id, LineKind.PROPOSAL, piece.text, (), layout, why=piece.why, layer=piece.layer)
        hang = self._hang(DecisionKind.PROPOSAL, "suggested duties", piece.text, piece.why, (), line)
        self._put(replace(line, decision=hang, shown=_NEW), self._places[piece.place])

    def add_title(self, proposed: str, why: str) -> None:
        """The source's title line, and the proposed one under it until a person chooses.

        A title that a person answered is cited, not proposed.
        """
        unit = self._sources.get(self._posting.title_unit)
        if unit is None:
            return
        room = _Room(SectionKind.TITLE, "", "")
        self._rooms.insert(0, room)
        text = " ".join(unit.text.split()) if "\n" in unit.text else unit.text
        old = Line("title", LineKind.KEPT, text, (unit.id,), Layout.TITLE)
        if proposed and proposed != text:
            new = Line("title-new", LineKind.PROPOSAL, proposed, (), Layout.TITLE, why=why)
            hang = self._hang(DecisionKind.TITLE, "a clearer title", proposed, why, (unit.id,), new)
            if "a.title" in self._sources.by_id:
                new = replace(new, kind=LineKind.ANSWERED, sources=("a.title",))
                self.hanging[-1].state = DecisionState.ACCEPTED
            room.lines.append(replace(old, decision=hang, shown=_PENDING_IN))
            room.lines.append(replace(new, decision=hang, shown=_NEW))
            self._keep_title_pins(unit, hang)
        else:
            room.lines.append(old)

    def _keep_title_pins(self, unit: Unit, hang: str) -> None:
        """What is pinned in the old title stands on its own when the new one is accepted."""
        said = " ".join(line.text for room in self._rooms for line in room.lines if not line.shown)
        for number, pin in enumerate(unit.pins):
            text = pin.span.of(self._posting.source)
            if text not in said:
                line = Line(f"title-pin-{number}", LineKind.KEPT, text, (unit.id,), Layout.PROSE)
                shown = (DecisionState.ACCEPTED,)
                self._put(replace(line, decision=hang, shown=shown), SectionKind.APPLY)

    def add_restored(self, unit_ids: Iterable[str], notes: Mapping[str, str]) -> None:
        """Units that return verbatim at their source strength, in source order."""
        wanted = set(unit_ids)
        for unit in (*self._posting.units, *self._sources.extra):
            if unit.id in wanted:
                section = self._home_of(unit)
                heading = unit.heading if section is SectionKind.OTHER else self._sources.turned_by(unit)
                line = self.verbatim(unit, section, LineKind.RESTORED)
                if line is not None:
                    self._put(replace(line, note=notes.get(unit.id, "")), section, heading)

    def add_removed(self) -> None:
        """Removed units are lines that return when their removal is rejected; pinned ones stay until it is accepted."""
        for unit in self._posting.units:
            if self._checked.fates.get(unit.id) is not Fate.REMOVED:
                continue
            removal = self._pieces.removals[unit.id]
            section = self._home_of(unit)
            line = self.verbatim(unit, section, LineKind.KEPT)
            if line is None:
                continue
            group = " ".join(removal.group.split())[:40] or "left out"
            hang = self._hang(DecisionKind.REMOVAL, group, unit.text, removal.why, (unit.id,), line)
            shown = _PENDING_IN if self._stays(unit) else _PENDING_OUT
            self._put(replace(line, decision=hang, shown=shown), section, self._sources.turned_by(unit))

    def _stays(self, unit: Unit) -> bool:
        """A pinned phrase is removed only by a person: by deciding, or by having answered what it speaks of."""
        return any(_ANSWERS.get(pin.kind, "") not in self._sources.by_id for pin in unit.pins)

    def add_blank(self, slot_label: str, section: SectionKind, why: str) -> None:
        line = Line(f"blank-{slot_label}", LineKind.BLANK, slot_label, (), Layout.ITEM)
        hang = self._hang(DecisionKind.BLANK, "facts to fill in", slot_label, why, (), line)
        self._put(replace(line, decision=hang, shown=_NEW), section)

    def add_answer(self, unit: Unit, label: str, superseded: Notice | None) -> None:
        """A typed answer, rendered by code. Where it would replace a notice, a person decides."""
        line = answered_line(unit, label)
        if superseded is None:
            self._put(line, unit.section)
            return
        old = superseded.span.of(self._posting.source)
        why = "your answer says it anew"
        hang = self._hang(DecisionKind.SUPERSEDED, "legal or pay text replaced", old, why, superseded.units, line)
        self._put(replace(line, decision=hang, shown=_NEW), unit.section)
        for room in self._rooms:
            room.lines = [
                replace(r, decision=hang, shown=_PENDING_IN) if r.id == f"notice-{superseded.id}" else r
                for r in room.lines
            ]

    # ------------------------------------------------------------------ protected and opaque text

    def add_notices(self) -> None:
        """Every notice, whole. Where the order of the sections would turn that of the source, all go last."""
        notices = self._posting.notices
        for notice in notices:
            self._room(self._home(notice))
        positions = [self._last(self._home(n)) for n in notices]
        in_order = positions == sorted(positions)
        if not in_order:
            self._rooms.append(_Room(SectionKind.LEGAL, HEADINGS[SectionKind.LEGAL], ""))
        for notice in notices:
            line = self._notice_line(notice)
            if line is not None:
                self._put(line, self._notice_room(notice, self._home(notice) if in_order else SectionKind.LEGAL))

    def _notice_line(self, notice: Notice) -> Line | None:
        """The notice as it stands in the source; one in a table brings the whole table, once."""
        first = self._sources.by_id[notice.units[0]]
        if first.kind is UnitKind.ROW:
            return self._table(first, LineKind.NOTICE)
        text = notice.span.of(self._posting.source)
        return Line(f"notice-{notice.id}", LineKind.NOTICE, text, notice.units, Layout.RAW)

    def _notice_room(self, notice: Notice, kind: SectionKind) -> _Room:
        """The last section of this kind; one without heading behind it for a notice that brings its own."""
        at = self._last(kind)
        room = self._rooms[at]
        if room.heading and self._sources.by_id[notice.units[0]].kind is not UnitKind.HEADING:
            return room
        room = _Room(kind, "", "")
        self._rooms.insert(at + 1, room)
        return room

    def _last(self, kind: SectionKind) -> int:
        return max(i for i, r in enumerate(self._rooms) if r.kind is kind)

    def _home(self, notice: Notice) -> SectionKind:
        if notice.kind in _PAY_NOTICES:
            return SectionKind.PAY
        if notice.kind is NoticeKind.ACCOMMODATION and len(self._posting.notices) == 1:
            return SectionKind.APPLY
        return SectionKind.LEGAL

    def add_opaque(self) -> None:
        """Code, comments and tags: before all text, after it, or behind what they followed."""
        solid = [i for i, u in enumerate(self._posting.units) if u.kind is not UnitKind.OPAQUE]
        first, last = (solid[0], solid[-1]) if solid else (0, -1)
        top, bottom = _Room(SectionKind.OTHER, "", ""), _Room(SectionKind.OTHER, "", "")
        for i, unit in enumerate(self._posting.units):
            if unit.kind is not UnitKind.OPAQUE:
                continue
            line = Line(f"opaque-{unit.id}", LineKind.OPAQUE, self._raw(unit), (unit.id,), Layout.RAW)
            if i < first:
                top.lines.append(line)
            elif i > last or not self._follow(i, line):
                bottom.lines.append(line)
        self._rooms.insert(0, top)
        self._rooms.append(bottom)

    def _follow(self, index: int, line: Line) -> bool:
        for unit in reversed(self._posting.units[:index]):
            for room in self._rooms:
                for at, other in enumerate(room.lines):
                    if unit.id in other.sources and not other.shown:
                        room.lines.insert(at + 1, line)
                        return True
        return False

    # ------------------------------------------------------------------ bookkeeping

    def _hang(self, kind: DecisionKind, group: str, text: str, why: str, units: tuple[str, ...], line: Line) -> str:
        self.hanging.append(Hanging(kind, group, text, why, units, [line.id]))
        return str(len(self.hanging) - 1)

    def _put(self, line: Line, section: SectionKind | _Room, heading_unit: str = "") -> None:
        room = self._room(section, heading_unit) if isinstance(section, SectionKind) else section
        room.lines.append(line)
        for source in line.sources:
            self._used_lines.setdefault(source, []).append(line.id)
        if line.decision and line.id not in (lines := self.hanging[int(line.decision)].lines):
            lines.append(line.id)

    def sections(self) -> tuple[Section, ...]:
        return tuple(Section(r.kind, r.heading, tuple(r.lines), r.heading_unit) for r in self._rooms if r.lines)
