"""Asking the API: capped before it is sent, on disk before it is used, recorded under a label that says so."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from evaluation.cases import Case
from evaluation.measuring import Result, asked
from evaluation.recordings import Kind
from postwright.cli.wiring import connect_batch, remembering
from postwright.domain.errors import NoCredentials, PostwrightError, UsageProblem
from postwright.domain.journal import request_key
from postwright.domain.model import Answered
from postwright.llm.credentials import credentials_resolve
from postwright.llm.prices import price_table
from postwright.prompting.library import Prompts
from postwright.storage.charges import Charges
from postwright.storage.runs import RunBook
from postwright.workflows.many.money import PaidModel, Purse, Tariff, Till
from postwright.workflows.rewriting import Editor

RECORDED = Path(__file__).parents[2] / ".postwright" / "evaluation"
"""Where journals and recordings go by default: beside the work files, ignored by git."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to ask: which model, how much it may cost (US dollars, None: no cap), where to keep the replies."""

    model: str
    max_cost: float | None
    prompts: Path | None
    folder: Path = RECORDED


def ask_all(
    cases: Sequence[Case], wish: Wish, note: Callable[[str], None]
) -> tuple[list[Result], PostwrightError | None]:
    """The results so far, and why the run ended early if it did. Raises NoCredentials and UsageProblem at once."""
    if not credentials_resolve():
        hint = "set ANTHROPIC_API_KEY, or leave out --live to play the recorded replies"
        raise NoCredentials("there is no API key", hint=hint)
    if wish.max_cost is not None and not price_table().knows(wish.model):
        hint = "leave --max-cost out, or name a model of the price table"
        raise UsageProblem(f"the price of {wish.model} is unknown, so --max-cost cannot hold", hint=hint)
    prompts = Prompts(wish.prompts)
    folder = wish.folder / f"{prompts.fingerprint()}.{wish.model}"
    folder.mkdir(parents=True, exist_ok=True)

    def done(result: Result) -> None:
        where = record(result, folder, prompts.fingerprint())
        note(f"{result.case.name}: {result.failed or 'done'}{f', kept in {where.name}' if where else ''}")

    return asyncio.run(_asked(cases, wish, folder, done, note))


async def _asked(
    cases: Sequence[Case], wish: Wish, folder: Path, done: Callable[[Result], None], note: Callable[[str], None]
) -> tuple[list[Result], PostwrightError | None]:
    """Claude under a cap that holds over resumes, and with a journal that no reply gets past."""
    connected = connect_batch(wish.model)
    endpoint, prices = connected.endpoint, price_table()
    book = RunBook(folder / "charges.sqlite3")
    charges = Charges(book.file, folder.name)
    till = Till(Tariff(prices, wish.model), Purse(wish.max_cost, charges.total()), charges)
    paid = PaidModel(endpoint, till, lambda ask: request_key(endpoint.request(ask)))
    editor = Editor(paid, Prompts(wish.prompts), connected.schema, prices)
    try:
        voice = remembering(editor, folder / "journal.sqlite3", note).model
        return await asked(cases, voice, editor.prompts, done)
    finally:
        charges.flush()
        book.close()
        await endpoint.close()  # within the event loop that its connections belong to


def record(result: Result, folder: Path, fingerprint: str) -> Path | None:
    """The replies of a case as a labelled file. Nothing is ever written over: a second reply gets a name of its own."""
    if not result.heard:
        return None
    text = json.dumps(recording_of(result, fingerprint), ensure_ascii=False, indent=1) + "\n"
    for number in range(1, 1000):
        path = folder / f"{result.case.name.replace('/', '__')}{f'-{number}' if number > 1 else ''}.json"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            if path.read_text(encoding="utf-8") == text:
                return path
            continue
        return path
    raise UsageProblem(f"{folder} holds too many replies to {result.case.name}", hint="move them elsewhere")


def recording_of(result: Result, fingerprint: str) -> dict[str, object]:
    """The answers of a case in the shape that `recordings.read_recording` reads."""
    first, *more = result.heard
    label = {
        "by": "api",
        "kind": Kind.API.value,
        "posting": result.case.path.stem,
        "what": "recorded from the API",
        "model": first.model,
        "on": datetime.now(UTC).date().isoformat(),
        "prompt": fingerprint,
        "request_ids": " ".join(answered.request_id for answered in result.heard),
    }
    data: dict[str, object] = {"label": label, "first": _said(first)}
    if first.stop.value == "cut" and more:
        data["again"] = _said(more.pop(0))
    if more:
        data["repair"] = _said(more[0])
    return data


_STOPS = {"end": "end_turn", "cut": "max_tokens", "refused": "refusal", "unknown": "end_turn"}


def _said(answered: Answered) -> dict[str, object]:
    return {"text": answered.text, "stop": _STOPS[answered.stop.value], "usage": asdict(answered.usage)}
