"""The page joins what the renderer joins: the same bytes, for every combination of decisions."""

from __future__ import annotations

import json
import random
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from postwright.domain.draft import DecisionState
from postwright.reports.page import page as page_of
from support.desk import settled
from support.odd_reviews import hostile_review, long_review, marked_up_review
from support.reviews import harbor_review

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from postwright.domain.draft import Draft
    from postwright.domain.review import Review

JOIN = (files("postwright.reports") / "assets" / "join.js").read_text(encoding="utf-8")
WORDS = ("Own words", "Schlüssel & «Zeichen» 𝒳", "نص عربي", "a; b", "<b>not bold</b>")
REVIEWS = {
    "a rewrite": harbor_review(),
    "a rewrite with DOS line ends": harbor_review("\r\n"),
    "a marked-up original": marked_up_review(),
    "a hostile posting": hostile_review(),
    "a long posting": long_review(),
}


def books_of(review: Review) -> Any:  # noqa: ANN401 - JSON
    found = re.search(r'<script type="application/json" id="books">(.*?)</script>', page_of(review), re.DOTALL)
    assert found
    return json.loads(found.group(1))


def combinations(draft: Draft, number: int) -> list[dict[str, tuple[DecisionState, str]]]:
    """All alike first, then mixtures drawn at random, always the same ones."""
    draw = random.Random(20_261_122)  # noqa: S311 - no secret
    names = [d.id for d in draft.decisions]
    alike = [dict.fromkeys(names, (state, "Own words")) for state in DecisionState]
    states = list(DecisionState)
    return alike + [{n: (draw.choice(states), draw.choice(WORDS)) for n in names} for _ in range(number)]


@pytest.mark.parametrize("name", REVIEWS)
def test_the_page_joins_the_bytes_that_the_renderer_joins(name: str, chromium: Browser) -> None:
    review = REVIEWS[name]
    assert review.draft is not None
    wanted = combinations(review.draft, 200)
    choices = [{c: {"state": s.value, "text": t} for c, (s, t) in states.items()} for states in wanted]
    page = chromium.new_page()
    joined = page.evaluate(
        f"([books, all]) => {{ {JOIN}; return all.map((choices) => joinText(books, choices)); }}",
        [books_of(review), choices],
    )
    page.close()
    for states, text in zip(wanted, joined, strict=True):
        assert text.encode() == settled(review.draft, states).text.encode()
