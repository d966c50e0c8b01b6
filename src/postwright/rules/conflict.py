"""Finds postings that ask for one job and describe another, or ask one person for three."""

from collections.abc import Sequence
from dataclasses import dataclass

from postwright.domain.finding import Scope
from postwright.domain.posting import Posting
from postwright.knowledge.loader import load
from postwright.rules.evidence import Role, Sighting, remembered, sightings, speaking
from postwright.rules.patterns import sign
from postwright.rules.scope import titled_layer

LAYERS = ("clinical", "integration", "compliance")
_RESEARCH = "ml_research"

_PEDIGREE = frozenset(
    {
        "mlr.phd_required",
        "mlr.publication_record",
        "mlr.top_ml_venues",
        "mlr.elite_lab_pedigree",
        "mlr.novel_architectures",
        "mlr.training_from_scratch",
        "mlr.distributed_training",
        "mlr.gpu_kernel_work",
        "mlr.competition_signals",
    }
)
_MANY_HATS = frozenset({"forward_deployed_engineer"})
_CITED = 8  # units cited for a conflict
_UMBRELLA = "cmp.hipaa_umbrella"


@dataclass(frozen=True, slots=True)
class Conflict:
    """`asks`: the group the title or must-haves ask for; `works`: the layers the work belongs to, most first."""

    asks: str
    works: tuple[str, ...]
    units: tuple[str, ...]
    named: tuple[str, ...]  # products and standards of that work, as the posting writes them
    choices: tuple[str, ...]  # plain titles of the jobs it could be


@remembered
def role_conflict(posting: Posting, scope: Scope) -> Conflict | None:
    """The conflict that only the hiring manager can settle, or None. Only postings in healthcare have one."""
    if not scope.healthcare:
        return None
    seen = sightings(posting)
    return (
        _research_for_other_work(posting, seen)
        or _research_demands(posting, scope, seen)
        or _unicorn(posting, scope, seen)
    )


def _research_for_other_work(posting: Posting, seen: Sequence[Sighting]) -> Conflict | None:
    """Title or must-haves ask for ML research; what is to be done belongs to one of the three layers."""
    asks = titled_layer(posting) == _RESEARCH or _demands_research(seen)
    if not asks:
        return None
    pedigree = {s.term.skill for s in seen if s.term.skill in _PEDIGREE and s.role >= Role.MUST}
    if len(pedigree) < 3 and not sign("with_healthcare").found(_opening(posting)):
        return None
    pains = _pains(posting)
    works = [layer for layer in LAYERS if _does(seen, layer) or layer in pains]
    if not works:
        return None
    works.sort(key=lambda layer: (layer not in pains, -len(_skills(seen, layer, {Role.DUTY, Role.MUST}))))
    return _conflict(seen, _RESEARCH, works[:1], pains.get(works[0], ()))


def _pains(posting: Posting) -> dict[str, tuple[str, ...]]:
    """Layers whose work would mend what goes wrong today, with the units that say so."""
    said = speaking(posting)
    pains = {layer: tuple(u.id for u, _ in said if sign(f"pain_{layer}").found(u.text)) for layer in LAYERS[:2]}
    return {layer: units for layer, units in pains.items() if units}


def _research_demands(posting: Posting, scope: Scope, seen: Sequence[Sighting]) -> Conflict | None:
    """The title names a job of one of the three layers; most must-haves are those of a researcher."""
    if titled_layer(posting) not in LAYERS or not _demands_research(seen):
        return None
    research = _skills(seen, _RESEARCH, {Role.DUTY})
    own = _skills(seen, scope.family_layer, {Role.DUTY})
    return _conflict(seen, _RESEARCH, [scope.family_layer]) if len(own) >= len(research) else None


def _unicorn(posting: Posting, scope: Scope, seen: Sequence[Sighting]) -> Conflict | None:
    """Must-haves of three layers or more, two items each (rule Q-REQ-3). Founding and field roles wear many hats."""
    if scope.family in _MANY_HATS or sign("founding").found(posting.title):
        return None
    wanted = [layer for layer in (*LAYERS, _RESEARCH) if len(_items(seen, layer)) >= 2]
    return _conflict(seen, "", wanted) if len(wanted) >= 3 else None


def _demands_research(seen: Sequence[Sighting]) -> bool:
    research = _skills(seen, _RESEARCH, {Role.MUST})
    return len(research) >= 4 and all(len(research) > len(_skills(seen, layer, {Role.MUST})) for layer in LAYERS)


def _does(seen: Sequence[Sighting], layer: str) -> bool:
    """The layer's work is in the duties, and it takes more than a word."""
    return len(_skills(seen, layer, {Role.DUTY})) >= 2 and len(_skills(seen, layer, {Role.DUTY, Role.MUST})) >= 4


def _skills(seen: Sequence[Sighting], group: str, roles: set[Role]) -> set[str]:
    return {s.term.skill for s in seen if s.term.group == group and s.role in roles and s.term.skill != _UMBRELLA}


def _items(seen: Sequence[Sighting], group: str) -> set[str]:
    """Must-have units that ask for this group and for no other layer."""
    groups: dict[str, set[str]] = {}
    for sighting in seen:
        if sighting.role is Role.MUST and sighting.term.skill != _UMBRELLA and sighting.term.kind != "domain":
            groups.setdefault(sighting.unit.id, set()).add(sighting.term.group)
    layers = {*LAYERS, _RESEARCH}
    return {unit for unit, held in groups.items() if held & layers == {group}}


def _opening(posting: Posting) -> str:
    """Title and first words: where rule Q-SEED-1 looks."""
    body = " ".join(unit.text for unit in posting.units[:40])
    return f"{posting.title}\n{body[:1500]}"


def _conflict(seen: Sequence[Sighting], asks: str, works: list[str], first: tuple[str, ...] = ()) -> Conflict:
    mine = [s for s in seen if s.term.group in works and s.role in {Role.DUTY, Role.MUST, Role.MENTION}]
    named = dict.fromkeys(s.term.alias for s in mine if s.term.kind in {"prod", "std", "reg"})
    titles = load("ownership")["roles"]
    return Conflict(
        asks=asks,
        works=tuple(works),
        units=tuple(dict.fromkeys([*first, *(s.unit.id for s in mine if s.role in {Role.DUTY, Role.MUST})]))[:_CITED],
        named=tuple(named)[:3],
        choices=tuple(titles[group]["title"] for group in ([*works, asks] if asks else works)),
    )
