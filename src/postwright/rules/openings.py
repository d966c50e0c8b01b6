"""What a posting leaves open, slot by slot. Most tests are data (openings.yaml); those that judge stand here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from postwright.domain.finding import Finding, Layer, LayerCoverage, Scope
from postwright.domain.posting import Posting, Unit, UnitKind
from postwright.knowledge.loader import load
from postwright.rules.conflict import Conflict, role_conflict
from postwright.rules.evidence import Role, Sighting, sightings, speaking
from postwright.rules.patterns import any_of

Raised = tuple[str, ...]
"""Ids of the units that raise a question; empty when the posting as a whole raises it."""

_CITED = 6  # units cited per question
_FEW_DUTIES = 3
_MANY_MUSTS = 10
_OUTCOME_SCORE = 4


@dataclass(frozen=True)
class Case:
    """What the tests look at. Not slotted: cached properties need a dictionary."""

    posting: Posting
    scope: Scope
    coverage: tuple[LayerCoverage, ...]
    findings: tuple[Finding, ...] = ()

    @cached_property
    def seen(self) -> tuple[Sighting, ...]:
        return sightings(self.posting)

    @cached_property
    def said(self) -> tuple[tuple[Unit, Role], ...]:
        return speaking(self.posting)

    @cached_property
    def conflict(self) -> Conflict | None:
        return role_conflict(self.posting, self.scope)

    @cached_property
    def text(self) -> str:
        return "\n".join(unit.text for unit in self.posting.units if unit.kind is not UnitKind.OPAQUE)

    @cached_property
    def hides(self) -> bool:
        return hides(self.posting)

    def in_role(self, *roles: Role) -> list[Unit]:
        return [unit for unit, role in self.said if role in roles]

    def holding(self, skills: str, *roles: Role) -> list[Unit]:
        """Units that hold a skill of the named list, in these roles (any when none is given)."""
        wanted = load("openings")["skills"][skills]
        return [s.unit for s in self.seen if s.term.skill in wanted and (not roles or s.role in roles)]

    def owned(self) -> list[LayerCoverage]:
        return [layer for layer in self.coverage if layer.owned]


def hides(posting: Posting) -> bool:
    """True when includes, shortcodes or components may hold what the text seems to lack."""
    marks, furniture = any_of(load("openings")["hiding"]), any_of(load("openings")["furniture"])
    opaque = (unit.text for unit in posting.units if unit.kind is UnitKind.OPAQUE)
    return any(marks.found(text) and not furniture.found(text) for text in opaque)


def openings(case: Case) -> dict[str, Raised]:
    """Every slot that the posting leaves open, with the units that raise it. The tests read English only."""
    if case.posting.language != "en":
        return {}
    found: dict[str, Raised] = {}
    for slot, tests in load("openings")["openings"].items():
        raised = _by_data(case, tests)
        if raised is not None:
            found[slot] = raised
    for slot, test in _TESTS.items():
        raised = test(case)
        if raised is not None:
            found[slot] = raised
    return _by_findings(case) | found


def _by_findings(case: Case) -> dict[str, Raised]:
    """Slots that a finding asks for: a remark that says "name the places" comes with the question where."""
    title = case.posting.title_unit
    raised = {}
    for slot, known in load("slots")["slots"].items():
        raising = [f for f in case.findings if f.rule in known.get("raised_by", ())]
        if slot == "title":  # the same rules also speak of titles in the text
            raising = [f for f in raising if f.unit == title]
        if raising:
            raised[slot] = tuple(dict.fromkeys(f.unit for f in raising if f.unit))[:_CITED]
    return raised


def _by_data(case: Case, tests: dict[str, Any]) -> Raised | None:
    if "when" in tests and not any_of(tests["when"]).found(case.text):
        return None
    if "absent" in tests:
        return None if case.hides or _is_there(case, tests["absent"]) else ()
    return _vague(case, tests["vague"])


def _is_there(case: Case, absent: dict[str, Any]) -> bool:
    posting = case.posting
    front = any_of(absent["front"]) if "front" in absent else None
    return (
        any(notice.kind in absent.get("notices", ()) for notice in posting.notices)
        or any(front.found(key) and value.strip() for key, value in posting.front_values.items() if front)
        or any_of(absent["text"]).found(posting.body)
    )


def _vague(case: Case, vague: dict[str, Any]) -> Raised | None:
    text, unless = any_of(vague["text"]), any_of(vague["unless"]) if "unless" in vague else None
    if not text.found(case.text):
        return None
    if "settled" in vague and any_of(vague["settled"]).found(case.text):
        return None
    roles = [Role[role.upper()] for role in vague.get("roles", ())]
    units = case.in_role(*roles) if roles else [u for u in case.posting.units if u.kind is not UnitKind.OPAQUE]
    return _ids(u for u in units if text.found(u.text) and not (unless and unless.found(u.text)))


def _ids(units: Iterable[Unit]) -> Raised | None:
    """Ids of the units, or None when there are none: then nothing is open."""
    return tuple(dict.fromkeys(unit.id for unit in units))[:_CITED] or None


def _scope(case: Case) -> Raised | None:
    return case.conflict.units if case.conflict else None


def _title(case: Case) -> Raised | None:
    """A title that belongs to another job than the work."""
    title = case.posting.title_unit
    return ((title,) if title else ()) if case.conflict else None


def _duties(case: Case) -> Raised | None:
    """Few duties, or a family that owns layers of which no duty speaks."""
    owned = [layer.score for layer in case.owned() if layer.layer is not Layer.EXECUTION]
    few = len(case.in_role(Role.DUTY)) < _FEW_DUTIES
    return () if not case.hides and (few or (owned and max(owned) <= 1)) else None


def _outcomes(case: Case) -> Raised | None:
    owned = [layer for layer in case.owned() if layer.layer is not Layer.EXECUTION] or case.owned()
    if not owned or any(layer.score >= _OUTCOME_SCORE for layer in case.coverage):
        return None
    return next((layer.units for layer in owned if layer.units), ())


def _must_have(case: Case) -> Raised | None:
    musts = [unit for unit in case.in_role(Role.MUST) if unit.kind is UnitKind.ITEM]
    too_many = len(musts) > _MANY_MUSTS or (case.conflict is not None and case.conflict.asks == "")
    return _ids(musts) if too_many else None


def _team(case: Case) -> Raised | None:
    """For jobs in AI and integration: layers of others that nobody in the posting covers."""
    if not case.scope.family or not (case.scope.mentions_ai or Layer.EXECUTION in case.scope.owns):
        return None
    open_layers = [
        c for c in case.coverage if not c.owned and not c.others and c.layer is not Layer.EXECUTION and c.score < 3
    ]
    return () if len(open_layers) >= 2 and not case.hides else None


def _ehr(case: Case) -> Raised | None:
    if Layer.INTEGRATION not in case.scope.owns or case.holding("named_ehr"):
        return None
    generic = any_of(load("openings")["ehr"])
    return _ids(unit for unit, _ in case.said if generic.found(unit.text))


def _engine(case: Case) -> Raised | None:
    if case.holding("named_interfaces"):
        return None
    return _ids(case.holding("interfaces", Role.MUST, Role.DUTY))


def _device_status(case: Case) -> Raised | None:
    if any_of(load("openings")["device_status"]).found(case.text):
        return None
    return _ids(case.holding("device", Role.MUST, Role.DUTY))


def _data_access(case: Case) -> Raised | None:
    if not any_of(load("openings")["abroad"]).found(f"{case.posting.title}\n{case.text}"):
        return None
    return _ids(case.holding("patient_data"))


_TESTS: dict[str, Callable[[Case], Raised | None]] = {
    "scope": _scope,
    "title": _title,
    "duties": _duties,
    "outcomes": _outcomes,
    "must_have": _must_have,
    "team": _team,
    "ehr": _ehr,
    "integration.engine": _engine,
    "device_status": _device_status,
    "data_access": _data_access,
}
