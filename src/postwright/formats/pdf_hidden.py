"""What the readers of a PDF do not see: invisible, tiny, covered text, text off the page, and ink like its ground.

Most of it the file says itself. Where text lies under or on something painted, the page is drawn with and without it:
what changes nothing is not seen, whatever the reason. Text that says more than its letters show (ActualText) goes too.
"""

from collections.abc import Sequence
from types import ModuleType

from postwright.formats.ink import FAINT, WHITE, Colour, alike
from postwright.formats.pdf_objects import Bitmap, Box, Objects, PageReader, PdfPage, Piece
from postwright.formats.source import needed

_MOST_PAINTS = 300
"""Painted areas that text is compared with; on a page with more of them all text is drawn to see."""


def hide_unseen(page: PdfPage, name: str) -> int:
    """Switch off the text of a page that its readers do not see; how many words that was.

    Raises PostingUnreadable for a page of more pieces than can be looked at.
    """
    raw = needed("pypdfium2.raw", "pdf", "reading PDF")
    reader = PageReader(raw, page, name)
    found = reader.read()
    hidden, doubtful = _sorted(found)
    if doubtful:
        hidden += doubtful if found.huge else _unseen(raw, page, doubtful, reader.shown)
    words = sum(len(reader.says(text.handle).split()) for text in hidden)
    for text in hidden:
        raw.FPDFPageObj_SetIsActive(text.handle, 0)
    return words


def _sorted(found: Objects) -> tuple[list[Piece], list[Piece]]:
    """The text that is hidden for certain, and the text that only drawing tells of."""
    hidden = [text for text in found.texts if text.hidden]
    rest = [text for text in found.texts if not text.hidden]
    if len(found.paints) > _MOST_PAINTS:
        return hidden, rest
    doubtful = []
    for text in rest:
        near = [paint for paint in found.paints if paint.box.holds_middle_of(text.box)]
        if text.colour is not None and alike(text.colour, WHITE) and not near:
            hidden.append(text)  # drawing would tell of the text that it may lie on
        elif text.colour is None or _may_drown(text, text.colour, near):
            doubtful.append(text)
    return hidden, doubtful


def _may_drown(text: Piece, ink: Colour, near: Sequence[Piece]) -> bool:
    """True if there is paint over the text, or behind it in a colour like its own."""
    return alike(ink, WHITE) or any(
        paint.order > text.order or paint.colour is None or alike(paint.colour, ink) for paint in near
    )


def _unseen(raw: ModuleType, page: PdfPage, texts: list[Piece], shown: Box) -> list[Piece]:
    """Those without which the page looks the same."""
    scale = min(2.0, 2_000 / max(shown.right - shown.left, shown.top - shown.bottom, 1))
    drawn = page.render(scale=scale)
    for text in texts:
        raw.FPDFPageObj_SetIsActive(text.handle, 0)
    without = page.render(scale=scale)
    for text in texts:
        raw.FPDFPageObj_SetIsActive(text.handle, 1)
    return [text for text in texts if not _differ(drawn, without, _pixels(text.box, shown, scale, drawn))]


def _pixels(box: Box, shown: Box, scale: float, drawn: Bitmap) -> tuple[int, int, int, int]:
    """Columns and rows of a box: from, to; from, to."""
    left, right = (int((x - shown.left) * scale) for x in (box.left, box.right))
    top, bottom = (int((shown.top - y) * scale) for y in (box.top, box.bottom))
    return max(left, 0), min(right + 1, drawn.width), max(top, 0), min(bottom + 1, drawn.height)


def _differ(one: Bitmap, other: Bitmap, area: tuple[int, int, int, int]) -> bool:
    left, right, top, bottom = area
    one_bytes, other_bytes = memoryview(one.buffer), memoryview(other.buffer)
    for row in range(top, bottom):
        start, end = (row * one.stride + column * one.n_channels for column in (left, right))
        a, b = one_bytes[start:end].tobytes(), other_bytes[start:end].tobytes()
        if a != b and any(abs(x - y) >= FAINT for x, y in zip(a, b, strict=True)):
            return True
    return False
