"""Rules as they are searched: a blank is what it stands for, and long alternatives are terms of their own.

A pattern is compiled and searched when the words of a line allow it: of alternatives apart, those alone that may match.
Texts that show what a rule finds are a file of their own: a check does without them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_BLANK = re.compile(r"(\[[^\]]*\]|\\.)| ([?*+])?")
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
_TEXTS = ("flags", "allows", "terms")
_FIELDS = {"name": "", "cased": False, "except": "", "unless": "", "near": "", "to": None, "why": "", "legal": False}
"""What a term may say beside what it finds, in the order of `rules.rule.Term`, and what stands for nothing."""
_TIMES = frozenset("?*+{")
_LONG = 40  # characters of an alternative; shorter ones stay together
_SHELL = 32  # characters that may stand around a group for its alternatives to be parted
_PARTED = 200  # characters of a group that is worth it


def rules(raw: dict[str, Any]) -> dict[str, Any]:
    """The rules without their terms: `terms` tells the first and last number of these in `rule_terms`."""
    out, end = [], 0
    for rule in raw["rules"]:
        start, end = end, end + sum(len(finds(term["find"], raw["parts"])) for term in rule.get("terms", ()))
        own = {key: value for key, value in rule.items() if key not in _TEXTS}
        out.append({**own, "terms": [start, end]})
    return {"meta": raw["meta"], "rules": out}


def rule_terms(raw: Mapping[str, dict[str, Any]]) -> Iterator[list[Any]]:
    """Every term as it is searched, in the order of the rules: its pattern, and what else `_FIELDS` lists."""
    parts = raw["rules"]["parts"]
    for rule in raw["rules"]["rules"]:
        for term in rule.get("terms", ()):
            shared = _shared({"legal": rule.get("legal", False), **term})
            yield from ([find, *shared] for find in finds(term["find"], parts))


def _shared(term: Mapping[str, Any]) -> list[Any]:
    """What the patterns of a term have in common, up to the last field that says something."""
    values = [term.get(field, nothing) for field, nothing in _FIELDS.items()]
    said = [number for number, field in enumerate(_FIELDS, start=1) if values[number - 1] != _FIELDS[field]]
    return values[: max(said, default=0)]


def rule_texts(raw: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """By rule, the texts in which it must find something (`flags`) and those in which it must not (`allows`)."""
    return {rule["id"]: {kind: rule[kind] for kind in ("flags", "allows")} for rule in raw["rules"]["rules"]}


def finds(find: str, parts: Mapping[str, str]) -> list[str]:
    """The patterns of a term: short alternatives as one, each long one by itself. `<name>` stands for a part."""
    for name, part in parts.items():
        find = find.replace(f"<{name}>", part)
    return _apart([part for way in _ways(blanks(find)) for part in _members(way)])


def _apart(ways: list[str]) -> list[str]:
    """Short ways as one, each long one by itself."""
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


def _members(way: str) -> list[str]:
    """What a way that is hardly more than one group of alternatives stands for: these apart, or else the way itself."""
    start, end = max(_groups(way), key=lambda group: group[1] - group[0], default=(0, 0))
    before, after = way[:start], way[end:]
    if end - start < _PARTED or len(before + after) > _SHELL or not way.startswith("(?:", start) or after[:1] in _TIMES:
        return [way]
    return [f"{before}(?:{member}){after}" for member in _apart(list(_ways(way[start + 3 : end - 1])))]


def _groups(find: str) -> Iterator[tuple[int, int]]:
    """From where to where the groups of a pattern stand that stand in no other."""
    depth = start = 0
    for token in _TOKEN.finditer(find):
        if token.group() == "(":
            start = start if depth else token.start()
            depth += 1
        elif token.group() == ")":
            depth -= 1
            if not depth:
                yield start, token.end()


def blanks(find: str) -> str:
    """One blank stands for a run of blanks, and an optional blank for a run or none, outside brackets."""
    return _BLANK.sub(lambda match: match[1] or (" *" if match[2] in {"?", "*"} else " +"), find)
