"""Cuts a paragraph into sentences: sentencex, and a pass that joins what it cuts too eagerly in postings."""

import re
from functools import lru_cache

import sentencex

from postwright.reading.blocks.glued import cuts_in
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.wordbook import MOST_LINES

_MAY_CUT = lazy_pattern(r"[.!?…][^\w\s]{0,8}\s|[。！？]|[.!?][*_]")
_CLOSERS = lazy_pattern(r"[\"'”’)\]*_~`]+(?=\s|$)")
_BLANKS = str.maketrans("\r\n\t\u00a0\u202f\u2009", "      ")
_SURROGATES = lazy_pattern("[\ud800-\udfff]")

_LAST_WORD = lazy_pattern(r"([\w.&/()-]+)\s*$")
_ABBREVIATIONS = """
    approx. incl. equiv. dept. depts. svcs. sr. jr. mgr. vs. no. nos. sec. dr. mr. mrs. ms. prof. st. e.g. i.e. cf. ca.
    ext. fig. min. max. avg. est. tel. req. ref. assoc. asst. dir. engr. ph.d. u.s.c. c.f.r. m.d. b.s. m.s. b.sc. m.sc.
    b.a. m.a. d.o. r.n. z.b. bzw. inkl. ggf.
"""
_ALWAYS_JOIN = frozenset(_ABBREVIATIONS.split())
_AFTER_US = lazy_pattern(
    r"(?:citizen|department|dept|government|federal|army|navy|air|bank|office|digital|person|national|congress|constitution"
    r"|resident|territor|health|based|only|work|employ|tax|veteran|law|food|centers)",
    re.IGNORECASE,
)


@lru_cache(maxsize=MOST_LINES)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges of the sentences of one paragraph, in order, white space between them left out.

    Closing marks (`**`, quotes, brackets) stay with the sentence they close. Nothing else is lost.
    """
    whole = _sentences(text) if _MAY_CUT.search(text) else _solid(text, [(0, len(text))])
    return tuple(piece for start, end in whole for piece in _unglued(text, start, end))


def _unglued(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start + offset for offset in cuts_in(text[start:end])]
    return _solid(text, list(zip([start, *cuts], [*cuts, end], strict=True)))


def _sentences(text: str) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    at = 0
    for piece in sentencex.segment("en", _SURROGATES.sub("\ufffd", text).translate(_BLANKS)):
        start, at = at, at + len(piece)
        closing = _CLOSERS.match(text, start, at) if cuts else None
        if closing:
            start = closing.end()
            cuts[-1] = (cuts[-1][0], start)
        if cuts and _joins(text[cuts[-1][0] : start], text[start:at]):
            cuts[-1] = (cuts[-1][0], at)
        else:
            cuts.append((start, at))
    return _solid(text, cuts)


def _joins(before: str, after: str) -> bool:
    """True if the two pieces are one sentence."""
    rest = after.lstrip()
    if not rest or not before.strip():
        return True
    if before[-1:].strip() and rest is after:  # no blank between them: www.DHS.gov, and.NET
        return before.rstrip()[-1] not in "。！？"
    first = rest.lstrip("*_([\"'“‘")[:1]
    if first.islower():
        return True
    found = _LAST_WORD.search(before[-40:])
    last = found.group(1).lower().lstrip("(") if found else ""
    if last in _ALWAYS_JOIN or re.fullmatch(r"\d{1,2}\.", before.strip()):
        return True
    return last in {"u.s.", "u.k."} and bool(_AFTER_US.match(rest))


def _solid(text: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges without white space at their edges, empty ones dropped."""
    out: list[tuple[int, int]] = []
    for start, end in cuts:
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            left = start + len(piece) - len(piece.lstrip())
            out.append((left, left + len(stripped)))
    return out
