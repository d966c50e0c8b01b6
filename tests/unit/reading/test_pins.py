"""Pins: the smallest phrases that stand verbatim."""

import pytest

from postwright.domain.posting import PinKind, Posting, SectionKind, Strength, UnitKind
from postwright.reading.posting import read, units_of

K = PinKind


def posting(text: str, *locked: str) -> Posting:
    return read(f"# Nurse\n\nAcme hires a nurse now.\n\n{text}\n", "job.md", locked=locked)


def pins(text: str, *locked: str) -> list[tuple[PinKind, str]]:
    read_ = posting(text, *locked)
    return [(pin.kind, pin.span.of(read_.source)) for unit in read_.units for pin in unit.pins]


@pytest.mark.parametrize(
    ("text", "kind", "phrase"),
    [
        (
            "Active, unencumbered RN license in the State of Illinois",
            K.LICENCE,
            "Active, unencumbered RN license in the State of Illinois",
        ),
        (
            "RN, LPN or respiratory therapist license in Pennsylvania",
            K.LICENCE,
            "RN, LPN or respiratory therapist license in Pennsylvania",
        ),
        ("PT, OT, or SLP license required", K.LICENCE, "PT, OT, or SLP license"),
        ("A valid driver's license and a car", K.LICENCE, "A valid driver's license"),
        (
            "Board certification in Clinical Informatics (ABPM)",
            K.LICENCE,
            "Board certification in Clinical Informatics (ABPM)",
        ),
        ("BLS certification within 90 days.", K.LICENCE, "BLS certification within 90 days"),
        ("With current NMC or HCPC registration", K.LICENCE, "current NMC or HCPC registration"),
        ("The post (R-20931) is open", K.REQUISITION, "R-20931"),
        ("See Job Code 4471-B", K.REQUISITION, "Job Code 4471-B"),
        ("Job reference: 411-DIG-7780", K.REQUISITION, "Job reference: 411-DIG-7780"),
        ("FLSA: Exempt.", K.FLSA, "FLSA: Exempt"),
        ("We are not able to sponsor visas for this position.", K.VISA, "not able to sponsor visas for this position"),
        ("Visa sponsorship is not available.", K.VISA, "Visa sponsorship is not available"),
        ("Must be authorized to work in the United States.", K.VISA, "be authorized to work in the United States"),
        ("U.S. citizenship required", K.VISA, "U.S. citizenship required"),
        ("An active Secret clearance", K.CLEARANCE, "An active Secret clearance"),
        ("Able to lift up to 20 lbs. alone", K.PHYSICAL, "lift up to 20 lbs"),
        ("Able to stand and walk for up to 8 hours", K.PHYSICAL, "stand and walk for up to 8 hours"),
        ("PHI must not leave the United States", K.DATA_RESIDENCY, "PHI must not leave the United States"),
        (
            "Work with PHI must be done from within the United States.",
            K.DATA_RESIDENCY,
            "must be done from within the United States",
        ),
        (
            "Annual influenza immunization or approved exemption.",
            K.HEALTH_CHECK,
            "Annual influenza immunization or approved exemption",
        ),
        ("Pass a drug screen", K.HEALTH_CHECK, "drug screen"),
        ("OIG exclusion list verification", K.HEALTH_CHECK, "OIG exclusion list verification"),
        ("Enhanced DBS check", K.HEALTH_CHECK, "Enhanced DBS check"),
        ("A degree or equivalent work experience", K.EQUIVALENT, "or equivalent work experience"),
        ("Pflegekraft (m/w/d)", K.MARKER, "(m/w/d)"),
        ("Competitive salary DOE", K.PAY, "Competitive salary DOE"),
        ("The rate is $65.50/hr to $70.00/hr", K.PAY, "$65.50/hr to $70.00/hr"),
        ("Applications close on 14 December 2026 at 23:59", K.DATE, "14 December 2026 at 23:59"),
    ],
)  # fmt: skip
def test_the_smallest_phrase_is_pinned(text: str, kind: PinKind, phrase: str) -> None:
    assert (kind, phrase) in pins(text)


@pytest.mark.parametrize(
    "text",
    [
        "Manage software licensing and license agreements",
        "We raised $71M from investors",
        "Read about 401(k) rules and 510(k) files",
        "We sponsor a football team",
        "Stand up new interfaces and carry them to production",
        "The release of March 3, 2026 was good",
        "Sit with clinicians",
    ],
)
def test_look_alikes_are_not_pinned(text: str) -> None:
    assert pins(text) == []


def test_phrases_and_patterns_of_the_config_are_pinned() -> None:
    assert pins("We use C++ (required) and Zephyr-9 here", "C++ (required", r"Zephyr-\d") == [
        (K.LOCKED, "C++ (required"),
        (K.LOCKED, "Zephyr-9"),
    ]


def test_a_heading_pins_its_data_and_not_its_name() -> None:
    assert pins("## Security clearance") == []
    assert pins("## Closing date: 9 November 2026") == [(K.DATE, "9 November 2026")]


def test_a_number_under_its_heading_is_a_requisition_number() -> None:
    assert pins("### Job announcement number:\n\n1800335JCOTR") == [(K.REQUISITION, "1800335JCOTR")]


def test_no_pin_spans_two_units() -> None:
    assert pins("- Secret\n- clearance\n") == []


def test_answers_are_pinned_like_postings() -> None:
    unit, *rest = units_of("BLS within 90 days", "a.licence", UnitKind.ANSWER, SectionKind.MUST_HAVE, Strength.MUST)
    assert (unit.id, unit.kind, rest) == ("a.licence", UnitKind.ANSWER, [])
    assert [pin.span.of(unit.text) for pin in unit.pins] == ["BLS within 90 days"]
