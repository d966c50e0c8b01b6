"""The two columns as plain values, so that the checker reads a `Draft` and a review.json alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from postwright.domain.draft import DecisionKind, Draft, LineKind


@dataclass(frozen=True)
class Entry:
    """One line of the left column, with the characters of the draft that it covers."""

    line: str
    kind: str
    sources: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Books:
    """What the review says about a draft."""

    entries: tuple[Entry, ...]
    fates: Mapping[str, str]
    decisions: tuple[tuple[str, str, str, str], ...]  # id, kind, state, text
    rewritten: bool

    @classmethod
    def of(cls, draft: Draft) -> "Books":
        return cls(
            tuple(Entry(e.line, e.kind, e.sources, e.span.start, e.span.end) for e in draft.ledger.lines),
            {entry.unit: entry.fate for entry in draft.ledger.units},
            tuple((d.id, d.kind, d.state, d.text) for d in draft.decisions),
            draft.rewritten,
        )

    @classmethod
    def of_review(cls, draft: Mapping[str, Any]) -> "Books":
        """From the `draft` member of a review.json."""
        ledger = draft["ledger"]
        return cls(
            tuple(
                Entry(e["line"], e["kind"], tuple(e["sources"]), e["span"]["start"], e["span"]["end"])
                for e in ledger["lines"]
            ),
            {entry["unit"]: entry["fate"] for entry in ledger["units"]},
            tuple((d["id"], d["kind"], d["state"], d["text"]) for d in draft["decisions"]),
            draft["rewritten"],
        )

    def told(self, kind: str) -> str:
        """The texts of all decisions of a kind."""
        return "\n".join(text for _, of_kind, _, text in self.decisions if of_kind == kind)

    @property
    def given_up(self) -> str:
        """What a person is asked to let go, in full or in strength."""
        return self.told(DecisionKind.REMOVAL) + "\n" + self.told(DecisionKind.LOWERED)

    @property
    def superseded(self) -> bool:
        return bool(self.told(DecisionKind.SUPERSEDED))

    def spoken(self) -> tuple[Entry, ...]:
        """Entries whose words the model chose."""
        return tuple(e for e in self.entries if e.kind in {LineKind.REWORDED, LineKind.MERGED})
