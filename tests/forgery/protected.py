"""The suite's own list of what must stand word for word: plain patterns, strict on purpose."""

import re
from collections.abc import Iterator
from itertools import groupby

from forgery.seen import LIST_MARKER, body_of

_AMOUNT = r"(?:[$£€]\s?\d|\b(?:USD|CAD|GBP|EUR)\s?\d)"
_PERIOD = (
    r"(?:\b(?:per|a|an)\s+(?:year|hour|month|annum|week)\b|/\s?(?:yr|hr|year|hour)\b|\bannual(?:ly)?\b|\bhourly\b)"
)
KINDS: dict[str, re.Pattern[str]] = {
    "eeo": re.compile(
        r"equal (?:employment )?opportunit(?:y|ies) employer|equal employment opportunity(?! responsib)|"
        r"without regard to .*\brace\b|"
        r"does not discriminate .*\brace\b",
        re.IGNORECASE,
    ),
    "accommodation": re.compile(
        r"^(?!Ensure).*\b(?:reasonable|need an) (?:accommodation|adjustment)s?\b", re.IGNORECASE
    ),
    "privacy": re.compile(
        r"\bprivacy (?:notice|statement) (?:is|at)\b|\bin our privacy (?:notice|policy)\b", re.IGNORECASE
    ),
    "ai": re.compile(
        r"\bAI\b.{0,40}\b(?:sort|screen|review|rank)\w*\s+(?:job )?(?:applications?|applicants?|candidates?)\b",
        re.IGNORECASE,
    ),
    "pay": re.compile(
        rf"\b(?:salary|pay|compensation|wage|rate|range)\b.*{_AMOUNT}.*{_PERIOD}|{_AMOUNT}.*\bto\b.*{_AMOUNT}.*{_PERIOD}|"
        rf"\b(?:salary|pay)(?: range)?:.*{_AMOUNT}",
        re.IGNORECASE,
    ),
    "benefits": re.compile(r"\bbenefits?(?: include|:).*\b(?:dental|vision|pension|401\(k\)|403\(b\))", re.IGNORECASE),
    "internal": re.compile(r"\binternal (?:applicants|candidates) only\b", re.IGNORECASE),
    "grade": re.compile(r"^(?:grade|band):? (?:GS-)?\d+\.?$", re.IGNORECASE),
}


def sentences(line: str) -> list[str]:
    """A line cut after full stops that are followed by a capital. 'U.S. citizenship' and 'https://a.b' stay whole."""
    pieces = re.split(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\bNo\.)(?<!\bReq\.)\s+(?=[A-Z\"“(])", line)
    return [piece.strip() for piece in pieces if piece.strip()]


def kind_of(sentence: str) -> str:
    """Which protected kind a sentence is, or nothing."""
    return next((kind for kind, pattern in KINDS.items() if pattern.search(sentence)), "")


def protected_runs(source: str) -> Iterator[tuple[str, str]]:
    """(kind, raw text) of each run of protected sentences of one kind on neighbouring lines."""
    pieces: list[tuple[str, int, int]] = []
    body = body_of(source)
    at = 0
    for line in body.splitlines(keepends=True):
        for sentence in sentences(LIST_MARKER.sub("", line)):
            start = body.index(sentence, at)
            pieces.append((kind_of(sentence), start, start + len(sentence)))
            at = start + len(sentence)
        if not line.strip():
            pieces.append(("", at, at))
    for kind, run in groupby(pieces, key=lambda piece: piece[0]):
        if kind:
            spans = list(run)
            yield kind, body[spans[0][1] : spans[-1][2]]
