"""The composition root of the model path: the one module of the roof that knows the real Claude."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from postwright.llm.claude import ClaudeModel, reply_schema
from postwright.llm.claude_batches import ClaudeBatches
from postwright.llm.patient import PatientModel
from postwright.llm.prices import price_table
from postwright.llm.remembered import RememberedModel
from postwright.llm.spoken import SpokenSchemaModel, needs_spoken_schema
from postwright.prompting.library import Prompts
from postwright.storage.journal import SqliteJournal
from postwright.workflows.many.batching import Connected
from postwright.workflows.rewriting import Editor


async def pause(seconds: float) -> None:
    """Waits between two tries."""
    await asyncio.sleep(seconds)


def build_editor(model: str, prompts: Path | None) -> tuple[Editor, Callable[[], None]]:
    """Claude with its prompts and prices, and how to let go of its connections."""
    claude = ClaudeModel(model)

    def close() -> None:
        asyncio.run(claude.close())

    prices = price_table()
    asked = SpokenSchemaModel(claude) if needs_spoken_schema(model, prices) else claude
    return Editor(asked, Prompts(prompts), reply_schema(), prices), close


def remembering(editor: Editor, journal: Path, note: Callable[[str], None]) -> Editor:
    """The same editor, patient with a busy API, and with every paid reply on disk before it is used."""
    patient = PatientModel(
        editor.model, on_wait=lambda seconds, why: note(f"{why}; waiting {seconds:.0f} s"), sleep=pause
    )
    return replace(editor, model=RememberedModel(patient, SqliteJournal(journal)))


def connect_batch(model: str) -> Connected:
    """Claude for a folder of postings: single requests, batches, and the schema of a reply."""
    claude = ClaudeModel(model)
    return Connected(claude, ClaudeBatches(claude), reply_schema())
