"""What is no prose: template tags, MDX, shortcodes, comments, raw HTML, pictures, code. Kept in place as it is."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from postwright.reading.blocks.block import Block, BlockKind
from postwright.reading.searching.lazy import lazy_pattern

# Template languages, MDX, shortcodes, comments, pictures: a line or paragraph of nothing else is markup.
_MARKUP = (
    # Liquid, Jinja, Hugo, ERB
    r"(?:(?:\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}\}?|\{\#(?:(?!\#\}).)*\#\}|<%(?:(?!%>).)*%>)\s*)+",
    r"\{%-?\s*comment\s*-?%\}.*\{%-?\s*endcomment\s*-?%\}",
    r"\{/\*.*\*/\}",  # MDX comment
    r"\{:[^}]*\}|\{[.\#][\w-][^}]*\}",  # kramdown attributes
    r"import\s+(?:[\w*{][^'\"]*\sfrom\s+)?['\"][^'\"]+['\"];?",
    r"export\s+(?:default\s.*|(?:const|let|var|function|async)\s.*|\{.*\}.*|\*\s.*)",
    r"\[/?[a-z][\w-]*(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"'\]]+))*\s*/?\]",  # WordPress shortcode
    r"\[\[_?\w+_?\]\]|\[TOC\]",  # table of contents
    r":{3,}.*",  # admonition
    r"(?:<!--(?:(?!-->).)*-->\s*)+",
    r"</?[A-Z][\w.]*(?:\s[^<]*)?/?>|<[A-Z][\w.]*(?:\s[^<>]*)?>[^<]*</[A-Z][\w.]*>",  # JSX
    r"\*\[[^\]]+\]:.*",  # abbreviation
    r"(?:\[?!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])(?:\]\([^)]*\))?\s*)+",  # pictures, linked or not
    r"<(?:img|br|hr|input)\b[^>]*>",
)
_LONGEST = 5_000  # characters: no such line is longer, and no pattern here may meet a longer one
_OPENERS = ("{", "<", "[", ":::", "*[", "!", "import", "export")

_DEFINITION = lazy_pattern(r"\[[^\]]+\]:\s*\S")

_PROSE = lazy_pattern(r"[A-Za-zÀ-ÿ’']{3,}(?:[,;:]?\s+[A-Za-zÀ-ÿ’']{2,}){3,}|^\s*[•●▪*-]\s+\w", re.MULTILINE)
_CODE = lazy_pattern(
    r"[{};]\s*$|^\s*(?:\$ |#!|import |from \w+ import|def |class |const |let |var |curl |git |</?\w)|[=!]=|=>|\(\)",
    re.MULTILINE,
)

_TAG = lazy_pattern(
    r"""<!--.*?(?:-->|\Z)
    |<(/?)([A-Za-z][\w.:-]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>
    |\{%-?\s*(end)?(comment|raw|highlight|schema|capture)\b""",
    re.DOTALL | re.VERBOSE,
)
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
_MAY_STAY_OPEN = ("li", "dt", "dd", "tr", "td", "th", "option")
_UNPAIRED = frozenset((*_VOID, *_MAY_STAY_OPEN))
_MOST_WRAPPERS = 20
_LONGEST_EXPORT = 40  # blocks

WRAPPER_SHARE = 0.5
"""Tags that hold at least this share of the document wrap it: their content is read. Any smaller region is opaque."""


def is_opaque(text: str) -> bool:
    """True if the whole text (one line, or one paragraph) is markup of a site generator and no prose."""
    text = text.strip()
    return text.startswith(_OPENERS) and len(text) <= _LONGEST and bool(_line().fullmatch(text))


@lru_cache(maxsize=1)
def _line() -> re.Pattern[str]:
    # Compiled when a line first looks like markup: few postings have one, and it takes 3 ms.
    return re.compile("|".join(f"(?:{one})" for one in _MARKUP), re.DOTALL)


def is_definition(text: str) -> bool:
    """True for a reference link or footnote definition, which Markdown readers swallow."""
    return bool(_DEFINITION.match(text.lstrip("> \t")))


def is_code(text: str) -> bool:
    """True if an indented block is really code: pasted postings are often indented by four blanks."""
    return bool(_CODE.search(text)) or not _PROSE.search(text)


def with_open_ends(text: str, blocks: list[Block]) -> list[Block]:
    """Makes one opaque block of an MDX comment or export that runs on over blank lines."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        last = _end_of_mdx(text, blocks, at)
        first, at = blocks[at], last + 1
        out.append(first if blocks[last] is first else Block(BlockKind.OPAQUE, first.start, blocks[last].end))
    return out


def _end_of_mdx(text: str, blocks: list[Block], at: int) -> int:
    """Index of the block that closes the comment or the braces opened at `at`, or `at` when nothing is open."""
    start, end = blocks[at].start, blocks[at].end
    if text.startswith("{/*", start) and "*/}" not in text[start:end]:
        close = text.find("*/}", end)
        return bisect_right(blocks, close, key=lambda block: block.start) - 1 if close >= 0 else at
    if text.startswith("export ", start) and blocks[at].kind is BlockKind.OPAQUE:
        for last in range(at, min(len(blocks), at + _LONGEST_EXPORT)):
            if text.count("{", start, blocks[last].end) == text.count("}", start, blocks[last].end):
                return last
    return at


class _Pair(NamedTuple):
    first: int  # index of the block with the opening tag
    last: int  # index of the block with the closing tag


def with_regions(text: str, blocks: list[Block]) -> list[Block]:
    """Makes one opaque block of each region between a raw opening tag and its closing tag.

    Regions that together hold at least half of the text are wrappers: their tags stay, their content is read,
    and regions inside are looked at again.
    """
    tagged = [
        index
        for index, block in enumerate(blocks)
        if block.kind is BlockKind.OPAQUE and text.startswith(("<", "{%"), block.start)
    ]
    if len(tagged) < 2:
        return blocks
    pairs = [pair for pair in _pairs(text, blocks, tagged) if pair.last > pair.first]
    whole = sum(block.end - block.start for block in blocks)
    for _ in range(_MOST_WRAPPERS):
        outer = _outermost(pairs)
        if sum(_size(blocks, pair) for pair in outer) < WRAPPER_SHARE * whole:
            return _merged(blocks, outer)
        seen = set(outer)
        pairs = [pair for pair in pairs if pair not in seen]
    return blocks


def _size(blocks: list[Block], pair: _Pair) -> int:
    return sum(block.end - block.start for block in blocks[pair.first + 1 : pair.last])


def _outermost(pairs: list[_Pair]) -> list[_Pair]:
    out: list[_Pair] = []
    for pair in sorted(pairs, key=lambda p: (p.first, -p.last)):
        if not out or pair.first > out[-1].last:
            out.append(pair)
    return out


def _merged(blocks: list[Block], pairs: list[_Pair]) -> list[Block]:
    out: list[Block] = []
    at = 0
    for pair in pairs:
        out += blocks[at : pair.first]
        out.append(Block(BlockKind.OPAQUE, blocks[pair.first].start, blocks[pair.last].end))
        at = pair.last + 1
    return out + blocks[at:]


def _pairs(text: str, blocks: list[Block], tagged: list[int]) -> list[_Pair]:
    """Which opening tag of one block is closed in which later block."""
    stack: list[tuple[str, int]] = []
    depth: dict[str, int] = {}
    pairs: list[_Pair] = []
    for index in tagged:
        for found in _TAG.finditer(text, blocks[index].start, blocks[index].end):
            closing, name = found[1] or found[4], (found[2] or found[5] or "").lower()
            rest = found[3] or ""
            if not name or name in _UNPAIRED or rest.rstrip().endswith("/"):
                continue
            if not closing:
                stack.append((name, index))
                depth[name] = depth.get(name, 0) + 1
            elif depth.get(name):
                pairs.append(_Pair(_close(stack, depth, name), index))
    return pairs


def _close(stack: list[tuple[str, int]], depth: dict[str, int], name: str) -> int:
    """Pops up to the tag `name` and returns the index of its block. Tags left open in between are dropped."""
    while True:
        opened, index = stack.pop()
        depth[opened] -= 1
        if opened == name:
            return index
