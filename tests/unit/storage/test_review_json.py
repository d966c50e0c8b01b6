"""review.json: documented, versioned, and read back as it was written."""

import asyncio
import json
from pathlib import Path

import pytest

from postwright.domain.errors import StaleDraft
from postwright.storage.review import load_review, review_schema, review_to_json
from postwright.workflows.rewriting import review_posting

ROOT = Path(__file__).parents[3]


async def _review() -> str:
    text = (ROOT / "fixtures/postings/gold-a.md").read_text()
    return review_to_json(await review_posting(text, "gold-a.md", editor=None))


@pytest.fixture(scope="module")
def written() -> str:
    return asyncio.run(_review())


def test_the_documented_schema_is_the_programs_own() -> None:
    documented = json.loads((ROOT / "docs/review.schema.json").read_text())
    assert documented == json.loads(json.dumps(review_schema()))


def test_every_top_level_field_is_in_the_documentation() -> None:
    page = (ROOT / "docs/review-json.md").read_text()
    missing = [name for name in review_schema()["properties"] if f"`{name}`" not in page and f"`{name}." not in page]
    assert missing == []


def test_a_review_is_read_back_as_it_was_written(written: str, tmp_path: Path) -> None:
    path = tmp_path / "review.json"
    path.write_text(written)
    review = load_review(path)
    assert review is not None
    assert review_to_json(review) == written


@pytest.mark.parametrize("damage", ['{"version": 99}', "[]", "not json", '{"version": 1}'])
def test_a_review_that_is_not_ours_is_refused_in_one_line(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "review.json"
    path.write_text(damage)
    with pytest.raises(StaleDraft, match=r"review\.json"):
        load_review(path)


def test_no_file_is_no_review(tmp_path: Path) -> None:
    assert load_review(tmp_path / "review.json") is None
