"""Safe fixes: small, in open prose only, and stable."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.reading.posting import read
from postwright.rules.engine import judge
from postwright.rules.fixes import fixed, safe_fixes

AS_OF = date(2026, 11, 22)


def mended(text: str) -> str:
    posting = read(text, "job.md")
    return fixed(posting, judge(posting, as_of=AS_OF))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Make sure we are HIPPA ready.", "Make sure we are HIPAA ready."),
        ("He will lead the team.", "You will lead the team."),
        ("Then he has to test it.", "Then you have to test it."),
        ("S/he will lead.", "You will lead."),
        ("He or she must document changes.", "You must document changes."),
        ("Maintain the whitelist.", "Maintain the allowlist."),
        ("Plan the manpower.", "Plan the staffing."),
    ],
)
def test_a_safe_fix_changes_only_the_words_it_names(text: str, after: str) -> None:
    assert mended(text) == after


@pytest.mark.parametrize(
    "text",
    [
        "He will lead his team.",  # the second word would be left behind
        "The analyst presents his findings.",
        "Young, energetic people only.",
        "10+ years of FHIR R4",
        "The chairman of the board decides.",
    ],
)
def test_what_needs_a_person_is_not_fixed(text: str) -> None:
    assert mended(text) == text


def test_front_matter_and_code_are_never_touched() -> None:
    text = "---\ntitle: HIPPA officer\n---\n\n```\nHIPPA\n```\n\n<!-- HIPPA -->\n"

    assert mended(text) == text


def test_bytes_outside_the_fix_stay_as_they_were() -> None:
    text = "Know  HIPPA,\r\nand caf\u00e9\u00a0rules.\r\n\r\n* a\r\n"

    assert mended(text) == text.replace("HIPPA", "HIPAA")


def test_overlapping_fixes_are_not_both_applied() -> None:
    posting = read("He will lead the HIPPA work.", "job.md")
    findings = judge(posting, as_of=AS_OF)
    chosen = safe_fixes(posting, [*findings, *findings])

    assert [fix.quote for fix in chosen] == ["He will", "HIPPA"]


PIECES = (
    "He will,he must,s/he,She has to,HIPPA,FIHR,whitelist,manpower,his,the chairman,chairman,lead,feeds,patients"
    ",\n- ,\n\n,. ,**,Epic,EPIC,EHR,and,you,(,he or she will"
)
WORDS = st.lists(st.sampled_from(PIECES.split(",")), max_size=14).map(" ".join)


@settings(max_examples=150)
@given(WORDS)
def test_fixing_twice_changes_nothing_the_second_time(text: str) -> None:
    once = mended(text)

    assert mended(once) == once
