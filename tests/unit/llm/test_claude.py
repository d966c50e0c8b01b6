"""ClaudeModel through the real SDK: what is sent, and what each answer of the network becomes."""

import asyncio
import socket
import traceback
from collections.abc import Iterable
from typing import Any

import httpx2
import pytest
import respx
from anthropic.types.message_create_params import MessageCreateParamsNonStreaming
from pydantic import TypeAdapter

from postwright.domain.errors import (
    EndpointUnusable,
    ModelAccessDenied,
    ModelError,
    ModelUnavailable,
    ModelUnknown,
    NoCredentials,
    RequestRefused,
    SpendLimitReached,
)
from postwright.domain.model import Answered, Ask, Stop, Turn, Usage
from postwright.llm.claude import ClaudeModel, reply_schema
from postwright.llm.providers import DEFAULT_MODEL
from support.claude_replies import API, COUNT_TOKENS, MESSAGES, REQUEST_ID, error, message, reply_text, usage

CANARY = "sk-ant-canary-0123456789abcdef"


@pytest.fixture(autouse=True)
def api_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", CANARY)


def an_ask(posting: str = "[u1] Nurse informaticist", **changes: object) -> Ask:
    fields: dict[str, Any] = {
        "shared": "You are an editor of job postings.\n" * 3,
        "profile": "",
        "turns": (Turn("user", posting),),
        "schema": reply_schema(),
    }
    fields.update(changes)
    return Ask(**fields)


def asked(ask: Ask | None = None, model: ClaudeModel | None = None) -> Answered:
    model = model or ClaudeModel()

    async def once() -> Answered:
        try:
            return await model.ask(ask or an_ask())
        finally:
            await model.close()

    return asyncio.run(once())


def failure(kind: type[ModelError], ask: Ask | None = None, model: ClaudeModel | None = None) -> ModelError:
    """The error that an ask ends in: exactly of this kind, one line, with a hint, and without the key anywhere."""
    with pytest.raises(ModelError) as caught:
        asked(ask, model)
    found = caught.value
    assert type(found) is kind
    assert found.says
    assert "\n" not in found.says + found.hint
    assert found.hint
    assert CANARY not in "".join(traceback.format_exception(found))
    return found


class TestTheRequest:
    def test_it_is_what_the_sdk_takes(self) -> None:
        body = ClaudeModel().request(an_ask(profile="We are a clinic.", effort="medium", ttl="1h"))
        adapter = TypeAdapter(MessageCreateParamsNonStreaming)  # must outlive the lazy lists that it makes
        checked: Any = adapter.validate_python(body)
        assert [block["cache_control"] for block in checked["system"]] == [{"type": "ephemeral", "ttl": "1h"}] * 2
        assert list(checked["messages"]) == [{"role": "user", "content": "[u1] Nurse informaticist"}]

    def test_it_names_model_room_and_format(self) -> None:
        body = ClaudeModel("claude-opus-5-5").request(an_ask(max_tokens=9_000))
        assert body["model"] == "claude-opus-5-5"
        assert body["max_tokens"] == 9_000
        assert body["output_config"] == {"format": {"type": "json_schema", "schema": reply_schema()}}

    def test_without_a_name_it_is_the_default_model(self) -> None:
        assert ClaudeModel().name == DEFAULT_MODEL == "claude-sonnet-5-5"

    def test_effort_is_sent_only_when_set(self) -> None:
        assert ClaudeModel().request(an_ask(effort="low"))["output_config"]["effort"] == "low"
        assert "effort" not in ClaudeModel().request(an_ask())["output_config"]

    def test_without_a_profile_there_is_one_cached_block(self) -> None:
        assert [block["text"] for block in ClaudeModel().request(an_ask())["system"]] == [an_ask().shared]

    def test_the_turns_of_a_repair_follow_in_order(self) -> None:
        turns = (Turn("user", "a"), Turn("assistant", "b"), Turn("user", "c"))
        sent = ClaudeModel().request(an_ask(turns=turns))["messages"]
        assert [(turn["role"], turn["content"]) for turn in sent] == [("user", "a"), ("assistant", "b"), ("user", "c")]

    def test_the_cached_prefix_is_the_same_bytes_for_two_postings(self, httpx2_mock: respx.Router) -> None:
        route = httpx2_mock.post(MESSAGES).respond(json=message())
        for posting in ("[u1] One posting", "[u1] Another, with “quotes” and Ümläute"):
            asked(an_ask(posting, profile="We are a clinic."))
        first, second = (call.request.content for call in route.calls)
        assert first != second
        for part in (b'"system":', b'"output_config":'):
            assert _member(first, part) == _member(second, part)

    def test_no_option_that_the_api_refuses_is_sent(self, httpx2_mock: respx.Router) -> None:
        route = httpx2_mock.post(MESSAGES).respond(json=message())
        asked()
        body = route.calls.last.request.content
        assert not [name for name in (b"temperature", b"top_p", b"thinking", b"tool_choice") if name in body]

    def test_more_room_than_the_sdk_gives_without_streaming_is_sent(self, httpx2_mock: respx.Router) -> None:
        route = httpx2_mock.post(MESSAGES).respond(json=message())
        assert asked(an_ask(max_tokens=64_000)).stop is Stop.END
        assert b'"max_tokens":64000' in route.calls.last.request.content


