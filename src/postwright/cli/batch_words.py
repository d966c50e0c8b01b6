"""What `batch` says: the sorting, the price, how it ended, and how far a run is."""

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from textwrap import fill

from postwright.cli.boundary import printable
from postwright.cli.run_report import PAGE
from postwright.domain.critique import Verdict
from postwright.storage.batch_rows import Handed, Phase
from postwright.storage.files import shown
from postwright.storage.runs import Outcome, Run, RunState
from postwright.workflows.many.accounts import Totals
from postwright.workflows.many.batching import Order, Report
from postwright.workflows.many.pricing import Price
from postwright.workflows.many.shop import failure_line
from postwright.workflows.many.triage import Sorted

LISTED = 20
"""Postings that are named; of the others only the number is said, and run.json names them."""
_MARGIN = 11


def sorted_lines(found: Sorted) -> list[str]:
    """What is there, and what is not paid for."""
    number = found.verdicts.total() + len(found.unread)
    read = f"{number:,} posting{'' if number == 1 else 's'}: {_verdicts(found.verdicts) or 'none could be read'}"
    lines = [_row("Sorted", read if number else "no posting here")]
    lines += _listed("Unread", [failure_line(path, says) for path, says in found.unread])
    if found.kept:
        lines.append(_row("Done", f"{found.kept:,} as they were, nothing has changed since"))
    return lines + _listed("Free", [f"{shown(Path(path))} ({verdict})" for path, verdict in found.free])


def _listed(label: str, names: list[str]) -> list[str]:
    """The first of them by name, the others by number."""
    lines = [_row("" if number else label, printable(name)) for number, name in enumerate(names[:LISTED])]
    if len(names) > LISTED:
        lines.append(_row("", f"and {len(names) - LISTED:,} more"))
    return lines


def price_lines(price: Price, order: Order, found: Sorted) -> list[str]:
    """What asking is likely to cost, and how we know."""
    if not found.pile.postings:
        known = f"; {found.remembered:,} replies are in the journal" if found.remembered else ""
        return [_row("Price", f"nothing is to be paid{known}")]
    how = "a sample counted by the API" if price.counted else "a rough estimate from characters"
    usd = f"about ${price.usd:.2f} for" if price.usd is not None else f"unknown for {order.bench.model}:"
    kind = "by batches, at half price" if order.economy else "live"
    cap = f", never more than ${order.cap:.2f}" if order.cap is not None else ""
    asked = f"{found.pile.postings:,} posting{'' if found.pile.postings == 1 else 's'}"
    tokens = f"{price.usage.prompt:,} tokens in, {price.usage.cache_read:,} of them cached, {price.usage.output:,} out"
    return [
        _row("Price", f"{usd} {asked} {kind}{cap}"),
        _row("", f"{tokens} ({how}; prices of {order.bench.prices.as_of})"),
    ]


def summary_lines(report: Report, others: Mapping[str, int], failures: Iterable[Outcome], src: Path) -> Iterator[str]:
    """How a run over `src` ended, and what to do next."""
    sums, statuses = report.totals.sums, report.totals.statuses
    yield _row("Verdicts", _verdicts(report.totals.verdicts) or "none")
    parts = [f"{statuses[name]:,} {name}" for name in ("done", "free", "failed", "left out", "open") if statuses[name]]
    yield _row("Postings", ", ".join(parts) or "none")
    if others:
        kinds = ", ".join(f"{count:,} {suffix or 'without suffix'}" for suffix, count in sorted(others.items())[:8])
        yield _row("Not read", f"files of other kinds: {kinds}")
    yield _row("Decisions", _decisions(report))
    yield _row(
        "Changes",
        f"{sums['changed']:,} sentences reworded, {sums['removed']:,} left out, {sums['restored']:,} restored, "
        f"{sums['questions']:,} questions to answer",
    )
    failed = list(islice(failures, LISTED))
    yield from _failures(failed, statuses["failed"])
    yield _row("Cost", _cost(report))
    yield _row("Page", _near(report.folder / PAGE))
    yield _row("Accounts", _near(report.folder / "run.json"))
    if report.why is None:
        yield from _next(report, src, asked_in_vain=any(outcome.work for outcome in failed))


