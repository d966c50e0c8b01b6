"""Pinned spans (I1): the smallest phrases that must stand verbatim in whichever line uses their unit.

The phrases are data (`protected_patterns`), after the guardrails: never delete, never alter, never invent.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import re2

from postwright.domain.posting import Pin, PinKind, SectionKind, Span, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.pieces import Owners, Piece
from postwright.reading.places import Place
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.lexicon import compiled, joined, options
from postwright.reading.searching.scan import Patterns, flattened

_DATA = "protected_patterns"
_EDGES = " .,;:-*_("
_NUMBER_LENGTH = 40
_PAID = frozenset({SectionKind.PAY, SectionKind.OFFER})
_NO_AMOUNT = lazy_pattern(r"40[13]|457")  # 401(k), 403(b): plans, not sums
_HEADING_KINDS = frozenset({PinKind.VISA, PinKind.MARKER, PinKind.REQUISITION, PinKind.LOCKED})


def pins_of(flat: str, pieces: list[Piece], places: list[Place], locked: Sequence[str]) -> list[list[Pin]]:
    """The pins of each piece, in order. `flat` has line ends between pieces, so that no match leaves its piece."""
    found: list[list[Pin]] = [[] for _ in pieces]
    where = Owners(pieces)
    amounts, dates = _amounts(flat, pieces, places, where), _dates(flat, pieces, where)
    for kind, start, end in [*_book().find(flat), *amounts, *dates, *_locked(flat, locked)]:
        said = flat[start:end].rstrip(_EDGES)
        span = Span(start + len(said) - len(said.lstrip()), start + len(said))
        index = where.of(span.start, span.end) if said.strip() else -1
        if index >= 0:
            found[index].append(Pin(kind, span))
    for index, span in _numbers(flat, pieces, places):
        found[index].append(Pin(PinKind.REQUISITION, span))
    return [_longest(_kept(pins, flat, piece)) for pins, piece in zip(found, pieces, strict=True)]


@lru_cache(maxsize=1)
def _book() -> Patterns[PinKind]:
    data = load(_DATA)
    pins = [(PinKind(entry["kind"]), joined(entry["patterns"], data["parts"])) for entry in data["pins"]]
    return Patterns(pins, "pins")


def _amounts(flat: str, pieces: list[Piece], places: list[Place], where: Owners) -> Iterator[tuple[PinKind, int, int]]:
    """Amounts that the reader would be paid, not what the employer raised or manages."""
    for start, end in compiled(_DATA, "pin_amount").spans(flat):
        index = where.of(start, end)
        if index < 0 or _NO_AMOUNT.match(flat, start, end):
            continue
        said = flat[pieces[index].start : pieces[index].end]
        paid = places[index].section in _PAID or compiled(_DATA, "pin_amount_cue").found(said)
        if paid and not compiled(_DATA, "business").found(said):
            yield PinKind.PAY, start, end


def _dates(flat: str, pieces: list[Piece], where: Owners) -> Iterator[tuple[PinKind, int, int]]:
    """Days to keep: closing dates, interviews, the end of a term."""
    for start, end in compiled(_DATA, "pin_date").spans(flat):
        index = where.of(start, end)
        if index >= 0 and compiled(_DATA, "pin_date_cue").found(flat[pieces[index].start : pieces[index].end]):
            yield PinKind.DATE, start, end


def _numbers(flat: str, pieces: list[Piece], places: list[Place]) -> Iterator[tuple[int, Span]]:
    """A number that stands alone under a heading such as "Job announcement number:"."""
    for index, piece in enumerate(pieces):
        head = places[index].heading
        if head < 0 or piece.end - piece.start > _NUMBER_LENGTH or piece.kind in {UnitKind.HEADING, UnitKind.OPAQUE}:
            continue
        said = flat[piece.start : piece.end]
        titled = compiled(_DATA, "number_heading").found(flat[pieces[head].start : pieces[head].end])
        if titled and " " not in said and any(map(str.isdigit, said)):
            yield index, Span(piece.start, piece.end)


def _locked(flat: str, locked: Sequence[str]) -> list[tuple[PinKind, int, int]]:
    """Matches of the config's phrases, taken literally and, where they compile, as RE2 patterns."""
    out: list[tuple[PinKind, int, int]] = []
    for phrase in locked:
        for pattern in dict.fromkeys((re2.escape(flattened(phrase)), phrase)):
            try:
                compiled = re2.compile(pattern, options())
            except re2.error:
                continue  # a phrase such as "C++ (required" is no pattern: its literal form was looked for
            out += [(PinKind.LOCKED, m.start(), m.end()) for m in compiled.finditer(flat) if m.end() > m.start()]
    return out


def _add(found: list[list[Pin]], where: Owners, flat: str, kind: PinKind, start: int, end: int) -> None:
    said = flat[start:end]
    start, end = start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip(" .,;:-*_("))
    index = where.of(start, end) if start < end else -1
    if index >= 0:
        found[index].append(Pin(kind, Span(start, end)))


def _kept(pins: list[Pin], flat: str, piece: Piece) -> list[Pin]:
    """A heading gives way to a house heading, so of its words only data is pinned ("Security clearance:" is not)."""
    if piece.kind is not UnitKind.HEADING:
        return pins
    return [pin for pin in pins if pin.kind in _HEADING_KINDS or any(map(str.isdigit, pin.span.of(flat)))]


def _longest(pins: list[Pin]) -> list[Pin]:
    """Pins in order, those inside another dropped, those of one kind that overlap joined."""
    out: list[Pin] = []
    for pin in sorted(pins, key=lambda p: (p.span.start, -p.span.end)):
        last = out[-1] if out else None
        if last is not None and last.span.holds(pin.span):
            continue
        if last is not None and last.span.meets(pin.span) and last.kind is pin.kind:
            out[-1] = Pin(pin.kind, Span(last.span.start, pin.span.end))
        else:
            out.append(pin)
    return out
