"""What a run leaves behind for others: run.json (docs/run-json.md) and the worklist of decisions."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from postwright import __version__
from postwright.domain.errors import UsageProblem
from postwright.storage.charges import Charges
from postwright.storage.files import read_bytes, shown, writing
from postwright.storage.runs import Outcome, Run, RunBook, Status
from postwright.workflows.many.deciding import Group, department, grouped

VERSION = 1
COLUMNS = ("decide", "department", "postings", "kind", "group", "text", "why", "where", "key")
LARGEST_WORKLIST = 64_000_000
"""Bytes."""
_SHOWN_PLACES = 5
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a run."""

    statuses: Counter[str]
    verdicts: Counter[str]
    sums: Counter[str]  # open, restored, changed, removed, questions, ...


def totals(book: RunBook, run: str) -> Totals:
    """The sums over all postings of a run, in one pass."""
    found = Totals(Counter(), Counter(), Counter())
    for outcome in book.outcomes(run):
        found.statuses[outcome.status.value] += 1
        if verdict := outcome.data.get("verdict"):
            found.verdicts[verdict] += 1
        for name in ("open", "decisions", "restored", "changed", "removed", "suggested", "questions"):
            value = outcome.data.get(name)
            if isinstance(value, int):
                found.sums[name] += value
    return found


def write_run(path: Path, book: RunBook, run: Run, charges: Charges, src: str) -> Mapping[str, Any]:
    """run.json, written posting by posting: its size costs no memory. Returns all of it but the postings."""
    head = _head(book, run, charges)
    with _text(path) as file:
        text = json.dumps(head, indent=1, ensure_ascii=True)
        file.write(text.removesuffix("\n}") + ',\n "postings": [')
        for number, outcome in enumerate(book.outcomes(run.id)):
            file.write(",\n  " if number else "\n  ")
            file.write(json.dumps(_entry(outcome, src), ensure_ascii=True))
        file.write("\n ]\n}\n")
    return head


def _head(book: RunBook, run: Run, charges: Charges) -> dict[str, Any]:
    sums = totals(book, run.id)
    requests, usage = charges.usage()
    unknown, unknown_usd = charges.unknown()
    facts = dict(run.facts)
    known = bool(facts.pop("price_known", True))
    return {
        "version": VERSION,
        "program": __version__,
        "run": run.id,
        "src": shown(Path(run.src)),
        "state": run.state.value,
        "started": run.started,
        "ended": run.ended,
        **facts,
        "counts": {status.value: sums.statuses[status.value] for status in Status},
        "verdicts": dict(sorted(sums.verdicts.items())),
        "sums": dict(sorted(sums.sums.items())),
        "requests": requests,
        "usage": asdict(usage) | {"cache_share": round(usage.cache_share, 4)},
        "cost": {
            "usd": round(charges.total() - unknown_usd, 6) if known else None,
            "unknown_outcome_requests": unknown,
            "unknown_outcome_usd": round(unknown_usd, 6),
        },
    }


def entries(book: RunBook, run: str, src: str) -> Iterator[dict[str, Any]]:
    """The postings of a run as run.json has them, what failed and what was done first."""
    for status in (Status.FAILED, Status.DONE, Status.OPEN, Status.FREE, Status.LEFT_OUT):
        for outcome in book.outcomes(run, status):
            yield _entry(outcome, src)


def _entry(outcome: Outcome, src: str) -> dict[str, Any]:
    data = {name: value for name, value in outcome.data.items() if name != "key"}
    return {
        "path": shown(Path(outcome.path)),
        "department": department(_within(outcome.path, src)),
        "status": outcome.status.value,
        **data,
    }


def _within(path: str, src: str) -> str:
    return path.removeprefix(f"{src}/") if src not in {"", "."} else path


# ---------------------------------------------------------------------- decisions


def groups_of(book: RunBook, run: str, src: str) -> Iterator[Group]:
    """The decisions of a run, alike ones as one; paths are relative to the folder of the run."""
    return grouped((_within(path, src), decision) for path, decision in book.decisions(run))


def write_worklist(path: Path, groups: Iterable[Group]) -> int:
    """The decisions that wait, by department, one line for alike ones. Returns how many lines there are."""
    waiting = [group for group in groups if group.state == "pending"]
    waiting.sort(key=lambda g: (len(g.departments) == 1, g.departments, g.kind, g.group, -len(g.places)))
    with _text(path, "utf-8-sig") as file:  # the mark tells spreadsheets that it is UTF-8
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for group in waiting:
            writer.writerow([_cell(value) for value in _line(group)])
    return len(waiting)


def _line(group: Group) -> tuple[str, ...]:
    names = group.departments
    where = "; ".join(shown(Path(path)) for path, _ in group.places[:_SHOWN_PLACES])
    more = len(group.places) - _SHOWN_PLACES
    return (
        "",
        names[0] if len(names) == 1 else f"{len(names)} departments",
        str(len(group.places)),
        group.kind,
        group.group,
        " ".join(group.text.split()),
        " ".join(group.why.split()),
        f"{where}; and {more} more" if more > 0 else where,
        f"k-{group.key}",  # a bare key like 12e45 would become a number in a spreadsheet
    )


def _cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_worklist(path: Path) -> dict[str, str]:
    """What was decided, by key: the filled-in first column of a worklist. Raises UsageProblem."""
    name = shown(path)
    text = read_bytes(path, limit=LARGEST_WORKLIST, failure=UsageProblem).decode("utf-8-sig", "replace")
    dialect = csv.excel
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","  # spreadsheets of many countries write semicolons
    rows = csv.DictReader(text.splitlines(keepends=True), dialect=dialect, delimiter=delimiter)
    if rows.fieldnames is None or not {"decide", "key"} <= set(rows.fieldnames):
        raise UsageProblem(f"{name} is no worklist of decisions", hint="start from the decisions.csv of the run")
    try:
        decided = {row["key"].strip().removeprefix("k-"): (row["decide"] or "").strip() for row in rows if row["key"]}
    except csv.Error as error:
        raise UsageProblem(f"{name} is not valid CSV: {error}", hint="export it again") from error
    return {key: choice for key, choice in decided.items() if choice}


@contextmanager
def _text(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A text file written piece by piece, which appears whole or not at all. Line ends stay as they are written."""
    with writing(path) as raw:
        file = io.TextIOWrapper(raw, encoding, newline="")
        yield file
        file.flush()
        file.detach()
