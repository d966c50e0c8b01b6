"""A settled text as a stream of Markdown tokens: what every writer but the Markdown one starts from."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from postwright.domain.posting import Posting, UnitKind
from postwright.reading.posting import read

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SCRIPTS = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MARKER = re.compile(r"[-*+][ \t]|\d+[.)][ \t]")
"""Markers that Markdown itself knows; a typed bullet is no list to it."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def tokens_of(body: str) -> "list[Token]":
    """CommonMark with tables. Raw HTML in the text gives up its tags and keeps its words."""
    tokens: list[Token] = []
    for token in _parser().parse(body):
        if token.type == "html_block":
            if words := _bare(token.content):
                tokens += _parser().parse(words)
            continue
        if token.children:
            token.children = [kept for child in token.children if (kept := _kept(child)) is not None]
        tokens.append(token)
    return tokens


def rendered(body: str) -> str:
    """The body as HTML: elements of text only."""
    parser = _parser()
    return str(parser.renderer.render(tokens_of(body), parser.options, {}))


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only writers need it

    return MarkdownIt("commonmark").enable("table")


def _kept(token: "Token") -> "Token | None":
    if token.type != "html_inline":
        return token
    if not re.match(r"<br\b", token.content, re.IGNORECASE):
        return None
    return replace(token, type="hardbreak", tag="br", content="")


def _bare(markup: str) -> str:
    """The words of raw HTML as Markdown text: entities stay entities, so nothing comes alive."""
    markup = _SCRIPTS.sub(" ", markup)
    lines = (" ".join(line.split()) for line in _TAG.sub("\n", markup).splitlines())
    return "\n\n".join(line for line in lines if line)


def body_of(text: str, path: str) -> tuple[Posting, str]:
    """The posting and its body without front matter and without comments, which no reader of the page sees."""
    posting = read(text, path)
    return posting, _COMMENT.sub("", _parted(posting).removeprefix("\ufeff"))


def _parted(posting: Posting) -> str:
    """The body with an empty line wherever a new unit starts on the next line: no writer may run the two together."""
    source, start = posting.source, posting.front.end
    out = ""
    for before, unit in pairwise(posting.units):
        gap = source[before.span.end : unit.span.start]
        if unit.block == before.block or gap.count("\n") != 1 or _MARKER.match(unit.marker):
            continue
        if {before.kind, unit.kind} & {UnitKind.ROW, UnitKind.OPAQUE}:
            continue
        line = source.rfind("\n", 0, unit.span.start) + 1
        out += source[start:line] + posting.newline
        start = line
    return out + source[start:]


def without_title(text: str, path: str) -> tuple[str, str]:
    """The title and the body below it: places that keep both apart get each once."""
    posting, body = body_of(text, path)
    if posting.title_unit:
        line = re.compile(r"\s*#[ \t]+[^\r\n]*(?:\r\n|\n|\r|\Z)")
        if (found := line.match(body)) is not None:
            body = body[found.end() :]
    return posting.title, body.strip() + "\n"


def words_of(tokens: "Sequence[Token]") -> str:
    """The plain words of inline tokens."""
    out = ""
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            out += " "
        elif token.type in {"text", "code_inline", "image"}:
            out += token.content
    return out
