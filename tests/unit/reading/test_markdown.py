"""Markdown: blocks with character offsets, where real postings break the rules of Markdown too."""

import pytest

from postwright.domain.posting import Posting, UnitKind
from postwright.reading.posting import read


def markdown(text: str) -> Posting:
    return read(text, "job.md")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(unit.kind.value, unit.text) for unit in markdown(text).units]


def test_headings_lose_their_marks_and_keep_their_level() -> None:
    posting = markdown("# Title #\n\nDuties\n------\n\n### **Company**\n\n#### C#\n")
    assert [(u.text, u.level) for u in posting.units] == [("Title", 1), ("Duties", 2), ("Company", 3), ("C#", 4)]


def test_an_item_with_several_sentences_is_one_unit() -> None:
    assert kinds("- Own the feed. Fix it. Replay it.\n") == [("item", "Own the feed. Fix it. Replay it.")]


def test_an_outer_item_ends_where_its_inner_list_begins() -> None:
    posting = markdown("- a\n  - b\n    wrapped\n- c\n")
    assert [(u.text, u.level, u.marker) for u in posting.units] == [
        ("a", 0, "- "),
        ("b\n    wrapped", 1, "- "),
        ("c", 0, "- "),
    ]


def test_loose_items_and_their_second_paragraphs_are_read_once() -> None:
    assert kinds("1. one\n\n   more of one\n\n2. two\n") == [
        ("item", "one"),
        ("sentence", "more of one"),
        ("item", "two"),
    ]


def test_escaped_and_typed_bullets_in_a_paragraph_are_items() -> None:
    assert kinds("Areas we hire for:  \n\\- Fiber  \n\\- Cloud\n\n• RN licence\n• BLS\n")[1:] == [
        ("item", "Fiber"),
        ("item", "Cloud"),
        ("item", "RN licence"),
        ("item", "BLS"),
    ]


def test_a_table_row_names_its_header_row() -> None:
    posting = markdown("| Day | Shift |\n|---|---|\n| Mon | Night |\n| Tue | Day |\n")
    header, *rows = posting.units
    assert (header.kind, header.text, header.table) == (UnitKind.ROW, "Day | Shift", "")
    assert [(row.text, row.table) for row in rows] == [("Mon | Night", header.id), ("Tue | Day", header.id)]


def test_a_line_above_a_rule_is_text_when_it_reads_as_text() -> None:
    assert kinds("# T\n\nPay: $120k a year.\n---\n\nDuties\n---\n") == [
        ("heading", "T"),
        ("sentence", "Pay: $120k a year."),
        ("heading", "Duties"),
    ]


def test_pasted_text_indented_by_four_blanks_is_read() -> None:
    assert kinds("# T\n\n    You will work with nurses and doctors every day.\n")[1][0] == "sentence"


def test_a_hard_break_ends_a_line_and_a_soft_break_does_not() -> None:
    assert kinds("# T\n\n**Tamarack**  \nRemote in Ohio<br>\nFull time and\nwell paid\n")[1:] == [
        ("heading", "Tamarack"),
        ("sentence", "Remote in Ohio"),
        ("sentence", "Full time and\nwell paid"),
    ]


def test_quoted_text_is_read_without_its_marks() -> None:
    assert kinds("> First of all.\n>\n> Then more.\n") == [("sentence", "First of all."), ("sentence", "Then more.")]


@pytest.mark.parametrize(
    "text", ["é — 😀 # not\n\n# Über\n\n- Ärztin 🩺\n", "\ufeff# Titel\n\n- β\u00a0γ\n", "# \ud800x\n\n- \udfffy\n"]
)
def test_offsets_count_characters_and_never_bytes(text: str) -> None:
    posting = markdown(text)
    assert all(unit.span.of(text) == unit.text for unit in posting.units)
    assert posting.units[-1].kind is UnitKind.ITEM


def test_inline_html_stays_in_its_sentence() -> None:
    assert kinds('Write to <a href="x">us</a> today.\n') == [("sentence", 'Write to <a href="x">us</a> today.')]
