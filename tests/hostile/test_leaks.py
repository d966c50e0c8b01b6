"""A canary key and canary patient data: after a run neither is in the journal, the output, the JSON or the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import respx
from click.testing import CliRunner, Result

from hostile.postings import CLEAN, posting
from postwright.cli.boundary import ExitCode
from postwright.cli.main import main
from support.claude_replies import MESSAGES, error, message

KEY = "sk-ant-canary-3f9a17c2d4e5b6a7"
NUMBER = "536-90-4399"
PATIENT = "Quillfeather"
CHART = f"Example chart: SSN {NUMBER}, MRN: 00482913. Patient: Odalys {PATIENT}."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)

    async def at_once(_: float) -> None: ...

    monkeypatch.setattr("postwright.cli.wiring.pause", at_once)
    yield tmp_path
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name not in {"job.md", "answers.yaml"}:
            data = path.read_bytes()
            assert not any(canary.encode() in data for canary in (KEY, NUMBER, PATIENT)), f"a canary is in {path}"


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, args, env={"POSTWRIGHT_DEBUG": "1"})
    assert not any(canary in result.output for canary in (KEY, NUMBER, PATIENT))
    return result


@pytest.mark.parametrize("command", ["rewrite", "critique"])
@pytest.mark.parametrize(
    "options", [[], ["--rules-only"], ["--json"], ["--anyway"]], ids=lambda o: "".join(o) or "plain"
)
def test_patient_data_is_neither_sent_nor_copied(
    folder: Path, httpx2_mock: respx.Router, command: str, options: list[str]
) -> None:
    (folder / "job.md").write_text(posting(CHART))
    result = run(command, "job.md", *options)
    assert result.exit_code == ExitCode.FAILED
    assert "nothing was sent or written" in result.stderr


def test_patient_data_in_a_posting_that_needs_no_model_is_not_copied_either(folder: Path) -> None:
    (folder / "job.md").write_text(f"# Store manager\n\nYou will run a shoe shop and its till.\n\n{CHART}\n")
    assert run("rewrite", "job.md").exit_code == ExitCode.FAILED


def test_patient_data_in_an_answer_is_not_sent(folder: Path, httpx2_mock: respx.Router) -> None:
    (folder / "job.md").write_text(CLEAN)
    (folder / "answers.yaml").write_text(f"closing_date:\n  text: 'Ask {CHART}'\n")
    result = run("rewrite", "job.md", "--answers", "answers.yaml")
    assert result.exit_code == ExitCode.FAILED
    assert "the answer to closing_date holds" in result.stderr


def test_a_check_tells_of_patient_data_without_repeating_it(folder: Path) -> None:
    (folder / "job.md").write_text(posting(CHART))
    result = run("check", "job.md")
    assert result.exit_code == ExitCode.FINDINGS
    assert "patient-data" in result.output


ANSWERS = {
    "fine": (200, message()),
    "nonsense": (200, message("nonsense")),
    "401": (401, error("authentication_error", f"bad key {KEY}")),
    "500": (500, error("api_error", f"header x-api-key: {KEY}")),
    "400": (400, error("invalid_request_error", f"Authorization: Bearer {KEY}")),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_key_is_in_no_file_and_no_line_whatever_the_answer(
    folder: Path, httpx2_mock: respx.Router, answer: str
) -> None:
    (folder / "job.md").write_text(CLEAN)
    status, body = ANSWERS[answer]
    httpx2_mock.post(MESSAGES).respond(status, json=body)
    run("rewrite", "job.md", "--anyway")
