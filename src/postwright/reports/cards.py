"""Decisions as a person meets them: a few groups in plain words, the weightiest first."""

from dataclasses import dataclass

from postwright.domain.draft import Decision, DecisionKind, DecisionState, Draft
from postwright.reports.labels import WEIGHT


@dataclass(frozen=True, slots=True)
class Card:
    """Decisions of one kind under one name: `impossible years (2)`."""

    group: str
    kind: DecisionKind
    decisions: tuple[Decision, ...]

    @property
    def open(self) -> int:
        return sum(d.state is DecisionState.PENDING for d in self.decisions)


def cards_of(draft: Draft) -> tuple[Card, ...]:
    """All decisions, grouped, by weight of their kind, the largest groups first."""
    groups: dict[tuple[DecisionKind, str], list[Decision]] = {}
    for decision in draft.decisions:
        groups.setdefault((decision.kind, decision.group), []).append(decision)
    cards = [Card(group, kind, tuple(members)) for (kind, group), members in groups.items()]
    return tuple(sorted(cards, key=lambda card: (WEIGHT.index(card.kind), -len(card.decisions))))
