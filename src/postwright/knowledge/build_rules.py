"""Rules as they are searched. In the data a blank is a blank; compiled it is what a blank stands for."""

import re
from typing import Any

_BLANK = re.compile(r"(\[[^\]]*\]|\\.)| ([?*+])?")


def rules(raw: dict[str, Any]) -> dict[str, Any]:
    """The rules with `find` as RE2 gets it."""
    return {**raw, "rules": [_rule(rule) for rule in raw["rules"]]}


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    if "terms" not in rule:
        return rule
    return {**rule, "terms": [{**term, "find": blanks(term["find"])} for term in rule["terms"]]}


def blanks(find: str) -> str:
    """One blank stands for a run of blanks, and an optional blank for a run or none, outside brackets."""
    return _BLANK.sub(lambda match: match[1] or (" *" if match[2] in {"?", "*"} else " +"), find)
