"""The values a prompt is filled with. Plain text in, and nothing the posting says can pass for one of our own marks."""

import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum

from postwright.domain.finding import Layer
from postwright.domain.posting import SectionKind, Strength, UnitKind

NEWLINE_MARK = "⏎"
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_LABEL = re.compile(r"\[(?=\s*(?:[ufcnp]\d|a\.))", re.IGNORECASE)
_NONCE_LENGTH = 12
_HIDDEN = {0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE0000, 0xE0080)}
"""Characters that a reader does not see and that could steer one who does: zero-width, bidi controls, tags."""
_CONTROLS = {code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\t"}
_UNSEEN = dict.fromkeys(_HIDDEN | _CONTROLS)


class Mode(StrEnum):
    """What is asked of the model."""

    REWRITE = "rewrite"
    CRITIQUE = "critique"


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as it is sent. `notice` is the id of its protected block; `pins` are phrases that stay verbatim."""

    id: str
    kind: UnitKind
    section: SectionKind
    strength: Strength
    text: str
    notice: str = ""
    pins: tuple[str, ...] = ()
    title: bool = False
    states: bool = False  # a heading that says something of its own, and is accounted for
    atomic: bool = False


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding of the rules: `id` is f1, f2, ... and `quote` stands in the unit (empty: the posting as a whole)."""

    id: str
    rule: str
    unit: str
    quote: str
    says: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What the rules see of one layer. `score` is 0-4; `others` says who covers a layer that is not owned."""

    layer: Layer
    score: int
    units: tuple[str, ...] = ()
    owned: bool = True
    others: str = ""


@dataclass(frozen=True, slots=True)
class ScopeView:
    """The role family by its plain name (empty: not recognised), and what the posting is about."""

    family: str
    owns: tuple[Layer, ...]
    healthcare: bool
    mentions_ai: bool


@dataclass(frozen=True, slots=True)
class SlotView:
    """An open typed slot: code asks for it already and leaves a blank in the draft."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer by the hiring manager. `id` is a.<slot>, or a.<slot>.<n> for one entry of a list.

    `by_code`: code sets the answer itself unless a line carries all of it.
    """

    id: str
    text: str
    section: SectionKind
    strength: Strength
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact of the employer's profile (`p1`...) and the section kinds it may appear in (none: any)."""

    id: str
    text: str
    sections: tuple[SectionKind, ...] = ()


@dataclass(frozen=True, slots=True)
class PostingView:
    """One posting as it is sent. `nonce` closes the data off from the instructions: see `nonce_for`."""

    units: tuple[UnitView, ...]
    nonce: str
    scope: ScopeView
    findings: tuple[FindingView, ...] = ()
    coverage: tuple[CoverageView, ...] = ()
    slots: tuple[SlotView, ...] = ()
    answers: tuple[AnswerView, ...] = ()
    mode: Mode = Mode.REWRITE
    language: str = "en"
    notes: tuple[str, ...] = field(default=())  # what else the model must know ("the grade is fixed by statute")


def nonce_for(text: str) -> str:
    """A code that does not occur in `text` and is the same for the same text: equal postings make equal requests."""
    turn = 0
    while (nonce := hashlib.sha256(f"{turn}\n{text}".encode("utf-8", "replace")).hexdigest()[:_NONCE_LENGTH]) in text:
        turn += 1
    return nonce


def one_line(text: str, nonce: str = "") -> str:
    """`text` on one line: line ends shown as ⏎, hidden characters, the nonce and look-alikes of our labels disarmed."""
    flat = text.strip()
    if not flat.isprintable():  # as no line end, hidden or control character is
        flat = _LINE_ENDS.sub(NEWLINE_MARK, flat).translate(_UNSEEN)
    if "[" in flat:
        flat = _LABEL.sub("(", flat)
    while nonce and nonce.lower() in flat.lower():
        flat = re.sub(re.escape(nonce), "", flat, flags=re.IGNORECASE)
    return flat
