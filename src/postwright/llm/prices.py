"""What a request costs, from a dated table: the API does not tell prices. Unknown stays unknown, never zero."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from postwright.domain.errors import UsageProblem
from postwright.domain.model import Usage

_SNAPSHOT = re.compile(r"-20\d{6}$")  # claude-haiku-4-5-20251001 costs what claude-haiku-4-5 costs

# Published multipliers on the input price, for a user's own entry that names only input and output.
_WRITE_5M, _WRITE_1H, _READ = 1.25, 2.0, 0.1


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars per million tokens, for requests whose whole prompt has more than `prompt_over` tokens."""

    input: float
    output: float
    write_5m: float
    write_1h: float
    read: float
    prompt_over: int = 0

    def of(self, usage: Usage) -> float:
        """US dollars, before any batch discount."""
        dollars = (
            usage.input * self.input
            + usage.cache_write_5m * self.write_5m
            + usage.cache_write_1h * self.write_1h
            + usage.cache_read * self.read
            + usage.output * self.output
        )
        return dollars / 1_000_000


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Prices by model id as of a day (ISO date). A model's rates are in ascending order of `prompt_over`."""

    as_of: str
    batch_factor: float
    rates: Mapping[str, tuple[Rate, ...]]

    def knows(self, model: str) -> bool:
        return self._tiers(model) is not None

    def cost(self, model: str, usage: Usage) -> float | None:
        """US dollars of ONE request (prices may step with its prompt size; add up the sums, not the usages).

        None when the model is not in the table or the endpoint counted no tokens.
        """
        tiers = self._tiers(model)
        if tiers is None or not usage.known:
            return None
        rate = [tier for tier in tiers if tier.prompt_over <= 0 or usage.prompt > tier.prompt_over][-1]
        return rate.of(usage) * (self.batch_factor if usage.batch else 1.0)

    def override(self, entries: Mapping[str, object]) -> "PriceTable":
        """A table with a user's own prices: `{"my-model": {"input": 3, "output": 15}}`.

        `write_5m`, `write_1h` and `read` default to the usual 1.25, 2 and 0.1 times the input price.
        Raises UsageProblem for anything else.
        """
        own = {model: (_own_rate(model, entry),) for model, entry in entries.items()}
        return replace(self, rates={**self.rates, **own})

    def _tiers(self, model: str) -> tuple[Rate, ...] | None:
        return self.rates.get(model) or self.rates.get(_SNAPSHOT.sub("", model))


@lru_cache(maxsize=1)
def price_table() -> PriceTable:
    """The table that comes with Postwright (knowledge/data/prices.toml)."""
    text = (files("postwright.knowledge") / "data" / "prices.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rates: dict[str, tuple[Rate, ...]] = {}
    for entry in data["rate"]:
        rate = Rate(**{name: value for name, value in entry.items() if name != "models"})
        for model in entry["models"]:
            rates[model] = (*rates.get(model, ()), rate)
    return PriceTable(data["as_of"].isoformat(), data["batch_factor"], rates)


def _own_rate(model: str, entry: object) -> Rate:
    if not isinstance(entry, Mapping):
        raise _unusable(model, "it is no table")
    values = {str(name): _dollars(model, str(name), value) for name, value in entry.items()}
    if not {"input", "output"} <= values.keys():
        raise _unusable(model, "it needs input and output")
    base = values["input"]
    return Rate(
        input=base,
        output=values["output"],
        write_5m=values.get("write_5m", base * _WRITE_5M),
        write_1h=values.get("write_1h", base * _WRITE_1H),
        read=values.get("read", base * _READ),
    )


def _dollars(model: str, name: str, value: object) -> float:
    if name not in {"input", "output", "write_5m", "write_1h", "read"}:
        raise _unusable(model, f"it has no {name}")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1_000_000:
        raise _unusable(model, f"{name} is no price")
    return float(value)


def _unusable(model: str, why: str) -> UsageProblem:
    return UsageProblem(
        f"the price of {model} cannot be used: {why}",
        hint="give US dollars per million tokens: input, output and, if you like, write_5m, write_1h, read",
    )
