"""Headings without which a list says the contrary: what stands under one stays there, and nothing joins it."""

from typing import Any

import pytest

from postwright.domain.draft import Draft
from postwright.reading.pieces import is_turned
from postwright.workflows.drafting import draft_reply, prepare

SOURCE = """# Clinical Integration Engineer

Northhaven Clinic runs a discharge program.

## Requirements

- Three years of HL7 v2 work

## What we do not ask

- A doctorate
- Night shifts

You do not need:

- Java
- Rust

## How to apply

Write to jobs@northhaven.example.
"""
UNITS = {unit.text: unit.id for unit in prepare(SOURCE, "job.md").sources.posting.units}


def drafted(*sections: tuple[str, str, list[dict[str, Any]]]) -> Draft:
    lists: dict[str, Any] = {key: [] for key in ("coverage", "findings", "dismissed", "questions", "removals")}
    told = [{"kind": kind, "heading": heading, "lines": lines} for kind, heading, lines in sections]
    return draft_reply(SOURCE, "job.md", {"summary": "", "title": None, **lists, "sections": told})[0]


def under(draft: Draft, text: str) -> str:
    """The heading that a line of the draft stands under."""
    before = draft.text[: draft.text.index(text)]
    return before.rpartition("## ")[2].splitlines()[0]


@pytest.mark.parametrize("kind", ["must_have", "nice_to_have", "about", "offer"])
@pytest.mark.parametrize(
    "line",
    [
        {"keep": [UNITS["A doctorate"]]},
        {"id": "n1", "text": "You have a doctorate.", "sources": [UNITS["A doctorate"]], "why": ""},
    ],
    ids=["kept", "reworded"],
)
def test_what_a_heading_denies_is_said_nowhere_else(kind: str, line: dict[str, Any]) -> None:
    draft = drafted((kind, "", [line]))
    assert "You have a doctorate" not in draft.text
    assert under(draft, "- A doctorate") == "What we do not ask"


def test_under_its_own_heading_it_is_kept() -> None:
    draft = drafted(("about", UNITS["What we do not ask"], [{"keep": [UNITS["A doctorate"], UNITS["Night shifts"]]}]))
    assert under(draft, "- A doctorate") == "What we do not ask"
    assert not [v for v in draft.violations if v.line]


def test_nothing_joins_what_a_heading_denies() -> None:
    draft = drafted(
        ("about", UNITS["What we do not ask"], [{"keep": [UNITS["Northhaven Clinic runs a discharge program."]]}])
    )
    assert under(draft, "Northhaven Clinic runs") != "What we do not ask"


def test_a_list_that_its_lead_in_denies_is_one_piece() -> None:
    assert any(text.startswith("You do not need:") and "Rust" in text for text in UNITS)


def test_a_part_without_heading_stands_before_all_headings() -> None:
    told = UNITS["Northhaven Clinic runs a discharge program."]
    draft = drafted(
        ("must_have", "", [{"keep": [UNITS["Three years of HL7 v2 work"]]}]), ("mission", "", [{"keep": [told]}])
    )
    assert "## " not in draft.text[: draft.text.index("Northhaven Clinic runs")]


@pytest.mark.parametrize(
    "label",
    [
        "What we do not ask",
        "You would not do",
        "Out of scope",
        "Not part of this job:",
        "What you don't need",
        "Former duties",
    ],
)
def test_a_label_that_turns_is_told(label: str) -> None:
    assert is_turned(label)


@pytest.mark.parametrize(
    "label",
    [
        "Requirements",
        "Duties include, but are not limited to:",
        "Desirable (not essential)",
        "Why not you?",
        "Previous applicants need not apply",
        "Former Cerner sites we serve" * 9,
    ],
)
def test_a_label_that_turns_nothing_is_none(label: str) -> None:
    assert not is_turned(label)


BINDING = ["Our vendor owns these interfaces:", "Required within one year of hire:", "Only if you lead:"]


@pytest.mark.parametrize("lead_in", BINDING)
def test_a_list_that_its_lead_in_binds_is_one_piece(lead_in: str) -> None:
    told = f"You map the feeds of our clinics in Ohio and Texas, and nurses tell you what to mend. {lead_in}"
    source = f"# Engineer\n\n## Duties\n\n{told}\n\n- Radiology images\n- Billing claims\n"
    units = [unit.text for unit in prepare(source, "job.md").sources.posting.units]
    assert any(text.startswith(lead_in) and text.endswith("Billing claims") for text in units)


@pytest.mark.parametrize("heading", BINDING)
def test_what_a_heading_binds_stays_under_it(heading: str) -> None:
    source = f"# Engineer\n\nWe map feeds.\n\n## {heading}\n\n- Radiology images\n- Billing claims\n"
    units = {unit.text: unit.id for unit in prepare(source, "job.md").sources.posting.units}
    lists: dict[str, Any] = {key: [] for key in ("coverage", "findings", "dismissed", "questions", "removals")}
    told = {"kind": "duties", "heading": "", "lines": [{"keep": [units["Radiology images"], units["We map feeds."]]}]}
    draft, _ = draft_reply(source, "job.md", {"summary": "", "title": None, **lists, "sections": [told]})
    assert under(draft, "- Radiology images") == heading
    assert draft.text.count(heading) == 1
