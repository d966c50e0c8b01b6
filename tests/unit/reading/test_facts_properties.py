"""What holds for the facts of any text."""

import os
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from postwright.domain.posting import Fact, FactKind
from postwright.reading.facts import facts_in

PIECES = [
    "$138,000–$166,000 a year",
    "$120-150K",
    "USD 150.000",
    "£38,890 to £44,503 pa",
    "5+ years",
    "three to five years",
    "4%",
    "twenty-five percent",
    "25 lbs.",
    "8 hours",
    "3x per week",
    "twice a week",
    "at 30 and 90 days",
    "twelve (12) weeks",
    "24/7",
    "401(k)",
    "510(k)",
    "21 CFR Part 11",
    "ISO 13485:2016",
    "HL7 v2.5.1",
    "FHIR R4",
    "SOC 2 Type II",
    "ICD-10-CM",
    "GS-13",
    "W-2",
    "1099",
    "December 31, 2026",
    "12/31/2026",
    "03/04/2026",
    "Q3 2026",
    "2024-25",
    "9am-5pm ET",
    "9-5",
    "0700-1930",
    "10:00–15:00",
    "R-20931",
    "4471-B",
    "COVID-19",
    "309-555-0142",
    "+44 20 7946 0958",
    "a1@b2.example",
    "x.example/a/12?b=3",
    "[a](/jobs/12)",
    "Peoria, IL 61602",
    "UTC+1",
    "1/2 day",
    "10,000+ employees",
    "2.5 million",
    "one of the teams",
    "Epic",
    "EC2 and S3",
    "2nd shift",
    "**5** of 14",
    "v1.2.3-rc4",
    "#12",
    "{{ page.x1 }}",
    "(1)",
    "7.",
    ".5",
    "00",
    "1,2,3",
    "10³",
    "٣ days",
    "1st–3rd",
    "A1C",
    "GPT-4o",
]
JOINS = st.sampled_from([" ", ", ", " and ", "; ", ". ", "\n", " – ", "-", "/", ""])
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), JOINS), max_size=6).map(
    lambda parts: "".join(a + b for a, b in parts)
)
ANY_TEXT = st.one_of(TEXTS, st.text(max_size=60), st.text(alphabet="0123456789 $%.,:/-+()kKxamphy", max_size=40))


def said(text: str) -> Counter[tuple[FactKind, str]]:
    return Counter((fact.kind, fact.norm) for fact in facts_in(text))


def overlaps(facts: tuple[Fact, ...]) -> list[tuple[Fact, Fact]]:
    return [
        (one, other)
        for place, one in enumerate(facts)
        for other in facts[place + 1 :]
        if one.kind is other.kind and one.span.meets(other.span)
    ]


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
@example("1\x1f2")
@example("İ 5 years İ 9am")
@example("twelve (12)")
def test_every_figure_lies_in_a_fact(text: str) -> None:
    covered = {place for fact in facts_in(text) for place in range(fact.span.start, fact.span.end)}
    missed = [place for place, char in enumerate(text) if char.isdecimal() and place not in covered]
    assert not missed, (text, missed, facts_in(text))


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_facts_are_in_order_and_those_of_a_kind_do_not_overlap(text: str) -> None:
    facts = facts_in(text)
    assert list(facts) == sorted(facts, key=lambda fact: fact.span)
    assert not overlaps(facts)
    assert all(fact.norm and fact.span.start < fact.span.end <= len(text) for fact in facts)


def test_a_quarter_between_two_years_names_both() -> None:
    assert said("2026 Q3 2027") != said("2026 Q3 2028")


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.data())
def test_changing_any_one_figure_changes_the_facts(text: str, data: st.DataObject) -> None:
    places = [place for place, char in enumerate(text) if char in "0123456789"]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    figure = data.draw(st.sampled_from([figure for figure in "0123456789" if figure != text[place]]))
    changed = text[:place] + figure + text[place + 1 :]
    assert said(text) != said(changed), changed


@settings(max_examples=50, deadline=None)
@given(ANY_TEXT)
def test_the_same_text_always_has_the_same_facts(text: str) -> None:
    first = facts_in(text)
    facts_in.cache_clear()
    assert facts_in(text) == first


ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
SMALL = [*ONES, "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(number: int) -> str:
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{SMALL[number // 100]} hundred" + (f" and {spelled(number % 100)}" if number % 100 else "")
    return f"{spelled(number // 1000)} thousand" + (f" {spelled(number % 1000)}" if number % 1000 else "")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 999_999))
@example(100)
@example(1_000)
def test_a_number_in_words_is_the_number_in_figures(number: int) -> None:
    assert said(f"{spelled(number)} hospitals of 3") == said(f"{number:,} hospitals of 3") or number == 1
    assert said(f"at least {spelled(number)} years") == said(f"at least {number} years")


@pytest.mark.parametrize(
    "piece",
    [
        "1,234,",
        "1.1",
        "9",
        "$1-",
        "a@",
        "www.",
        "a.b",
        "Aa ",
        "AB, ",
        "annual base ",
        "twenty ",
        "1 (1) ",
        "+1 ",
        "x-1-",
        "per ",
        "5 or more ",
    ],
)
def test_reading_takes_time_linear_in_the_length(piece: str) -> None:
    small, large = piece * (4_000 // len(piece)), piece * (64_000 // len(piece))

    def seconds(text: str) -> float:
        started = time.process_time()
        facts_in.__wrapped__(text)
        return time.process_time() - started

    seconds(small)
    most = 16 * 4 * max(min(seconds(small) for _ in range(3)), 0.002)
    assert any(seconds(large) < most for _ in range(3))  # a busy machine only adds


@pytest.mark.corpus
def test_every_figure_of_real_postings_lies_in_a_fact() -> None:
    folder = os.environ.get("POSTWRIGHT_CORPUS")
    if not folder:
        pytest.skip("POSTWRIGHT_CORPUS names no folder")
    for path in (path for path in Path(folder).rglob("*") if path.suffix in {".md", ".mdx", ".txt"}):
        for line in set(path.read_text(encoding="utf-8", errors="replace").splitlines()):
            figures = {
                found.start() for found in re.finditer(r"\d", re.sub("&#[^;]{1,5};", lambda m: "_" * len(m[0]), line))
            }
            facts = facts_in.__wrapped__(line)
            assert all(any(f.span.start <= place < f.span.end for f in facts) for place in figures), line
