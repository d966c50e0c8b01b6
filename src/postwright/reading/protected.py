"""Protected text (I1): which pieces are notices, where these belong, and which spans are pinned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from postwright.domain.posting import Notice, NoticeKind, Pin, PinKind, SectionKind, Span, Strength
from postwright.reading.blocks import NEWLINE
from postwright.reading.notices import SECTIONS, locks_of, notices_of
from postwright.reading.pieces import Piece
from postwright.reading.pins import pins_of
from postwright.reading.places import Place
from postwright.reading.scan import flattened

_CLOSING = re.compile(r"[*_`]*")
_LOCK_MARK = re.compile(r"<!--\s*postwright:\s*(?:un)?lock\s*-->", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Protection:
    """What protects each piece. All lists run parallel to the pieces."""

    notices: tuple[Notice, ...]
    members: list[str]  # notice id, or empty
    places: list[Place]  # legal text stands in the legal section, pay under pay, whatever heading is above
    pins: list[tuple[Pin, ...]]


def protect(text: str, pieces: list[Piece], places: list[Place], locked: Sequence[str]) -> Protection:
    """Finds notices and pins. Unit ids are `u1`... in the order of `pieces`."""
    flat = _islands(text, pieces)
    kinds = notices_of(text, flat, pieces, places)
    members = [""] * len(pieces)
    notices: list[Notice] = []
    for kind, group in groupby(range(len(pieces)), key=kinds.__getitem__):
        if kind is None:
            continue
        run = list(group)
        notice_id = f"n{len(notices) + 1}"
        span = Span(_line_start(text, pieces, run[0]), _line_end(text, pieces, run[-1]))
        notices.append(Notice(notice_id, kind, tuple(f"u{index + 1}" for index in run), span))
        for index in run:
            members[index] = notice_id
    settled = [_placed(place, kind) for place, kind in zip(places, kinds, strict=True)]
    pins = pins_of(flat, pieces, [place.section for place in settled], locked)
    return Protection(tuple(notices), members, settled, _with_inner_locks(text, pieces, members, pins))


def pins_only(text: str, pieces: list[Piece], section: SectionKind) -> list[tuple[Pin, ...]]:
    """The pins of text that is no posting: an answer, a fact of the profile."""
    return pins_of(_islands(text, pieces), pieces, [section] * len(pieces), ())


def _placed(place: Place, kind: NoticeKind | None) -> Place:
    section = SECTIONS.get(kind) if kind else None
    return replace(place, section=section, strength=Strength.NONE) if section else place


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
    return line if line > 0 else start if index else _front_of(text, start)


def _front_of(text: str, start: int) -> int:
    return start - len(text[:start]) + len(text[:start].rstrip("#*_>- \t"))


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


def _with_inner_locks(
    text: str, pieces: list[Piece], members: list[str], pins: list[tuple[Pin, ...]]
) -> list[tuple[Pin, ...]]:
    """Lock markers inside a piece pin what stands between them."""
    out = list(pins)
    for start, end in locks_of(text):
        for index, piece in enumerate(pieces):
            if members[index] or piece.end <= start or end <= piece.start:
                continue
            inner = _LOCK_MARK.split(text[max(start, piece.start) : min(end, piece.end)])
            for part in filter(str.strip, inner):
                at = text.index(part, max(start, piece.start))
                stripped = part.strip()
                at += part.index(stripped)
                out[index] = (*out[index], Pin(PinKind.LOCKED, Span(at, at + len(stripped))))
    return out
