"""How well a posting hires for each layer."""

import pytest

from postwright.domain.finding import Layer, LayerCoverage
from postwright.domain.posting import Posting
from postwright.reading.posting import read
from postwright.rules.coverage import coverage_of
from postwright.rules.scope import scope_of


def posting(title: str, duties: str, more: str = "") -> Posting:
    return read(
        f"# {title}\n\nOur hospital cares for patients.\n\n## What you will do\n\n{duties}\n{more}", "posting.md"
    )


def layer(source: Posting, which: Layer) -> LayerCoverage:
    return next(c for c in coverage_of(source, scope_of(source)) if c.layer is which)


@pytest.mark.parametrize(
    ("duties", "score"),
    [
        ("- Paint the walls", 0),
        ("- Help with HL7 feeds as needed", 2),
        ("- Build and run HL7 v2 feeds (ADT, ORU)", 3),
        ("- Build HL7 v2 feeds and restore a failed feed within 30 minutes", 4),
    ],
)
def test_a_layer_scores_by_how_far_its_duties_go(duties: str, score: int) -> None:
    assert layer(posting("Platform Person", duties), Layer.INTEGRATION).score == score


def test_a_term_outside_the_duties_only_names_the_layer() -> None:
    source = posting("Platform Person", "- Paint the walls", "\n## You need\n\n- FHIR R4 experience\n")
    assert layer(source, Layer.INTEGRATION).score == 1


def test_the_units_that_show_the_layer_are_cited() -> None:
    source = posting("Platform Person", "- Paint the walls\n- Build HL7 v2 feeds")
    (cited,) = layer(source, Layer.INTEGRATION).units
    assert source.unit(cited).text == "Build HL7 v2 feeds"


def test_the_name_of_a_law_is_no_duty() -> None:
    source = posting("Platform Person", "- Make sure we are HIPAA compliant")
    assert layer(source, Layer.COMPLIANCE).score == 1


def test_a_licence_or_a_ward_is_no_duty() -> None:
    source = posting("Ward Nurse", "- Work as a registered nurse in the emergency department")
    assert layer(source, Layer.CLINICAL).score == 1


@pytest.mark.parametrize(
    "notice",
    [
        "\n## Benefits\n\n- Care coordination and telehealth visits for staff\n",
        "\nComplete annual HIPAA training and a background check.\n",
        "\n## Equal opportunity\n\nWe hire clinical informatics people without regard to race or sex.\n",
    ],
)
def test_notices_and_benefits_do_not_count(notice: str) -> None:
    source = posting("Platform Person", "- Paint the walls", notice)
    assert [c.score for c in coverage_of(source, scope_of(source)) if c.layer is not Layer.EXECUTION] == [0, 0, 0]


def test_plain_words_count_where_the_family_owns_the_layer() -> None:
    duties = "- You lead the response to freedom of information requests and review supplier policies"
    assert layer(posting("Information Governance Manager", duties), Layer.COMPLIANCE).score == 3
    assert layer(posting("Ward Nurse", duties), Layer.COMPLIANCE).score == 0


def test_an_owned_layer_without_a_duty_has_a_gap_in_plain_words() -> None:
    found = layer(posting("Integration Engineer", "- Paint the walls of the FHIR software lab"), Layer.CLINICAL)
    assert not found.owned
    assert layer(posting("Integration Engineer, HL7", "- Paint the walls"), Layer.INTEGRATION).gap.startswith(
        "Systems are named"
    )


def test_a_partner_covers_what_the_family_does_not_own() -> None:
    duties = "- Ship LLM features with our nurse informaticist, who decides what a correct draft is"
    found = layer(posting("LLM Engineer", duties), Layer.CLINICAL)
    assert found.others == "nurse informaticist"
    assert found.gap == ""


def test_a_partner_is_named_in_one_line_and_not_across_two() -> None:
    apart = "- Ship LLM features with\n- nurses, who decide what a correct draft is"
    assert layer(posting("LLM Engineer", apart), Layer.CLINICAL).others == ""
    assert layer(posting("LLM Engineer", apart.replace("\n- ", " ")), Layer.CLINICAL).others == "nurses"


def test_a_team_that_ships_ai_is_asked_who_covers_the_rest() -> None:
    found = layer(posting("LLM Engineer", "- Ship LLM features"), Layer.INTEGRATION)
    assert "does not say who covers it" in found.gap


def test_nobody_asks_a_ward_nurse_who_covers_interfaces() -> None:
    assert layer(posting("Ward Nurse", "- Care for patients"), Layer.INTEGRATION).gap == ""


def test_every_layer_is_judged_once_and_in_order() -> None:
    source = posting("Integration Engineer", "- Build HL7 feeds")
    assert [c.layer for c in coverage_of(source, scope_of(source))] == list(Layer)
