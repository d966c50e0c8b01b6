"""The audit of a team in a terminal, and as JSON (docs/audit-json.md)."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import PurePath

from postwright.domain.team import THREE, Audit, Balance, Heads, Index, Placement, TeamLayer, Weighed
from postwright.reports.labels import counted, printable, sentence_case
from postwright.reports.style import PLAIN, Style
from postwright.rules.team import NAMES, evidence_done

VERSION = 1
_BAR = 24  # columns of a whole bar
_MOST_ASIDE = 3  # files that are not counted, by name, for each reason

Row = tuple[int, str]
"""Indent and text."""


def lines(audit: Audit, *, style: Style = PLAIN, width: int = 80) -> Iterator[str]:
    """The audit in plain lines of at most `width` columns, but for the names of files."""
    sections = (_mix(audit, style), _heads(audit, style), _judged(audit, style), _postings(audit, style), _rest(audit))
    for section in sections:
        body = [line for indent, text in section for line in _folded(indent, text, width)]
        if body:
            yield from (*body, "")


def _folded(indent: int, text: str, width: int) -> Iterable[str]:
    """A text under its indent. An indent below zero keeps it whole: rows of a table, names of files."""
    if indent < 0:
        return (" " * -indent + text,)
    margin = " " * indent
    more = margin + ("  " if text.startswith("! ") else "")
    return textwrap.wrap(
        text, width, initial_indent=margin, subsequent_indent=more, break_long_words=False, break_on_hyphens=False
    )


def _mix(audit: Audit, style: Style) -> Iterator[Row]:
    if audit.mix:
        yield 0, style.set(style.strong, f"{counted(len(audit.placements), 'open posting')} by layer")
        most = max(share.count for share in audit.mix)
        for share in audit.mix:
            bar = "█" * round(_BAR * share.count / most)
            yield -2, f"{sentence_case(NAMES[share.layer]):<26}{share.count:>5} {share.percent:>4} %  {bar}".rstrip()


def _heads(audit: Audit, style: Style) -> Iterator[Row]:
    heads = audit.stated
    if heads is None:
        return
    yield 0, style.set(style.strong, "Heads that count")
    for layer in TeamLayer:
        stated = heads.stated.get(layer, 0)
        if layer in THREE:
            figures = f"{heads.counted(layer):>5} of {stated:<4}"
            yield -2, f"{sentence_case(NAMES[layer]):<26}{figures} {evidence_done(layer)}"
        elif stated or layer is TeamLayer.ML:
            yield -2, f"{sentence_case(NAMES[layer]):<26}{stated:>5}"


def _judged(audit: Audit, style: Style) -> Iterator[Row]:
    yield 0, style.set(style.strong, "ML research against the three layers")
    for weighed in (audit.postings, audit.heads):
        if weighed is not None:
            yield 2, f"{sentence_case(weighed.balance.index)}: {weighed.says}{figures(weighed.balance)}"
            if weighed.advice:
                yield 2, printable(weighed.advice)
    for _, warning in audit.missing:
        yield 2, f"! {warning}"
    for note in audit.notes:
        yield 2, note


def figures(balance: Balance) -> str:
    """` Ratio 2.00, margin +3.`, to follow a sentence. Without heads or postings in the layers there is no ratio."""
    if balance.index is Index.NO_DATA:
        return ""
    ratio = "" if balance.ratio is None else f"ratio {balance.ratio:.2f}, "
    return " " + sentence_case(f"{ratio}margin {balance.margin:+g}.")


def _postings(audit: Audit, style: Style) -> Iterator[Row]:
    names = short_paths(placement.path for placement in audit.placements)
    for layer in TeamLayer:
        placements = audit.of(layer)
        if placements:
            yield 0, style.set(style.strong, f"{sentence_case(NAMES[layer])} ({len(placements)})")
        if placements and layer in THREE:
            yield 2, asked_by(layer, placements)
        for why, alike in by_reason(placements):
            yield 2, printable(why)
            for placement in alike:
                yield -4, f"{printable(placement.title) or '(no title)'}  [{printable(names[placement.path])}]"


def asked_by(layer: TeamLayer, placements: Sequence[Placement]) -> str:
    """How many of a layer's postings ask for what makes a head of it count."""
    asking = sum(bool(placement.evidence) for placement in placements)
    return f"{asking} of {len(placements)} ask for what makes a head count here: {evidence_done(layer)}."


def by_reason(placements: Iterable[Placement]) -> Iterator[tuple[str, list[Placement]]]:
    """Postings with the same reason together, the most common reason first."""
    groups: dict[str, list[Placement]] = {}
    for placement in placements:
        groups.setdefault(placement.why, []).append(placement)
    yield from sorted(groups.items(), key=lambda group: -len(group[1]))


def short_paths(paths: Iterable[str]) -> dict[str, str]:
    """Paths without the folder that they share."""
    parts = {path: PurePath(path).parts for path in paths}
    shared = 0
    for names in zip(*(part[:-1] for part in parts.values()), strict=False):
        if len(set(names)) > 1:
            break
        shared += 1
    return {path: "/".join(part[shared:]) for path, part in parts.items()}


def _rest(audit: Audit) -> Iterator[Row]:
    if not audit.aside:
        return
    yield 0, f"{counted(len(audit.aside), 'file')} not counted"
    groups: dict[str, list[str]] = {}
    for aside in sorted(audit.aside, key=lambda aside: not aside.failed):
        groups.setdefault(aside.why, []).append(aside.path)
    for why, paths in groups.items():
        yield 2, f"{printable(why)} ({len(paths)})"
        for path in paths[:_MOST_ASIDE]:
            yield -4, printable(path)
        if len(paths) > _MOST_ASIDE:
            yield -4, f"and {len(paths) - _MOST_ASIDE:,} more (--json names all)"


def as_json(audit: Audit, program: str) -> str:
    """The audit as docs/audit-json.md describes it."""
    data = {
        "version": VERSION,
        "program": program,
        "mix": [asdict(share) for share in audit.mix],
        "postings": _weighed_data(audit.postings),
        "heads": _weighed_data(audit.heads, audit.stated),
        "missing": [{"layer": layer, "says": says} for layer, says in audit.missing],
        "notes": list(audit.notes),
        "placements": [{**asdict(p), "skills": _balance_data(p.skills)} for p in audit.placements],
        "not_counted": [asdict(aside) for aside in audit.aside],
    }
    return json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode() + "\n"


def _weighed_data(weighed: Weighed | None, heads: Heads | None = None) -> dict[str, object] | None:
    if weighed is None:
        return None
    data = {**_balance_data(weighed.balance), "says": weighed.says, "advice": weighed.advice, "exempt": weighed.exempt}
    return data | ({"stated": dict(heads.stated), "with_evidence": dict(heads.proven)} if heads else {})


def _balance_data(balance: Balance) -> dict[str, object]:
    three = {"three": round(balance.three, 2), "margin": round(balance.margin, 2)}
    ratio = None if balance.ratio is None else round(balance.ratio, 3)
    return {**asdict(balance), **three, "ratio": ratio, "index": balance.index}
