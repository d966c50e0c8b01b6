"""Reviews made by the program itself from the fixtures: by rules alone, or from a written reply of a model."""

import asyncio
import hashlib
from datetime import date
from pathlib import Path

from postwright.domain.model import Usage
from postwright.domain.reply import Reply
from postwright.domain.review import Cost, Review
from postwright.workflows.drafting import draft_of, prepare
from postwright.workflows.rewriting import Options, review_posting, still_wrong

FIXTURES = Path(__file__).parents[2] / "fixtures"
DAY = date(2026, 11, 22)


def by_rules(name: str) -> Review:
    """The review of a fixture posting without a model."""
    text = (FIXTURES / "postings" / name).read_text(encoding="utf-8")
    return asyncio.run(review_posting(text, f"jobs/{name}", editor=None, options=Options(as_of=DAY)))


def by_model(name: str) -> Review:
    """The review of a fixture posting with the reply that is written for it."""
    path = FIXTURES / "postings" / name
    text = path.read_text(encoding="utf-8")
    reply = Reply.model_validate_json((FIXTURES / "replies" / f"{path.stem}.json").read_text(encoding="utf-8"))
    prepared = prepare(text, f"jobs/{name}", as_of=DAY)
    draft, critique = draft_of(prepared, reply)
    return Review(
        f"jobs/{name}",
        hashlib.sha256(text.encode()).hexdigest(),
        text,
        prepared.sources.posting.title,
        "claude-sonnet-5-5",
        "4d1f0c22",
        "2026-11-22T09:30:00+00:00",
        "0.1.0",
        critique,
        prepared.sources.posting.units,
        prepared.sources.posting.notices,
        draft,
        still_wrong(draft, name, DAY),
        usage=Usage(input=2_140, cache_read=10_700, output=4_210),
        cost=Cost(0.0724, "2026-11-01", 1),
    )
