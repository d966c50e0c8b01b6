"""Notices (I1): contiguous runs of pieces that are legal text, pay terms, benefits or a lock, with heading and scope line."""

import re
from collections.abc import Iterator
from functools import lru_cache

import re2

from postwright.domain.house import LISTS
from postwright.domain.posting import NoticeKind, SectionKind, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.lexicon import compiled, joined
from postwright.reading.pieces import Owners, Piece
from postwright.reading.places import Place
from postwright.reading.scan import Patterns
from postwright.reading.sections import section_kind

_DATA = "protected_patterns"
_K = NoticeKind
_S = SectionKind

LEGAL = frozenset({_K.EEO, _K.ACCOMMODATION, _K.PRIVACY, _K.AI_USE, _K.FAIR_CHANCE, _K.AGENCY})
SECTIONS = dict.fromkeys(LEGAL, _S.LEGAL) | {_K.PAY: _S.PAY, _K.BENEFITS: _S.OFFER}
"""Where a notice belongs, whatever heading it happens to stand under."""

_MARK = re.compile(r"<!--\s*postwright:\s*(un)?lock\s*-->", re.IGNORECASE)

_HEAD_LINE = re.compile(r"(?:[|·•`]|\s-\s).*(?:[|·•`]|\s-\s)[^.]*$")
_ASKING = LISTS
"""Sections of duties and demands, where a list item may name what elsewhere would be a notice."""
_PROSE = frozenset({UnitKind.SENTENCE, UnitKind.ITEM, UnitKind.ROW})


def notices_of(text: str, flat: str, pieces: list[Piece], places: list[Place]) -> list[NoticeKind | None]:
    """For each piece the kind of notice it is part of, or None. Runs of one kind are one notice."""
    kinds: list[NoticeKind | None] = [None] * len(pieces)
    _lock(text, pieces, kinds)
    _legal(flat, pieces, places, kinds)
    _pay(flat, pieces, places, kinds)
    _spread_pay(flat, pieces, places, kinds)
    _benefits(flat, pieces, places, kinds)
    for index, piece in enumerate(pieces):
        if (
            kinds[index] is None
            and piece.kind in _PROSE
            and piece.end - piece.start < 70
            and _says("grade", flat[piece.start : piece.end])
        ):
            kinds[index] = _K.GRADE
    _with_heads(flat, pieces, places, kinds)
    return kinds


# ------------------------------------------------------------------------------------------ locks and legal text


def _lock(text: str, pieces: list[Piece], kinds: list[NoticeKind | None]) -> None:
    for start, end in locks_of(text):
        for index, piece in enumerate(pieces):
            if start <= piece.start and piece.end <= end:
                kinds[index] = _K.LOCKED


def locks_of(text: str) -> list[tuple[int, int]]:
    """Ranges from a lock marker to its unlock marker, both included; an open lock runs to the end."""
    out: list[tuple[int, int]] = []
    opened: int | None = None
    for found in _MARK.finditer(text):
        if not found.group(1):
            opened = found.start() if opened is None else opened
        elif opened is not None:
            out.append((opened, found.end()))
            opened = None
    return out if opened is None else [*out, (opened, len(text))]


def _legal(flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None]) -> None:
    where = Owners(pieces)
    for kind, start, end in _book().find(flat):
        index = where.of(start, end)
        if index >= 0 and kinds[index] is None and _may_anchor(kind, flat, pieces[index], places[index]):
            kinds[index] = kind
    for index in range(1, len(pieces)):
        _spread(flat, pieces, places, kinds, index - 1, index)
    for index in range(len(pieces) - 2, -1, -1):
        _spread(flat, pieces, places, kinds, index + 1, index)
    for index, place in enumerate(places):
        if kinds[index] is None and place.lead_in >= 0 and kinds[place.lead_in] in LEGAL:
            kinds[index] = kinds[place.lead_in]


