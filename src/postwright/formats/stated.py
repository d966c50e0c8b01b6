"""What a posting states in so many words, for structured data: front matter and labelled lines, never a guess."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from postwright.domain.posting import FactKind, Posting, SectionKind, Unit, UnitKind
from postwright.reading.facts import facts_in

_KEYS = {
    "employer": r"company|employer|organi[sz]ation|hiring[ _-]?organi[sz]ation|company[ _-]name",
    "location": r"locations?|job[ _-]?location|place of work|city|based in",
    "remote": r"location[ _-]?type|workplace(?:[ _-]?type)?|remote",
    "applicant_location": r"applicant[ _-]?location(?:[ _-]?requirements)?|eligible (?:states|countries)",
    "employment_type": r"employment[ _-]?type|job[ _-]?type|contract[ _-]?type|hours[ _-]?type|type of employment",
    "date_posted": r"date[ _-]?posted|posted(?:[ _-]?on)?|date|publi(?:shed|cation[ _-]?date)|first[ _-]published",
    "valid_through": r"valid[ _-]?through|closing[ _-]?date|apply by|application deadline|deadline|closes?(?:[ _-]on)?",
    "requisition": r"requisition(?:[ _-]?(?:id|number|no\.?))?|req(?:[ _-]?id)?|job[ _-]?(?:id|number|ref(?:erence)?)",
    "salary": r"salary(?:[ _-]range)?|pay(?:[ _-](?:range|rate))?|compensation|base[ _-]?(?:pay|salary)",
}
_LABEL = {name: re.compile(rf"(?:{keys})\s*[:–]\s*(\S.*)", re.IGNORECASE | re.DOTALL) for name, keys in _KEYS.items()}
_FRONT = {name: re.compile(rf"(?:{keys})", re.IGNORECASE) for name, keys in _KEYS.items()}
_MARKS = re.compile(r"\*\*|__|[*_`]")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\n]*\)")
_EXTRA_PAY = re.compile(
    r"\b(?:bonus|sign-?on|stipend|allowance|budget|equity|relocation|referral|OTE)\b", re.IGNORECASE
)
_NORM = re.compile(r"(?P<currency>[A-Z]{3}|\$) (?P<low>\d+(?:\.\d+)?)(?:-(?P<high>\d+(?:\.\d+)?))? /(?P<period>\w+)")


@dataclass(frozen=True, slots=True)
class Pay:
    """One range of pay. `currency` is a code, or "$" alone; `period` is hour, day, week, month or year."""

    currency: str
    low: float
    high: float
    period: str


@dataclass(slots=True)
class Stated:
    """The values by name, and where front matter and text say different things: those are in no value."""

    values: dict[str, str] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    pay: Pay | None = None

    def get(self, name: str) -> str:
        return self.values.get(name, "")


def stated_in(posting: Posting) -> Stated:
    """What front matter and labelled lines state. A value that the two state differently is a conflict."""
    found = Stated()
    for name in _KEYS:
        front = next(
            (v.strip() for k, v in posting.front_values.items() if _FRONT[name].fullmatch(k) and v.strip()), ""
        )
        label = next((value for unit in posting.units if (value := _labelled(unit, name))), "")
        if front and label and name not in {"salary", "remote"} and not _agree(name, front, label):
            found.conflicts.append(f"front matter and text differ on the {name.replace('_', ' ')}")
        elif front or label:
            found.values[name] = front or label
    _pay(posting, found)
    return found


def plain(text: str) -> str:
    """A unit's text as a reader sees it."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def _labelled(unit: Unit, name: str) -> str:
    if unit.kind is UnitKind.OPAQUE or len(unit.text) > 300:
        return ""
    match = _LABEL[name].fullmatch(plain(unit.text))
    return match.group(1).strip() if match else ""


def _agree(name: str, front: str, label: str) -> bool:
    one, other = _words(front), _words(label)
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
