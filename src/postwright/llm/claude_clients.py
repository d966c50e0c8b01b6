"""The SDK's client for each provider, without its retries. What a client lacks comes out as the SDK raises it."""

import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any

import httpx2
from anthropic import (
    AsyncAnthropic,
    AsyncAnthropicAWS,
    AsyncAnthropicBedrock,
    AsyncAnthropicBedrockMantle,
    AsyncAnthropicFoundry,
    AsyncAnthropicGoogleCloud,
    AsyncAnthropicVertex,
)

from postwright.llm.providers import Provider, key_variable

Client = AsyncAnthropic | AsyncAnthropicBedrock | AsyncAnthropicBedrockMantle | AsyncAnthropicVertex
"""Those of AWS, Google Cloud and Foundry are an `AsyncAnthropic` too."""

_ENTRA_SCOPE = "https://ai.azure.com/.default"
"""What a token of Entra ID is asked for (the SDK's foundry.md)."""
_SECRETS = ("api_key", "auth_token", "access_token", "aws_secret_key", "aws_session_token")


def connect(
    provider: Provider, *, base_url: str | None, timeout: httpx2.Timeout, http_client: httpx2.AsyncClient
) -> Client:
    """A client that tries once. Raises AnthropicError, ValueError or ImportError for what is not set up."""
    options: dict[str, Any] = {"max_retries": 0, "timeout": timeout, "http_client": http_client}
    if base_url is not None:
        options["base_url"] = base_url
    match provider.name:
        case "bedrock":
            return AsyncAnthropicBedrock(**options)
        case "bedrock-mantle":
            return AsyncAnthropicBedrockMantle(**options)
        case "aws":
            return AsyncAnthropicAWS(**options)
        case "vertex":
            return AsyncAnthropicVertex(**options)
        case "google-cloud":
            return AsyncAnthropicGoogleCloud(**options)
        case "foundry":
            if not key_variable(provider):
                options["azure_ad_token_provider"] = _entra_token()
            return AsyncAnthropicFoundry(**options)
        case _:
            return AsyncAnthropic(**options)


def secrets_of(client: Client | None) -> list[str]:
    """The keys and tokens that a client was given, so that no message repeats them."""
    values = (getattr(client, name, None) for name in _SECRETS)
    return [value for value in values if isinstance(value, str) and value]


def _entra_token() -> Callable[[], str]:
    """The SDK wants the token's provider to be made by us."""
    logging.getLogger("azure.identity").addHandler(logging.NullHandler())  # a failure is told once, by us, in one line
    identity = import_module("azure.identity")
    provider: Callable[[], str] = identity.get_bearer_token_provider(identity.DefaultAzureCredential(), _ENTRA_SCOPE)
    return provider
