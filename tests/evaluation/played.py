"""Recorded answers served to the real SDK at HTTP level: no socket, but every byte goes the way of the API's."""

import json
from collections.abc import Mapping
from typing import Any

import httpx2
from anthropic import AsyncAnthropic

from evaluation.recordings import Recording, Said, compact
from postwright.domain.model import Answered, Ask, Model, Usage
from postwright.llm.claude import ClaudeModel
from postwright.workflows.many.pricing import CHARACTERS_PER_TOKEN
from postwright.workflows.rewriting import EMPTY

_SILENCE = Said(compact(EMPTY.model_dump(mode="json")))
"""An answer that changes nothing: what comes back where no answer is recorded."""


def tokens_of(text: str) -> int:
    """About how many tokens a text has: an estimate, labelled as such wherever it is shown."""
    return round(len(text) / CHARACTERS_PER_TOKEN)


class Player:
    """Plays the answers of one recording in the order in which they are asked for."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._asked_before = False

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.content)
        said = self._answer_to(body)
        return httpx2.Response(200, json=_message(body, said), headers={"request-id": "req_played"})

    def _answer_to(self, body: Mapping[str, Any]) -> Said:
        recording = self._recording
        if len(body["messages"]) > 1:
            return recording.repair or _SILENCE
        if self._asked_before:
            return recording.again or recording.first
        self._asked_before = True
        return recording.first


def _message(body: Mapping[str, Any], said: Said) -> dict[str, Any]:
    return {
        "id": "msg_played",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [{"type": "text", "text": said.text}] if said.text else [],
        "stop_reason": said.stop,
        "stop_sequence": None,
        "usage": _usage(said.usage or _estimated(body, said)),
    }


def _estimated(body: Mapping[str, Any], said: Said) -> Usage:
    """As in the middle of a run: the shared part is read from the cache, the turns are new."""
    shared = sum(tokens_of(block["text"]) for block in body["system"])
    turns = sum(tokens_of(turn["content"]) for turn in body["messages"])
    return Usage(input=turns, cache_read=shared, output=tokens_of(said.text))


def _usage(usage: Usage) -> dict[str, Any]:
    return {
        "input_tokens": usage.input,
        "cache_creation_input_tokens": usage.cache_write_5m + usage.cache_write_1h,
        "cache_read_input_tokens": usage.cache_read,
        "cache_creation": {
            "ephemeral_5m_input_tokens": usage.cache_write_5m,
            "ephemeral_1h_input_tokens": usage.cache_write_1h,
        },
        "output_tokens": usage.output,
        "service_tier": "standard",
    }


def played_model(name: str, recording: Recording) -> ClaudeModel:
    """The real adapter over the real SDK, with a recording in place of the network."""
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(Player(recording)))
    client = AsyncAnthropic(api_key="played", base_url="https://api.anthropic.com", max_retries=0, http_client=http)
    return ClaudeModel(name, client=client)


class HeardModel:
    """A `Model` that remembers what was asked of it and what came back."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.heard: list[tuple[Ask, Answered]] = []

    @property
    def name(self) -> str:
        return self._model.name

    def request(self, ask: Ask) -> dict[str, Any]:
        return self._model.request(ask)

    async def ask(self, ask: Ask) -> Answered:
        answered = await self._model.ask(ask)
        self.heard.append((ask, answered))
        return answered
