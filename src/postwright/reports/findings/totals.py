"""The last lines of a check: what counts, what was set aside, what could not be judged."""

from collections.abc import Iterator

from postwright.domain.checked import Standing, Totals
from postwright.domain.finding import Severity


def summary(totals: Totals) -> str:
    """One line: "40 files: 1 error, 2 warnings; 3 new, 212 baselined; 2 ignored with a reason"."""
    levels = [counted(totals.new[severity], severity.value) for severity in Severity if totals.new[severity]]
    parts = [", ".join(levels) or ("nothing new" if totals.against_baseline else "nothing found")]
    if totals.against_baseline:
        parts.append(f"{totals.standing[Standing.NEW]:,} new, {totals.standing[Standing.BASELINED]:,} baselined")
    if totals.standing[Standing.IGNORED]:
        parts.append(f"{totals.standing[Standing.IGNORED]:,} ignored with a reason")
    if totals.fixed:
        parts.append(f"{totals.fixed:,} fixed")
    if totals.failed:
        parts.append(f"{counted(totals.failed, 'file')} could not be read")
    return f"{counted(totals.files, 'file')}: {'; '.join(parts)}"


def asides(totals: Totals) -> Iterator[str]:
    """What a reader should know beside the findings, one line each."""
    if totals.pages:
        yield f"{counted(totals.pages, 'page')} looked like no posting; nothing was called missing there."
    for note, times in totals.notes.most_common():
        yield f"{note} ({counted(times, 'file')})"
    if totals.gone:
        yield f"{counted(totals.gone, 'finding')} of the baseline no longer there; --update-baseline takes them out."


def by_rule(totals: Totals) -> list[tuple[str, int, int, int]]:
    """Rule, new, baselined and ignored findings; most new ones first."""
    rows = [
        (rule, seen[Standing.NEW], seen[Standing.BASELINED], seen[Standing.IGNORED])
        for rule, seen in totals.rules.items()
    ]
    return sorted(rows, key=lambda row: (-row[1], -row[2], row[0]))


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
