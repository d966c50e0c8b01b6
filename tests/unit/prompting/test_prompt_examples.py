"""Every worked line and every shape of a proposal that the prompt shows passes the checks that code makes."""

import json
import re

import pytest

from postwright.domain.posting import SectionKind, Span, Strength, Unit, UnitKind
from postwright.fidelity.invention import inventions
from postwright.fidelity.pending import proposal_wrong, title_wrong
from postwright.fidelity.sources import Sources
from postwright.prompting.library import Prompts
from postwright.reading.posting import read

SHARED = Prompts().shared()
WORKED = SHARED[SHARED.index("# Worked examples") :]
SHAPES = " ".join(SHARED[SHARED.index("Good shapes for a proposal") : SHARED.index("Time saved is a measure")].split())
LABEL = re.compile(r"^    \[([\w.]+) \| (?:(heading|item|sentence|row) \| )?(\w+) \| (\w+)[^\]]*\] (.+)$", re.MULTILINE)


def worked_units() -> dict[str, Unit]:
    found = {}
    for name, kind, section, strength, text in LABEL.findall(WORKED):
        found[name] = Unit(
            name,
            UnitKind(kind or "answer"),
            Span(0, len(text)),
            text,
            section=SectionKind(section),
            strength=Strength[strength.upper()],
        )
    return found


UNITS = worked_units()
SOURCES = Sources(read("# Any posting\n", "any.md"), tuple(UNITS.values()))
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.+?)\n```", WORKED, re.DOTALL)]
LINES = [example for example in EXAMPLES if "sources" in example]
PROPOSALS = [example["propose"] for example in EXAMPLES if "propose" in example]
TITLES = [example["text"] for example in EXAMPLES if set(example) == {"text", "why"}]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_a_worked_line_invents_nothing(line: dict[str, list[str]]) -> None:
    cited = [UNITS[name] for name in line["sources"]]
    assert list(inventions(str(line["text"]), cited, SOURCES)) == []


@pytest.mark.parametrize("text", [*PROPOSALS, *re.findall(r'"([A-Z][^"]+)"', SHAPES)])
def test_a_worked_proposal_only_suggests(text: str) -> None:
    assert list(proposal_wrong(text, SOURCES)) == []


@pytest.mark.parametrize("title", TITLES)
def test_a_worked_title_names_the_job(title: str) -> None:
    assert list(title_wrong(title, SOURCES)) == []


def test_the_examples_are_found() -> None:
    assert len(LINES) >= 8
    assert len(PROPOSALS) >= 2
    assert len(TITLES) >= 2
