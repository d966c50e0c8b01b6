"""A rewrite by each kind of provider, from the front door to the wire: the summary claims no price that is not ours."""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
import respx
from click.testing import CliRunner, Result

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main
from support.claude_replies import message

ROOT = Path(__file__).parents[2]
FOREIGN = "sk-ant-canary-that-only-anthropic-may-see"
SAID = (ROOT / "fixtures/replies/gold-a.json").read_text()
FOUNDRY = "https://clinic.services.ai.azure.com/anthropic/v1/messages"
BEDROCK = "https://bedrock-runtime.eu-central-1.amazonaws.com/model/eu.anthropic.claude-sonnet-5-5-v1:0/invoke"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANTHROPIC_API_KEY", FOREIGN)
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "job.md").write_text((ROOT / "fixtures/postings/gold-a.md").read_text())
    return tmp_path


@pytest.fixture
def foundry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_FOUNDRY_RESOURCE", "clinic")
    monkeypatch.setenv("ANTHROPIC_FOUNDRY_API_KEY", "key-of-foundry")


def run(*args: str, exit_code: ExitCode = ExitCode.DONE) -> Result:
    result = CliRunner().invoke(main, list(args))
    assert result.exit_code == exit_code, result.output
    assert "Traceback" not in result.output
    return result


def cost(result: Result) -> str:
    """The row of the summary, which may run over two lines."""
    return result.stdout[result.stdout.index("\nCost") :].split("\nNext")[0]


@pytest.mark.usefixtures("foundry")
def test_foundry_gets_the_posting_and_no_price_is_claimed(httpx2_mock: respx.Router) -> None:
    route = httpx2_mock.post(FOUNDRY).respond(json=message(SAID))
    result = run("rewrite", "jobs/job.md", "--provider", "foundry")
    assert "accounted for" in result.stdout
    assert "$" not in cost(result)
    assert cost(result).rstrip().endswith("cost unknown")
    sent = route.calls[0].request
    assert FOREIGN not in str(sent.headers.raw)
    assert json.loads(sent.content)["model"] == "claude-sonnet-5-5"


@pytest.mark.usefixtures("foundry")
def test_a_price_of_ones_own_is_used(folder: Path, httpx2_mock: respx.Router) -> None:
    (folder / "postwright.toml").write_text(
        'provider = "foundry"\n[prices.claude-sonnet-5-5]\ninput = 1000\noutput = 0\n'
    )
    httpx2_mock.post(FOUNDRY).respond(json=message(SAID))
    assert "$" in cost(run("rewrite", "jobs/job.md"))


@pytest.mark.skipif(find_spec("boto3") is None, reason="the extra bedrock is not installed")
def test_bedrock_gets_the_posting_signed(monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIACANARY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary")
    route = httpx2_mock.post(BEDROCK).respond(json=message(SAID))
    model = "eu.anthropic.claude-sonnet-5-5-v1:0"
    result = run("rewrite", "jobs/job.md", "--provider", "bedrock", "--model", model)
    assert "accounted for" in result.stdout
    assert "$" not in cost(result)
    assert cost(result).rstrip().endswith("cost unknown")
    assert route.calls[0].request.headers["authorization"].startswith("AWS4-HMAC-SHA256")


def test_bedrock_without_a_model_is_a_usage_error() -> None:
    result = run("rewrite", "jobs/job.md", "--provider", "bedrock", exit_code=ExitCode.USAGE)
    assert "--model" in result.stderr


def test_the_rules_alone_need_no_model_of_a_provider() -> None:
    assert "Verdict" in run("rewrite", "jobs/job.md", "--provider", "bedrock", "--rules-only").stdout


def test_a_cloud_that_is_not_set_up_is_an_error_and_not_a_silent_rules_run() -> None:
    result = run("rewrite", "jobs/job.md", "--provider", "foundry", exit_code=ExitCode.FAILED)
    assert "ANTHROPIC_FOUNDRY" in result.stderr or "postwright[foundry]" in result.stderr


@pytest.mark.parametrize("provider", ["bedrock", "bedrock-mantle", "vertex", "foundry"])
def test_economy_is_refused_where_there_are_no_batches(provider: str) -> None:
    result = run(
        "batch", "jobs", "--economy", "--provider", provider, "--model", "some-model", exit_code=ExitCode.USAGE
    )
    assert "has no Message Batches" in result.stderr
    assert "leave --economy out" in result.stderr


def test_economy_is_refused_at_a_compatible_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:11434")
    result = run("batch", "jobs", "--economy", "--model", "qwen3:8b", exit_code=ExitCode.USAGE)
    assert "has no Message Batches" in result.stderr


@pytest.mark.usefixtures("foundry")
def test_a_cap_cannot_hold_where_the_price_is_unknown() -> None:
    result = run("batch", "jobs", "--max-cost", "5", "--provider", "foundry", exit_code=ExitCode.USAGE)
    assert "unknown" in result.stderr


@pytest.mark.usefixtures("foundry")
def test_a_dry_run_of_a_folder_names_no_price() -> None:
    result = run("batch", "jobs", "--dry-run", "--provider", "foundry", exit_code=ExitCode.DONE)
    assert "unknown for claude-sonnet-5-5" in result.stdout
