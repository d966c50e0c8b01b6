"""The JSON of `check` against its own documented schema."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from postwright.domain.checked import Change, CheckedFile, Standing
from postwright.domain.finding import Layer, Severity
from postwright.reports.findings.json_ import Report
from postwright.workflows.checking.files import Checker
from postwright.workflows.checking.looking import rule_names
from postwright.workflows.checking.settings import Overrides, Settings
from support.checks import remark, shown

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs/check.schema.json").read_text("utf-8"))
VALID = Draft202012Validator(SCHEMA)
POSTINGS = sorted((ROOT / "fixtures/postings").iterdir())

FILES = (
    CheckedFile("a.md", "a.md", "base.json", "2026-11-22", (remark(), remark(Standing.BASELINED))),
    CheckedFile("b.md", as_of="2026-11-22", remarks=(remark(Standing.IGNORED, reason="interpreters"),)),
    CheckedFile("c.md", failure="c.md is not UTF-8 text", hint="save it as UTF-8"),
    CheckedFile("d.md", page="The file is empty.", notes=("Pay law not checked.",)),
    CheckedFile("e.md", remarks=(remark(replacement="HIPAA"),), change=Change("HIPPA", "HIPAA", 1)),
)


def test_the_schema_is_one_and_forbids_what_it_does_not_name() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(shown(Report(), *FILES))
    data["files"][0]["findings"][0]["surprise"] = 1
    assert not VALID.is_valid(data)


@pytest.mark.parametrize("count", range(len(FILES) + 1))
def test_every_kind_of_file_is_valid(count: int) -> None:
    data = json.loads(shown(Report(), *FILES[:count]))
    VALID.validate(data)
    assert len(data["files"]) == count


def test_the_summary_counts_what_the_files_say() -> None:
    data = json.loads(shown(Report(), *FILES))
    assert data["summary"] == {
        "files": 5,
        "pages": 1,
        "failed": 1,
        "new": {"error": 2, "warning": 0, "notice": 0},
        "baselined": 1,
        "ignored": 1,
        "fails": 2,
        "fixed": 1,
        "gone": 0,
        "rules": {"native-speaker": {"new": 2, "baselined": 1, "ignored": 1}},
    }


def test_one_line_is_one_file() -> None:
    lines = shown(Report(), *FILES).splitlines()
    assert [json.loads(line.rstrip(","))["path"] for line in lines[1:-1]] == [checked.path for checked in FILES]


def test_real_postings_are_valid_and_every_quote_stands_at_its_offsets() -> None:
    settings = Settings(Overrides(), rule_names(), "2026-11-22")
    data = json.loads(shown(Report(), *Checker(settings).paths(POSTINGS)))
    VALID.validate(data)
    assert data["summary"]["files"] == len(POSTINGS)
    for checked in data["files"]:
        text = (ROOT / checked["path"]).read_bytes().decode()
        for finding in checked["findings"]:
            assert text[finding["start"] : finding["end"]] == finding["quote"]


def test_the_layers_and_severities_of_the_schema_are_ours() -> None:
    finding = SCHEMA["$defs"]["finding"]["properties"]
    assert finding["layer"]["enum"] == ["", *(layer.value for layer in Layer)]
    assert finding["severity"]["enum"] == [severity.value for severity in Severity]
    assert finding["standing"]["enum"] == [standing.value for standing in Standing]


def test_the_page_about_it_names_every_field() -> None:
    page = (ROOT / "docs/check-json.md").read_text("utf-8")
    fields = [name for part in SCHEMA["$defs"].values() for name in part["properties"]]
    assert [name for name in fields if f"`{name}`" not in page and f".{name}`" not in page] == []


@pytest.mark.parametrize("hostile", ["\x1b[31m\x7f\x9b\u202e", "::error::x", "##[add-mask]x", "\ud800", "\u2028"])
def test_the_output_is_plain_ascii_that_gives_no_orders(hostile: str) -> None:
    text = shown(Report(), CheckedFile(hostile, remarks=(remark(quote=hostile, why=hostile),)))
    assert text.isascii()
    assert all(line.isprintable() for line in text.split("\n"))
    assert "##[" not in text
    assert json.loads(text)["files"][0]["findings"][0]["quote"] == hostile
