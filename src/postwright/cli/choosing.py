"""Whom a command asks: provider and model, by option, environment and config, the same for all commands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import click

from postwright.domain.config import PROVIDER_NAMES, Config
from postwright.domain.errors import UsageProblem
from postwright.llm.credentials import credentials_resolve
from postwright.llm.prices import PriceTable
from postwright.llm.providers import Provider, model_for, prices_of, provider_named
from postwright.llm.spoken import needs_spoken_schema


def provider_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--provider`, also by POSTWRIGHT_PROVIDER."""
    return click.option(
        "--provider",
        type=click.Choice(PROVIDER_NAMES),
        envvar="POSTWRIGHT_PROVIDER",
        help="Who serves the model (default: the config's, else anthropic).",
    )(command)


@dataclass(frozen=True, slots=True)
class Target:
    """Who is asked for what. `own_prices` are the user's."""

    provider: Provider
    model: str
    own_prices: Mapping[str, object]

    @property
    def prices(self) -> PriceTable:
        return prices_of(self.provider, self.own_prices)

    @property
    def signed(self) -> bool:
        """Whether credentials resolve, or are for the provider to find."""
        return credentials_resolve(provider=self.provider)

    @property
    def speaks(self) -> bool:
        """Whether the schema has to be said in the prompt too."""
        return needs_spoken_schema(self.model, provider=self.provider)


def chosen(provider: str | None, model: str | None, config: Config, *, asks: bool = True) -> Target:
    """The target of a command. Nothing need be named when nobody is asked. Raises UsageProblem."""
    who = provider_named(provider or config.provider)
    wanted = model or config.model
    return Target(who, model_for(who, wanted) if asks else wanted, config.prices)


def refuse_batches(target: Target) -> None:
    """--economy needs Message Batches. Raises UsageProblem where there are none."""
    hint = "leave --economy out: the postings go one by one, at the usual price"
    if not target.provider.batches:
        raise UsageProblem(f"{target.provider.title} has no Message Batches", hint=hint)
    if target.speaks:
        raise UsageProblem(f"the endpoint that serves {target.model} has no Message Batches", hint=hint)
