"""What the employer states for all postings: told to the model with its sections, and held to them by code."""

import pytest

from postwright.domain.config import ProfileFact
from postwright.domain.draft import Draft
from postwright.domain.posting import SectionKind
from postwright.prompting.library import Prompts
from postwright.workflows.asking import request_for
from postwright.workflows.drafting import draft_reply, prepare, profile_facts

TEXT = "# FHIR engineer\n\nWe connect hospitals.\n\n## You will\n\n- Build FHIR interfaces\n"
FACTS = (
    ProfileFact("We run Epic in nine clinics.", (SectionKind.INTEGRATION, SectionKind.ABOUT), "p4"),
    ProfileFact("We are a nonprofit."),
)
REPLY: dict[str, object] = {
    "summary": "",
    "coverage": [],
    "findings": [],
    "dismissed": [],
    "questions": [],
    "title": None,
    "removals": [],
}


def drafted(kind: str, *, keep: bool = False) -> Draft:
    line = (
        {"keep": ["p4"]} if keep else {"id": "l1", "text": "We run Epic in nine clinics.", "sources": ["p4"], "why": ""}
    )
    sections = [
        {"kind": "mission", "heading": "", "lines": [{"keep": ["u2"]}]},
        {"kind": "duties", "heading": "", "lines": [{"keep": ["u4"]}]},
        {"kind": kind, "heading": "", "lines": [line]},
    ]
    draft, _ = draft_reply(TEXT, "a.md", {**REPLY, "sections": sections}, profile=FACTS)
    return draft


@pytest.mark.parametrize("keep", [False, True])
def test_a_fact_stands_in_the_sections_that_the_employer_allows(*, keep: bool) -> None:
    draft = drafted("about", keep=keep)
    assert "We run Epic in nine clinics." in draft.text
    assert draft.violations == ()


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("kind", ["offer", "mission", "pay", "other"])
def test_a_line_that_cites_a_fact_elsewhere_is_withdrawn_and_says_where_it_may_stand(kind: str, *, keep: bool) -> None:
    draft = drafted(kind, keep=keep)
    assert "nine clinics" not in draft.text
    assert any("allows only in: integration, about" in violation.says for violation in draft.violations)


def test_a_fact_without_sections_may_stand_in_any() -> None:
    line = {"id": "l1", "text": "We are a nonprofit.", "sources": ["p1"], "why": ""}
    sections = [
        {"kind": "offer", "heading": "", "lines": [line]},
        {"kind": "duties", "heading": "", "lines": [{"keep": ["u2", "u4"]}]},
    ]
    draft, _ = draft_reply(TEXT, "a.md", {**REPLY, "sections": sections}, profile=FACTS)
    assert "We are a nonprofit." in draft.text


def test_the_model_is_told_each_fact_with_its_id_and_its_sections_in_the_second_block() -> None:
    request = request_for(prepare(TEXT, "a.md", profile=FACTS), Prompts(), {})
    assert "[p4 | integration, about] We run Epic in nine clinics." in request.ask.profile
    assert "[p1 | any section] We are a nonprofit." in request.ask.profile
    assert "nine clinics" not in request.ask.shared + request.ask.turns[0].text


def test_a_fact_keeps_its_id_when_others_come_before_it() -> None:
    facts = profile_facts(("one", ProfileFact("two", (), "p1"), "three", ProfileFact("four", (), "p3")))
    assert [(fact.text, fact.id) for fact in facts] == [("one", "p2"), ("two", "p1"), ("three", "p4"), ("four", "p3")]
