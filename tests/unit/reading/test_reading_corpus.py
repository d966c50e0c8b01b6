"""Real postings, opt-in: POSTWRIGHT_CORPUS names a folder of `.md`, `.mdx` and `.txt` files."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from postwright.domain.posting import Posting, SectionKind, UnitKind
from postwright.reading.posting import read

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def corpus() -> list[Posting]:
    folder = os.environ.get("POSTWRIGHT_CORPUS")
    if not folder:
        pytest.skip("POSTWRIGHT_CORPUS is not set")
    return list(_postings(Path(folder)))


def _postings(folder: Path) -> Iterator[Posting]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".md", ".mdx", ".txt"}:
            yield read(path.read_text(encoding="utf-8", errors="replace"), path.name)


def test_every_unit_of_a_real_posting_stands_where_it_says(corpus: list[Posting]) -> None:
    for posting in corpus:
        assert all(unit.span.of(posting.source) == unit.text for unit in posting.units)
        assert all(
            one.span.end <= other.span.start for one, other in zip(posting.units, posting.units[1:], strict=False)
        )


def test_most_items_of_real_postings_stand_in_a_section_that_is_known(corpus: list[Posting]) -> None:
    items = [unit for posting in corpus for unit in posting.units if unit.kind is UnitKind.ITEM]
    unknown = sum(unit.section is SectionKind.OTHER for unit in items)
    assert unknown < 0.15 * len(items)


def test_few_units_of_real_postings_are_opaque(corpus: list[Posting]) -> None:
    kinds = Counter(unit.kind for posting in corpus for unit in posting.units)
    assert kinds[UnitKind.OPAQUE] < 0.1 * kinds.total()
