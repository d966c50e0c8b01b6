"""Names of products, standards and organisations, as a table to look words up in.

A fact must not depend on the words around it, so ambiguous aliases of the taxonomies are not read by their company:
an alias that is a name by its capitals is a fact, and what may be a plain word at the start of a sentence is `wordy`.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from postwright.domain.posting import FactKind
from postwright.knowledge.loader import load
from postwright.reading.ordinary import is_ordinary
from postwright.reading.searching.lazy import lazy_pattern


class Name(NamedTuple):
    """`low` is the name in lower case; `exact` its spelling when capitals count, else empty."""

    low: str
    exact: str
    kind: FactKind
    norm: str
    wordy: bool  # may also be a plain word when it starts a sentence ("Bridges the gap")
    shift: int  # characters before its first letter or figure (".NET" has one)


class _Listed(NamedTuple):
    """An alias as the taxonomies have it, not yet judged."""

    text: str
    exact: bool
    kinds: tuple[str, ...]
    ambiguous: bool


_KINDS = {"std": FactKind.STANDARD, "reg": FactKind.STANDARD, "term": FactKind.STANDARD}
_KINDS |= {"prod": FactKind.PRODUCT, "tool": FactKind.PRODUCT}
_SKIPPED_KINDS = frozenset({"cred", "edu"})  # read by `credentials`
_CONNECTORS = frozenset({"on", "for", "of", "by", "and", "the"})
_FAMILY = frozenset(
    {
        "AI",
        "LLM",
        "LLMs",
        "EHR",
        "EMR",
        "API",
        "APIs",
        "ML",
        "GPU",
        "IT",
        "CI",
        "CD",
        "SQL",
        "PHI",
        "AMA",
        "CDS",
        "HL7",
        "BAA",
    }
    | {"US", "SOP", "SOPs", "QMS", "UAT"}
)
"""Capitals that make no name of an ordinary word beside them: "AI governance"."""

_TOKEN = lazy_pattern(r"[^\W_]+(?:[.'+#-]+[^\W_]*)*|[.$+#]\S*")
_WORD = lazy_pattern(r"[^\W_]+")
_CAMEL = lazy_pattern(r"[a-z].*[A-Z]|^[A-Z][a-z]")
_BY_NUMBER = lazy_pattern(
    r"ISO|IEC|IEEE|AAMI|BS|UL|NIST (?:SP )?8|SP|HL7 ?[v2]|FHIR (?:R|D?STU)|SOC|ICD|HITRUST [rie]|OAuth|USCDI v|Part|"
    r"\d+ CFR"
)
"""Standards that `standards` reads by their pattern."""


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of `knowledge/data/fact_names.yaml`."""
    words: str | list[str] = load("fact_names")[name]
    return frozenset(words.split() if isinstance(words, str) else words)


@cache
def names_from(word: str) -> tuple[Name, ...]:
    """The names that begin with `word` (in lower case), longest first. Judged when first asked for, to start fast."""
    listed, _ = _aliases()
    names = [name for place in listed.get(word, ()) if (name := _judged(_alias(place))) is not None]
    names.extend(_more().get(word, ()))
    return tuple(sorted(names, key=lambda name: -len(name.low)))


@lru_cache(maxsize=1)
def _aliases() -> tuple[dict[str, list[int]], frozenset[str]]:
    """The places of all aliases in the taxonomies by their first word, and all their spellings."""
    terms = load("terms")
    return terms["by_word"], frozenset(alias[0] for alias in terms["aliases"])


def _alias(place: int) -> _Listed:
    terms = load("terms")
    text, exact, skills, rule = terms["aliases"][place]
    return _Listed(text, bool(exact), tuple(terms["skills"][skill][3] for skill in skills), rule >= 0)


@lru_cache(maxsize=1)
def _more() -> dict[str, list[Name]]:
    """The names that the taxonomies lack, by their first word."""
    known = load("fact_names")
    table: dict[str, list[Name]] = {}
    for kind, written in known["more"].items():
        for text in written.split():
            name = _named(text, FactKind(kind), exact=True, wordy=text in word_list("wordy"))
            table.setdefault(_WORD.findall(name.low)[0], []).append(name)
    for text, kind in known["spelled"].items():
        table.setdefault(text.split(" ", 1)[0], []).append(_named(text, FactKind(kind), exact=False, wordy=False))
    return table


def _judged(alias: _Listed) -> Name | None:
    kind = _fact_kind(alias)
    text = alias.text
    if kind is None or _is_two_names(text):
        return None
    plain = text.istitle() and text.isalpha()
    wordy = plain and (alias.ambiguous or text in word_list("words_too") or is_ordinary(text.lower()))
    exact = alias.exact or alias.ambiguous or wordy or text in word_list("words_too") or text in word_list("kept")
    return _named(text, kind, exact=exact, wordy=wordy)


def _named(text: str, kind: FactKind, *, exact: bool, wordy: bool) -> Name:
    low = text.lower()
    first = _WORD.search(low)
    return Name(low, text if exact else "", kind, norm_of(low), wordy, first.start() if first else 0)


def norm_of(low: str) -> str:
    """The one spelling of a name in lower case: true synonyms share it, different products never do."""
    norm: str = load("fact_names")["same"].get(low) or load("synonym_map")["map"].get(low, low)
    return norm


def _fact_kind(alias: _Listed) -> FactKind | None:
    """The kind of fact an alias is, or None for a concept, a credential, a phrase or a bare figure."""
    text = alias.text
    listed = [_KINDS[kind] for kind in alias.kinds if kind in _KINDS]
    if text in word_list("kept") or text in word_list("lower_names"):
        return listed[0] if listed else FactKind.PRODUCT
    tokens = _TOKEN.findall(text)
    if _is_no_name(text, tokens):
        return None
    if listed:
        return None if len(tokens) > 1 and all(t in _FAMILY or is_ordinary(t.lower()) for t in tokens) else listed[0]
    if _SKIPPED_KINDS.issuperset(alias.kinds) or not _CAMEL.search(text) or _FAMILY.intersection(tokens):
        return None
    return FactKind.PRODUCT if alias.ambiguous or not all(is_ordinary(token.lower()) for token in tokens) else None


def _is_no_name(text: str, tokens: list[str]) -> bool:
    """True for everyday words and abbreviations, phrases with words in small letters, and what other readers read."""
    everyday = not word_list("plain_words").isdisjoint((text, tokens[0]))
    if everyday or not any(map(str.isupper, text)) or _BY_NUMBER.match(text):
        return True
    parts = [part for token in tokens for part in token.split("-")]
    return any(part.isalpha() and part.islower() and part not in _CONNECTORS and len(part) > 1 for part in parts)


def _is_two_names(text: str) -> bool:
    """ "Epic Clarity" is Epic and Clarity: two facts, so that either may be said alone."""
    first, _, rest = text.partition(" ")
    _, spellings = _aliases()
    return bool(rest) and first in spellings and rest in spellings and text.lower() not in load("fact_names")["same"]
