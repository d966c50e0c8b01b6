"""What changed, in words and in lines: for the terminal's `--diff` and for the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff

from postwright.reports.labels import printable
from postwright.reports.style import PLAIN, Style

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.4
"""Below this share of common words a mixture of both texts reads worse than one after the other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that both sides have (`same`), only the old one (`gone`) or only the new one (`new`)."""

    op: str
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one run of pieces, cut between words. All `gone` pieces and `same` ones spell `before`."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return tuple(Piece(op, text) for op, text in (("gone", before), ("new", after)) if text)
    pieces: list[Piece] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        pieces += [Piece(op, "".join(run)) for op, run in (("gone", old[i:j]), ("new", new[k:m])) if run]
    return _joined(pieces)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """A lone space between two changes belongs to both: `old words` reads better than `old` ` ` `words`."""
    out: list[Piece] = []
    gone, new = "", ""
    for i, piece in enumerate(pieces):
        inner = 0 < i < len(pieces) - 1
        if piece.op == "same" and (not inner or not piece.text.isspace() or not (gone or new)):
            out += [Piece(op, text) for op, text in (("gone", gone), ("new", new)) if text]
            gone, new = "", ""
            out.append(piece)
        else:
            gone += piece.text if piece.op != "new" else ""
            new += piece.text if piece.op != "gone" else ""
    return (*out, *(Piece(op, text) for op, text in (("gone", gone), ("new", new)) if text))


def line_diff(before: str, after: str, path: str, style: Style = PLAIN) -> Iterator[str]:
    """A unified diff for a terminal, with the changed words of a changed line set apart when there are colours."""
    old, new = before.splitlines(), after.splitlines()
    name = printable(path)
    lines = list(unified_diff(old, new, f"{name} (yours)", f"{name} (draft)", lineterm="", n=1))
    for i, line in enumerate(lines):
        sign, text = line[:1], line[1:]
        if i < 2:
            yield style.set(style.strong, line)
        elif sign == "@":
            yield style.set(style.label, line)
        elif sign in {"-", "+"}:
            yield style.set(style.bad if sign == "-" else style.good, sign + _visible(text))
        else:
            yield sign + _visible(text)


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\t" else "?" for c in text)
