"""PDF to Markdown: the text as printed, its lines joined to paragraphs. A scan is a clear error."""

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median

from postwright.domain.errors import PostingUnreadable
from postwright.formats.marks import escaped, joined, typed
from postwright.formats.pdf_pages import pages_apart
from postwright.formats.source import Form, Source, bounded, refuse_empty

FEWEST_LETTERS = 20
"""Letters a page, below which a PDF is a picture of text."""

_ITEM = re.compile(r"(?:[•·▪◦●‣○■⁃\uf0b7\uf0a7]|[-–*](?=\s)|\(?[a-z\d]{1,2}[.)]\s)")
_END = re.compile(r"[.!?:;)\u201d\"]\s*$")
_UNFINISHED = re.compile(r"(?:[,&/]|\b(?:and|or|of|the|to|in|for|with|a|an))$")
_BROKEN_WORD = re.compile(r"(?<=[a-z])[\u00ad\ufffe\x02]$")


def read_pdf(data: bytes, name: str) -> Source:
    """The posting in a PDF. Raises PostingUnreadable, for a scan or a password too."""
    pages, hidden = pages_apart(data, name)
    letters = sum(char.isalpha() for page in pages for char in page)
    if letters < FEWEST_LETTERS * len(pages):
        says = "its text is not what its readers see" if hidden else "it holds no text"
        raise PostingUnreadable(f"{name} is a scan: {says}", hint="export it as text from where it was made")
    running = _running(pages)
    lines = [line for page in pages for line in page.split("\n") if _bare(line) not in running]
    text = joined(_paragraphs(lines)) + "\n"
    notes = [f"hidden or white text was left out ({hidden} words)"] if hidden else []
    if running:
        notes.append("headers or footers that repeat on the pages were left out")
    return Source(refuse_empty(bounded(text, name), name), Form.PDF, notes=tuple(notes))


def _bare(line: str) -> str:
    """A line without its numbers, so that page 2 of 4 is page 3 of 4."""
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _running(pages: list[str]) -> frozenset[str]:
    """First and last lines that stand on most of at least three pages."""
    if len(pages) < 3:
        return frozenset()
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [_bare(line) for line in page.split("\n") if line.strip()]
        edges.update({*lines[:2], *lines[-2:]})
    return frozenset(line for line, times in edges.items() if times > len(pages) / 2 and times >= 3)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines as printed, joined: a line goes on when the one before it ran to the right edge."""
    lengths = [len(line) for line in lines if len(line) > 30]
    full = 0.75 * (median(lengths) if lengths else 60)
    current = ""
    last = ""
    for raw in lines:
        line = " ".join(raw.replace("\x00", "").split())
        if not line:
            continue
        if current and _goes_on(last, line, full):
            current = _BROKEN_WORD.sub("", current)
            current += line if current != current.rstrip("-") or last[-1:] in "\u00ad\ufffe\x02" else f" {line}"
        else:
            if current:
                yield typed(escaped(current))
            current = line
        last = line
    if current:
        yield typed(escaped(current))


def _goes_on(last: str, line: str, full: float) -> bool:
    if _ITEM.match(line):
        return False
    if line[0].islower() or _UNFINISHED.search(last):
        return True
    if _END.search(last) and not _END.search(line) and len(line) < full / 2:
        return False  # a heading after a full line
    return len(last) >= full and not (_END.search(last) and len(last) < 1.15 * full)
