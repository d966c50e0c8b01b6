"""Headings that say something of their own stay over what they head, and are no demand for staying there."""

from postwright.domain.reply import Reply
from postwright.fidelity.sources import Sources
from postwright.reading.posting import read
from postwright.workflows.drafting import draft_of, prepare, violations_of

FIELDS = """# Fraud Analyst, Clinical Data

## Key Objectives

### 1. Lead the practice

- Set goals for the practice

## Basic information

### Number of vacancies:

Three, and more may be filled
"""


def reply(*sections: tuple[str, list[str]]) -> Reply:
    said = [{"kind": kind, "heading": "", "lines": [{"keep": keep}]} for kind, keep in sections]
    empty: dict[str, list[str]] = {name: [] for name in ("coverage", "findings", "dismissed", "questions", "removals")}
    return Reply.model_validate({"summary": "", "title": None, "sections": said, **empty})


def ids(kind: str) -> list[str]:
    """The units of a kind of section that a reply must name."""
    posting = read(FIELDS, "fraud.md")
    sources = Sources(posting)
    return [u.id for u in posting.units if u.section.value == kind and not (sources.is_label(u) or u.protected)]


def test_a_numbered_heading_among_duties_is_no_duty() -> None:
    ready = prepare(FIELDS, "fraud.md")
    told = reply(("outcomes", ids("outcomes")), ("other", ids("other")))
    assert violations_of(ready, told) == ()
    text = draft_of(ready, told)[0].text
    assert text.index("### 1. Lead the practice") < text.index("- Set goals for the practice")


def test_a_numbered_heading_in_another_section_is_still_weighed() -> None:
    numbered = next(u.id for u in read(FIELDS, "fraud.md").units if u.text.startswith("1. Lead"))
    told = reply(("must_have", [numbered]), ("outcomes", [i for i in ids("outcomes") if i != numbered]))
    assert any(v.invariant == "I4" for v in violations_of(prepare(FIELDS, "fraud.md"), told))


def test_a_heading_that_names_a_value_is_no_label() -> None:
    posting = read(FIELDS, "fraud.md")
    labels = {u.text for u in posting.units if Sources(posting).is_label(u)}
    assert labels == {"Fraud Analyst, Clinical Data", "Key Objectives", "Basic information"}


def test_a_value_keeps_its_name_over_it() -> None:
    ready = prepare(FIELDS, "fraud.md")
    text = draft_of(ready, reply(("outcomes", ids("outcomes")), ("other", ids("other"))))[0].text
    assert "### Number of vacancies:\n\nThree" in text
