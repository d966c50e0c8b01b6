"""Replies kept on disk: written by hand (careful, eager or sloppy) or recorded from the API. Each says which it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from postwright.domain.errors import UsageProblem
from postwright.domain.model import Usage


class Kind(StrEnum):
    """Where a reply comes from. Results of different kinds are never added up."""

    CAREFUL = "careful"  # by hand, as Claude answers at its best
    EAGER = "eager"  # by hand, truthful, with every line reworded that can be: what is blocked here is a false alarm
    SLOPPY = "sloppy"  # by hand, with the mistakes that models make
    API = "api"  # recorded from the API


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it comes over the wire. `usage` is known for recordings of the API only."""

    text: str
    stop: str = "end_turn"
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """All answers to one posting: the first, the one after a cut, the repair. What is missing is answered emptily.

    `never` names words that must not stand in the draft, `always` words that must: how a sloppy reply is known
    to have done no harm.
    """

    name: str
    posting: str  # stem of the posting's file
    kind: Kind
    what: str
    first: Said
    again: Said | None = None
    repair: Said | None = None
    never: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    model: str = ""
    on: str = ""  # ISO date of an API recording
    labels: Mapping[str, str] = field(default_factory=dict)


def read_recording(path: Path) -> Recording:
    """A labelled recording, or a bare reply whose name says what it is. Raises UsageProblem for anything else."""
    hint = 'see fixtures/replies/README.md for the shape: "label", "first" and, if need be, "again" and "repair"'
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if "label" in data:
            return _labelled(path, data)
        if "sections" in data:
            return _bare(path, data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageProblem(f"{path.name} is no recorded reply", hint=hint) from error
    raise UsageProblem(f"{path.name} is no recorded reply", hint=hint)


def _labelled(path: Path, data: Mapping[str, Any]) -> Recording:
    label = data["label"]
    kind = Kind(label["kind"])
    if (label["by"] == "api") is not (kind is Kind.API):
        raise ValueError(label["by"])
    return Recording(
        path.stem,
        label["posting"],
        kind,
        label.get("what", ""),
        _said(data["first"]),
        _said(data["again"]) if data.get("again") else None,
        _said(data["repair"]) if data.get("repair") else None,
        tuple(data.get("never", ())),
        tuple(data.get("always", ())),
        label.get("model", ""),
        label.get("on", ""),
        {name: str(value) for name, value in label.items()},
    )


def _said(data: Mapping[str, Any]) -> Said:
    """`reply` holds JSON as JSON; `text` holds what is no valid JSON, as it came."""
    text = data["text"] if "text" in data else compact(data["reply"])
    usage = Usage(**data["usage"]) if "usage" in data else None
    return Said(text, data.get("stop", "end_turn"), usage)


def _bare(path: Path, data: Mapping[str, Any]) -> Recording:
    stem, _, what = path.stem.partition(".")
    kind = Kind.SLOPPY if what.startswith("sloppy-") else Kind.CAREFUL
    return Recording(path.stem, stem, kind, what.removeprefix("sloppy-"), Said(compact(data)))


def compact(data: object) -> str:
    """JSON without needless blanks: the form whose characters are counted, for every reply alike."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
