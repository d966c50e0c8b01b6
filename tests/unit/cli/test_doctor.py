"""What `doctor` says of each provider and endpoint, and what it asks only when told to."""

import json
from pathlib import Path

import httpx2
import pytest
import respx
from click.testing import CliRunner

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main
from support.claude_replies import API, COUNT_TOKENS, MESSAGES, error, message

CANARY = "sk-ant-canary-0123456789abcdef"
LOCAL = "http://127.0.0.1:11434"
MODELS = f"{API}/v1/models"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", CANARY)


def table(*args: str, exit_code: ExitCode = ExitCode.DONE) -> dict[str, str]:
    """The rows by name. Nothing in them is a key, and each is one line."""
    result = CliRunner().invoke(main, ["doctor", *args])
    assert result.exit_code == exit_code, result.output
    assert CANARY not in result.output
    return {line[:15].strip(): line[16:] for line in result.stdout.splitlines()}


def test_without_a_word_it_asks_nobody() -> None:
    rows = table()
    assert rows["provider"].startswith("anthropic:")
    assert rows["endpoint"] == API
    assert rows["credentials"] == "none: the rules engine works alone"
    assert rows["model"] == "claude-sonnet-5-5"
    assert rows["batches"] == "yes (--economy)"
    assert rows["price"].startswith("known")


@pytest.mark.usefixtures("key")
def test_online_lists_models_and_counts_the_prompt(httpx2_mock: respx.Router) -> None:
    httpx2_mock.get(MODELS).respond(json={"data": [{"id": "claude-sonnet-5-5"}, {"id": "claude-opus-5-5"}]})
    httpx2_mock.post(COUNT_TOKENS).respond(json={"input_tokens": 12_345})
    rows = table("--online")
    assert rows["models"] == "claude-sonnet-5-5, claude-opus-5-5"
    assert rows["prompt tokens"] == "12,345 (counted by the endpoint)"
    assert rows["schema enforced"].startswith("asked with --probe")


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    ("said", "told"), [('{"answer": "as the schema says"}', "yes"), ("Good morning!", "no: this endpoint ignores it")]
)
def test_probe_tells_whether_the_schema_is_enforced(httpx2_mock: respx.Router, said: str, told: str) -> None:
    httpx2_mock.get(MODELS).respond(json={"data": []})
    httpx2_mock.post(COUNT_TOKENS).respond(json={"input_tokens": 1})
    route = httpx2_mock.post(MESSAGES).respond(json=message(said))
    assert table("--probe")["schema enforced"] == told
    asked = json.loads(route.calls[0].request.content)
    assert "schema" not in json.dumps([asked["system"], asked["messages"]])


@pytest.mark.usefixtures("key")
def test_a_question_that_fails_spares_the_others(httpx2_mock: respx.Router) -> None:
    httpx2_mock.get(MODELS).respond(404, json=error("not_found_error"))
    httpx2_mock.post(COUNT_TOKENS).respond(json={"input_tokens": 12_345})
    rows = table("--online", exit_code=ExitCode.FAILED)
    assert rows["models"].startswith("failed: ")
    assert rows["prompt tokens"].startswith("12,345")


@pytest.mark.usefixtures("key")
def test_an_endpoint_out_of_reach_is_told_in_the_table(httpx2_mock: respx.Router) -> None:
    httpx2_mock.route().mock(side_effect=httpx2.ConnectError(f"no route with {CANARY}"))
    rows = table("--online", exit_code=ExitCode.FAILED)
    assert rows["models"].startswith("failed: the API cannot be reached")


@pytest.mark.usefixtures("key")
def test_a_local_endpoint_is_told_its_schema_and_has_no_price(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", LOCAL)
    rows = table("--model", "qwen3:8b")
    assert rows["endpoint"] == LOCAL
    assert "and in the prompt" in rows["reply schema"]
    assert rows["batches"] == "none known: --economy is refused"
    assert rows["price"].startswith("unknown")


@pytest.mark.usefixtures("key")
def test_a_gateway_that_serves_claude_may_bill_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "https://litellm.hospital.test")
    rows = table()
    assert rows["reply schema"] == "in the request (output_config)"
    assert "a gateway may bill otherwise" in rows["price"]


@pytest.mark.usefixtures("key")
def test_a_password_in_the_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "https://hiring:hunter2@gateway.hospital.test/claude/")
    assert table()["endpoint"] == "https://gateway.hospital.test/claude"


def test_a_cloud_says_what_it_gives_and_what_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    rows = table("--provider", "bedrock", "--model", "eu.anthropic.claude-sonnet-5-5-v1:0")
    assert rows["endpoint"] == "https://bedrock-runtime.eu-central-1.amazonaws.com"
    assert rows["credentials"] == "the AWS credential chain"
    assert rows["batches"] == "none: --economy is refused"
    assert rows["token counting"] == "no: sizes are estimates"
    assert rows["models"] == "not listed there"
    assert rows["price"].startswith("unknown")


def test_a_cloud_that_is_not_set_up_says_what_to_set() -> None:
    assert "CLOUD_ML_REGION" in table("--provider", "vertex")["endpoint"]


def test_a_cloud_with_ids_of_its_own_wants_a_model() -> None:
    result = CliRunner().invoke(main, ["doctor", "--provider", "bedrock"])
    assert result.exit_code == ExitCode.USAGE
    assert "--model" in result.stderr


def test_the_config_above_the_folder_counts(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_folder / "postwright.toml").write_text(
        'provider = "foundry"\nmodel = "claude-hiring"\n[prices."claude-hiring"]\ninput = 3\noutput = 15\n'
    )
    monkeypatch.setenv("ANTHROPIC_FOUNDRY_RESOURCE", "clinic")
    monkeypatch.setenv("ANTHROPIC_FOUNDRY_API_KEY", CANARY)
    rows = table()
    assert rows["provider"].startswith("foundry:")
    assert rows["model"] == "claude-hiring"
    assert rows["endpoint"] == "https://clinic.services.ai.azure.com/anthropic"
    assert rows["credentials"] == "ANTHROPIC_FOUNDRY_API_KEY"
    assert rows["price"] == "yours, from the config"


def test_the_environment_outranks_the_config(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_folder / "postwright.toml").write_text('provider = "foundry"\n')
    monkeypatch.setenv("POSTWRIGHT_PROVIDER", "aws")
    assert table()["provider"].startswith("aws:")
    assert table("--provider", "anthropic")["provider"].startswith("anthropic:")


def test_an_unknown_provider_in_the_config_names_the_nearest(empty_folder: Path) -> None:
    (empty_folder / "postwright.toml").write_text('provider = "bedrok"\n')
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == ExitCode.USAGE
    assert "did you mean 'bedrock'" in result.stderr


def test_the_switch_of_another_program_is_named_and_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUDE_CODE_USE_BEDROCK", "1")
    rows = table()
    assert rows["provider"].startswith("anthropic:")
    assert rows["note"].endswith("--provider bedrock")
