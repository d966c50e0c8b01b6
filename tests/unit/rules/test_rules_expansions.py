"""Abbreviations and the words in brackets beside them."""

from datetime import date

import pytest

from postwright.reading.posting import read
from postwright.rules.engine import judge


def quotes(text: str) -> list[str]:
    found = judge(read(text, "job.md"), as_of=date(2026, 11, 22), select=["wrong-clinical-term"])
    return [finding.quote for finding in found]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Maintain the HL7 (Health Layer Seven) catalogue.", "HL7 (Health Layer Seven)"),
        ("It marks LVO (left ventricular occlusion).", "LVO (left ventricular occlusion)"),
        ("It marks left ventricular occlusions (LVO).", "left ventricular occlusions (LVO)"),
        ("Know FHIR (Fast Healthcare Information Resources).", "FHIR (Fast Healthcare Information Resources)"),
        ("Follow HIPAA (Health Information Privacy and Accountability Act).",
         "HIPAA (Health Information Privacy and Accountability Act)"),
    ],
)  # fmt: skip
def test_words_that_fit_the_letters_and_are_not_theirs_are_found(text: str, quote: str) -> None:
    assert quotes(text) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "Maintain the HL7 (Health Level Seven) catalogue.",
        "Maintain the HL7 (v2.x) catalogue.",
        "Large-vessel occlusion (LVO) alerts.",
        "Health Insurance Portability & Accountability Act (HIPAA) training.",
        "CPOE (Computerised Prescriber Order Entry) in the hospital.",
        "Software-as-a-Medical-Device (SaMD) files.",
        "Paediatric intensive care units (PICU) in Leeds.",
        "The electronic health records (EHR) of two trusts.",
        "CDI (clinical documentation integrity) and CDI (C. difficile infection).",
        "An open bracket (HL7 that never closes.",
    ],
)
def test_right_words_and_letters_with_several_meanings_are_left_alone(text: str) -> None:
    assert quotes(text) == []


def test_the_reason_gives_the_right_words() -> None:
    (finding,) = judge(read("HL7 (Health Layer Seven) feeds.", "job.md"), as_of=date(2026, 11, 22))[:1]

    assert "Health Level Seven" in finding.why
