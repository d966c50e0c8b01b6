"""Reviews made by the program itself from the fixtures: by rules alone, or from a written reply of a model."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from postwright.domain.critique import Critique
from postwright.domain.draft import Draft
from postwright.domain.model import Usage
from postwright.domain.reply import Reply
from postwright.domain.review import Cost, Review
from postwright.workflows.drafting import Prepared, draft_of, marked_up, prepare
from postwright.workflows.rewriting import still_wrong

FIXTURES = Path(__file__).parents[2] / "fixtures"
DAY = date(2026, 11, 22)


def by_rules(name: str) -> Review:
    """The review of a fixture posting without a model."""
    prepared, text = _prepared(name)
    draft = marked_up(prepared)
    return _review(name, text, prepared, prepared.critique, draft)


def by_model(name: str) -> Review:
    """The review of a fixture posting with the reply that is written for it."""
    prepared, text = _prepared(name)
    reply = (FIXTURES / "replies" / f"{Path(name).stem}.json").read_text(encoding="utf-8")
    draft, critique = draft_of(prepared, Reply.model_validate_json(reply))
    return replace(
        _review(name, text, prepared, critique, draft),
        engine="claude-sonnet-5-5",
        prompts="4d1f0c22",
        still=still_wrong(draft, name, DAY),
        usage=Usage(input=2_140, cache_read=10_700, output=4_210),
        cost=Cost(0.0724, "2026-11-01", 1),
    )


def _prepared(name: str) -> tuple[Prepared, str]:
    text = (FIXTURES / "postings" / name).read_text(encoding="utf-8")
    return prepare(text, f"jobs/{name}", as_of=DAY), text


def _review(name: str, text: str, prepared: Prepared, critique: Critique, draft: Draft) -> Review:
    posting = prepared.sources.posting
    return Review(
        f"jobs/{name}",
        hashlib.sha256(text.encode()).hexdigest(),
        text,
        posting.title,
        "rules",
        "",
        "2026-11-22T09:30:00+00:00",
        "0.1.0",
        critique,
        posting.units,
        posting.notices,
        draft,
    )
