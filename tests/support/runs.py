"""A run over a folder as run.json has it, for the run page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

RUN: dict[str, Any] = {
    "program": "1.0",
    "src": "jobs",
    "state": "failed",
    "started": "2026-11-22T09:20:31+00:00",
    "engine": "claude-sonnet-5-5",
    "cost": {"usd": 1.5},
    "usage": {"cache_share": 0.9},
}


@dataclass(slots=True)
class Alike:
    """One decision over some postings."""

    text: str
    kind: str = "removal"
    group: str = "impossible years"
    why: str = "Nobody has ten years of it."
    state: str = "pending"
    places: list[tuple[str, str]] = field(default_factory=lambda: [("jobs/a.md", "c1")])


def posting(path: str, **more: object) -> dict[str, Any]:
    """A posting that was rewritten. `more` replaces or adds fields."""
    layers = {"clinical": (2, True), "integration": (0, False), "compliance": (1, True), "execution": (4, True)}
    return {
        "path": path,
        "department": "",
        "status": "done",
        "title": "A job",
        "verdict": "rework",
        "layers": {name: {"score": score, "owned": owned} for name, (score, owned) in layers.items()},
        "findings": {"hype": 2, "pay": 1},
        "questions": 3,
        "open": 4,
        "usd": 0.0421,
        **more,
    }


def failed(path: str, reason: str = "larger than 2,000,000 bytes") -> dict[str, Any]:
    return {"path": path, "department": "", "status": "failed", "reason": reason}


def many(number: int) -> list[dict[str, Any]]:
    """Postings in which every field differs now and then."""
    return [
        posting(
            f"jobs/{'ab'[n % 2]}/{n:05}.md",
            title=f"Job {n}",
            department="ab"[n % 2],
            verdict=("rework", "touch up", "ready")[n % 3],
            status="free" if n % 3 == 2 else "done",
            open=n % 7,
            usd=None if n % 5 else n / 1000,
        )
        for n in range(number)
    ]
