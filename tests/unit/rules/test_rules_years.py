"""Years against the age of a technology: arithmetic on the given day."""

from datetime import date

import pytest

from postwright.domain.finding import Severity
from postwright.reading.posting import read
from postwright.rules.engine import judge

TODAY = date(2026, 11, 22)


def years(text: str, as_of: date = TODAY) -> list[tuple[Severity, str]]:
    found = judge(read(text, "job.md"), as_of=as_of, select=["impossible-years", "stretched-years"])
    return [(finding.severity, finding.quote) for finding in found]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("10+ years of FHIR R4", "10+ years of FHIR R4"),
        ("Five years of hands-on experience with LangChain", "Five years of hands-on experience with LangChain"),
        ("LangChain (5+ years)", "LangChain (5+ years"),
        ("5-7 years building applications with LlamaIndex", "5-7 years building applications with LlamaIndex"),
        ("At least 10 years' experience in generative AI", "10 years' experience in generative AI"),
        ("15+ years Kubernetes", "15+ years Kubernetes"),
        ("Nine years' daily use of FHIR R4", "Nine years' daily use of FHIR R4"),
        ("FHIR R5 in anger for 5 years", "FHIR R5 in anger for 5 years"),
        ("Six years spent applying the EU AI Act", "Six years spent applying the EU AI Act"),
        ("5 years of certifying companies against ISO 42001", "5 years of certifying companies against ISO 42001"),
        ("Have run vLLM in production for seven years", "vLLM in production for seven years"),
        ("LangGraph, 5 years", "LangGraph, 5 years"),
        ("SMART on FHIR apps for fifteen years", "SMART on FHIR apps for fifteen years"),
        ("Six-plus years of LangGraph", "Six-plus years of LangGraph"),
        ("A decade of HL7 FHIR R4", "A decade of HL7 FHIR R4"),
        ("8-year track record with ChatGPT", "8-year track record with ChatGPT"),
    ],
)
def test_years_that_nobody_can_have_are_an_error(text: str, quote: str) -> None:
    assert years(text) == [(Severity.ERROR, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "10+ years of machine learning, including large language models",
        "8 years of experience with Python, SQL or LangChain",
        "10 years of HL7 v2 or FHIR R4",
        "5+ years of FHIR R4",
        "3 years of LangChain",
        "The hospital has used FHIR R4 for 10 years of its history",
        "12 years of Cerner, now Oracle Health",
        "You must be 18 years of age; Claude is our mascot",
        "Go-lives for 20 years",
        "10 years of React development",
        "20+ years of combined experience, GPT-4 included",
        "10 years in compliance under the EU AI Act and GDPR",
        "15 years of software development with Kubernetes",
        "10 years working in hospitals using LLMs",
        "12 years of software delivery, ideally with FHIR R5",
        "Over the next 5 years, AI agents will change care",
        "Records are kept for 10 years under the EU AI Act",
        "SQL, LangChain or vLLM for 5 years",
        "LangChain and 10 years of nursing",
    ],
)
def test_years_that_somebody_can_have_are_no_fault(text: str) -> None:
    assert years(text) == []


def test_slightly_too_many_years_of_a_wide_term_are_a_warning() -> None:
    assert years("7+ years of experience with large language models")[0][0] is Severity.WARNING
    assert years("10+ years of experience with large language models")[0][0] is Severity.ERROR


def test_years_that_fall_just_short_of_possible_are_a_warning() -> None:
    assert years("8 years of FHIR R4") == [(Severity.WARNING, "8 years of FHIR R4")]
    assert years("7 years of FHIR R4") == []


def test_the_given_day_decides_and_not_the_clock() -> None:
    text = "5+ years of LangChain"

    assert years(text, date(2026, 11, 22)) != []
    assert years(text, date(2028, 1, 1)) == []


def test_the_reason_shows_the_arithmetic() -> None:
    (finding,) = judge(read("10+ years of FHIR R4", "job.md"), as_of=TODAY, select=["impossible-years"])

    assert "2018-12" in finding.why
    assert "2026-11-22" in finding.why


def test_of_two_technologies_that_both_count_the_first_one_named_decides() -> None:
    assert years("5+ years of LangChain and RAG") == [(Severity.ERROR, "5+ years of LangChain")]


def test_many_counts_are_remarked_at_each_line_that_is_not_faulted_for_itself() -> None:
    text = "## Requirements\n\n- 9 years of LangChain\n- 10 years in a payer\n- 6 years supervising analysts\n"

    found = judge(read(text, "job.md"), as_of=TODAY, select=["many-year-counts"])

    assert [finding.quote for finding in found] == ["10 years", "6 years"]
