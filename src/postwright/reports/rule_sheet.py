"""The rules as a list, and one rule explained: why, what to do, how sure, and texts that fire and that do not."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from postwright.domain.finding import Severity
from postwright.reports.findings.visible import visible
from postwright.rules.rule import Rule

_EVIDENCE = {
    "fact": "can be seen in the text",
    "law": "law or an authority's guidance; an observation, not legal advice",
    "strong": "strong evidence",
    "craft": "craft: experienced writers agree",
    "mixed": "mixed evidence, so it only advises",
    "weak": "weak evidence, so it only advises",
}
_MOST_EXAMPLES = 4
_LONGEST_EXAMPLE = 160


def listing(rules: Iterable[Rule]) -> Iterator[str]:
    """One line for each rule: id, severity, family and what it is about."""
    rows = [(rule.id, rule.severity.value, rule.family, rule.group) for rule in rules]
    wide = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, wide, strict=False)), row[3]])


def explanation(rule: Rule) -> Iterator[str]:
    yield f"{rule.id} ({rule.severity.value}, family {rule.family})"
    yield f"  why       {rule.why}"
    if rule.law:
        yield f"            {rule.law}"
    yield f"  fix       {rule.fix}"
    if any(term.to is not None for term in rule.terms):
        yield "            `check --fix` can do some of this."
    yield f"  evidence  {_EVIDENCE.get(rule.evidence, rule.evidence)}"
    yield f"  source    {rule.source}"
    yield from _examples("fires on", rule.flags)
    yield from _examples("not on", rule.allows)
    yield f"  ignore    <!-- postwright: ignore {rule.id}: your reason -->"


def page(rules: Iterable[Rule]) -> Iterator[str]:
    """The rules as a Markdown page, a section for each family. `docs/rules.md` is this page of all rules."""
    chosen = list(rules)
    counts = ", ".join(
        f"{sum(rule.severity is severity for rule in chosen)} {severity.value}s" for severity in Severity
    )
    yield "# Rules"
    yield ""
    yield f"{len(chosen)} rules: {counts}. Made by `postwright rules --format markdown`."
    for family, members in groupby(sorted(chosen, key=lambda rule: rule.family), key=lambda rule: rule.family):
        yield from ("", f"## {family}")
        for rule in members:
            yield from _section(rule)


def _section(rule: Rule) -> Iterator[str]:
    """One rule in Markdown. Examples stand in code, so that no bracket or star of theirs is read as markup."""
    yield from ("", f"### {rule.id}", "", f"*{rule.severity.value}; {_EVIDENCE.get(rule.evidence, rule.evidence)}*", "")
    yield " ".join(filter(None, (rule.why, rule.law, rule.fix)))
    yield ""
    for label, texts in (("Fires on", rule.flags), ("Not on", rule.allows)):
        for text in texts[:_MOST_EXAMPLES]:
            yield f"- {label}: {_code(_flat(text))}"
    yield from ("", f"Source: {rule.source}")


def _code(text: str) -> str:
    """A code span, fenced with more ticks than the text holds in a row."""
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if "`" in text else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def as_data(rule: Rule) -> dict[str, object]:
    """The rule for machines."""
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "family": rule.family,
        "about": rule.group,
        "why": rule.why,
        "fix": rule.fix,
        "law": rule.law,
        "evidence": rule.evidence,
        "source": rule.source,
        "fires_on": list(rule.flags),
        "not_on": list(rule.allows),
    }


def _examples(label: str, texts: tuple[str, ...]) -> Iterator[str]:
    for index, text in enumerate(texts[:_MOST_EXAMPLES]):
        yield f"  {label if index == 0 else '':<9} {_flat(text)}"


def _flat(text: str) -> str:
    """On one line, no longer than a line should be, and with what cannot be seen spelled out."""
    flat = visible(" ".join(text.split()))
    return flat if len(flat) <= _LONGEST_EXAMPLE else f"{flat[:_LONGEST_EXAMPLE]}…"
