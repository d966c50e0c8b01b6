"""Each provider through the SDK's own client at HTTP level: host, path, what signs, and nothing of another's."""

import asyncio
import json
import sys
import threading
import traceback
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import httpx2
import pytest
import respx

from postwright.domain.errors import (
    EndpointUnusable,
    ModelError,
    ModelUnavailable,
    ModelUnknown,
    NoCredentials,
    RequestRefused,
)
from postwright.domain.model import Answered, Ask, Turn
from postwright.llm.claude import ClaudeModel, reply_schema
from postwright.llm.claude_batches import ClaudeBatches
from postwright.llm.providers import PROVIDERS
from support.claude_replies import message

MODEL = "claude-sonnet-5-5"
BEDROCK_MODEL = "eu.anthropic.claude-sonnet-5-5-v1:0"
FOREIGN = "sk-ant-canary-that-only-anthropic-may-see"
SECRET = "canary/0123456789abcdefghijklmnop+secret"
TOKEN = "ya29.canary-token-of-google"
ASK = Ask("You are an editor.", "", (Turn("user", "[u1] Nurse informaticist"),), reply_schema())

needs_boto = pytest.mark.skipif(find_spec("boto3") is None, reason="the extra bedrock is not installed")
needs_google = pytest.mark.skipif(find_spec("google.auth") is None, reason="the extra vertex is not installed")


@pytest.fixture(autouse=True)
def keys_of_anthropic(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A developer has a key of the Anthropic API as well; no cloud may ever see it."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", FOREIGN)
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "https://gateway.invalid")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("NO_GCE_CHECK", "true")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIACANARY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)


class _TokenDesk(BaseHTTPRequestHandler):
    """Where Google's library trades a signed assertion for a token."""

    def do_POST(self) -> None:  # the name is http.server's
        self.rfile.read(int(self.headers["content-length"]))
        body = json.dumps({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing: a test has no log."""


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, loopback: None) -> Iterator[None]:
    """Application default credentials of a service account, with a real key and a token desk on this machine."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - comes with the extra
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), _TokenDesk) as desk:
        threading.Thread(target=desk.serve_forever, daemon=True).start()
        account = {
            "type": "service_account",
            "project_id": "clinic-hiring",
            "private_key_id": "1",
            "private_key": key.decode(),
            "client_email": "hiring@clinic-hiring.iam.gserviceaccount.com",
            "token_uri": f"http://127.0.0.1:{desk.server_port}/token",
        }
        place = tmp_path / "account.json"
        place.write_text(json.dumps(account))
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(place))
        yield
        desk.shutdown()


def asked(provider: str, model: str = MODEL, ask: Ask = ASK) -> Answered:
    claude = ClaudeModel(model, provider=PROVIDERS[provider])

    async def once() -> Answered:
        try:
            return await claude.ask(ask)
        finally:
            await claude.close()

    return asyncio.run(once())


def counted(provider: str, model: str = MODEL) -> int:
    return asyncio.run(ClaudeModel(model, provider=PROVIDERS[provider]).count_tokens(ASK))


def failure(kind: type[ModelError], provider: str, model: str = MODEL) -> ModelError:
    with pytest.raises(ModelError) as caught:
        asked(provider, model)
    found = caught.value
    assert type(found) is kind, repr(found)
    assert "\n" not in found.says + found.hint
    told = "".join(traceback.format_exception(found))
    assert not any(secret in told for secret in (FOREIGN, SECRET, TOKEN))
    return found


def sent(route: respx.Route) -> httpx2.Request:
    """The one request of a route. No cloud sees a key of the Anthropic API, in no header and not in the body."""
    (call,) = route.calls
    assert FOREIGN not in str(call.request.headers.raw) + call.request.content.decode()
    request: httpx2.Request = call.request
    return request


