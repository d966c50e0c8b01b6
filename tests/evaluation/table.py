"""The tables of an evaluation, for a terminal of 100 columns: the sums of each set, then case by case."""

import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from evaluation.cases import RULES
from evaluation.metrics import METRICS, Metric, Together, Values, together
from evaluation.recordings import Kind
from evaluation.results import Head, Results
from evaluation.sheets import SHEETS, Column, Sheet

WIDTH = 100
NONE = "·"
"""Stands where a case has no such measure."""

TITLES: Mapping[str, str] = {
    Kind.CAREFUL.value: "Careful replies, written by hand",
    Kind.EAGER.value: "Eager replies, written by hand",
    Kind.SLOPPY.value: "Sloppy replies, written by hand",
    Kind.API.value: "Replies of the API",
    RULES: "Rules alone, no reply recorded",
}
_SHORT = {Kind.API.value: "API"}
_TOTAL = "sum or mean"
_SAYS_WIDTH, _UNIT_WIDTH, _WIDEST_CELL = 43, 13, 11


def lines_of(results: Results, *, brief: bool = False) -> Iterator[str]:
    """The whole report. `brief`: the sums alone."""
    yield from _opening(results.head, results.groups)
    yield ""
    yield from sums(results)
    if not brief:
        for group, cases in results.groups.items():
            yield from _by_case(group, cases)
    if results.failed:
        yield ""
        yield "No draft"
        for name, why in results.failed.items():
            yield from _wrapped(f"{name}: {why}")


def _opening(head: Head, groups: Collection[str]) -> Iterator[str]:
    """Under what was measured, and whose words they are: nobody shall take what was made up for what was said."""
    yield f"Prompt {head.fingerprint} · postwright {head.version} · commit {head.commit} · {head.day}"
    if head.live:
        yield f"Replies of {head.model} by the API; tokens and cost as the API counted them."
    elif Kind.API.value in groups:
        yield "Replies that the API gave earlier, played again; their tokens as the API counted them then."
    if set(groups) - {Kind.API.value, RULES}:
        yield "Recorded replies, written by hand: nobody was asked. Tokens are estimated from characters,"
        yield f"cost from them at the prices of {head.model} with the shared prompt in the cache."
    if not head.complete:
        yield "The run ended early: these are the postings asked so far."


def sums(results: Results) -> Iterator[str]:
    """One row for each measure, one column for each set."""
    groups = list(results.groups)
    yield _row("In sum, or the mean of a posting", "unit", [_SHORT.get(g, g) for g in groups])
    yield "─" * (_SAYS_WIDTH + _UNIT_WIDTH + _cell_width(len(groups)) * len(groups))
    yield _row("cases", "postings", [f"{len(results.groups[g]):,}" for g in groups])
    part = ""
    for metric in METRICS.values():
        part = metric.opens or part
        cells = [_in_sum(metric, together(metric, results.groups[g].values())) for g in groups]
        if all(cell == NONE for cell in cells):
            continue
        if part:
            yield ""
            yield part
            part = ""
        yield _row(f"  {metric.says}", metric.unit, cells)


def _row(says: str, unit: str, cells: Sequence[str]) -> str:
    width = _cell_width(len(cells))
    return f"{says:<{_SAYS_WIDTH}}{unit:<{_UNIT_WIDTH}}" + "".join(f"{cell:>{width}}" for cell in cells)


