"""How a stand-in behaves: latency, limits, faults, batches. Everything can be changed while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """Probabilities are per request and exclude each other; seconds are wall time; 0 switches a limit off."""

    seed: int = 1
    key: str = ""  # the only API key that is accepted; empty: any
    models: tuple[str, ...] = ()  # known model ids; empty: any that begins with "claude-"

    first_token_seconds: float = 0.0
    output_seconds: float = 0.0
    style: str = "keep"  # keep: every unit is kept; edit: one in four is written anew with its own words
    broken_lines: float = 0.0  # share of replies whose first line invents something, so that a repair is asked for
    cut_replies: float = 0.0  # share of replies that end for want of room

    minimum_prefix: int = 512  # tokens; shorter prefixes are not cached
    cache: bool = True
    ttl_factor: float = 1.0  # scales 5 minutes and 1 hour, so that a test can wait for the end of an entry

    requests_per_minute: int = 0
    input_tokens_per_minute: int = 0
    burst: float = 1.0  # share of a minute's limit that is there at the start

    overloaded: float = 0.0  # 529
    failed: float = 0.0  # 500
    reset: float = 0.0  # the connection is reset before the answer
    cut: float = 0.0  # the body ends too early
    malformed: float = 0.0  # a whole message whose text is no reply
    refused: float = 0.0  # stop_reason refusal
    fault_body: str = ""  # answer every message with this, status 200, as a broken proxy does
    rejected: bool = False  # 400 to every message
    busy_seconds: int = 0  # 429 to every message and every new batch, with this retry-after
    streaming: str = "yes"  # "ignored": whole messages all the same, "refused": 400
    streams_short: int = 0  # so many streams end, without an error, before their message does
    bare: bool = False  # no header and no field beyond what a reply cannot do without
    counting: bool = True  # count_tokens is there
    batching: bool = True  # Message Batches are there
    spend_limit_after: int = 0  # messages; then 429 with error_code enforced_spend_limit_reached

    batch_seconds: float = 0.2  # until a batch has ended
    batch_hits: float = 0.98  # share of rows that find the cache at all: best effort, says the documentation
    row_expired: float = 0.0
    row_errored: float = 0.0  # api_error: may be sent again
    row_invalid: float = 0.0  # invalid_request_error: final
    results_cut: int = 0  # so many downloads of results end too early
    results_short: int = 0  # so many downloads of results end one row too early, between two lines
    forgets_batches: bool = False  # batches that have ended are unknown, as after a deletion
    archives_batches: bool = False  # their results are no longer kept, as after 29 days
    results_host: str = ""  # put this host into results_url
    create_waits_before: float = 0.0  # seconds between reading a batch and making it
    create_waits_after: float = 0.0  # seconds between making a batch and saying so

    @classmethod
    def of(cls, values: Mapping[str, object]) -> "Settings":
        return cls().changed(values)

    def changed(self, values: Mapping[str, object]) -> "Settings":
        """With some values changed. An unknown name is an error: a test must not believe it set something."""
        unknown = values.keys() - {field.name for field in fields(self)}
        if unknown:
            raise ValueError(f"no such setting: {', '.join(sorted(unknown))}")
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
        }
        return replace(self, **given)
