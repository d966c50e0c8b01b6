"""For endpoints that speak the API's language but do not know `output_config`: the schema goes into the prompt too."""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from postwright.domain.model import Answered, Ask, Model
from postwright.llm.prices import PriceTable

_TEXT = (
    "\n\n# Form of the reply\n\nReply with one JSON object and nothing around it: no code fence, no remark. "
    "It must fit this JSON schema:\n\n"
)


class SpokenSchemaModel:
    """A `Model` whose every ask says its schema in the shared part, the same bytes over a run."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @property
    def name(self) -> str:
        return self._model.name

    def request(self, ask: Ask) -> dict[str, Any]:
        return self._model.request(_spoken(ask))

    async def ask(self, ask: Ask) -> Answered:
        return await self._model.ask(_spoken(ask))


def _spoken(ask: Ask) -> Ask:
    schema = json.dumps(ask.schema, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(ask, shared=f"{ask.shared}{_TEXT}{schema}\n")


def needs_spoken_schema(model: str, prices: PriceTable, environment: Mapping[str, str] | None = None) -> bool:
    """True for a model that is none of Anthropic's at an address that is not Anthropic's.

    Ollama, llama.cpp, vLLM and LM Studio take `output_config` and ignore it, or refuse to say. A gateway that serves
    Claude passes it on: its models are in the price table.
    """
    env = os.environ if environment is None else environment
    host = urlsplit(env.get("ANTHROPIC_BASE_URL", "")).hostname or ""
    return bool(host) and host != "anthropic.com" and not host.endswith(".anthropic.com") and not prices.knows(model)
