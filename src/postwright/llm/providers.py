"""Who serves Claude: the providers that the SDK has a client for, and what each of them gives. Knows no SDK.

What is said of each follows anthropic 2.12 (`lib/bedrock`, `lib/aws`, `lib/vertex`, `lib/google_cloud`,
`lib/foundry`): which routes its client serves, which variables it reads, which library it needs.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from postwright.domain.errors import UsageProblem
from postwright.llm.prices import PriceTable, price_table

DEFAULT_MODEL = "claude-sonnet-5-5"


@dataclass(frozen=True, slots=True)
class Provider:
    """One way to Claude. `keys` are the variables that hold a key of its own, `needs` says what else to set."""

    name: str
    title: str
    extra: str = ""  # of postwright: the library that signs the requests
    keys: tuple[str, ...] = ()
    signs: str = ""  # who signs when none of `keys` is set
    needs: str = ""
    batches: bool = False  # Message Batches
    counts: bool = True  # tokens, free of charge
    lists: bool = False  # its models
    own_ids: bool = False  # its model ids are not Anthropic's

    @property
    def is_anthropic(self) -> bool:
        """True for Anthropic's own API. Only there are its prices what is paid, and is it asked for cache misses."""
        return self.name == ANTHROPIC.name


ANTHROPIC = Provider(
    "anthropic",
    "the Anthropic API",
    needs="set ANTHROPIC_API_KEY, or run without a key: the rules engine works offline",
    batches=True,
    lists=True,
)

_AWS = "the AWS credential chain"
_GOOGLE = "Google's application default credentials"
_AWS_LOGIN = "and sign in to AWS (aws sso login, a profile, or a key in"

PROVIDERS: Mapping[str, Provider] = {
    provider.name: provider
    for provider in (
        ANTHROPIC,
        Provider(
            "bedrock",
            "Amazon Bedrock",
            extra="bedrock",
            keys=("AWS_BEARER_TOKEN_BEDROCK",),
            signs=_AWS,
            needs=f"set AWS_REGION, {_AWS_LOGIN} AWS_BEARER_TOKEN_BEDROCK)",
            counts=False,
            own_ids=True,
        ),
        Provider(
            "bedrock-mantle",
            "the Messages endpoint of Amazon Bedrock",
            extra="bedrock",
            keys=("AWS_BEARER_TOKEN_BEDROCK", "ANTHROPIC_AWS_API_KEY"),
            signs=_AWS,
            needs=f"set AWS_REGION, {_AWS_LOGIN} AWS_BEARER_TOKEN_BEDROCK)",
            own_ids=True,
        ),
        Provider(
            "aws",
            "Claude Platform on AWS",
            extra="aws",
            keys=("ANTHROPIC_AWS_API_KEY",),
            signs=_AWS,
            needs=f"set AWS_REGION and ANTHROPIC_AWS_WORKSPACE_ID, {_AWS_LOGIN} ANTHROPIC_AWS_API_KEY)",
            batches=True,
            lists=True,
        ),
        Provider(
            "vertex",
            "Google Vertex AI",
            extra="vertex",
            signs=_GOOGLE,
            needs="set CLOUD_ML_REGION and ANTHROPIC_VERTEX_PROJECT_ID, and sign in (gcloud auth "
            "application-default login)",
        ),
        Provider(
            "google-cloud",
            "Claude on Google Cloud",
            extra="google-cloud",
            signs=_GOOGLE,
            needs="set ANTHROPIC_GOOGLE_CLOUD_PROJECT and ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID, and sign in (gcloud "
            "auth application-default login)",
            batches=True,
            lists=True,
        ),
        Provider(
            "foundry",
            "Microsoft Foundry",
            extra="foundry",
            keys=("ANTHROPIC_FOUNDRY_API_KEY",),
            signs="Microsoft Entra ID",
            needs="set ANTHROPIC_FOUNDRY_RESOURCE, and ANTHROPIC_FOUNDRY_API_KEY or sign in (az login)",
        ),
    )
}


def provider_named(name: str) -> Provider:
    """The provider of a name; the Anthropic API for an empty one. Raises UsageProblem."""
    known = PROVIDERS.get(name or ANTHROPIC.name)
    if known is None:
        raise UsageProblem(f"unknown provider {name!r}", hint=f"known: {', '.join(PROVIDERS)}")
    return known


def model_for(provider: Provider, wanted: str) -> str:
    """The model id as the provider takes it: the one given, word for word, or the default where ids are Anthropic's.

    Raises UsageProblem where the provider has ids of its own and none was given: they differ by region and account.
    """
    if wanted or not provider.own_ids:
        return wanted or DEFAULT_MODEL
    raise UsageProblem(
        f"{provider.title} has model ids of its own",
        hint="name one with --model, or model in the config, as the Bedrock console lists it",
    )


def prices_of(provider: Provider, own: Mapping[str, object] | None = None) -> PriceTable:
    """Anthropic's prices where they are what is paid, else none; `own` are the user's, and hold everywhere."""
    table = price_table()
    if not provider.is_anthropic:
        table = replace(table, rates={})
    return table.override(own or {})


def key_variable(provider: Provider, environment: Mapping[str, str] | None = None) -> str:
    """The name of the variable that the provider's key comes from; empty when it signs in another way."""
    env = os.environ if environment is None else environment
    return next((name for name in provider.keys if env.get(name)), "")


def install_hint(provider: Provider) -> str:
    return f"pip install 'postwright[{provider.extra}]'"
