"""The price of a run before it begins: from tokens that the API counted, else from characters, and it says so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from postwright.domain.model import Usage
from postwright.workflows.many.money import Tariff

CHARACTERS_PER_TOKEN = 3.3
"""English text with the tokenizer since Opus 4.7; a rough figure, labelled as such wherever it is shown."""
REPLY_SHARE = 0.44
"""Reply over posting turn, in characters: 43,061 / 98,607 over the fifteen replies in fixtures/replies."""
REPAIRS = 0.25
"""Share of postings whose broken lines go back once, and the size of such a reply beside a first one: assumptions."""
REPAIR_SIZE = 0.25


@dataclass(slots=True)
class Pile:
    """What is to be asked: number of postings, and characters of their turns."""

    postings: int = 0
    characters: int = 0

    def add(self, turn: str) -> None:
        self.postings += 1
        self.characters += len(turn)


@dataclass(frozen=True, slots=True)
class Price:
    """An estimate. `usd` is None for a model without a known price. `per_token` is in characters."""

    requests: int
    usage: Usage
    usd: float | None
    counted: bool  # by the API, on a sample; else from characters
    per_token: float

    def as_data(self) -> Mapping[str, object]:
        how = "tokens counted by the API on a sample" if self.counted else "a rough estimate from characters"
        return {
            "usd": self.usd,
            "requests": self.requests,
            "input_tokens": self.usage.prompt,
            "cached_tokens": self.usage.cache_read,
            "output_tokens": self.usage.output,
            "how": how,
        }


def estimate(
    pile: Pile, shared: str, tariff: Tariff, *, per_token: float = CHARACTERS_PER_TOKEN, shared_tokens: int = 0
) -> Price:
    """The likely price of asking for a pile: one cache write, reads after it, repairs for some.

    `shared_tokens` are those of the cached part when the API counted them; else its characters count.
    """
    counted = shared_tokens > 0
    cached = shared_tokens or round(len(shared) / per_token)
    turn = pile.characters / per_token / max(1, pile.postings)
    reply = turn * REPLY_SHARE
    first = Usage(input=round(turn), output=round(reply), cache_read=cached, batch=tariff.batch)
    repair = replace(first, input=round(turn + reply), output=round(reply * REPAIR_SIZE))
    repairs = round(pile.postings * REPAIRS)
    write = Usage(cache_write_1h=cached, batch=tariff.batch)
    if tariff.ttl != "1h":
        write = Usage(cache_write_5m=cached, batch=tariff.batch)
    total, usd = Usage(batch=tariff.batch), 0.0 if tariff.known else None
    for usage, times in ((write, min(1, pile.postings)), (first, pile.postings), (repair, repairs)):
        for name in ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h"):
            total = replace(total, **{name: getattr(total, name) + getattr(usage, name) * times})
        cost = tariff.cost(usage)
        usd = None if usd is None or cost is None else usd + cost * times
    return Price(pile.postings + repairs, total, usd, counted, per_token)
