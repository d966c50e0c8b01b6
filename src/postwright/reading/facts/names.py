"""Products, standards and organisations: by the lexicon, and by their shape when no lexicon has them."""

import re
from functools import lru_cache
from typing import NamedTuple

from postwright.domain.posting import FactKind
from postwright.knowledge.loader import load
from postwright.reading.facts.lexicon import Name, names_from, word_list
from postwright.reading.facts.page import Norm, Page, pattern
from postwright.reading.ordinary import is_ordinary
from postwright.reading.searching.lazy import lazy_pattern

_PLURAL_FROM = 4  # letters a name needs to carry a plural s
_LONG_CAPITALS = 6  # letters from which capitals are shouting, not an acronym
_SENTENCE_ENDS = frozenset(".!?:;\n\r•|-([")
_AFTER_A_WORD = pattern(
    r"""\s+(?:the|an?|our|your|their|his|her|its|my|in|at|into|with|within|of|for|to|on|through|this|that|these|those|all|any|each
    |every|new|out|up|yourself|themselves|between|across|from|by|as|care|teams?\b(?!\ lead)|culture|journey|mission
    |adventure|growth|wins?|opportunit\w+|perks|scale|impact)\b"""
)
"""What follows a plain word at the start of a sentence, and no name: "Bridges the gap", "Epic culture"."""
_AFTER_A_CITY = pattern(r",\s?[A-Z]{2}\b")
_NEXT_IN_LIST = r"\s?(?:[,/);.]|and\b|or\b|$)"
_LETTER = pattern(
    rf"""(?:(?<=[,/(]\ )|(?<=[,/(])|(?<=\bor\ )|(?<=\bin\ )|(?<=\band\ ))
    (?P<listed>R|Go)(?={_NEXT_IN_LIST}|\ (?:programming|studio))
    |\b(?P<first>R|Go)(?=/[A-Z]|\s?,\s?(?:Python|SQL|SAS|Rust|Java)\b)"""
)
"""R and Go are names where a list of languages goes on around them."""

_RUN = pattern(r"(?<![\w@#/.-])[A-ZÀ-Þ][\w'&+-]*(?:\.(?=[A-Za-z])[\w'&+-]+)*(?:(?:\ of)?\ [A-ZÀ-Þ][\w'&+-]*)*")
_PART = lazy_pattern(r"[^ ]+")
_CAPITALS = lazy_pattern(r"[A-ZÀ-Þ&]{2,}s?")
_CAMEL = lazy_pattern(r"(?:[A-Z][a-z]+[A-Z]|[A-Z]{2,}[a-z]{2,}|[a-z]+[A-Z])[A-Za-z]*")
_CONTRACTION = lazy_pattern(r"(?:n't|'(?:re|ve|ll|d|m|s))$")
_SEAMS = lazy_pattern(r"[-'&+]")
_HEADS = frozenset(
    {"university", "college", "hospital", "institute", "school", "department", "bank", "board", "church", "city"}
)
_FIRM = frozenset({"inc", "llc", "ltd", "corp", "gmbh", "plc", "lp", "llp", "co"})


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def read_known_names(page: Page) -> None:
    """Names of the lexicon. Comes before codes and numbers: "EC2" and "X12" are names."""
    page.take_words(_known)
    if "R" in page.text or "Go" in page.text:
        page.take(_LETTER, lambda m: Norm(FactKind.PRODUCT, m.group().lower()))


def read_names_by_shape(page: Page) -> None:
    """Unknown names: runs of capitalised words with a word that is no ordinary one, CamelCase, capitals. Comes last."""
    for run in _RUN().finditer(page.text):
        _read_run(page, run)


def _known(text: str, low: str, word: re.Match[str]) -> Norm | None:
    for name in names_from(word.group()):
        start = word.start() - name.shift
        end = start + len(name.low)
        if start < 0 or not low.startswith(name.low, start) or (name.exact and text[start:end] != name.exact):
            continue
        end = _word_end(low, end, name)
        inside = start and low[start].isalnum() and low[start - 1].isalnum()
        if end and not inside and _is_name_here(text, start, end, name):
            return Norm(name.kind, name.norm, start, end)
    return None


