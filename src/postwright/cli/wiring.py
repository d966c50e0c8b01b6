"""The composition root of the model path: the one module of the roof that knows the real Claude."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from postwright.llm.claude import ClaudeModel, reply_schema
from postwright.llm.claude_batches import ClaudeBatches
from postwright.llm.patient import PatientModel
from postwright.llm.providers import ANTHROPIC, Provider, prices_of
from postwright.llm.remembered import RememberedModel
from postwright.llm.spoken import SpokenSchemaModel, misfit, needs_spoken_schema
from postwright.prompting.library import Prompts
from postwright.storage.journal import SqliteJournal
from postwright.workflows.many.batching import Connected
from postwright.workflows.rewriting import Editor


async def pause(seconds: float) -> None:
    """Waits between two tries."""
    await asyncio.sleep(seconds)


def build_editor(
    model: str, prompts: Path | None, provider: Provider = ANTHROPIC, own_prices: Mapping[str, object] | None = None
) -> Editor:
    """Claude with its prompts and prices."""
    claude = _endpoint(ClaudeModel(model, provider=provider))
    return Editor(claude, Prompts(prompts), reply_schema(), prices_of(provider, own_prices), claude.close)


def _endpoint(claude: ClaudeModel) -> ClaudeModel | SpokenSchemaModel:
    return SpokenSchemaModel(claude) if needs_spoken_schema(claude.name, provider=claude.provider) else claude


def remembering(editor: Editor, journal: Path, note: Callable[[str], None]) -> Editor:
    """The same editor, patient with a busy API, and with every paid reply on disk before it is used."""
    patient = PatientModel(
        editor.model, on_wait=lambda seconds, why: note(f"{why}; waiting {seconds:.0f} s"), sleep=pause
    )
    if isinstance(editor.model, SpokenSchemaModel):  # what did not fit may fit next time, and costs nothing
        remembered = RememberedModel(patient, SqliteJournal(journal), of_use=lambda answered: not misfit(answered))
    else:
        remembered = RememberedModel(patient, SqliteJournal(journal))
    return replace(editor, model=remembered)


def connect_batch(model: str, provider: Provider = ANTHROPIC) -> Connected:
    """Claude for a folder of postings: single requests, batches, and the schema of a reply."""
    claude = ClaudeModel(model, provider=provider)
    return Connected(_endpoint(claude), ClaudeBatches(claude), reply_schema())
