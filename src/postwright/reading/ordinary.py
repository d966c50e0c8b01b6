"""Tells ordinary English words from names: a run of capitalised words that are all ordinary is a heading."""

from functools import lru_cache

from postwright.knowledge.loader import load

_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "ment", "ments", "ies", "ied")


@lru_cache(maxsize=8192)
def is_ordinary(word: str) -> bool:
    """True for a word of the list, or one that ends in one or two inflections of such. `word` is in lower case."""
    words = _words()
    return word in words or any(base in words for once in _bases(word) for base in (once, *_bases(once)))


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(load("ordinary_words")["words"].split())


def _bases(word: str) -> list[str]:
    """What the word may be an inflection of: "studies" of "stud", "studie", "study"."""
    bases = []
    for ending in _ENDINGS:
        base = word[: -len(ending)]
        if not word.endswith(ending) or len(base) < 3:
            continue
        bases += [base, f"{base}e"]
        if ending in {"ies", "ied"}:
            bases.append(f"{base}y")
        if base[-1] == base[-2]:
            bases.append(base[:-1])
    return bases
