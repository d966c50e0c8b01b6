"""Which words of a text hang together: verbs and their two sides, what binds a word, who owns, who is given what.

Each function reads source and rewording alike; words that hang on others than in the source say something else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from postwright.domain.posting import Span
from postwright.knowledge.loader import load
from postwright.reading.meaning.clauses import CELL_END, CLAUSE_END, cut, inside_each
from postwright.reading.meaning.words import Word, content, fold, is_content, stem, words

_STEP_END = re.compile(r",|\b(?:and|or|plus|then|nor)\b|&|\s/\s")
"""As between cells, but "AI/ML research" is one thing that something is done to."""
_NOUN_AFTER = frozenset(("is", "are", "was", "were", "of", "for", "has", "have", "will"))
_OBJECTS = frozenset(("us", "you"))
_EACH = frozenset(("each", "every"))
_BEING = frozenset(("am", "is", "are", "was", "were", "be", "been", "being"))
_RELATIVE = frozenset(("that", "which", "who"))
_ARTICLES = frozenset(("a", "an", "the"))
_BEFORE_NOUNS = _ARTICLES | {"our", "your", "their", "its", "his", "her"}


@dataclass(frozen=True, slots=True)
class Relation:
    """A verb with two sides that may not trade places. Passive is turned round: "X managed by Y" is "Y manage X"."""

    verb: str
    doer: frozenset[str]
    done_to: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """A list piece by its first content word (a verb, mostly) and the rest; `opens`: no word but an article before."""

    verb: str
    rest: frozenset[str]
    opens: bool


@lru_cache(maxsize=4096)
def relations(text: str) -> tuple[Relation, ...]:
    """The two-sided verbs of a text with the content words right before and right behind them."""
    verbs = frozenset(stem(verb) for verb in load("words")["relations"])
    folded = fold(text)
    clauses = cut(folded, CLAUSE_END, Span(0, len(folded)))
    pieces = [piece for clause in clauses for piece in cut(folded, CELL_END, clause)]
    result = []
    for inside in inside_each(pieces, words(text)):
        for i, word in enumerate(inside):
            after = inside[i + 1].text if i + 1 < len(inside) else ""
            if word.stem in verbs and word.text.endswith("ion") and after in {"of", "by"}:
                result.append(Relation(word.stem, _side(_reached(inside[i + 2 :])), frozenset()))
                continue
            if word.stem not in verbs or after in _NOUN_AFTER or (word.stem == "report" and after != "to"):
                continue
            if _names_somebody(inside[:i], word):
                continue
            before, behind = _sides(inside[:i], inside[i + 1 :])
            passive = any(w.text == "by" for w in inside[i + 1 : i + 3])
            result.append(Relation(word.stem, behind, before) if passive else Relation(word.stem, before, behind))
    return tuple(result)


def _names_somebody(before: Sequence[Word], word: Word) -> bool:
    """True for the noun in "with the security lead"; in "the analysts lead" somebody does it."""
    close = [w.text for w in before[-3:]]
    bare = not word.text.endswith(("s", "ed", "ing"))
    named = bool(before) and is_content(before[-1]) and not close[-1].endswith("s")
    return bare and named and not _BEFORE_NOUNS.isdisjoint(close)


def _sides(before: Sequence[Word], behind: Sequence[Word]) -> tuple[frozenset[str], frozenset[str]]:
    """Who does and what is done to; in "rules that nurses approve" the rules stand before "that"."""
    opens = max((at for at, word in enumerate(before) if word.text in _RELATIVE), default=-1)
    doer, done_to = _side(before[opens + 1 :]), _side(_reached(behind))
    return (doer, done_to | _side(before[: max(opens, 0)])) if doer else (_side(before), done_to)


def _reached(behind: Sequence[Word]) -> list[Word]:
    """The words behind a verb up to the next binding word; "to" and "by" right behind it lead to its object."""
    binders = frozenset(load("words")["binders"])
    reached: list[Word] = []
    for word in behind:
        if word.text in binders and (reached or word.text not in {"to", "by"}):
            break
        if is_content(word):
            reached.append(word)
    return reached


def _side(found: Sequence[Word]) -> frozenset[str]:
    """The content words on one side of a verb; how often and how long belongs to neither side."""
    return frozenset(w.stem for w in found if is_content(w)) - frozenset(load("words")["side_words"])


@lru_cache(maxsize=4096)
def bindings(text: str) -> dict[str, frozenset[str]]:
    """Per content stem, the words that bind it to what stands before ("during", "to", empty for none).

    A binding carries over a list: in "on vitals, labs and notes" all three are bound by "on". What stands in front
    ("in two units, notes are drafted") is bound up to its comma.
    """
    binders = frozenset(load("words")["binders"])
    found: dict[str, set[str]] = {}
    clauses = list(cut(fold(text), CLAUSE_END, Span(0, len(text))))
    for clause, inside in zip(clauses, inside_each(clauses, words(text)), strict=True):
        binder = ""
        fronted = text.find(",", clause.start, clause.end) if inside and inside[0].text in binders else -1
        for at, word in enumerate(inside):
            if 0 <= fronted < word.span.start:
                binder, fronted = "", -1
            if word.text in binders and not _is_particle(inside, at):
                binder = word.text
            elif is_content(word):
                found.setdefault(word.stem, set()).add(binder)
    return {stem_: frozenset(by) for stem_, by in found.items()}


def _is_particle(inside: Sequence[Word], at: int) -> bool:
    """True for the "on" of "switch on": it belongs to its verb and binds nothing. "Out of" binds."""
    if [word.text for word in inside[at : at + 2]] == ["out", "of"]:
        return False
    return at > 0 and inside[at].text in load("words")["particles"].get(inside[at - 1].stem, ())


@lru_cache(maxsize=4096)
def particles(text: str, within: int = 1) -> frozenset[tuple[str, str]]:
    """Each verb that a small word can make another ("fail over"), with that word or none, `within` so many words."""
    known = load("words")["particles"]
    found = words(text)
    pairs: set[tuple[str, str]] = set()
    for at, verb in enumerate(found):
        if verb.stem in known:
            behind = [word.text for word in found[at + 1 : at + 1 + within] if word.text in known[verb.stem]]
            pairs |= {(verb.stem, word) for word in behind or [""]}
    return frozenset(pairs)


@lru_cache(maxsize=4096)
def users(text: str) -> frozenset[str]:
    """The stems behind "used by" up to the next binding word: who uses a thing is whom it is for."""
    binders = load("words")["binders"]
    found = words(text)
    stems: set[str] = set()
    for at, word in enumerate(found):
        if word.text == "by" and "used" in {w.text for w in found[max(0, at - 2) : at]}:
            stems |= {w.stem for w in takewhile(lambda w: w.text not in binders, found[at + 1 :]) if is_content(w)}
    return frozenset(stems)


@lru_cache(maxsize=4096)
def compounds(text: str) -> frozenset[tuple[str, str]]:
    """Each content word with the content words that follow it without a break: "customer security questionnaires"."""
    found: set[tuple[str, str]] = set()
    run: list[Word] = []
    for word in words(text):
        together = bool(run) and text[run[-1].span.end : word.span.start].strip("-'\u2019s ") == ""
        run = [*(run if together else ()), word] if is_content(word) else []
        found |= {(before.stem, word.stem) for before in run[:-1]}
    return frozenset(found)


@lru_cache(maxsize=4096)
def owners(text: str) -> frozenset[str]:
    """The stems of those whom something belongs to: "surgeons' notes"."""
    quotes = ("'", "\u2019")
    return frozenset(
        w.stem
        for w in content(text)
        if w.text.endswith("'s") or (w.text.endswith("s") and text[w.span.end : w.span.end + 2].startswith(quotes))
    )


@lru_cache(maxsize=4096)
def neighbours(text: str) -> frozenset[tuple[str, str]]:
    """Content words side by side, an article between them or not: verbs and their objects, mostly."""
    found = [w for w in words(text) if w.text not in _ARTICLES]
    return frozenset(
        (one.stem, two.stem)
        for one, two in pairwise(found)
        if is_content(one) and is_content(two) and not set(text[one.span.end : two.span.start]) & set(",.;:()")
    )


@lru_cache(maxsize=4096)
def threes(text: str) -> frozenset[tuple[str, str, str]]:
    """Three content words in a row, articles and owners aside: in "our nurses call the patients" the nurses act."""
    found = [w for w in words(text) if w.text not in _BEFORE_NOUNS | _RELATIVE]
    return frozenset(
        (one.stem, two.stem, three.stem)
        for one, two, three in zip(found, found[1:], found[2:], strict=False)
        if is_content(one) and is_content(two) and is_content(three)
        if not set(text[one.span.end : three.span.start]) & set(",.;:()")
    )


@lru_cache(maxsize=4096)
def fronted(text: str) -> frozenset[tuple[str, str]]:
    """Each word that says something with the one, or the doer, right before it: in "you will need" you need.

    "Of" parts nothing: "informed of outages".
    """
    data = load("words")
    frame, doers = data["frame"], frozenset(data["frame"]["pronouns"])
    small = {*frame["prepositions"], *frame["conjunctions"], *data["binders"], *data["clause_openers"]} - {"of"}
    skipped = {*_ARTICLES, *_EACH, *frame["auxiliaries"], "of"}
    found = [w for w in words(text) if w.text not in skipped]
    return frozenset(
        (before.text if before.text in doers else before.stem, word.stem)
        for before, word in pairwise(found)
        if word.text not in small and word.text not in doers and before.text not in small
        if not set(text[before.span.end : word.span.start]) & set(",.;:()")
    )


@lru_cache(maxsize=4096)
def refused(text: str) -> frozenset[str]:
    """The binding words that a text rules out: in "with physicians, not for them" what is done for them."""
    binders = load("words")["binders"]
    return frozenset(
        word.text for before, word in pairwise(words(text)) if before.text == "not" and word.text in binders
    )


@lru_cache(maxsize=4096)
def voices(text: str) -> dict[tuple[str, str], frozenset[bool]]:
    """Per "you" or "we" and the word behind it, whether that is done to them: "you are told" (True), "you tell"."""
    result: dict[tuple[str, str], frozenset[bool]] = {}
    auxiliaries = load("words")["frame"]["auxiliaries"]
    found = words(text)
    for at, word in enumerate(found):
        if word.text in {"you", "we"}:
            behind = list(takewhile(lambda w: w.text in auxiliaries, found[at + 1 :]))
            verb = next(iter(found[at + 1 + len(behind) :]), None)
            if verb is not None and is_content(verb):
                told = bool(behind) and behind[-1].text in _BEING and not verb.text.endswith("ing")
                result[word.text, verb.stem] = result.get((word.text, verb.stem), frozenset()) | {told}
    return result


@lru_cache(maxsize=4096)
def hinged(text: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Per "when", "if", "until"...: what hangs on it, and what stands behind it up to the next comma."""
    found = words(text)
    result = {}
    for at, word in enumerate(found):
        if word.text in load("words")["hinges"]:
            end = min((i for mark in ",;" if (i := text.find(mark, word.span.end)) >= 0), default=len(text))
            behind = frozenset(w.stem for w in found[at + 1 :] if is_content(w) and w.span.end <= end)
            result[word.text] = frozenset(w.stem for w in found if is_content(w)) - behind, behind
    return result


