"""A reply flattened into pieces, before anything in it is believed."""

from dataclasses import dataclass, replace
from enum import StrEnum

from postwright.domain.draft import Violation
from postwright.domain.posting import SectionKind, Unit, UnitKind
from postwright.domain.reply import KeepLine, ProposalLine, Removal, Reply, ReplySection, TextLine
from postwright.fidelity.sources import Sources
from postwright.reading.meaning.words import squeeze

MOST_SOURCES = 8
"""A line that cites more units than this cannot say what it took from each."""
LONGEST_LINE = 600
"""Characters. A longer reworded line is no line."""
_OUR_IDS = ("answer-", "blank-", "keep-", "notice-", "opaque-", "title", "unnamed-")
"""What ids of lines made by code begin with. A line of the reply may not pass for one, nor have no id to name it by."""


class PieceKind(StrEnum):
    KEEP = "keep"
    TEXT = "text"
    PROPOSE = "propose"


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the reply: one kept unit, one reworded line or one proposal."""

    id: str
    kind: PieceKind
    place: int  # index of the section in the reply
    section: SectionKind
    text: str
    sources: tuple[str, ...]
    why: str = ""
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The reply's lines in order, its sections' headings, its removals by unit."""

    pieces: tuple[Piece, ...]
    headings: tuple[tuple[SectionKind, str], ...]  # per section: kind, and the source heading to keep (or empty)
    removals: dict[str, Removal]
    violations: tuple[Violation, ...]

    def without(self, ids: frozenset[str]) -> "Pieces":
        return replace(self, pieces=tuple(p for p in self.pieces if p.id not in ids))


def flatten(sources: Sources, reply: Reply) -> Pieces:
    """Unknown ids, repeated ids and units kept twice are violations; what remains is well-formed, not yet true."""
    pieces: list[Piece] = []
    wrong: list[Violation] = []
    kept: set[str] = set()
    ids: set[str] = set()
    said = {"", *(squeeze(u.text).strip(" .;") for u in _kept_units(sources, reply))}
    for place, section in enumerate(reply.sections):
        for line in section.lines:
            if isinstance(line, KeepLine):
                pieces += _kept(sources, line, place, section, kept, wrong)
                continue
            piece = _worded(line, place, section)
            if not piece.id.strip() or piece.id.startswith(_OUR_IDS):
                piece = replace(piece, id=f"unnamed-{place}-{len(ids)}")
            words = squeeze(piece.text).strip(" .;")
            if piece.id in ids or words in said:
                wrong.append(Violation("I3", "", (), f"line {piece.id[:20]} is empty or stands twice"))
                continue
            ids.add(piece.id)
            said.add(words)
            unknown = [s for s in piece.sources if (u := sources.get(s)) is None or u.kind is UnitKind.OPAQUE]
            if unknown:
                wrong.append(Violation("I3", piece.id, (), f"cites what does not exist: {', '.join(unknown)[:80]}"))
                piece = replace(piece, sources=tuple(s for s in piece.sources if s not in unknown))
            pieces.append(piece)
    removals = {u: r for r in reply.removals for u in r.units if sources.get(u) is not None}
    headings = tuple((s.kind, s.heading) for s in reply.sections)
    return Pieces(tuple(pieces), headings, removals, tuple(wrong))


def _kept_units(sources: Sources, reply: Reply) -> list[Unit]:
    """Units that stand verbatim anyway: a line of the same words would say them twice."""
    named = (u for s in reply.sections for line in s.lines if isinstance(line, KeepLine) for u in line.keep)
    return [*sources.units(named), *(u for u in sources.posting.units if u.protected)]


def _kept(
    sources: Sources, line: KeepLine, place: int, section: ReplySection, kept: set[str], wrong: list[Violation]
) -> list[Piece]:
    found = []
    for unit_id in line.keep:
        unit = sources.get(unit_id)
        if unit is None:
            wrong.append(Violation("I3", "", (), f"keeps {unit_id[:20]}, which does not exist"))
        elif unit_id not in kept and not _placed_by_code(sources, unit):
            kept.add(unit_id)
            found.append(Piece(f"keep-{unit_id}", PieceKind.KEEP, place, section.kind, unit.text, (unit_id,)))
    return found


def _placed_by_code(sources: Sources, unit: Unit) -> bool:
    """Notices, the title, code and labels have their place; naming them in a line changes nothing."""
    title = unit.id == sources.posting.title_unit
    return sources.is_protected(unit) or title or unit.kind is UnitKind.OPAQUE or sources.is_label(unit)


def _worded(line: TextLine | ProposalLine, place: int, section: ReplySection) -> Piece:
    if isinstance(line, ProposalLine):
        text = line.propose.strip()
        return Piece(line.id, PieceKind.PROPOSE, place, section.kind, text, (), line.why, line.layer.value)
    sources = tuple(dict.fromkeys(line.sources))
    return Piece(line.id, PieceKind.TEXT, place, section.kind, line.text.strip(), sources, line.why)
