"""Which layer a posting hires for, and the evidence that it asks for."""

import pytest

from postwright.domain.finding import Finding, Severity
from postwright.domain.posting import Span
from postwright.domain.team import Aside, Index, Placement, TeamLayer
from postwright.reading.posting import read
from postwright.rules.placement import place

CLINIC = (
    "\n\nOur hospital cares for 200,000 patients a year. Nurses and physicians chart in the EHR.\n\n"
    "We are hiring for a small team in the building beside the wards, five days a week, on site.\n\n"
    "## What you will do\n\n- Work with the clinical team on patient records\n"
)


def placed(title: str, body: str = CLINIC) -> Placement:
    found = place(read(f"# {title}{body}", "posting.md"))
    assert isinstance(found, Placement), found
    return found


@pytest.mark.parametrize(
    ("title", "layer"),
    [
        ("Nurse Informaticist", TeamLayer.CLINICAL),
        ("Interface Analyst, HL7", TeamLayer.INTEGRATION),
        ("Regulatory Affairs Manager, SaMD", TeamLayer.COMPLIANCE),
        ("Senior Machine Learning Engineer", TeamLayer.ML),
        ("Machine Learning Platform Engineer", TeamLayer.PLATFORM),
        ("Staff Software Engineer, GenAI", TeamLayer.APPLIED),
        ("EHR Implementation Project Manager", TeamLayer.DELIVERY),
        ("Customer Onboarding Manager", TeamLayer.DELIVERY),
        ("Project Manager, Software as a Medical Device (SaMD)", TeamLayer.DELIVERY),
        ("Ward Nurse", TeamLayer.OTHER),
    ],
)
def test_a_posting_belongs_to_the_layer_that_its_title_names(title: str, layer: TeamLayer) -> None:
    assert placed(title).layer is layer


def test_a_posting_says_why_it_is_in_its_layer() -> None:
    assert placed("Interface Analyst").why.startswith("Its title reads as an Integration Engineer: connects")


def test_duties_place_a_posting_whose_title_tells_nothing_and_are_named() -> None:
    duties = (
        CLINIC + "- Build HL7 v2 ADT feeds\n- Run the Mirth Connect interface engine\n- Write back through FHIR R4\n"
    )
    found = placed("Engineer II", duties)
    assert found.layer is TeamLayer.INTEGRATION
    assert "in its duties read as an Integration Engineer" in found.why
    assert "HL7" in found.why


def test_an_ordinary_tester_is_no_compliance_hire() -> None:
    body = CLINIC.replace("in the EHR.", "in the EHR. Our medical device has an IEC 62304 file.") + "- Write tests\n"
    found = placed("Quality Assurance Engineer", body)
    assert found.layer is TeamLayer.OTHER
    assert "neither duties nor must-haves bear it out" in found.why


def test_a_tester_who_works_on_the_device_file_is_a_compliance_hire() -> None:
    body = CLINIC + "- Keep the IEC 62304 file and the traceability matrix of our medical device\n"
    assert placed("Quality Assurance Engineer", body).layer is TeamLayer.COMPLIANCE


def test_a_posting_outside_health_care_is_set_aside_with_the_reason() -> None:
    text = "# Machine Learning Engineer\n\nWe sell shoes.\n\n## What you will do\n\n" + "- Train ranking models\n" * 12
    found = place(read(text + "\n## You need\n\n- Python\n\nApply by mail.\n", "shoes.md"))
    assert found == Aside("shoes.md", "Not a healthcare job.")


def test_a_page_that_is_no_posting_is_set_aside() -> None:
    found = place(read("# Team lunch\n\nOn Friday.\n", "lunch.md"))
    assert isinstance(found, Aside)
    assert not found.failed


@pytest.mark.parametrize(
    ("title", "line", "evidence"),
    [
        ("Clinical Workflow Architect", "You will shadow night-shift nurses", "shadow night-shift nurses"),
        ("Integration Engineer", "You will read and write FHIR R4 resources", "FHIR"),
        ("Regulatory Engineer", "You will file our 510(k)", "510(k)"),
        ("Integration Engineer", "You will keep our API up", ""),
    ],
)
def test_a_posting_may_ask_for_the_evidence_of_its_layer(title: str, line: str, evidence: str) -> None:
    assert placed(title, f"{CLINIC}- {line}\n").evidence == evidence


def test_findings_are_counted_by_rule() -> None:
    finding = Finding("hype", Severity.NOTICE, "u1", Span(0, 1), "x", "", "")
    found = place(read(f"# Interface Analyst{CLINIC}", "a.md"), [finding, finding])
    assert isinstance(found, Placement)
    assert found.findings == {"hype": 2}


def test_must_have_skills_are_weighed_by_the_same_test() -> None:
    needs = "\n## You need\n\n- PyTorch\n- TensorFlow\n- CUDA kernels\n- HL7 v2 feeds\n"
    assert placed("Machine Learning Engineer", CLINIC + needs).skills.index is Index.OVER


def test_own_models_are_read_in_ml_postings_only() -> None:
    line = "- Train models on CT scans and ECG waveforms\n"
    assert placed("Machine Learning Engineer", CLINIC + line).own_models == "CT scans"
    assert placed("Interface Analyst", CLINIC + line).own_models == ""