def _may_anchor(kind: NoticeKind, flat: str, piece: Piece, place: Place) -> bool:
    """A duty or demand may speak of equal opportunity or privacy without being a notice."""
    if piece.kind is UnitKind.HEADING:
        return kind is _K.INTERNAL and place.section is not _S.TITLE
    if piece.kind not in _PROSE:
        return False
    said = flat[piece.start : piece.end]
    if kind is _K.PRIVACY and not _says("addressed_privacy", said):
        return False
    asks = place.section in _ASKING
    if asks and (piece.kind is UnitKind.ITEM or kind in {_K.PRIVACY, _K.AI_USE}):
        return kind is _K.INTERNAL or (_says("addressed_demand", said))
    return True


def _spread(
    flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None], source: int, index: int
) -> None:
    """A sentence beside legal text that speaks of the same thing belongs to it."""
    kind = kinds[source]
    if kind not in LEGAL or kinds[index] is not None or pieces[index].kind not in _PROSE:
        return
    near = pieces[index].block == pieces[source].block or (
        places[index].section is _S.LEGAL and places[index].heading == places[source].heading
    )
    group = "related_before" if index < source and kind is _K.AGENCY else "related"
    if near and compiled(_DATA, group, kind.value).search(flat[pieces[index].start : pieces[index].end]):
        kinds[index] = kind


# ------------------------------------------------------------------------------------------ pay and benefits


def _pay(flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None]) -> None:
    for index, piece in enumerate(pieces):
        if kinds[index] is None and _states_pay(flat[piece.start : piece.end], piece, places[index]):
            kinds[index] = _K.PAY


def _spread_pay(flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None]) -> None:
    """Sentences beside stated pay that speak of pay belong to it: bonus, what the amount depends on."""
    for step in (1, -1):
        order = range(1, len(pieces)) if step > 0 else range(len(pieces) - 2, -1, -1)
        for index in order:
            if kinds[index - step] is _K.PAY and kinds[index] is None and pieces[index].kind in _PROSE:
                near = pieces[index].block == pieces[index - step].block or places[index].section is _S.PAY
                said = flat[pieces[index].start : pieces[index].end]
                if near and _says("pay_related", said) and len(_words("benefit").findall(said)) < 2:
                    kinds[index] = _K.PAY


def _states_pay(said: str, piece: Piece, place: Place) -> bool:
    """True if the piece states an amount that the reader would be paid."""
    if (
        piece.kind is UnitKind.OPAQUE
        or place.section is _S.TITLE
        or not _says("money", said)
        or _says("business", said)
    ):
        return False
    if _HEAD_LINE.search(said) and piece.kind is not UnitKind.ROW:
        return False  # "Company | Role | $145-165K | Remote": the amount alone is pinned
    if place.section is _S.PAY:
        return True
    asks = place.section in _ASKING
    if place.section is _S.OFFER or (asks and piece.kind is UnitKind.ITEM):
        return _says("salary", said)
    return _says("pay", said)


def _benefits(flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None]) -> None:
    for first, last in _offers(flat, pieces, places):
        said = [flat[pieces[index].start : pieces[index].end] for index in range(first, last + 1)]
        named = [first + at for at, words in enumerate(said) if _says("benefit", words)]
        if len({found.group().lower() for words in said for found in _words("benefit").finditer(words)}) < 2:
            continue
        begin, end = named[0], named[-1]
        while begin > first and _belongs(flat, pieces, named, begin - 1, begin):
            begin -= 1
        while end < last and _belongs(flat, pieces, named, end + 1, end):
            end += 1
        for index in range(begin, end + 1):
            if kinds[index] is None:
                kinds[index] = _K.BENEFITS


def _offers(flat: str, pieces: list[Piece], places: list[Place]) -> Iterator[tuple[int, int]]:
    """Runs of pieces in which an employer may list benefits: an offer section, a list led in so, or one rich sentence."""
    index = 0
    while index < len(pieces):
        last = index
        if _is_offer(flat, pieces, places, index):
            while (
                last + 1 < len(pieces)
                and _is_offer(flat, pieces, places, last + 1)
                and places[last + 1].heading == places[index].heading
            ):
                last += 1
            yield index, last
        elif _is_rich(flat, pieces[index], places[index]):
            yield index, index
        index = last + 1


