"""How data files are reshaped when they are compiled. A file that is not named here is compiled as it stands.

`SHAPES` maps a data file's name to a function of its content; `DERIVED` maps a new name to a function of all data,
and `LINES` one to a function that gives what stands on a line each, to be read a few at a time.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from postwright.knowledge.build_needs import needs
from postwright.knowledge.build_rules import rule_terms, rule_texts, rules
from postwright.knowledge.build_synonyms import synonyms
from postwright.knowledge.build_terms import terms

Piece = dict[str, Any]

SHAPES: dict[str, Callable[[Piece], Piece]] = {"rules": rules}

DERIVED: dict[str, Callable[[Mapping[str, Piece]], Piece]] = {
    "needs": needs,
    "rule_texts": rule_texts,
    "terms": terms,
    "synonym_map": synonyms,
}

LINES: dict[str, Callable[[Mapping[str, Piece]], Iterable[object]]] = {"rule_terms": rule_terms}
