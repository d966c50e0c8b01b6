"""Decisions over many postings: what a policy may settle by itself, and alike decisions gathered into one."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import Any

from postwright.domain.draft import Decision, DecisionKind, DecisionState
from postwright.domain.errors import UsageProblem
from postwright.domain.posting import FactKind, Unit
from postwright.domain.review import Review
from postwright.reading.facts import facts_in
from postwright.storage.files import read_bytes, shown
from postwright.workflows.settling import Choice, settle

NEVER = frozenset({DecisionKind.PROPOSAL, DecisionKind.BLANK, DecisionKind.TITLE})
"""What no policy accepts: nobody has said it yet."""
LARGEST_POLICY = 100_000
"""Bytes."""
_NO_WORD = re.compile(r"[^a-z0-9]+")
_KEYS = ("accept", "hold")
_NEARLY = 0.8


@dataclass(frozen=True, slots=True)
class Policy:
    """Names of kinds (`wording`), groups (`impossible-years`) or facts (`licence`). `hold` outranks `accept`."""

    accept: frozenset[str] = frozenset()
    hold: frozenset[str] = frozenset()

    def accepts(self, names: frozenset[str], kind: DecisionKind) -> bool:
        """Whether a decision with these names is settled without a person."""
        return kind not in NEVER and bool(names & self.accept) and not names & self.hold

    @property
    def fingerprint(self) -> str:
        return f"accept {sorted(self.accept)} hold {sorted(self.hold)}"


def slug(words: str) -> str:
    """`impossible years` as it is written in a policy: impossible-years."""
    return _NO_WORD.sub("-", words.lower()).strip("-")


_KNOWN = frozenset(slug(name.value) for name in (*DecisionKind, *FactKind))


def load_policy(path: Path) -> Policy:
    """A TOML file with two lists, `accept` and `hold`. Raises UsageProblem."""
    name = shown(path)
    try:
        data = tomllib.loads(read_bytes(path, limit=LARGEST_POLICY, failure=UsageProblem).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageProblem(f"{name} is not valid TOML: {error}", hint='write accept = ["wording"]') from error
    for key, value in data.items():
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1)
            raise UsageProblem(f"{name}: unknown key {key!r}", hint=f"did you mean {near[0]!r}?" if near else "")
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise UsageProblem(f"{name}: {key} must be a list of strings", hint='write accept = ["wording"]')
    policy = Policy(*(frozenset(slug(v) for v in data.get(key, ())) for key in _KEYS))
    for one in sorted(policy.accept | policy.hold):
        _refuse_misspelt(one, name)
    if forbidden := policy.accept & {slug(kind.value) for kind in NEVER}:
        raise UsageProblem(
            f"{name}: {min(forbidden)} cannot be accepted by a policy",
            hint="what nobody has said yet is for a person to confirm",
        )
    return policy


def _refuse_misspelt(one: str, file: str) -> None:
    """Groups may have any name, but what is nearly a kind or a fact is one with a slip: it would hold nothing."""
    if one not in _KNOWN and (near := get_close_matches(one, _KNOWN, n=1, cutoff=_NEARLY)):
        raise UsageProblem(f"{file}: unknown name {one!r}", hint=f"did you mean {near[0]!r}?")


def names_of(decision: Decision, units: Mapping[str, Unit]) -> frozenset[str]:
    """All names under which a policy may speak of a decision: its kind, its group, and the facts it touches."""
    texts = [decision.text, *(units[u].text for u in decision.units if u in units)]
    facts = {fact.kind.value for text in texts for fact in facts_in(text)}
    return frozenset({slug(decision.kind.value), slug(decision.group), *facts})


def settled_by(review: Review, policy: Policy) -> Review:
    """The review with everything accepted that the policy accepts."""
    if review.draft is None or not policy.accept:
        return review
    units = {unit.id: unit for unit in review.units}
    choices = [
        Choice(decision.id, DecisionState.ACCEPTED)
        for decision in review.draft.pending
        if policy.accepts(names_of(decision, units), decision.kind)
    ]
    return settle(review, choices) if choices else review


@dataclass(slots=True)
class Group:
    """One decision over one or more postings: the same change to the same words."""

    key: str
    kind: str
    group: str
    text: str
    why: str
    state: str
    places: list[tuple[str, str]]  # path, id of the decision there

    @property
    def departments(self) -> list[str]:
        return sorted({department(path) for path, _ in self.places})


def grouped(decisions: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[Group]:
    """Decisions, which come with alike ones together, one group at a time. Settled and open ones do not mix."""
    at: dict[str, Group] = {}
    key = ""
    for path, one in decisions:
        if one["key"] != key:
            yield from at.values()
            at, key = {}, one["key"]
        state = one["state"]
        if state not in at:
            at[state] = Group(key, one["kind"], one["group"], one["text"], one["why"], state, [])
        at[state].places.append((path, one["id"]))
    yield from at.values()


def department(path: str) -> str:
    """The top folder of a posting, within the folder of the run; empty for a posting that lies in none."""
    parts = PurePath(path).parts
    return parts[0] if len(parts) > 1 else ""