def _is_offer(flat: str, pieces: list[Piece], places: list[Place], index: int) -> bool:
    if pieces[index].kind not in _PROSE:
        return False
    lead = places[index].lead_in
    return places[index].section in {_S.OFFER, _S.PAY} or (
        lead >= 0 and (_says("benefits_lead", flat[max(pieces[lead].start, pieces[lead].end - 160) : pieces[lead].end]))
    )


def _is_rich(flat: str, piece: Piece, place: Place) -> bool:
    said = flat[piece.start : piece.end]
    if piece.kind not in _PROSE or (piece.kind is UnitKind.ITEM and place.section in _ASKING):
        return False
    return (_says("offers", said)) and len({m.group().lower() for m in _words("benefit").finditer(said)}) > 2


def _belongs(flat: str, pieces: list[Piece], named: list[int], index: int, beside: int) -> bool:
    """True for a neighbour that names a lesser benefit (equity, discounts), or stands in a list that is mostly benefits."""
    one, other = pieces[index], pieces[beside]
    if one.kind is other.kind is UnitKind.ITEM:
        listed = _list_around(pieces, beside)
        return index in listed and (2 * sum(at in listed for at in named) >= len(listed) or _says_soft(flat, one))
    return one.block == other.block and _says_soft(flat, one)


def _list_around(pieces: list[Piece], index: int) -> range:
    first = last = index
    while first > 0 and pieces[first - 1].kind is UnitKind.ITEM:
        first -= 1
    while last + 1 < len(pieces) and pieces[last + 1].kind is UnitKind.ITEM:
        last += 1
    return range(first, last + 1)


def _says_soft(flat: str, piece: Piece) -> bool:
    return _says("soft_benefit", flat[piece.start : piece.end])


# ------------------------------------------------------------------------------------------ headings and scope lines


def _with_heads(flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None]) -> None:
    """Adds the scope line ("For California residents:") and the heading that stand right above a notice."""
    for index in range(len(pieces) - 1, 0, -1):
        kind, above = kinds[index], index - 1
        if kind is None or kind is _K.LOCKED or kinds[above] is not None:
            continue
        if pieces[above].kind is UnitKind.HEADING:
            if places[index].heading == above and _is_about(flat, pieces, places, kinds, above, kind):
                kinds[above] = kind
        elif pieces[above].kind is UnitKind.SENTENCE and flat[pieces[above].start : pieces[above].end].rstrip(
            "*_ "
        ).endswith(":"):
            kinds[above] = kind


def _is_about(
    flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None], head: int, kind: NoticeKind
) -> bool:
    """True if the heading is the notice's own, or if all that stands under it is protected."""
    words = flat[pieces[head].start : pieces[head].end]
    said = section_kind(words)
    wanted = {_S.PAY, _S.OFFER} if kind in {_K.PAY, _K.BENEFITS} else {SECTIONS.get(kind)}
    if places[head].section is _S.TITLE or said not in wanted:
        return False
    if kind in LEGAL or _says("own_head", words):
        return True
    below = head + 1
    while below < len(pieces) and places[below].heading == head and pieces[below].kind is not UnitKind.HEADING:
        if kinds[below] is None:
            return False
        below += 1
    return True


# ------------------------------------------------------------------------------------------ the patterns


@lru_cache(maxsize=1)
def _book() -> Patterns[NoticeKind]:
    data = load(_DATA)
    return Patterns(
        [(NoticeKind(entry["kind"]), joined(entry["patterns"], data["parts"])) for entry in data["notices"]]
    )


def _words(name: str) -> re2._Regexp:
    return compiled(_DATA, name)


def _says(name: str, text: str) -> bool:
    return bool(_words(name).search(text))
