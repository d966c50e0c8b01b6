"""Models that behave as a test says: no vendor, no network."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from postwright.domain.errors import PostwrightError
from postwright.domain.model import Answered, Ask, Stop, Turn, Usage


def an_ask(posting: str = "[u1] Nurse informaticist", **changes: object) -> Ask:
    """A small ask: the posting as its only turn, no profile, an empty schema. `changes` are fields of `Ask`."""
    fields: dict[str, Any] = {"shared": "Rules.", "profile": "", "turns": (Turn("user", posting),), "schema": {}}
    fields.update(changes)
    return Ask(**fields)


def an_answer(text: str = "{}", **changes: object) -> Answered:
    """A finished answer of a model called `scripted`."""
    fields: dict[str, Any] = {"stop": Stop.END, "usage": Usage(input=10, output=5), "model": "scripted"}
    fields.update(changes)
    return Answered(text, **fields)


class ScriptedModel:
    """A `Model` that gives its answers, or raises its errors, in order; the last one again and again."""

    def __init__(self, *script: Answered | PostwrightError, name: str = "scripted", seconds: float = 0.0) -> None:
        self._script = list(script) or [an_answer()]
        self._name = name
        self._seconds = seconds
        self.asks: list[Ask] = []

    @property
    def name(self) -> str:
        return self._name

    def request(self, ask: Ask) -> dict[str, Any]:
        turns = [{"role": turn.role, "content": turn.text} for turn in ask.turns]
        return {"model": self._name, "system": [ask.shared, ask.profile], "messages": turns, "room": ask.max_tokens}

    async def lead(self, ask: Ask, begins: Callable[[Usage], None]) -> Answered:  # noqa: ARG002 - the port's
        """As an endpoint that does not stream: nobody hears when its reply begins."""
        return await self.ask(ask)

    async def ask(self, ask: Ask) -> Answered:
        self.asks.append(ask)
        step = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        await asyncio.sleep(self._seconds)
        if isinstance(step, PostwrightError):
            raise step
        return step


def texts(answers: Iterable[Answered]) -> list[str]:
    return [answered.text for answered in answers]