def body_of(request: httpx2.Request) -> dict[str, object]:
    body: dict[str, object] = json.loads(request.content)
    assert body["output_config"] == {"format": {"type": "json_schema", "schema": reply_schema()}}
    return body


class TestBedrock:
    URL = "https://bedrock-runtime.eu-central-1.amazonaws.com/model/eu.anthropic.claude-sonnet-5-5-v1:0/invoke"

    @needs_boto
    @pytest.mark.usefixtures("aws")
    def test_a_request_is_signed_for_the_region_and_names_the_model_in_its_path(
        self, httpx2_mock: respx.Router
    ) -> None:
        route = httpx2_mock.post(self.URL).respond(json=message("{}"))
        assert asked("bedrock", BEDROCK_MODEL).text == "{}"
        request = sent(route)
        signature = request.headers["authorization"]
        assert signature.startswith("AWS4-HMAC-SHA256 Credential=AKIACANARY/")
        assert "/eu-central-1/bedrock/aws4_request" in signature
        body = body_of(request)
        assert "model" not in body
        assert body["anthropic_version"]

    def test_a_key_of_bedrock_needs_no_library(
        self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router
    ) -> None:
        monkeypatch.setenv("AWS_REGION", "eu-central-1")
        monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", SECRET)
        monkeypatch.setitem(sys.modules, "boto3", None)
        route = httpx2_mock.post(self.URL).respond(json=message("{}"))
        asked("bedrock", BEDROCK_MODEL)
        assert sent(route).headers["authorization"] == f"Bearer {SECRET}"

    @pytest.mark.usefixtures("aws")
    def test_tokens_are_not_counted_and_nothing_is_sent(self) -> None:
        with pytest.raises(RequestRefused, match="does not count tokens"):
            counted("bedrock", BEDROCK_MODEL)

    @needs_boto
    def test_without_an_account_one_line_says_what_to_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_REGION", "eu-north-1")  # the SDK keeps a session for each region
        assert "AWS_BEARER_TOKEN_BEDROCK" in failure(NoCredentials, "bedrock", BEDROCK_MODEL).hint

    @needs_boto
    def test_a_profile_that_is_not_there_is_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_PROFILE", "nonesuch")
        monkeypatch.setenv("AWS_REGION", "eu-south-1")
        assert "nonesuch" in failure(NoCredentials, "bedrock", BEDROCK_MODEL).says

    def test_without_a_region_one_line_says_what_to_set(self) -> None:
        assert "AWS_REGION" in failure(NoCredentials, "bedrock", BEDROCK_MODEL).hint

    @pytest.mark.usefixtures("aws")
    def test_a_missing_library_names_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("boto3", "botocore", "botocore.auth"):
            monkeypatch.setitem(sys.modules, name, None)
        found = failure(EndpointUnusable, "bedrock", BEDROCK_MODEL)
        assert found.hint == "pip install 'postwright[bedrock]'"
        assert found.ends_run

    @needs_boto
    @pytest.mark.usefixtures("aws")
    def test_words_of_an_error_come_over(self, httpx2_mock: respx.Router) -> None:
        says = "The provided model identifier is invalid."
        httpx2_mock.post(self.URL).respond(400, json={"message": says})
        assert says in failure(RequestRefused, "bedrock", BEDROCK_MODEL).says

    @needs_boto
    @pytest.mark.usefixtures("aws")
    def test_throttling_may_pass(self, httpx2_mock: respx.Router) -> None:
        httpx2_mock.post(self.URL).respond(429, json={"message": "Too many tokens, please wait"})
        assert failure(ModelUnavailable, "bedrock", BEDROCK_MODEL).retryable


