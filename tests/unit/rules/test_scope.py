"""The role family, the layers it owns, and what a posting is about."""

import pytest

from postwright.domain.critique import Answer, AnswerStatus
from postwright.domain.finding import Layer
from postwright.domain.posting import Posting
from postwright.reading.posting import read
from postwright.rules.scope import plain_title, scope_of, titled_layer

CLINIC = (
    "\n\nOur hospital cares for 200,000 patients a year. Nurses and physicians chart in the EHR.\n\n"
    "## What you will do\n\n- Work with the clinical team on patient records\n"
)


def posting(title: str, body: str = CLINIC) -> Posting:
    return read(f"# {title}{body}", "posting.md")


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Sr. Integration Engineer II (R-20931) - URGENT!!", "integration_engineer"),
        ("Principal Epic Analyst, Ambulatory", "ehr_analyst"),
        ("Band 7 EPR Configuration Analyst", "ehr_analyst"),
        ("Information Governance Manager", "security_grc_analyst"),
        ("Clinical Informatics Nurse Specialist", "nurse_informaticist"),
        ("Digital Midwife", "nurse_informaticist"),
        ("Associate CMIO", "physician_informaticist"),
        ("Senior Machine Learning Engineer with Healthcare Experience", "ml_engineer"),
        ("Machine Learning Research Scientist", "ml_research_scientist"),
        ("Machine Learning Platform Engineer", "mlops_platform_engineer"),
        ("Staff Software Engineer, GenAI", "llm_application_engineer"),
        ("Regulatory Affairs Manager, SaMD", "regulatory_engineer"),
        ("Healthcare Privacy Architect", "privacy_architect"),
        ("Forward Deployed Engineer", "forward_deployed_engineer"),
        ("FHIR Developer", "fhir_app_engineer"),
        ("Ward Nurse", ""),
        ("Account Executive", ""),
    ],
)
def test_the_title_names_the_family(title: str, family: str) -> None:
    assert scope_of(posting(title)).family == family


def test_a_title_loses_rank_code_and_shouting_before_it_is_read() -> None:
    assert plain_title("Sr. ML Engineer II (R-20931) - Job Code 4471-B") == "ml engineer"


def test_a_quality_engineer_is_a_device_role_only_beside_a_device() -> None:
    assert scope_of(posting("Quality Engineer")).family == ""
    device = posting("Quality Engineer", f"{CLINIC}- Test the medical device software under IEC 62304\n")
    assert scope_of(device).family == "device_software_quality_engineer"


def test_duties_name_the_family_when_the_title_does_not() -> None:
    duties = (
        "\n\nOur hospital cares for patients.\n\n## What you will do\n\n- Build HL7 v2 feeds (ADT) in Mirth Connect\n"
        "- Write FHIR R4 resources back to Epic\n- Launch SMART on FHIR apps\n"
    )
    scope = scope_of(posting("Software Person", duties))
    assert (scope.family, scope.family_layer) == ("integration_engineer", "integration")


def test_an_information_governance_manager_owes_nobody_interfaces() -> None:
    assert scope_of(posting("Information Governance Manager")).owns == (Layer.COMPLIANCE,)


def test_execution_is_owned_by_delivery_families_only() -> None:
    assert Layer.EXECUTION in scope_of(posting("Implementation Manager", f"{CLINIC}- Run go-lives of the EHR\n")).owns
    assert Layer.EXECUTION not in scope_of(posting("Clinical Informatics Nurse")).owns


def test_an_unknown_family_owns_nothing() -> None:
    scope = scope_of(posting("Ward Nurse"))
    assert scope.owns == ()
    assert scope.title == ""


def test_an_answer_about_the_role_outranks_the_title() -> None:
    source = posting("Machine Learning Engineer")
    answer = Answer("scope", AnswerStatus.VALUE, "Re-scoped to integration engineer; models stay with the model team.")
    assert scope_of(source, (answer,)).family == "integration_engineer"
    assert titled_layer(source) == "ml_research"


def test_an_answer_that_is_still_open_changes_nothing() -> None:
    answer = Answer("scope", AnswerStatus.ASK, "integration engineer?")
    assert scope_of(posting("Machine Learning Engineer"), (answer,)).family == "ml_engineer"


@pytest.mark.parametrize(
    "body",
    [
        CLINIC,
        "\n\nYou will join an NHS Foundation Trust and look after its networks for wards and clinics.\n",
        "\n\nThe Veterans Health Administration runs 170 medical centers. You will connect patient data.\n",
        "\n\nWe make telehealth software for physicians; our digital health platform serves 40 clinics.\n",
        "\n\nClínica Valdemora busca una persona para la historia clínica electrónica de sus pacientes y médicos.\n",
    ],
)
def test_hospitals_health_services_and_health_software_are_healthcare(body: str) -> None:
    assert scope_of(posting("Analyst", body)).healthcare


@pytest.mark.parametrize(
    "body",
    [
        "\n\nYou will sell shoes. We offer health insurance, medical, dental and vision, and mental health days.\n",
        "\n\nYou keep the health of our codebase and run occupational health and safety audits in the warehouse.\n",
        "\n\nYou will design login services. Agencies we helped include the Centers for Medicare and Veterans Affairs."
        + " We build shared platforms for the whole government and hire in the open." * 80,
        "\n\nYou will sell shoes in our store and greet every customer with a smile on the shop floor.\n",
    ],
)
def test_health_as_a_benefit_a_hazard_or_a_figure_of_speech_is_not_healthcare(body: str) -> None:
    assert not scope_of(posting("Software Engineer", body)).healthcare


@pytest.mark.parametrize(
    "said", ["You ship LLM features.", "Our product uses machine learning.", "You test AI drafts."]
)
def test_ai_in_the_job_or_the_product_is_seen(said: str) -> None:
    assert scope_of(posting("Engineer", f"\n\n{said}\n")).mentions_ai


@pytest.mark.parametrize(
    "said",
    [
        "We maintain the air system and take 5 ml samples.",
        "We use an AI tool to help screen applications.",
        "Please do not use AI to write your cover letter for this application.",
    ],
)
def test_ai_inside_words_or_in_the_hiring_notice_is_not_the_job(said: str) -> None:
    assert not scope_of(posting("Engineer", f"\n\n{said}\n")).mentions_ai
