"""The two columns, checked: every line against its sources, every unit against its lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from postwright.domain.draft import Fate, Violation
from postwright.domain.posting import Unit, UnitKind
from postwright.fidelity.clean import dirt
from postwright.fidelity.invention import inventions, softened
from postwright.fidelity.obedience import commanding
from postwright.fidelity.pending import MOST_PROPOSALS, proposal_wrong
from postwright.fidelity.pieces import LONGEST_LINE, MOST_SOURCES, Piece, PieceKind, Pieces
from postwright.fidelity.protect import duplicate, lost_pins
from postwright.fidelity.shortened import left_out
from postwright.fidelity.sources import Sources, content_stems, stems_with_synonyms
from postwright.fidelity.strengths import Weighed, weigh
from postwright.reading.facts import facts_in


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong, and what is right but must be decided."""

    violations: tuple[Violation, ...]
    weighed: dict[str, Weighed] = field(default_factory=dict)  # per piece id
    lost: dict[str, str] = field(default_factory=dict)  # unit id -> what no citing line carries
    fates: dict[str, Fate] = field(default_factory=dict)  # units settled by code: headings, duplicates, opaque


def check(sources: Sources, pieces: Pieces, owned_layers: frozenset[str]) -> Checked:
    """All violations of a reply's pieces, and of the units they leave out."""
    wrong = list(pieces.violations)
    weighed: dict[str, Weighed] = {}
    proposals = 0
    ordering = commanding(sources.posting)
    for piece in pieces.pieces:
        if piece.kind is PieceKind.PROPOSE:
            proposals += 1
            wrong += _proposal(piece, sources, owned_layers, proposals)
            continue
        cited = sources.units(piece.sources)
        weighed[piece.id] = weigh(piece.text, piece.section, cited, sources.posting.title)
        if piece.kind is PieceKind.TEXT and softened(piece.text, cited):
            weighed[piece.id] = replace(weighed[piece.id], lowered=True)
        wrong += _line(piece, cited, sources, weighed[piece.id])
        wrong += _turned(piece, cited, sources, pieces)
        if piece.kind is PieceKind.TEXT and (heard := [u.id for u in cited if u.id in ordering]):
            says = f"cites {', '.join(heard)[:80]}, which speaks to a model: keep it word for word, or leave it out"
            wrong.append(Violation("I2", piece.id, piece.sources, says))
    fates, unaccounted = _account(sources, pieces)
    wrong += [Violation("I3", "", (u.id,), "is neither used nor removed with a reason") for u in unaccounted]
    lost = dict(_losses(sources, pieces))
    wrong += _pins(sources, pieces)
    return Checked(tuple(wrong), weighed, lost, fates)


def _proposal(piece: Piece, sources: Sources, owned: frozenset[str], count: int) -> Iterator[Violation]:
    for says in proposal_wrong(piece.text, sources):
        yield Violation("I5", piece.id, (), says)
    if count > MOST_PROPOSALS:
        yield Violation("I5", piece.id, (), f"is one proposal too many: at most {MOST_PROPOSALS}")
    if piece.layer not in owned:
        yield Violation("I5", piece.id, (), f"proposes {piece.layer} work, which this role does not own")


def _line(piece: Piece, cited: list[Unit], sources: Sources, weighed: Weighed) -> Iterator[Violation]:
    if weighed.raised and not _heads_its_own(piece, cited):
        yield Violation("I4", piece.id, piece.sources, weighed.raised)
    for unit in cited:
        allowed = sources.allowed.get(unit.id)
        if allowed and piece.section not in allowed:
            says = f"cites {unit.id}, which the employer allows only in: {', '.join(allowed)}"
            yield Violation("I2", piece.id, piece.sources, says)
    if piece.kind is PieceKind.TEXT:
        for invariant, says in _reworded(piece, cited, sources):
            yield Violation(invariant, piece.id, piece.sources, says)


def _turned(piece: Piece, cited: list[Unit], sources: Sources, pieces: Pieces) -> Iterator[Violation]:
    """What stands under "What we do not ask" stands under it again, and nothing else does."""
    over = sources.get(pieces.headings[piece.place][1])
    here = over.id if over is not None and over.section is piece.section else ""
    for unit in cited:
        if (heading := sources.turned_by(unit)) not in {"", here}:
            says = f"takes {unit.id} from under {heading}, which turns what it says: use a section with that heading"
            yield Violation("I2", piece.id, piece.sources, says)
        elif here in sources.turning and not heading:
            says = f"puts {unit.id} under {here}, which turns what it says"
            yield Violation("I2", piece.id, piece.sources, says)


