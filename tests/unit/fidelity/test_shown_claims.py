"""What a model may claim beside the text: in titles, suggestions and remarks."""

import pytest

from postwright.fidelity.clean import shown_wrong
from postwright.fidelity.pending import proposal_wrong, title_wrong
from postwright.fidelity.sources import Sources
from postwright.reading.posting import read

SOURCES = Sources(read("# Sr Integration Engineer\n\nOur clinic maps feeds with nurses and pharmacists.\n", "job.md"))


@pytest.mark.parametrize("title", ["Head of Integration", "Integration Intern", "Contract Engineer of Integration"])
def test_a_title_changes_neither_rank_nor_terms(title: str) -> None:
    assert any("rank" in says for says in title_wrong(title, SOURCES))


@pytest.mark.parametrize("title", ["Senior Integration Engineer", "Clinic Integration Engineer"])
def test_a_title_may_say_the_rank_that_the_posting_says(title: str) -> None:
    assert list(title_wrong(title, SOURCES)) == []


@pytest.mark.parametrize(
    "text",
    [
        "You map feeds for our award-winning product",
        "You map feeds for the market leader in discharge calls",
        "You share in our stock plan while mapping feeds",
        "You bring decades of mapping feeds with nurses",
    ],
)
def test_a_suggestion_praises_and_promises_nothing(text: str) -> None:
    assert list(proposal_wrong(text, SOURCES))


@pytest.mark.parametrize(
    "text",
    [
        "How many of your forty nurses will help?",
        "This demand is illegal in Ohio.",
        "The notice violates the Civil Rights Act.",
        "The posting is compliant.",
    ],
)
def test_a_remark_counts_nobody_and_judges_no_law(text: str) -> None:
    assert shown_wrong(text, "Our nurses map feeds.", 320)


@pytest.mark.parametrize(
    "text", ["Seven demands for one job.", "The degree is required by law.", "Who owns compliance with the law?"]
)
def test_a_critic_may_count_and_ask(text: str) -> None:
    assert shown_wrong(text, "Our nurses map feeds.", 320) == ""
