"""A compatible endpoint that ignores the output schema, at HTTP level: the promise holds, and no price is claimed."""

import json
from pathlib import Path

import pytest
import respx
from click.testing import CliRunner

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main
from support.claude_replies import message

ROOT = Path(__file__).parents[2]
ADDRESS = "http://127.0.0.1:11434"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "ollama")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", ADDRESS)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "job.md").write_text((ROOT / "fixtures/postings/gold-a.md").read_text())
    return tmp_path


def test_the_schema_is_said_in_the_prompt_and_a_fenced_reply_is_read(folder: Path, httpx2_mock: respx.Router) -> None:
    said = f"Here you are:\n```json\n{(ROOT / 'fixtures/replies/gold-a.json').read_text()}\n```"
    route = httpx2_mock.post(f"{ADDRESS}/v1/messages").respond(json=message(said))
    result = CliRunner().invoke(main, ["rewrite", "job.md", "--model", "qwen3:8b"])
    assert result.exit_code == ExitCode.DONE, result.output
    asked = json.loads(route.calls[0].request.content)
    schema = asked["output_config"]["format"]["schema"]
    assert json.loads(asked["system"][0]["text"].splitlines()[-1]) == schema
    assert "accounted for" in result.stdout
    (cost,) = [line for line in result.stdout.splitlines() if line.startswith("Cost")]
    assert "$" not in cost


def test_a_reply_that_does_not_fit_goes_back_once_and_then_counts(folder: Path, httpx2_mock: respx.Router) -> None:
    said = (ROOT / "fixtures/replies/gold-a.json").read_text()
    route = httpx2_mock.post(f"{ADDRESS}/v1/messages")
    route.side_effect = [respx.MockResponse(json=message("Sure! I like jobs.")), respx.MockResponse(json=message(said))]
    result = CliRunner().invoke(main, ["rewrite", "job.md", "--model", "qwen3:8b"])
    assert result.exit_code == ExitCode.DONE, result.output
    assert "accounted for" in result.stdout
    asked = json.loads(route.calls[1].request.content)["messages"]
    assert [turn["role"] for turn in asked] == ["user", "assistant", "user"]
    assert "it holds no JSON" in asked[2]["content"]


def test_a_reply_that_is_nonsense_is_an_error_and_nothing_is_lost(folder: Path, httpx2_mock: respx.Router) -> None:
    route = httpx2_mock.post(f"{ADDRESS}/v1/messages").respond(json=message("Sure! I like jobs."))
    result = CliRunner().invoke(main, ["rewrite", "job.md", "--model", "qwen3:8b"])
    assert result.exit_code == ExitCode.FAILED
    assert "Traceback" not in result.output
    assert route.call_count == 2
    assert (folder / "job.md").read_text() == (ROOT / "fixtures/postings/gold-a.md").read_text()


def test_nonsense_is_not_remembered_for_good(folder: Path, httpx2_mock: respx.Router) -> None:
    said = (ROOT / "fixtures/replies/gold-a.json").read_text()
    route = httpx2_mock.post(f"{ADDRESS}/v1/messages").respond(json=message("Sure! I like jobs."))
    assert CliRunner().invoke(main, ["rewrite", "job.md", "--model", "qwen3:8b"]).exit_code == ExitCode.FAILED
    route.respond(json=message(said))
    again = CliRunner().invoke(main, ["rewrite", "job.md", "--model", "qwen3:8b"])
    assert again.exit_code == ExitCode.DONE, again.output
    assert "accounted for" in again.stdout


def test_a_folder_is_told_the_schema_too_and_names_no_price(folder: Path, httpx2_mock: respx.Router) -> None:
    (folder / "jobs").mkdir()
    (folder / "job.md").rename(folder / "jobs" / "job.md")
    said = (ROOT / "fixtures/replies/gold-a.json").read_text()
    route = httpx2_mock.post(f"{ADDRESS}/v1/messages")
    route.side_effect = [respx.MockResponse(json=message("Sure!")), respx.MockResponse(json=message(said))]
    result = CliRunner().invoke(main, ["batch", "jobs", "--model", "qwen3:8b"])
    assert result.exit_code == ExitCode.DONE, result.output
    first, second = (json.loads(call.request.content) for call in route.calls)
    assert json.loads(first["system"][0]["text"].splitlines()[-1]) == first["output_config"]["format"]["schema"]
    assert second["system"] == first["system"]
    assert "price unknown" in result.stdout
    assert "$" not in result.stdout


def test_doctor_says_how_the_schema_is_sent(folder: Path) -> None:
    assert "and in the prompt" in CliRunner().invoke(main, ["doctor", "--model", "qwen3:8b"]).stdout
    assert "(output_config)" in CliRunner().invoke(main, ["doctor"]).stdout
