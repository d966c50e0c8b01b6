"""Markdown as safe HTML."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.reports.markup import EXPORT, SHOWN, Manner, block_html, inline_html, visible
from support.odd_reviews import HOSTILE

ALLOWED = {
    *("p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "s", "code", "pre", "br", "hr"),
    *("table", "tr", "td", "blockquote", "a", "span"),
}
ATTRIBUTES = {("a", "href"), ("span", "class"), ("span", "title"), ("p", "class"), ("ol", "start")}


class _Tags(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


MARKDOWN = st.lists(
    st.sampled_from([*HOSTILE, "# a", "- b", "| a | b |\n|---|---|", "```\n", "*", "**", "[", "](", "<", "\n\n"])
)


@settings(max_examples=200)
@given(MARKDOWN.map("".join), st.sampled_from([EXPORT, SHOWN]))
def test_only_harmless_markup_comes_out(text: str, manner: Manner) -> None:
    for html in (block_html(text, manner), inline_html(text, manner)):
        found = _Tags(html)
        assert found.tags <= ALLOWED
        assert found.attributes <= ATTRIBUTES
        assert all(re.match(r"https?:|mailto:|tel:", link) for link in found.links)


@settings(max_examples=100)
@given(MARKDOWN.map("".join))
def test_a_line_opens_no_block(text: str) -> None:
    assert not _Tags(inline_html(text, EXPORT)).tags & {"p", "ul", "ol", "li", "h1", "table", "pre", "blockquote", "hr"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- no list", "- no list"),
        ("1. no list", "1. no list"),
        ("# no heading", "# no heading"),
        ("**Pay:** $1", "<strong>Pay:</strong> $1"),
        ('**"Quoted"** words', "<strong>&quot;Quoted&quot;</strong> words"),
        ("[site](https://x.example/a?b=1&c=2)", '<a href="https://x.example/a?b=1&amp;c=2">site</a>'),
        ("[bad](javascript:alert(1))", "bad"),
        ("<b>raw</b> & more", "raw &amp; more"),
    ],
)
def test_a_line_is_set_for_export(text: str, html: str) -> None:
    assert inline_html(text, EXPORT) == html


def test_on_the_page_raw_html_is_seen_and_a_link_leads_nowhere() -> None:
    assert inline_html("<b>raw</b>", SHOWN) == "&lt;b&gt;raw&lt;/b&gt;"
    assert inline_html("[site](https://x.example)", SHOWN) == '<span class="link" title="https://x.example">site</span>'


def test_blocks_are_set() -> None:
    assert (
        block_html("## A\n\n- b\n- c\n\n3. d\n", EXPORT)
        == '<h2>A</h2><ul><li>b</li><li>c</li></ul><ol start="3"><li>d</li></ol>'
    )


def test_a_comment_over_several_lines_is_left_out_of_an_export() -> None:
    assert block_html("<!-- one\n\ntwo -->\n\ntext", EXPORT).strip() == "<p>text</p>"


def test_what_nobody_sees_is_named() -> None:
    assert visible("a\u202eb\u200bc\x07") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+0007⟩"
    assert visible("tab\tand\nline") == "tab\tand\nline"
