"""The stand-in behaves as the documentation says of the real API."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from standin.api import StandIn
from standin.cache import PromptCache
from standin.limits import RateLimits
from standin.server import Answer, Call, Manner
from standin.settings import Settings

POSTING = """Task: rewrite. The posting's language is en.

<posting abc123>
[u1 | heading | title | none | title] Nurse
[u2 | item | duties | duty] Look after patients
[u3 | item | must_have | must | pin "RN license"] Active RN license
[u4 | sentence | legal | none | notice n1] We are an equal opportunity employer.
</posting abc123>
"""


def a_request(
    turn: str = POSTING, *, ttl: str = "5m", shared: str = "Rules. " * 1_000, **more: object
) -> dict[str, Any]:
    system = [{"type": "text", "text": shared, "cache_control": {"type": "ephemeral", "ttl": ttl}}]
    messages = [{"role": "user", "content": turn}]
    return {"model": "claude-sonnet-5-5", "max_tokens": 1_000, "system": system, "messages": messages, **more}


async def ask(api: StandIn, body: object, path: str = "/v1/messages", method: str = "POST") -> Answer:
    data = json.dumps(body).encode() if body is not None else b""
    return await api.answer(Call(method, path, "", {"authorization": "Bearer k", "host": "h:1"}, data))


def told(work: Callable[[StandIn], Awaitable[None]], **settings: object) -> StandIn:
    api = StandIn(Settings.of(settings))
    asyncio.run(_awaited(work(api)))
    return api


async def _awaited(work: Awaitable[None]) -> None:
    await work


def usage(answer: Answer) -> tuple[int, int, int]:
    """Read, written, plain."""
    counts = json.loads(answer.body)["usage"]
    return (
        counts["cache_read_input_tokens"],
        counts["cache_creation_input_tokens"],
        counts["input_tokens"],
    )


class TestTheCache:
    def test_an_entry_is_readable_when_the_first_reply_begins_and_not_before(self) -> None:
        async def work(api: StandIn) -> None:
            early = await asyncio.gather(*(ask(api, a_request(f"{POSTING}{n}")) for n in range(3)))
            assert [usage(one)[1] > 0 for one in early] == [True] * 3
            read, written, _ = usage(await ask(api, a_request()))
            assert read > 0
            assert written == 0

        told(work, first_token_seconds=0.02, output_seconds=0.02)

    def test_a_prefix_below_the_minimum_is_not_cached(self) -> None:
        async def work(api: StandIn) -> None:
            for _ in range(2):
                assert usage(await ask(api, a_request(shared="Rules. " * 200)))[:2] == (0, 0)

        told(work)

    def test_another_format_or_model_finds_nothing(self) -> None:
        async def work(api: StandIn) -> None:
            await ask(api, a_request())
            for change in ({"output_config": {"effort": "low"}}, {"model": "claude-opus-5-5"}):
                assert usage(await ask(api, a_request(**change)))[0] == 0

        told(work)

    def test_a_read_lets_an_entry_live_on_and_without_one_it_ends(self) -> None:
        cache, body = PromptCache(minimum=10), a_request()
        assert cache.count(body, start=0, begins=1).write_5m > 0
        assert cache.count(body, start=200, begins=201).read > 0
        assert cache.count(body, start=450, begins=451).read > 0
        late = cache.count(body, start=800, begins=801)
        assert (late.read, late.write_5m > 0) == (0, True)

    def test_the_hour_is_told_apart_from_the_five_minutes(self) -> None:
        counted = PromptCache(minimum=10).count(a_request(ttl="1h"), start=0, begins=1)
        assert counted.write_1h > 0
        assert counted.write_5m == 0


class TestReplies:
    def reply(self, body: dict[str, Any], **settings: object) -> dict[str, Any]:
        found: dict[str, Any] = {}

        async def work(api: StandIn) -> None:
            found.update(json.loads((await ask(api, body)).body))

        told(work, **settings)
        return found

    def test_every_unit_that_needs_it_is_kept_in_its_section(self) -> None:
        reply = json.loads(self.reply(a_request())["content"][0]["text"])
        kept = {section["kind"]: section["lines"] for section in reply["sections"]}
        assert kept == {"duties": [{"keep": ["u2"]}], "must_have": [{"keep": ["u3"]}]}

    def test_a_refusal_has_no_content_and_says_why(self) -> None:
        message = self.reply(a_request(), refused=1.0)
        assert (message["stop_reason"], message["content"]) == ("refusal", [])

    def test_a_reply_without_room_is_cut(self) -> None:
        message = self.reply(a_request() | {"max_tokens": 5})
        assert message["stop_reason"] == "max_tokens"

    @pytest.mark.parametrize(
        ("change", "status"), [({"temperature": 1}, 400), ({"max_tokens": None}, 200), ({"model": "gpt"}, 404)]
    )
    def test_what_the_api_rejects_is_rejected(self, change: dict[str, object], status: int) -> None:
        async def work(api: StandIn) -> None:
            body = {**a_request(), **change}
            if body["max_tokens"] is None:
                body["max_tokens"] = 500
            assert (await ask(api, body)).status == status

        told(work, models=["claude-sonnet-5-5"])

    def test_it_says_why_the_cache_did_not_serve_when_asked(self) -> None:
        async def work(api: StandIn) -> None:
            first = json.loads((await ask(api, a_request())).body)
            body = a_request(shared="Other rules. " * 1_000, diagnostics={"previous_message_id": first["id"]})
            second = json.loads((await ask(api, body)).body)
            assert second["diagnostics"]["cache_miss_reason"]["type"] == "system_changed"

        told(work)


class TestLimitsAndFaults:
    def test_requests_beyond_the_limit_are_turned_away_with_the_time_to_wait(self) -> None:
        limits = RateLimits(60, 0, burst=2 / 60, now=0.0)
        assert [limits.take(0.0, 0) for _ in range(3)] == [0.0, 0.0, pytest.approx(1.0)]
        assert limits.take(1.5, 0) == 0.0
        headers = limits.headers(1.5)
        assert headers["anthropic-ratelimit-requests-limit"] == "60"
        assert headers["anthropic-ratelimit-requests-remaining"] == "0"

    def test_a_turned_away_request_names_the_seconds(self) -> None:
        async def work(api: StandIn) -> None:
            await ask(api, a_request())
            answer = await ask(api, a_request("another"))
            assert answer.status == 429
            assert int(answer.headers["retry-after"]) >= 1

        told(work, requests_per_minute=1, burst=1.0)

    @pytest.mark.parametrize(
        ("setting", "status", "manner"),
        [("overloaded", 529, Manner.WHOLE), ("failed", 500, Manner.WHOLE), ("cut", 200, Manner.CUT)],
    )
    def test_faults_come_as_they_are_set(self, setting: str, status: int, manner: Manner) -> None:
        async def work(api: StandIn) -> None:
            answer = await ask(api, a_request())
            assert (answer.status, answer.manner) == (status, manner)

        told(work, **{setting: 1.0})

    def test_a_spend_limit_has_its_code(self) -> None:
        async def work(api: StandIn) -> None:
            await ask(api, a_request())
            error = json.loads((await ask(api, a_request())).body)["error"]
            assert error["details"]["error_code"] == "enforced_spend_limit_reached"

        told(work, spend_limit_after=1)

    def test_an_unknown_setting_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="overlaoded"):
            Settings.of({"overlaoded": 1.0})


class TestBatches:
    def test_a_batch_is_worked_on_and_then_has_results_at_an_absolute_address(self) -> None:
        async def work(api: StandIn) -> None:
            rows = [{"custom_id": f"r{n}", "params": a_request(f"{POSTING}{n}")} for n in range(3)]
            made = json.loads((await ask(api, {"requests": rows}, "/v1/messages/batches")).body)
            assert (made["processing_status"], made["results_url"]) == ("in_progress", None)
            await asyncio.sleep(0.05)
            look = json.loads((await ask(api, None, f"/v1/messages/batches/{made['id']}", "GET")).body)
            assert look["processing_status"] == "ended"
            assert look["request_counts"]["succeeded"] == 3
            assert look["results_url"].startswith("http://h:1/")
            lines = (await ask(api, None, f"/results/{made['id']}.jsonl", "GET")).body.splitlines()
            assert [json.loads(line)["custom_id"] for line in lines] == ["r0", "r1", "r2"]
            assert json.loads(lines[0])["result"]["message"]["usage"]["service_tier"] == "batch"

        told(work, batch_seconds=0.02)

    @pytest.mark.parametrize("ids", [["a", "a"], ["no spaces"], ["x" * 65], []])
    def test_bad_names_are_rejected(self, ids: list[str]) -> None:
        async def work(api: StandIn) -> None:
            rows = [{"custom_id": one, "params": a_request()} for one in ids]
            assert (await ask(api, {"requests": rows}, "/v1/messages/batches")).status == 400

        told(work)

    def test_the_list_is_newest_first_and_goes_on_after_an_id(self) -> None:
        async def work(api: StandIn) -> None:
            names = []
            for number in range(3):
                rows = {"requests": [{"custom_id": "a", "params": a_request(str(number))}]}
                names.append(json.loads((await ask(api, rows, "/v1/messages/batches")).body)["id"])
            call = Call(
                "GET", "/v1/messages/batches", f"limit=1&after_id={names[2]}", {"authorization": "Bearer k"}, b""
            )
            page = json.loads((await api.answer(call)).body)
            assert [one["id"] for one in page["data"]] == [names[1]]
            assert page["has_more"]

        told(work)
