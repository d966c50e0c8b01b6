"""Every rule: its texts, its severity, its data."""

import re
from datetime import date

import pytest
import re2

from postwright.domain.finding import Severity
from postwright.knowledge.build_rules import blanks
from postwright.knowledge.loader import load
from postwright.reading.posting import read
from postwright.rules.catalogue import CHECKS
from postwright.rules.engine import all_rules, judge
from postwright.rules.rule import Rule

AS_OF = date(2026, 11, 22)
RULES = {rule.id: rule for rule in all_rules()}

MAY_BLOCK = {
    "pending-mark",
    "secret-in-text",
    "patient-data",
    "hidden-characters",
    "broken-front-matter",
    "age-demand",
    "gender-demand",
    "native-speaker",
    "accent-demand",
    "citizens-only",
    "visa-preference",
    "origin-demand",
    "impossible-years",
    "pay-contradiction",
}
"""What issue 3 lets block: marks, secrets, patient data, hidden characters, front matter, demands, years, pay."""


def texts(kind: str) -> list[object]:
    return [
        pytest.param(rule.id, text, id=f"{rule.id}-{number}")
        for rule in all_rules()
        for number, text in enumerate(rule.flags if kind == "flags" else rule.allows)
    ]


@pytest.mark.parametrize(("rule_id", "text"), texts("flags"))
def test_a_rule_finds_something_in_each_text_it_flags(rule_id: str, text: str) -> None:
    found = judge(read(text, "job.md"), as_of=AS_OF, select=[rule_id])

    assert found
    assert all(finding.rule == rule_id and finding.why and finding.fix and finding.group for finding in found)
    assert all(finding.span.of(text) == finding.quote for finding in found)


@pytest.mark.parametrize(("rule_id", "text"), texts("allows"))
def test_a_rule_finds_nothing_in_the_texts_it_allows(rule_id: str, text: str) -> None:
    assert judge(read(text, "job.md"), as_of=AS_OF, select=[rule_id]) == ()


@pytest.mark.parametrize("rule_id", list(RULES))
def test_every_rule_has_texts_that_fire_and_texts_that_do_not(rule_id: str) -> None:
    assert RULES[rule_id].flags
    assert RULES[rule_id].allows


def test_the_catalogue_names_every_rule_of_the_data_in_the_same_order() -> None:
    assert list(CHECKS) == list(RULES)


def test_rule_ids_are_kebab_case_and_apart() -> None:
    assert len(RULES) == len(all_rules())
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", rule_id) for rule_id in RULES)


def test_only_what_may_block_is_an_error() -> None:
    assert {rule.id for rule in all_rules() if rule.severity is Severity.ERROR} == MAY_BLOCK


def test_mixed_and_weak_evidence_is_never_more_than_a_notice() -> None:
    loud = [
        rule.id for rule in all_rules() if rule.evidence in {"mixed", "weak"} and rule.severity is not Severity.NOTICE
    ]

    assert loud == []


def test_an_absence_is_never_an_error() -> None:
    absences = [rule for rule in all_rules() if rule.id.endswith(("-missing", "-unclear", "-unstated"))]

    assert absences
    assert all(rule.severity is not Severity.ERROR for rule in absences)


def test_every_reference_leads_to_a_rule_of_the_domain_data() -> None:
    known = {rule["id"] for rule in load("rules_quality")["rules"]} | {
        rule["id"] for rule in load("law_wording")["rules"]
    }

    assert {rule.ref for rule in all_rules()} <= known | {"house"}


def test_every_quality_rule_that_code_can_decide_has_a_check() -> None:
    known = {rule["id"] for rule in load("rules_quality")["rules"]}

    assert known - {rule.ref for rule in all_rules()} == set()


def test_no_rule_claims_that_a_posting_breaks_or_keeps_a_law() -> None:
    claims = re.compile(r"\b(?:compliant|illegal|violat\w+|breaks the law|you must|legally required)\b", re.IGNORECASE)
    claiming = [rule.id for rule in all_rules() if claims.search(f"{rule.why} {rule.fix} {rule.law}")]

    assert claiming == []


def test_what_a_law_says_comes_with_its_day() -> None:
    assert all("as of 2026-11-22" in rule.law for rule in all_rules() if rule.law)


@pytest.mark.parametrize("rule", all_rules(), ids=list(RULES))
def test_patterns_compile_where_they_are_used(rule: Rule) -> None:
    options = re2.Options()
    options.log_errors = False
    for term in rule.terms:
        re2.compile(term.find, options)
        for context in (term.spared, term.unless, term.near, rule.unless):
            re2.compile(context, options)


@pytest.mark.parametrize(
    "rule", [rule for rule in all_rules() if any(term.to for term in rule.terms)], ids=lambda r: r.id
)
def test_a_replacement_offends_no_rule_itself(rule: Rule) -> None:
    for term in rule.terms:
        found = judge(read(f"You own the {term.to} of the ward.", "job.md"), as_of=AS_OF, ignore=["structure"])
        assert found == ()


def test_one_blank_in_a_pattern_stands_for_a_run_of_blanks() -> None:
    assert blanks("a b ?c[ -]d") == "a +b *c[ -]d"


def test_every_rule_explains_itself() -> None:
    assert [rule.id for rule in all_rules() if not (rule.why and rule.fix and rule.group and rule.source)] == []