def _word_end(low: str, end: int, name: Name) -> int:
    """Where the name ends as a word, a plural s included, or 0 when it is only a piece of one."""
    if end == len(low) or not low[end - 1].isalnum() or not low[end].isalnum():
        return end
    plural = low[end] == "s" and (end + 1 == len(low) or not low[end + 1].isalnum())
    return end + 1 if plural and len(name.low) >= _PLURAL_FROM else 0


def _is_name_here(text: str, start: int, end: int, name: Name) -> bool:
    """A name that may be a plain word is read as one at the start of a sentence before "the", "in", "your"..."""
    if not name.wordy:
        return True
    before = text[max(0, start - 40) : start].rstrip(" \t\x1f\x1e")[-1:]
    starts = not before or before in _SENTENCE_ENDS
    return not (starts and _AFTER_A_WORD().match(text, end)) and not _AFTER_A_CITY().match(text, end)


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Capitals that are no names: everyday abbreviations, and acronyms that a rewording may spell out or introduce."""
    known = load("acronyms")
    acronyms = (entry["a"] for entry in known["acronyms"])
    return word_list("everyday") | word_list("plain_words") | frozenset((*acronyms, *known["common_no_expand"]))


def _read_run(page: Page, run: re.Match[str]) -> None:
    """Splits a run of capitalised words at acronyms and CamelCase, which are names of their own."""
    title: list[_Word] = []
    for part in _PART.finditer(run.group()):
        text = part.group().rstrip("'&+-.").removesuffix("'s")
        start = run.start() + part.start()
        word = _Word(text, start, start + len(text))
        if not _is_coined(text):
            title.append(word)
            continue
        _put_title(page, title)
        title = []
        if not _is_everyday(text):
            page.put(FactKind.PRODUCT, _singular(text).lower(), word.start, word.end)
    _put_title(page, title)


def _singular(word: str) -> str:
    """ "KPIs" without its s; "TTS" keeps it."""
    return word.removesuffix("s") if word[:-1].isupper() else word


def _is_coined(word: str) -> bool:
    """True for short capitals and CamelCase; long capitals are shouting."""
    if _CAPITALS.fullmatch(word):
        return len(word) < _LONG_CAPITALS and word.lower() not in _FIRM
    return _CAMEL.fullmatch(word) is not None


def _is_everyday(word: str) -> bool:
    return not _everyday().isdisjoint((word, _singular(word))) or (word.isupper() and is_ordinary(word.lower()))


def _put_title(page: Page, words: list[_Word]) -> None:
    """Capitalised words in a row are a name when one is no ordinary word; ordinary ones before it do not count."""
    firm = bool(words) and words[-1].text.lower() in _FIRM
    first, last = 0, len(words)
    while first < last and (words[first].text == "of" or not (firm or _tells(words, first))):
        first += 1
    while last > first and words[last - 1].text == "of":
        last -= 1
    if last - first > 1:
        norm = " ".join(word.text.lower() for word in words[first:last])
        page.put(FactKind.ORGANISATION, norm, words[first].start, words[last - 1].end)


def _tells(words: list[_Word], place: int) -> bool:
    """True for a word that makes a name: no ordinary one, or the head of a name ("University of Bellwether")."""
    if not _is_plain(words[place].text):
        return True
    heads = words[place].text.lower() in _HEADS and place + 2 < len(words) and words[place + 1].text == "of"
    return heads and not _is_plain(words[place + 2].text)


def _is_plain(word: str) -> bool:
    low = _CONTRACTION.sub("", word.lower())
    return is_ordinary(low) or len(low) < 3 or all(is_ordinary(part) for part in _SEAMS.split(low) if part)
