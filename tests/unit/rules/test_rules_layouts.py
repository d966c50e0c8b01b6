"""Rules of structure, absence and comparison, in the layouts that recruiters write: headings, prose, tables, parts."""

from datetime import date

import pytest

from postwright.domain.finding import Layer
from postwright.reading.posting import read
from postwright.rules.coverage import coverage_of
from postwright.rules.engine import judge
from postwright.rules.scope import scope_of

_AS_OF = date(2026, 11, 22)
_TEN = ("SQL", "Python", "FHIR R4", "Mirth", "HL7 v2", "Linux", "Docker", "Kafka", "Airflow", "Budgets")
_PROSE = "You map referral messages for three hospitals and keep the queue of failed messages short. " * 25
_BLURB = (
    "Quillane was founded in 2019 by two surgeons and a games developer who were tired of letters that went missing. "
    "It has raised 41 million euro, opened an office in London and a third in Vilnius, and grown to 140 people. Its "
    "engine runs in 60 hospitals and reads four million letters a year. Its customers include four teaching hospitals. "
    "Two studies of the engine were published in March, and a third follows this year with a university partner in the "
    "north of the country."
)


def _bullets(names: tuple[str, ...] = _TEN, marker: str = "-") -> str:
    return "".join(f"{marker} {name} in production\n" for name in names)


FOUND = [
    # contradicting licences, and a degree where a licence is the gate
    ("licence-or-degree", "# Triage Nurse\n\n## You need\n\n* Bachelor's degree in nursing\n", "degree in nursing"),
    ("licence-or-degree", "# Nurse Informaticist\n\n**Minimum Qualifications**\n\nBSN. Epic ClinDoc.\n", "BSN"),
    ("licence-or-degree", "# Clinical Pharmacist\n\n## Requirements\n\n- PharmD\n- Weekends\n", "PharmD"),
    (
        "licence-or-degree",
        "# Informatics Lead\n\n## Requirements\n\n- Must hold an active RN license\n- A licence is not required here\n",
        "licence is not required",
    ),
    (
        "licence-or-degree",
        "# CMIO\n\n## Requirements\n\n- MD or DO\n- An RN licence is acceptable in place of a medical licence\n",
        "RN licence is acceptable",
    ),
    # counts of years in a sentence outside the list
    (
        "many-year-counts",
        "# Lead\n\n**We require**\n\n6 years in health IT, 4 years with Epic and 2 years of leadership.\n",
        "6 years",
    ),
    # lists in parts, in prose and below a lead-in
    (
        "requirement-count",
        f"# Engineer\n\n## Requirements\n\n{_bullets(_TEN[:5])}\n**Technical**\n\n{_bullets(_TEN[5:])}",
        "Requirements",
    ),
    (
        "requirement-count",
        f"# Engineer\n\n## Your tasks\n\n- Map feeds\n\nThe ideal candidate has:\n\n{_bullets(marker='*')}",
        "The ideal candidate has:",
    ),
    (
        "requirement-count",
        "# Engineer\n\n## Your profile\n\nSQL; contracts; nursing; chairs groups; audits; a belt; KPIs; budgets; R.\n",
        "Your profile",
    ),
    # careers apart
    (
        "improbable-combination",
        "# Lead\n\n## You need\n\n- GMC registration, and you still write PyTorch\n- A PhD\n- A 510(k) you wrote\n",
        "GMC registration",
    ),
    ("improbable-combination", "# Lead\n\n## You need\n\n- PharmD\n- ML papers\n- HL7 interface builds\n", "PharmD"),
    # tools behind a lead, one a line, and under "preferred" that is none
    (
        "tool-list",
        "# Tester\n\n## You need\n\n- Tooling: Selenium, Cypress, Playwright, Postman, JMeter, Cucumber\n",
        "Selenium, Cypress, Playwright, Postman, JMeter, Cucumber",
    ),
    (
        "tool-list",
        "# Lead\n\n## Preferred (all must be met)\n\n- OneTrust, TrustArc, BigID, Securiti, Nymity and Osano\n",
        "OneTrust",
    ),
    (
        "tool-list",
        "# Engineer\n\n## You need\n\n- Mirth\n- Rhapsody\n- Cloverleaf\n- Corepoint\n- Iguana\n",
        "You need",
    ),
    # benefits and closing date: the heading of the pay; "apply on our page" is no date
    (
        "benefits-or-deadline-missing",
        "# Engineer\n\nChicago, IL\n\nYou map feeds.\n\n## Compensation\n\n$84,000 to $97,000 a year.\n",
        "Compensation",
    ),
    (
        "benefits-or-deadline-missing",
        "# Engineer\n\nDenver, CO\n\n## Pay\n\n$84,000 to $97,000 and PTO.\n\nApply on our page. We close by phone.\n",
        "Pay",
    ),
    # other time zones
    ("overlap-unstated", "# Lead\n\nDenver, CO\n\n- Lead the Kyiv squad and the one in Denver\n", "Kyiv squad"),
    (
        "overlap-unstated",
        "# Lead\n\nLocation: Dublin\n\n- Run stand-ups with squads in Vilnius and Pune\n",
        "squads in Vil",
    ),
    ("overlap-unstated", "# Lead\n\nDenver, CO\n\n- Daily calls with our Pune office\n", "with our Pune office"),
    # patient data abroad
    (
        "offshore-patient-data",
        "# Lead\n\nDenver, CO\n\n- Send recorded visits to a partner in Nairobi\n",
        "recorded visits",
    ),
    (
        "offshore-patient-data",
        "# Lead\n\nLocation: Dublin, Ireland\n\nWe serve hospitals in Ohio.\n\n- Open live PHI to mend a feed\n",
        "PHI",
    ),
    # shape
    ("company-first", f"# Engineer\n\n{_BLURB}\n\n## Your work\n\n- Map feeds\n", "Quillane was founded"),
    ("bullet-balance", f"# Engineer (m/w/d)\n\nDenver\n\n**Your work**\n\n{_PROSE}\n", "Your work"),
    ("bullet-balance", f"# Engineer (m/w/d)\n\n## Your work\n\n{_bullets() * 2}", "Your work"),
    (
        "long-sentence",
        f"# Engineer\n\n## Your work\n\n- You sit with {'the nurses and ' * 20}the rest\n",
        "You sit with",
    ),
    (
        "hard-to-read",
        "# Engineer\n\n## Duties\n\n- Operationalization of methodologies, institutionalization of accountability\n",
        "Operationalization of meth",
    ),
    # absence: what the reader is to give others is no offer, and an application may be software
    ("offer-missing", "# Lead\n\n## Duties\n\n- Mentor two analysts\n\n## You need\n\n- SQL\n", "Lead"),
    ("apply-missing", "# Lead\n\n## Duties\n\n- Apply patches\n\n## You need\n\n- Application support\n", "Lead"),
    ("accommodation-missing", "# Lead\n\nDenver, CO\n\nClick Apply and attach a resume.\n", "Click Apply"),
    (
        "accommodation-missing",
        "# Lead\n\nDenver, CO\n\nA relocation and accommodation stipend.\n\nSend your CV to a@b.example.\n",
        "Send your CV",
    ),
    # success by points, and a duty without an edge
    ("accuracy-only", "# Lead\n\n## Success in year one\n\n- AUROC above 0.85\n- F1 up by five points\n", "AUROC"),
    (
        "activities-not-outcomes",
        "# Lead\n\n## Duties\n\nKeeps records. Reads mail. Writes. Additional responsibilities may be assigned.\n",
        "Additional responsibilities may be assigned",
    ),
    ("hidden-load", "# Lead\n\n## Duties\n\n- It's all hands to the pump whenever a site goes live\n", "all hands"),
]

