"""Shapes of lines: items, headings, labels, captions."""

import pytest

from postwright.reading.blocks.block import HeadingStyle
from postwright.reading.blocks.shapes import (
    atx,
    heading_style,
    is_caption,
    is_wrapped,
    item_marker,
    label_of,
    unwrapped,
)


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("• RN licence", "• "),
        ("•\tRN licence", "•\t"),
        ("- a", "- "),
        ("\\- a", "\\- "),
        ("1/ first", "1/ "),
        ("2) second", "2) "),
        ("3\\. third", "3\\. "),
        ("(a) fourth", "(a) "),
        ("✅ Build", "✅ "),
        ("24/7 support", ""),
        ("510(k) files", ""),
        ("2026. A year", ""),
        ("-5 degrees", ""),
        ("a plain line", ""),
    ],
)
def test_a_typed_marker_starts_an_item(line: str, marker: str) -> None:
    assert item_marker(line) == marker


@pytest.mark.parametrize(
    ("line", "level"),
    [("# T", 1), ("### T", 3), ("##NoSpace", 2), ("#Requirements", 1), ("#LI-Remote", 0), ("#tag", 0)],
)
def test_hash_marks_make_a_heading_and_hash_tags_do_not(line: str, level: int) -> None:
    assert atx(line) == level


@pytest.mark.parametrize(
    ("line", "inner"),
    [
        ("**Requirements**", "Requirements"),
        ("**Requirements:**", "Requirements:"),
        ("***Who you are***", "Who you are"),
        (" ** _Votre profil :_**", "Votre profil :"),
        ("<b>Pay</b>", "Pay"),
        ("**Pay**:", "**Pay**:"),
        ("**A** and **B**", "**A** and **B**"),
        ("plain", "plain"),
    ],
)
def test_emphasis_around_a_whole_line_is_a_heading_mark(line: str, inner: str) -> None:
    start, end = unwrapped(line, 0, len(line))
    assert line[start:end] == inner


def test_two_bold_words_do_not_wrap_a_line() -> None:
    assert is_wrapped("**One**")
    assert not is_wrapped("**One** and **two**")


@pytest.mark.parametrize(
    "line",
    [
        "**Requirements**",
        "**Our ways of working**",
        "Responsibilities:",
        "WHAT YOU NEED",
        "The Role",
        "<strong>Pay</strong>",
    ],
)
def test_a_line_marked_bold_or_worded_as_a_heading_is_one(line: str) -> None:
    assert heading_style(line, before_list=False, alone=True) is HeadingStyle.STRONG


@pytest.mark.parametrize(
    "line",
    [
        "You will:",
        "As a nurse, you will be responsible for:",
        "Our benefits include:",
        "Competitive salary DOE",
        "HIPAA",
        "**Spire Leeds Hospital has an exciting opportunity for a motivated registered nurse to join.**",
        "A sentence ends here.",
        "",
    ],
)
def test_a_sentence_or_lead_in_is_no_heading(line: str) -> None:
    assert heading_style(line, before_list=False, alone=True) is None


def test_an_unknown_label_is_a_heading_only_above_a_list() -> None:
    assert heading_style("Integration:", before_list=True, alone=True) is HeadingStyle.LABEL
    assert heading_style("Integration:", before_list=False, alone=True) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Pay: $120k", "Pay"),
        ("**Pay:** $120k", "Pay"),
        ("**Pay**: $120k", "Pay"),
        ("Location – Leeds", "Location"),
        ("Who we are:Each year", "Who we are"),
        ("See https://example.org", ""),
        ("at 10:30 we start", ""),
    ],
)
def test_a_label_starts_a_field(text: str, label: str) -> None:
    assert label_of(text)[0] == label


def test_a_caption_is_short_and_has_no_stop() -> None:
    assert is_caption("The AI team")
    assert not is_caption("The AI team.")
    assert not is_caption("Band 7 posts")
