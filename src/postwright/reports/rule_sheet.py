"""The rules as a list, and one rule explained: why, what to do, how sure, and texts that fire and that do not."""

from collections.abc import Iterable, Iterator

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
        flat = " ".join(text.split())
        shown = flat if len(flat) <= _LONGEST_EXAMPLE else f"{flat[:_LONGEST_EXAMPLE]}…"
        yield f"  {label if index == 0 else '':<9} {shown}"
