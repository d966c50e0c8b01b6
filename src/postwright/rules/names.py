"""Abbreviations and names: what readers of another field cannot know, and one thing under two names."""

import re
from collections.abc import Iterator
from functools import cache

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, UnitKind
from postwright.knowledge.loader import load
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule
from postwright.rules.searching import spans_of
from postwright.rules.wording import findings

_MANY_FOREIGN = 5  # abbreviations of other fields in a posting (rules_quality.yaml, Q-JAR-1)
_MANY_AT_ONCE = 4  # in one line, of any field: nobody reads on
_STANDARDS = "integration"  # the layer whose abbreviations are names of messages and standards
_LONGEST = 90  # characters of words in brackets
_MOST_LETTERS = 6  # of an abbreviation whose letters may be mixed up
_STEM = 5  # letters by which a word is told from another: "Records" and "Record" are one; "Medical" is not "Medicine"

_WORDS_BEFORE = lazy_pattern(r"[A-Za-z][A-Za-z'-]*|\b[1-8]\b")
_CONNECTS = lazy_pattern(r"\b(?:interfac|integrat|interop|hl7|fhir|x12|edi\b|mirth|dicom|pacs\b)", re.IGNORECASE)
_LITTLE = frozenset({"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with", "as"})
_FIGURES = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8"}


