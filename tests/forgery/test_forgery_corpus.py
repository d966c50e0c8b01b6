"""The promise on real postings: the rules engine, a reply that says nothing and one that keeps everything."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from forgery.books import Books
from forgery.cases import Json, empty_reply
from forgery.checker import check
from postwright.domain.errors import PostwrightError
from postwright.workflows.drafting import Prepared, draft_reply, marked_up, prepare

pytestmark = pytest.mark.corpus


def _postings() -> list[Path]:
    folder = Path(os.environ.get("POSTWRIGHT_CORPUS", "nowhere"))
    return [path for path in sorted(folder.rglob("*")) if path.suffix in {".md", ".mdx", ".txt"}]


def _prepared() -> Iterator[tuple[Path, str, Prepared]]:
    """Every posting that can be read; anything but our own errors is a crash and fails the test."""
    for path in _postings():
        source = path.read_bytes().decode("utf-8", "replace")
        try:
            yield path, source, prepare(source, path.name)
        except PostwrightError:
            continue


def test_the_rules_engine_keeps_the_promise_on_every_posting(record_property: Callable[[str, object], None]) -> None:
    verdicts: Counter[str] = Counter()
    wrong = []
    for path, source, prepared in _prepared():
        draft = marked_up(prepared)
        verdicts[prepared.critique.verdict] += 1
        wrong += [f"{path.name}: {what}" for what in check(source, draft.text, Books.of(draft))]
    for verdict, count in verdicts.most_common():
        record_property("forgery", f"verdict: {verdict:36} {count:5}")
    assert verdicts, "POSTWRIGHT_CORPUS names no folder with postings"
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("keep", [False, True], ids=["nothing", "everything"])
def test_a_reply_that_keeps_nothing_or_everything_loses_nothing(keep: bool) -> None:  # noqa: FBT001
    wrong = []
    for path, source, prepared in _prepared():
        units = [unit.id for unit in prepared.sources.posting.units]
        sections: list[Json] = [{"kind": "other", "heading": "", "lines": [{"keep": units}]}]
        draft, _ = draft_reply(source, path.name, empty_reply() | {"sections": sections if keep else []})
        wrong += [f"{path.name}: {what}" for what in check(source, draft.text, Books.of(draft))]
    assert not wrong, "\n".join(wrong)
