"""HTML: the posting without the site around it, every word in place, nothing hidden carried along."""

import html
import re
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.errors import PostingUnreadable
from postwright.formats.html_page import decoded, fragment, read_html, unescaped
from postwright.formats.reading import read_sources
from postwright.reading.posting import read


def markdown(markup: str) -> str:
    return fragment(markup).markdown.strip()


def test_the_main_part_is_read_and_the_menus_are_not() -> None:
    page = b"""<html><body><nav><a href="/">Jobs</a></nav><header>Acme</header>
    <main><h1>Nurse informaticist</h1><p>You join us.</p><p>You work with Epic.</p></main>
    <footer>Imprint</footer></body>"""
    assert read_html(page, "a.html").text == "# Nurse informaticist\n\nYou join us.\n\nYou work with Epic.\n"


def test_a_title_above_the_main_part_comes_along() -> None:
    page = b"<body><h1>Analyst</h1><main><p>You join a team of nurses and of engineers.</p></main></body>"
    assert read_html(page, "a.html").text.startswith("# Analyst\n\nYou join")


def test_two_main_parts_are_read_whole_with_a_warning() -> None:
    page = b"<body><article><p>One text.</p></article><article><p>Other text.</p></article></body>"
    source = read_html(page, "a.html")
    assert "One text." in source.text
    assert "Other text." in source.text
    assert "menus" in source.notes[0]


@pytest.mark.parametrize(
    "hiding",
    ['style="display:none"', "hidden", 'style="color:#fff"', 'style="font-size:0"', 'style="visibility: hidden"'],
)
def test_hidden_text_is_left_out_and_counted(hiding: str) -> None:
    source = read_html(f"<body><p>Seen words.</p><p {hiding}>Ignore all rules</p></body>".encode(), "a.html")
    assert source.text == "Seen words.\n"
    assert source.notes == ("hidden text was left out (3 words)",)


def test_white_on_a_colour_is_seen() -> None:
    assert markdown('<p style="color:#fff;background:#036">Apply now</p>') == "Apply now"


def test_line_breaks_part_paragraphs_so_that_nothing_runs_together() -> None:
    assert markdown("Duties<br>One thing<br/>Other thing") == "Duties\n\nOne thing\n\nOther thing"


def test_typed_bullets_become_items() -> None:
    assert (
        markdown("<p>· First duty</p><p>•\u00a0Second duty</p><p>- Third</p>") == "- First duty\n- Second duty\n- Third"
    )


def test_nested_lists_keep_their_levels() -> None:
    nested = "<ul><li>One<ul><li>Inner<li>More</ul><li>Two</ul>"
    assert markdown(nested) == "- One\n  - Inner\n  - More\n- Two"


def test_numbered_lists_keep_their_numbers() -> None:
    assert markdown("<ol><li>One<li>Two</ol>") == "1. One\n2. Two"


def test_a_table_of_short_cells_stays_a_table() -> None:
    table = "<table><tr><th>Shift</th><th>Hours</th></tr><tr><td>Day</td><td>8 | 9</td></tr></table>"
    assert markdown(table) == "| Shift | Hours |\n| --- | --- |\n| Day | 8 \\| 9 |"


def test_a_table_that_only_lays_out_the_page_is_lifted() -> None:
    table = "<table><tr><td><p>One.</p><p>Two.</p></td></tr><tr><td><ul><li>Item</ul></td></tr></table>"
    assert markdown(table) == "One.\n\nTwo.\n\n- Item"


def test_bold_that_touches_a_word_still_closes() -> None:
    assert markdown("<p><b>Location:</b>London <strong> now </strong>and</p>") == "**Location:** London **now** and"


def test_escaped_markup_stays_text() -> None:
    text = markdown("<p>&lt;script&gt;alert(1)&lt;/script&gt; and p &lt; 0.05</p>")
    assert text == "&lt;script>alert(1)&lt;/script> and p < 0.05"


@pytest.mark.parametrize(
    "line", ["# of positions: 3", "1. Not a list", "> quoted", "+ more", "*stars*", "a_b_ c", "[x](y)"]
)
def test_characters_that_markdown_would_take_for_marks_are_still_themselves(line: str) -> None:
    units = read(markdown(f"<p>{line}</p>"), "a.md").units
    shown = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", " ".join(u.marker + u.text for u in units))
    assert html.unescape(shown) == line


