"""What the rules remark most often over many postings, as the rows of a chart in plain words."""

from collections import Counter
from collections.abc import Iterable, Mapping

from postwright.reports.bars import BarRow, pieces
from postwright.reports.labels import sentence_case
from postwright.rules.rule import rules

MOST = 15
"""Rows of the chart."""


def remark_chart(findings: Iterable[Mapping[str, int]]) -> list[BarRow]:
    """The most frequent rules. `findings` has for each posting how often each rule was met."""
    times: Counter[str] = Counter()
    postings: Counter[str] = Counter()
    for found in findings:
        times.update(found)
        postings.update(found.keys())
    ordered = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    names = {rule.id: sentence_case(rule.group) for rule in rules()}
    longest = max((count for _, count in ordered), default=0)
    return [
        BarRow(names.get(rule, rule), f"{count:,}", pieces([(count, "")], longest), f"{postings[rule]:,}", rule)
        for rule, count in ordered
    ]
