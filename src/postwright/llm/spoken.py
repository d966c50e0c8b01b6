"""For endpoints that speak the API's language but do not know `output_config`: the schema goes into the prompt too.

A reply that does not fit is sent back once with the reason, as a server that enforces the schema never needs.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol
from urllib.parse import urlsplit

from postwright.domain.errors import ReplyInvalid, ReplyRefused, ReplyTruncated, RequestRefused
from postwright.domain.model import Answered, Ask, Leader, Turn, Usage
from postwright.llm.prices import price_table
from postwright.llm.providers import ANTHROPIC, Provider
from postwright.llm.replies import read_reply

_TEXT = (
    "\n\n# Form of the reply\n\nReply with one JSON object and nothing around it: no code fence, no remark. "
    "It must fit this JSON schema:\n\n"
)
_AGAIN = (
    "That cannot be used: {why}. Reply once more, with the whole JSON object that fits the schema and nothing else."
)
_LONGEST_SAID = 8_000
"""Characters of a reply that did not fit which are sent back: nonsense can be long, and a small context is not."""


class Endpoint(Leader, Protocol):
    """What `ClaudeModel` offers beside answers."""

    on_headers: Callable[[Mapping[str, str]], None] | None
    compare_with: str

    async def count_tokens(self, ask: Ask) -> int: ...

    async def close(self) -> None: ...


class SpokenSchemaModel:
    """An endpoint whose every ask says its schema in the shared part, the same bytes over a run.

    An ask may take two requests; the usage of its answer is that of both.
    """

    def __init__(self, model: Endpoint) -> None:
        self._model = model

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def on_headers(self) -> Callable[[Mapping[str, str]], None] | None:
        return self._model.on_headers

    @on_headers.setter
    def on_headers(self, hear: Callable[[Mapping[str, str]], None] | None) -> None:
        self._model.on_headers = hear

    @property
    def compare_with(self) -> str:
        return self._model.compare_with

    @compare_with.setter
    def compare_with(self, message: str) -> None:
        self._model.compare_with = message

    def request(self, ask: Ask) -> dict[str, Any]:
        return self._model.request(_spoken(ask))

    async def ask(self, ask: Ask) -> Answered:
        spoken = _spoken(ask)
        answered = await self._model.ask(spoken)
        why = misfit(answered)
        if not why:
            return answered
        said = Turn("assistant", answered.text[:_LONGEST_SAID].strip() or "(nothing)")
        again = replace(spoken, turns=(*spoken.turns, said, Turn("user", _AGAIN.format(why=why))))
        try:
            second = await self._model.ask(again)
        except RequestRefused:  # too long for a small context, as a rule: the first answer says more
            return answered
        return replace(second, usage=answered.usage + second.usage)

    async def lead(self, ask: Ask, begins: Callable[[Usage], None]) -> Answered:  # noqa: ARG002 - the port's
        """As `ask`: an answer may be a second one, and such endpoints have no cache that others wait for."""
        return await self.ask(ask)

    async def count_tokens(self, ask: Ask) -> int:
        return await self._model.count_tokens(_spoken(ask))

    async def close(self) -> None:
        await self._model.close()


def misfit(answered: Answered) -> str:
    """Why an answer does not fit the schema; empty when it does, and for what asking again does not mend."""
    try:
        read_reply(answered)
    except ReplyInvalid as error:
        return error.says
    except (ReplyTruncated, ReplyRefused):
        return ""
    return ""


def _spoken(ask: Ask) -> Ask:
    schema = json.dumps(ask.schema, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(ask, shared=f"{ask.shared}{_TEXT}{schema}\n")


def needs_spoken_schema(
    model: str, environment: Mapping[str, str] | None = None, provider: Provider = ANTHROPIC
) -> bool:
    """True for a model that is none of Anthropic's at an address that is not Anthropic's.

    Ollama, llama.cpp and LM Studio take `output_config` and ignore it, or refuse to say. A gateway that serves Claude
    passes it on: its models are in the price table. The clouds serve Claude, whatever they call it.
    """
    env = os.environ if environment is None else environment
    host = urlsplit(env.get("ANTHROPIC_BASE_URL", "")).hostname or ""
    foreign = bool(host) and host != "anthropic.com" and not host.endswith(".anthropic.com")
    return provider.is_anthropic and foreign and not price_table().knows(model)