@lru_cache(maxsize=4096)
def attached(text: str) -> frozenset[tuple[str, str, str]]:
    """Each content word that a binding word hangs on another, and that word: ("questionnair", "from", "custom")."""
    binders = load("words")["binders"]
    found = [w for w in words(text) if w.text not in _ARTICLES]
    return frozenset(
        (before.stem, binder.text, behind.stem)
        for before, binder, behind in zip(found, found[1:], found[2:], strict=False)
        if binder.text in binders and is_content(before) and is_content(behind)
    )


@lru_cache(maxsize=4096)
def given(text: str) -> frozenset[tuple[str, str]]:
    """Each verb with the "us" or "you" right behind it: in "we give you a laptop" something is given to you."""
    binders = load("words")["binders"]
    not_verbs = {*binders, *load("words")["clause_openers"], *load("words")["before_object"]}
    return frozenset(
        (before.stem, word.text)
        for before, word in pairwise(words(text))
        if word.text in _OBJECTS and before.text not in not_verbs and text[before.span.end : word.span.start].isspace()
    )


@lru_cache(maxsize=4096)
def object_you(text: str) -> bool:
    """True if "you" is someone to whom something is done: "reports to you", "nurses train you on the screen"."""
    data = load("words")
    found = words(text)
    for before, word, after in zip(found, found[1:], [*found[2:], None], strict=False):
        fronted = "," in text[before.span.end : word.span.start]
        if word.text != "you" or before.text in data["clause_openers"] or fronted:
            continue
        parted = text[word.span.end : word.span.end + 1] in {",", ".", ";", ""}
        if before.text in data["before_object"] or parted or after is None or after.text in data["behind_object"]:
            return True
    return False


