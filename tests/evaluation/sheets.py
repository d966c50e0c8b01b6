"""Which measures stand in which table, under which heads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table by cases. `group` is set above it and its right neighbours of the same group."""

    head: str
    metric: str
    group: str = ""
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    columns: tuple[Column, ...]


SHEETS = (
    Sheet(
        "The books",
        (
            Column("held", "balanced"),
            Column("written", "written", "lines"),
            Column("blocked", "blocked", "lines"),
            Column("repaired", "repaired", "lines"),
            Column("withdrawn", "withdrawn", "lines"),
            Column("faults", "unplaced"),
            Column("restored", "restored"),
            Column("harm", "harm"),
        ),
    ),
    Sheet(
        "What was said",
        (
            Column("rules", "rules_said", "findings"),
            Column("model", "model_said", "findings"),
            Column("dismissed", "dismissed", "findings"),
            Column("all", "quotes", "quotes"),
            Column("verbatim", "verbatim", "quotes"),
            Column("withheld", "withheld", "remarks"),
        ),
    ),
    Sheet(
        "Gold key",
        (
            Column("planted", "planted", "defects, found by"),
            Column("rules", "by_rules", "defects, found by"),
            Column("model", "by_model", "defects, found by"),
            Column("either", "by_both", "defects, found by"),
            Column("waived", "waived"),
            Column("set", "traps", "traps, flagged by"),
            Column("rules", "flagged_by_rules", "traps, flagged by"),
            Column("model", "flagged_by_model", "traps, flagged by"),
        ),
    ),
    Sheet(
        "The settled text",
        (
            Column("before", "coverage_before", "coverage 0 to 4", digits=1),
            Column("own", "coverage_own", "coverage 0 to 4", digits=1),
            Column("all", "coverage_all", "coverage 0 to 4", digits=1),
            Column("before", "musts_before", "must-haves"),
            Column("after", "musts_after", "must-haves"),
            Column("before", "grade_before", "school grade", digits=1),
            Column("after", "grade_after", "school grade", digits=1),
            Column("before", "words_before", "words"),
            Column("after", "words_after", "words"),
        ),
    ),
    Sheet(
        "Change and cost",
        (
            Column("kept", "kept", "% of words"),
            Column("out", "left_out", "% of words"),
            Column("decisions", "decisions"),
            Column("requests", "requests"),
            Column("fresh", "tokens_fresh", "tokens"),
            Column("cached", "tokens_cached", "tokens"),
            Column("out", "tokens_out", "tokens"),
            Column("US ¢", "cents", digits=2),
        ),
    ),
)
