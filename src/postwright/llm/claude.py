"""Claude behind the `Model` port, by the official SDK.

With its neighbours `claude_*` the only modules that know anthropic and httpx2.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx2
from anthropic import DefaultAsyncHttpxClient, transform_schema
from anthropic.types import Message

from postwright.domain.errors import EndpointUnusable, ModelError, ModelUnavailable, RequestRefused
from postwright.domain.model import Answered, Ask, Usage
from postwright.domain.reply import Reply
from postwright.llm.answers import not_a_message, read_message, read_usage
from postwright.llm.claude_clients import Client, connect, secrets_of
from postwright.llm.claude_faults import Interpreter
from postwright.llm.claude_streams import streamed
from postwright.llm.providers import ANTHROPIC, DEFAULT_MODEL, Provider

T = TypeVar("T")

_CONNECT_TIMEOUT = 10.0


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
        body = self._body(ask)
        message: object = await self._send(lambda client: client.messages.create(**body))
        if not isinstance(message, Message):  # a web page comes as a str, other JSON as what it is
            raise not_a_message()
        data = message.to_dict(mode="json", warnings=False)
        return read_message(data, model=self._name, request_id=message._request_id or "", ttl=ask.ttl)

    async def lead(self, ask: Ask, begins: Callable[[Usage], None]) -> Answered:
        """As `ask`; `begins` hears, before the end, that a reply begins: its cache entry can be read from then on.

        Where nothing can be streamed it is not called.
        """
        body, begun = self._body(ask), False

        def began(message: object) -> None:
            nonlocal begun
            begun = True
            begins(read_usage(message, ask.ttl))

        try:
            data, request_id = await self._send(lambda client: streamed(client, body, began))
        except ModelError as error:
            error.maybe_paid = error.maybe_paid or begun
            raise
        return read_message(data, model=self._name, request_id=request_id, ttl=ask.ttl)

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
        with self._interpreted():
            return str(self._connected().base_url)

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
            raise ModelUnavailable(says, hint=self._interpreter().hint) from error
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Let the connections go: they belong to the event loop of the run. A next ask makes new ones."""
        client, self._client = self._client, self._given
        if client is not None:
            await client.close()

    def _body(self, ask: Ask) -> dict[str, Any]:
        body = self.request(ask)
        if self.compare_with and self.provider.is_anthropic:
            # No part of the request proper: the journal's key leaves it out.
            body["diagnostics"] = {"previous_message_id": self.compare_with}
        return body

    async def _send(self, call: Callable[[Client], Awaitable[T]]) -> T:
        with self._interpreted():
            async with asyncio.timeout(self._timeout):
                return await call(self._connected())

    @contextmanager
    def _interpreted(self) -> Iterator[None]:
        """Domain errors for all that is no bug of ours."""
        try:
            yield
        except ModelError:
            raise
        except Exception as error:
            interpreter = self._interpreter()
            meaning = interpreter.meaning(error)
            if meaning is None:
                raise
            raise meaning from (error if interpreter.may_be_chained(error, meaning) else None)

    def _interpreter(self) -> Interpreter:
        return Interpreter(self.provider, self._name, self._timeout, tuple(secrets_of(self._client)))

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


def _cached(text: str, ttl: str) -> dict[str, Any]:
    return {"type": "text", "text": text, "cache_control": {"type": "ephemeral", "ttl": ttl}}
