"""Postings with a truthful reply each: what the lies are derived from, in plain JSON."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent

Json = dict[str, Any]

_FRONT = re.compile(r"\A\ufeff?---\n.*?\n---\n", re.DOTALL)
_MARKER = re.compile(r"^\s*(?:#{1,6}|[-*+]|\d+[.)]|\|)\s+")
_RULE = re.compile(r"^[\s|:-]+$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True)
class HandLie:
    """A lie written by hand: line `line` of the truthful reply says `text` instead, from `sources`."""

    kind: str
    line: str  # id of the line it replaces, or empty for a line of its own
    section: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One posting and its truthful reply. `units` is text by unit id, as far as the suite knows it."""

    name: str
    path: str
    source: str
    reply: Json
    units: dict[str, str]
    hand: tuple[HandLie, ...] = field(default=())

    def text_lines(self) -> list[Json]:
        """The reworded and merged lines of the truthful reply."""
        return [line for section in self.reply["sections"] for line in section["lines"] if "text" in line]

    def find(self, words: str) -> str:
        """The id of the one unit that holds these words; a marker in front tells an item from its look-alikes."""
        found = [unit for unit, text in self.units.items() if words in text] or [
            unit for unit, text in self.units.items() if words == f"- {text}"
        ]
        exact = [unit for unit in found if words.removeprefix("- ") == self.units[unit]]
        if len(exact or found) != 1:
            msg = f"{self.name}: {words!r} stands in {found}"
            raise LookupError(msg)
        return (exact or found)[0]


def numbered(source: str) -> dict[str, str]:
    """Unit ids of a simple posting: every heading, item, row and sentence counts one, opaque lines too."""
    body = source[match.end() :] if (match := _FRONT.match(source)) else source
    pieces: list[str] = []
    for line in body.splitlines():
        if not line.strip() or _RULE.match(line):
            continue
        text = _MARKER.sub("", line).strip(" |\t")
        pieces += [text] if _MARKER.match(line) or text.startswith(("<", "{", "import ")) else _SENTENCE.split(text)
    return {f"u{number}": piece for number, piece in enumerate(pieces, 1)}


@cache
def own_cases() -> tuple[Case, ...]:
    """The postings written for this suite."""
    return tuple(_own(path) for path in sorted((HERE / "cases").glob("*.yaml")))


def _own(path: Path) -> Case:
    plan = yaml.safe_load(path.read_text("utf-8"))
    source = (
        next(p for p in path.parent.iterdir() if p.stem == path.stem and p.suffix != path.suffix).read_bytes().decode()
    )
    bare = Case(path.stem, plan["path"], source, {}, numbered(source))
    reply = _reply(plan, bare)
    case = Case(bare.name, bare.path, source, reply, bare.units)
    return Case(bare.name, bare.path, source, reply, bare.units, tuple(_hand(case, lie) for lie in plan["lies"]))


def _reply(plan: Json, case: Case) -> Json:
    ids = (f"L{number}" for number in range(1, 1000))
    return empty_reply() | {
        "summary": plan["summary"],
        "sections": [
            {"kind": part["kind"], "heading": "", "lines": [_line(line, case, ids) for line in part["lines"]]}
            for part in plan["sections"]
        ],
        "removals": [
            {"units": [case.find(words) for words in removal["of"]], "group": removal["group"], "why": removal["why"]}
            for removal in plan["removals"]
        ],
    }


def _line(line: Json, case: Case, ids: Iterator[str]) -> Json:
    if "keep" in line:
        return {"keep": [case.find(words) for words in line["keep"]]}
    if "propose" in line:
        return {"id": next(ids), "propose": line["propose"], "layer": line["layer"], "why": "Nobody owns this yet."}
    return {
        "id": next(ids),
        "text": line["as"],
        "sources": [case.find(words) for words in line["of"]],
        "why": "Plain words, second person.",
    }


def _hand(case: Case, lie: Json) -> HandLie:
    sources = tuple(case.find(words) for words in lie.get("of", ()))
    if lie["line"].startswith("new "):
        return HandLie(lie["kind"], "", lie["line"].removeprefix("new "), lie["says"], sources)
    line = _one_line(case, lie["line"])
    also = _one_line(case, lie["also"])["sources"] if "also" in lie else []
    return HandLie(lie["kind"], line["id"], "", lie["says"], sources or (*line["sources"], *also))


def _one_line(case: Case, words: str) -> Json:
    """The one reworded line that holds these words."""
    lines = [line for line in case.text_lines() if words.casefold() in line["text"].casefold()]
    if len(lines) != 1:
        msg = f"{case.name}: {words!r} is in {len(lines)} lines"
        raise LookupError(msg)
    return lines[0]


def with_held_out(case: Case) -> Case:
    """The case with the lies that were written later."""
    more = yaml.safe_load((HERE / "cases" / "held_out.yml").read_text("utf-8")).get(case.name, ())
    return replace(case, hand=(*case.hand, *(_hand(case, lie) for lie in more)))


def empty_reply() -> Json:
    """A reply that says nothing, in the schema's shape."""
    return {
        "summary": "Nothing to say.",
        "coverage": [],
        "findings": [],
        "dismissed": [],
        "questions": [],
        "title": None,
        "sections": [],
        "removals": [],
    }
