"""The objects of a PDF's page as pdfium knows them, in the order of painting and in the page's coordinates."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from math import hypot
from types import ModuleType
from typing import NamedTuple, Protocol

from postwright.domain.errors import PostingUnreadable
from postwright.formats.ink import FAINT, Colour

MOST_OBJECTS = 40_000
"""Pieces of text and pictures of one page: a generator that sets each letter alone needs 5,000."""
_DEEPEST_FORM = 12
_SMALLEST = 3.0
"""Points. Legal small print has 5 or 6."""
_LARGEST_PICTURE = 25_000_000
"""Pixels of a picture that is drawn to see what it covers."""
_NARROWEST = 0.1
"""Of its size: how wide a letter is at least, on average."""
_INVISIBLE = frozenset({3, 7})  # render modes of the PDF reference: neither filled nor stroked
_STROKED = frozenset({1, 5})


class Bitmap(Protocol):
    """A page as it was drawn."""

    buffer: ctypes.Array[ctypes.c_ubyte]
    width: int
    height: int
    stride: int
    n_channels: int


class TextPage(Protocol):
    def get_text_range(self) -> str: ...


class PdfPage(Protocol):
    """What is used of pypdfium2's pages."""

    def set_rotation(self, rotation: int) -> None: ...
    def get_textpage(self) -> TextPage: ...
    def get_cropbox(self) -> tuple[float, float, float, float]: ...
    def render(self, *, scale: float) -> Bitmap: ...


