"""What a lie is, what would prove that it got through, and the edits that turn a truthful reply into one."""

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from forgery.cases import Case, Json
from forgery.seen import Seen
from forgery.words import fold
from postwright.domain.critique import Answer

MEASURED = frozenset(
    {"recombination", "recombination across units", "negation and comparator", "role swap", "and turned into or"}
)
"""Classes in which true words make a false sentence: their rate is measured, printed and may not fall."""

Proof = Callable[[Seen], str]
"""The words that prove that the lie reached the reader, or nothing."""


@dataclass(frozen=True)
class Lie:
    """A reply that lies. `ruins`: nothing truthful is left in it that should survive."""

    kind: str
    says: str
    case: Case
    reply: Json | str
    proofs: tuple[Proof, ...]
    repair: Json | None = None
    answers: tuple[Answer, ...] = ()
    profile: tuple[str, ...] = ()
    source: str = ""  # another text than the case's: a draft of an earlier run
    ruins: bool = False
    refusable: bool = False  # may end in an error instead of a draft
    touches: frozenset[str] = field(default=frozenset())  # units the lie makes a mess of beyond the lines it changes

    @property
    def measured(self) -> bool:
        """True words in a false sentence: the checker of words and figures has nothing to say about it."""
        return self.kind in MEASURED

    @property
    def name(self) -> str:
        return f"{self.case.name}: {self.kind}: {self.says}"


def unmarked(words: str) -> Proof:
    """The draft states it, without a mark."""
    return lambda seen: words if seen.says(words) else ""


def anywhere(words: str) -> Proof:
    """The draft holds it, marked or not, or a string about the draft does."""
    return lambda seen: words if words in seen.text or words in seen.shown or seen.shows(words) else ""


def more_than(times: int, piece: str) -> Proof:
    """These exact characters stand more often than they may."""
    return lambda seen: f"{piece!r} {count}x" if (count := (seen.text + seen.shown).count(piece)) > times else ""


def copies_other_than(times: int, words: str) -> Proof:
    """A text that must stand verbatim so many times does not."""
    return lambda seen: f"{words!r} {count}x" if (count := seen.text.count(words)) != times else ""


def lost(words: str) -> Proof:
    """A text that must come back is neither in the draft nor among the removals that a person decides on."""

    def proof(seen: Seen) -> str:
        listed = f"{seen.removed} {seen.lowered}"
        told = seen.says(words) or all(part in listed for part in fold(words).split())
        return "" if told else f"lost: {words}"

    return proof


def demanded(words: str) -> Proof:
    """Something that was optional stands as a must."""
    return lambda seen: f"must: {words}" if seen.demands(words) else ""


def unlisted(words: str, source: str) -> Proof:
    """The draft states it, and no decision tells that this lowers what the source asks."""
    return lambda seen: words if seen.says(words) and fold(source) not in seen.lowered else ""


# ------------------------------------------------------------------------------------------------ edits


def line_of(reply: Json, line_id: str) -> Json:
    """The line with this id, in place."""
    return next(line for section in reply["sections"] for line in section["lines"] if line.get("id") == line_id)


def reworded(case: Case, line_id: str, text: str, sources: Iterable[str] = ()) -> Json:
    """The reply with one line saying something else."""
    reply = copy.deepcopy(case.reply)
    line = line_of(reply, line_id)
    line["text"] = text
    line["sources"] = list(sources) or line["sources"]
    return reply


def added(case: Case, kind: str, text: str, sources: Sequence[str], base: Json | None = None) -> Json:
    """The reply with a line more, at the end of the section of this kind."""
    return put(
        base or copy.deepcopy(case.reply), kind, {"id": "X1", "text": text, "sources": list(sources), "why": "Clearer."}
    )


def put(reply: Json, kind: str, line: Json, *, first: bool = False) -> Json:
    """The reply with this line in the section of this kind, which is made when there is none."""
    section = next((s for s in reply["sections"] if s["kind"] == kind), None)
    if section is None:
        section = {"kind": kind, "heading": "", "lines": []}
        reply["sections"].append(section)
    section["lines"].insert(0 if first else len(section["lines"]), line)
    return reply


def without(case: Case, units: Iterable[str]) -> Json:
    """The reply with every line, keep and removal of these units taken out."""
    gone = set(units)
    reply = copy.deepcopy(case.reply)
    for section in reply["sections"]:
        for line in section["lines"]:
            if "keep" in line:
                line["keep"] = [unit for unit in line["keep"] if unit not in gone]
        section["lines"] = [
            line for line in section["lines"] if line.get("keep", True) and not (gone & set(line.get("sources", ())))
        ]
    for removal in reply["removals"]:
        removal["units"] = [unit for unit in removal["units"] if unit not in gone]
    reply["removals"] = [removal for removal in reply["removals"] if removal["units"]]
    return reply


def instead(case: Case, unit: str, text: str) -> Json:
    """The reply with this unit reworded where it was kept, in the same section."""
    reply = copy.deepcopy(case.reply)
    for section in reply["sections"]:
        for at, line in enumerate(section["lines"]):
            if unit in line.get("keep", ()):
                others = [{"keep": [other]} for other in line["keep"] if other != unit]
                section["lines"][at : at + 1] = [
                    {"id": "X1", "text": text, "sources": [unit], "why": "Shorter."},
                    *others,
                ]
                return reply
    return added(case, "other", text, [unit])


def kept(case: Case) -> list[str]:
    """Units that the truthful reply keeps, in order."""
    return [unit for s in case.reply["sections"] for line in s["lines"] for unit in line.get("keep", ())]


def section_of(case: Case, line: Json) -> str:
    """The kind of the section that holds this line."""
    return str(next(s["kind"] for s in case.reply["sections"] if line in s["lines"]))


def lines_in(case: Case, *kinds: str) -> list[Json]:
    """Text lines of the truthful reply in sections of these kinds."""
    return [line for line in case.text_lines() if section_of(case, line) in kinds]


def pick(items: Sequence[Any], case: Case, salt: str, count: int = 1) -> list[Any]:
    """A few of the items, spread over cases and kinds, the same in every run."""
    if not items:
        return []
    start = sum(map(ord, case.name + salt)) % len(items)
    return [items[(start + i) % len(items)] for i in range(min(count, len(items)))]
