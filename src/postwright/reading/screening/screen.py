"""What a person must know of a posting before it is sent. What is said here never repeats what was found.

Secrets and patient data stop a posting; hidden characters, look-alike letters and marks that pass for ours are told.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from postwright.domain.house import PENDING
from postwright.domain.posting import Posting, Span, Unit, UnitKind
from postwright.reading.screening.hidden import HIDDEN, holds_hidden
from postwright.reading.screening.leaks import leaks
from postwright.reading.screening.orders import TO_A_MODEL
from postwright.reading.searching.lazy import lazy_pattern

LONGEST = 100_000
"""Characters of a posting that are sent at most: a long posting has 10,000."""


class Alarm(NamedTuple):
    """Something in a posting that stops it, or that a person should know of. `span` is in source characters."""

    kind: str  # secret | patient-data | hidden | look-alike | forged-mark | size
    span: Span
    says: str
    stops: bool


_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_FLAG = "\U0001f3f4"  # tag characters after it spell a region: the flags of England, Scotland, Wales
_TAGS = range(0xE0000, 0xE1000)

# Letters of other alphabets drawn like a Latin one. Greek small letters are left out: "TNFα" and "µg" are right.
_TWINS = lazy_pattern("[АВЕЅІЈКМНОРСТУХаеорсухіјѕһӏԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ]")
_STYLED = lazy_pattern("[Ａ-Ｚａ-ｚ\U0001d400-\U0001d7ff]")
_WORD = lazy_pattern(r"[^\W_]+")
_LATIN = lazy_pattern("[A-Za-z]")

_SPEAKS = "speaks to a model"
_NO_RULE_TELLS = (_SPEAKS, "do not show")
_COMMENT = lazy_pattern(
    r"""<!--(?P<html>.*?)(?:-->|\Z)|\{/\*(?P<mdx>.*?)(?:\*/\}|\Z)|\{\#(?P<jinja>.*?)(?:\#\}|\Z)
    |\{%-?\s?comment\b(?P<liquid>.*?)(?:\{%-?\s?endcomment\b|\Z)|\{\{<?!?(?P<other>--.*?)(?:--\}\}|\Z)
    |^\[(?://|\#|comment|_)\]:\ (?P<markdown>[^\n]*)""",
    re.DOTALL | re.VERBOSE | re.MULTILINE,
)
_MAY_COMMENT = ("<!--", "{/*", "{#", "{%", "--}}", "]: ")
_ASIDE = lazy_pattern(
    r"""!\[([^\]\n]{8,200})(?=\])|\b(?:title|alt|aria-label|summary|content|data-[\w-]{1,20})=(?:"([^"\n]{8,200})|'([^'\n]{8,200}))
    |\]\([^)\s]{1,200}\ +["']([^"'\n]{8,200})
    |^\[(?!//|\#|comment|_)[^\]\n]{1,80}\]:\ +\S{1,200}\ +["'(]([^\n]{8,200})""",
    re.VERBOSE | re.MULTILINE,
)
_MAY_BE_ASIDE = ("](", "![", "]: ", '="', "='")
_UNSHOWN = lazy_pattern(
    r"""<[a-z][\w-]{0,20}\b(?=[^<>]{0,300}?(?:\shidden(?=[\s=>])|\bstyle\s?=\s?["'][^"'<>]{0,200}?
    (?:display\s?:\s?none|visibility\s?:\s?hidden|font-size\s?:\s?[01](?:px|pt|em)?\s?[;"']|opacity\s?:\s?0\s?[;"'])))[^<>]{0,600}>
    (?=\s*[^\s<])""",
    re.IGNORECASE | re.VERBOSE,
)
_FORGERIES = (
    ("a pending mark", PENDING),
    ("words that pass for a pending mark", lazy_pattern(r"\[\s*confirm\s+c\d+[^\]\n]{0,80}\]", re.IGNORECASE)),
    ("what passes for a placeholder of ours", lazy_pattern("\u27e6[^\u27e6\u27e7\n]{0,40}\u27e7")),
    (
        "what passes for a unit id of ours",
        lazy_pattern(r"\[(?:[uU]\d{1,4}|[pP]\d{1,3}|a\.[a-z_.]{2,30})(?:\s*\||\](?!\())"),
    ),
    (
        "what passes for a delimiter of ours",
        lazy_pattern(r"</?(?:posting|answers|findings|profile)[ >]", re.IGNORECASE),
    ),
    ("what passes for a turn of a conversation", lazy_pattern(r"<\|[a-z_]{3,20}\|>|\[/?INST\]|<</?SYS>>")),
    ("what passes for a turn of a conversation", lazy_pattern(r"\n[ \t]*(?:Human|Assistant|System)[ \t]*:(?=\s)")),
)


class _Lines:
    """Line numbers of places in a text; computed once, when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    def of(self, place: int) -> int:
        return bisect_right(self._starts, place)


def screen(posting: Posting) -> tuple[Alarm, ...]:
    """All alarms of a posting, in order of their spans. Front matter and code count, too: all of it is the posting."""
    lines = _Lines(posting.source)
    stops = [
        Alarm(leak.kind, leak.span, f"line {lines.of(leak.span.start)} holds {leak.what}", stops=True)
        for leak in leaks(posting.source)
    ]
    return _in_order([*stops, *_too_long(posting.source), *oddities(posting)])


def oddities(posting: Posting) -> tuple[Alarm, ...]:
    """The alarms that stop nothing, in order of their spans: forged marks, hidden text, look-alike letters."""
    text = posting.source
    lines = _Lines(text)
    alarms = [_told("forged-mark", span, lines, what) for what, span in _forgeries(text)]
    if not text.isascii() or holds_hidden(text):
        alarms += [_told("hidden", span, lines, what) for what, span in _per_line(lines, _hidden(text))]
        alarms += [_told("look-alike", span, lines, what) for what, span in _per_line(lines, _look_alikes(text))]
    alarms += [_told("hidden", span, lines, what) for what, span in _per_line(lines, _unseen(text))]
    return _in_order(alarms)


def _too_long(text: str) -> Iterator[Alarm]:
    if len(text) > LONGEST:
        says = f"has {len(text):,} characters; more than {LONGEST:,} are not sent"
        yield Alarm("size", Span(LONGEST, len(text)), says, stops=True)


def _in_order(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    return tuple(sorted(alarms, key=lambda alarm: (alarm.span, alarm.kind)))


def leaks_of(unit: Unit) -> tuple[Alarm, ...]:
    """Secrets and patient data in an answer or a fact of the profile, which are sent as well."""
    is_fact = unit.kind is UnitKind.PROFILE
    name = f"fact {unit.id} of the profile" if is_fact else f"the answer to {unit.id.removeprefix('a.')}"
    return tuple(Alarm(leak.kind, leak.span, f"{name} holds {leak.what}", stops=True) for leak in leaks(unit.text))


def told(posting: Posting) -> tuple[str, ...]:
    """What no rule says: forged marks, comments and elements that nobody sees, and a posting too long to send."""
    alarms = _in_order([*oddities(posting), *_too_long(posting.source)])
    says = (a.says for a in alarms if a.kind in {"forged-mark", "size"} or a.says.endswith(_NO_RULE_TELLS))
    return tuple(dict.fromkeys(says))


def speaking(posting: Posting) -> tuple[Span, ...]:
    """Places whose words are meant for software, or that no reader sees: forged marks, comments, hidden elements."""
    return tuple(a.span for a in oddities(posting) if a.kind == "forged-mark" or a.says.endswith(_NO_RULE_TELLS))


def _told(kind: str, span: Span, lines: _Lines, what: str) -> Alarm:
    return Alarm(kind, span, f"line {lines.of(span.start)} holds {what}", stops=False)


_Found = tuple[str, Span]


def _per_line(lines: _Lines, found: Iterator[_Found]) -> Iterator[_Found]:
    """One for each line and kind of thing, from the first to the last: hidden text is often a character at a time."""
    joined: dict[tuple[int, str], Span] = {}
    for what, span in found:
        key = lines.of(span.start), what
        joined[key] = Span(joined.get(key, span).start, span.end)
    yield from ((what, span) for (_, what), span in joined.items())


def _hidden(text: str) -> Iterator[_Found]:
    for found in HIDDEN.finditer(text):
        place, character = found.start(), found.group()
        if (character == "\ufeff" and place == 0) or _belongs_to_a_picture(text, place):
            continue
        yield _hidden_name(character), Span(place, place + 1)


def _hidden_name(character: str) -> str:
    if character == "\u00ad":
        return "soft hyphens"
    if character in _BIDI:
        return "characters that turn the direction of writing"
    if ord(character) in _TAGS:
        return "tag characters, which spell hidden text"
    control = unicodedata.category(character) == "Cc"
    return "control characters" if control else "characters that a reader does not see"


def _belongs_to_a_picture(text: str, place: int) -> bool:
    """Selectors and joiners are part of the emoji before them, tags of the flag before them."""
    character = text[place]
    if ord(character) in _TAGS:
        while place and ord(text[place]) in _TAGS:
            place -= 1
        return text[place] == _FLAG
    if character not in _JOINERS or not place:
        return False
    before = text[place - 1]
    return (
        before in "0123456789#*©®‼⁉" or unicodedata.category(before) in {"So", "Sk", "Sm", "Mn"} or before in _JOINERS
    )


def _look_alikes(text: str) -> Iterator[_Found]:
    what = "letters of another alphabet that pass for Latin ones"
    for twin in _TWINS.finditer(text):
        word = _word_at(text, twin.start())
        if _LATIN.search(word.of(text)):
            yield what, word
    for styled in _STYLED.finditer(text):
        yield "letters in a typographic style that searches do not find", Span(*styled.span())


def _word_at(text: str, place: int) -> Span:
    start = place
    while start and place - start < 40 and _WORD.match(text[start - 1]):
        start -= 1
    found = _WORD.match(text, start, place + 40)
    return Span(start, found.end() if found else place + 1)


def _forgeries(text: str) -> Iterator[_Found]:
    seen: list[Span] = []
    for what, pattern in _FORGERIES:
        for found in pattern.finditer(text):
            span = Span(*found.span())
            if not any(span.meets(other) for other in seen):
                seen.append(span)
                yield what, span


def _unseen(text: str) -> Iterator[_Found]:
    """Comments, titles and alternative texts that speak to a model, and elements that browsers do not show."""
    for what, pattern, signs in (
        ("a comment", _COMMENT, _MAY_COMMENT),
        ("a title or alternative text", _ASIDE, _MAY_BE_ASIDE),
    ):
        for found in pattern.finditer(text) if any(map(text.__contains__, signs)) else ():
            if TO_A_MODEL.search(found[found.lastindex or 0]):
                yield f"{what} that {_SPEAKS}", Span(*found.span())
    if "hidden" in text or "style" in text:
        yield from (("text in an element that browsers do not show", Span(*f.span())) for f in _UNSHOWN.finditer(text))
