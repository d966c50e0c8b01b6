"""What requests cost, against sums done by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.errors import UsageProblem
from postwright.domain.model import Usage
from postwright.llm.prices import price_table
from postwright.llm.providers import DEFAULT_MODEL

MILLION = 1_000_000


def test_the_table_has_a_date() -> None:
    assert date.fromisoformat(price_table().as_of) >= date(2026, 10, 24)


def test_the_default_model_is_in_the_table() -> None:
    assert price_table().knows(DEFAULT_MODEL)


def test_every_column_counts() -> None:
    usage = Usage(input=MILLION, cache_write_5m=MILLION, cache_write_1h=MILLION, cache_read=MILLION, output=MILLION)
    assert price_table().cost("claude-sonnet-5-5", usage) == pytest.approx(2 + 2.5 + 4 + 0.1 + 10)


def test_a_posting_of_the_usual_size() -> None:
    """8k tokens from the cache, 1.5k of posting, 1.2k of reply."""
    usage = Usage(input=1_500, cache_read=8_000, output=1_200)
    assert price_table().cost("claude-sonnet-5-5", usage) == pytest.approx(0.0158)


def test_a_batch_costs_half() -> None:
    usage = Usage(input=1_500, cache_read=8_000, output=1_200, batch=True)
    assert price_table().cost("claude-sonnet-5-5", usage) == pytest.approx(0.0079)


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        (Usage(input=100_000, output=MILLION), 0.01 + 0.50),
        (Usage(input=100_001, output=MILLION), 0.0500005 + 2.50),
        (Usage(input=1, cache_read=60_000, cache_write_1h=40_000), 0.0000005 + 0.003 + 0.04),
    ],
)
def test_haiku_steps_with_the_whole_prompt(usage: Usage, dollars: float) -> None:
    assert price_table().cost("claude-haiku-5-5", usage) == pytest.approx(dollars)


@pytest.mark.parametrize("model", ["claude-fable-5-2", "llama3", "", "claude-sonnet-5-5-turbo"])
def test_an_unlisted_model_costs_unknown_not_nothing(model: str) -> None:
    assert price_table().cost(model, Usage(input=1)) is None
    assert not price_table().knows(model)


def test_a_dated_snapshot_costs_what_its_model_costs() -> None:
    table, usage = price_table(), Usage(input=MILLION)
    assert table.cost("claude-haiku-4-5-20251001", usage) == table.cost("claude-haiku-4-5", usage) == 1.0


def test_uncounted_tokens_cost_unknown() -> None:
    assert price_table().cost(DEFAULT_MODEL, Usage(known=False)) is None


def test_a_users_price_is_used_with_the_usual_cache_prices() -> None:
    table = price_table().override({"my-model": {"input": 4, "output": 8.0}})
    usage = Usage(MILLION, MILLION, MILLION, MILLION, MILLION)
    assert table.cost("my-model", usage) == pytest.approx(4 + 5 + 8 + 0.4 + 8)
    assert price_table().cost("my-model", usage) is None


def test_a_users_price_outranks_ours() -> None:
    entry = {"input": 1, "output": 1, "read": 0, "write_5m": 0, "write_1h": 0}
    table = price_table().override({DEFAULT_MODEL: entry})
    assert table.cost(DEFAULT_MODEL, Usage(MILLION, MILLION, MILLION, MILLION, MILLION)) == 2


@pytest.mark.parametrize(
    "entry",
    [
        3,
        {"input": 3},
        {"input": 3, "output": "15"},
        {"input": 3, "output": -1},
        {"input": 3, "output": float("nan")},
        {"input": 3, "output": True},
        {"input": 3, "output": 15, "inputs": 1},
    ],
)
def test_a_users_price_that_is_none_is_named(entry: object) -> None:
    with pytest.raises(UsageProblem, match="my-model") as caught:
        price_table().override({"my-model": entry})
    assert caught.value.hint


@pytest.mark.parametrize("model", sorted(price_table().rates))
def test_reading_the_cache_is_cheaper_than_input_and_writing_dearer(model: str) -> None:
    for rate in price_table().rates[model]:
        assert rate.read < rate.input < rate.write_5m < rate.write_1h < rate.output


@given(*[st.integers(0, 10**7)] * 5)
def test_a_cost_is_never_negative_and_a_batch_is_half(
    sent: int, write_5m: int, write_1h: int, read: int, output: int
) -> None:
    live = price_table().cost(DEFAULT_MODEL, Usage(sent, write_5m, write_1h, read, output))
    batch = price_table().cost(DEFAULT_MODEL, Usage(sent, write_5m, write_1h, read, output, batch=True))
    assert live is not None
    assert batch is not None
    assert live >= 0
    assert batch == pytest.approx(live / 2)
