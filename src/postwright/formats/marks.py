"""Words to lines of Markdown: runs of one style joined, foreign marks escaped, typed bullets made items."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

SPACE = re.compile(r"[ \t\r\n\f]+")
_MARKS = re.compile(r"([\\`*\[\]]|(?<!\w)_|_(?!\w))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LEADING = re.compile(r"(?:(#{1,6})(?=\s|$)|([-+])(?=\s)|(>)|(=+|-{3,})$|(~{3,}))")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s)")
_BULLET = re.compile(r"(?:[•·▪◦●‣○■⁃\uf0b7\uf0a7]|[-–*](?=\s))[\s\u00a0]*")
_TYPED_HEADING = re.compile(r"#{2,6} \S")
_TYPED_NUMBER = re.compile(r"\d{1,2}[.)]\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style. A line break is a run of its own."""

    text: str
    bold: bool = False
    slanted: bool = False
    link: str = ""


BREAK = Run("\n")


def joined(blocks: Iterable[str]) -> str:
    """Blocks with an empty line between them; items of one list stand on neighbouring lines."""
    out = ""
    before = ""
    for block in blocks:
        together = is_item(before) and is_item(block) and "\n\n" not in before
        out += (("\n" if together else "\n\n") if out else "") + block
        before = block
    return out


def is_item(block: str) -> bool:
    return block.startswith("- ") or bool(re.match(r"\d{1,9}\. ", block))


def escaped(text: str) -> str:
    """Text whose every character stays a character when it is read as Markdown."""
    text = _MARKS.sub(r"\\\1", text)
    text = _ENTITY.sub("&amp;", text)
    return _TAG.sub("&lt;", text)


def escaped_start(line: str) -> str:
    """A line that does not start a heading, list or quote by accident."""
    if _LEADING.match(line):
        return "\\" + line
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line


def address_of(href: str) -> str:
    """A link's address, or nothing for one that goes nowhere or runs code."""
    href = "".join(href.split())
    if re.match(r"(?:https?:|mailto:|tel:|/(?!/)|[\w.~-]+(?:/|$))", href, re.IGNORECASE):
        return href.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
    return ""


def paragraphs(runs: list[Run]) -> list[str]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return [typed(line) for line in map(line_of, lines) if line.strip()]


def typed(line: str) -> str:
    """A line with a typed bullet or number as an item; any other line stays a paragraph."""
    bare = line.strip(" \u00a0")
    if _TYPED_HEADING.match(bare):
        return bare
    if (bullet := _BULLET.match(bare)) and bullet.end() < len(bare):
        return "- " + bare[bullet.end() :]
    if bare.startswith("\\*") and bare[2:3].isspace():
        return "- " + bare[2:].strip()
    return bare if _TYPED_NUMBER.match(bare) else escaped_start(bare)


def line_of(runs: list[Run]) -> str:
    """Runs as one line of Markdown: like neighbours joined, white space outside the marks."""
    merged = [
        replace(style, text="".join(run.text for run in alike))
        for style, alike in groupby(runs, key=lambda run: replace(run, text=""))
    ]
    out = ""
    for run in merged:
        text = SPACE.sub(" ", run.text)
        core = text.strip(" \u00a0")
        if not core:
            out += text
            continue
        start = text.index(core[0]) if core else 0
        lead, tail = text[:start], text[start + len(core) :]
        piece = _marked(core, run)
        if (
            out
            and run.bold is False
            and out.endswith("**")
            and not lead
            and core[0].isalnum()
            and not out[-3].isalnum()
        ):
            lead = " "  # "Location:**London": Markdown would not close the mark, and a reader would not see a gap
        out += lead + piece + tail
    return re.sub(r" {2,}", " ", out).strip(" ")


def _marked(core: str, run: Run) -> str:
    words = escaped(core)
    if run.slanted:
        words = f"*{words}*"
    if run.bold:
        words = f"**{words}**"
    return f"[{words}]({run.link})" if run.link else words


def indent(item: str) -> int:
    return item.index(" ") + 1


def indented(text: str, by: int) -> str:
    pad = " " * by
    return "\n".join(pad + line if line else line for line in text.split("\n"))
