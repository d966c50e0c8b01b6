"""The audit in the terminal and as JSON."""

import json
import re
from pathlib import Path

import pytest

from postwright.domain.team import Aside, Audit, Heads, Placement, TeamLayer
from postwright.reports.style import ANSI
from postwright.reports.team import as_json, by_reason, lines, short_paths
from postwright.rules.team import audit

DOCS = Path(__file__).parents[3] / "docs/audit-json.md"
TEAM = Heads(
    {TeamLayer.CLINICAL: 1, TeamLayer.INTEGRATION: 2, TeamLayer.COMPLIANCE: 0, TeamLayer.ML: 6},
    {TeamLayer.INTEGRATION: 2},
)


def posting(layer: TeamLayer, path: str = "jobs/a.md", title: str = "A job", why: str = "Because.") -> Placement:
    return Placement(path, title, layer, why, mentions_ai=True)


def both() -> Audit:
    found = [posting(TeamLayer.CLINICAL), posting(TeamLayer.ML, "jobs/b.md"), posting(TeamLayer.OTHER, "jobs/c.md")]
    return audit(found, [Aside("jobs/d.md", "The file is empty."), Aside("jobs/e.md", "too large", failed=True)], TEAM)


def test_the_terminal_shows_mix_heads_test_and_reasons() -> None:
    text = "\n".join(lines(both()))
    assert "3 open postings by layer" in text
    assert "EHR integration               2 of 2    touched FHIR" in text
    assert "Over-indexed: 6 in ML research against 2" in text
    assert "! Missing layer, compliance and validation" in text
    assert "A job  [b.md]" in text
    assert "0 of 1 ask for what makes a head count here: shadowed clinicians at work." in text


def test_files_that_could_not_be_read_come_before_those_that_are_no_postings() -> None:
    text = "\n".join(lines(both()))
    assert text.index("jobs/e.md") < text.index("jobs/d.md")


@pytest.mark.parametrize("width", [72, 80, 120])
def test_lines_keep_to_the_width(width: int) -> None:
    assert max(len(line) for line in lines(both(), width=width)) <= width


def test_a_hostile_title_stays_one_plain_line() -> None:
    found = audit([posting(TeamLayer.CLINICAL, title="Nurse\x1b[31m\nWARNING\u202e")])
    (line,) = [line for line in lines(found) if "Nurse" in line]
    assert "\x1b" not in line
    assert "\u202e" not in line


def test_colours_are_only_there_when_asked_for() -> None:
    assert not any("\x1b" in line for line in lines(both()))
    assert any("\x1b" in line for line in lines(both(), style=ANSI))


def test_an_empty_audit_says_no_data() -> None:
    assert "No data: No postings in the three layers or in ML research." in "\n".join(lines(audit()))


def test_json_says_the_same_and_every_field_is_documented() -> None:
    data = json.loads(as_json(both(), "1.2"))
    assert data["version"] == 1
    assert data["postings"]["index"] == "not over-indexed"
    assert (data["heads"]["ratio"], data["heads"]["margin"], data["heads"]["index"]) == (3.0, 4, "over-indexed")
    assert data["heads"]["stated"] == {"clinical": 1, "integration": 2, "compliance": 0, "ml": 6}
    assert sum(share["percent"] for share in data["mix"]) == 100
    named = set(re.findall(r"`([a-z_]+)`", DOCS.read_text(encoding="utf-8")))
    fields = set(data) | set(data["heads"]) | set(data["placements"][0]) | set(data["not_counted"][0])
    assert fields <= named


def test_what_was_not_looked_at_is_null_and_not_a_pass() -> None:
    assert json.loads(as_json(audit(heads=TEAM, looked=False), "1"))["postings"] is None
    assert json.loads(as_json(audit(), "1"))["heads"] is None
    assert json.loads(as_json(audit(), "1"))["postings"]["index"] == "no data"


def test_a_name_that_is_no_text_does_not_stop_json() -> None:
    assert json.loads(as_json(audit([posting(TeamLayer.CLINICAL, "jobs/\udcff.md")]), "1"))


def test_paths_lose_the_folder_that_they_share() -> None:
    assert short_paths(["a/b/c.md", "a/d/e.md"]) == {"a/b/c.md": "b/c.md", "a/d/e.md": "d/e.md"}
    assert short_paths(["a/b.md"]) == {"a/b.md": "b.md"}
    assert short_paths([]) == {}


def test_the_reason_that_most_share_comes_first() -> None:
    rare, common = posting(TeamLayer.ML, why="rare"), posting(TeamLayer.ML, why="common")
    assert [why for why, _ in by_reason([rare, common, common])] == ["common", "rare"]
