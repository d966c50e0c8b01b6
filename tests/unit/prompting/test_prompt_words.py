"""What the prompt teaches agrees with what code enforces."""

import json
import re

import pytest
from pydantic import TypeAdapter

from postwright.domain.finding import Layer, Severity
from postwright.domain.house import HEADINGS
from postwright.domain.posting import SectionKind, Span, Strength, Unit, UnitKind
from postwright.domain.reply import Dismissal, NewFinding, OpenQuestion, ProposedTitle, Removal, Reply, ReplyLine
from postwright.fidelity import pending
from postwright.fidelity.pending import proposal_wrong
from postwright.fidelity.sources import Sources
from postwright.fidelity.strengths import weigh
from postwright.knowledge.loader import load
from postwright.prompting.library import Prompts
from postwright.reading.posting import read

SHARED = Prompts().shared()
FLAT = " ".join(SHARED.split())
EXAMPLES = re.findall(r"```json\n(.+?)\n```", SHARED, re.DOTALL)
PARTS: TypeAdapter[object] = TypeAdapter(
    ReplyLine | Removal | NewFinding | Dismissal | OpenQuestion | ProposedTitle,
)


def test_every_house_heading_and_kind_is_taught() -> None:
    for kind in SectionKind:
        if kind is not SectionKind.TITLE:
            assert f"  {kind.value}: {HEADINGS[kind] or '('}" in SHARED


def test_every_layer_and_severity_is_taught() -> None:
    for name in (*Layer, *Severity):
        assert name.value in SHARED


def test_every_field_of_the_reply_is_taught() -> None:
    for field in Reply.model_fields:
        assert f"`{field}`" in SHARED or f"**{field}**" in SHARED


def test_the_frame_words_are_those_that_code_allows() -> None:
    for words in load("words")["frame"].values():
        assert ", ".join(words) in SHARED


def test_every_role_family_is_taught_with_the_layers_that_code_gives_it() -> None:
    rows = re.findall(r"^\|[^|]+\| ([a-z, ]+) \|[^|]+\|[^|]+\|$", SHARED, re.MULTILINE)
    owned = [", ".join(what["owns"]) or "none" for what in load("ownership")["families"].values()]
    assert sorted(row for row in rows if row != "owns") == sorted(owned)


def test_the_worked_examples_are_many() -> None:
    assert len(EXAMPLES) >= 15


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_worked_example_fits_the_schema(example: str) -> None:
    PARTS.validate_python(json.loads(example))


def test_no_line_of_the_prompt_is_said_twice() -> None:
    lines = [line.strip() for line in SHARED.splitlines() if len(line.strip()) > 40]
    assert len(lines) == len(set(lines))


def test_every_word_that_a_proposal_may_not_hold_is_told() -> None:
    rule = FLAT[FLAT.index("**5. Suggestions are marked.**") : FLAT.index("**6. Clean text.**")].lower()
    stems = re.findall(r"[a-z]{3,}", re.sub(r"\\[bw]\*?|\(\?:[^)]*\)|\[[^\]]*\]", " ", pending.LEGAL.pattern))
    assert len(stems) > 30
    assert [s for s in stems if s.removeprefix("un")[:6] not in rule] == []


def test_no_word_told_to_be_kept_out_of_proposals_would_pass() -> None:
    rule = FLAT[FLAT.index("whatever it means there:") : FLAT.index("It makes no clinical")]
    words = re.split(r"[,;:.]\s*", rule.partition(":")[2])
    sources = Sources(read("# Any posting\n", "any.md"))
    assert [w for w in words if w.strip() and not list(proposal_wrong(f"You plan {w} work.", sources))] == []


def allowed(strength: Strength) -> set[str]:
    """The kinds of section that the table of the prompt allows for sources of this strength."""
    table = SHARED[SHARED.index("| the sources are |") : SHARED.index("- Lowered is allowed")]
    name = strength.name.lower()
    row = next(
        line for line in table.splitlines() if re.match(rf"\| (?:nice or )?{name}\b", line) and f"or {name}" not in line
    )
    return set(re.findall(r"[a-z_]+", row.split("|")[2])) & {kind.value for kind in SectionKind}


@pytest.mark.parametrize("strength", [s for s in Strength if s is not Strength.UNKNOWN])
def test_the_table_of_sections_agrees_with_the_check(strength: Strength) -> None:
    """One unit of a strength, put into each kind of section: stands, is lowered, or is refused as the table says."""
    unit = Unit("x1", UnitKind.ITEM, Span(0, 11), "Epic feeds.", strength=strength)
    weighed = {kind: weigh("Epic feeds.", kind, [unit]) for kind in SectionKind if kind is not SectionKind.TITLE}
    stands = {kind.value for kind, what in weighed.items() if not what.raised and not what.lowered}
    assert stands == allowed(strength)


def test_a_list_of_open_strength_stands_only_among_the_qualifications() -> None:
    unit = Unit("x1", UnitKind.ITEM, Span(0, 11), "Epic feeds.", strength=Strength.UNKNOWN)
    weighed = {kind: weigh("Epic feeds.", kind, [unit]) for kind in SectionKind if kind is not SectionKind.TITLE}
    assert {kind.value for kind, what in weighed.items() if not what.raised and not what.lowered} == {"qualifications"}
    refused = {kind.value for kind, what in weighed.items() if what.raised}
    assert refused == {
        "outcomes",
        "clinical",
        "integration",
        "compliance",
        "duties",
        "must_have",
        "nice_to_have",
        "conditions",
    }
