"""Finds what a posting is about: the role family, the layers it should own, healthcare or not, AI or not."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from postwright.domain.finding import Layer, Scope
from postwright.domain.posting import Posting
from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.evidence import Role, Sighting, remembered, sightings, speaking
from postwright.rules.patterns import any_of, text, words

if TYPE_CHECKING:
    from postwright.domain.critique import Answer

_WEIGHTS = {Role.TITLE: 2.0, Role.DUTY: 1.0, Role.MUST: 0.6, Role.NICE: 0.2, Role.MENTION: 0.2}
_EMPLOYER_COUNTS = 4  # mentions that a named hospital or health service stands for
_MOST_REPEATS = 4  # mentions of one kind that still add evidence
_LEAST_SKILLS = 3  # distinct skills in duties before they alone name a family
_LEAST_SHARE = 0.5  # of the weight of all groups

_BRACKETS = lazy_pattern(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_CODES = lazy_pattern(
    r"(?i)\b(?:(?:job|req|requisition|ref|reference|id|code)\b[ #:.-]*)+[\w-]*\d[\w-]*|\b[a-z]{0,3}-?\d{3,}[\w-]*"
)
_RANKS = lazy_pattern(
    r"(?i)\b(?:sr|senior|jr|junior|principal|staff|mid|mid-?level|associate|entry[- ]level|band \d\w?|gs-?\d+|grade \d+"
    r"|level [ivx\d]+|i{1,3}|iv|deputy|interim|urgent|remote|hybrid|contract|full[- ]time|part[- ]time)\b\.?"
)


class _Family(NamedTuple):
    id: str
    layer: str
    title: str
    phrases: tuple[str, ...]
    cues: tuple[str, ...]
    text: tuple[str, ...]  # one of these must stand in the posting, if any is given
    owns: tuple[Layer, ...]


@cache
def _families() -> dict[str, _Family]:
    """Families in the order in which their cues are tried."""
    roles = {role["id"]: role for role in load("role_families")["roles"]}
    return {
        key: _Family(
            id=key,
            layer=roles[key]["layer"],
            title=roles[key]["titles"][0],
            phrases=tuple(_words(title) for title in roles[key]["titles"]),
            cues=tuple(own["cues"]),
            text=tuple(own.get("text", ())),
            owns=tuple(Layer(layer) for layer in own["owns"]),
        )
        for key, own in load("ownership")["families"].items()
    }


def scope_of(posting: Posting, answers: "Iterable[Answer]" = ()) -> Scope:
    """The scope of a posting. An answer to `scope` or `title` outranks the posting's own title."""
    decided = next((found for answer in _titles(answers) if (found := _by_title(answer, posting.source))), None)
    family = decided or _titled(posting) or _by_duties(sightings(posting))
    layer = family.layer if family else _leading_group(sightings(posting)) or "cross"
    return Scope(
        family=family.id if family else "",
        family_layer=layer,
        owns=family.owns if family else (),
        healthcare=is_healthcare(posting),
        mentions_ai=_mentions_ai(posting),
        title=family.title if family else "",
    )


def _titles(answers: "Iterable[Answer]") -> list[str]:
    """What the manager decided the job to be, the decision about the role before the title."""
    decided = {a.id: a.text for a in answers if a.is_value}
    return [decided[key] for key in ("scope", "title") if key in decided]


def titled_layer(posting: Posting) -> str:
    """The layer of the family that the title names, or empty. Duties have no say in it."""
    family = _titled(posting)
    return family.layer if family else ""


@remembered
def _titled(posting: Posting) -> _Family | None:
    return _by_title(posting.title, posting.source)


def plain_title(title: str) -> str:
    """A title without seniority, codes, bands and brackets, folded: "Sr. ML Engineer II (R-20931)" -> "ml engineer"."""
    return _words(_RANKS.sub(" ", _CODES.sub(" ", _BRACKETS.sub(" ", title))))


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9&/+#.-]*[a-z0-9+#]", text.lower()))


def _by_title(title: str, source: str) -> _Family | None:
    """A listed title, the longest first, else a cue, first without and then with what stands in brackets."""
    for name in (plain_title(title), _words(title)):
        listed = [
            (len(phrase), family)
            for family in _families().values()
            for phrase in family.phrases
            if f" {phrase} " in f" {name} "
        ]
        if listed:
            return max(listed, key=lambda pair: pair[0])[1]
        for family in _families().values():
            if text(family.cues).found(name) and (not family.text or text(family.text).found(source)):
                return family
    return None


def group_weights(seen: Sequence[Sighting], roles: frozenset[Role] = frozenset(Role)) -> dict[str, float]:
    """How much each group of the taxonomy weighs in units of these roles. A skill counts once, where it counts most."""
    best: dict[tuple[str, str], float] = {}
    for sighting in seen:
        if sighting.role in roles and sighting.term.kind != "domain":
            key = (sighting.term.group, sighting.term.skill)
            best[key] = max(best.get(key, 0.0), _WEIGHTS[sighting.role])
    weights: dict[str, float] = {}
    for (group, _), weight in best.items():
        weights[group] = weights.get(group, 0.0) + weight
    return weights


def _by_duties(seen: Sequence[Sighting]) -> _Family | None:
    """The family of the group that holds at least half of what the duties name. None when no group leads."""
    duties = group_weights(seen, frozenset({Role.DUTY}))
    group = _leader(duties)
    family = load("ownership")["by_duties"].get(group)
    leads = duties.get(group, 0.0) >= max(_LEAST_SKILLS, _LEAST_SHARE * sum(duties.values()))
    return _families()[family] if family and leads else None


def _leading_group(seen: Sequence[Sighting]) -> str:
    return _leader(group_weights(seen))


def _leader(weights: Mapping[str, float]) -> str:
    return max(weights, key=lambda group: weights[group], default="")


@remembered
def is_healthcare(posting: Posting) -> bool:
    """True when what the posting says about the job and the employer holds enough evidence of health care."""
    health = load("scope")["health"]
    said = "\n".join([posting.title, *(unit.text for unit, _ in speaking(posting))])
    rest = words(tuple(health["blank"])).sub(" ", said)
    least = max(health["least"], health["least_share"] * len(rest.split()))
    kinds: list[int] = []
    for count in _mentions(rest, health):
        if count:
            kinds.append(1 + count)
        if sum(kinds) >= least and len(kinds) >= health["least_kinds"]:
            return True  # more kinds can only add
    return False


def _mentions(text: str, health: Mapping[str, Any]) -> Iterator[int]:
    """How often each kind of evidence stands in a text, up to the repeats that count."""
    yield _EMPLOYER_COUNTS if words(tuple(health["employer"])).search(text) else 0
    for cues in health["cues"]:
        yield sum(1 for _ in islice(words(tuple(cues)).finditer(text), _MOST_REPEATS))


@remembered
def _mentions_ai(posting: Posting) -> bool:
    """True when the job or the product has to do with AI. A notice about AI in hiring does not count."""
    ai = load("scope")["ai"]
    patterns = text(tuple(ai["exact"]), cased=True), any_of(ai["any"])
    hiring = any_of(ai["hiring"])
    said = (posting.title, *(unit.text for unit, _ in speaking(posting)))
    return any(not hiring.found(line) for line in said if any(pattern.found(line) for pattern in patterns))
