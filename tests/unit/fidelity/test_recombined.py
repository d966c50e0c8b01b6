"""What a rewording may turn round without saying anything else, and the lie beside each."""

import pytest

from postwright.fidelity.invention import inventions
from postwright.fidelity.sources import Sources
from postwright.reading.posting import read

PAIRS = (
    (
        "Report time in notes to the directors each quarter",
        "Each quarter, you report time in notes to the directors.",
        "The directors report time in notes to you each quarter.",
    ),
    (
        "Review each tool with a clinician before it is switched on",
        "Before a tool is switched on, you review it with a clinician.",
        "Before a clinician is switched on, tools review each of you.",
    ),
    (
        "Hours are 9 to 5 Eastern with no on-call.",
        "Your hours are 9 to 5 Eastern, with no on-call.",
        "No hours are 9 to 5 Eastern, with on-call.",
    ),
    (
        "The tool is held back because we could not show who saw which record.",
        "The tool is held back: we could not show who saw which record.",
        "The tool is not held back: we could show who saw which record.",
    ),
    (
        "You draft the audit trail; the privacy officer signs it.",
        "You draft the audit trail, and the privacy officer signs it.",
        "You sign the audit trail that the privacy officer drafts.",
    ),
    ("An MD or DO", "You hold an MD or DO.", "You hold an MD."),
    (
        "Keep business associate agreements",
        "You keep business associate agreements (BAAs).",
        "You keep business associate agreements (SLAs).",
    ),
    (
        "Attend the Nursing Council and the Safety Committee",
        "You attend the Safety Committee and the Nursing Council.",
        "You attend the Safety Council and chair the Nursing Committee.",
    ),
    (
        "We build a platform used by payers.",
        "We build a platform for payers.",
        "We build a platform without payers.",
    ),
    ("We build a platform used by payers.", "We build a platform that payers use.", "We build a platform by payers."),
    ("We build a platform for payers.", "We build, for payers, a platform.", "We build a platform used by payers."),
    (
        "Respond to customer security questionnaires.",
        "You respond to security questionnaires from customers.",
        "You respond from customer security questionnaires.",
    ),
    (
        "You move logs out of the EHR.",
        "You move the logs out of the EHR.",
        "You move logs into the EHR.",
    ),
    ("Our nurses call patients.", "Our nurses call the patients.", "Our patients call nurses."),
    ("Travel to Ohio is covered by us.", "Travel to Ohio is covered by us, too.", "You cover travel to Ohio."),
    ("We give you a laptop.", "We will give you a laptop.", "You give us a laptop."),
    (
        "You work on data that patients gave us.",
        "You work on data patients gave us.",
        "You work on data they gave you.",
    ),
    (
        "You train with surgeons' notes.",
        "With notes of surgeons you train.",
        "You train surgeons with notes.",
    ),
    (
        "You migrate reports off Crystal onto Tableau.",
        "You migrate reports onto Tableau, off Crystal.",
        "You migrate reports onto Crystal off Tableau.",
    ),
    (
        "You sign off releases with the team.",
        "You sign releases off with the team.",
        "You sign releases without the team.",
    ),
    (
        "Interfaces fail over within 5 minutes.",
        "Within 5 minutes, interfaces fail over.",
        "Interfaces fail within 5 minutes.",
    ),
    (
        "You hand the notes over to nurses.",
        "You hand over the notes to nurses.",
        "You hand out the notes to nurses.",
    ),
    ("You call the clinics at noon.", "At noon you call the clinics.", "You call out the clinics at noon."),
    ("Patients can opt out at any time.", "At any time patients can opt out.", "Patients can opt at any time."),
    (
        "You build with synthetic data first, real data after approval.",
        "You build with synthetic data first and with real data after approval.",
        "You build with real data first, synthetic data after approval.",
    ),
    (
        "The pharmacy pays for the licence you need.",
        "For the licence you need, the pharmacy pays.",
        "You pay for the licence the pharmacy needs.",
    ),
    (
        "Shifts end when the last clinic closes.",
        "When the last clinic closes, shifts end.",
        "The last clinic closes when shifts end.",
    ),
    (
        "Once a year you review access rights with the security lead.",
        "You review access rights with the security lead once a year.",
        "The security lead reviews access rights with you once a year.",
    ),
    (
        "Experience with Rhapsody, Mirth or Cloverleaf.",
        "You have experience with Cloverleaf, Mirth or Rhapsody.",
        "You have experience with Cloverleaf, Mirth and Rhapsody.",
    ),
    ("Hospitals pay us per bed.", "We are paid per bed by hospitals.", "We pay hospitals per bed."),
    ("You are told of changes.", "You are told of the changes.", "You tell of changes."),
    (
        "Nurses who test builds get a stipend.",
        "Nurses who test the builds get a stipend.",
        "Builds that test nurses get a stipend.",
    ),
    ("You document what you change.", "You document what you change here.", "You change what you document."),
    (
        "You set limits with physicians, not for them.",
        "You set limits with physicians and not for them.",
        "You set limits for physicians.",
    ),
    ("Your first task is a report.", "Your first task: a report.", "Your first report is a task."),
    (
        "You keep clinicians informed of outages.",
        "You keep clinicians informed of the outages.",
        "You keep outages informed of clinicians.",
    ),
    ("You check whether models are safe.", "You check if models are safe.", "You check models are safe."),
    (
        "Three years with HL7 and one with FHIR.",
        "One with FHIR and three years with HL7.",
        "Three years with FHIR and one with HL7.",
    ),
    (
        "Map lab results and medication orders to FHIR.",
        "You map medication orders and lab results to FHIR.",
        "You map FHIR and medication results to lab orders.",
    ),
    (
        "You have worked with nurses, not around them.",
        "You have worked with nurses and not around them.",
        "You have worked around nurses.",
    ),
)


