"""What must not leave the house: hidden characters, look-alike letters, secrets, patient data."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, Span
from postwright.reading.screening.hidden import RUN, holds_hidden
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context
from postwright.rules.rule import Rule

_STRAY = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x0b\x0c\x85")
"""Left behind by word processors and harmless at the edge of a word; inside one they hide it from every search."""
_PICTURE = frozenset("\u200d\ufe0e\ufe0f\u20e3")

# Letters that are drawn like a Latin one. An inverted list of scripts would call "xʷməθkʷəy̓əm" an attack.
_TWINS = lazy_pattern("[АВЕЅІЈКМНОРСТУХаеорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοｏａｅｉｕ]")
_LETTERS = lazy_pattern(r"[^\W\d_]+")
_LATIN = lazy_pattern("[A-Za-z]")
_SHOWN = 4  # characters of a secret that a finding may quote


def hidden_characters(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """One finding per line, from its first hidden character to its last."""
    return _per_line(rule, posting, context, stray=False)


def stray_characters(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    return _per_line(rule, posting, context, stray=True)


def _per_line(rule: Rule, posting: Posting, context: Context, *, stray: bool) -> Iterator[Finding]:
    source = posting.source
    lines: dict[int, Span] = {}
    for span in _runs(source):
        if _is_stray(source, span) is stray:
            line = source.rfind("\n", 0, span.start)
            lines[line] = Span(lines.get(line, span).start, span.end)
    for span in lines.values():
        yield context.finding(rule, span)


@lru_cache(maxsize=1)  # two rules ask
def _runs(source: str) -> tuple[Span, ...]:
    """Runs of hidden characters that are no part of a picture, a byte-order mark left out."""
    if not holds_hidden(source):
        return ()
    runs = (Span(*found.span()) for found in RUN.finditer(source))
    return tuple(
        run for run in runs if not _belongs_to_picture(source, run) and (run.start or run.of(source) != "\ufeff")
    )


def _belongs_to_picture(source: str, span: Span) -> bool:
    """Selectors and joiners of emoji are part of the picture before them."""
    if not set(span.of(source)) <= _PICTURE or span.start == 0:
        return False
    before = source[span.start - 1]
    return unicodedata.category(before) in {"So", "Sk", "Sm", "Po", "Cf", "Mn"} or before in "0123456789#*©®‼⁉"


def _is_stray(source: str, span: Span) -> bool:
    characters = set(span.of(source))
    if characters == {"\u00ad"}:
        return True
    inside_word = source[span.start - 1 : span.start].isalnum() and source[span.end : span.end + 1].isalnum()
    return characters <= _STRAY and not inside_word and len(span.of(source)) <= 2


def look_alike_letters(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Words of Latin letters in which a letter of another alphabet passes for one."""
    source = posting.source
    if source.isascii():
        return
    for twin in _TWINS.finditer(source):
        start = next((at for at in range(twin.start(), -1, -1) if not _LETTERS.match(source[at])), -1) + 1
        word = _LETTERS.match(source, start)
        first_of_word = not _TWINS.search(source, start, twin.start())
        if word and first_of_word and _LATIN.search(word.group()):
            yield context.finding(rule, Span(*word.span()))


def secrets(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Keys, tokens and passwords. The quote is only their beginning: a report must not spread them."""
    return _alarms(rule, context, "secret")


def patient_data(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Record numbers, birth dates and names of patients, quoted by their beginning only."""
    return _alarms(rule, context, "patient-data")


def _alarms(rule: Rule, context: Context, kind: str) -> Iterator[Finding]:
    for leak in context.leaks:
        if leak.kind == kind:
            shown = Span(leak.span.start, min(leak.span.end, leak.span.start + _SHOWN))
            yield context.finding(rule, shown)