class Box(NamedTuple):
    """Sides in points, from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def holds_middle_of(self, other: "Box") -> bool:
        x, y = (other.left + other.right) / 2, (other.bottom + other.top) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top


@dataclass(frozen=True, slots=True)
class Piece:
    """An object of a page, in the order of painting."""

    handle: object
    box: Box
    colour: Colour | None  # None: a picture, a pattern
    order: int
    hidden: bool = False


@dataclass(slots=True)
class Objects:
    """What stands on a page: text, and what is painted and may lie under or over it."""

    texts: list[Piece] = field(default_factory=list)
    paints: list[Piece] = field(default_factory=list)
    huge: bool = False  # holds a picture that is too large to draw
    count: int = 0


class _Matrix(NamedTuple):
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def after(self, inner: "_Matrix") -> "_Matrix":
        """The inner one first, then this."""
        return _Matrix(
            inner.a * self.a + inner.b * self.c,
            inner.a * self.b + inner.b * self.d,
            inner.c * self.a + inner.d * self.c,
            inner.c * self.b + inner.d * self.d,
            inner.e * self.a + inner.f * self.c + self.e,
            inner.e * self.b + inner.f * self.d + self.f,
        )

    def box(self, box: Box) -> Box:
        corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        xs = [self.a * x + self.c * y + self.e for x, y in corners]
        ys = [self.b * x + self.d * y + self.f for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


class PageReader:
    """Reads the objects of a page, those of its forms included, into page coordinates."""

    def __init__(self, raw: ModuleType, page: PdfPage, name: str) -> None:
        self._raw = raw
        self._page = page
        self._name = name
        self._words = page.get_textpage()
        self._found = Objects()
        self.shown = Box(*page.get_cropbox())

    def read(self) -> Objects:
        count = self._raw.FPDFPage_CountObjects(self._page)
        self._all(self._raw.FPDFPage_GetObject, self._page, count, _Matrix(), layered=False, depth=0)
        return self._found

    def says(self, handle: object) -> str:
        """The text of an object: what is copied from it, not always what it shows."""
        size = self._raw.FPDFTextObj_GetText(handle, self._words, None, 0)
        buffer = (ctypes.c_ushort * (size // 2 + 1))()
        self._raw.FPDFTextObj_GetText(handle, self._words, buffer, size)
        return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")

    def _all(
        self, get: Callable[..., object], parent: object, count: int, matrix: _Matrix, *, layered: bool, depth: int
    ) -> None:
        for index in range(count):
            self._found.count += 1
            if self._found.count > MOST_OBJECTS:
                problem = f"{self._name} has a page of more than {MOST_OBJECTS:,} pieces"
                raise PostingUnreadable(problem, hint="export it anew from where it was made")
            handle = get(parent, index)
            if handle:
                self._one(handle, matrix, layered=layered, depth=depth)

    def _one(self, handle: object, matrix: _Matrix, *, layered: bool, depth: int) -> None:
        raw = self._raw
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST_FORM:
                count, inner = raw.FPDFFormObj_CountObjects(handle), matrix.after(self._matrix(handle))
                layered = layered or self._is_layered(handle)
                self._all(raw.FPDFFormObj_GetObject, handle, count, inner, layered=layered, depth=depth + 1)
            return
        box = matrix.box(self._box(handle))
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._text(handle, box, matrix, layered=layered)
        elif self._is_painted(handle, kind):
            colour = self._colour(handle, raw.FPDFPageObj_GetFillColor) if kind == raw.FPDF_PAGEOBJ_PATH else None
            self._found.paints.append(Piece(handle, box, colour[0] if colour else None, self._found.count))

    def _text(self, handle: object, box: Box, matrix: _Matrix, *, layered: bool) -> None:
        raw = self._raw
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        colour = self._colour(
            handle, raw.FPDFPageObj_GetStrokeColor if mode in _STROKED else raw.FPDFPageObj_GetFillColor
        )
        own = matrix.after(self._matrix(handle))
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(handle, size)
        points = abs(size.value) * hypot(own.c, own.d)
        hidden = (
            mode in _INVISIBLE
            or points < _SMALLEST
            or (colour is not None and colour[1] < FAINT)
            or not box.meets(self.shown)
            or self._says_more(handle, box, points)
        )
        doubt = layered or self._is_layered(handle) or self._is_cut(handle, box, matrix)
        ink = None if colour is None or doubt else colour[0]
        self._found.texts.append(Piece(handle, box, ink, self._found.count, hidden))

    def _says_more(self, handle: object, box: Box, points: float) -> bool:
        """True for text that its letters have no room for: what is copied is not what is shown."""
        if not self._raw.FPDFPageObj_CountMarks(handle):
            return False
        length = len(self.says(handle).strip())
        return length > 8 and length * points * _NARROWEST > hypot(box.right - box.left, box.top - box.bottom)

    def _is_layered(self, handle: object) -> bool:
        """True for what stands on a layer, which may be switched off."""
        marks = (self._raw.FPDFPageObj_GetMark(handle, n) for n in range(self._raw.FPDFPageObj_CountMarks(handle)))
        return any(self._mark(mark) == "OC" for mark in marks)

    def _mark(self, mark: object) -> str:
        buffer, size = (ctypes.c_ushort * 8)(), ctypes.c_ulong()
        self._raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size)
        return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]

    def _is_cut(self, handle: object, box: Box, matrix: _Matrix) -> bool:
        """True if a clipping path leaves the middle of the text out."""
        raw = self._raw
        clip = raw.FPDFPageObj_GetClipPath(handle)
        for path in range(min(raw.FPDFClipPath_CountPaths(clip), 8) if clip else 0):
            points = []
            for segment in range(min(raw.FPDFClipPath_CountPathSegments(clip, path), 50)):
                x, y = ctypes.c_float(), ctypes.c_float()
                raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, segment), x, y)
                points.append((x.value, y.value))
            xs, ys = [x for x, _ in points], [y for _, y in points]
            if points and not matrix.box(Box(min(xs), min(ys), max(xs), max(ys))).holds_middle_of(box):
                return True
        return False

    def _is_painted(self, handle: object, kind: int) -> bool:
        raw = self._raw
        if kind == raw.FPDF_PAGEOBJ_PATH:
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            return bool(raw.FPDFPath_GetDrawMode(handle, fill, stroke)) and fill.value != raw.FPDF_FILLMODE_NONE
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            width, height = ctypes.c_uint(), ctypes.c_uint()
            raw.FPDFImageObj_GetImagePixelSize(handle, width, height)
            self._found.huge = self._found.huge or width.value * height.value > _LARGEST_PICTURE
        return True

    def _colour(self, handle: object, get: Callable[..., object]) -> tuple[Colour, int] | None:
        """The colour and its opacity; None for a pattern."""
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        known = get(handle, red, green, blue, alpha)
        return ((red.value, green.value, blue.value), alpha.value) if known else None

    def _box(self, handle: object) -> Box:
        sides = tuple(ctypes.c_float() for _ in range(4))
        self._raw.FPDFPageObj_GetBounds(handle, *sides)
        return Box(*(side.value for side in sides))

    def _matrix(self, handle: object) -> _Matrix:
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFPageObj_GetMatrix(handle, matrix)
        return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
