"""Bars as plain SVG: pieces in percent of the longest bar of their chart."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a bar, in percent of the chart's width."""

    start: float
    width: float
    look: str


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row of a chart: its name, its figure in words, and the bar."""

    name: str
    figure: str
    pieces: tuple[Piece, ...]
    note: str = ""
    id: str = ""  # what the row is called elsewhere


def pieces(parts: Iterable[tuple[float, str]], most: float) -> tuple[Piece, ...]:
    """The pieces of one bar, side by side. `most` is the length of the longest bar; empty parts are left out."""
    found: list[Piece] = []
    start = 0.0
    for number, look in parts:
        width = round(100 * number / most, 2) if most else 0.0
        if width > 0:
            found.append(Piece(round(start, 2), width, look))
        start += width
    return tuple(found)