def _cell_width(cells: int) -> int:
    return min(_WIDEST_CELL, (WIDTH - _SAYS_WIDTH - _UNIT_WIDTH) // max(1, cells))


def _in_sum(metric: Metric, value: float | None) -> str:
    if value is None:
        return NONE
    if metric.together is Together.RATIO:
        return f"{value:.0%}"
    if metric.together is Together.SUM or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if metric.id == "cents" else f"{value:.1f}"


def _by_case(group: str, cases: Mapping[str, Values]) -> Iterator[str]:
    yield ""
    yield ""
    yield f"{TITLES[group]}: {len(cases)} {'case' if len(cases) == 1 else 'cases'}"
    for sheet in SHEETS:
        rows = {name: v for name, v in cases.items() if any(v.get(c.metric) is not None for c in sheet.columns[:1])}
        if rows:
            yield ""
            yield from _sheet_lines(sheet, rows)


def _sheet_lines(sheet: Sheet, rows: Mapping[str, Values]) -> Iterator[str]:
    total = _total(sheet.columns, rows)
    body = [[_cell(c, v.get(c.metric)) for c in sheet.columns] for v in rows.values()]
    widths = [max(len(c.head), *(len(row[n]) for row in (*body, total))) for n, c in enumerate(sheet.columns)]
    gaps = [_gap(sheet.columns, n) for n in range(len(widths))]
    room = WIDTH - sum(widths) - sum(gaps)
    name_width = min(room, max(len(_TOTAL), len(sheet.title), *(len(_label(name)) for name in rows)))
    if any(column.group for column in sheet.columns):
        yield _group_line(sheet, widths, gaps, name_width)
    heads = [column.head for column in sheet.columns]
    yield _line(sheet.title if not any(c.group for c in sheet.columns) else "", heads, widths, gaps, name_width)
    yield "─" * (name_width + sum(widths) + sum(gaps))
    for name, row in zip(rows, body, strict=True):
        yield _line(_cut(_label(name), name_width), row, widths, gaps, name_width)
    yield "─" * (name_width + sum(widths) + sum(gaps))
    yield _line(_cut(_TOTAL, name_width), total, widths, gaps, name_width)


def _gap(columns: Sequence[Column], number: int) -> int:
    """Blanks before a column: fewer within a group."""
    inside = number > 0 and columns[number].group and columns[number].group == columns[number - 1].group
    return 2 if inside else 3


def _group_line(sheet: Sheet, widths: Sequence[int], gaps: Sequence[int], name_width: int) -> str:
    line = f"{sheet.title:<{name_width}}"
    number = 0
    while number < len(widths):
        last, group = number, sheet.columns[number].group
        while group and last + 1 < len(widths) and sheet.columns[last + 1].group == group:
            last += 1
        span = sum(widths[number : last + 1]) + sum(gaps[number + 1 : last + 1])
        line += " " * gaps[number] + _over(group, span) if group else " " * (gaps[number] + span)
        number = last + 1
    return line.rstrip()


def _over(group: str, span: int) -> str:
    """A group's name above its columns, with a rule to both sides where there is room for one."""
    return f"{f' {group} ':─^{span}}" if len(group) + 6 <= span else f"{group:^{span}}"


def _line(name: str, cells: Sequence[str], widths: Sequence[int], gaps: Sequence[int], name_width: int) -> str:
    row = "".join(" " * gap + f"{cell:>{width}}" for cell, width, gap in zip(cells, widths, gaps, strict=True))
    return f"{name:<{name_width}}{row}".rstrip()


def _cell(column: Column, value: float | None) -> str:
    if value is None:
        return NONE
    if column.metric == "balanced":
        return "yes" if value else "no"
    return f"{value:,.{column.digits}f}"


def _total(columns: Sequence[Column], rows: Mapping[str, Values]) -> list[str]:
    cells = []
    for column in columns:
        metric = METRICS[column.metric]
        held = [value for row in rows.values() if (value := row.get(column.metric)) is not None]
        if metric.together is not Together.MEAN:
            cells.append(f"{sum(held):,.0f}" if held else NONE)
        else:
            mean = together(metric, rows.values())
            digits = column.digits if column.digits or (mean or 0) >= 100 else 1
            cells.append(_cell(replace(column, digits=digits), mean))
    return cells


def _label(name: str) -> str:
    """A sloppy reply is named by its mistake, then by its posting."""
    stem, dot, what = name.partition(".sloppy-")
    return f"{what} ({stem})" if dot else name


def _cut(name: str, width: int) -> str:
    return name if len(name) <= width else name[: width - 1] + "…"


def _wrapped(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH - 2, initial_indent="  ", subsequent_indent="    ")
