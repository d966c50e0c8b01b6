"""What `--fix` would change, as a unified diff made safe to print."""

from collections.abc import Iterator
from difflib import unified_diff

from postwright.domain.checked import CheckedFile, Totals
from postwright.reports.findings.visible import without_commands


class Report:
    def opening(self) -> str:
        return ""

    def file(self, checked: CheckedFile) -> str:
        return diff_of(checked)

    def closing(self, totals: Totals) -> str:
        return "" if totals.fixed else "Nothing to fix.\n"


def diff_of(checked: CheckedFile) -> str:
    """The change of one file, or nothing. For reading: what a terminal would obey is spelled out."""
    if checked.change is None:
        return ""
    before, after = checked.change.before.splitlines(keepends=True), checked.change.after.splitlines(keepends=True)
    lines = unified_diff(before, after, checked.path, checked.path)
    return "".join(_printable(lines))


def _printable(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        flat = line.rstrip("\r\n")
        mark, text = flat[:1], "".join(c if c.isprintable() or c == "\t" else f"<U+{ord(c):04X}>" for c in flat[1:])
        yield f"{mark}{without_commands(_unlike_a_command(text))}\n"


def _unlike_a_command(text: str) -> str:
    """A line of context starts with a blank, which build servers skip."""
    bare = text.lstrip()
    return text[: len(text) - len(bare)] + without_commands(bare)
