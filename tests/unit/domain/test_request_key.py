"""The key under which a paid reply is found again."""

from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.journal import request_key


def test_the_order_of_fields_does_not_matter() -> None:
    assert request_key({"a": 1, "b": [2]}) == request_key({"b": [2], "a": 1})


def test_any_change_of_the_request_changes_the_key() -> None:
    requests: list[dict[str, object]] = [{"a": 1}, {"a": "1"}, {"a": [1]}, {"b": 1}, {"a": 1, "b": None}, {}]
    assert len({request_key(request) for request in requests}) == len(requests)


def test_the_key_stays_the_same_over_versions() -> None:
    """Else all that was paid for would be forgotten. The hash was made with sha256sum."""
    known = "89643677f4ba2467f7e67618957849a572e81086d280f02165d1e74f8a07603f"
    assert request_key({"model": "m", "messages": [{"role": "user", "content": "é – 中"}]}) == known


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_a_key(text: str) -> None:
    assert len(request_key({"text": text})) == 64
