"""`postwright doctor`: what would be sent, as whom, to whom, at what price. Asks nothing unless told to."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from postwright import __version__
from postwright.cli.boundary import ExitCode, printable
from postwright.cli.choosing import Target, chosen, provider_option
from postwright.domain.config import Config
from postwright.domain.errors import ModelError
from postwright.llm.credentials import credentials_source
from postwright.llm.providers import DEFAULT_MODEL
from postwright.prompting.library import Prompts
from postwright.storage.config import find_config, load_config

if TYPE_CHECKING:
    from postwright.llm.claude import ClaudeModel

Row = tuple[str, str]

CACHE_MINIMUM = 4096
"""Tokens: the largest minimum of a cacheable prefix over the models (prompt caching docs, 2026-09)."""
CHARACTERS_PER_TOKEN = 4.0
"""A rough, labelled estimate for English text; `--online` counts exactly."""
_SWITCHES = {
    "CLAUDE_CODE_USE_BEDROCK": "bedrock",
    "CLAUDE_CODE_USE_VERTEX": "vertex",
    "CLAUDE_CODE_USE_FOUNDRY": "foundry",
}
"""What another program goes by. Where postings are sent is for its user to say to this one."""


@click.command(epilog="Example: postwright doctor --online, or postwright doctor --provider vertex --probe")
@provider_option
@click.option("--model", default="", help=f"Model to look at [default: the config's, else {DEFAULT_MODEL}].")
@click.option("--prompts", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Your own templates.")
@click.option("--show-prompt", is_flag=True, help="Print the shared prompt as it would be sent.")
@click.option(
    "--online", is_flag=True, help="List models and count tokens with the endpoint (free, needs credentials)."
)
@click.option("--probe", is_flag=True, help="The same, and send one small request: is the reply's schema enforced?")
def doctor(
    *, provider: str | None, model: str, prompts: Path | None, show_prompt: bool, online: bool, probe: bool
) -> None:
    """Look over the set-up: provider, credentials, what the endpoint can do, prompt size, prices. No key is shown."""
    config = _config()
    library = Prompts(prompts or _own_prompts(config))
    if show_prompt:
        click.echo(library.shared())
        return
    target = chosen(provider, model, config)
    asked, failed = asyncio.run(_asked(target, library.shared(), probe=probe)) if online or probe else ({}, False)
    for name, value in (*_rows(target, asked), *_prompt_rows(library, asked)):
        click.echo(f"{name:<15} {printable(value)}")
    if failed:
        sys.exit(ExitCode.FAILED)


def _config() -> Config:
    found = find_config(Path())
    return load_config(found) if found is not None else Config()


def _own_prompts(config: Config) -> Path | None:
    return Path(config.where).parent / config.prompts if config.prompts else None


def _rows(target: Target, asked: dict[str, str]) -> Iterator[Row]:
    provider = target.provider
    spoken = "in the request and in the prompt; sent back once when it does not fit"
    yield "postwright", __version__
    yield "provider", f"{provider.name}: {provider.title}"
    yield "endpoint", _address(target)
    yield "credentials", credentials_source(provider=provider) or "none: the rules engine works alone"
    yield "model", target.model
    yield "models", asked.get("models") or ("listed with --online" if provider.lists else "not listed there")
    yield "reply schema", spoken if target.speaks else "in the request (output_config)"
    yield "schema enforced", asked.get("schema") or "asked with --probe (one small paid request)"
    yield "token counting", "yes" if provider.counts else "no: sizes are estimates"
    yield "batches", _batches(target)
    yield "price", _price(target)
    if provider.is_anthropic:
        for switch, name in _SWITCHES.items():
            if os.environ.get(switch):
                yield "note", f"{switch} is not read here: to go there, add --provider {name}"


def _prompt_rows(library: Prompts, asked: dict[str, str]) -> Iterator[Row]:
    shared = library.shared()
    estimate = f"about {len(shared) / CHARACTERS_PER_TOKEN:,.0f} (estimate; --online counts)"
    yield "prompt", f"{library.fingerprint()}, {len(shared):,} characters"
    yield "prompt tokens", asked.get("tokens") or estimate
    yield "cache minimum", f"{CACHE_MINIMUM:,} tokens on the most demanding model"


def _address(target: Target) -> str:
    """Where requests go, without a name or password that may stand in the address."""
    from postwright.llm.claude import ClaudeModel

    try:
        parts = urlsplit(ClaudeModel(target.model, provider=target.provider).base_url)
    except ModelError as error:
        return f"unknown: {error.says} ({error.hint})"
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}".rstrip("/") if host else "known once signed in"


def _batches(target: Target) -> str:
    if not target.provider.batches:
        return "none: --economy is refused"
    return "none known: --economy is refused" if target.speaks else "yes (--economy)"


def _price(target: Target) -> str:
    prices = target.prices
    if not prices.knows(target.model):
        return "unknown: tokens are told, dollars are not (prices in the config gives yours)"
    if target.model in target.own_prices:
        return "yours, from the config"
    elsewhere = "; a gateway may bill otherwise" if os.environ.get("ANTHROPIC_BASE_URL") else ""
    return f"known: price table of {prices.as_of}, US dollars{elsewhere}"


async def _asked(target: Target, shared: str, *, probe: bool) -> tuple[dict[str, str], bool]:
    """What the endpoint says of itself, and whether something failed. One question's failure spares the others."""
    from postwright.llm.claude import ClaudeModel
    from postwright.llm.claude_probe import holds_to_schema, models_of

    claude = ClaudeModel(target.model, provider=target.provider)
    questions: dict[str, Callable[[], Awaitable[str]]] = {}

    async def models() -> str:
        return ", ".join(await models_of(claude)) or "none listed"

    async def schema() -> str:
        return "yes" if await holds_to_schema(claude) else "no: this endpoint ignores it"

    async def tokens() -> str:
        return f"{await _counted(claude, shared):,} (counted by the endpoint)"

    if target.provider.lists:
        questions["models"] = models
    if target.provider.counts:
        questions["tokens"] = tokens
    if probe:
        questions["schema"] = schema
    said: dict[str, str] = {}
    failed = False
    try:
        for name, question in questions.items():
            try:
                said[name] = await question()
            except ModelError as error:
                failed = True
                said[name] = f"failed: {error.says} ({error.hint})"
    finally:
        await claude.close()
    return said, failed


async def _counted(claude: "ClaudeModel", shared: str) -> int:
    from postwright.domain.model import Ask, Turn
    from postwright.llm.claude import reply_schema

    return await claude.count_tokens(Ask(shared, "", (Turn("user", "."),), reply_schema()))
