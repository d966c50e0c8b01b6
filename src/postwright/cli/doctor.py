"""`postwright doctor`: what would be sent, as whom, to whom, and at what price. Asks nothing unless told to."""

import asyncio
import os
from pathlib import Path

import click

from postwright import __version__
from postwright.llm.credentials import credentials_source
from postwright.llm.prices import price_table
from postwright.llm.spoken import needs_spoken_schema
from postwright.prompting.library import Prompts

CACHE_MINIMUM = 4096
"""Tokens: the largest minimum of a cacheable prefix over the models (prompt caching docs, 2026-09)."""
CHARACTERS_PER_TOKEN = 4.0
"""A rough, labelled estimate for English text; `--online` counts exactly."""


@click.command(epilog="Example: postwright doctor --online")
@click.option("--model", default="claude-sonnet-5-5", show_default=True, help="Model to look at.")
@click.option("--prompts", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Your own templates.")
@click.option("--show-prompt", is_flag=True, help="Print the shared prompt as it would be sent.")
@click.option("--online", is_flag=True, help="Count the prompt's tokens with the API (free, needs credentials).")
def doctor(model: str, prompts: Path | None, show_prompt: bool, online: bool) -> None:  # noqa: FBT001
    """Look over the set-up: credentials, model, prompt size against the cache minimum, price table."""
    library = Prompts(prompts)
    shared = library.shared()
    if show_prompt:
        click.echo(shared)
        return
    source = credentials_source()
    table = price_table()
    spoken = needs_spoken_schema(model, table)
    rows = [
        ("postwright", __version__),
        ("credentials", source or "none: the rules engine works alone"),
        ("endpoint", os.environ.get("ANTHROPIC_BASE_URL", "the Anthropic API (SDK default)")),
        ("model", model + ("" if table.knows(model) else " (price unknown)")),
        ("reply schema", "in the request and in the prompt" if spoken else "in the request (output_config)"),
        ("price table", f"of {table.as_of}, US dollars"),
        ("prompt", f"{library.fingerprint()}, {len(shared):,} characters"),
        ("prompt tokens", _tokens(shared, model, online=online)),
        ("cache minimum", f"{CACHE_MINIMUM:,} tokens on the most demanding model"),
    ]
    for name, value in rows:
        click.echo(f"{name:<14} {value}")


def _tokens(shared: str, model: str, *, online: bool) -> str:
    if not online:
        return f"about {len(shared) / CHARACTERS_PER_TOKEN:,.0f} (estimate; --online counts)"
    return f"{asyncio.run(_count(shared, model)):,} (counted by the API)"


async def _count(shared: str, model: str) -> int:
    from postwright.domain.model import Ask, Turn
    from postwright.llm.claude import ClaudeModel, reply_schema

    claude = ClaudeModel(model)
    try:
        return await claude.count_tokens(Ask(shared, "", (Turn("user", "."),), reply_schema()))
    finally:
        await claude.close()
