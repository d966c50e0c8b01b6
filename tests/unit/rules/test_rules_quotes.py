"""Promises over any text: findings point at their quotes, in order, and judging never fails."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.reading.posting import read
from postwright.rules.engine import all_rules, judge

AS_OF = date(2026, 11, 22)
PIECES = [text for rule in all_rules() for text in rule.flags if len(text) < 300]
ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=5).map("\n\n".join),
)


@settings(max_examples=120)
@given(ANY_TEXT)
def test_every_finding_quotes_the_source_at_its_span_in_reading_order(text: str) -> None:
    findings = judge(read(text, "job.md"), as_of=AS_OF)

    assert all(finding.span.of(text) == finding.quote for finding in findings)
    assert [f.span.start for f in findings] == sorted(f.span.start for f in findings)
    assert len(set(findings)) == len(findings)


@settings(max_examples=40)
@given(ANY_TEXT)
def test_judging_twice_gives_the_same(text: str) -> None:
    posting = read(text, "job.md")

    assert judge(posting, as_of=AS_OF) == judge(posting, as_of=AS_OF)


@pytest.mark.parametrize("text", ["", "\ufeff", "---", "---\n---\n", "\x00", "\ud800 rockstar", "a" * 5000])
def test_odd_texts_are_judged_without_a_fault(text: str) -> None:
    assert isinstance(judge(read(text, "job.md"), as_of=AS_OF), tuple)


@pytest.mark.corpus
def test_real_postings_are_judged_with_exact_quotes() -> None:
    folder = Path(os.environ["POSTWRIGHT_CORPUS"])
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in {".md", ".mdx", ".txt"}]

    assert files
    for path in files:
        source = path.read_text(encoding="utf-8")
        for finding in judge(read(source, path.name), as_of=AS_OF):
            assert finding.span.of(source) == finding.quote
