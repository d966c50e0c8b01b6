"""Rules as they are searched: a blank is what it stands for, and long alternatives are terms of their own.

A pattern is compiled and searched when the words of a line allow it: of alternatives apart, those alone that may match.
Texts that show what a rule finds are a file of their own: a check does without them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_BLANK = re.compile(r"(\[[^\]]*\]|\\.)| ([?*+])?")
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
_TEXTS = ("flags", "allows")
_LONG = 40  # characters of an alternative; shorter ones stay together


def rules(raw: dict[str, Any]) -> dict[str, Any]:
    """The rules, each term with the patterns that are searched for it as `finds`."""
    return {"meta": raw["meta"], "rules": [_rule(rule, raw["parts"]) for rule in raw["rules"]]}


def rule_texts(raw: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """By rule, the texts in which it must find something (`flags`) and those in which it must not (`allows`)."""
    return {rule["id"]: {kind: rule[kind] for kind in _TEXTS} for rule in raw["rules"]["rules"]}


def _rule(rule: dict[str, Any], parts: Mapping[str, str]) -> dict[str, Any]:
    own = {key: value for key, value in rule.items() if key not in _TEXTS}
    if "terms" in own:
        own["terms"] = [_term(term, parts) for term in rule["terms"]]
    return own


def _term(term: dict[str, Any], parts: Mapping[str, str]) -> dict[str, Any]:
    shared = {key: value for key, value in term.items() if key != "find"}
    return {"finds": finds(term["find"], parts), **shared}


def finds(find: str, parts: Mapping[str, str]) -> list[str]:
    """The patterns of a term: short alternatives as one, each long one by itself. `<name>` stands for a part."""
    for name, part in parts.items():
        find = find.replace(f"<{name}>", part)
    ways = list(_ways(blanks(find)))
    short = [way for way in ways if len(way) < _LONG]
    return [*(["|".join(short)] if short else []), *(way for way in ways if len(way) >= _LONG)]


def _ways(find: str) -> Iterator[str]:
    """The alternatives of a pattern, as they stand."""
    depth = start = 0
    for token in _TOKEN.finditer(find):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if token.group() == "|" and not depth:
            yield find[start : token.start()]
            start = token.end()
    yield find[start:]


def blanks(find: str) -> str:
    """One blank stands for a run of blanks, and an optional blank for a run or none, outside brackets."""
    return _BLANK.sub(lambda match: match[1] or (" *" if match[2] in {"?", "*"} else " +"), find)
