"""Words as the fidelity check sees them: folded, stemmed, and told apart into content, frame and operators."""

import re
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from postwright.domain.posting import Span
from postwright.knowledge.loader import load

_FOLDS = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2007": " ",
    }
)

# "C++", "C#", ".NET" and "R&D" are words; "non-profit" is one word so that its "non" negates nothing.
# "As well" is one, so that it is told apart from "you know it well".
_WORD = re.compile(
    r"as well(?: as)?\b|(?:non-)[^\W_]+|[^\W\d_]&[^\W\d_]\b|\.net\b|c\+\+|[cf]#|[^\W_]+(?:'[^\W_]+)*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as folded, its stem, and where it stands in the text it was read from."""

    text: str
    stem: str
    span: Span


def fold(text: str) -> str:
    """Lower case, straight quotes, plain hyphens and blanks. Keeps the length, so that offsets stay true."""
    folded = text.translate(_FOLDS)
    lowered = folded.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


def squeeze(text: str) -> str:
    """Folded, with runs of white space as one blank: the form in which two texts are the same words."""
    return " ".join(fold(text).split())


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=1)
def _own_stems() -> dict[str, str]:
    return dict(load("words")["stems"])


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The form that inflections of a folded word share. Our own table first, then Snowball English.

    A word that the table maps to itself is its own stem; one that it maps to another has that word's stem.
    """
    word = word.removesuffix("'s").replace("non-", "non")
    own = _own_stems().get(word, "")
    if own == word:
        return own
    return stem(own) if own else str(_stemmer().stemWord(word))


@lru_cache(maxsize=2048)  # a sentence is looked at a dozen times: as a source, as a line, beside its neighbours
def words(text: str) -> tuple[Word, ...]:
    folded = fold(text)
    return tuple(Word(m.group(), stem(m.group()), Span(m.start(), m.end())) for m in _WORD.finditer(folded))


@lru_cache(maxsize=1)
def frame_words() -> frozenset[str]:
    """The published list: words a rewording may add (design section 2, I2)."""
    return frozenset(word for group in load("words")["frame"].values() for word in group)


@lru_cache(maxsize=1)
def operator_words() -> frozenset[str]:
    """Words checked by clause or by strength, so neither free nor content."""
    data = load("words")
    single = [*data["negations"], *data["only"], *data["strength"]]
    single += [word for word in data["exceptions"] if " " not in word]
    return frozenset(single)


def is_content(word: Word) -> bool:
    """True for a word that carries meaning of its own: neither frame, nor operator, nor a number, nor one letter."""
    if word.text in frame_words() or word.text in operator_words():
        return False
    return len(word.text) > 1 and not word.text[0].isdigit() and word.text.removesuffix("'s") not in frame_words()


@lru_cache(maxsize=2048)
def content(text: str) -> tuple[Word, ...]:
    return tuple(word for word in words(text) if is_content(word))