def stale_names(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Each old name once, where it first stands."""
    first: dict[str, Hit] = {}
    for hit in context.of(rule):
        first.setdefault(hit.why, hit)
    return findings(rule, context, first.values())


def wrong_terms(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Misspelt terms, and abbreviations with words in brackets that they do not stand for."""
    yield from findings(rule, context, context.of(rule))
    if "(" in context.text:
        yield from _wrong_expansions(rule, context)


def _wrong_expansions(rule: Rule, context: Context) -> Iterator[Finding]:
    """ "HL7 (Health Layer Seven)", "Health Layer Seven (HL7)": the first letters fit, the words do not."""
    text = context.text
    at = text.find("(")
    while at >= 0:
        end = text.find(")", at, at + _LONGEST)
        if end > 0 and (found := _wrong_expansion(text, at, end)):
            span, right = found
            yield context.finding(rule, span, why=f"The letters stand for {right}.", fix=f'Write "{right}".')
        elif end > 0 and (mixed := _letters_mixed_up(text, at, end)):
            span, right = mixed
            yield context.finding(rule, span, why=f"These words are abbreviated {right}.", fix=f'Write "{right}".')
        at = text.find("(", at + 1)


def _wrong_expansion(text: str, at: int, end: int) -> tuple[Span, str] | None:
    """The place and the right words, for brackets from `at` to `end` whose words do not belong to the letters."""
    inside, before = text[at + 1 : end], text[max(0, at - _LONGEST) : at].rstrip()
    letters = before[before.rfind(" ") + 1 :].strip("*_,;:")
    known = _stands_for()
    if inside in known:
        words, meant = _words_of(before, inside, whole=False), known[inside]
        start = text.rfind(words[0], 0, at) if words else at
    elif letters in known:
        meant = known[letters]
        words = _words_of(inside, letters, whole=True) or _nearly_right(inside, meant)
        start = text.rfind(letters, 0, at)
    else:
        return None
    if not words or any(_stems(words) == _stems(_plain_words(each)) for each in meant):
        return None
    return Span(start, end + 1), meant[0]


def _nearly_right(said: str, meant: tuple[str, ...]) -> tuple[str, ...]:
    """The words of `said` if they are as many as the right ones and at least half of them the same."""
    words = _plain_words(said)
    stems = set(_stems(words))
    rights = [set(_stems(_plain_words(each))) for each in meant]
    near = any(len(stems) == len(right) > 2 and 2 * len(stems & right) >= len(right) for right in rights)
    return words if near else ()


def _letters_mixed_up(text: str, at: int, end: int) -> tuple[Span, str] | None:
    """ "Predetermined Change Control Plan (PCP)": the words are known, the letters are one off theirs."""
    written = text[at + 1 : end].removesuffix("s")
    if not (2 < len(written) <= _MOST_LETTERS and written.isupper() and written.isalpha()):
        return None
    before = text[max(0, at - _LONGEST) : at].rstrip()
    words = _plain_words(before[before.rfind("\n") + 1 :])
    for count in range(2, min(len(words), _MOST_LETTERS) + 1):
        last = words[-count:]
        meant = () if last[0].lower() in _LITTLE else _letters_of().get(tuple(_stems(last)), ())
        if meant and not _words_of(before, written, whole=False):
            right = next((right for right in meant if _one_off(written, right.upper())), None)
            return (Span(text.rfind(last[0], 0, at), end + 1), right) if right and written not in meant else None
    return None


def _one_off(written: str, right: str) -> bool:
    """The same letters in another order, or one of them missing or another."""
    if written[0] != right[0] or written == right:
        return False
    if len(written) == len(right):
        return sorted(written) == sorted(right) or sum(a != b for a, b in zip(written, right, strict=True)) == 1
    return len(written) + 1 == len(right) and any(written == right[:i] + right[i + 1 :] for i in range(len(right)))


@cache
def _letters_of() -> dict[tuple[str, ...], tuple[str, ...]]:
    """The words of every listed abbreviation, stemmed -> its letters."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    listed = [(str(entry["a"]), str(entry["exp"])) for entry in load("acronyms")["acronyms"]]
    listed += [(letters, each) for letters, ways in _stands_for().items() for each in ways]
    for letters, words in listed:
        key = tuple(_stems(_plain_words(words)))
        found[key] = (*found.get(key, ()), letters)
    return found


def _words_of(said: str, letters: str, *, whole: bool) -> tuple[str, ...]:
    """The words whose first letters are the abbreviation: all of `said`, or its last ones. Empty if they do not fit."""
    words = [word for part in _WORDS_BEFORE.findall(said) for word in part.split("-") if word]
    wanted = re.sub(r"[^a-z0-9]", "", letters.lower())
    for count in (len(words),) if whole else range(len(wanted), min(len(words), len(wanted) + 3) + 1):
        last = words[len(words) - count :]
        if last and last[0].lower() not in _LITTLE and _initials(last) == wanted:
            return tuple(last)
    return ()


def _initials(words: list[str]) -> str:
    return "".join(_FIGURES.get(word.lower(), word[0].lower()) for word in words if word.lower() not in _LITTLE)


def _plain_words(said: str) -> tuple[str, ...]:
    return tuple(word for part in _WORDS_BEFORE.findall(said) for word in part.split("-") if word)


def _stems(words: tuple[str, ...]) -> list[str]:
    """What names one thing whatever its endings, small words and British spelling."""
    plain = (word.lower().replace("ae", "e").replace("oe", "e") for word in words)
    kept = (_FIGURES.get(word, word) for word in plain)
    return [word.rstrip("s")[: _STEM + 2 * word.startswith("medic")] for word in kept if word not in _LITTLE]


@cache
def _stands_for() -> dict[str, tuple[str, ...]]:
    """Abbreviations with one meaning in this field, and every way to write it."""
    return {str(letters): tuple(words.split("|")) for letters, words in load("acronyms")["stands_for"].items()}


def mixed_record_names(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """EHR here and EMR there. "EHR/EMR" side by side means both, and is no mix."""
    ehr, emr = (
        [hit for hit in context.of(rule, name) if hit.unit and hit.unit.section is not SectionKind.ABOUT]
        for name in ("ehr", "emr")
    )
    both = {hit.unit and hit.unit.id for hit in ehr} & {hit.unit and hit.unit.id for hit in emr}
    if ehr and emr and not both:
        yield context.finding(rule, min(ehr, emr, key=len)[0].span)


def unexplained_acronyms(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Lines thick with abbreviations, and a posting with more than five from fields other than its own."""
    found = _unexplained(posting, context)
    by_unit: dict[str, list[tuple[str, Span]]] = {}
    for letters, span in found:
        unit = context.unit_at(span)
        if unit is not None and unit.kind is not UnitKind.HEADING and not context.legal(unit):
            by_unit.setdefault(unit.id, []).append((letters, span))
    thick = [line for line in by_unit.values() if _is_thick(line, context)]
    many = len({letters for letters, _ in found}) > _MANY_FOREIGN
    if not thick and by_unit and many and len(_foreign(found, context)) > _MANY_FOREIGN:
        thick = [max(by_unit.values(), key=len)]
    for line in thick:
        listed = ", ".join(dict.fromkeys(letters for letters, _ in line))
        why = f"{listed} stand here without being spelled out. Readers from another field cannot know them."
        yield context.finding(rule, Span(line[0][1].start, line[-1][1].end), why=why)


def _unexplained(posting: Posting, context: Context) -> list[tuple[str, Span]]:
    """Listed abbreviations that the posting neither expands nor puts in brackets behind their words."""
    found = [
        (span.of(context.text), span)
        for span in spans_of(_any_acronym(), context.text)
        if _stands_alone(context.text, span)
    ]
    low = context.text.lower() if found else ""
    spelled = {
        letters
        for letters in {letters for letters, _ in found}
        if _is_written_out(letters, low) or f"({letters})" in posting.source or f"{letters} (" in posting.source
    }
    return [(letters, span) for letters, span in found if letters not in spelled]


def _is_written_out(letters: str, low: str) -> bool:
    words = _acronyms()[letters][0]
    return bool(words) and words in low


def _stands_alone(text: str, span: Span) -> bool:
    """False inside a longer name: "X-ADT", "ADT1"."""
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return not any(char.isalnum() or char in "-_" for char in around)


def _is_thick(line: list[tuple[str, Span]], context: Context) -> bool:
    """Four abbreviations at once. Six if they are names of standards: who works with ADT feeds knows the letters."""
    letters = {letters for letters, _ in line}
    fields = [_acronyms()[each][1] for each in letters]
    if len(letters) < _MANY_AT_ONCE:
        return False
    if len(letters) - fields.count(_STANDARDS) >= _MANY_AT_ONCE // 2:
        return True
    return len(letters) > _MANY_FOREIGN and not _CONNECTS.search(context.posting.title)


def _foreign(found: list[tuple[str, Span]], context: Context) -> set[str]:
    own = context.scope.family_layer
    return {letters for letters, _ in found if _acronyms()[letters][1] != own}


@cache
def _acronyms() -> dict[str, tuple[str, str]]:
    """Abbreviation -> (its words in lower case if listed, its home layer), without those that need no expansion."""
    data = load("acronyms")
    common = set(map(str, data["common_no_expand"]))
    more = {str(letters): ("", layer) for layer, listed in data["letters"].items() for letters in listed}
    return more | {
        str(entry["a"]): (re.sub(r"\s*\(.*", "", str(entry["exp"])).lower(), entry["layer"])
        for entry in data["acronyms"]
        if entry["a"] not in common
    }


@cache
def _any_acronym() -> str:
    return rf"\b(?:{'|'.join(sorted(map(re.escape, _acronyms()), key=len, reverse=True))})"
