"""Runs a lie through the product and says what got through, and what truthful work was thrown out with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from forgery.books import Books
from forgery.cases import Case, Json
from forgery.checker import check
from forgery.lies.lie import Lie
from forgery.seen import Seen
from forgery.shelf import all_cases
from postwright.domain.draft import LineKind
from postwright.domain.errors import PostwrightError
from postwright.workflows.drafting import draft_reply


@dataclass(frozen=True)
class Outcome:
    """What became of one lie. Both are empty when it was blocked and nothing truthful suffered."""

    lie: Lie
    got_through: tuple[str, ...]
    thrown_out: tuple[str, ...] = ()

    @property
    def blocked(self) -> bool:
        return not self.got_through and not self.thrown_out

    def __str__(self) -> str:
        bad = [f"got through: {what}" for what in self.got_through]
        bad += [f"thrown out: {what}" for what in self.thrown_out]
        return "\n      ".join([self.lie.name, *bad])


def judge(lie: Lie) -> Outcome:
    """The outcome of one lie. Any error but the product's own is raised: that is a crash, no block."""
    source = lie.source or lie.case.source
    try:
        draft, critique = draft_reply(
            source, lie.case.path, lie.reply, answers=lie.answers, profile=lie.profile, repair=lie.repair
        )
    except PostwrightError as error:
        return Outcome(lie, () if lie.refusable else (f"refused as a whole: {error.says}",))
    seen = Seen.of(draft, critique)
    through = [words for proof in lie.proofs if (words := proof(seen))]
    said = (a.text for a in lie.answers)
    through += [] if lie.measured else check(source, draft.text, Books.of(draft), said, lie.profile)
    return Outcome(lie, tuple(through), tuple(text for text in survivors(lie) if not seen.says(text)))


@cache
def standing(name: str) -> frozenset[str]:
    """Texts of the reworded lines that stand when the whole truth is told."""
    case = next(case for case in all_cases() if case.name == name)
    draft, critique = draft_reply(case.source, case.path, case.reply)
    seen = Seen.of(draft, critique)
    spoken = {LineKind.REWORDED, LineKind.MERGED}
    lines = {line.text for section in draft.sections for line in section.lines if line.kind in spoken}
    return frozenset(text for line in case.text_lines() if (text := line["text"]) in lines and seen.says(text))


def survivors(lie: Lie) -> list[str]:
    """Truthful lines that share no unit, however indirectly, with anything that the lie touches."""
    if lie.ruins or not isinstance(lie.reply, dict):
        return []
    true, false = _by_id(lie.case.reply), _by_id(lie.reply)
    touched = set(lie.touches)
    for line_id in true.keys() | false.keys():
        if true.get(line_id) != false.get(line_id):
            touched |= _units(true.get(line_id, {})) | _units(false.get(line_id, {}))
    touched |= _moved_units(lie.case, lie.reply)
    lines = [*true.values(), *false.values()]
    touched = _closed(touched, (_units(line) for line in lines))
    stood = standing(lie.case.name)
    return [line["text"] for line in lie.case.text_lines() if line["text"] in stood and not _units(line) & touched]


def _by_id(reply: Json) -> dict[str, Json]:
    return {
        line["id"]: {**line, "kind": section["kind"], "why": ""}
        for section in reply["sections"]
        for line in section["lines"]
        if "id" in line
    }


def _units(line: Json) -> set[str]:
    return {*line.get("sources", ()), *line.get("keep", ())}


def _moved_units(case: Case, reply: Json) -> set[str]:
    """Units whose keeping or removal differs between the two replies."""
    return _fates(case.reply) ^ _fates(reply)


def _fates(reply: Json) -> set[str]:
    kept = {unit for s in reply["sections"] for line in s["lines"] for unit in line.get("keep", ())}
    return kept | {unit for removal in reply["removals"] for unit in removal["units"]}


def _closed(units: set[str], groups: Iterable[set[str]]) -> set[str]:
    """The units with all that hang together with them through common lines."""
    groups = list(groups)
    size = -1
    while size != len(units):
        size = len(units)
        for group in groups:
            if group & units:
                units = units | group
    return units
