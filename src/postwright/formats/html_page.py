"""HTML pages: the bytes decoded, the posting found among the site's own chrome, hidden text left out and reported."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from postwright.formats.html_text import LONGEST_HEADING, Node, Written, is_hidden, markdown_of, too_deep, words_of
from postwright.formats.source import DEEPEST, Form, Source, bounded, needed, refuse_empty

_CHROME = (
    "nav, footer, form, script[type='text/javascript'], style, svg, template, noscript, iframe, dialog, "
    "[role=banner], [role=navigation], [role=contentinfo], [role=search], .usa-banner, .usa-skipnav, .breadcrumb, "
    ".breadcrumbs, .cookie-banner, .skip-link"
)
_MAIN = ("main", "[role=main]", "#content", ".posting-page", "article")
_UNSEEN = ".sr-only, .usa-sr-only, .visually-hidden, .screen-reader-text"
_ANY_TAG = re.compile(r"<[a-zA-Z!/][^<>]*>")
_ESCAPED_TAG = re.compile(r"&(?:amp;)*lt;/?[a-zA-Z]")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,20})""", re.IGNORECASE)
_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements without a closing tag, and those whose closing tag the parser supplies.
_NOT_DEEP_NAMES = (
    "area base br col embed hr img input link meta source track wbr p li td th tr dt dd option tbody thead tfoot "
    "colgroup"
)
_NOT_DEEP = frozenset(_NOT_DEEP_NAMES.split())
MOST_UNESCAPES = 3


class Page(Protocol):
    """What is used of selectolax's parser."""

    @property
    def body(self) -> Node | None: ...
    def css(self, query: str) -> "Sequence[Element]": ...


class Element(Node, Protocol):
    """A node that can be taken out of its page."""

    def decompose(self) -> None: ...


def decoded(data: bytes) -> str:
    """The text of a page: UTF-8, else what it declares, else the code page that browsers assume."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
        try:
            return data.decode(declared.group(1).decode("ascii") if declared else "cp1252")
        except (LookupError, UnicodeDecodeError):
            return data.decode("cp1252", "replace")


def unescaped(text: str) -> tuple[str, int]:
    """HTML that was escaped as text, made HTML again, and how often it had been escaped.

    Only a text without any tag is taken for escaped: `&lt;` in real HTML is a character.
    """
    times = 0
    while times < MOST_UNESCAPES and not _ANY_TAG.search(text) and _ESCAPED_TAG.search(text):
        text = html.unescape(text)
        times += 1
    return text, times


def parsed(text: str) -> Page:
    """A page or fragment as a tree. Raises PostingUnreadable when it is nested beyond reason."""
    _refuse_deep(text)
    page: Page = needed("selectolax.lexbor", "html", "reading HTML").LexborHTMLParser(text)
    return page


def _refuse_deep(text: str) -> None:
    """A closing tag closes only what is open: else `<b></i>` would hide any depth."""
    depth = 0
    opened: Counter[str] = Counter()
    for closing, name in _OPEN_OR_CLOSE.findall("".join(_outside_scripts(text)).lower()):
        if name in _NOT_DEEP or (closing and not opened[name]):
            continue
        step = -1 if closing else 1
        opened[name] += step
        depth += step
        if depth > DEEPEST:
            raise too_deep()


def _outside_scripts(text: str) -> Iterator[str]:
    """The text without the contents of its scripts, which may hold any number of tags in strings."""
    low, start = text.lower(), 0
    while (script := low.find("<script", start)) >= 0:
        yield text[start:script]
        start = low.find("</script", script)
        if start < 0:
            return
        start += len("</script")
    yield text[start:]


def fragment(text: str, *, longest_heading: int = LONGEST_HEADING) -> Written:
    """A piece of HTML, such as an ATS keeps, as Markdown. A heading of more words is a paragraph in large type."""
    body = parsed(text).body
    return markdown_of(body, longest_heading=longest_heading) if body is not None else Written()


def hidden_notes(hidden: list[str]) -> tuple[str, ...]:
    """What to tell about text that a reader does not see. The text itself is not repeated."""
    words = sum(len(text.split()) for text in hidden)
    return (f"hidden text was left out ({words} words)",) if words else ()


def read_html(data: bytes, name: str) -> Source:
    """The posting on a page. Raises PostingUnreadable."""
    text, _ = unescaped(bounded(decoded(data), name))
    tree = parsed(text)
    headings = [words_of(node) for node in tree.css("h1") if not is_hidden(node)]
    title = headings[0] if headings else ""
    for node in tree.css(f"{_CHROME}, {_UNSEEN}"):
        node.decompose()
    written, notes = _main_part(tree)
    markdown = written.markdown
    if title and not re.search(r"(?m)^# ", markdown):
        markdown = f"# {title}\n\n{markdown}"
    return Source(refuse_empty(markdown, name), Form.HTML, notes=(*notes, *hidden_notes(written.hidden)))


def _main_part(page: Page) -> tuple[Written, tuple[str, ...]]:
    """The first element that holds the posting, or the whole body when there is no telling."""
    whole = markdown_of(page.body) if page.body is not None else Written()
    for rule in _MAIN:
        found = [node for node in page.css(rule) if words_of(node)]
        if not found:
            continue
        part = markdown_of(found[0])
        if len(found) == 1 and 3 * len(part.markdown) >= len(whole.markdown):
            return part, ()
        return whole, ("the page does not mark its main part: menus may have come along",)
    return whole, ()
