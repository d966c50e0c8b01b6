"""Reads a posting: text in, units with sections, strength and protected text out. Never raises on any text."""

from dataclasses import replace
from pathlib import PurePath

from postwright.domain.posting import Format, Posting, SectionKind, Span, Strength, Unit, UnitKind
from postwright.reading.blocks import markdown, plain
from postwright.reading.blocks.block import newline_of
from postwright.reading.blocks.frontmatter import front_matter
from postwright.reading.language import language_of
from postwright.reading.pieces import Piece, pieces_of
from postwright.reading.places import Place, places_of
from postwright.reading.protection.protected import Protection, pins_only, protect
from postwright.reading.screening.hidden import encodable
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.titles import front_title, shown_title, title_piece, with_title

_FORMATS = {".mdx": Format.MDX, ".txt": Format.TEXT, ".text": Format.TEXT}
_SURROGATES = lazy_pattern("[\ud800-\udfff]")


def read(text: str, path: str, format: Format | None = None, locked: tuple[str, ...] = ()) -> Posting:  # noqa: A002
    """The posting in `text`. The format comes from the suffix of `path` when none is given (Markdown if unknown).

    `locked` are phrases or RE2 patterns from the config whose matches are pinned. Offsets count characters
    of `text`. Any string can be read: lone surrogates, NUL and mixed line ends keep their places.
    """
    written = format or _FORMATS.get(PurePath(path).suffix.lower(), Format.MARKDOWN)
    front, values = front_matter(text)
    values = {encodable(key): encodable(value) for key, value in values.items()}  # YAML escapes may spell half a pair
    safe = _SURROGATES.sub("\ufffd", text)  # the parsers encode; one character for one keeps every offset
    start = max(front.end, len(text) - len(text.removeprefix("\ufeff")))
    blocks = plain.blocks(safe, start, len(safe)) if written is Format.TEXT else markdown.blocks(safe, start)
    pieces = pieces_of(safe, with_title(safe, blocks, values))
    title = title_piece(safe, pieces, values)
    shield = protect(safe, pieces, places_of(safe, pieces, title), locked)
    units = tuple(_unit(text, f"u{index + 1}", piece, shield, index) for index, piece in enumerate(pieces))
    return Posting(
        path=path,
        format=written,
        source=text,
        front=front,
        front_values=values,
        title=front_title(values) or (shown_title(units[title].text) if title >= 0 else ""),
        title_unit=units[title].id if title >= 0 else "",
        units=units,
        notices=shield.notices,
        newline=newline_of(text),
        language=language_of(text[start:]),
    )


def units_of(text: str, prefix: str, kind: UnitKind, section: SectionKind, strength: Strength) -> tuple[Unit, ...]:
    """An answer or a profile fact as units: one unit has `prefix` as its id, several are `prefix.1`, `prefix.2`..."""
    safe = _SURROGATES.sub("\ufffd", text)
    pieces = pieces_of(safe, plain.blocks(safe, 0, len(safe)))
    shield = Protection(
        (), [""] * len(pieces), [Place(section, strength=strength)] * len(pieces), pins_only(safe, pieces, section)
    )
    ids = [prefix] if len(pieces) == 1 else [f"{prefix}.{number}" for number in range(1, len(pieces) + 1)]
    return tuple(
        replace(_unit(text, ids[index], piece, shield, index), kind=kind) for index, piece in enumerate(pieces)
    )


def _unit(text: str, unit_id: str, piece: Piece, shield: Protection, index: int) -> Unit:
    place = shield.places[index]
    return Unit(
        id=unit_id,
        kind=piece.kind,
        span=Span(piece.start, piece.end),
        text=text[piece.start : piece.end],
        block=piece.block,
        level=piece.level,
        marker=piece.marker,
        section=place.section,
        heading=_id(place.heading),
        lead_in=_id(place.lead_in),
        table=_id(piece.table),
        strength=place.strength,
        notice=shield.members[index],
        atomic=piece.atomic,
        pins=shield.pins[index],
    )


def _id(index: int) -> str:
    return f"u{index + 1}" if index >= 0 else ""
