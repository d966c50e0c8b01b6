"""Every worked example that the prompt shows passes what code checks, and every line it warns of is refused by it."""

import json
import re

import pytest

from postwright.domain.finding import Layer
from postwright.domain.posting import SectionKind, Span, Strength, Unit, UnitKind
from postwright.domain.reply import NewFinding, ProposedTitle, Removal, Reply
from postwright.fidelity.check import Checked, check
from postwright.fidelity.pending import proposal_wrong, title_wrong
from postwright.fidelity.pieces import flatten
from postwright.fidelity.shown import sifted
from postwright.fidelity.sources import Sources
from postwright.prompting.library import Prompts
from postwright.reading.meaning.strength import effective
from postwright.reading.posting import read

SHARED = Prompts().shared()
WORKED = SHARED[SHARED.index("# Worked examples") :]
WRONG = WORKED[WORKED.index("## Tempting and wrong") :]
FLAT = " ".join(SHARED.split())
SHAPES = FLAT[FLAT.index("Good shapes for a proposal") : FLAT.index("A shape is no text")]
LABEL = re.compile(
    r"^    \[([\w.]+) \| (?:(heading|item|sentence|row) \| )?(\w+) \| (\w+)([^\]]*)\] (.+)$", re.MULTILINE
)
PLACED = re.compile(r"In `(\w+)`:\n\n```json\n(.+?)\n```", re.DOTALL)
LOOSE = re.compile(r"(?<!`:\n\n)```json\n(.+?)\n```", re.DOTALL)
TEMPTING = re.compile(r'^- `(\w+)`: "([^"]+)", from ((?:"[^"]+"\s\(\w+\)(?:\sand\s)?)+)\.', re.MULTILINE)
SOURCE = re.compile(r'"([^"]+)"\s\((\w+)\)')


def worked_units() -> dict[str, Unit]:
    found = {}
    for name, kind, section, strength, _marks, text in LABEL.findall(WORKED):
        kind_of_unit = UnitKind(kind or "answer")
        found[name] = Unit(
            name,
            kind_of_unit,
            Span(0, len(text)),
            text,
            section=SectionKind(section),
            strength=Strength[strength.upper()],
        )
    return found


UNITS = worked_units()
PLACED_LINES = [(section, json.loads(block)) for section, block in PLACED.findall(WORKED)]
OTHERS = [json.loads(block) for block in LOOSE.findall(WORKED)]
TITLES = [example for example in OTHERS if set(example) == {"text", "why"}]
OWNED = frozenset(layer.value for layer in Layer)


def sources_of(units: dict[str, Unit]) -> Sources:
    return Sources(read("# Any posting\n", "any.md"), tuple(units.values()))


def reply_of(lines: list[tuple[str, dict[str, object]]]) -> Reply:
    """A reply that says all the worked examples at once, or only `lines`."""
    kinds = list(dict.fromkeys(section for section, _ in lines))
    return Reply.model_validate(
        {
            "summary": "",
            "coverage": [],
            "findings": [example for example in OTHERS if "quote" in example],
            "dismissed": [example for example in OTHERS if "finding" in example],
            "questions": [example for example in OTHERS if "ask" in example],
            "title": None,
            "sections": [
                {"kind": kind, "heading": "", "lines": [line for section, line in lines if section == kind]}
                for kind in kinds
            ],
            "removals": [example for example in OTHERS if "group" in example],
        }
    )


def checked(lines: list[tuple[str, dict[str, object]]], units: dict[str, Unit]) -> Checked:
    sources = sources_of(units)
    return check(sources, flatten(sources, reply_of(lines)), OWNED)


def test_all_worked_lines_together_break_nothing() -> None:
    assert [v for v in checked(PLACED_LINES, UNITS).violations if v.line or not v.units] == []


@pytest.mark.parametrize(("section", "line"), PLACED_LINES, ids=lambda part: part if isinstance(part, str) else "")
def test_a_worked_line_asks_less_only_where_it_says_so(section: str, line: dict[str, object]) -> None:
    lowered = any(weighed.lowered for weighed in checked([(section, line)], UNITS).weighed.values())
    assert lowered == str(line.get("why", "")).startswith("lowered")


def test_every_worked_remark_may_be_shown() -> None:
    _, withheld = sifted(reply_of(PLACED_LINES), sources_of(UNITS))
    assert withheld == ()


def test_a_worked_finding_quotes_letter_by_letter() -> None:
    findings = [NewFinding.model_validate(example) for example in OTHERS if "quote" in example]
    assert findings
    assert [f.quote for f in findings if f.quote not in UNITS[f.unit].text] == []


def test_a_worked_unit_has_the_strength_that_the_reader_gives_it() -> None:
    said = {
        u.id: u.strength for u in UNITS.values() if u.kind is not UnitKind.ANSWER and u.section is not SectionKind.TITLE
    }
    read_so = {name: effective(UNITS[name].text, UNITS[name].section, "") for name in said}
    assert said == read_so


def test_a_worked_removal_names_units_that_are_shown() -> None:
    removals = [Removal.model_validate(example) for example in OTHERS if "group" in example]
    assert {unit for removal in removals for unit in removal.units} <= set(UNITS)


@pytest.mark.parametrize("text", re.findall(r'"([A-Z][^"]+)"', SHAPES))
def test_a_shape_of_a_proposal_only_suggests(text: str) -> None:
    assert list(proposal_wrong(text, sources_of(UNITS))) == []


@pytest.mark.parametrize("title", TITLES)
def test_a_worked_title_names_the_job(title: dict[str, str]) -> None:
    assert list(title_wrong(ProposedTitle.model_validate(title).text, sources_of(UNITS))) == []


def tempting() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Section, line and sources (text, strength) of each line that the prompt warns of."""
    flat = re.sub(r"\n  (?=\S)", " ", WRONG)
    return [(section, line, SOURCE.findall(sources)) for section, line, sources in TEMPTING.findall(flat)]


@pytest.mark.parametrize(("section", "line", "sources"), tempting())
def test_a_tempting_line_is_refused_by_code(section: str, line: str, sources: list[tuple[str, str]]) -> None:
    units = {
        f"x{n}": Unit(f"x{n}", UnitKind.ITEM, Span(0, len(text)), text, strength=Strength[strength.upper()])
        for n, (text, strength) in enumerate(sources)
    }
    told: list[tuple[str, dict[str, object]]] = [
        (section, {"id": "l1", "text": line, "sources": list(units), "why": ""})
    ]
    assert [v for v in checked(told, units).violations if v.line == "l1"]


def test_the_examples_are_found() -> None:
    assert len(PLACED_LINES) >= 17
    assert len([line for _, line in PLACED_LINES if "propose" in line]) >= 2
    assert len(PLACED_LINES) + len(OTHERS) == WORKED.count("```json")
    assert len(tempting()) == WRONG.count("\n- ") >= 9
    assert len(TITLES) >= 2


def test_each_way_to_treat_a_unit_is_shown() -> None:
    for name in ("Keep", "Reword", "Merge", "Split", "Lower", "Remove", "Propose", "Title", "Answers"):
        assert f"\n## {name}" in WORKED