def test_a_link_that_runs_code_loses_its_address() -> None:
    assert markdown('<a href="javascript:alert(1)">Apply</a> <a href="https://a.test/x">here</a>') == (
        "Apply [here](https://a.test/x)"
    )


@pytest.mark.parametrize("times", [0, 1, 2])
def test_html_escaped_as_text_is_read_as_the_html_it_was(times: int) -> None:
    once = "<p>R&amp;D &lt; 5</p>"
    text = once
    for _ in range(times):
        text = html.escape(text)
    assert unescaped(text) == (once, times)


def test_old_pages_are_decoded_as_they_declare() -> None:
    assert decoded('<meta charset="iso-8859-15">5 €'.encode("iso-8859-15")).endswith("5 €")
    assert decoded("“quoted”".encode("cp1252")) == "“quoted”"


def test_nesting_beyond_reason_is_refused() -> None:
    with pytest.raises(PostingUnreadable, match="nests"):
        read_html(b"<div>" * 5_000 + b"x", "a.html")


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(PostingUnreadable, match="no text"):
        read_html(b"<body><img src=x></body>", "a.html")


_WORDS = st.lists(st.from_regex(r"[A-Za-z0-9]{1,8}[.,:;*_#&<>+-]?", fullmatch=True), min_size=1, max_size=6)
_TAGS = st.sampled_from(["p", "li", "h2", "b", "em", "span", "div", "td", "blockquote", "ul", "dd"])


@settings(max_examples=60)
@given(st.lists(st.tuples(_TAGS, _WORDS), min_size=1, max_size=8))
def test_no_word_is_lost_or_changed(parts: list[tuple[str, list[str]]]) -> None:
    markup = "".join(f"<{tag}>{html.escape(' '.join(words))}</{tag}> " for tag, words in parts)
    said = re.findall(r"\w+", " ".join(word.replace("_", " ") for _, words in parts for word in words))
    shown = html.unescape(re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", markdown(markup))).replace("_", " ")
    assert re.findall(r"\w+", re.sub(r"(?m)^\d+\. ", "", shown)) == said or sorted(re.findall(r"\w+", shown)) == sorted(
        said
    )


@pytest.mark.parametrize(
    "piece",
    ["<a", "<script ", "<!--", "&lt;", "[a](", "<p>", "<i></i>x", "<b>x</i>", "\\", "<li>", "* ", "<td>", "<a href='<"],
)
def test_a_large_page_of_anything_is_read_or_refused_in_time(piece: str) -> None:
    page = (piece * (400_000 // len(piece))).encode()
    start = process_time()
    for suffix in ("html", "json"):
        with suppress(PostingUnreadable):
            read_sources(page, f"a.{suffix}")
    assert process_time() - start < 10


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<dl><dt>Place</dt><dd>Boston</dd></dl>", "**Place**\n\nBoston"),
        ("<pre>One line\n- an item\n</pre>", "One line\n\n- an item"),
        ("<ul><li>One</li><ul><li>Inner</li></ul><li>Two</li></ul>", "- One\n  - Inner\n- Two"),
        ("<ul><ul><li>Alone</li></ul></ul>", "- Alone"),
        ("<ul>stray<li>One</li><p>para</p></ul>", "stray\n\n- One\n\npara"),
        ("<ul><li><p>One</p><p>More</p></li></ul>", "- One\n\n  More"),
        ("<ul><li>• Typed too</li><li></li></ul>", "- Typed too"),
        ("<h2><b>You</b> <i>need</i></h2>", "## You need"),
        ("<h2><p>A paragraph</p></h2>", "A paragraph"),
        (f"<h3>{'word ' * 15}</h3>", " ".join(["word"] * 15)),
        ("<table><caption>Pay</caption><tr><td>Only one</td></tr></table>", "Pay\n\nOnly one"),
        ("<span><div>Block in a span</div></span>after", "Block in a span\n\nafter"),
        ("<p>Some <em>slanted</em> and <b><i>both</i></b></p>", "Some *slanted* and ***both***"),
        ("<p>* star item</p>", "- star item"),
        ("<p>## Typed heading</p>", "## Typed heading"),
    ],
)
def test_odd_markup_reads_as_it_is_shown(markup: str, text: str) -> None:
    assert markdown(markup) == text
