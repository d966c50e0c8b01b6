"""Lines and columns of a span, and the fingerprint of the sentence it stands in."""

import re
from bisect import bisect_right

from postwright.domain.checked import Place
from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, Span
from postwright.reading.searching.lazy import lazy_pattern

_LINE_END = lazy_pattern(r"\r\n|\n|\r")
_COMMENT = lazy_pattern(r"<!--.*?-->|\{/\*.*?\*/\}", re.DOTALL)


class Lines:
    """Where the lines of a text start. A byte-order mark takes no column."""

    def __init__(self, text: str) -> None:
        self._starts = [1 if text.startswith("\ufeff") else 0]
        self._starts += [end.end() for end in _LINE_END.finditer(text)]

    def place(self, span: Span) -> Place:
        return Place(*self._of(span.start), *self._of(span.end))

    def _of(self, offset: int) -> tuple[int, int]:
        line = max(1, bisect_right(self._starts, offset))
        return line, max(0, offset - self._starts[line - 1]) + 1


def fingerprint(finding: Finding, posting: Posting) -> str:
    """Sixteen hex digits from the rule and its sentence: where the sentence stands and how it is wrapped is no part."""
    from hashlib import blake2b  # noqa: PLC0415 - 4 ms that a plain run without a baseline does not need

    unit = posting.by_id.get(finding.unit)
    sentence = unit.text if unit else finding.quote
    plain = " ".join(_COMMENT.sub(" ", sentence).split())
    return blake2b(f"{finding.rule}\0{plain}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