class TestBedrockMantle:
    URL = "https://bedrock-mantle.eu-central-1.api.aws/anthropic/v1/messages"

    @needs_boto
    @pytest.mark.usefixtures("aws")
    def test_a_request_is_signed_for_its_service(self, httpx2_mock: respx.Router) -> None:
        route = httpx2_mock.post(self.URL).respond(json=message("{}"))
        asked("bedrock-mantle", "anthropic.claude-sonnet-5-5")
        request = sent(route)
        assert "/eu-central-1/bedrock-mantle/aws4_request" in request.headers["authorization"]
        assert body_of(request)["model"] == "anthropic.claude-sonnet-5-5"

    @needs_boto
    @pytest.mark.usefixtures("aws")
    def test_it_counts_tokens(self, httpx2_mock: respx.Router) -> None:
        route = httpx2_mock.post(f"{self.URL}/count_tokens").respond(json={"input_tokens": 7})
        assert counted("bedrock-mantle", "anthropic.claude-sonnet-5-5") == 7
        sent(route)


class TestClaudePlatformOnAws:
    URL = "https://aws-external-anthropic.eu-central-1.api.aws/v1/messages"

    @needs_boto
    @pytest.mark.usefixtures("aws")
    def test_a_request_names_its_workspace_and_is_signed(
        self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router
    ) -> None:
        monkeypatch.setenv("ANTHROPIC_AWS_WORKSPACE_ID", "wrkspc_1")
        route = httpx2_mock.post(self.URL).respond(json=message("{}"))
        asked("aws")
        request = sent(route)
        assert request.headers["anthropic-workspace-id"] == "wrkspc_1"
        assert "/eu-central-1/aws-external-anthropic/aws4_request" in request.headers["authorization"]
        assert body_of(request)["model"] == MODEL

    def test_its_own_key_goes_before_the_aws_account(
        self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router
    ) -> None:
        monkeypatch.setenv("AWS_REGION", "eu-central-1")
        monkeypatch.setenv("ANTHROPIC_AWS_WORKSPACE_ID", "wrkspc_1")
        monkeypatch.setenv("ANTHROPIC_AWS_API_KEY", SECRET)
        route = httpx2_mock.post(self.URL).respond(json=message("{}"))
        asked("aws")
        assert SECRET in str(sent(route).headers.raw)

    @pytest.mark.usefixtures("aws")
    def test_without_a_workspace_one_line_says_what_to_set(self) -> None:
        found = failure_of_set_up("aws")
        assert "No workspace ID found" in found.says
        assert "ANTHROPIC_AWS_WORKSPACE_ID" in found.hint

    def test_results_are_fetched_from_the_configured_host_only(
        self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router
    ) -> None:
        monkeypatch.setenv("AWS_REGION", "eu-central-1")
        monkeypatch.setenv("ANTHROPIC_AWS_WORKSPACE_ID", "wrkspc_1")
        monkeypatch.setenv("ANTHROPIC_AWS_API_KEY", SECRET)
        row = json.dumps({"custom_id": "a", "result": {"type": "succeeded", "message": message("{}")}})
        ended = {
            "id": "msgbatch_1",
            "processing_status": "ended",
            "created_at": "2026-11-22T00:00:00Z",
            "request_counts": {"succeeded": 1},
            "results_url": "https://elsewhere.invalid/v1/messages/batches/msgbatch_1/results",
        }
        httpx2_mock.get(f"{self.URL}/batches/msgbatch_1").respond(json=ended)
        route = httpx2_mock.get(f"{self.URL}/batches/msgbatch_1/results").respond(text=row)
        assert rows_of("aws") == ["a"]
        sent(route)