def _heads_its_own(piece: Piece, cited: list[Unit]) -> bool:
    """True for a heading that is kept in the kind of section it has in the source: it asks what it asked there."""
    return piece.kind is PieceKind.KEEP and all(
        u.kind is UnitKind.HEADING and u.section is piece.section for u in cited
    )


def _reworded(piece: Piece, cited: list[Unit], sources: Sources) -> Iterator[tuple[str, str]]:
    """The invariants a reworded line breaks. A shapeless line is not looked into further."""
    if shapeless := _shapeless(piece, cited, sources):
        yield shapeless
        return
    for says in inventions(piece.text, cited, sources):
        yield "I2", says
    idle = [u.id for u in cited if not _contributes(piece.text, u)]
    if idle:
        yield "I3", f"takes no word from {', '.join(idle[:5])}"
    if any(u.atomic for u in cited):
        yield "I4", "rewords a list that stands under a count; keep it whole"


def _shapeless(piece: Piece, cited: list[Unit], sources: Sources) -> tuple[str, str] | None:
    if not cited:
        return "I2", "cites nothing; new work is a proposal"
    if any(sources.is_protected(u) for u in cited):
        return "I1", "rewords protected text, which stands word for word by itself"
    if len(piece.text) > LONGEST_LINE:
        return "I2", f"is longer than {LONGEST_LINE} characters"
    if len(cited) > MOST_SOURCES:
        return "I3", f"cites more than {MOST_SOURCES} sentences"
    why = dirt(piece.text, (u.text for u in cited))
    return ("I6", why) if why else None


def _contributes(text: str, unit: Unit) -> bool:
    stems = content_stems(text)
    if stems & stems_with_synonyms(unit.text):
        return True
    known = {(f.kind, f.norm) for f in facts_in(unit.text)}
    return any((f.kind, f.norm) in known for f in facts_in(text))


def _account(sources: Sources, pieces: Pieces) -> tuple[dict[str, Fate], list[Unit]]:
    """Fates that code gives by itself, and the units that nobody accounts for."""
    used = {s for p in pieces.pieces for s in p.sources}
    fates: dict[str, Fate] = {}
    open_units: list[Unit] = []
    posting = sources.posting
    used_units = [u for u in posting.units if u.id in used]
    for unit in posting.units:
        if unit.kind is UnitKind.OPAQUE:
            fates[unit.id] = Fate.OPAQUE
        elif sources.is_protected(unit):
            fates[unit.id] = Fate.PROTECTED
        elif unit.id == posting.title_unit:
            fates[unit.id] = Fate.TITLE
        elif unit.id in used:
            fates[unit.id] = Fate.USED
        elif sources.is_label(unit):
            fates[unit.id] = Fate.HEADING
        elif unit.id in pieces.removals:
            fates[unit.id] = Fate.DUPLICATE if duplicate(unit, used_units) else Fate.REMOVED
        else:
            open_units.append(unit)
    return fates, open_units


def _losses(sources: Sources, pieces: Pieces) -> Iterator[tuple[str, str]]:
    """Per reworded unit: the facts and words that no citing line carries, unless they are ornament."""
    lines: dict[str, list[str]] = {}
    kept = {s for p in pieces.pieces if p.kind is PieceKind.KEEP for s in p.sources}
    for piece in pieces.pieces:
        if piece.kind is PieceKind.TEXT:
            for source in piece.sources:
                lines.setdefault(source, []).append(piece.text)
    for unit_id, texts in lines.items():
        unit = sources.get(unit_id)
        if unit is None or unit_id in kept or unit.protected or unit_id == sources.posting.title_unit:
            continue
        if said := left_out(unit, texts, sources):
            yield unit_id, said


def _pins(sources: Sources, pieces: Pieces) -> Iterator[Violation]:
    posting = sources.posting
    kept = {s for p in pieces.pieces if p.kind is PieceKind.KEEP for s in p.sources}
    users: dict[str, list[Piece]] = {}
    for piece in pieces.pieces:
        if piece.kind is PieceKind.TEXT:
            for source in piece.sources:
                users.setdefault(source, []).append(piece)
    for unit_id, used_by in users.items():
        unit = sources.get(unit_id)
        if unit is None or unit_id in kept or unit.protected or unit_id == posting.title_unit:
            continue
        if not unit.pins:
            continue
        for pin in lost_pins(unit, posting, (p.text for p in used_by)):
            for piece in used_by:
                yield Violation("I1", piece.id, piece.sources, f'must hold "{pin}" word for word')
