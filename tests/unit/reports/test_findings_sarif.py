"""SARIF against the official schema, and what the schema cannot see."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker

from postwright.domain.checked import CheckedFile, Standing
from postwright.domain.finding import Severity
from postwright.reports.findings.sarif import FINGERPRINT, Report, location
from postwright.workflows.checking.files import Checker
from postwright.workflows.checking.looking import rule_names
from postwright.workflows.checking.settings import Overrides, Settings
from support.checks import remark, shown

ROOT = Path(__file__).parents[3]
OFFICIAL = json.loads((ROOT / "tests/support/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
VALID = Draft4Validator(OFFICIAL, format_checker=FormatChecker())


def run_of(*files: CheckedFile) -> dict[str, Any]:
    log = json.loads(shown(Report(), *files))
    VALID.validate(log)
    assert log["version"] == "2.1.0"
    assert len(log["runs"]) == 1
    run: dict[str, Any] = log["runs"][0]
    return run


def test_the_validator_is_awake() -> None:
    log = json.loads(shown(Report(), CheckedFile("a.md", remarks=(remark(),))))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b.md"
    assert not VALID.is_valid(log)


def test_a_run_without_findings_is_valid() -> None:
    assert run_of()["results"] == []
    assert run_of(CheckedFile("a.md"))["invocations"] == [{"executionSuccessful": True}]


def test_a_finding_has_its_place_level_rule_and_fingerprint() -> None:
    result = run_of(CheckedFile("jobs/a.md", remarks=(remark(),)))["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "jobs/a.md", "uriBaseId": "SRCROOT"}
    assert {k: v for k, v in place["region"].items() if k != "snippet"} == {
        "startLine": 3,
        "startColumn": 1,
        "endLine": 3,
        "endColumn": 23,
    }
    assert (result["ruleId"], result["level"]) == ("native-speaker", "error")
    assert result["partialFingerprints"] == {FINGERPRINT: "00112233445566aa:1"}


def test_columns_are_said_to_count_code_points() -> None:
    assert run_of()["columnKind"] == "unicodeCodePoints"


def test_a_notice_is_a_note() -> None:
    assert run_of(CheckedFile("a.md", remarks=(remark(severity=Severity.NOTICE),)))["results"][0]["level"] == "note"


def test_what_the_baseline_knows_is_marked_and_not_dropped() -> None:
    known, aside = remark(Standing.BASELINED), remark(Standing.IGNORED, reason="interpreters")
    results = run_of(CheckedFile("a.md", "a.md", "base.json", remarks=(remark(), known, aside)))["results"]
    assert [result.get("baselineState") for result in results] == ["new", "unchanged", None]
    assert results[2]["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "interpreters"}]


def test_without_a_baseline_no_state_is_claimed() -> None:
    assert "baselineState" not in run_of(CheckedFile("a.md", remarks=(remark(),)))["results"][0]


def test_the_same_sentence_twice_has_two_fingerprints_of_one_kind() -> None:
    results = run_of(CheckedFile("a.md", remarks=(remark(), remark())))["results"]
    assert [r["partialFingerprints"][FINGERPRINT][-2:] for r in results] == [":1", ":2"]


def test_a_safe_fix_travels_with_its_finding() -> None:
    result = run_of(CheckedFile("a.md", remarks=(remark(replacement="Fluent English"),)))["results"][0]
    replaced = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replaced["insertedContent"]["text"] == "Fluent English"


def test_a_file_that_could_not_be_read_makes_the_run_unsuccessful() -> None:
    invocation = run_of(CheckedFile("a.md", failure="a.md is a binary file", hint="export it"))["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert "binary" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_every_result_points_at_the_rule_it_names() -> None:
    config = Settings(Overrides(), rule_names(), "2026-11-22")
    run = run_of(*Checker(config).paths([ROOT / "fixtures/postings"]))
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) > 50
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert "kind" not in result


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/ü.md", "a%20b/%C3%BC.md"),
        ("a:b.md", "a%3Ab.md"),
        ("50%.md", "50%25.md"),
        ("#1?.md", "%231%3F.md"),
        ("x\n::y.md", "x%0A%3A%3Ay.md"),
        ("\udcff.md", "%FF.md"),
        ("/jobs/a.md", "file:///jobs/a.md"),
    ],
)
def test_paths_are_percent_encoded_byte_by_byte(path: str, uri: str) -> None:
    assert location(path)["uri"] == uri


@settings(max_examples=25)
@given(st.text(min_size=1).filter(lambda t: "\0" not in t), st.text())
def test_any_path_and_any_quote_give_valid_sarif(path: str, quote: str) -> None:
    assert run_of(CheckedFile(path, remarks=(remark(quote=quote),)))["results"]
