"""Truthful rewordings: by hand from the YAML, and derived from those by changes that leave the meaning alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from forgery.cases import Json, empty_reply, numbered

HEADINGS = {
    "about": ("About Northhaven", "mission"),
    "duties": ("Responsibilities", "duties"),
    "must": ("Requirements", "must_have"),
    "nice": ("Preferred qualifications", "nice_to_have"),
    "where": ("Location and schedule", "location"),
}


@dataclass(frozen=True)
class Rewording:
    """What the posting says, and the true lines (section kind, text) that stand for it."""

    how: str
    under: str
    of: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]

    @property
    def source(self) -> str:
        """A small posting that holds the sentences under a fitting heading."""
        heading, _ = HEADINGS[self.under]
        start = "" if self.under in {"about", "where"} else "- "
        said = "\n".join(f"{start}{text}" for text in self.of)
        return (
            "# Clinical Integration Engineer\n\nNorthhaven Clinic runs a discharge program for heart patients.\n\n"
            f"## {heading}\n\n{said}\n"
        )

    @property
    def reply(self) -> Json:
        units = numbered(self.source)
        cited = [unit for unit, text in units.items() if text in self.of]
        kinds = dict.fromkeys(kind for kind, _ in self.lines)
        sections = [
            {
                "kind": kind,
                "heading": "",
                "lines": [
                    {"id": f"L{n}", "text": text, "sources": cited, "why": "Plain words."}
                    for n, (of_kind, text) in enumerate(self.lines, 1)
                    if of_kind == kind
                ],
            }
            for kind in kinds
        ]
        opening = {"kind": "about", "heading": "", "lines": [{"keep": ["u2"]}]}
        return empty_reply() | {"sections": [*sections, opening]}


@cache
def by_hand() -> tuple[Rewording, ...]:
    rows = yaml.safe_load((Path(__file__).parent / "rewordings.yaml").read_text("utf-8"))
    return tuple(_read(row) for row in rows)


def _read(row: Json) -> Rewording:
    kind = row.get("to") or HEADINGS[row["under"]][1]
    lines = []
    for text in row["as"]:
        named = re.match(r"([a-z_]+): (?=You)", text)
        lines.append((named[1], text[named.end() :]) if named else (kind, text))
    return Rewording("by hand", row["under"], tuple(row["of"]), tuple(lines))


@cache
def derived() -> tuple[Rewording, ...]:
    """Other spellings and frames of the same truths, each applied to a part of the rewordings."""
    found = []
    for number, rewording in enumerate(by_hand()):
        variants = list(_variants(rewording))
        found += (
            [variants[(number + step) % len(variants)] for step in range(min(2, len(variants)))] if variants else []
        )
    return tuple(dict.fromkeys(found))


_VERBS = "build|manage|configure|develop|take|report|work|review|write|lead|support|meet|use|help|train|test"


def _variants(rewording: Rewording) -> Iterator[Rewording]:
    for how, pattern, other in (
        ("no full stop", r"\.$", ""),
        ("future", rf"^You (?={_VERBS})", "You will "),
        ("contraction", r"^You are\b", "You're"),
        ("contraction", r"^You have (?=worked|shipped)", "You've "),
        ("contraction", r"\bdo not\b", "don't"),
        ("in this role", r"^You (?=\w)", "In this role, you "),
        ("curly apostrophe", r"'", "\u2019"),
        ("we", r"^You (?=build|manage|configure|develop|review|write|test)", "With us, you "),
        ("and", r", and\b", " and"),
    ):
        lines = tuple((kind, re.sub(pattern, other, text)) for kind, text in rewording.lines)
        if lines != rewording.lines:
            yield replace(rewording, how=how, lines=lines)
    yield replace(rewording, how="source with full stop", of=tuple(f"{t.rstrip('.')}." for t in rewording.of))
    if rewording.under not in {"about", "where"}:
        yield replace(rewording, how="source with semicolon", of=tuple(f"{t.rstrip('.')};" for t in rewording.of))
        yield replace(rewording, how="source in lower case start", of=tuple(_lowered(t) for t in rewording.of))


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:] if text[1:2].islower() else text
