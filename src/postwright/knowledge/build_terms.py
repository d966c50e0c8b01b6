"""Shapes the six taxonomies and the tables of ambiguous aliases into the one file that a cold start needs.

Compiled form, all indexes into `skills` or `rules`:
  skills  [[id, name, group, kind], ...]
  aliases [[alias, exact 0|1, [skills], rule or -1], ...]    every spelling once, shared aliases with all their skills
  by_word {word: [index of an alias, ...]}                   the aliases by their first word, in lower case
  rules   [[scope, default, [[sense, any-case cue, exact cue, holds], ...]], ...]
          scope 0 sentence, 1 near, 2 text; sense and default: -1 no term, -2 the alias's own skills, else a skill;
          holds: texts in lower case, one of which stands wherever the cue does; empty when none could be found
"""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

_PARSER: Any = import_module("re._parser")  # the standard library's reader of patterns has no public name any more

SCOPES = {"sentence": 0, "near": 1, "text": 2}
NONE, OWN = -1, -2
GROUPS = ("infrastructure", "applied_llm", "clinical", "integration", "compliance", "ml_research")
"""Order in which a shared alias falls to a group when nothing around it decides: the plainest reading first."""

_SHORT = 4  # aliases up to this length match their case exactly (the taxonomies' `matching`)


def terms(raw: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    skills = [(skill, group) for group in GROUPS for skill in raw[f"taxonomy_{group}"]["skills"]]
    number = {skill["id"]: index for index, (skill, _) in enumerate(skills)}
    names = {skill["name"]: index for index, (skill, _) in enumerate(skills)}
    cues = raw["term_cues"]
    senses = _Senses(number, names, cues["senses"])
    rules, rule_of = _rules(raw["ambiguous_aliases"]["aliases"], cues["rules"], senses)
    aliases: dict[str, tuple[bool, list[int], int]] = {}
    for index, (skill, _) in enumerate(skills):
        marked = set(map(str, skill.get("ambiguous", ())))
        exact = set(map(str, skill.get("case_sensitive", ())))
        for alias in map(str, skill["aliases"]):
            if alias in marked and alias not in rule_of:
                msg = f"{alias} ({skill['id']}) is ambiguous, but no rule says how to read it"
                raise ValueError(msg)
            known = aliases.setdefault(alias, (alias in exact or len(alias) <= _SHORT, [], rule_of.get(alias, -1)))
            known[1].append(index)
    for extra in cues["extra"]:
        alias = extra["alias"]
        aliases[alias] = (bool(extra["exact"]), [number[extra["skill"]]], rule_of.get(alias, -1))
    return {
        "skills": [[skill["id"], skill["name"], group, skill["kind"]] for skill, group in skills],
        "aliases": [[alias, int(exact), own, rule] for alias, (exact, own, rule) in sorted(aliases.items())],
        "by_word": _by_first_word(sorted(aliases)),
        "rules": rules,
        "caps_words": cues["caps_words"],
    }


def _by_first_word(aliases: list[str]) -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for index, alias in enumerate(aliases):
        first = re.search(r"[^\W_]+", alias.lower())
        if first is None or not first.group().isascii():
            msg = f"the alias {alias!r} does not begin with a word in ASCII"
            raise ValueError(msg)
        table.setdefault(first.group(), []).append(index)
    return table


class _Senses:
    """What the reading of a rule means: a skill, the alias's own skills, or no term at all."""

    def __init__(self, number: Mapping[str, int], names: Mapping[str, int], table: Mapping[str, str | None]) -> None:
        self._number = {**names, **number, "own": OWN, "none": NONE}
        self._table = table

    def of(self, reading: str) -> int:
        named = self._table.get(reading, reading)
        return self._number.get(named, NONE) if named else NONE


def _rules(
    published: list[dict[str, Any]], own: list[dict[str, Any]], senses: _Senses
) -> tuple[list[list[Any]], dict[str, int]]:
    """All rules, and the rule of each alias. Own rules outrank the published table."""
    rules: list[list[Any]] = []
    rule_of: dict[str, int] = {}
    for entry in (*published, *own):
        readings = entry.get("readings", [])
        default = senses.of(entry.get("default", "none"))
        shaped = [[senses.of(reading["r"]), *_cue(reading["cue"])] for reading in readings]
        for alias in _aliases_of(entry["a"]):
            rule_of[alias] = len(rules)
        rules.append([SCOPES[entry.get("scope", "text")], default, shaped])
    return rules, rule_of


def _aliases_of(named: str | list[str]) -> Iterator[str]:
    if isinstance(named, list):
        yield from map(str, named)
    else:
        yield from (alias.strip() for alias in re.split(r"[|/](?![^(]*\))", named))


def _cue(cue: str | list[str]) -> tuple[str, str, list[str]]:
    """A cue as two patterns: alternatives for any case, and capitals that match exactly and as whole words.

    With them what each alternative must hold.
    """
    loose, exact = [], []
    for alternative in _alternatives(cue) if isinstance(cue, str) else cue:
        text = alternative.strip(" ") if alternative.isupper() else alternative
        if re.fullmatch(r"[A-Z][A-Z0-9&/-]{1,4}", text):
            exact.append(rf"\b{text}\b")
        else:
            loose.append(rf"\b{text}" if re.match(r"\w", text) else text)
    held = sorted({_held(pattern) for pattern in (*loose, *exact)})
    return "|".join(loose), "|".join(exact), held if all(held) else []


def _held(pattern: str) -> str:
    """The longest plain text that stands in every match of a pattern, in lower case."""
    runs = [""]
    for op, value in _PARSER.parse(pattern):
        if str(op) == "LITERAL" and chr(value).isascii():
            runs[-1] += chr(value).lower()
        elif str(op) != "AT":  # a word edge takes no room
            runs.append("")
    return max(runs, key=len)


def _alternatives(cue: str) -> list[str]:
    """Splits at the outermost bars: a bar in brackets belongs to its alternative."""
    parts, depth = [""], 0
    for char in cue:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts
