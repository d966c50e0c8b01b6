"""What a posting states in so many words, for structured data: front matter and labelled lines, never a guess."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from postwright.domain.posting import FactKind, Posting, SectionKind, Unit, UnitKind
from postwright.reading.facts import facts_in

# In each list the words that say it best come first: the first front matter key that fits is taken.
_KEYS = {
    "employer": (r"hiring[ _-]?organi[sz]ation", r"employer", r"company(?:[ _-]?name)?", r"organi[sz]ation"),
    "location": (r"job[ _-]?location", r"locations?", r"place of work", r"city", r"based in"),
    "country": (r"address[ _-]?country", r"country"),
    "remote": (r"location[ _-]?type", r"workplace(?:[ _-]?type)?", r"remote"),
    "applicant_location": (r"applicant[ _-]?location(?:[ _-]?requirements)?", r"eligible (?:states|countries)"),
    "employment_type": (
        r"employment[ _-]?type",
        r"job[ _-]?type",
        r"contract[ _-]?type",
        r"hours[ _-]?type",
        r"type of employment",
    ),
    "date_posted": (
        r"date[ _-]?posted",
        r"posted(?:[ _-]?on)?",
        r"publi(?:shed|cation[ _-]?date)",
        r"first[ _-]published",
        r"date",
    ),
    "valid_through": (
        r"valid[ _-]?through",
        r"closing[ _-]?date",
        r"apply by",
        r"application deadline",
        r"deadline",
        r"closes?(?:[ _-]on)?",
    ),
    "requisition": (
        r"requisition(?:[ _-]?(?:id|number|no\.?))?",
        r"req(?:[ _-]?id)?",
        r"job[ _-]?(?:id|number|ref(?:erence)?)",
    ),
    "salary": (r"salary(?:[ _-]range)?", r"base[ _-]?(?:pay|salary)", r"pay(?:[ _-](?:range|rate))?", r"compensation"),
}
_LABEL = {
    name: re.compile(rf"(?:{'|'.join(keys)})\s*[:–]\s*(\S.*)", re.IGNORECASE | re.DOTALL)
    for name, keys in _KEYS.items()
}
_FRONT = {name: tuple(re.compile(key, re.IGNORECASE) for key in keys) for name, keys in _KEYS.items()}
_FREE = frozenset({"salary", "remote", "country"})
"""Names for which front matter and text may say different things and both be right."""
_NO_VALUE = re.compile(r"(?:tb[adc]|n/?a|none|unknown|[-–—?]+|\{\{.*|\{%.*)", re.IGNORECASE | re.DOTALL)
_MARKS = re.compile(r"\*\*|[*`]|(?<!\w)_+|_+(?!\w)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\n]*\)")
_EXTRA_PAY = re.compile(
    r"\b(?:bonus|sign-?on|stipend|allowance|budget|equity|relocation|referral|OTE)\b", re.IGNORECASE
)
_NORM = re.compile(r"(?P<currency>[A-Z]{3}|\$) (?P<low>\d+(?:\.\d+)?)(?:-(?P<high>\d+(?:\.\d+)?))? /(?P<period>\w+)")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-")


@dataclass(frozen=True, slots=True)
class Pay:
    """One range of pay. `currency` is a code, or "$" alone; `period` is hour, day, week, month or year."""

    currency: str
    low: float
    high: float
    period: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a person states beside the posting, for all postings (`[profile]`) or for this one (options).

    `places` are the employer's: one that a posting names by its city alone is known in full, and a sole one is the
    place of postings that name none. `meanings` says what keys of the repository's own front matter stand for.
    """

    employer: str = ""
    places: tuple[str, ...] = ()
    country: str = ""
    date_posted: str = ""
    location: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Stated:
    """The values by name, and where two places say different things: those are in no value.

    `given` names what comes from no line of the posting but from what a person gave beside it.
    """

    values: dict[str, str] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    pay: Pay | None = None
    given: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.values.get(name, "")


def stated_in(posting: Posting, given: Given | None = None) -> Stated:
    """What front matter, labelled lines and a person state. A value that two of them state differently is in none."""
    given = given or Given()
    found = Stated()
    front = {given.meanings.get(key, key): value for key, value in posting.front_values.items()}
    for name in _KEYS:
        told = [*_front(front, name), *_labels(posting.units, name)]
        _take(found, name, told)
    _add_given(found, posting, given)
    _pay(posting, found)
    return found


def _take(found: Stated, name: str, told: list[str]) -> None:
    if not told:
        return
    if name in _FREE or all(_agree(name, told[0], other) for other in told[1:]):
        found.values[name] = told[0]
    else:
        found.conflicts.append(f"front matter and text differ on the {name.replace('_', ' ')}")


def _add_given(found: Stated, posting: Posting, given: Given) -> None:
    """What is given fills what no line states; what it contradicts is in no value. A sole place is a last resort."""
    dated = _DATED.match(PurePath(posting.path).name)
    sole = given.places[0] if len(given.places) == 1 else ""
    for name, value in (
        ("employer", given.employer),
        ("date_posted", given.date_posted),
        ("location", given.location),
        ("country", given.country),
    ):
        if not value:
            continue
        said = found.get(name)
        if said and name != "country" and not _agree(name, said, value):
            found.conflicts.append(f"the posting and what you gave differ on the {name.replace('_', ' ')}")
            del found.values[name]
        elif not said and not _disputed(found, name):
            found.values[name] = value
            found.given.append(name)
    for name, value in (("date_posted", dated[1] if dated else ""), ("location", sole)):
        if value and not found.get(name) and not _disputed(found, name) and not found.get("remote"):
            found.values[name] = value
            found.given.append(name)


def _disputed(found: Stated, name: str) -> bool:
    return any(conflict.endswith(f"the {name.replace('_', ' ')}") for conflict in found.conflicts)


def plain(text: str) -> str:
    """A unit's text as a reader sees it."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def _front(values: Mapping[str, str], name: str) -> list[str]:
    for key in _FRONT[name]:
        for raw, value in values.items():
            if key.fullmatch(raw) and value.strip() and not _NO_VALUE.fullmatch(value.strip()):
                return [value.strip()]
    return []


def _labels(units: Iterable[Unit], name: str) -> list[str]:
    return [value for unit in units if (value := _labelled(unit, name)) and not _NO_VALUE.fullmatch(value)]


def _labelled(unit: Unit, name: str) -> str:
    if unit.kind is UnitKind.OPAQUE or len(unit.text) > 300:
        return ""
    match = _LABEL[name].fullmatch(plain(unit.text))
    return match.group(1).strip() if match else ""


def _agree(name: str, one_text: str, other_text: str) -> bool:
    one, other = _words(one_text), _words(other_text)
    if name == "location":  # a street in the text and its city in front of it are one place
        return bool(one & other)
    return one == other or one <= other or other <= one


def _words(text: str) -> set[str]:
    dates = {fact.norm for fact in facts_in(text) if fact.kind is FactKind.DATE}
    return dates or set(re.findall(r"\w+", text.lower()))


def _pay(posting: Posting, found: Stated) -> None:
    """The one range that the posting states as pay; several (two places, two levels) stay in the text only."""
    front = set(_ranges(found.get("salary")))
    told = {
        pay
        for unit in posting.units
        if unit.section is SectionKind.PAY or _labelled(unit, "salary")
        for pay in _ranges(plain(unit.text))
    }
    if front and told and front != told:
        found.conflicts.append("front matter and text differ on the pay")
    elif len(front | told) == 1:
        found.pay = next(iter(front | told))


def _ranges(text: str) -> Iterator[Pay]:
    if not text or _EXTRA_PAY.search(text):
        return
    for fact in facts_in(text):
        norm = _NORM.fullmatch(fact.norm) if fact.kind is FactKind.MONEY else None
        if norm and norm["period"] in {"hour", "day", "week", "month", "year"}:
            yield Pay(norm["currency"], float(norm["low"]), float(norm["high"] or norm["low"]), norm["period"])
