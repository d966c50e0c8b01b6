"""Pay and benefits: which pieces state real terms. "Competitive salary" states none, nor do kegs and ping-pong."""

from collections.abc import Iterator

from postwright.domain.house import LISTS
from postwright.domain.posting import NoticeKind, SectionKind, UnitKind
from postwright.reading.protection.sheet import PROSE, Sheet, says, words
from postwright.reading.searching.lazy import lazy_pattern

_OFFERS = frozenset({SectionKind.OFFER, SectionKind.PAY})
_NOT_PAY = frozenset({SectionKind.OFFER, SectionKind.APPLY})  # there an amount needs the word for it
_LEAD = 160  # characters of a lead-in that say what follows
_HEAD_LINE = lazy_pattern(r"(?:[|·•`]|\s-\s).{0,200}(?:[|·•`]|\s-\s)(?!.*[.!?]\s)")


def claim_pay(sheet: Sheet) -> None:
    """Claims what states an amount the reader would be paid, and what beside it speaks of pay (bonus, conditions)."""
    for index in range(len(sheet)):
        if _states_pay(sheet, index):
            sheet.claim(index, NoticeKind.PAY)
    for index, beside in sheet.neighbours():
        if sheet.kinds[beside] is not NoticeKind.PAY or not sheet.is_free(index):
            continue
        near = sheet.same_paragraph(index, beside) or sheet.section(index) is SectionKind.PAY
        if near and says("pay_related", sheet.said(index)) and len(_benefits_in(sheet, index)) < 2:
            sheet.claim(index, NoticeKind.PAY)


def _states_pay(sheet: Sheet, index: int) -> bool:
    kind, section, said = sheet.pieces[index].kind, sheet.section(index), sheet.said(index)
    if kind is UnitKind.OPAQUE or section is SectionKind.TITLE or not says("money", said) or says("business", said):
        return False
    if kind is not UnitKind.ROW and _HEAD_LINE.search(said[:400]):
        return False  # "Company | Role | $145-165K | Remote": the amount alone is pinned
    if section is SectionKind.PAY and len(_benefits_in(sheet, index)) < 2:
        return True
    if len(_benefits_in(sheet, index)) > 1 or kind is UnitKind.ITEM or section in _NOT_PAY:
        return says("salary", said)
    return says("pay", said)


def claim_benefits(sheet: Sheet) -> None:
    """Claims lists and sentences that name at least two benefits, with the lesser ones beside them."""
    for first, last in _offers(sheet):
        named = {index: _benefits_in(sheet, index) for index in range(first, last + 1)}
        rich = [index for index, terms in named.items() if terms]
        if len(set().union(*named.values())) < 2:
            continue
        begin = _list_edge(sheet, rich, first, -1)
        end = _list_edge(sheet, rich, last, 1)
        while begin > first and _is_lesser(sheet, begin - 1, begin):
            begin -= 1
        while end < last and _is_lesser(sheet, end + 1, end):
            end += 1
        while begin < rich[0] and says("trifles", sheet.said(begin)):
            begin += 1
        while end > rich[-1] and says("trifles", sheet.said(end)):
            end -= 1
        for index in range(begin, end + 1):
            sheet.claim(index, NoticeKind.BENEFITS)


def _benefits_in(sheet: Sheet, index: int) -> set[str]:
    return _benefits_of(sheet.said(index))


def _benefits_of(said: str) -> set[str]:
    return {said[start:end].lower() for start, end in words("benefit").spans(said)}


def _offers(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Runs of pieces in which an employer may list benefits: an offer section, a list led in so, one rich sentence."""
    index = 0
    while index < len(sheet):
        last = index
        if _is_offer(sheet, index):
            while last + 1 < len(sheet) and _is_offer(sheet, last + 1) and sheet.same_heading(last + 1, index):
                last += 1
            yield index, last
        elif _is_rich(sheet, index):
            yield index, index
        index = last + 1


def _is_offer(sheet: Sheet, index: int) -> bool:
    if sheet.pieces[index].kind not in PROSE:
        return False
    lead = sheet.places[index].lead_in
    return sheet.section(index) in _OFFERS or (lead >= 0 and says("benefits_lead", sheet.tail(lead, _LEAD)))


def _is_rich(sheet: Sheet, index: int) -> bool:
    kind = sheet.pieces[index].kind
    if kind not in PROSE:
        return False
    if kind is UnitKind.ITEM and sheet.section(index) in LISTS:
        return any(_offers_several(line) for line in sheet.run_on_lines(index))
    return _offers_several(sheet.said(index))


def _offers_several(said: str) -> bool:
    terms = len(_benefits_of(said))
    return (terms > 2 and says("offers", said)) or (terms > 1 and says("offers_reader", said))


def _list_edge(sheet: Sheet, rich: list[int], limit: int, step: int) -> int:
    """The outermost piece that names a benefit, or the end of its list when at least half of the list does."""
    edge = rich[0] if step < 0 else rich[-1]
    if sheet.pieces[edge].kind is not UnitKind.ITEM:
        return edge
    ends = []
    for way, stop in ((-1, limit if step < 0 else 0), (1, limit if step > 0 else len(sheet) - 1)):
        at = edge
        while at != stop and sheet.pieces[at + way].kind is UnitKind.ITEM and sheet.same_heading(at + way, edge):
            at += way
        ends.append(at)
    listed = range(ends[0], ends[1] + 1)
    most = 2 * sum(index in listed for index in rich) >= len(listed)
    return (ends[0] if step < 0 else ends[1]) if most else edge


def _is_lesser(sheet: Sheet, index: int, beside: int) -> bool:
    """True for a neighbour in the same list or paragraph that names a lesser benefit: equity, discounts, a budget."""
    both_items = sheet.pieces[index].kind is sheet.pieces[beside].kind is UnitKind.ITEM
    return (both_items or sheet.same_paragraph(index, beside)) and says("soft_benefit", sheet.said(index))