def _told(source: str, line: str) -> list[str]:
    posting = read(f"# Engineer\n\n## Duties\n\n- {source}\n", "job.md")
    return list(inventions(line, [posting.units[-1]], Sources(posting)))


@pytest.mark.parametrize(("source", "true", "false"), PAIRS, ids=lambda text: text[:30])
def test_the_true_wording_passes_and_the_lie_does_not(source: str, true: str, false: str) -> None:
    assert _told(source, true) == []
    assert _told(source, false)


def test_a_question_before_an_address_may_lead_to_it() -> None:
    posting = read("# Nurse\n\nQuestions? Write to jobs@clinic.example.\n", "job.md")
    line = "If you have questions, write to jobs@clinic.example."
    assert list(inventions(line, list(posting.units[-2:]), Sources(posting))) == []


def test_a_question_elsewhere_lends_the_address_nothing() -> None:
    posting = read("# Nurse\n\nLawsuits?\n\nWrite to jobs@clinic.example.\n", "job.md")
    line = "For lawsuits, write to jobs@clinic.example."
    assert list(inventions(line, list(posting.units[-2:]), Sources(posting)))


ACROSS = (
    (
        ("Nurses call patients.", "Review alerts with pharmacists"),
        "Nurses review alerts.",
        "You review alerts with pharmacists.",
    ),
    (
        ("Nurses call patients.", "Review alerts with pharmacists"),
        "You review alerts with patients.",
        "You review alerts with pharmacists, and nurses call patients.",
    ),
    (
        ("Pharmacists approve dosing rules.", "Implement dosing rules in the EHR"),
        "You approve dosing rules in the EHR.",
        "You implement in the EHR the dosing rules that pharmacists approve.",
    ),
    (
        ("Train the night shift in person.", "Train the day shift by video"),
        "You train the night shift by video and the day shift in person.",
        "You train the day shift by video and the night shift in person.",
    ),
    (
        ("Alerts go to nurses.", "Send reports to the board"),
        "You send reports to nurses, and alerts go to the board.",
        "You send reports to the board; alerts go to nurses.",
    ),
)


@pytest.mark.parametrize(("units", "false", "true"), ACROSS, ids=["doer", "company", "taken over", "one way", "traded"])
def test_a_word_of_one_sentence_takes_no_place_in_another(units: tuple[str, str], false: str, true: str) -> None:
    posting = read(f"# Engineer\n\n{units[0]}\n\n## Duties\n\n- {units[1]}\n", "job.md")
    cited = [unit for unit in posting.units if unit.text in units]
    assert list(inventions(false, cited, Sources(posting)))
    assert list(inventions(true, cited, Sources(posting))) == []
