"""A settled text as a stream of Markdown tokens: what every writer but the Markdown one starts from."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from postwright.domain.posting import Posting, Unit, UnitKind
from postwright.formats.marks import escaped
from postwright.reading.posting import read

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SCRIPTS = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MARKER = re.compile(r"[-*+][ \t]|\d+[.)][ \t]")
"""Markers that Markdown itself knows; a typed bullet is no list to it."""
_TEMPLATE_LINE = re.compile(
    r"\{%|\{\{|\{#|<%|\{/\*|\{:|\{[.#]\w|import\s|export\s|\[\[|\[/?[a-z][\w-]*[\s\]]|\[TOC\]|:{3,}|\*\["
)
_LOOKS = re.compile(r"[ \t]{0,3}(?:#{1,6}\s{0,9})?[*_]{0,6}[ \t]{0,9}:?[*_]{0,6}[ \t]{0,9}:?[ \t]*")
"""What may stand around the words of a heading by its looks: marks that Markdown does not take, emphasis, a colon."""
_TO_A_TAG = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\([^()\n]*(?:\{\{|\{%)[^()\n]*\)")
"""A link whose address only the site can fill in."""
_LINE_TAGS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section"})
_OF_THE_PAGE = re.compile(r"""\{\{-?\s*page(?:\.(?P<key>[\w-]+)|\[["'](?P<name>[^"'\n]{1,60})["']\])\s*-?\}\}""")
_LINK_TAG = re.compile(r"""<a\s[^<>]*?\bhref\s*=\s*(["'])((?:https?:|mailto:|tel:)[^"'<>\s]+)\1""", re.IGNORECASE)
_LINK_END = re.compile(r"</a\s*>", re.IGNORECASE)
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
            token.children = _with_links(token.children)
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
    """A raw tag gives up itself: one that ends a line leaves a line end, so that no two words run together."""
    found = re.match(r"</?([a-zA-Z][a-zA-Z0-9]*)", token.content) if token.type == "html_inline" else None
    if found is None:
        return None if token.type == "html_inline" else token
    name = found[1].lower()
    if name == "br" or name in _LINE_TAGS:
        return replace(token, type="hardbreak", tag="br", content="")
    return None


def _with_links(children: "Sequence[Token]") -> "list[Token]":
    """Raw `<a href>` made links, when their addresses are ones that people follow."""
    out: list[Token] = []
    open_links = 0
    for token in children:
        opened = _LINK_TAG.match(token.content) if token.type == "html_inline" else None
        if opened and not open_links:
            link = replace(token, type="link_open", tag="a", nesting=1, content="", attrs={"href": unescape(opened[2])})
            out.append(link)
            open_links += 1
        elif open_links and token.type == "html_inline" and _LINK_END.match(token.content):
            out.append(replace(token, type="link_close", tag="a", nesting=-1, content=""))
            open_links -= 1
        elif (kept := _kept(token)) is not None:
            out.append(kept)
    return out if not open_links else [kept for token in children if (kept := _kept(token)) is not None]


def _bare(markup: str) -> str:
    """The words of raw HTML as Markdown text: entities stay entities, so nothing comes alive."""
    markup = _SCRIPTS.sub(" ", markup)
    lines = (" ".join(line.split()) for line in _TAG.sub("\n", markup).splitlines())
    return "\n\n".join(line for line in lines if line)


def body_of(text: str, path: str, *, headings: bool = False) -> tuple[Posting, str]:
    """The posting and its body without front matter, comments and template lines, which no reader of the page sees.

    `headings`: a line that the reader takes for a heading by its looks ("**Duties**") becomes one by its mark.
    """
    posting = read(text, path)
    edits = [*_templates(posting), *_parting(posting), *(_headings(posting) if headings else ())]
    return posting, _cleaned(posting, edits)


def _cleaned(posting: Posting, edits: Iterable["_Edit"]) -> str:
    """The edited body without comments, with what the front matter says in its tags, and no link to a tag."""
    body = _COMMENT.sub("", _edited(posting, edits).removeprefix("\ufeff"))
    body = _OF_THE_PAGE.sub(lambda tag: _filled(tag, posting), body)
    return _TO_A_TAG.sub(r"\1", body)


def _filled(tag: re.Match[str], posting: Posting) -> str:
    """A value of the page's own front matter in the place of its tag (`{{ page.title }}`); any other tag stays."""
    value = posting.front_values.get(tag["key"] or tag["name"], "").strip()
    return escaped(value) if value and "\n" not in value else tag.group()


def template_lines(posting: Posting) -> list[Unit]:
    """Units that are nothing but tags of a site's templates, imports and the like: they say nothing by themselves."""
    return [unit for unit in posting.units if unit.kind is UnitKind.OPAQUE and _TEMPLATE_LINE.match(unit.text)]


_Edit = tuple[int, int, str]
"""Start and end in the source, and what stands there instead."""


def _edited(posting: Posting, edits: Iterable[_Edit]) -> str:
    source, at, out = posting.source, posting.front.end, ""
    for start, end, instead in sorted(edits):
        if start >= at:
            out += source[at:start] + instead
            at = end
    return out + source[at:]


def _templates(posting: Posting) -> Iterator[_Edit]:
    for unit in template_lines(posting):
        yield unit.span.start, unit.span.end, ""


def _parting(posting: Posting) -> Iterator[_Edit]:
    """An empty line wherever a new unit starts on the next line: no writer may run the two together."""
    source = posting.source
    for before, unit in pairwise(posting.units):
        gap = source[before.span.end : unit.span.start]
        if unit.block == before.block or gap.count("\n") != 1 or _MARKER.match(unit.marker):
            continue
        if {before.kind, unit.kind} & {UnitKind.ROW, UnitKind.OPAQUE}:
            continue
        line = source.rfind("\n", 0, unit.span.start) + 1
        yield line, line, posting.newline


def _headings(posting: Posting) -> Iterator[_Edit]:
    """Headings by their looks, where nothing else stands on their line."""
    for unit in posting.units:
        if unit.kind is UnitKind.HEADING and "\n" not in unit.text and (found := _own_line(posting, unit)):
            start, end, after = found
            mark = "#" * min(max(unit.level, 1), 6)
            yield start, end, f"{posting.newline}{mark} {unit.text}{after.strip(' *_')}{posting.newline}"


def _own_line(posting: Posting, unit: Unit) -> tuple[int, int, str] | None:
    """Start and end of the unit's line and what stands behind the unit, when that and what stands before are marks."""
    source = posting.source
    start = source.rfind("\n", 0, unit.span.start) + 1
    end = source.find("\n", unit.span.end)
    end = len(source) if end < 0 else end
    before, after = source[start : unit.span.start], source[unit.span.end : end].rstrip("\r")
    fits = start >= posting.front.end and _LOOKS.fullmatch(before.removeprefix("\ufeff")) and _LOOKS.fullmatch(after)
    return (start, end, after) if fits else None


def without_title(text: str, path: str) -> tuple[str, str]:
    """The title and the body below it: places that keep both apart get each once."""
    posting = read(text, path)
    edits = [*_templates(posting), *_parting(posting), *_title_line(posting)]
    return posting.title, _cleaned(posting, edits).strip() + "\n"


def _title_line(posting: Posting) -> Iterator[_Edit]:
    """The line of the title, when nothing else stands on it and nothing but markup before it."""
    unit = posting.by_id.get(posting.title_unit)
    if unit is None or (found := _own_line(posting, unit)) is None:
        return
    before = (other for other in posting.units if other.span.start < unit.span.start)
    if all(other.kind is UnitKind.OPAQUE for other in before):
        yield found[0], min(found[1] + len(posting.newline), len(posting.source)), ""


def words_of(tokens: "Sequence[Token]") -> str:
    """The plain words of inline tokens."""
    out = ""
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            out += " "
        elif token.type in {"text", "code_inline", "image"}:
            out += token.content
    return out
