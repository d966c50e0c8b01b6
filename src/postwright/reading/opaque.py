"""What is no prose: template tags, MDX, shortcodes, comments, raw HTML, pictures, code. Kept in place, never reworded."""

import re
from dataclasses import dataclass

from postwright.reading.blocks import Block, BlockKind

_LINE = re.compile(
    r"""(?:
      (?:(?:\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}\}?|\{\#(?:(?!\#\}).)*\#\}|<%(?:(?!%>).)*%>)\s*)+  # Liquid, Hugo, ERB
    | \{%-?\s*comment\s*-?%\}.*\{%-?\s*endcomment\s*-?%\}
    | \{/\*.*\*/\}                                                                 # MDX comment
    | \{:[^}]*\}|\{[.\#][\w-][^}]*\}                                               # attribute lists
    | (?:import\s+(?:[\w*{][^'"]*\sfrom\s+)?['"][^'"]+['"]|export\s+(?:default\s.*|(?:const|let|var|function|async)\s.*|\{.*\}.*|\*\s.*));?
    | \[/?[a-z][\w-]*(?:\s+[\w-]+=(?:"[^"]*"|'[^']*'|\S+))*\s*/?\]                 # WordPress shortcode
    | \[\[_?\w+_?\]\]|\[TOC\]                                                      # table of contents
    | :{3,}.*                                                                      # admonition
    | (?:<!--(?:(?!-->).)*-->\s*)+                                                 # comment
    | </?[A-Z][\w.]*(?:\s[^<]*)?/?>                                                # JSX tag alone
    | <[A-Z][\w.]*(?:\s[^<]*)?>.*</[A-Z][\w.]*>                                    # JSX element
    | \*\[[^\]]+\]:.*                                                              # abbreviation
    | (?:\[?!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])(?:\]\([^)]*\))?\s*)+               # pictures, linked or not
    | <(?:img|br|hr|input)\b[^>]*>
    )$""",
    re.VERBOSE | re.DOTALL,
)
_OPENERS = "{<[:*!ie\\"

_DEFINITION = re.compile(r"\[[^\]]+\]:\s*\S")

_PROSE = re.compile(r"[A-Za-zÀ-ÿ’']{3,}(?:[,;:]?\s+[A-Za-zÀ-ÿ’']{2,}){3,}|^\s*[•●▪*-]\s+\w", re.MULTILINE)
_CODE = re.compile(
    r"[{};]\s*$|^\s*(?:\$ |#!|import |from \w+ import|def |class |const |let |var |curl |git |</?\w)|[=!]=|=>|\(\)",
    re.MULTILINE,
)

_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)
    |<(/?)([A-Za-z][\w.:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>
    |\{%-?\s*(end)?(comment|raw|highlight|schema|capture)\b""",
    re.DOTALL | re.VERBOSE,
)
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th option".split()
)

WRAPPER_SHARE = 0.5
"""Tags that hold at least this share of the document wrap it: their content is read. Any smaller region is opaque."""


def is_opaque(text: str) -> bool:
    """True if the whole text (one line, or one paragraph) is markup of a site generator and no prose."""
    text = text.strip()
    return text[:1] in _OPENERS and bool(text) and bool(_LINE.fullmatch(text))


def is_definition(text: str) -> bool:
    """True for a reference link or footnote definition, which Markdown readers swallow."""
    return bool(_DEFINITION.match(text.lstrip("> \t")))


def is_code(text: str) -> bool:
    """True if an indented block is really code: pasted postings are often indented by four blanks."""
    return bool(_CODE.search(text)) or not _PROSE.search(text)


@dataclass(frozen=True, slots=True)
class _Pair:
    first: int  # index of the block with the opening tag
    last: int  # index of the block with the closing tag


def with_regions(text: str, blocks: list[Block], tagged: list[int]) -> list[Block]:
    """Makes one opaque block of each region between a raw opening tag and its closing tag.

    `tagged` are the indexes of blocks that are raw HTML or JSX, in order. Regions that together hold at least
    half of the text are wrappers: their tags stay, their content is read, and regions inside are looked at again.
    """
    return _fold(text, blocks, _pairs(text, blocks, tagged), tagged) if len(tagged) > 1 else blocks


def _fold(text: str, blocks: list[Block], pairs: list[_Pair], tagged: list[int]) -> list[Block]:
    pairs = [pair for pair in pairs if pair.last > pair.first]
    while pairs:
        outer = _outermost(pairs)
        whole = sum(block.end - block.start for block in blocks)
        inside = sum(_size(blocks, pair) for pair in outer)
        if inside < WRAPPER_SHARE * whole:
            return _merged(blocks, outer)
        pairs = [pair for pair in pairs if pair not in outer]
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
            if not name or name in _VOID or rest.rstrip().endswith("/"):
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
