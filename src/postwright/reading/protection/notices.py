"""Notices (I1): contiguous runs of pieces that are legal text, pay, benefits or locked, with heading and scope line."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from postwright.domain.house import LISTS
from postwright.domain.posting import NoticeKind, SectionKind, Span, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.pieces import Owners
from postwright.reading.protection.sheet import DATA, PROSE, Sheet, says
from postwright.reading.protection.terms_offered import claim_benefits, claim_pay
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.lexicon import compiled, joined
from postwright.reading.searching.scan import Patterns
from postwright.reading.sections import section_kind

_K = NoticeKind
_S = SectionKind

_LEGAL = frozenset({_K.EEO, _K.ACCOMMODATION, _K.PRIVACY, _K.AI_USE, _K.FAIR_CHANCE, _K.AGENCY})
_TERMS = frozenset({_K.PAY, _K.BENEFITS})
SECTIONS = dict.fromkeys(_LEGAL, _S.LEGAL) | {_K.PAY: _S.PAY, _K.BENEFITS: _S.OFFER}
"""Where a notice belongs, whatever heading it happens to stand under."""

LOCK_MARK = lazy_pattern(r"<!--\s{0,9}postwright:\s{0,9}(un)?lock\s{0,9}-->", re.IGNORECASE)
_SHORT = 70  # characters: a longer line that begins with a grade is a sentence about something else


def claim_notices(text: str, sheet: Sheet) -> None:
    """Gives each piece of a notice its kind. Runs of one kind are one notice."""
    _claim_locked(text, sheet)
    _claim_legal(sheet)
    claim_pay(sheet)
    claim_benefits(sheet)
    _claim_grades(sheet)
    _claim_heads(sheet)


class Lock(NamedTuple):
    """A locked region: `outer` with its markers, `inner` without them. An open lock runs to the end."""

    outer: Span
    inner: Span


def locks_of(text: str) -> list[Lock]:
    """The regions between `<!-- postwright: lock -->` and `<!-- postwright: unlock -->`, in order."""
    out: list[Lock] = []
    opened: re.Match[str] | None = None
    for found in LOCK_MARK.finditer(text):
        if not found.group(1):
            opened = opened or found
        elif opened:
            out.append(Lock(Span(opened.start(), found.end()), Span(opened.end(), found.start())))
            opened = None
    if opened:
        out.append(Lock(Span(opened.start(), len(text)), Span(opened.end(), len(text))))
    return out


def _claim_locked(text: str, sheet: Sheet) -> None:
    starts = [piece.start for piece in sheet.pieces]
    for lock in locks_of(text):
        for index in range(bisect_left(starts, lock.outer.start), bisect_left(starts, lock.outer.end)):
            if sheet.pieces[index].end <= lock.outer.end:
                sheet.claim(index, _K.LOCKED)


def _claim_grades(sheet: Sheet) -> None:
    for index, piece in enumerate(sheet.pieces):
        if sheet.is_free(index) and piece.end - piece.start < _SHORT and says("grade", sheet.said(index)):
            sheet.claim(index, _K.GRADE)


# ------------------------------------------------------------------------------------------ legal text


def _claim_legal(sheet: Sheet) -> None:
    where = Owners(sheet.pieces)
    for kind, start, end in _book().find(sheet.flat):
        index = where.of(start, end)
        if index >= 0 and _may_anchor(sheet, index, kind):
            sheet.claim(index, kind)
    for index, beside in sheet.neighbours():
        claimed = sheet.kinds[beside]
        if claimed in _LEGAL and sheet.is_free(index) and _is_related(sheet, index, beside, claimed):
            sheet.claim(index, claimed)
    for index, place in enumerate(sheet.places):
        led = sheet.kinds[place.lead_in] if place.lead_in >= 0 else None
        if led in _LEGAL:
            sheet.claim(index, led)


def _may_anchor(sheet: Sheet, index: int, kind: NoticeKind) -> bool:
    """A duty or demand may speak of equal opportunity or privacy without being a notice."""
    what, section, said = sheet.pieces[index].kind, sheet.section(index), sheet.said(index)
    if what is UnitKind.HEADING:
        return kind is _K.INTERNAL and section is not _S.TITLE
    if what not in PROSE or (kind is _K.PRIVACY and not says("addressed_privacy", said)):
        return False
    if section in LISTS and (what is UnitKind.ITEM or kind in {_K.PRIVACY, _K.AI_USE}):
        return kind is _K.INTERNAL or says("addressed_demand", said)
    return True


def _is_related(sheet: Sheet, index: int, beside: int, kind: NoticeKind) -> bool:
    """True for a sentence beside legal text that speaks of the same thing."""
    legal_section = sheet.section(index) is _S.LEGAL and sheet.same_heading(index, beside)
    if not (legal_section or sheet.same_paragraph(index, beside)):
        return False
    group = "related_before" if index < beside and kind is _K.AGENCY else "related"
    return compiled(DATA, group, kind.value).found(sheet.said(index))


@lru_cache(maxsize=1)
def _book() -> Patterns[NoticeKind]:
    data = load(DATA)
    notices = [(_K(entry["kind"]), joined(entry["patterns"], data["parts"])) for entry in data["notices"]]
    return Patterns(notices, "notices")


# ------------------------------------------------------------------------------------------ headings and scope lines


def _claim_heads(sheet: Sheet) -> None:
    """Adds the scope line ("For California residents:") and the heading that stand right above a notice."""
    for index in range(len(sheet) - 1, 0, -1):
        kind, above = sheet.kinds[index], index - 1
        if kind is None or kind is _K.LOCKED or sheet.kinds[above] is not None:
            continue
        what = sheet.pieces[above].kind
        is_scope = what is UnitKind.SENTENCE and sheet.said(above).rstrip("*_ ").endswith(":")
        is_head = what is UnitKind.HEADING and sheet.places[index].heading == above
        if is_scope or (is_head and _is_about(sheet, above, kind)):
            sheet.claim(above, kind)


def _is_about(sheet: Sheet, head: int, kind: NoticeKind) -> bool:
    """True if the heading is the notice's own, or if all that stands under it is protected."""
    wanted = {_S.PAY, _S.OFFER} if kind in _TERMS else {SECTIONS.get(kind)}
    if sheet.section(head) is _S.TITLE or section_kind(sheet.said(head)) not in wanted:
        return False
    if kind in _LEGAL or says("own_head", sheet.said(head)):
        return True
    below = head + 1
    while below < len(sheet) and sheet.places[below].heading == head and sheet.pieces[below].kind in PROSE:
        if sheet.kinds[below] is None:
            return False
        below += 1
    return True
