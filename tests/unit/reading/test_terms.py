"""Terms are read with their traps: an alias counts only where it means the skill."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.knowledge.loader import load
from postwright.reading.terms import fold, synonyms, terms_in


def skills(text: str, context: str = "") -> set[str]:
    return {term.skill for term in terms_in(text, context)}


def aliases(text: str) -> list[str]:
    return [text[term.span.start : term.span.end] for term in terms_in(text)]


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Notes are copied into Epic by hand.\nOur hospital wants that to end.", "int.epic_ehr"),
        ("EPIC analyst wanted", "int.epic_ehr"),
        ("Cerner and MEDITECH", "int.oracle_health_cerner_millennium"),
        ("Keep our master patient index clean", "int.identity_matching"),
        ("GCP training and ICH guidance for a clinical trial", "cmp.gcp_ich_e6_r3"),
        ("AWS or GCP", "inf.google_cloud"),
        ("five modules (ASAP, Willow, Beacon) in Epic", "cli.epic_clinical_modules"),
        ("You support the ED and the ICU of our hospital", "cli.acute_care_domain"),
        ("Scrub in with OR staff", "cli.acute_care_domain"),
        ("RN with bedside experience", "cli.registered_nurse_licence"),
        ("HIPPA compliant", "cmp.hipaa_umbrella"),
        ("HL7 v2 feeds", "int.hl7_v2_messaging"),
        ("an IDE submission to the FDA", "cmp.pma_hde_breakthrough"),
        ("interface engines in production", "int.interface_engine_operations"),
        ("clinical decision support (CDS)", "cli.clinical_decision_support_clinical_side"),
        ("PPO and DPO for RLHF", "mlr.rl_and_rlhf_research"),
    ],
)
def test_an_alias_counts_where_it_means_the_skill(text: str, skill: str) -> None:
    assert skill in skills(text)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Join our epic team at the hospital", "int.epic_ehr"),
        ("Groom epics and user stories in Jira", "int.epic_ehr"),
        ("Epic Games wants a hospital designer", "int.epic_ehr"),
        ("Start ASAP. Epic certification helps.", "cli.epic_clinical_modules"),
        ("NURSE OR MIDWIFE WITH SURGERY EXPERIENCE", "cli.acute_care_domain"),
        ("Python or Java, AND/OR Go", "cli.acute_care_domain"),
        ("React and RN on iOS", "cli.registered_nurse_licence"),
        ("Our office is in Pittsburgh, PA", "cli.advanced_practice_provider"),
        ("Bethesda, MD 20892. Doctors own it.", "cli.physician_md_do"),
        ("Medical plan (PPO or HMO), dental", "mlr.rl_and_rlhf_research"),
        ("You work at Stanford Health Care", "mlr.elite_lab_pedigree"),
        ("Authorization to work in the US", "cmp.hipaa_privacy_rule"),
        ("Our go-live in May, then Go to Boston", "inf.backend_languages"),
        ("SAP ERP and HANA", "cmp.clinical_trial_methodology"),
        ("Use your favourite IDE", "cmp.pma_hde_breakthrough"),
        ("Export to CSV files", "cmp.design_verification_and_validation"),
        ("We do fhirpower things", "int.fhir"),
        ("high tech company", "cmp.hitech"),
    ],
)
def test_an_alias_does_not_count_where_it_means_something_else(text: str, skill: str) -> None:
    assert skill not in skills(text)


def test_the_longest_alias_wins_after_those_that_do_not_hold_are_gone() -> None:
    assert aliases("FHIR R4 write-back") == ["FHIR R4", "write-back"]
    assert aliases("SQL Servers") == ["SQL Servers"]
    assert aliases("SQL Serverly") == ["SQL"]


def test_a_plural_counts_as_its_alias() -> None:
    assert aliases("two interface engines") == ["interface engines"]


def test_letter_case_decides_for_short_aliases_only() -> None:
    assert skills("HEALTH INFORMATION EXCHANGE") == skills("health information exchange") != set()
    assert "inf.aws" not in skills("aws")


def test_context_decides_an_alias_in_a_piece_of_a_posting() -> None:
    assert skills("Epic") == set()
    assert skills("Epic", "A hospital wants an analyst.") == {"int.epic_ehr"}


def test_a_shared_alias_goes_where_its_company_is() -> None:
    assert skills("Python") == {"inf.python_generalist"}
    assert "int.scripting_for_interfaces" in skills("HL7 v2 feeds, Mirth Connect channels, ADT and ORU, Python")


@pytest.mark.parametrize("before", ["İstanbul ", "naïve ", "👩‍⚕️ ", "ẞ ", "a\u00a0"])
def test_offsets_are_characters_of_the_text_as_given(before: str) -> None:
    text = f"{before}FHIR API"
    (term,) = terms_in(text)
    assert text[term.span.start : term.span.end] == "FHIR API"


def test_typographic_hyphens_blanks_and_line_ends_are_plain_ones() -> None:
    assert aliases("SMART\u2011on\u2011FHIR") == ["SMART\u2011on\u2011FHIR"]
    assert aliases("clinical\ndecision\u00a0support") == ["clinical\ndecision\u00a0support"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Blinded readers will review each study.",
        "Partner with Brigham and Women's Hospital.",
        "Patients over 65 with low vision.",
    ],
)
def test_plain_clinical_sentences_hold_no_skill(sentence: str) -> None:
    assert terms_in(sentence) == ()


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(
    st.text(max_size=60), st.sampled_from(["HL7 v2", "510(k)", "C++", ".NET", "Mirth Connect"]), st.text(max_size=60)
)
def test_terms_are_in_order_do_not_overlap_and_lie_in_the_text(before: str, alias: str, after: str) -> None:
    text = f"{before} {alias} {after}"
    end = 0
    for term in terms_in(text):
        assert end <= term.span.start < term.span.end <= len(text)
        end = term.span.end


def test_every_unambiguous_alias_is_found_in_its_own_sentence() -> None:
    names = {skill[0] for skill in load("terms")["skills"]}
    missed = [
        alias
        for alias, _, _, rule in load("terms")["aliases"]
        if rule < 0 and not any(term.skill in names for term in terms_in(f"You know {alias} well."))
    ]
    assert missed == []


def test_an_alias_is_found_with_letters_outside_ascii_and_with_none_before_its_first_word() -> None:
    assert "InterSystems Caché" in aliases("Databases such as InterSystems Caché and .NET services in a café.")
    assert ".NET" in aliases(".NET")
    assert "Caché" not in aliases("InterSystems Cachés")


def test_synonyms_hold_true_synonyms_only() -> None:
    known = synonyms()
    assert known["sr"] == "senior"
    assert known["hippa"] == "hipaa"
    assert known["clinical decision support"] == "cds"
    assert known["electronic health record"] == "ehr"
    assert known["licence"] == "license"
    assert known["health care"] == "healthcare"
    assert known["tel"] == "telephone"
    assert known.get("emr") != "ehr"
    assert "computer system validation" not in known  # CSV is a file format in most postings


def test_no_canonical_form_stands_for_another() -> None:
    known = synonyms()
    assert [phrase for phrase in known.values() if phrase in known] == []
    assert all(phrase == phrase.lower() for phrase in known)
