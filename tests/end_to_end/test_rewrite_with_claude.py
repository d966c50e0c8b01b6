"""`rewrite` through the front door and the real SDK: what each answer of the network ends as."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import respx
from click.testing import CliRunner, Result

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main
from support.claude_replies import MESSAGES, error, message, usage

ROOT = Path(__file__).parents[2]
CANARY = "sk-ant-canary-000000"  # must be in no file and no line of output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ANTHROPIC_API_KEY", CANARY)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "job.md").write_text((ROOT / "fixtures/postings/gold-a.md").read_text())
    yield tmp_path
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes(), f"the key leaked into {path}"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries do not sleep in tests; how long they would is shown in the tests of PatientModel."""

    async def at_once(_: float) -> None: ...

    monkeypatch.setattr("postwright.cli.wiring.pause", at_once)


def truthful(name: str = "gold-a") -> str:
    return (ROOT / f"fixtures/replies/{name}.json").read_text()


def rewrite(*args: str) -> Result:
    result = CliRunner().invoke(main, ["rewrite", "job.md", *args])
    assert "Traceback" not in result.output
    assert CANARY not in result.output
    return result


def one_error(result: Result) -> str:
    lines = [line for line in result.stderr.splitlines() if line.startswith("error:")]
    assert len(lines) == 1
    assert "hint:" in lines[0]
    return lines[0]


def test_a_truthful_reply_becomes_a_draft_a_page_and_eight_lines(folder: Path, httpx2_mock: respx.Router) -> None:
    route = httpx2_mock.post(MESSAGES).respond(json=message(truthful()))
    result = rewrite()
    assert result.exit_code == ExitCode.DONE, result.output
    assert route.call_count == 1
    work = folder / ".postwright" / "job.md"
    assert "- You know Mirth, Rhapsody, Cloverleaf, Corepoint or Iguana." in (work / "draft.md").read_text()
    assert {p.name for p in work.iterdir()} == {"draft.md", "review.html", "review.json", "questions.yaml"}
    assert "accounted for" in result.stdout
    assert (folder / "job.md").read_text() == (ROOT / "fixtures/postings/gold-a.md").read_text()


def test_the_same_request_is_never_paid_twice(folder: Path, httpx2_mock: respx.Router) -> None:
    route = httpx2_mock.post(MESSAGES).respond(json=message(truthful()))
    rewrite()
    first = (folder / ".postwright/job.md/draft.md").read_bytes()
    assert rewrite().exit_code == ExitCode.DONE
    assert route.call_count == 1
    assert (folder / ".postwright/job.md/draft.md").read_bytes() == first


def test_a_broken_line_goes_back_once_and_then_the_source_stands(folder: Path, httpx2_mock: respx.Router) -> None:
    reply = json.loads(truthful())
    line = next(
        part for s in reply["sections"] for part in s["lines"] if part.get("text", "").startswith("You know Kub")
    )
    line["text"] = "You have 12 years of Kubernetes and a PMP."
    route = httpx2_mock.post(MESSAGES).respond(json=message(json.dumps(reply)))
    assert rewrite().exit_code == ExitCode.DONE
    assert route.call_count == 2
    draft = (folder / ".postwright/job.md/draft.md").read_text()
    assert "12 years" not in draft
    assert "Kubernetes, Terraform, Spark, Kafka, Airflow, Snowflake" in draft


def test_a_cut_reply_is_asked_again_with_more_room_and_then_restored(folder: Path, httpx2_mock: respx.Router) -> None:
    route = httpx2_mock.post(MESSAGES).respond(json=message(truthful()[:400], stop="max_tokens"))
    assert rewrite().exit_code == ExitCode.DONE
    rooms = [json.loads(call.request.content)["max_tokens"] for call in route.calls]
    assert rooms[1] > rooms[0]
    assert "- 7+ years of experience with large language models" in (folder / ".postwright/job.md/draft.md").read_text()


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (401, error("authentication_error", "invalid x-api-key"), "key"),
        (404, error("not_found_error", "model: claude-nope"), "claude-sonnet-5-5"),
        (429, error("rate_limit_error", "limit", code="enforced_spend_limit_reached"), "spend"),
        (400, error("invalid_request_error", "You have reached your specified API usage limits."), "limit"),
        (413, error("request_too_large", "too large"), "large"),
        (529, error("overloaded_error", "Overloaded"), ""),
        (500, error("api_error", "Internal server error"), ""),
    ],
)
def test_a_refused_request_is_one_line_with_a_hint(
    folder: Path, httpx2_mock: respx.Router, status: int, body: dict[str, object], says: str
) -> None:
    httpx2_mock.post(MESSAGES).respond(status, json=body)
    result = rewrite()
    assert result.exit_code == ExitCode.FAILED
    assert says in one_error(result).lower()
    assert not (folder / ".postwright/job.md/draft.md").exists()


@pytest.mark.parametrize(
    "fault",
    [httpx2.ReadTimeout("slow"), httpx2.ConnectError("no route"), httpx2.RemoteProtocolError("reset")],
    ids=["timeout", "no connection", "reset"],
)
def test_a_network_that_fails_is_one_line_with_a_hint(
    folder: Path, httpx2_mock: respx.Router, fault: Exception
) -> None:
    httpx2_mock.post(MESSAGES).mock(side_effect=fault)
    assert rewrite().exit_code == ExitCode.FAILED


