"""The prompt states nothing that the seeds cannot support or that must never be invented, and this test can fail."""

import re
from pathlib import Path

import pytest

import postwright
from postwright.knowledge.loader import load
from postwright.prompting.library import Prompts, prompts_folder

SHARED = Prompts().shared()

# Claims of the seed articles that are marked unsupported, contradicted or unverifiable, each with words that say it.
SEED_CLAIMS = (
    (r"\b90 ?(%|percent)", "S1-27, S1-30", "90% of teams solve the wrong problem."),
    (r"prompt caching", "S1-27", "Prompt caching replaces an infrastructure team."),
    (r"infrastructure (is|was) solved|solved problem", "S1-08", "Infrastructure is solved."),
    (r"\b49[- ]point", "S1-28", "A 49-point rise in searches."),
    (r"\$2 ?M\b", "S1-30", "Teams burned $2M on it."),
    (r"12[-–]18[- ]months?", "S1-30", "A lead of 12-18 months."),
    (r"already lost", "S1-30", "You have already lost."),
    (r"Helpcare|DeepMind", "S1-24", "Hire like Helpcare."),
    (r"former nurses (are|make)", "S1-25", "Former nurses are the winning hire."),
    (r"\b71 ?(%|percent)", "S4-01", "71 percent of hospitals use it."),
    (r"supply cannot meet|talent shortage", "S4-04", "US supply cannot meet demand."),
    (r"vacant for months|60[-–]90 days", "S4-06", "Roles stay vacant for months."),
    (r"\bthe (article|author)s?\b", "S4-07", "The article lists what a production stack is."),
    (r"cost-effective talent|\bcheap\b", "S4-15", "Cost-effective talent from abroad."),
    (r"Silicon Valley|cultural(ly)? (and technical )?compatib", "S4-11", "A Silicon Valley mindset."),
    (r"100% .{0,40}60%|women (only )?apply", "folklore", "Women apply when they meet 100% and men at 60%."),
)
# What guardrails.yaml says is never invented: nothing of it is stated by the prompt in its own voice.
NEVER_INVENTED = (
    (r"[$£€] ?\d", "salary", "Pay starts at $150,000."),
    (r"\d ?(%|percent)", "metrics", "It cuts charting by 12 percent."),
    (r"sav(e|es|ing) .{0,30}\b(minutes|hours)\b", "metrics", "It saves clinicians two hours a day."),
    (r"\b\d[\d,]*\+? (hospitals|clinics|sites|customers|employees|publications)", "customers", "Live at 14 hospitals."),
    (r"\b\d+\+? (years?|days|weeks|months)\b", "years, deadlines", "Ask for 5 years."),
    (r"\bFDA[- ](approved|cleared)|HIPAA[- ](certified|compliant)|SOC 2[- ]certified", "status", "It is FDA-cleared."),
    (r"visas? (are|is) (offered|available|sponsored)|we sponsor", "visa", "Visas are offered."),
    (r"unlimited (PTO|vacation)|\bwe offer\b|sign-on bonus", "benefits", "We offer unlimited PTO."),
    (r"equal opportunity employer", "EEO text", "They are an equal opportunity employer."),
    (r"clinically proven|reduces? errors|saves? lives|improves? outcomes", "clinical claims", "This reduces errors."),
    (r"native speaker(?!.{0,40}wording)", "never add", "Prefer a native speaker."),
)
TEMPLATES = {
    path.name: path.read_text("utf-8") for path in prompts_folder(Path(postwright.__file__).parent).glob("*.j2")
}
"""What goes out, and what an override starts from: the repair and the profile as well as the shared part."""


def own_voice(text: str) -> str:
    """The prompt without what it quotes: units and replies of the examples, and wording in quotation marks."""
    text = re.sub(r"```json\n.+?\n```|\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"^    \[.*$", "", text, flags=re.MULTILINE)
    return "\n\n".join(re.sub(r'"[^"]*"', "", paragraph) for paragraph in text.split("\n\n"))


def claims_in(text: str) -> list[str]:
    """The names of the seed claims in a text, wherever they stand, and of what it invents in its own voice."""
    flat, own = " ".join(text.split()), " ".join(own_voice(text).split())
    found = [name for pattern, name, _ in SEED_CLAIMS if re.search(pattern, flat, re.IGNORECASE)]
    return found + [name for pattern, name, _ in NEVER_INVENTED if re.search(pattern, own, re.IGNORECASE)]


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_no_template_claims_what_must_not_be_printed(name: str) -> None:
    assert claims_in(TEMPLATES[name]) == []


def test_the_prompt_as_sent_claims_nothing_that_must_not_be_printed() -> None:
    assert claims_in(SHARED) == []


@pytest.mark.parametrize(("_pattern", "name", "claim"), [*SEED_CLAIMS, *NEVER_INVENTED])
def test_a_claim_that_is_put_into_the_prompt_is_found(_pattern: str, name: str, claim: str) -> None:
    middle = SHARED.index("# The critique")
    assert name in claims_in(f"{SHARED[:middle]}{claim}\n\n{SHARED[middle:]}")


@pytest.mark.parametrize(("_pattern", "name", "claim"), SEED_CLAIMS)
def test_a_seed_claim_is_found_in_an_example_too(_pattern: str, name: str, claim: str) -> None:
    assert name in claims_in(f'{SHARED}\n```json\n{{"propose": "{claim}"}}\n```\n')


def test_no_worked_or_suggested_proposal_makes_a_clinical_claim() -> None:
    flat = " ".join(SHARED.split())
    shapes = flat[flat.index("Good shapes for a proposal") : flat.index("A shape is no text")]
    said = re.findall(r'"propose": "([^"]+)"', SHARED) + re.findall(r'"([A-Z][^"]+)"', shapes)
    assert len(said) > 10
    assert not [
        s
        for s in said
        if re.search(r"\bsafe|validated|proven|accurate|FDA|\bno errors|minutes|hours", s, re.IGNORECASE)
    ]


def test_every_claim_that_the_seeds_cannot_support_is_looked_for() -> None:
    shaky = {"unsupported", "contradicted", "unverifiable"}
    named = {name for _, names, _ in SEED_CLAIMS for name in names.split(", ")}
    items = load("seed_systems")["items"]
    assert {item["id"] for item in items if item["truth"].split(":")[0].split()[0] in shaky} <= named


def test_no_date_and_no_year_stands_in_the_prompt() -> None:
    assert not re.search(r"\b(19|20)\d\d\b(?!:)", SHARED)


def test_no_percentage_stands_in_the_prompt() -> None:
    assert "%" not in SHARED
