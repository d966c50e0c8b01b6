"""Protected text (I1): which pieces are notices, where these belong, and which spans are pinned."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from postwright.domain.posting import Notice, NoticeKind, Pin, PinKind, SectionKind, Span, Strength
from postwright.reading.blocks.block import NEWLINE, trimmed
from postwright.reading.pieces import Piece
from postwright.reading.places import Place
from postwright.reading.protection.notices import SECTIONS, claim_notices, locks_of
from postwright.reading.protection.pins import pins_of
from postwright.reading.protection.sheet import Sheet
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.scan import flattened

_CLOSING = lazy_pattern(r"[*_`]*")
_OPENING = "#*_>-+ \t"


class Protection(NamedTuple):
    """What protects each piece. All lists run parallel to the pieces."""

    notices: tuple[Notice, ...]
    members: list[str]  # notice id, or empty
    places: list[Place]  # legal text stands in the legal section, pay under pay, whatever heading is above
    pins: list[tuple[Pin, ...]]


def protect(text: str, pieces: list[Piece], places: list[Place], locked: Sequence[str]) -> Protection:
    """Finds notices and pins. Unit ids are `u1`... in the order of `pieces`; `locked` are the config's phrases."""
    sheet = Sheet(text, _islands(text, pieces), pieces, places)
    claim_notices(text, sheet)
    notices = _notices(text, sheet)
    members = [""] * len(pieces)
    for notice in notices:
        for unit in notice.units:
            members[int(unit[1:]) - 1] = notice.id
    settled = [_placed(place, kind) for place, kind in zip(places, sheet.kinds, strict=True)]
    pins = pins_of(sheet.flat, pieces, settled, locked)
    _pin_inner_locks(text, pieces, members, pins)
    return Protection(notices, members, settled, [tuple(sorted(found, key=lambda pin: pin.span)) for found in pins])


def pins_only(text: str, pieces: list[Piece], section: SectionKind) -> list[tuple[Pin, ...]]:
    """The pins of text that is no posting: an answer, a fact of the profile."""
    return [tuple(found) for found in pins_of(_islands(text, pieces), pieces, [Place(section)] * len(pieces), ())]


def _notices(text: str, sheet: Sheet) -> tuple[Notice, ...]:
    out: list[Notice] = []
    for kind, group in groupby(range(len(sheet)), key=sheet.kinds.__getitem__):
        if kind is None:
            continue
        run = list(group)
        span = Span(_line_start(text, sheet.pieces, run[0]), _line_end(text, sheet.pieces, run[-1]))
        out.append(Notice(f"n{len(out) + 1}", kind, tuple(f"u{index + 1}" for index in run), span))
    return tuple(out)


def _placed(place: Place, kind: NoticeKind | None) -> Place:
    section = SECTIONS.get(kind) if kind else None
    return place._replace(section=section, strength=Strength.NONE) if section else place


def _islands(text: str, pieces: list[Piece]) -> str:
    """The flattened text with nothing but line ends between pieces, so that no match spans two of them."""
    flat = flattened(text)
    out: list[str] = []
    at = 0
    for piece in pieces:
        out += ["\n" * (piece.start - at), flat[piece.start : piece.end]]
        at = piece.end
    return "".join([*out, "\n" * (len(flat) - at)])


def _line_start(text: str, pieces: list[Piece], index: int) -> int:
    """Where the line of the piece begins, its marker included; never inside the piece before it."""
    start = pieces[index].start
    before = pieces[index - 1].end if index else 0
    line = max(text.rfind("\n", before, start), text.rfind("\r", before, start)) + 1
    if line or index:
        return line or start
    return len(text[:start].rstrip(_OPENING))


def _line_end(text: str, pieces: list[Piece], index: int) -> int:
    """Where the line of the piece ends, without its line end; never inside the piece after it."""
    end = pieces[index].end
    limit = pieces[index + 1].start if index + 1 < len(pieces) else len(text)
    found = NEWLINE.search(text, end, limit)
    if found:
        return found.start()
    if limit == len(text):
        return limit
    closing = _CLOSING.match(text, end, limit)
    return closing.end() if closing else end


def _pin_inner_locks(text: str, pieces: list[Piece], members: list[str], pins: list[list[Pin]]) -> None:
    """A lock that begins or ends inside a piece pins what of the piece it holds."""
    starts = [piece.start for piece in pieces]
    for lock in locks_of(text):
        for index in {bisect_right(starts, edge) - 1 for edge in (lock.inner.start, lock.inner.end)}:
            if index < 0 or members[index]:
                continue
            start, end = trimmed(
                text, max(lock.inner.start, pieces[index].start), min(lock.inner.end, pieces[index].end)
            )
            if start < end:
                pins[index].append(Pin(PinKind.LOCKED, Span(start, end)))
