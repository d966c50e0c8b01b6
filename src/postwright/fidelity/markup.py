"""The marked-up original: the source's own bytes, with each safe fix as a mark behind the words it would replace.

Without its marks it is the source, byte for byte; that is why the rules engine may write it without a model.
"""

from collections.abc import Iterable, Mapping

from postwright.domain.draft import (
    Decision,
    DecisionKind,
    DecisionState,
    Draft,
    Fate,
    Layout,
    Ledger,
    Line,
    LineKind,
    Section,
    UnitEntry,
)
from postwright.domain.finding import Finding
from postwright.domain.house import HEADINGS
from postwright.domain.posting import SectionKind, Span, Unit, UnitKind
from postwright.fidelity.assemble import Hanging, answered_line
from postwright.fidelity.audit import audit
from postwright.fidelity.books import number
from postwright.fidelity.render import render
from postwright.fidelity.sources import Sources

_OLD = (DecisionState.PENDING, DecisionState.REJECTED)
_NEW = (DecisionState.PENDING, DecisionState.ACCEPTED)


def mark_up(
    sources: Sources,
    fixes: Iterable[Finding],
    labels: Mapping[str, str],
    settled: Mapping[str, Decision] | None = None,
) -> Draft:
    """The posting with its safe fixes marked, and the typed answers behind it. `labels`: answer unit id -> label."""
    posting = sources.posting
    hanging: list[Hanging] = []
    lines: list[Line] = []
    at = posting.front.end
    for fix in sorted(fixes, key=lambda f: f.span):
        if fix.replacement is None or fix.span.start < at:
            continue
        lines += _slice(sources, Span(at, fix.span.start), len(lines))
        lines += _marked(fix, hanging)
        at = fix.span.end
    lines += _slice(sources, Span(at, len(posting.source)), len(lines))
    sections = (Section(SectionKind.OTHER, "", tuple(lines)), *_answered(sources, labels))
    sections, decisions = number(sections, hanging, sources, settled or {})
    front = posting.source[: posting.front.end]
    rendered = render(front, posting.newline, sections, decisions)
    ledger = Ledger(rendered.entries, tuple(_right_column(posting.units, sections)))
    draft = Draft(rendered.text, front, posting.newline, sections, decisions, ledger, rewritten=False)
    audit(draft, sources)
    return draft


def _meeting(sources: Sources, span: Span) -> tuple[str, ...]:
    return tuple(u.id for u in sources.posting.units if u.span.meets(span))


def _slice(sources: Sources, span: Span, number_: int) -> list[Line]:
    if span.start == span.end:
        return []
    text = span.of(sources.posting.source)
    return [Line(f"text-{number_}", LineKind.KEPT, text, _meeting(sources, span), Layout.INLINE)]


def _marked(fix: Finding, hanging: list[Hanging]) -> list[Line]:
    index = str(len(hanging))
    units = (fix.unit,) if fix.unit else ()
    replacement = fix.replacement or ""
    old = Line(f"was-{index}", LineKind.KEPT, fix.quote, units, Layout.INLINE, decision=index, shown=_OLD)
    new = Line(
        f"fix-{index}",
        LineKind.BLANK,
        replacement,
        units,
        Layout.INLINE,
        decision=index,
        shown=_NEW,
    )
    text = f'"{fix.quote}" becomes "{fix.replacement}"' if fix.replacement else f'"{fix.quote}" goes'
    kind = DecisionKind.WORDING
    hanging.append(Hanging(kind, fix.group or fix.rule, text, fix.why, units, [new.id, old.id]))
    return [old, new]


def _answered(sources: Sources, labels: Mapping[str, str]) -> list[Section]:
    found: dict[SectionKind, list[Line]] = {}
    for unit in sources.extra:
        if unit.kind is not UnitKind.ANSWER or unit.id not in labels:
            continue
        if unit.section is not SectionKind.TITLE:
            found.setdefault(unit.section, []).append(answered_line(unit, labels[unit.id]))
    return [Section(kind, HEADINGS[kind], tuple(found[kind])) for kind in SectionKind if kind in found]


def _right_column(units: Iterable[Unit], sections: Iterable[Section]) -> Iterable[UnitEntry]:
    lines: dict[str, list[str]] = {}
    for section in sections:
        for line in section.lines:
            for source in line.sources:
                lines.setdefault(source, []).append(line.id)
    for unit in units:
        yield UnitEntry(unit.id, Fate.PROTECTED if unit.protected else Fate.USED, tuple(lines.get(unit.id, ())))
