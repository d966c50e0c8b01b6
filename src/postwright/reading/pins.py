"""Pinned spans (I1): the smallest phrases that must stand verbatim in whichever line uses their unit.

The phrases are data (`protected_patterns`), after the guardrails: never delete, never alter, never invent.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import re2

from postwright.domain.posting import Pin, PinKind, SectionKind, Span, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.lexicon import compiled, joined, options
from postwright.reading.pieces import Owners, Piece
from postwright.reading.scan import Patterns, flattened

_NO_AMOUNT = re.compile(r"40[13]|457")  # 401(k), 403(b): plans, not sums
_HEADING_KINDS = frozenset({PinKind.VISA, PinKind.MARKER, PinKind.REQUISITION, PinKind.LOCKED})


def pins_of(
    flat: str, pieces: list[Piece], sections: list[SectionKind], locked: Sequence[str]
) -> list[tuple[Pin, ...]]:
    """The pins of each piece, in order. `flat` has line ends between pieces, so that no match leaves its piece."""
    found: list[list[Pin]] = [[] for _ in pieces]
    where = Owners(pieces)
    for kind, start, end in [*_book().find(flat), *_locked(flat, locked)]:
        _add(found, where, flat, kind, start, end)
    for amount in compiled("protected_patterns", "pin_amount").finditer(flat):
        start, end = amount.start(), amount.end()
        index = where.of(start, end)
        if index >= 0 and not _NO_AMOUNT.match(amount.group()) and _is_pay(flat, pieces[index], sections[index]):
            _add(found, where, flat, PinKind.PAY, start, end)
    return [
        _longest(pins, flat, heading=piece.kind is UnitKind.HEADING) for pins, piece in zip(found, pieces, strict=True)
    ]


@lru_cache(maxsize=1)
def _book() -> Patterns[PinKind]:
    data = load("protected_patterns")
    return Patterns([(PinKind(entry["kind"]), joined(entry["patterns"], data["parts"])) for entry in data["pins"]])


def _is_pay(flat: str, piece: Piece, section: SectionKind) -> bool:
    """True if an amount in the piece is what the reader would be paid, not what the employer raised or manages."""
    said = flat[piece.start : piece.end]
    if compiled("protected_patterns", "business").search(said):
        return False
    paid = section in {SectionKind.PAY, SectionKind.OFFER}
    return paid or bool(compiled("protected_patterns", "pin_amount_cue").search(said))


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


def _longest(pins: list[Pin], flat: str, *, heading: bool) -> tuple[Pin, ...]:
    """Pins in order, those inside another dropped, those of one kind that overlap joined.

    A heading gives way to a house heading, so of its words only what is data is pinned ("Security clearance:" is not).
    """
    out: list[Pin] = []
    if heading:
        pins = [pin for pin in pins if pin.kind in _HEADING_KINDS or any(map(str.isdigit, pin.span.of(flat)))]
    for pin in sorted(pins, key=lambda p: (p.span.start, -p.span.end)):
        last = out[-1] if out else None
        if last is not None and last.span.holds(pin.span):
            continue
        if last is not None and last.span.meets(pin.span) and last.kind is pin.kind:
            out[-1] = Pin(pin.kind, Span(last.span.start, pin.span.end))
        else:
            out.append(pin)
    return tuple(out)