class TestVertex:
    HOST = "https://europe-west1-aiplatform.googleapis.com/v1/projects/clinic-hiring/locations/europe-west1"

    @needs_google
    @pytest.mark.usefixtures("google")
    def test_a_request_goes_to_the_region_with_a_token_of_google(
        self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router
    ) -> None:
        monkeypatch.setenv("CLOUD_ML_REGION", "europe-west1")
        monkeypatch.setenv("ANTHROPIC_VERTEX_PROJECT_ID", "clinic-hiring")
        route = httpx2_mock.post(f"{self.HOST}/publishers/anthropic/models/{MODEL}:rawPredict").respond(
            json=message("{}")
        )
        asked("vertex")
        request = sent(route)
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        body = body_of(request)
        assert "model" not in body
        assert body["anthropic_version"]

    @needs_google
    @pytest.mark.usefixtures("google")
    def test_it_counts_tokens(self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router) -> None:
        monkeypatch.setenv("CLOUD_ML_REGION", "europe-west1")
        monkeypatch.setenv("ANTHROPIC_VERTEX_PROJECT_ID", "clinic-hiring")
        address = f"{self.HOST}/publishers/anthropic/models/count-tokens:rawPredict"
        route = httpx2_mock.post(address).respond(json={"input_tokens": 9})
        assert counted("vertex") == 9
        sent(route)

    def test_without_a_region_one_line_says_what_to_set(self) -> None:
        assert "CLOUD_ML_REGION" in failure(NoCredentials, "vertex").hint

    @needs_google
    def test_without_an_account_one_line_says_what_to_do(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("CLOUD_ML_REGION", "europe-west1")
        monkeypatch.setenv("ANTHROPIC_VERTEX_PROJECT_ID", "clinic-hiring")
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "gone.json"))
        assert "gcloud auth" in failure(NoCredentials, "vertex").hint

    def test_a_missing_library_names_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CLOUD_ML_REGION", "europe-west1")
        monkeypatch.setenv("ANTHROPIC_VERTEX_PROJECT_ID", "clinic-hiring")
        for name in ("google", "google.auth", "google.auth.transport.requests"):
            monkeypatch.setitem(sys.modules, name, None)
        assert failure(EndpointUnusable, "vertex").hint == "pip install 'postwright[vertex]'"

    @needs_google
    @pytest.mark.usefixtures("google")
    def test_a_model_that_is_not_there_is_named(
        self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router
    ) -> None:
        monkeypatch.setenv("CLOUD_ML_REGION", "europe-west1")
        monkeypatch.setenv("ANTHROPIC_VERTEX_PROJECT_ID", "clinic-hiring")
        httpx2_mock.post(f"{self.HOST}/publishers/anthropic/models/{MODEL}:rawPredict").respond(
            404, json={"error": {"code": 404, "message": "Publisher Model was not found", "status": "NOT_FOUND"}}
        )
        assert MODEL in failure(ModelUnknown, "vertex").says


class TestGoogleCloud:
    URL = "https://claude.googleapis.com/v1/projects/clinic-hiring/locations/global/workspaces/wrkspc_1/invoke/v1/messages"

    @needs_google
    @pytest.mark.usefixtures("google")
    def test_a_request_goes_to_the_workspace_with_a_token_of_google(
        self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router
    ) -> None:
        monkeypatch.setenv("ANTHROPIC_GOOGLE_CLOUD_PROJECT", "clinic-hiring")
        monkeypatch.setenv("ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID", "wrkspc_1")
        route = httpx2_mock.post(self.URL).respond(json=message("{}"))
        asked("google-cloud")
        request = sent(route)
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        assert body_of(request)["model"] == MODEL

    @needs_google
    @pytest.mark.usefixtures("google")
    def test_the_project_of_the_account_does_when_none_is_named(
        self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router
    ) -> None:
        monkeypatch.setenv("ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID", "wrkspc_1")
        route = httpx2_mock.post(self.URL).respond(json=message("{}"))
        asked("google-cloud")
        sent(route)

    @needs_google
    @pytest.mark.usefixtures("google")
    def test_batches_stand_below_the_workspace(
        self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router
    ) -> None:
        monkeypatch.setenv("ANTHROPIC_GOOGLE_CLOUD_PROJECT", "clinic-hiring")
        monkeypatch.setenv("ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID", "wrkspc_1")
        row = json.dumps({"custom_id": "a", "result": {"type": "succeeded", "message": message("{}")}})
        ended = {
            "id": "msgbatch_1",
            "processing_status": "ended",
            "created_at": "2026-11-22T00:00:00Z",
            "request_counts": {"succeeded": 1},
            "results_url": "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results",
        }
        httpx2_mock.get(f"{self.URL}/batches/msgbatch_1").respond(json=ended)
        route = httpx2_mock.get(f"{self.URL}/batches/msgbatch_1/results").respond(text=row)
        assert rows_of("google-cloud") == ["a"]
        assert sent(route).headers["authorization"] == f"Bearer {TOKEN}"


