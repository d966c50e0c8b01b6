"""The port behind which a model works, and what goes through it. No vendor type crosses it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Stop(StrEnum):
    """Why a reply ended."""

    END = "end"
    CUT = "cut"  # no more room: max_tokens or the context window
    REFUSED = "refused"
    UNKNOWN = "unknown"  # an endpoint that does not say


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more requests, as the API counted them. `input` excludes cached tokens."""

    input: int = 0
    cache_write_5m: int = 0
    cache_write_1h: int = 0
    cache_read: int = 0
    output: int = 0
    batch: bool = False
    known: bool = True  # False when an endpoint reports no usage

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.input + other.input,
            self.cache_write_5m + other.cache_write_5m,
            self.cache_write_1h + other.cache_write_1h,
            self.cache_read + other.cache_read,
            self.output + other.output,
            self.batch or other.batch,
            self.known and other.known,
        )

    @property
    def prompt(self) -> int:
        """All prompt tokens, cached or not."""
        return self.input + self.cache_write_5m + self.cache_write_1h + self.cache_read

    @property
    def cache_share(self) -> float:
        """Share of the prompt that was read from the cache, weighted by tokens; 0 for an empty prompt."""
        return self.cache_read / self.prompt if self.prompt else 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation after the shared part."""

    role: str  # user | assistant
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A complete request. `shared` and `profile` are byte-stable over a run and marked for caching."""

    shared: str
    profile: str  # may be empty: then there is no second cached block
    turns: tuple[Turn, ...]
    schema: dict[str, Any] = field(hash=False)
    max_tokens: int = 16_000
    effort: str = ""  # empty: not sent, the model's own default
    ttl: str = "5m"  # "5m" | "1h"


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, still text. It is on disk before it is used."""

    text: str
    stop: Stop
    usage: Usage
    model: str
    request_id: str = ""
    raw: str = ""  # the whole message as JSON, for the journal
    remembered: bool = False  # from the journal: paid for earlier, nothing was paid now


class Model(Protocol):
    """Something that answers an `Ask`. Raises `ModelError` and nothing else."""

    @property
    def name(self) -> str: ...

    def request(self, ask: Ask) -> dict[str, Any]:
        """The complete request body: its hash keys the journal."""
        ...

    async def ask(self, ask: Ask) -> Answered: ...


class Leader(Model, Protocol):
    """A model that can tell when a reply begins: from then on others can read what its request wrote to the cache."""

    async def lead(self, ask: Ask, begins: Callable[[Usage], None]) -> Answered:
        """As `ask`. `begins` hears the tokens counted so far, at most once, and never when it cannot be told."""
        ...
