"""Reads a posting: text in, units with sections, strength, protected text and facts out. Never raises on any text."""

import re
from dataclasses import replace
from pathlib import PurePath

from postwright.domain.posting import Format, Posting, SectionKind, Span, Strength, Unit, UnitKind
from postwright.reading import markdown, plain
from postwright.reading.blocks import newline_of
from postwright.reading.frontmatter import front_matter
from postwright.reading.language import language_of
from postwright.reading.pieces import Piece, pieces_of
from postwright.reading.places import Place, places_of
from postwright.reading.titles import front_title, shown_title, title_piece, with_title

_FORMATS = {".mdx": Format.MDX, ".txt": Format.TEXT, ".text": Format.TEXT}
_SURROGATES = re.compile("[\ud800-\udfff]")


def read(text: str, path: str, format: Format | None = None, locked: tuple[str, ...] = ()) -> Posting:  # noqa: A002
    """The posting in `text`. The format comes from the suffix of `path` when none is given (Markdown if unknown).

    `locked` are phrases or RE2 patterns from the config whose matches are pinned. Offsets count characters
    of `text`. Any string can be read: lone surrogates, NUL and mixed line ends keep their places.
    """
    format = format or _FORMATS.get(PurePath(path).suffix.lower(), Format.MARKDOWN)
    front, values = front_matter(text)
    safe = _SURROGATES.sub("\ufffd", text)  # the parsers encode; one character for one keeps every offset
    start = max(front.end, len(text) - len(text.removeprefix("\ufeff")))
    blocks = plain.blocks(safe, start, len(safe)) if format is Format.TEXT else markdown.blocks(safe, start)
    pieces = pieces_of(safe, with_title(safe, blocks, values))
    title = title_piece(safe, pieces, values)
    places = places_of(safe, pieces, title)
    units = tuple(
        _unit(text, f"u{number}", piece, place)
        for number, (piece, place) in enumerate(zip(pieces, places, strict=True), 1)
    )
    return Posting(
        path=path,
        format=format,
        source=text,
        front=front,
        front_values=values,
        title=front_title(values) or (shown_title(units[title].text) if title >= 0 else ""),
        title_unit=units[title].id if title >= 0 else "",
        units=units,
        newline=newline_of(text),
        language=language_of(text[start:]),
    )


def units_of(text: str, prefix: str, kind: UnitKind, section: SectionKind, strength: Strength) -> tuple[Unit, ...]:
    """An answer or a profile fact as units: one unit has `prefix` as its id, several are `prefix.1`, `prefix.2`..."""
    safe = _SURROGATES.sub("\ufffd", text)
    pieces = pieces_of(safe, plain.blocks(safe, 0, len(safe)))
    ids = [prefix] if len(pieces) == 1 else [f"{prefix}.{number}" for number in range(1, len(pieces) + 1)]
    return tuple(
        replace(_unit(text, unit_id, piece, Place(section, strength=strength)), kind=kind)
        for unit_id, piece in zip(ids, pieces, strict=True)
    )


def _unit(text: str, unit_id: str, piece: Piece, place: Place) -> Unit:
    return Unit(
        id=unit_id,
        kind=piece.kind,
        span=Span(piece.start, piece.end),
        text=text[piece.start : piece.end],
        block=piece.block,
        level=piece.level,
        marker=piece.marker,
        section=place.section,
        heading=f"u{place.heading + 1}" if place.heading >= 0 else "",
        lead_in=f"u{place.lead_in + 1}" if place.lead_in >= 0 else "",
        table=f"u{piece.table + 1}" if piece.table >= 0 else "",
        strength=place.strength,
        atomic=piece.atomic,
    )
