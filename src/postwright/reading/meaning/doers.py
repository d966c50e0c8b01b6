"""Who acts: the words that "you" do in a text, and the words that somebody else does.

A reader of a posting asks two things of each verb: is it I, or is it they? Source and rewording are read alike; what
the source gives to others may not become the reader's, and the reverse.
"""

from collections.abc import Iterator
from functools import lru_cache

from postwright.domain.posting import Span
from postwright.knowledge.loader import load
from postwright.reading.meaning.clauses import cells, inside_each
from postwright.reading.meaning.words import Word, is_content, words


@lru_cache(maxsize=4096)
def done_by_you(text: str) -> frozenset[str]:
    """The stems that a text says "you" do: the first content word behind "you", and of each list piece that follows."""
    done, acting = set(), False
    for inside in _cells(text):
        first, acting = _first_done(inside, acting=acting)
        if first is not None:
            done.add(first.stem)
    return frozenset(done)


@lru_cache(maxsize=4096)
def done_by_us(text: str) -> frozenset[str]:
    """The stems that a text says "we" do: the first content word behind each "we"."""
    pronouns = load("words")["subjects"]["pronouns"]
    return frozenset(
        behind.stem
        for inside in _cells(text)
        for at, word in enumerate(inside)
        if word.text in pronouns and (behind := next((w for w in inside[at + 1 :] if is_content(w)), None)) is not None
    )


@lru_cache(maxsize=4096)
def done_by_others(text: str) -> frozenset[str]:
    """The stems that a text gives to somebody else and nowhere leaves to the reader."""
    others: set[str] = set()
    yours: set[str] = set()
    sought = False  # "we seek an engineer, based in Ohio, who ...": what follows "who" is the reader's
    for inside in _cells(text):
        for word, is_foreign in _sorted_out(inside, sought=sought):
            (others if is_foreign else yours).add(word.stem)
        sought = sought or any(w.text in load("words")["subjects"]["seekers"] for w in inside)
    return frozenset(others - yours)


def _cells(text: str) -> Iterator[list[Word]]:
    yield from map(list, inside_each((cell.span for cell in cells(text)), words(text)))


def _first_done(inside: list[Word], *, acting: bool) -> tuple[Word | None, bool]:
    """The first thing that the reader does in this piece, and whether the reader still acts at its end."""
    subjects = load("words")["subjects"]
    at = next((i for i, w in enumerate(inside) if w.text in subjects["you"] and not _is_object(inside, i)), None)
    if at is None:
        if not acting or _opens_with_another(inside):
            return None, False
        at = -1
    behind = next((i for i in range(at + 1, len(inside)) if is_content(inside[i])), None)
    if behind is None or any(w.text in subjects["clauses"] for w in inside[at + 1 : behind]):
        return None, True  # "you go where the users are"
    return (None if _passive(inside, behind) else inside[behind]), True


def _is_object(inside: list[Word], at: int) -> bool:
    return at > 0 and (inside[at - 1].text in load("words")["before_object"] or at == len(inside) - 1)


def _opens_with_another(inside: list[Word]) -> bool:
    subjects = load("words")["subjects"]
    return bool(inside) and (inside[0].text in subjects["others"] or inside[0].text in subjects["clauses"])


def _sorted_out(inside: list[Word], *, sought: bool) -> Iterator[tuple[Word, bool]]:
    """Each content word of a piece, and whether another than the reader acts in it."""
    subjects = load("words")["subjects"]
    foreign_left = _foreign_words_at_start(inside)
    subordinate = False
    for at, word in enumerate(inside):
        subordinate = (subordinate or (not sought and _opens_clause(inside, at))) and word.text not in subjects["you"]
        if subordinate and word.text in subjects["pronouns"]:  # "for those who prefer it we offer": the clause is over
            subordinate, foreign_left = False, 1
        if is_content(word):
            yield word, subordinate or foreign_left > 0 or _passive(inside, at)
            foreign_left -= 1


def _foreign_words_at_start(inside: list[Word]) -> int:
    """How many content words belong to another subject: "we pay" one, "our engineers write" two."""
    subjects = load("words")["subjects"]
    if not inside or any(w.text in subjects["you"] and not _is_object(inside, i) for i, w in enumerate(inside)):
        return 0
    if inside[0].text in subjects["pronouns"]:
        return 1
    if inside[0].text in subjects["owners"]:
        return 2
    return 0


def _opens_clause(inside: list[Word], at: int) -> bool:
    """True for "who", "what" with a doer of its own behind it: "what the nurses decide", not "an analyst who"."""
    subjects = load("words")["subjects"]
    if any(w.text in subjects["seekers"] for w in inside[:at]):
        return False
    behind = inside[at + 1].text if at + 1 < len(inside) else ""
    return inside[at].text in subjects["clauses"] and behind not in {*subjects["you"], "to"}


def _passive(inside: list[Word], at: int) -> bool:
    """True for "reviewed by physicians": the doer stands behind "by"."""
    behind = inside[at + 1 : at + 4]
    by = next((i for i, w in enumerate(behind) if w.text == "by"), None)
    if (
        by is None
        or any(is_content(w) for w in behind[:by])
        or not inside[at].text.endswith(("ed", "en", "lt", "wn", "de"))
    ):
        return False
    agent = next((w for w in inside[at + 2 + by :] if is_content(w) or w.text in {"you", "your", "us"}), None)
    return agent is not None and agent.text not in {"you", "your"} and not agent.text.endswith("ing")


_DONE_TO = frozenset(("us", "you", "them"))
_BEFORE_DOERS = frozenset(("a", "an", "the", "our", "your", "their", "all", "each", "every", "most", "two"))


@lru_cache(maxsize=4096)
def compared(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems before and behind "than" of a comparison; both empty without one."""
    found = words(text)
    for at, word in enumerate(found):
        if word.text == "than" and at > 1 and not found[at - 1].text[0].isdigit():
            behind = next((c.span for c in cells(text) if c.span.holds(word.span)), Span(0, len(text)))
            before = frozenset(w.stem for w in found[:at] if is_content(w))
            after = frozenset(w.stem for w in found[at + 1 :] if is_content(w) and behind.holds(w.span))
            return before, after
    return frozenset(), frozenset()


@lru_cache(maxsize=4096)
def ranked(text: str) -> dict[str, frozenset[str]]:
    """Per word of rank ("first", "second", "primary"): the content stems of its piece."""
    ranks = load("words")["ranks"]
    result: dict[str, frozenset[str]] = {}
    for inside in _cells(text):
        for word in inside:
            if word.text in ranks:
                others = frozenset(w.stem for w in inside if is_content(w) and w is not word)
                result[word.text] = result.get(word.text, frozenset()) | others
    return result


@lru_cache(maxsize=4096)
def named_doers(text: str) -> dict[str, str]:
    """Per verb the noun that does it, where a piece opens with both: "Nurses approve rules", "a nurse checks notes".

    One of the two ends with an s, and something that is done to follows: "alert review" is no sentence.
    """
    result = {}
    for inside in _cells(text):
        found = [w for w in inside if w.text not in _BEFORE_DOERS]
        last = 2 if len(found) < len(inside) else 1  # "the regulatory lead signs", but "workflow reviews"
        for doer, verb, done_to in zip(found[:last], found[1:], found[2:], strict=False):
            agree = doer.text.endswith("s") != verb.text.endswith("s")
            if agree and is_content(doer) and is_content(verb) and (is_content(done_to) or done_to.text in _DONE_TO):
                result[verb.stem] = doer.stem
    return result
