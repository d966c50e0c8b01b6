"""The Three-Layer Audit: heads that count, and the test's edges."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.team import THREE, Balance, Heads, Index, Placement, TeamLayer
from postwright.rules.team import audit, checked_heads, mix_of


def opening(layer: TeamLayer, own_models: str = "") -> Placement:
    return Placement("a.md", "A job", layer, "", own_models=own_models, mentions_ai=True)


def heads(**stated: int) -> Heads:
    return Heads({TeamLayer(layer): number for layer, number in stated.items()})


@pytest.mark.parametrize(
    ("balance", "index"),
    [
        (Balance(), Index.NO_DATA),
        (Balance(ml=1), Index.OVER),
        (Balance(1, 1, 1, 3), Index.NOT_OVER),
        (Balance(1, 1, 1, 4), Index.OVER),
        (Balance(clinical=1), Index.NOT_OVER),
    ],
)
def test_only_more_is_over_indexed(balance: Balance, index: Index) -> None:
    assert balance.index is index


def test_without_a_layer_there_is_no_ratio() -> None:
    assert Balance(ml=6).ratio is None
    assert Balance(1, 2, 0, 6).ratio == 2.0
    assert Balance(1, 2, 0, 6).margin == 3


def test_heads_without_evidence_do_not_count() -> None:
    team = Heads(heads(clinical=3, integration=3, compliance=3, ml=2).stated, {TeamLayer.INTEGRATION: 1})
    found = audit(heads=team, looked=False)
    assert found.heads is not None
    assert found.heads.balance == Balance(integration=1, ml=2)
    assert found.heads.balance.index is Index.OVER
    assert "By job titles alone it would be: not over-indexed (2 to 9)." in found.notes


def test_heads_that_all_lack_evidence_leave_no_data_and_every_layer_missing() -> None:
    found = audit(heads=heads(clinical=2), looked=False)
    assert found.heads is not None
    assert found.heads.balance.index is Index.NO_DATA
    assert [layer for layer, _ in found.missing] == list(THREE)
    assert "2 stated, none with evidence: shadowed clinicians at work" in found.missing[0][1]


def test_nothing_at_all_is_no_data_and_warns_of_nothing() -> None:
    found = audit()
    assert found.postings is not None
    assert found.postings.balance.index is Index.NO_DATA
    assert found.missing == ()
    assert found.mix == ()


def test_zero_heads_are_no_data() -> None:
    found = audit(heads=heads(clinical=0, integration=0, compliance=0, ml=0), looked=False)
    assert found.heads is not None
    assert found.heads.balance.index is Index.NO_DATA
    assert found.missing == ()


@pytest.mark.parametrize("layer", THREE)
def test_four_postings_of_one_layer_give_two_missing_layer_warnings(layer: TeamLayer) -> None:
    found = audit([opening(layer)] * 4)
    assert [missing for missing, _ in found.missing] == [other for other in THREE if other is not layer]


def test_postings_of_other_work_are_no_data_for_the_test_but_miss_every_layer() -> None:
    found = audit([opening(TeamLayer.OTHER), opening(TeamLayer.DELIVERY)])
    assert found.postings is not None
    assert found.postings.balance.index is Index.NO_DATA
    assert [layer for layer, _ in found.missing] == list(THREE)


def test_a_head_that_counts_covers_a_layer_that_no_posting_hires_for() -> None:
    team = Heads({TeamLayer.CLINICAL: 1}, {TeamLayer.CLINICAL: 1})
    found = audit([opening(TeamLayer.INTEGRATION)], heads=team)
    assert [layer for layer, _ in found.missing] == [TeamLayer.COMPLIANCE]


def test_a_tie_of_postings_is_told_as_a_tie() -> None:
    found = audit([opening(TeamLayer.ML), opening(TeamLayer.CLINICAL)])
    assert found.postings is not None
    assert found.postings.says.endswith("equal is not over.")
    assert not found.postings.advice


def test_being_ahead_is_called_a_signal_about_hiring() -> None:
    found = audit([opening(TeamLayer.ML)])
    assert found.postings is not None
    assert "signal about where hiring goes, not about people" in found.postings.advice


def test_an_imaging_product_with_compliance_evidence_is_not_told_to_drop_ml() -> None:
    found = audit([opening(TeamLayer.ML, "medical imaging")] * 3 + [opening(TeamLayer.COMPLIANCE)])
    assert found.postings is not None
    assert found.postings.balance.index is Index.OVER
    assert found.postings.exempt
    assert "keep the ML roles" in found.postings.advice
    assert "is there to show that they hold up" in found.postings.advice


def test_an_imaging_product_without_evidence_is_asked_who_brings_it() -> None:
    found = audit([opening(TeamLayer.ML, "medical imaging")])
    assert found.postings is not None
    assert "What is missing is somebody who shows that they hold up" in found.postings.advice


def test_one_imaging_posting_of_three_makes_no_exception() -> None:
    found = audit([opening(TeamLayer.ML, "medical imaging"), opening(TeamLayer.ML), opening(TeamLayer.ML)])
    assert found.postings is not None
    assert not found.postings.exempt


def test_a_person_may_say_that_the_product_has_models_of_its_own() -> None:
    found = audit(heads=heads(ml=2), looked=False, own_models=True)
    assert found.heads is not None
    assert found.heads.exempt


def test_a_folder_without_ai_is_told_whom_the_layers_are_for() -> None:
    (note,) = audit([Placement("a.md", "A", TeamLayer.CLINICAL, "")]).notes
    assert note.startswith("No posting here mentions AI.")


def test_evidence_must_fit_the_heads() -> None:
    stated = {TeamLayer.CLINICAL: 1, TeamLayer.ML: 2}
    assert checked_heads(stated, {TeamLayer.CLINICAL: 1}) == ""
    assert checked_heads(stated, {TeamLayer.CLINICAL: 2}) == "more heads with evidence than heads in clinical"
    assert checked_heads(stated, {TeamLayer.ML: 1}) == "ml needs no evidence: its heads count as stated"


@settings(max_examples=100)
@given(st.lists(st.sampled_from(TeamLayer), min_size=1, max_size=300))
def test_the_mix_sums_to_a_hundred_and_misses_no_posting(layers: list[TeamLayer]) -> None:
    mix = mix_of([opening(layer) for layer in layers])
    assert sum(share.percent for share in mix) == 100
    assert sum(share.count for share in mix) == len(layers)
    assert all(abs(share.percent - 100 * share.count / len(layers)) < 1 for share in mix)


@settings(max_examples=100)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_more_ml_never_helps_and_more_of_a_layer_never_hurts(numbers: list[int]) -> None:
    clinical, integration, compliance, ml = numbers
    over = Balance(clinical, integration, compliance, ml).index is Index.OVER
    assert Balance(clinical, integration, compliance, ml + 1).index is Index.OVER or not over
    assert Balance(clinical + 1, integration, compliance, ml).index is not Index.OVER or over
