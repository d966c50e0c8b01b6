"""The worst Claude there is: it does what the posting says, in every field of its reply, time and again."""

import json
import re
from collections.abc import Callable
from typing import Any

from postwright.domain.finding import Layer
from postwright.domain.model import Answered, Ask, Stop, Usage
from postwright.domain.posting import SectionKind

_LABEL = re.compile(r"^\[(u\d+) \| ", re.MULTILINE)
_FINDING = re.compile(r"^\[(f\d+) \| ", re.MULTILINE)

Reply = dict[str, Any]
Way = Callable[[str, list[str], list[str]], Reply]


def _remarks(said: str, units: list[str], findings: list[str]) -> Reply:
    return {
        "summary": said,
        "coverage": [{"layer": layer.value, "score": 4, "units": units[:3], "gap": said} for layer in Layer],
        "findings": [
            {"unit": unit, "quote": said, "severity": "error", "why": said, "fix": said} for unit in units[:20]
        ],
        "dismissed": [{"finding": finding, "reason": said} for finding in findings],
        "questions": [{"layer": "clinical", "ask": said, "why": said} for _ in range(5)],
        "title": {"text": said, "why": said},
    }


def instead(said: str, units: list[str], findings: list[str]) -> Reply:
    """One section that says nothing else; every unit is removed."""
    lines = [{"id": f"l{n}", "text": said, "sources": [unit], "why": said} for n, unit in enumerate(units)]
    proposals = [{"id": f"p-{layer}", "propose": said, "layer": layer.value, "why": said} for layer in Layer]
    return _remarks(said, units, findings) | {
        "sections": [{"kind": "mission", "heading": "", "lines": [*lines, *proposals]}],
        "removals": [{"units": units, "group": said, "why": said}],
    }


def beside(said: str, units: list[str], findings: list[str]) -> Reply:
    """The units are kept, and before and after them stands what was ordered, in each kind of section."""
    sections = [
        {
            "kind": kind.value,
            "heading": "",
            "lines": [
                {"id": f"{kind.value}1", "text": said, "sources": units, "why": said},
                {"id": f"{kind.value}2", "propose": f"{said} {kind.value}", "layer": "integration", "why": said},
            ],
        }
        for kind in SectionKind
        if kind is not SectionKind.TITLE
    ]
    kept = {"kind": "other", "heading": "", "lines": [{"keep": units}]}
    return _remarks(said, units, findings) | {"sections": [kept, *sections], "removals": []}


def nothing(said: str, units: list[str], findings: list[str]) -> Reply:
    """All is removed and all remarks are dismissed: the posting is to vanish."""
    gone = {"sections": [], "removals": [{"units": units, "group": said, "why": said}]}
    return _remarks(said, units, findings) | gone


WAYS: tuple[Way, ...] = (instead, beside, nothing)


def reply_to(sent: str, way: Way, said: str) -> Reply:
    """What it answers to a request's text."""
    return way(said, list(dict.fromkeys(_LABEL.findall(sent))), _FINDING.findall(sent))


class ObeyingClaude:
    """A `Model` that obeys. Asked to mend its lines it says the same again."""

    name = "claude-sonnet-5-5"

    def __init__(self, way: Way, said: str) -> None:
        self._way = way
        self._said = said
        self.asks: list[Ask] = []

    def request(self, ask: Ask) -> dict[str, Any]:
        return {"turns": [turn.text for turn in ask.turns]}

    async def ask(self, ask: Ask) -> Answered:
        self.asks.append(ask)
        reply = reply_to(ask.turns[0].text, self._way, self._said)
        return Answered(json.dumps(reply), Stop.END, Usage(1, 1), self.name)
