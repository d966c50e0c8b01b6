"""Markdown as HTML that is safe to show: no tag, script, image or link target of a posting survives as markup.

pyromark reads the Markdown, as the reading room does; its events are set by hand, because its own HTML writer lets raw
HTML pass.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import pyromark

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_TAGS = {
    "Paragraph": "p",
    "BlockQuote": "blockquote",
    "Item": "li",
    "Emphasis": "em",
    "Strong": "strong",
    "Strikethrough": "s",
    "Table": "table",
    "TableHead": "tr",
    "TableRow": "tr",
    "TableCell": "td",
    "CodeBlock": "pre",
}
_BREAKS = {"SoftBreak": " ", "HardBreak": "<br>", "Rule": "<hr>"}
_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<[^>]*>?", re.DOTALL)
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s\"'<>]+", re.IGNORECASE)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_Event = str | Mapping[str, Any]  # as pyromark gives them
LONGEST_KEPT = 1_000
"""Characters. How a longer text is set is not kept for the next posting: it hardly comes twice."""
_GUARD = "\u00a0"  # in front of a line, so that nothing in it opens a block
_MARKS = re.compile(r"[*_\[\]<>`~\\|&\x00]")  # without any of these, a line of Markdown is plain text


def visible(text: str) -> str:
    """The text with every character that nobody sees named in its place: `⟨U+202E⟩`.

    Half a pair of surrogates becomes `?`: a file name may hold bytes that are no text, and no page can.
    """
    if text.isprintable():  # most are; nothing hidden is, and no surrogate
        return text
    return _HIDDEN.sub(lambda m: f"⟨U+{ord(m.group()):04X}⟩", text).encode("utf-8", "replace").decode()


def shown_text(text: str) -> str:
    return escape(visible(text))


def _plain_text(text: str) -> str:
    return escape(_HIDDEN.sub("", text))


def _without_tags(html: str) -> str:
    return _plain_text(_MARKUP.sub("", html))


def _real_link(target: str) -> tuple[str, str]:
    return (f'<a href="{escape(target)}">', "</a>") if _SAFE_LINK.fullmatch(target) else ("", "")


def _named_link(target: str) -> tuple[str, str]:
    return f'<span class="link" title="{shown_text(target)}">', "</span>"


@dataclass(frozen=True, slots=True, eq=False)
class Manner:
    """How text, raw HTML, links and headings are set. There are two, each equal to nothing but itself."""

    text: Callable[[str], str]
    html: Callable[[str], str]
    link: Callable[[str], tuple[str, str]]
    heading: Callable[[int], tuple[str, str]]


EXPORT = Manner(_plain_text, _without_tags, _real_link, lambda level: (f"<h{level}>", f"</h{level}>"))
"""For text that is copied out of the page: real headings, and real links to the web, to mail and to a telephone."""
SHOWN = Manner(shown_text, shown_text, _named_link, lambda level: (f'<p class="heading level-{level}">', "</p>"))
"""For the page: a link says where it points and leads nowhere, a heading does not disturb the page's own."""


def block_html(text: str, manner: Manner) -> str:
    """Blocks of Markdown: paragraphs, lists, headings, tables."""
    return _kept_blocks(text, manner) if len(text) <= LONGEST_KEPT else _blocks_html(text, manner)


def _blocks_html(text: str, manner: Manner) -> str:
    return _set(pyromark.events(text, options=_OPTIONS), manner)


def inline_html(text: str, manner: Manner) -> str:
    """One line of Markdown, without a paragraph around it; what would open a block is plain text here."""
    return _kept_line(text, manner) if len(text) <= LONGEST_KEPT else _line_html(text, manner)


def _line_html(text: str, manner: Manner) -> str:
    line = " ".join(text.split())
    if not _MARKS.search(line):
        return manner.text(line)
    html = _set(pyromark.events(_GUARD + line, options=_OPTIONS), manner)
    return html.replace(_GUARD, "", 1).removeprefix("<p>").removesuffix("</p>")


_kept_line = lru_cache(maxsize=4096)(_line_html)  # many postings hold the same lines
_kept_blocks = lru_cache(maxsize=512)(_blocks_html)  # and the same legal text


def _set(events: Iterable[_Event], manner: Manner) -> str:
    out: list[str] = []
    closing: list[str] = []
    html = ""  # of the present HTML block: a comment runs over many events
    for event in events:
        name, value = _named(event)
        if name == "Html":
            html += str(value)
        elif name == "Start":
            opened, closed = _opened(value, manner)
            out.append(opened)
            closing.append(closed)
        elif name == "End":
            out += [manner.html(html), closing.pop()]
            html = ""
        else:
            out.append(_leaf(name, str(value), manner))
    return "".join(out)


def _named(event: _Event) -> tuple[str, Any]:
    """An event is its name, or its name with a value."""
    return (event, "") if isinstance(event, str) else next(iter(event.items()))


def _opened(start: _Event, manner: Manner) -> tuple[str, str]:
    """Opening and closing markup of a container. What has no place here (images, HTML) keeps its words only."""
    name, value = _named(start)
    if name == "Heading":
        return manner.heading(int(value["level"][1:]))
    if name == "Link":
        return manner.link(str(value["dest_url"]))
    if name == "List":
        if value is None:
            return "<ul>", "</ul>"
        return (f'<ol start="{int(value)}">' if value != 1 else "<ol>"), "</ol>"
    tag = _TAGS.get(name)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")


def _leaf(name: str, value: str, manner: Manner) -> str:
    if name == "Code":
        return f"<code>{manner.text(value)}</code>"
    if name == "InlineHtml":
        return manner.html(value)
    return manner.text(value) if name == "Text" else _BREAKS.get(name, "")
