"""A posting reviewed as the program does it, with any model, and what is asked of the result."""

import asyncio

from hostile.obeying import ObeyingClaude
from postwright.domain.house import PENDING
from postwright.domain.review import Review
from postwright.llm.prices import price_table
from postwright.prompting.library import Prompts
from postwright.prompting.pieces import Mode
from postwright.reading.posting import read
from postwright.reading.screening.screen import screen
from postwright.workflows.rewriting import Editor, Options, review_posting
from support.models import ScriptedModel

_PROMPTS = Prompts()


def reviewed(
    text: str, path: str = "job.md", model: ObeyingClaude | ScriptedModel | None = None, mode: Mode = Mode.REWRITE
) -> Review:
    editor = Editor(model, _PROMPTS, {}, price_table()) if model is not None else None
    return asyncio.run(review_posting(text, path, editor=editor, options=Options(mode, anyway=True)))


def unmarked_lines(text: str, said: str) -> int:
    return sum(said in line and not PENDING.search(line) for line in text.splitlines())


def draft_text(review: Review) -> str:
    assert review.draft is not None
    return review.draft.text


def told(review: Review) -> set[str]:
    alarms = {alarm.kind for alarm in screen(read(review.source, review.path))}
    return alarms | {finding.rule for finding in review.critique.findings}
