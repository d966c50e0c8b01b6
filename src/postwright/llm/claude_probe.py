"""What an endpoint can do, asked of the endpoint itself: its models, and whether it holds replies to their schema."""

import json
from collections.abc import Mapping

from postwright.domain.model import Ask, Turn
from postwright.llm.claude import ClaudeModel

MOST_MODELS = 20
_ROOM = 1_024
"""Tokens: models that always think need some before the first word."""
_ANSWER = {"answer": "as the schema says"}
_SCHEMA = {
    "type": "object",
    "properties": {name: {"type": "string", "enum": [value]} for name, value in _ANSWER.items()},
    "required": list(_ANSWER),
    "additionalProperties": False,
}


async def models_of(claude: ClaudeModel) -> tuple[str, ...]:
    """The ids of the first models that the endpoint lists. Raises ModelError."""
    page = await claude.fetch(f"/v1/models?limit={MOST_MODELS}")
    data = page.get("data") if isinstance(page, Mapping) else None
    entries = data if isinstance(data, list) else []
    return tuple(str(entry["id"]) for entry in entries if isinstance(entry, Mapping) and entry.get("id"))[:MOST_MODELS]


async def holds_to_schema(claude: ClaudeModel) -> bool:
    """One small paid request whose prompt says nothing of the schema: only a server that enforces it gets it right.

    Raises ModelError.
    """
    ask = Ask("You are brief.", "", (Turn("user", "Say good morning."),), _SCHEMA, _ROOM)
    answered = await claude.ask(ask)
    try:
        return bool(json.loads(answered.text) == _ANSWER)
    except ValueError:
        return False
