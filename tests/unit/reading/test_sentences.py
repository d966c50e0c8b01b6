"""Sentences: cut where they end, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.reading.blocks.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "We file 510(k) submissions with the FDA.",
        "Work at sites across the U.S. Department of Health.",
        "Must be a U.S. Citizen.",
        "Report to the Sr. Manager of Dr. Lee's team.",
        "Tools, e.g. Mirth, and others.",
        "Pay is $65.50/hr to $70.00/hr.",
        "Build in ASP.NET and .NET Core.",
        "See www.DHS.gov for details.",
        "About approx. 25 sites.",
        "Req. QH-2214",
        "A Ph.D. Computer Science background.",
    ],
)
def test_a_stop_inside_a_word_or_after_an_abbreviation_ends_nothing(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("Work with **the team.** And **more.** End.", ["Work with **the team.**", "And **more.**", "End."]),
        ('He asked "Why?" Nobody knew.', ['He asked "Why?"', "Nobody knew."]),
        ("We live in the U.S. Candidates must move.", ["We live in the U.S. Candidates must move."]),
        ("FLSA: Exempt. Grade 31. Schedule: days.", ["FLSA: Exempt.", "Grade 31.", "Schedule: days."]),
        ("Lift up to 20 lbs. Must walk.", ["Lift up to 20 lbs.", "Must walk."]),
        ("A line that\nwraps here. Next\none.", ["A line that\nwraps here.", "Next\none."]),
        ("中文。你好！再见", ["中文。", "你好！", "再见"]),
    ],
)
def test_sentences_end_where_a_reader_says_so(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_a_closing_mark_is_no_sentence() -> None:
    assert cut("**First. Second.**")[-1] == "Second.**"


def test_glued_text_is_cut_where_a_word_runs_into_a_capital() -> None:
    tail = "Keep the books " + "and the ledgers of the team " * 12
    glued = f"Take part in the rotation as requiredProvide status updates to management{tail}"
    assert cut(glued)[:2] == ["Take part in the rotation as required", "Provide status updates to management"]


def test_a_product_name_in_mixed_case_is_not_glued_text() -> None:
    text = "Write JavaScript, TypeScript and PostgreSQL with LangChain on GitHub for eClinical teams " * 5
    assert len(cut(text)) == 1


@given(st.text(max_size=300))
def test_nothing_but_white_space_lies_between_sentences(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert not text[at:start].strip()
        assert text[start:end].strip()
        at = end
    assert not text[at:].strip()
