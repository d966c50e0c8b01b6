"""Context: who a word speaks of, names, legal text, the employer's words, other languages, hidden content."""

from datetime import date

import pytest

from postwright.domain.finding import Finding
from postwright.reading.posting import read
from postwright.rules.engine import judge, judged

AS_OF = date(2026, 11, 22)


def found(text: str, *select: str, path: str = "job.md", **options: tuple[str, ...]) -> list[tuple[str, str]]:
    findings: tuple[Finding, ...] = judge(read(text, path), as_of=AS_OF, select=select, **options)
    return [(finding.rule, finding.quote) for finding in findings]


@pytest.mark.parametrize(
    ("text", "rule", "quote"),
    [
        ("Young, energetic engineers who help young patients.", "age-demand", "Young, energetic"),
        ("He will meet the patient before she sees the nurse.", "gendered-pronoun", "He will"),
        ("Be OCD about data in our OCD clinic.", "ableist-idiom", "Be OCD"),
        ("We are blind to differences in double-blind studies.", "ableist-idiom", "blind to differences"),
        ("Native English speakers teach non-native speakers.", "native-speaker", "Native English speakers"),
        ("An epic team that builds in Epic.", "hype", "epic team"),
        ("We treat each other like a family in family medicine.", "family-culture", "like a family"),
        ("Aggressively sell our aggressive lymphoma protocol.", "aggressive-wording", "Aggressively"),
        ("A rockstar to configure the ClinDoc wizard.", "hero-title", "rockstar"),
        ("10+ years of FHIR R4 and 10+ years of HL7 v2.", "impossible-years", "10+ years of FHIR R4"),
        ("Mind the tribal knowledge of our Tribal clinics.", "exclusionary-idiom", "tribal knowledge"),
        ("Our HIPPA work follows HIPAA.", "wrong-clinical-term", "HIPPA"),
    ],
)
def test_a_guilty_word_is_found_beside_its_innocent_twin(text: str, rule: str, quote: str) -> None:
    assert found(text, rule) == [(rule, quote)]


def test_a_word_that_is_a_name_is_left_alone() -> None:
    assert found("You report to Vibrant, and Vibrant is our parent company.", "age-hint") == []
    assert found("You join a vibrant office.", "age-hint") == [("age-hint", "vibrant")]


def test_a_word_with_a_capital_in_a_headline_is_still_that_word() -> None:
    assert found("# Rockstar Nurse Informaticist\n\nYou lead go-lives.\n", "hero-title") == [("hero-title", "Rockstar")]


def test_legal_text_is_the_laws_and_no_word_rule_touches_it() -> None:
    text = "We hire without regard to sex, age, young or old, marital status or disability."

    assert found(text, "age", "gender", "disability", "fairness") == []


def test_preference_wording_is_found_even_inside_a_legal_notice() -> None:
    text = "Acme is an equal opportunity employer. Preference to underrepresented candidates."

    assert [rule for rule, _ in found(text, "fairness")] == ["preference-or-quota"]


def test_the_employers_vocabulary_is_no_fault() -> None:
    text = "You lead the Ninja programme and its ninjas."

    assert found(text, "hero-title", vocabulary=("ninja programme",)) == [("hero-title", "ninjas")]


def test_a_title_in_front_matter_is_judged_where_it_stands() -> None:
    text = "---\ntitle: ML Engineer with Healthcare Experience\n---\n\nYou build feeds.\n"
    findings = judge(read(text, "job.md"), as_of=AS_OF, select=["ml-engineer-with-healthcare"])

    assert [finding.quote for finding in findings] == ["ML Engineer with Healthcare Experience"]
    assert findings[0].unit == ""


def test_curly_quotes_and_no_break_spaces_hide_no_word() -> None:
    assert found("A valid driver\u2019s\u00a0license is needed.", "driving-licence") == [
        ("driving-licence", "valid driver\u2019s\u00a0license")
    ]


def test_words_over_a_line_end_belong_together() -> None:
    assert found("We work hard,\nplay hard every day.", "party-culture") == [("party-culture", "work hard,\nplay hard")]