class TestTheSchema:
    def test_every_object_is_closed_and_every_field_required(self) -> None:
        for part in _objects(reply_schema()):
            assert part["additionalProperties"] is False
            assert sorted(part["required"]) == sorted(part["properties"])

    def test_it_stays_within_the_sixteen_unions_that_the_api_allows(self) -> None:
        assert sum("anyOf" in part for part in _dicts(reply_schema())) <= 16

    def test_it_is_the_same_bytes_every_time(self) -> None:
        assert str(reply_schema()) == str(reply_schema())


class TestGoodAnswers:
    def test_text_usage_and_ids_come_back(self, httpx2_mock: respx.Router) -> None:
        counts = usage(read=8_000, write_5m=10, write_1h=20, sent=30, output=40)
        httpx2_mock.post(MESSAGES).respond(json=message("{}", usage=counts), headers={"request-id": REQUEST_ID})
        answered = asked()
        assert (answered.text, answered.stop, answered.model) == ("{}", Stop.END, "claude-sonnet-5-5")
        assert answered.usage == Usage(30, 10, 20, 8_000, 40)
        assert answered.request_id == REQUEST_ID
        assert '"msg_01XFDUDYJgAACzvnptvVoYEL"' in answered.raw
        assert not answered.remembered

    def test_thinking_is_skipped(self, httpx2_mock: respx.Router) -> None:
        blocks = [
            {"type": "thinking", "thinking": "hm", "signature": "x"},
            {"type": "text", "text": '{"a"'},
            {"type": "text", "text": ":1}"},
        ]
        httpx2_mock.post(MESSAGES).respond(json=message(content=blocks))
        assert asked().text == '{"a":1}'

    @pytest.mark.parametrize(
        ("reason", "stop"),
        [
            ("end_turn", Stop.END),
            ("max_tokens", Stop.CUT),
            ("model_context_window_exceeded", Stop.CUT),
            ("refusal", Stop.REFUSED),
            (None, Stop.UNKNOWN),
            ("a_reason_of_next_year", Stop.UNKNOWN),
        ],
    )
    def test_the_stop_reason_is_told(self, httpx2_mock: respx.Router, reason: str | None, stop: Stop) -> None:
        httpx2_mock.post(MESSAGES).respond(json=message("x", stop=reason))
        assert asked().stop is stop

    def test_a_refusal_keeps_its_usage_because_it_was_paid(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(MESSAGES).respond(json=message(stop="refusal", content=[], usage=usage(sent=7, output=0)))
        answered = asked()
        assert (answered.text, answered.stop, answered.usage) == ("", Stop.REFUSED, Usage(input=7))

    def test_empty_content_is_an_empty_text(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(MESSAGES).respond(json=message(content=[]))
        assert asked().text == ""

    def test_an_endpoint_that_counts_nothing_has_unknown_usage(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post("http://localhost:11434/v1/messages").respond(json=message("{}", usage=None))
        answered = asked(model=ClaudeModel("llama", base_url="http://localhost:11434"))
        assert answered.usage == Usage(known=False)

    def test_one_model_serves_several_runs(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(MESSAGES).respond(json=message("{}"))
        model = ClaudeModel()
        assert [asked(model=model).text, asked(model=model).text] == ["{}", "{}"]


class TestRefusedRequests:
    @pytest.mark.parametrize(
        ("status", "kind", "words", "expected"),
        [
            (400, "invalid_request_error", "prompt is too long", RequestRefused),
            (400, "invalid_request_error", "You have reached your specified API usage limits.", SpendLimitReached),
            (400, "invalid_request_error", "Your credit balance is too low to access the API.", SpendLimitReached),
            (401, "authentication_error", "invalid bearer token", ModelAccessDenied),
            (402, "billing_error", "payment required", SpendLimitReached),
            (403, "permission_error", "not allowed", ModelAccessDenied),
            (404, "not_found_error", "model: claude-nonesuch", ModelUnknown),
            (408, "timeout_error", "slow", ModelUnavailable),
            (409, "conflict_error", "conflict", ModelUnavailable),
            (413, "request_too_large", "too large", RequestRefused),
            (422, "invalid_request_error", "unprocessable", RequestRefused),
            (429, "rate_limit_error", "slow down", ModelUnavailable),
            (500, "api_error", "internal", ModelUnavailable),
            (503, "api_error", "unavailable", ModelUnavailable),
            (529, "overloaded_error", "overloaded", ModelUnavailable),
        ],
    )
    def test_each_status_becomes_its_error(
        self, httpx2_mock: respx.Router, status: int, kind: str, words: str, expected: type[ModelError]
    ) -> None:
        route = httpx2_mock.post(MESSAGES).respond(status, json=error(kind, words), headers={"request-id": REQUEST_ID})
        found = failure(expected)
        assert found.request_id == REQUEST_ID
        assert REQUEST_ID in found.says
        assert route.call_count == 1

    @pytest.mark.parametrize(
        "code",
        ["enforced_spend_limit_reached", "contract_spend_limit_reached", "linked_organization_spend_limit_reached"],
    )
    def test_a_spend_limit_with_status_429_is_told_by_its_code(self, httpx2_mock: respx.Router, code: str) -> None:
        httpx2_mock.post(MESSAGES).respond(429, json=error("rate_limit_error", "limit", code=code))
        assert failure(SpendLimitReached).ends_run

    def test_an_unknown_code_counts_as_its_status(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(MESSAGES).respond(429, json=error("rate_limit_error", "x", code="code_of_next_year"))
        failure(ModelUnavailable)

    def test_an_error_page_of_a_gateway_is_no_surprise(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(MESSAGES).respond(502, html="<html><h1>Bad\nGateway</h1></html>")
        failure(ModelUnavailable)

    def test_the_unknown_model_is_named(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(MESSAGES).respond(404, json=error("not_found_error", "model: claude-nonesuch"))
        assert "claude-nonesuch" in failure(ModelUnknown, model=ClaudeModel("claude-nonesuch")).says

    def test_a_key_that_the_server_echoes_is_hidden(self, httpx2_mock: respx.Router) -> None:
        words = f"bad header Authorization: Bearer {CANARY} and sk-ant-another-0123456789\n  at line 2"
        httpx2_mock.post(MESSAGES).respond(400, json=error("invalid_request_error", words))
        says = failure(RequestRefused).says
        assert "sk-ant" not in says
        assert "at line 2" in says

    @pytest.mark.parametrize(
        ("headers", "seconds"),
        [
            ({"retry-after": "7"}, 7.0),
            ({"retry-after-ms": "1500", "retry-after": "7"}, 1.5),
            ({"retry-after": "soon"}, None),
            ({}, None),
        ],
    )
    def test_the_wait_that_the_server_asks_for_is_handed_on(
        self, httpx2_mock: respx.Router, headers: dict[str, str], seconds: float | None
    ) -> None:
        httpx2_mock.post(MESSAGES).respond(429, json=error("rate_limit_error"), headers=headers)
        assert failure(ModelUnavailable).wait_seconds == seconds


class TestBrokenAnswers:
    @pytest.mark.parametrize(
        "body",
        [b"{}", b"[]", b"null", b"7", b'{"content": "x"}', b'{"content": null, "usage": 3}', b'{"type": '],
        ids=["object", "list", "null", "number", "text content", "no content", "cut JSON"],
    )
    def test_json_that_is_no_message(self, httpx2_mock: respx.Router, body: bytes) -> None:
        httpx2_mock.post(MESSAGES).respond(content=body, headers={"content-type": "application/json"})
        failure(ModelUnavailable)

    def test_json_in_a_wrong_encoding(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(MESSAGES).respond(content=b'{"a":"\xff"}', headers={"content-type": "application/json"})
        failure(ModelUnavailable)

    def test_a_web_page_with_status_200(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(MESSAGES).respond(html="<html>Please sign in to the guest network</html>")
        assert "ANTHROPIC_BASE_URL" in failure(ModelUnavailable).hint

    def test_no_content_at_all(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(MESSAGES).respond(204)
        failure(ModelUnavailable)

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            ("overloaded_error", ModelUnavailable),
            ("authentication_error", ModelAccessDenied),
            ("kind_of_next_year", RequestRefused),
        ],
    )
    def test_an_error_with_status_200_counts_by_its_type(
        self, httpx2_mock: respx.Router, kind: str, expected: type[ModelError]
    ) -> None:
        httpx2_mock.post(MESSAGES).respond(json=error(kind))
        failure(expected)

    def test_blocks_and_counts_of_wrong_types_count_as_nothing(self, httpx2_mock: respx.Router) -> None:
        blocks = [1, None, {"type": "text"}, {"type": "text", "text": 5}, {"type": "text", "text": "ok"}]
        counts = {"input_tokens": "7", "output_tokens": -3, "cache_creation": [], "cache_read_input_tokens": None}
        httpx2_mock.post(MESSAGES).respond(json=message(content=blocks, usage=counts))
        answered = asked()
        assert (answered.text, answered.usage) == ("ok", Usage())


class TestTheNetwork:
    @pytest.mark.parametrize(
        "broken",
        [
            httpx2.ConnectError("[Errno -2] Name or service not known"),
            httpx2.ReadTimeout("slow"),
            httpx2.ReadError("reset by peer"),
            httpx2.RemoteProtocolError("peer closed connection without sending complete message body"),
            httpx2.ProxyError("407"),
            httpx2.PoolTimeout("full"),
        ],
        ids=lambda broken: type(broken).__name__,
    )
    def test_a_broken_connection_may_be_tried_again(self, httpx2_mock: respx.Router, broken: Exception) -> None:
        route = httpx2_mock.post(MESSAGES).mock(side_effect=broken)
        assert failure(ModelUnavailable).retryable
        assert route.call_count == 1

    @pytest.mark.httpx2(assert_all_called=False)  # a call that never ended does not count as one
    def test_an_answer_that_trickles_forever_ends_at_the_timeout(self, httpx2_mock: respx.Router) -> None:
        async def stall(_request: httpx2.Request) -> respx.MockResponse:
            await asyncio.sleep(30)
            return respx.MockResponse(200)

        httpx2_mock.post(MESSAGES).mock(side_effect=stall)
        assert "0.05 s" in failure(ModelUnavailable, model=ClaudeModel(timeout=0.05)).says

    @pytest.mark.parametrize("address", ["localhost:11434", "ftp://example.org", "http://[::1", "", "nonsense"])
    def test_an_address_that_is_none_ends_the_run(self, address: str) -> None:
        assert failure(EndpointUnusable, model=ClaudeModel(base_url=address)).ends_run

    @pytest.mark.parametrize("proxy", ["socks9://user:canary-password@host", "::::"])
    def test_a_proxy_that_is_none_ends_the_run(self, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        found = failure(EndpointUnusable)
        assert "canary-password" not in found.says + found.hint
        assert "HTTPS_PROXY" in found.hint

    def test_an_untrusted_certificate_is_told_as_such(self, httpx2_mock: respx.Router) -> None:
        reason = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate"
        httpx2_mock.post(MESSAGES).mock(side_effect=httpx2.ConnectError(reason))
        assert "SSL_CERT_FILE" in failure(EndpointUnusable).hint

    def test_our_own_bugs_are_not_dressed_up(self) -> None:
        with pytest.raises(TypeError, match="not JSON serializable"):
            asked(an_ask(schema={"not": object()}))


class TestCredentials:
    def test_no_key_is_told_with_the_way_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("ANTHROPIC_API_KEY")
        found = failure(NoCredentials)
        assert "ANTHROPIC_API_KEY" in found.hint
        assert "rules engine" in found.hint

    def test_a_profile_that_does_not_exist_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("ANTHROPIC_API_KEY")
        monkeypatch.setenv("ANTHROPIC_PROFILE", "nonesuch")
        assert "nonesuch" in failure(NoCredentials).says

    def test_a_workload_identity_that_is_turned_down_is_told(
        self, httpx2_mock: respx.Router, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("ANTHROPIC_API_KEY")
        for name, value in {"FEDERATION_RULE_ID": "r", "ORGANIZATION_ID": "o", "IDENTITY_TOKEN": CANARY}.items():
            monkeypatch.setenv(f"ANTHROPIC_{name}", value)
        body = {"error": "invalid_grant", "error_description": f"no such subject: {CANARY}"}
        httpx2_mock.post(f"{API}/v1/oauth/token").respond(401, json=body)
        assert "signing in failed" in failure(ModelAccessDenied).says

    @pytest.mark.usefixtures("loopback")
    @pytest.mark.parametrize("key", [f"{CANARY}\n", f"{CANARY}\r"])
    def test_a_key_that_no_header_may_carry_is_never_shown(self, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
        """What the HTTP library raises over a real connection quotes the whole header."""
        monkeypatch.setenv("ANTHROPIC_API_KEY", key)
        with socket.create_server(("127.0.0.1", 0)) as server:
            model = ClaudeModel(base_url=f"http://127.0.0.1:{server.getsockname()[1]}", timeout=5)
            assert "line break" in failure(ModelAccessDenied, model=model).hint

    def test_the_key_is_in_no_answer_and_no_repr(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(MESSAGES).respond(json=message())
        model = ClaudeModel()
        assert CANARY not in f"{asked(model=model)!r} {model!r} {model.request(an_ask())}"

    def test_the_key_travels_in_the_header_only(self, httpx2_mock: respx.Router) -> None:
        route = httpx2_mock.post(MESSAGES).respond(json=message())
        asked()
        sent = route.calls.last.request
        assert sent.headers["authorization"] == f"Bearer {CANARY}"
        assert CANARY.encode() not in sent.content


class TestCounting:
    @staticmethod
    def counted() -> int:
        model = ClaudeModel()

        async def once() -> int:
            try:
                return await model.count_tokens(an_ask())
            finally:
                await model.close()

        return asyncio.run(once())

    def test_the_whole_prompt_is_counted(self, httpx2_mock: respx.Router) -> None:
        route = httpx2_mock.post(COUNT_TOKENS).respond(json={"input_tokens": 9_876})
        assert self.counted() == 9_876
        body = route.calls.last.request.content
        assert b"cache_control" in body
        assert b"json_schema" in body
        assert b"max_tokens" not in body

    @pytest.mark.parametrize("body", ["<html>", "{}", '{"input_tokens": "many"}'])
    def test_a_count_that_is_none_is_an_error(self, httpx2_mock: respx.Router, body: str) -> None:
        kind = "application/json" if body.startswith("{") else "text/html"
        httpx2_mock.post(COUNT_TOKENS).respond(text=body, headers={"content-type": kind})
        with pytest.raises(ModelUnavailable):
            self.counted()

    def test_errors_are_told_as_for_an_ask(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(COUNT_TOKENS).respond(404, json=error("not_found_error"))
        with pytest.raises(ModelUnknown):
            self.counted()


def _member(body: bytes, name: bytes) -> bytes:
    """The bytes of one member of a compact JSON object, braces and brackets counted outside strings."""
    start = at = body.index(name) + len(name)
    depth, quoted = 0, False
    while True:
        char = body[at : at + 1]
        if quoted:
            at += char == b"\\"
            quoted = char != b'"'
        elif char == b'"':
            quoted = True
        else:
            depth += (char in b"[{") - (char in b"]}")
        at += 1
        if depth == 0 and not quoted:
            return body[start:at]


def _dicts(value: object) -> Iterable[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _dicts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _dicts(part)


def _objects(schema: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return (part for part in _dicts(schema) if part.get("type") == "object")


def test_the_smallest_reply_fits_the_schema_in_use() -> None:
    assert set(reply_schema()["required"]) == set(TypeAdapter(dict[str, Any]).validate_json(reply_text()))
