"""What a fault of the API means: the rules beside those that the HTTP tests show."""

import time
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.errors import ModelUnavailable, RequestRefused, SpendLimitReached
from postwright.llm.faults import Fault, model_error, plain, seconds_to_wait


def test_an_http_date_is_seconds_from_now() -> None:
    seconds = seconds_to_wait({"retry-after": formatdate(time.time() + 90, usegmt=True)})
    assert seconds is not None
    assert 85 < seconds <= 90


def test_a_date_in_the_past_is_no_wait() -> None:
    assert seconds_to_wait({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "1e999", "soon", ""])
def test_nonsense_is_no_wait(value: str) -> None:
    assert seconds_to_wait({"retry-after": value, "retry-after-ms": value}) is None


def test_the_error_of_a_batch_row_counts_by_its_type() -> None:
    assert isinstance(model_error(Fault(0, type="overloaded_error"), "m"), ModelUnavailable)
    assert isinstance(model_error(Fault(0, type="invalid_request_error"), "m"), RequestRefused)
    assert isinstance(model_error(Fault(0, type="billing_error"), "m"), SpendLimitReached)


def test_the_servers_advice_outranks_the_status() -> None:
    assert isinstance(model_error(Fault(400, headers={"x-should-retry": "true"}), "m"), ModelUnavailable)
    assert isinstance(model_error(Fault(503, headers={"x-should-retry": "false"}), "m"), RequestRefused)


def test_a_spend_limit_stays_one_whatever_the_advice() -> None:
    fault = Fault(429, code="enforced_spend_limit_reached", headers={"x-should-retry": "true"})
    assert isinstance(model_error(fault, "m"), SpendLimitReached)


def test_the_wait_and_the_request_stand_in_the_message() -> None:
    found = model_error(Fault(429, request_id="req_9", headers={"retry-after": "30"}), "claude-x")
    assert found.says == "claude-x asks us to slow down (429, wait 30 s, request req_9)"


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer abcdefghij0123456789",
        "x-api-key: abcdefghij0123456789",
        "assertion eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIwMTIzNDU2Nzg5In0.0123456789 was refused",
        "key sk-ant-api03-abcdefghij0123456789 was rejected",
        "abcdefghij0123456789 twice abcdefghij0123456789",
    ],
)
def test_keys_are_hidden(text: str) -> None:
    assert "0123456789" not in plain(text, secrets=["abcdefghij0123456789"])


@given(st.text())
def test_foreign_text_is_one_short_printable_line(text: str) -> None:
    line = plain(text)
    assert line.isprintable()
    assert len(line) <= 200
    assert line == line.strip()


def test_structured_output_that_is_switched_off_is_told_by_its_name() -> None:
    says = "output_config: structured outputs are disabled by the organization policy"
    assert "switched on" in model_error(Fault(400, "invalid_request_error", message=says), "m").hint
