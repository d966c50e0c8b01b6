"""Claude behind the `Model` port, by the official SDK. Beside `claude_clients` nothing knows anthropic and httpx2."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import anthropic
import httpx2
from anthropic import DefaultAsyncHttpxClient, transform_schema
from anthropic.types import Message

from postwright.domain.errors import (
    EndpointUnusable,
    ModelAccessDenied,
    ModelError,
    ModelUnavailable,
    NoCredentials,
    RequestRefused,
)
from postwright.domain.model import Answered, Ask
from postwright.domain.reply import Reply
from postwright.llm.answers import ADDRESS_HINT, not_a_message, read_message
from postwright.llm.claude_clients import Client, connect, secrets_of
from postwright.llm.faults import Fault, model_error, plain
from postwright.llm.providers import ANTHROPIC, DEFAULT_MODEL, Provider, install_hint

_CONNECT_TIMEOUT = 10.0

_NETWORK_HINT = "check the network, ANTHROPIC_BASE_URL and any proxy; the rules engine works offline"

_NEVER_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)

_SENTENCE_END = re.compile(r"\.(?:\s|$)|\n")
_SIGNERS = {"azure", "boto3", "botocore", "google"}
"""Libraries that sign requests to a cloud. Their errors are no class of the SDK."""


def reply_schema() -> dict[str, Any]:
    """The JSON schema of `Reply` in the subset that structured outputs know."""
    return transform_schema(Reply)


class ClaudeModel:
    """A `Model`: one request, one answer, no retries of its own. `timeout` is in seconds for the whole exchange.

    Credentials are the SDK's business; they are looked for at the first request. `base_url` outranks what the
    environment says. A `client` of one's own must be made with `max_retries=0`. `on_headers` sees the headers of
    every response: the rate limits stand in them. While `compare_with` names a message, Anthropic's API is asked why
    the prompt cache did not serve a request as it served that one (the answer stands in `Answered.raw`).
    """

    def __init__(
        self,
        name: str = DEFAULT_MODEL,
        *,
        provider: Provider = ANTHROPIC,
        client: Client | None = None,
        base_url: str | None = None,
        timeout: float = 600.0,
    ) -> None:
        self._name = name
        self.provider = provider
        self.on_headers: Callable[[Mapping[str, str]], None] | None = None
        self.compare_with = ""
        self._given = client
        self._client = client
        self._base_url = base_url
        self._timeout = timeout

    @property
    def name(self) -> str:
        return self._name

    def request(self, ask: Ask) -> dict[str, Any]:
        """The body of `messages.create`, and the `params` of a row in a batch. Same ask, same body."""
        output: dict[str, Any] = {"format": {"type": "json_schema", "schema": ask.schema}}
        if ask.effort:
            output["effort"] = ask.effort
        return {
            "model": self._name,
            "max_tokens": ask.max_tokens,
            "system": [_cached(text, ask.ttl) for text in (ask.shared, ask.profile) if text],
            "messages": [{"role": turn.role, "content": turn.text} for turn in ask.turns],
            "output_config": output,
        }

    async def ask(self, ask: Ask) -> Answered:
        body = self.request(ask)
        if self.compare_with and self.provider.is_anthropic:
            # No part of the request proper: the journal's key leaves it out.
            body["diagnostics"] = {"previous_message_id": self.compare_with}
        message = await self._send(lambda client: client.messages.create(**body))
        if not isinstance(message, Message):  # a web page comes as a str, other JSON as what it is
            raise not_a_message()
        data = message.to_dict(mode="json", warnings=False)
        return read_message(data, model=self._name, request_id=message._request_id or "", ttl=ask.ttl)

    async def count_tokens(self, ask: Ask) -> int:
        """Tokens of the prompt, as the API estimates them. Free of charge; says nothing about the cache.

        Raises RequestRefused where the provider does not count.
        """
        if not self.provider.counts:
            raise RequestRefused(f"{self.provider.title} does not count tokens", hint="go by the estimate")
        body = self.request(ask)
        del body["max_tokens"]
        count = await self._send(lambda client: client.messages.count_tokens(**body))
        tokens = getattr(count, "input_tokens", None)
        if not isinstance(tokens, int):
            raise not_a_message()
        return tokens

    @property
    def base_url(self) -> str:
        """The address that requests go to; empty while only the first request can tell. Raises ModelError."""
        try:
            return str(self._connected().base_url)
        except Exception as error:
            translated = error if isinstance(error, ModelError) else self._translated(error)
            if translated is None:
                raise
            raise translated from None

    async def fetch(self, address: str) -> object:
        """The JSON at an address of the API: a path, or a whole URL, which the caller must have reason to trust."""
        return await self._send(lambda client: client.get(address, cast_to=object))

    async def post(self, path: str, body: AsyncIterator[bytes], size: int) -> object:
        """Send `size` bytes of JSON as they come, once, and return the JSON of the answer."""
        headers = {"content-type": "application/json", "content-length": str(size)}
        return await self._send(
            lambda client: client.post(path, cast_to=object, content=body, options={"headers": headers})
        )

    async def lines(self, address: str) -> AsyncGenerator[str, None]:
        """The lines of a long text at an address of the API, as they arrive. A cut download is ModelUnavailable."""
        streamed: bool = True
        response = await self._send(lambda client: client.get(address, cast_to=httpx2.Response, stream=streamed))
        if not isinstance(response, httpx2.Response):
            raise not_a_message()
        try:
            async for line in response.aiter_lines():
                yield line
        except httpx2.HTTPError as error:
            says = "the results broke off before their end"
            raise ModelUnavailable(says, hint=_NETWORK_HINT) from error
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Let the connections go: they belong to the event loop of the run. A next ask makes new ones."""
        client, self._client = self._client, self._given
        if client is not None:
            await client.close()

    async def _send(self, call: Callable[[Client], Awaitable[object]]) -> object:
        try:
            async with asyncio.timeout(self._timeout):
                return await call(self._connected())
        except Exception as error:
            translated = error if isinstance(error, ModelError) else self._translated(error)
            if translated is None:
                raise
            raise translated from (None if self._may_tell_the_key(error, translated) else error)

    def _connected(self) -> Client:
        if self._client is None:
            # The timeout differs from the SDK's default on purpose: equal to it, more than 21,333 tokens are refused.
            timeout = httpx2.Timeout(self._timeout, connect=min(_CONNECT_TIMEOUT, self._timeout))
            try:
                http_client = DefaultAsyncHttpxClient(timeout=timeout, event_hooks={"response": [self._heard]})
            except (ImportError, ValueError, httpx2.InvalidURL) as error:
                hint = "check HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE"
                raise EndpointUnusable("the proxy or certificate settings cannot be used", hint=hint) from error
            self._client = connect(self.provider, base_url=self._base_url, timeout=timeout, http_client=http_client)
        return self._client

    async def _heard(self, response: httpx2.Response) -> None:
        if self.on_headers:
            self.on_headers(response.headers)

    def _translated(self, error: Exception) -> ModelError | None:
        """The domain error for what the SDK or a library below it raised, or None for what is our own bug."""
        match error:
            case anthropic.APIStatusError():
                return model_error(self._fault(error), self._name, key_hint=self.provider.needs)
            case anthropic.APITimeoutError() | TimeoutError():
                sent = not isinstance(error.__cause__, _NEVER_SENT)
                return ModelUnavailable(f"no answer within {self._timeout:g} s", hint=_NETWORK_HINT, maybe_paid=sent)
            case anthropic.APIConnectionError() | httpx2.HTTPError() | httpx2.InvalidURL():
                return self._unreachable(error.__cause__ or error)
            case _:
                return _translated_value(error) or self._not_signed(error)

    def _not_signed(self, error: Exception) -> ModelError | None:
        """What stands in the way before a request is sent: a library, a setting, a key, an account."""
        title, needs = self.provider.title, self.provider.needs
        reason = self._plain(_SENTENCE_END.split(str(error), maxsplit=1)[0])
        match error:
            case _ if self.provider.extra and (isinstance(error, ImportError) or _names_a_library(error)):
                says = f"{title} needs the extra {self.provider.extra!r}"
                return EndpointUnusable(says, hint=install_hint(self.provider))
            case anthropic.CredentialsError():
                return NoCredentials(f"the credentials cannot be used: {self._plain(str(error))}", hint=needs)
            case anthropic.AnthropicError():
                return ModelAccessDenied(f"signing in failed: {reason}", hint=needs)
            case ValueError() | RuntimeError() if not self.provider.is_anthropic:
                return NoCredentials(f"{title} is not set up: {reason}", hint=needs)
            case _ if type(error).__module__.partition(".")[0] in _SIGNERS:
                return NoCredentials(f"signing in to {title} failed: {reason}", hint=needs)
            case _:
                return None

    def _fault(self, error: anthropic.APIStatusError) -> Fault:
        return Fault(
            status=error.status_code,
            type=error.type or "",
            code=error.error_code or "",
            message=self._plain(error.api_message or _words_of(error.body)),
            request_id=error.request_id or "",
            headers=error.response.headers,
        )

    def _unreachable(self, cause: BaseException) -> ModelError:
        detail = self._plain(str(cause), limit=100) or type(cause).__name__
        match cause:
            case httpx2.LocalProtocolError():
                hint = "set the key again, without a line break at its end"
                return ModelAccessDenied("the API key holds a character that no header may carry", hint=hint)
            case httpx2.UnsupportedProtocol() | httpx2.InvalidURL() | httpx2.TooManyRedirects():
                return EndpointUnusable(f"the address of the API cannot be used: {detail}", hint=ADDRESS_HINT)
            case _:
                pass
        if "CERTIFICATE_VERIFY_FAILED" in str(cause):
            hint = "behind a company proxy, name its certificate in SSL_CERT_FILE"
            return EndpointUnusable("the certificate of the API is not trusted here", hint=hint)
        sent = not isinstance(cause, _NEVER_SENT)
        return ModelUnavailable(f"the API cannot be reached: {detail}", hint=_NETWORK_HINT, maybe_paid=sent)

    def _may_tell_the_key(self, error: BaseException, translated: ModelError) -> bool:
        """True for what must not be chained: an echo of our key, and what quotes headers or tokens by itself."""
        if isinstance(error.__cause__, httpx2.LocalProtocolError):
            return True
        signing_in = isinstance(translated, NoCredentials | ModelAccessDenied)
        return (signing_in and not isinstance(error, anthropic.APIError)) or any(
            key in str(error) for key in secrets_of(self._client)
        )

    def _plain(self, text: str, limit: int = 200) -> str:
        """Foreign text for a message, without the key that we signed with, should someone echo it."""
        return plain(text, secrets=secrets_of(self._client), limit=limit)


def _words_of(body: object) -> str:
    """What a cloud says in an error body of its own shape: `{"message": "..."}`."""
    says = body.get("message") or body.get("Message") if isinstance(body, dict) else ""
    return says if isinstance(says, str) else ""


def _names_a_library(error: Exception) -> bool:
    """The SDK's private `MissingDependencyError`, which names its own extra instead of ours."""
    return "missing required dependency" in str(error)


def _cached(text: str, ttl: str) -> dict[str, Any]:
    return {"type": "text", "text": text, "cache_control": {"type": "ephemeral", "ttl": ttl}}


def _translated_value(error: Exception) -> ModelError | None:
    """What comes from below the SDK as a plain TypeError or ValueError."""
    match error:
        case TypeError() if "authentication method" in str(error):
            return NoCredentials("there is no API key", hint=ANTHROPIC.needs)
        case json.JSONDecodeError() | UnicodeDecodeError():
            says = "the answer is no valid JSON: it was cut or altered"
            return ModelUnavailable(says, hint=ADDRESS_HINT, maybe_paid=True)
        case UnicodeEncodeError():
            return RequestRefused("the request holds text that is no valid Unicode", hint="save the file as UTF-8")
        case _:
            return None
