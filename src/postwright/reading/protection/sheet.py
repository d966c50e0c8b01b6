"""A posting laid out for protection: its pieces, where they stand, and the notice kind each has been given so far."""

from collections.abc import Iterator
from functools import cache

from postwright.domain.posting import NoticeKind, SectionKind, UnitKind
from postwright.reading.pieces import Piece
from postwright.reading.places import Place
from postwright.reading.searching.lexicon import compiled
from postwright.reading.searching.wordbook import Sought

DATA = "protected_patterns"
PROSE = frozenset({UnitKind.SENTENCE, UnitKind.ITEM, UnitKind.ROW})


class Sheet:
    """`flat` is the source, flattened, with nothing but line ends between pieces. All lists run parallel."""

    def __init__(self, source: str, flat: str, pieces: list[Piece], places: list[Place]) -> None:
        self.source = source
        self.flat = flat
        self.pieces = pieces
        self.places = places
        self.kinds: list[NoticeKind | None] = [None] * len(pieces)

    def __len__(self) -> int:
        return len(self.pieces)

    def said(self, index: int) -> str:
        return self.flat[self.pieces[index].start : self.pieces[index].end]

    def run_on_lines(self, index: int) -> Iterator[str]:
        """Lines that belong to an item though they begin at the margin: often a paragraph that lost its blank."""
        end = self.pieces[index].end
        start = self.source.find("\n", self.pieces[index].start, end) + 1
        while start:
            after = self.source.find("\n", start, end)
            if not self.source[start : start + 1].isspace():
                yield self.flat[start : after if after >= 0 else end]
            start = after + 1

    def tail(self, index: int, length: int) -> str:
        """The last characters of a piece."""
        piece = self.pieces[index]
        return self.flat[max(piece.start, piece.end - length) : piece.end]

    def section(self, index: int) -> SectionKind:
        return self.places[index].section

    def is_free(self, index: int) -> bool:
        """True for text that no notice has claimed. Headings and opaque pieces are no text."""
        return self.kinds[index] is None and self.pieces[index].kind in PROSE

    def claim(self, index: int, kind: NoticeKind) -> None:
        if self.kinds[index] is None:
            self.kinds[index] = kind

    def same_paragraph(self, one: int, other: int) -> bool:
        return self.pieces[one].block == self.pieces[other].block

    def same_heading(self, one: int, other: int) -> bool:
        return self.places[one].heading == self.places[other].heading

    def neighbours(self) -> Iterator[tuple[int, int]]:
        """Pairs (piece, the one it stands beside): first downward through the posting, then upward."""
        yield from ((index, index - 1) for index in range(1, len(self)))
        yield from ((index, index + 1) for index in range(len(self) - 2, -1, -1))


@cache
def words(name: str) -> Sought:
    return Sought(compiled(DATA, name), f"protected/{name}")


def says(name: str, text: str) -> bool:
    return words(name).found(text)