def _next(report: Report, src: Path, *, asked_in_vain: bool) -> Iterator[str]:
    """The command that goes on from here. What cannot be read needs a person first."""
    command = f"postwright batch {shlex.quote(shown(src))}"
    if asked_in_vain:
        yield _row("Next", f"{command} --retry-failed")
    elif report.waiting:
        yield _row(
            "Next", f"decide in decisions.csv, then: {command} --settle {_near(report.folder / 'decisions.csv')}"
        )


def _decisions(report: Report) -> str:
    waiting = report.totals.sums["open"]
    if not waiting:
        return "none wait"
    alike = f", {report.waiting:,} when alike ones count once" if report.waiting < waiting else ""
    return f"{waiting:,} wait{alike}: {_near(report.folder / 'decisions.csv')}"


def _failures(failures: Iterable[Outcome], number: int) -> Iterator[str]:
    for index, outcome in enumerate(failures):
        says = failure_line(outcome.path, str(outcome.data.get("reason", "")))
        yield _row("Failed" if not index else "", printable(says))
    if number > LISTED:
        yield _row("", f"and {number - LISTED:,} more, see run.json")


def _cost(report: Report) -> str:
    head = report.head
    cost, usage = head["cost"], head["usage"]
    if head["engine"] == "rules":
        return "nothing was asked"
    if not head["requests"] and not cost["unknown_outcome_requests"]:
        return "nothing new was asked"
    prompt = sum(usage[name] for name in ("input", "cache_read", "cache_write_5m", "cache_write_1h"))
    usd = "price unknown" if cost["usd"] is None else f"${cost['usd']:.2f}"
    estimate = (head.get("estimate") or {}).get("usd")
    beside = f" (estimate ${estimate:.2f})" if estimate else ""
    unknown = cost["unknown_outcome_requests"]
    more = f"; {unknown:,} of unknown outcome count as ${cost['unknown_outcome_usd']:.2f}" if unknown else ""
    tokens = f"{prompt:,} tokens in, {usage['cache_share']:.0%} of them from the cache, {usage['output']:,} out"
    return f"{usd}{beside} for {head['requests']:,} requests: {tokens}{more}"


def status_lines(run: Run | None, sums: Totals | None, batches: Iterable[tuple[Handed, str]]) -> Iterator[str]:
    """How far the last run over a folder is."""
    if run is None or sums is None:
        yield "No run over this folder yet."
        return
    state = "running, or broken off" if run.state is RunState.RUNNING else run.state.value
    yield _row("Run", f"{run.id}, {state}, begun {run.started}" + (f", ended {run.ended}" if run.ended else ""))
    yield _row("Postings", ", ".join(f"{count:,} {name}" for name, count in sums.statuses.items()) or "none yet")
    for handed, says in batches:
        name = handed.id or "(not named yet)"
        said = says or {Phase.FETCHED: "all results are here"}.get(handed.phase, handed.phase.value)
        yield _row("Batch", f"{name}, {handed.size:,} requests: {said}")


def _verdicts(verdicts: Counter[str]) -> str:
    return ", ".join(f"{verdicts[verdict.value]:,} {verdict.value}" for verdict in Verdict if verdicts[verdict.value])


def _near(path: Path) -> str:
    """A path as short as it can be said from here."""
    here = Path.cwd()
    return shown(path.relative_to(here) if path.is_relative_to(here) else path)


def wrapped(line: str, width: int) -> str:
    """A line of ours for a terminal of so many columns: what does not fit goes on below its text."""
    if len(line) <= width:
        return line
    return fill(line, max(40, width), subsequent_indent=" " * _MARGIN, break_long_words=False, break_on_hyphens=False)


def _row(label: str, text: str) -> str:
    return f"{label:<{_MARGIN}}{text}"
