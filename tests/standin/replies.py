"""Truthful replies made from the request alone: the numbered units of the posting, each kept in its own section."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_POSTING = re.compile(r"^<posting (\w+)>\n(.*?)^</posting \1>", re.DOTALL | re.MULTILINE)
_UNIT = re.compile(
    r'^\[(?P<id>[^\s|\]]+) \| (?P<kind>\w+) \| (?P<section>\w+) \| (?P<strength>\w+)(?P<flags>(?:[^"\]]|"[^"]*")*)\] ?'
    r"(?P<text>.*)$",
    re.MULTILINE,
)
_ORDER = (
    *("mission", "outcomes", "clinical", "integration", "compliance", "duties", "must_have", "qualifications"),
    *("nice_to_have", "offer", "pay", "location", "conditions", "apply", "about", "legal", "other"),
)
_ASKED_IN = {"nice": "nice_to_have", "unknown": "qualifications"}
"""Where a unit of this strength is in its place, whatever the reader took its section for."""
_SAYS_MORE = re.compile(r"[^\w\s&']|\d")
_LAYERS = ("clinical", "integration", "compliance", "execution")


@dataclass(frozen=True, slots=True)
class _Unit:
    id: str
    section: str
    text: str
    plain: bool  # may be written anew


def reply_to(body: Mapping[str, Any], *, style: str, broken: bool) -> str:
    """The text of the reply to a request. A text without a posting in it comes back as it is."""
    turns = body["messages"]
    first = _text(turns[0])
    found = _POSTING.search(first)
    if found is None:
        return first
    units = _owed(found.group(2))
    if len(turns) > 1:
        return json.dumps(_mended(units, _text(turns[-2])))
    if first.startswith("Task: critique"):
        return json.dumps(_reply(units, []))
    return json.dumps(_reply(units, _sections(units, style=style, broken=broken)))


def _text(turn: Mapping[str, Any]) -> str:
    content = turn["content"]
    return content if isinstance(content, str) else "".join(block.get("text", "") for block in content)


def _owed(posting: str) -> list[_Unit]:
    """The units that a reply must account for: no notices, opaque units, nor the title; of headings what says more."""
    units = []
    for match in _UNIT.finditer(posting):
        flags, text = match["flags"], match["text"]
        if match["kind"] == "opaque" or "| title" in flags or "| notice" in flags:
            continue
        section = _ASKED_IN.get(match["strength"], match["section"])
        if match["kind"] == "heading":
            section = "other"
            if not _SAYS_MORE.search(text) and len(text.split()) <= 3:
                continue
        plain = match["kind"] != "heading" and "| atomic" not in flags and "⏎" not in text and len(text) < 380
        units.append(_Unit(match["id"], section if section in _ORDER else "mission", text, plain))
    return units


def _sections(units: list[_Unit], *, style: str, broken: bool) -> list[dict[str, object]]:
    lines: dict[str, list[dict[str, object]]] = {}
    times = Counter(" ".join(unit.text.lower().split()) for unit in units)
    for number, unit in enumerate(units):
        section = lines.setdefault(unit.section, [])
        single = times[" ".join(unit.text.lower().split())] == 1 and len(unit.text.split()) > 4
        if broken and number == 0:
            section.append(_line(number, f"{unit.text} Manages 47 zeppelins.", unit))
        elif style == "edit" and number % 4 == 3 and unit.plain and single:
            section.append(_line(number, unit.text, unit))
        elif section and "keep" in section[-1]:
            kept = section[-1]["keep"]
            assert isinstance(kept, list)
            kept.append(unit.id)
        else:
            section.append({"keep": [unit.id]})
    ordered = sorted(lines, key=_ORDER.index)
    return [{"kind": kind, "heading": "", "lines": lines[kind]} for kind in ordered]


def _line(number: int, text: str, unit: _Unit) -> dict[str, object]:
    return {"id": f"l{number + 1}", "text": text, "sources": [unit.id], "why": "said in plain words"}


def _mended(units: list[_Unit], said: str) -> dict[str, object]:
    """The lines of the first reply that were written anew, with their source's own words."""
    by_id = {unit.id: unit for unit in units}
    sections = []
    for section in json.loads(said)["sections"]:
        lines = [
            line | {"text": by_id[line["sources"][0]].text}
            for line in section["lines"]
            if "47 zepp" in line.get("text", "")
        ]
        if lines:
            sections.append(section | {"lines": lines})
    return _reply([], sections)


def _reply(units: list[_Unit], sections: list[dict[str, object]]) -> dict[str, object]:
    seen = [unit.id for unit in units[:1]]
    coverage = [{"layer": layer, "score": 1, "units": seen, "gap": "nobody is named for it"} for layer in _LAYERS]
    return {
        "summary": "The posting says what the work is, and leaves open who judges it." if units else "",
        "coverage": coverage if units else [],
        "findings": [],
        "dismissed": [],
        "questions": [],
        "title": None,
        "sections": sections,
        "removals": [],
    }