@lru_cache(maxsize=4096)
def foreign_subject(text: str) -> str:
    """The stem of the noun that acts in "Suppliers check your contracts"; empty when the reader acts."""
    found = words(text)
    yours = [i for i, w in enumerate(found) if w.text in {"you", "your", "yours"}]
    if not yours or yours[0] < 2 or found[0].text in load("words")["binders"]:
        return ""
    times = load("words")["side_words"]
    if found[0].text in _EACH and ("," in text[: found[yours[0]].span.start] or found[1].stem in times):
        return ""  # "each quarter you report"
    if found[0].text in load("words")["hinges"] and "," in text[: found[yours[0]].span.start]:
        return ""  # "when a feed stops, you call"
    at = next((i for i, w in enumerate(found[: yours[0]]) if is_content(w)), None)
    if at is None or found[at].stem in times or any(w.text in load("words")["binders"] for w in found[:at]):
        return ""  # "a day a month you", "together with nurses you"
    return found[at].stem


@lru_cache(maxsize=4096)
def steps(text: str) -> tuple[Step, ...]:
    """The steps of a text, in order: list pieces that hold more than one content word."""
    folded = fold(text)
    clauses = cut(folded, CLAUSE_END, Span(0, len(folded)))
    pieces = [piece for clause in clauses for piece in cut(folded, _STEP_END, clause)]
    result = []
    for every in inside_each(pieces, words(text)):
        inside = [w for w in every if is_content(w)]
        if len(inside) > 1:
            rest = frozenset(w.stem for w in inside[1:])
            before = every[: every.index(inside[0])]  # "on-call" is one word
            opens = all(w.text in _ARTICLES or text[w.span.end : w.span.end + 1] == "-" for w in before)
            result.append(Step(inside[0].stem, rest, opens))
    return tuple(result)
