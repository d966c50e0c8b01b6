"""The suite's own reading of words and numbers: shares no code with the product, so both cannot be wrong alike."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)
_NUMBER = re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s?(k|m|million|thousand)?\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-"})

_LISTS = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
FRAME = frozenset(_LISTS["frame"].split())
_SAME: dict[str, str] = _LISTS["same"]
_ODD: dict[str, str] = _LISTS["odd"]
_SUFFIXES: list[str] = _LISTS["suffixes"].split()
_MONTHS: list[str] = _LISTS["months"].split()
_NUMBER_WORDS: dict[str, int] = (
    {word: value for value, word in enumerate(_LISTS["numbers"].split())}
    | {word: 10 * value for value, word in enumerate(_LISTS["tens"].split(), 2)}
    | {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "twice": 2, "thrice": 3}
)
_SCALES = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000}


def fold(text: str) -> str:
    """Text as two readers would agree it reads: one kind of quote, dash and blank, no case, no Markdown escapes."""
    text = unicodedata.normalize("NFKC", _ESCAPE.sub(r"\1", text)).translate(_ALIKE)
    return " ".join(text.casefold().split())


@cache
def stem(word: str) -> str:
    """A blunt root: 'managing', 'manages' and 'management' agree. Never shorter than three letters."""
    word = fold(word).removesuffix("'s").removesuffix("'")
    word = _SAME.get(word, word)
    word = _ODD.get(word, word)
    for _ in range(2):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                word = word[: -len(suffix)]
                break
        else:
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def content(text: str) -> list[str]:
    """The words of a text that claim something, in order, as written."""
    return [
        word
        for word in _WORD.findall(unicodedata.normalize("NFKC", text))
        if len(word) > 1 and fold(word) not in FRAME and fold(word) not in _NUMBER_WORDS
    ]


def stems(text: str) -> set[str]:
    """Roots of all words of a text, frame words too: what a draft's word may lean on."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text))
    return {stem(word) for word in found} | {stem(part) for word in found for part in re.split("['’]", word)}


def numbers(text: str) -> set[str]:
    """Every number a text states, in figures or in words, as plain decimals. 'one' and ordinals are no statement."""
    found = set()
    for figure, scale in _NUMBER.findall(unicodedata.normalize("NFKC", text)):
        value = float(figure.replace(",", ""))
        found.add(f"{value * _SCALES.get(scale.lower(), 1):.10g}")
    return found | _spoken(text)


def _spoken(text: str) -> set[str]:
    """Numbers in words, and month names as the number of the month."""
    found, total = set(), 0
    for word in [*re.findall(r"[a-z]+", fold(text)), ""]:
        value = _NUMBER_WORDS.get(word)
        if value is None:
            if total > 1:
                found.add(f"{total:.10g}")
            total = 0
        else:
            total = max(total, 1) * value if value >= 100 else total + value
        if word in _MONTHS and word != "may":
            found.add(str(_MONTHS.index(word) % 12 + 1))
    return found
