"""SECURITY.md, the table of dependencies and CI's audit say what is there."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NAME = re.compile(r"[A-Za-z0-9_.-]+")
OURS = {"dev", "compare", "formats"}
"""Extras that install what is tested with, or only other extras."""


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, its header left out."""
    text = (ROOT / page).read_text().split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    table = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required() -> set[str]:
    extras = (names for extra, names in PROJECT["optional-dependencies"].items() if extra not in OURS)
    found = (NAME.match(line) for line in chain(PROJECT["dependencies"], *extras))
    return {normal(name.group()) for name in found if name is not None}


def justified() -> set[str]:
    cells = (row[0] for row in rows("ARCHITECTURE.md", "Dependencies"))
    return {normal(name) for cell in cells for name in NAME.findall(cell)}


def test_each_dependency_is_justified_and_each_that_is_justified_is_one() -> None:
    assert required() == justified()
    assert all(all(cells) for cells in rows("ARCHITECTURE.md", "Dependencies")), "a library without a reason"


def test_each_dependency_has_a_lowest_and_a_highest_version() -> None:
    extras = (names for extra, names in PROJECT["optional-dependencies"].items() if extra not in OURS)
    assert all(">=" in line and "<" in line for line in chain(PROJECT["dependencies"], *extras))


@pytest.mark.parametrize("row", rows(".github/SECURITY.md", "Threats"), ids=lambda row: row[1][:60])
def test_each_threat_names_a_defence_and_tests_that_exist(row: list[str]) -> None:
    assert all(row)
    tests = re.findall(r"`([\w/]+(?:\.py|/))`", row[3])
    assert tests
    for name in tests:
        place = ROOT / "tests" / name
        assert place.is_file() if name.endswith(".py") else any(place.glob("**/test_*.py")), name


def test_ci_audits_what_an_installation_brings_along() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())["jobs"]
    steps = [step.get("run", "") for step in jobs["audit"]["steps"]]
    assert any("pip_audit --strict" in run and "[formats]" in run for run in steps)
    assert jobs["audit"]["permissions"] == {"contents": "read"}
    assert all(
        re.search(r"@[0-9a-f]{40}$", step["uses"]) for job in jobs.values() for step in job["steps"] if "uses" in step
    )


def test_the_page_counts_its_cases_as_they_are() -> None:
    from hostile.documents import HIDINGS, OPEN  # noqa: PLC0415 - slow to make, and only here
    from hostile.leak_cases import CLEAN, PATIENT_DATA, SECRETS  # noqa: PLC0415
    from hostile.more_attacks import MORE_ATTACKS  # noqa: PLC0415
    from hostile.postings import ATTACKS  # noqa: PLC0415

    page = (ROOT / ".github/SECURITY.md").read_text()
    assert f"{len(ATTACKS) + len(MORE_ATTACKS)} postings" in page
    assert f"{len(HIDINGS)} ways of hiding" in page
    assert f"{len(OPEN)} files that only look like it" in page
    assert f"{len(PATIENT_DATA)} forms of patient data, {len(SECRETS)} of secrets, {len(CLEAN)} look-alikes" in page
