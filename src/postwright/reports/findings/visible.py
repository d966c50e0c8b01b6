"""Foreign text made safe to print: a posting must not move the cursor, nor give orders to a build server."""

from postwright.reading.searching.lazy import lazy_pattern

_COMMAND = lazy_pattern(r"#(?=#\[)|\A:(?=:)")
"""Build servers read `::command::` at the start of a line and the older `##[command]` anywhere in it."""

QUOTED = 80
"""Characters of a quote that a person is shown; machines get all."""


def visible(text: str) -> str:
    """One line in which every control, bidi or zero-width character is spelled out as `<U+202E>`."""
    flat = " ".join(text.split())
    if not flat.isprintable():
        flat = "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in flat)
    return without_commands(flat)


def without_commands(line: str) -> str:
    """A line of output that no build server takes for an order."""
    return _COMMAND.sub(r"\g<0> ", line)


def quoted(text: str) -> str:
    """The quote of a finding, cut where it is long."""
    shown = visible(text)
    return shown if len(shown) <= QUOTED else f"{shown[: QUOTED - 1].rstrip()}…"
