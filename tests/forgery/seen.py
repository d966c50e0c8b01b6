"""What a reader gets to see of a run, as plain text: the draft without its pending lines, and every string shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forgery.words import fold
from postwright.domain.critique import Critique
from postwright.domain.draft import DecisionKind, Draft

MARK = re.compile(r"\*\*\[confirm (c[1-9]\d*)(?:: ([^\]\n]*))?\]\*\*")
LIST_MARKER = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$")
_DEMANDS = re.compile(
    r"\b(?:you need|required|requirements?|must|minimum|essential criteria|conditions of the job|what we need)\b"
)
SOFT = re.compile(r"\b(?:prefer\w*|plus|helps?|nice|bonus|desir\w+|ideal\w*|optional\w*|welcome)\b")


@dataclass(frozen=True)
class Seen:
    """`rows` are (governing heading, unmarked text) of each line of the draft; `shown` are the critique's strings."""

    text: str
    rows: tuple[tuple[str, str], ...]
    unmarked: str
    shown: str
    removed: str
    lowered: str

    @classmethod
    def of(cls, draft: Draft, critique: Critique) -> "Seen":
        rows = tuple(_rows(draft.text))
        told = {kind: fold(" ".join(d.text for d in draft.decisions if d.kind is kind)) for kind in DecisionKind}
        return cls(
            draft.text,
            rows,
            fold(" ".join(text for _, text in rows)),
            "\n".join([*_strings(critique), *(f"{d.group}\n{d.why}" for d in draft.decisions)]),
            told[DecisionKind.REMOVAL],
            told[DecisionKind.LOWERED],
        )

    def says(self, words: str) -> bool:
        """The draft states this as a fact, no mark on it."""
        return fold(words) in self.unmarked

    def shows(self, words: str) -> bool:
        """The words reach the reader somewhere, raw or folded: unmarked in the draft or in what is said about it."""
        return self.says(words) or fold(words) in fold(self.shown)

    def demands(self, words: str) -> bool:
        """The words stand under a heading that makes them a must, and nothing in their line softens that."""
        return any(
            fold(words) in fold(text) and _DEMANDS.search(fold(heading)) and not SOFT.search(fold(text))
            for heading, text in self.rows
        )


def body_of(text: str) -> str:
    """A draft or posting without its front matter."""
    front = re.match(r"\A\ufeff?---\r?\n.*?\n---\r?\n", text, re.DOTALL)
    return text[front.end() :] if front else text


def _rows(text: str) -> Iterator[tuple[str, str]]:
    heading = ""
    for line in body_of(text).splitlines():
        if found := _HEADING.match(line):
            heading = found[1]
        pending = MARK.search(line)
        if pending and pending[2] is None:
            continue
        yield heading, LIST_MARKER.sub("", MARK.sub("", line))


def _strings(critique: Critique) -> Iterator[str]:
    yield critique.diagnosis
    yield from critique.notes
    for finding in (*critique.findings, *(finding for finding, _ in critique.dismissed)):
        yield from (finding.quote, finding.why, finding.fix, finding.group)
    yield from (reason for _, reason in critique.dismissed)
    for question in critique.questions:
        yield from (question.ask, question.why, *question.choices)
    for layer in critique.coverage:
        yield from (layer.gap, layer.others)
