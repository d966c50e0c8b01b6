"""Endpoints that ignore the output schema are told it in words."""

import asyncio
import json

import pytest

from postwright.llm.prices import price_table
from postwright.llm.spoken import SpokenSchemaModel, needs_spoken_schema
from support.models import ScriptedModel, an_ask

SCHEMA = {"type": "object", "properties": {"b": {}, "a": {}}}


def test_the_schema_stands_in_the_shared_part_and_nothing_else_changes() -> None:
    scripted = ScriptedModel()
    asyncio.run(SpokenSchemaModel(scripted).ask(an_ask(schema=SCHEMA)))
    (asked,) = scripted.asks
    plain = an_ask(schema=SCHEMA)
    assert asked.shared.startswith(plain.shared)
    assert json.loads(asked.shared.splitlines()[-1]) == SCHEMA
    assert (asked.turns, asked.profile, asked.schema) == (plain.turns, plain.profile, plain.schema)


def test_the_journal_knows_a_spoken_request_from_a_plain_one() -> None:
    scripted = ScriptedModel()
    ask = an_ask(schema=SCHEMA)
    assert SpokenSchemaModel(scripted).request(ask) != scripted.request(ask)
    assert SpokenSchemaModel(scripted).request(ask) == SpokenSchemaModel(scripted).request(ask)
    assert SpokenSchemaModel(scripted).name == scripted.name


@pytest.mark.parametrize(
    ("address", "model", "spoken"),
    [
        ("", "claude-sonnet-5-5", False),
        ("", "qwen3:8b", False),
        ("https://api.anthropic.com", "some-new-model", False),
        ("http://127.0.0.1:11434", "qwen3:8b", True),
        ("https://anthropic.com.evil.test/v1", "qwen3:8b", True),
        ("https://litellm.hospital.test", "claude-sonnet-5-5", False),
    ],
)
def test_only_a_foreign_model_at_a_foreign_address_needs_it(address: str, model: str, *, spoken: bool) -> None:
    environment = {"ANTHROPIC_BASE_URL": address} if address else {}
    assert needs_spoken_schema(model, price_table(), environment) is spoken


def test_no_price_is_claimed_for_a_model_that_is_told_its_schema() -> None:
    assert not price_table().knows("qwen3:8b")