def test_a_piece_of_a_foreign_word_is_no_hit() -> None:
    assert found("Besuchen Sie die Überninjaübung.", "hero-title") == []


def test_another_language_is_only_checked_for_safety() -> None:
    text = (
        "Wir suchen eine Pflegekraft für die Klinik. Sie arbeiten mit uns und den Ärzten auf der Station, und wir "
        "helfen Ihnen bei der Einarbeitung. Der Rockstar unter den Ninjas wird nicht gesucht. [CONFIRM: Gehalt]"
    )

    assert [rule for rule, _ in found(text)] == ["pending-mark"]
    assert any("not in English" in note for note in judged(read(text, "job.md"), as_of=AS_OF).notes)


ASKING = "# Analyst\n\nLocation: Denver, CO\n\n## Requirements\n\n- SQL\n\n## Duties\n\n- Run reports\n"


def test_what_is_missing_is_told_when_the_file_is_all_there_is() -> None:
    missing = {rule for rule, _ in found(ASKING)}

    assert {"pay-range-missing", "apply-missing", "offer-missing", "benefits-or-deadline-missing"} <= missing


@pytest.mark.parametrize("include", ["{{< apply >}}", "{% include benefits.html %}", "<Benefits role={role} />"])
def test_nothing_is_called_missing_where_an_include_may_hold_it(include: str) -> None:
    text = f"{ASKING}\n{include}\n"
    path = "job.mdx" if include.startswith("<") else "job.md"

    assert [rule for rule, _ in found(text, path=path) if rule.endswith("-missing")] == []
    assert any("nothing was called missing" in note for note in judged(read(text, path), as_of=AS_OF).notes)


def test_what_the_config_says_is_provided_elsewhere_is_not_missing() -> None:
    missing = {rule for rule, _ in found(ASKING, provided_elsewhere=("pay", "apply")) if rule.endswith("-missing")}

    assert not {"pay-range-missing", "apply-missing"} & missing


def test_an_apply_button_says_how_to_apply_and_hides_no_pay() -> None:
    missing = {rule for rule, _ in found(f"{ASKING}\n<ApplyButton role={{role}} />\n", path="job.mdx")}

    assert "apply-missing" not in missing
    assert "pay-range-missing" in missing


def test_a_comment_hides_nothing() -> None:
    assert "pay-range-missing" in {rule for rule, _ in found(f"{ASKING}\n<!-- reviewed by HR -->\n")}


def test_code_and_comments_are_not_judged_for_words() -> None:
    assert found("<!-- rockstar ninja -->\n\nYou lead go-lives.\n\n```\nninja\n```\n", "hero-title") == []


def test_rules_of_american_law_are_silent_for_postings_abroad() -> None:
    demand = "Must be able to lift 25 kg."
    british = judge(read(f"# Porter\n\nLocation: Leeds, UK\n\n- {demand}\n", "job.md"), as_of=AS_OF)
    american = judge(read(f"# Porter\n\nLocation: Denver, CO\n\n- {demand}\n", "job.md"), as_of=AS_OF)

    assert not any("United States" in finding.why for finding in british)
    assert any("United States" in finding.why for finding in american if finding.rule == "physical-demand")


def test_select_and_ignore_take_rules_and_families() -> None:
    text = "Be a rockstar. He will lead."

    assert {rule for rule, _ in found(text, "gender")} == {"gendered-pronoun"}
    assert "hero-title" not in {rule for rule, _ in found(text, ignore=("culture",))}


def test_coded_words_are_shown_where_their_paragraph_begins_to_read_so() -> None:
    plain = " ".join(["You read the logs of each ward and write down what you saw in them."] * 6)
    first = "You are fearless, outspoken and fiercely competitive."
    densest = "You are ambitious, assertive, determined, dominant, independent and driven, and you lead by force."
    text = f"# Analyst\n\n## About\n\n{plain}\n\n{first} {densest}\n"

    found = [finding.quote for finding in judge(read(text, "job.md"), as_of=AS_OF, select=["gender-score"])]

    assert found == [first]
