"""What the SDK, its HTTP library and the libraries that sign for a cloud raise, as domain errors in one line."""

import json
import re
from dataclasses import dataclass

import anthropic
import httpx2

from postwright.domain.errors import (
    EndpointUnusable,
    ModelAccessDenied,
    ModelError,
    ModelUnavailable,
    NoCredentials,
    RequestRefused,
)
from postwright.llm.answers import ADDRESS_HINT
from postwright.llm.faults import Fault, model_error, plain
from postwright.llm.providers import ANTHROPIC, Provider, install_hint

_NETWORK_HINT = "check the network, ANTHROPIC_BASE_URL and any proxy; the rules engine works offline"
_CLOUD_HINT = "check the network, the region and any proxy; the rules engine works offline"
_NEVER_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
_SENTENCE_END = re.compile(r"\.(?:\s|$)|\n")
_SIGNERS = {"azure", "boto3", "botocore", "google"}
"""Libraries that sign requests to a cloud. Their errors are no class of the SDK."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Knows who was asked, for how many seconds, and which `secrets` no message may repeat."""

    provider: Provider
    model: str
    timeout: float
    secrets: tuple[str, ...]

    def meaning(self, error: Exception) -> ModelError | None:
        """The domain error for what was raised, or None for what is our own bug."""
        match error:
            case anthropic.APIStatusError():
                return model_error(self._fault(error), self.model, key_hint=self.provider.needs)
            case anthropic.APITimeoutError() | TimeoutError():
                sent = not isinstance(error.__cause__, _NEVER_SENT)
                return ModelUnavailable(f"no answer within {self.timeout:g} s", hint=self.hint, maybe_paid=sent)
            case anthropic.APIConnectionError() | httpx2.HTTPError() | httpx2.InvalidURL():
                return self._unreachable(error.__cause__ or error)
            case _:
                return _of_value(error) or self._not_signed(error)

    def may_be_chained(self, error: BaseException, meaning: ModelError) -> bool:
        """False for an echo of our key, and for what quotes headers or tokens by itself."""
        if isinstance(error.__cause__, httpx2.LocalProtocolError) or any(key in str(error) for key in self.secrets):
            return False
        return isinstance(error, anthropic.APIError) or not isinstance(meaning, NoCredentials | ModelAccessDenied)

    @property
    def hint(self) -> str:
        """What to look at when nobody answers."""
        return _NETWORK_HINT if self.provider.is_anthropic else _CLOUD_HINT

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
        return ModelUnavailable(f"the API cannot be reached: {detail}", hint=self.hint, maybe_paid=sent)

    def _plain(self, text: str, limit: int = 200) -> str:
        """Foreign text for a message, without the key that we signed with, should someone echo it."""
        return plain(text, secrets=self.secrets, limit=limit)


def _words_of(body: object) -> str:
    """What a cloud says in an error body of its own shape: `{"message": "..."}`."""
    says = body.get("message") or body.get("Message") if isinstance(body, dict) else ""
    return says if isinstance(says, str) else ""


def _names_a_library(error: Exception) -> bool:
    """The SDK's private `MissingDependencyError`, which names its own extra instead of ours."""
    return "missing required dependency" in str(error)


def _of_value(error: Exception) -> ModelError | None:
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
