"""Diffs of words and lines."""

from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.reports.diff import Piece, line_diff, word_diff
from postwright.reports.style import ANSI

TEXTS = st.text("ab c,.é\u00a0", max_size=40)


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_the_pieces_spell_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(p.text for p in pieces if p.op != "new") == before
    assert "".join(p.text for p in pieces if p.op != "gone") == after
    assert all(p.text for p in pieces)


def test_words_that_are_changed_are_cut_between_words() -> None:
    assert word_diff("Make sure we are HIPPA compliant", "You make sure we are HIPAA compliant")[-3:] == (
        Piece("gone", "HIPPA"),
        Piece("new", "HIPAA"),
        Piece("same", " compliant"),
    )


def test_two_changed_words_in_a_row_are_one_change() -> None:
    pieces = word_diff("we use old words every day", "we use new terms every day")
    assert [p.text for p in pieces] == ["we use ", "old words", "new terms", " every day"]


def test_texts_without_common_words_stand_one_after_the_other() -> None:
    assert word_diff("Native speaker", "Fluent in English") == (
        Piece("gone", "Native speaker"),
        Piece("new", "Fluent in English"),
    )


def test_lines_are_shown_with_their_side() -> None:
    told = list(line_diff("a\nb\nc\n", "a\nB\nc\n", "jobs/x.md"))
    assert told[:2] == ["--- jobs/x.md (yours)", "+++ jobs/x.md (draft)"]
    assert told[3:] == [" a", "-b", "+B", " c"]


def test_a_diff_of_the_same_text_is_empty() -> None:
    assert list(line_diff("a\n", "a\n", "x.md")) == []


def test_a_line_cannot_speak_to_the_terminal() -> None:
    told = "".join(line_diff("a\n", "\x1b[31mb\n", "x\x07.md"))
    assert "\x1b" not in told
    assert "\x07" not in told


def test_colours_are_the_callers_choice() -> None:
    told = list(line_diff("a\n", "b\n", "x.md", ANSI))
    assert told[3:] == ["\x1b[31m-a\x1b[0m", "\x1b[32m+b\x1b[0m"]
