"""What counts as evidence in a posting: which units speak about the job, in which role, and the terms they hold."""

from bisect import bisect_right
from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache, wraps
from typing import NamedTuple, TypeVar, TypeVarTuple

from postwright.domain.posting import NoticeKind, Posting, SectionKind, Strength, Unit, UnitKind
from postwright.reading.terms import Term, terms_in
from postwright.rules.patterns import sign

_SILENT_SECTIONS = frozenset({SectionKind.PAY, SectionKind.APPLY, SectionKind.LEGAL, SectionKind.OFFER})
_NEED_SECTIONS = frozenset({SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS, SectionKind.NICE_TO_HAVE})
_SPEAKING_NOTICES = frozenset({NoticeKind.LOCKED, NoticeKind.INTERNAL, NoticeKind.GRADE})
_DUTY_SECTIONS = frozenset(
    {
        SectionKind.DUTIES,
        SectionKind.CLINICAL,
        SectionKind.INTEGRATION,
        SectionKind.COMPLIANCE,
        SectionKind.OUTCOMES,
    }
)

Rest = TypeVarTuple("Rest")
Told = TypeVar("Told")


class Role(IntEnum):
    """What a unit says about the job. Higher counts more."""

    MENTION = 1
    NICE = 2
    MUST = 3
    DUTY = 4
    TITLE = 5


class Sighting(NamedTuple):
    """A term of a taxonomy in a unit that speaks about the job."""

    unit: Unit
    role: Role
    term: Term


def role_of(posting: Posting, unit: Unit) -> Role | None:
    """The role of `unit`, or None when it says nothing about the job: notices, benefits, how to apply, boilerplate."""
    if unit.id == posting.title_unit:
        return Role.TITLE
    if _is_silent(posting, unit):
        return None
    if unit.section in _DUTY_SECTIONS or unit.strength is Strength.DUTY:
        return Role.DUTY
    if unit.section in _NEED_SECTIONS:
        return Role.NICE if unit.section is SectionKind.NICE_TO_HAVE or unit.strength is Strength.NICE else Role.MUST
    return Role.DUTY if _tells_work(unit) else _needed(unit)


def _needed(unit: Unit) -> Role:
    """What a unit outside all sections asks for, by its own words."""
    if unit.strength is Strength.MUST:
        return Role.MUST
    if unit.strength is Strength.NICE:
        return Role.NICE
    return Role.MUST if unit.kind is UnitKind.ITEM and sign("need").found(unit.text) else Role.MENTION


def _tells_work(unit: Unit) -> bool:
    """A sentence that says what the person does, outside the sections for it: half of all postings have none."""
    if sign("need").found(unit.text):
        return False
    if sign("duty").found(unit.text) or sign("duty_start").found(unit.text):
        return True
    loose = unit.kind is UnitKind.ITEM and unit.section in {SectionKind.OTHER, SectionKind.MISSION}
    return loose and any(start == 0 for start, _ in sign("owns").spans(unit.text))


def _is_silent(posting: Posting, unit: Unit) -> bool:
    if unit.kind in {UnitKind.OPAQUE, UnitKind.HEADING} or unit.section in _SILENT_SECTIONS:
        return True
    return _in_silent_notice(posting, unit) or sign("boilerplate").found(unit.text)


def _in_silent_notice(posting: Posting, unit: Unit) -> bool:
    if not unit.notice:
        return False
    kinds = (notice.kind for notice in posting.notices if notice.id == unit.notice)
    return any(kind not in _SPEAKING_NOTICES for kind in kinds)


class _Same:
    """A posting as a cache key: the same object, not an equal one (a posting holds a dictionary and has no hash)."""

    __slots__ = ("posting",)

    def __init__(self, posting: Posting) -> None:
        self.posting = posting

    def __hash__(self) -> int:
        return id(self.posting)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.posting is other.posting


def remembered(tell: Callable[[Posting, *Rest], Told]) -> Callable[[Posting, *Rest], Told]:
    """What `tell` said of the last postings is kept: rules, verdict and questions ask the same of one posting."""

    @lru_cache(maxsize=4)
    def told(same: _Same, *rest: *Rest) -> Told:
        return tell(same.posting, *rest)

    @wraps(tell)
    def asked(posting: Posting, *rest: *Rest) -> Told:
        return told(_Same(posting), *rest)

    return asked


@remembered
def speaking(posting: Posting) -> tuple[tuple[Unit, Role], ...]:
    """Units that say something about the job, in order, each with its role."""
    return tuple((unit, role) for unit in posting.units if (role := role_of(posting, unit)) is not None)


@remembered
def sightings(posting: Posting) -> tuple[Sighting, ...]:
    """Every term in every unit that speaks about the job. Terms are read on the whole source: context decides them."""
    units = speaking(posting)
    starts = [unit.span.start for unit, _ in units]
    found = []
    for term in terms_in(posting.source):
        index = bisect_right(starts, term.span.start) - 1
        if index >= 0 and term.span.start < units[index][0].span.end:
            found.append(Sighting(*units[index], term))
    return tuple(found)