@pytest.mark.parametrize(
    "body",
    [
        message("", content=[]),
        message("I cannot help with that.", stop="refusal"),
        message('{"summary": "no'),
        message('{"wrong": "schema"}'),
    ],
    ids=["empty content", "refusal", "malformed JSON", "wrong schema"],
)
def test_a_reply_that_cannot_be_used_is_one_line_with_a_hint(
    folder: Path, httpx2_mock: respx.Router, body: dict[str, object]
) -> None:
    httpx2_mock.post(MESSAGES).respond(json=body)
    result = rewrite()
    assert result.exit_code == ExitCode.FAILED
    one_error(result)


def test_a_web_page_with_status_200_is_one_line_with_a_hint(folder: Path, httpx2_mock: respx.Router) -> None:
    httpx2_mock.post(MESSAGES).respond(200, html="<html>Sign in</html>")
    result = rewrite()
    assert result.exit_code == ExitCode.FAILED
    one_error(result)


def test_a_busy_api_is_waited_for(folder: Path, httpx2_mock: respx.Router) -> None:
    route = httpx2_mock.post(MESSAGES)
    route.side_effect = [
        respx.MockResponse(429, json=error("rate_limit_error"), headers={"retry-after": "7"}),
        respx.MockResponse(200, json=message(truthful(), usage=usage(read=8_000, sent=1_500))),
    ]
    result = rewrite()
    assert result.exit_code == ExitCode.DONE, result.output
    assert "waiting" in result.stderr


def test_the_shared_part_is_the_same_bytes_for_every_posting(folder: Path, httpx2_mock: respx.Router) -> None:
    (folder / "other.md").write_text((ROOT / "fixtures/postings/gold-b.md").read_text())
    route = httpx2_mock.post(MESSAGES)
    route.side_effect = [
        respx.MockResponse(200, json=message(truthful())),
        respx.MockResponse(200, json=message(truthful("gold-b"))),
    ]
    assert rewrite("other.md").exit_code == ExitCode.DONE
    first, second = (json.loads(call.request.content) for call in route.calls)
    assert first["system"] == second["system"]
    assert first["output_config"] == second["output_config"]
    assert first["system"][0]["cache_control"] == {"type": "ephemeral", "ttl": "5m"}
    assert first["messages"] != second["messages"]


def test_out_of_scope_costs_nothing(folder: Path, httpx2_mock: respx.Router) -> None:
    (folder / "job.md").write_text((ROOT / "fixtures/postings/retail-store-manager.md").read_text())
    result = rewrite()
    assert result.exit_code == ExitCode.DONE
    assert "out of scope" in result.stdout.lower()


def test_patient_data_stops_before_anything_is_sent(folder: Path, httpx2_mock: respx.Router) -> None:
    with (folder / "job.md").open("a") as file:
        file.write("\nExample chart: SSN 536-90-4399.\n")
    result = rewrite()
    assert result.exit_code == ExitCode.FAILED
    assert "536-90-4399" not in result.output
    assert "nothing was sent" in one_error(result)


def test_contacts_travel_as_placeholders_and_come_back(folder: Path, httpx2_mock: respx.Router) -> None:
    (folder / "job.md").write_text((ROOT / "fixtures/postings/gold-b.md").read_text())
    route = httpx2_mock.post(MESSAGES).respond(json=message(truthful("gold-b")))
    assert rewrite().exit_code == ExitCode.DONE
    assert b"309-555-0142" not in route.calls[0].request.content
    assert "309-555-0142" in (folder / ".postwright/job.md/draft.md").read_text()


def test_the_employers_facts_are_the_second_cached_block_with_their_sections(
    folder: Path, httpx2_mock: respx.Router
) -> None:
    (folder / "postwright.toml").write_text(
        '[profile]\nfacts = [{id = "p3", text = "We run nine clinics.", sections = ["about"]}, "We use Epic."]\n'
    )
    route = httpx2_mock.post(MESSAGES).respond(json=message(truthful()))
    assert rewrite().exit_code == ExitCode.DONE
    sent = json.loads(route.calls.last.request.content)
    shared, profile = sent["system"]
    assert shared["cache_control"] == profile["cache_control"]
    assert "[p3 | about] We run nine clinics.\n" in profile["text"]
    assert "[p1 | any section] We use Epic.\n" in profile["text"]
    assert "nine clinics" not in shared["text"] + json.dumps(sent["messages"])


def test_a_line_that_cites_a_fact_where_the_employer_does_not_allow_it_is_withdrawn(
    folder: Path, httpx2_mock: respx.Router
) -> None:
    (folder / "postwright.toml").write_text(
        '[profile]\nfacts = [{id = "p1", text = "We run nine clinics.", sections = ["about"]}]\n'
    )
    reply = json.loads(truthful())
    line = {"id": "x1", "text": "We run nine clinics.", "sources": ["p1"], "why": ""}
    reply["sections"].append({"kind": "offer", "heading": "", "lines": [line]})
    route = httpx2_mock.post(MESSAGES).respond(json=message(json.dumps(reply)))
    assert rewrite().exit_code == ExitCode.DONE
    assert route.call_count == 2  # it went back once
    asked = json.loads(route.calls.last.request.content)["messages"][-1]["content"]
    assert "allows only in: about" in json.dumps(asked)
    assert "nine clinics" not in (folder / ".postwright/job.md/draft.md").read_text()
