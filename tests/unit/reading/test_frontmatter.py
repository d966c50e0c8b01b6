"""Front matter: bytes kept, values as written, bombs refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.posting import Span
from postwright.reading.blocks.frontmatter import PROBLEM, front_matter


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("country: NO", "NO"),
        ("zip: 01234", "01234"),
        ("version: 1.10", "1.10"),
        ("time: 12:30:00", "12:30:00"),
        ("open: yes", "yes"),
        ("pay: 120_000", "120_000"),
        ("date: 2026-11-22", "2026-11-22"),
        ("empty:", ""),
        ("null_title: ~", "~"),
        ('quoted: "a: b"', "a: b"),
    ],
)
def test_a_value_stays_as_it_was_written(line: str, value: str) -> None:
    _, values = front_matter(f"---\n{line}\n---\nText.\n")
    assert values == {line.split(":", maxsplit=1)[0]: value}


def test_only_scalars_on_the_top_level_are_values() -> None:
    _, values = front_matter("---\ntitle: A\nauthor:\n  name: B\ntags: [x, y]\nstate: open\n---\n")
    assert values == {"title": "A", "state": "open"}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_span_holds_both_fences_and_the_line_end_after_them(newline: str) -> None:
    head = newline.join(["---", "title: X", "---", ""])
    span, values = front_matter(head + "Body" + newline)
    assert (span, values) == (Span(0, len(head)), {"title": "X"})


def test_a_byte_order_mark_stands_before_the_fence() -> None:
    span, values = front_matter("\ufeff---\ntitle: X\n---\nBody")
    assert (span.end, values["title"]) == (18, "X")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: X\n\n# Body\n",
        "# Body\n\n---\n",
        "",
        "--- title\n---\n",
        "---\n\nJust prose between rules.\n\n---\n",
    ],
)
def test_without_a_closing_fence_or_keys_there_is_no_front_matter(text: str) -> None:
    assert front_matter(text) == (Span(0, 0), {})


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("a: &x 1\nb: *x", "alias"),
        ("a: " + "[" * 30 + "]" * 30, "deeper than 20"),
        ("a: " + "x" * 70_000, "64 KiB"),
        ("title: [unclosed\n  bad: : :", "not YAML"),
        ("title: A\ntitle: B", "twice"),
    ],
)
def test_what_cannot_be_trusted_is_named_and_its_bytes_are_still_protected(inside: str, said: str) -> None:
    text = f"---\n{inside}\n---\n"
    span, values = front_matter(text + "Body")
    assert span.end == len(text)
    assert said in values[PROBLEM]


def test_a_merge_key_is_a_plain_key() -> None:
    _, values = front_matter("---\n<<: x\ntitle: A\n---\n")
    assert values == {"<<": "x", "title": "A"}


def test_toml_values_stay_as_written_too() -> None:
    _, values = front_matter('+++\ntitle = "X"\nopen = 2026-11-22\npay = 1_000\nlist = [1]\n+++\nBody')
    assert values == {"title": "X", "open": "2026-11-22", "pay": "1_000"}


def test_broken_toml_is_named() -> None:
    _, values = front_matter("+++\ntitle = \n+++\nBody")
    assert "not TOML" in values[PROBLEM]


@given(st.text(max_size=60), st.sampled_from(["---", "+++"]))
def test_any_fenced_text_can_be_read(inside: str, fence: str) -> None:
    text = f"{fence}\n{inside}\n{fence}\n"
    span, _ = front_matter(text)
    assert 0 == span.start <= span.end <= len(text)