SILENT = [
    ("licence-or-degree", "# Nurse Informaticist\n\n## You need\n\n- Active RN license\n- BSN\n"),
    ("licence-or-degree", "# Nurse Engagement Product Manager\n\n## You need\n\n- BSN\n"),
    ("licence-or-degree", "# Staff Nurse\n\n## You need\n\n- Degree in nursing\n- NMC registration\n"),
    ("many-year-counts", "# Lead\n\nTwo years' term; may be extended for 2 years after 2 years.\n"),
    ("requirement-count", f"# Engineer\n\n## You have done some of these things\n\n{_bullets()}"),
    ("requirement-count", f"# Engineer\n\n## Must\n\n{_bullets(_TEN[:5])}\n## It helps\n\n{_bullets(_TEN[5:])}"),
    ("tool-list", "# Lead\n\n## You need\n\n- Willing to work in Denver, Boulder, Aurora, Pueblo, Golden and Vail\n"),
    (
        "tool-list",
        "# Lead\n\n## You need\n\n- Experience in Cardiology, Oncology, Neurology, Radiology, Surgery and Burns\n",
    ),
    (
        "benefits-or-deadline-missing",
        "# Lead\n\nDenver, CO\n\n$84,000 to $97,000 and PTO. Send your CV to a@b.example by December 31, 2026.\n",
    ),
    ("overlap-unstated", "# Lead\n\nDenver, CO\n\n- Visit customers in India and Brazil\n"),
    ("overlap-unstated", "# Lead\n\nLocation: Dublin, Ireland\n\n- Work with our teams in Cork and Vilnius\n"),
    ("offshore-patient-data", "# Lead\n\nDenver, CO\n\n- Keep PHI out of the tools that our vendor in India uses\n"),
    ("offshore-patient-data", "# Lead\n\nLocation: Dublin, Ireland\n\n- Protect patient data of Irish hospitals\n"),
    ("offer-missing", "# Lead\n\n## You need\n\n- SQL\n\nAna will train you in your first month.\n"),
    ("apply-missing", "# Lead\n\n## You need\n\n- SQL\n\nDrop Ana a line: ana@b.example\n"),
    ("accommodation-missing", "# Lead\n\nDenver, CO\n\nApply now. Tell us if captions would help in the interview.\n"),
    ("accuracy-only", "# Lead\n\n## Success in year one\n\n- AUROC held by subgroup\n- In use at half of the visits\n"),
    ("hidden-load", "# Lead\n\n## Duties\n\n- Study how nurses work on nights and weekends\n"),
    ("weasel-skill", "# Lead\n\nWe help with the Irish Critical Skills Employment Permit.\n"),
]


@pytest.mark.parametrize(("rule", "text", "quote"), FOUND)
def test_a_layout_is_read_and_the_right_place_quoted(rule: str, text: str, quote: str) -> None:
    quotes = [finding.quote for finding in judge(read(text, "job.md"), as_of=_AS_OF, select=[rule])]
    assert any(quote in said for said in quotes), quotes


@pytest.mark.parametrize(("rule", "text"), SILENT)
def test_a_clean_layout_is_left_alone(rule: str, text: str) -> None:
    assert judge(read(text, "job.md"), as_of=_AS_OF, select=[rule]) == ()


def test_what_a_colleague_once_was_is_no_cover_for_a_layer() -> None:
    posting = read(
        "# Machine Learning Engineer\n\nWe build AI that predicts sepsis. Physicians act on its scores.\n\n"
        "## Duties\n\n- Train deep learning models\n\nYou report to the CTO, who was an interface analyst.\n",
        "job.md",
    )
    covered = {coverage.layer: coverage.others for coverage in coverage_of(posting, scope_of(posting))}
    assert covered[Layer.INTEGRATION] == ""
