"""Globs against paths, as in .gitignore: `*` stays in a folder, `**` does not, a bare name is found anywhere."""

import re
from collections.abc import Iterable
from functools import cache

from postwright.reading.searching.lazy import lazy_pattern

_PIECE = lazy_pattern(r"\*\*/|\*\*|\*|\?|\[[^\]/]+\]|.", re.DOTALL)
_MEANING = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(path: str, glob: str) -> bool:
    """True if `glob` names `path` (relative, with "/") or a folder that holds it."""
    return _compiled(glob).fullmatch(path) is not None


def any_matches(path: str, globs: Iterable[str]) -> bool:
    return any(matches(path, glob) for glob in globs)


@cache
def _compiled(glob: str) -> re.Pattern[str]:
    written = glob.removeprefix("./").strip("/")
    anywhere = "" if "/" in glob.strip("/") or glob.startswith("/") else "(?:.*/)?"
    body = "".join(_meaning(piece) for piece in _PIECE.findall(written))
    return re.compile(f"{anywhere}{body}(?:/.*)?", re.DOTALL)


def _meaning(piece: str) -> str:
    if piece in _MEANING:
        return _MEANING[piece]
    if len(piece) > 2 and piece[0] == "[":
        inside = piece[1:-1].replace("\\", r"\\").replace("[", r"\[")
        return f"[{'^' + inside[1:] if inside[0] in '!^' else inside}]"
    return re.escape(piece)