class TestFoundry:
    URL = "https://clinic.services.ai.azure.com/anthropic/v1/messages"

    def test_its_own_key_goes_to_the_resource(self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router) -> None:
        monkeypatch.setenv("ANTHROPIC_FOUNDRY_RESOURCE", "clinic")
        monkeypatch.setenv("ANTHROPIC_FOUNDRY_API_KEY", SECRET)
        route = httpx2_mock.post(self.URL).respond(json=message("{}"))
        asked("foundry")
        request = sent(route)
        assert request.headers["x-api-key"] == SECRET
        assert "authorization" not in request.headers
        assert body_of(request)["model"] == MODEL

    def test_without_a_key_entra_id_signs(self, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router) -> None:
        monkeypatch.setenv("ANTHROPIC_FOUNDRY_RESOURCE", "clinic")
        scopes: list[str] = []

        def token_provider(credential: object, scope: str) -> object:
            scopes.append(scope)
            return lambda: TOKEN

        identity = ModuleType("azure.identity")
        vars(identity).update(DefaultAzureCredential=object, get_bearer_token_provider=token_provider)
        monkeypatch.setitem(sys.modules, "azure", ModuleType("azure"))
        monkeypatch.setitem(sys.modules, "azure.identity", identity)
        route = httpx2_mock.post(self.URL).respond(json=message("{}"))
        asked("foundry")
        assert sent(route).headers["authorization"] == f"Bearer {TOKEN}"
        assert scopes == ["https://ai.azure.com/.default"]

    def test_without_a_key_and_the_library_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ANTHROPIC_FOUNDRY_RESOURCE", "clinic")
        monkeypatch.setitem(sys.modules, "azure", None)
        monkeypatch.setitem(sys.modules, "azure.identity", None)
        assert failure(EndpointUnusable, "foundry").hint == "pip install 'postwright[foundry]'"

    def test_without_a_resource_one_line_says_what_to_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ANTHROPIC_FOUNDRY_API_KEY", SECRET)
        assert "ANTHROPIC_FOUNDRY_RESOURCE" in failure(NoCredentials, "foundry").hint


def failure_of_set_up(provider: str) -> ModelError:
    with pytest.raises(ModelError) as caught:
        asked(provider)
    assert caught.value.ends_run
    return caught.value


def rows_of(provider: str) -> list[str]:
    claude = ClaudeModel(MODEL, provider=PROVIDERS[provider])

    async def fetched() -> list[str]:
        batches = ClaudeBatches(claude)
        try:
            return [row.custom_id async for row in batches.rows(await batches.look("msgbatch_1"))]
        finally:
            await claude.close()

    return asyncio.run(fetched())


def test_only_anthropic_is_asked_why_the_cache_missed(
    monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router
) -> None:
    monkeypatch.setenv("ANTHROPIC_FOUNDRY_RESOURCE", "clinic")
    monkeypatch.setenv("ANTHROPIC_FOUNDRY_API_KEY", SECRET)
    route = httpx2_mock.post(TestFoundry.URL).respond(json=message("{}"))
    claude = ClaudeModel(MODEL, provider=PROVIDERS["foundry"])
    claude.compare_with = "msg_1"
    asyncio.run(claude.ask(ASK))
    assert "diagnostics" not in json.loads(sent(route).content)
