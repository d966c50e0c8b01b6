"""Which language a posting is written in, by a vote of stop words. Seven languages; English when nothing decides."""

from collections import Counter
from itertools import islice

from postwright.reading.searching.lazy import lazy_pattern

_LETTERS = lazy_pattern(r"[^\W\d_]+")

_STOP_WORDS = {
    "en": "the and of to in with for you our we is will are that this your have from or be as an on by at",
    "de": "der die das und zu den mit von für ein eine ist im dem nicht sich auf sie wir werden bei sowie oder zur",
    "fr": "le la les des et un une du au aux est dans pour vous nous avec sur votre notre qui que ou par sont",
    "es": "el los las y una del para con por que se su es como más nuestro tu sus al lo trabajo o e",
    "pt": "o os as e uma do da dos das para com por que em no na um mais nosso você ao seu é são",
    "it": "il lo gli e una del della dei per con che di nel alla sono nostro più come al le è i delle",
    "nl": "de het een en van met voor je wij zijn ons onze naar dat aan bij ook te niet wordt als jij op",
}
_VOTES: dict[str, list[str]] = {}
for _code, _words in _STOP_WORDS.items():
    for _word in _words.split():
        _VOTES.setdefault(_word, []).append(_code)

_ONLY_LETTERS = "".join(chr(code) if chr(code).isalpha() else " " for code in range(128))
"""Blanks for all of ASCII that is no letter: five times as fast as the pattern."""
_MARKS = "\u2019\u2018\u201c\u201d\u2013\u2014\u2022\u2026\u00a0"  # all that keeps most English texts from being ASCII

_ENOUGH = 600  # words: more change no vote
_LONG_ENOUGH = 5_000  # characters: they hold as many words as are read, mostly
_SURE = 5  # votes: with fewer nothing is known


def _first_words(text: str) -> list[str]:
    plain = text[:_LONG_ENOUGH]
    for mark in _MARKS if not plain.isascii() else "":
        plain = plain.replace(mark, " ")
    words: list[str] = plain.translate(_ONLY_LETTERS).split() if plain.isascii() else _LETTERS.findall(plain)
    if len(words) <= _ENOUGH and len(text) > _LONG_ENOUGH:  # the last one may be cut, and there may be more
        words = [found.group() for found in islice(_LETTERS.finditer(text), _ENOUGH)]
    return words[:_ENOUGH]


def language_of(text: str) -> str:
    """ISO 639-1 code (en, de, fr, es, pt, it, nl) of the language with most stop words among the first 600 words."""
    votes = dict.fromkeys(_STOP_WORDS, 0)
    for word, times in Counter(filter(_VOTES.__contains__, map(str.lower, _first_words(text)))).items():
        for code in _VOTES[word]:
            votes[code] += times
    best = max(votes, key=lambda code: votes[code])
    return best if votes[best] >= _SURE else "en"
