"""The table of providers is true to the SDK, and says which prices are ours to claim."""

from types import MappingProxyType
from typing import Any

import anthropic
import pytest

from postwright.domain.config import PROVIDER_NAMES
from postwright.domain.errors import UsageProblem
from postwright.domain.model import Usage
from postwright.llm.providers import (
    ANTHROPIC,
    DEFAULT_MODEL,
    PROVIDERS,
    key_variable,
    model_for,
    prices_of,
    provider_named,
)

CLIENTS: MappingProxyType[str, Any] = MappingProxyType(
    {
        "anthropic": anthropic.AsyncAnthropic,
        "bedrock": anthropic.AsyncAnthropicBedrock,
        "bedrock-mantle": anthropic.AsyncAnthropicBedrockMantle,
        "aws": anthropic.AsyncAnthropicAWS,
        "vertex": anthropic.AsyncAnthropicVertex,
        "google-cloud": anthropic.AsyncAnthropicGoogleCloud,
        "foundry": anthropic.AsyncAnthropicFoundry,
    }
)
CLOUDS = sorted(PROVIDERS.keys() - {"anthropic"})


def test_every_client_of_the_sdk_has_a_provider() -> None:
    found = {name for name in vars(anthropic) if name.startswith("AsyncAnthropic")}
    assert found == {client.__name__ for client in CLIENTS.values()}
    assert PROVIDERS.keys() == CLIENTS.keys()


def test_the_config_knows_the_same_names() -> None:
    assert tuple(PROVIDERS) == PROVIDER_NAMES


@pytest.mark.parametrize("name", ["aws", "google-cloud", "foundry"])
def test_what_a_whole_client_serves_is_what_the_table_says(name: str) -> None:
    """Foundry's client says by None what it lacks; the others take all from the client of the API."""
    provider, client = PROVIDERS[name], CLIENTS[name]
    assert provider.lists is (client.models.__doc__ == anthropic.AsyncAnthropic.models.__doc__)
    assert provider.batches is (client.messages.__doc__ == anthropic.AsyncAnthropic.messages.__doc__)


def test_no_name_means_the_anthropic_api() -> None:
    assert provider_named("") is ANTHROPIC is PROVIDERS["anthropic"]


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UsageProblem) as caught:
        provider_named("azure")
    assert "foundry" in caught.value.hint


@pytest.mark.parametrize("name", CLOUDS)
def test_anthropics_prices_are_claimed_of_no_cloud(name: str) -> None:
    prices = prices_of(PROVIDERS[name])
    assert prices.cost(DEFAULT_MODEL, Usage(input=1_000, output=1_000)) is None
    assert not prices.knows(DEFAULT_MODEL)


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_a_price_that_the_user_gives_holds_everywhere(name: str) -> None:
    prices = prices_of(PROVIDERS[name], {"my-deployment": {"input": 3, "output": 15}})
    assert prices.cost("my-deployment", Usage(input=1_000_000)) == pytest.approx(3)


def test_anthropics_own_prices_are_known() -> None:
    assert prices_of(ANTHROPIC).knows(DEFAULT_MODEL)


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_a_model_that_is_named_is_taken_word_for_word(name: str) -> None:
    arn = "arn:aws:bedrock:eu-central-1:1:inference-profile/eu.anthropic.claude-sonnet-5-5-v1:0"
    assert model_for(PROVIDERS[name], arn) == arn


def test_where_ids_are_anthropics_there_is_a_default_model() -> None:
    assert {n for n, p in PROVIDERS.items() if not p.own_ids and model_for(p, "") == DEFAULT_MODEL} == {
        "anthropic",
        "aws",
        "vertex",
        "google-cloud",
        "foundry",
    }


@pytest.mark.parametrize("name", ["bedrock", "bedrock-mantle"])
def test_bedrock_wants_a_model_named(name: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        model_for(PROVIDERS[name], "")
    assert "--model" in caught.value.hint


def test_the_variable_of_a_key_is_named_and_never_its_value() -> None:
    assert key_variable(PROVIDERS["foundry"], {"ANTHROPIC_FOUNDRY_API_KEY": "canary"}) == "ANTHROPIC_FOUNDRY_API_KEY"
    assert key_variable(PROVIDERS["foundry"], {"ANTHROPIC_FOUNDRY_API_KEY": ""}) == ""


@pytest.mark.parametrize("name", CLOUDS)
def test_every_cloud_has_an_extra_and_says_what_to_set(name: str) -> None:
    provider = PROVIDERS[name]
    assert provider.extra
    assert provider.needs.startswith("set ")
    assert provider.signs
