"""Colours of text and of what lies behind it: when a reader cannot tell one from the other."""

import re

Colour = tuple[int, int, int]
"""Red, green, blue: 0 to 255."""

WHITE: Colour = (255, 255, 255)
FAINT = 32
"""Of 255: light grey F2F2F2 on white is not seen, DDDDDD is; yellow on white is."""


def alike(one: Colour, other: Colour) -> bool:
    """True if text in one colour is not seen on the other."""
    return all(abs(left - right) < FAINT for left, right in zip(one, other, strict=True))


def colour_of(text: str) -> Colour | None:
    """The colour that six hexadecimal digits stand for; None for anything else, as "auto"."""
    if not re.fullmatch(r"#?[0-9a-fA-F]{6}", text):
        return None
    whole = int(text.removeprefix("#"), 16)
    return whole >> 16, whole >> 8 & 255, whole & 255
