"""I6 and I8: no markup, link or hidden character that the cited units lack, and nothing shown that they do not say."""

import re
from collections.abc import Iterable

from postwright.domain.house import PENDING
from postwright.domain.posting import Fact, FactKind
from postwright.reading.facts import facts_in
from postwright.reading.screening.hidden import HIDDEN

_CONSTRUCTS = re.compile(
    r"!?\[[^\]\n]*\]\([^)\n]*\)"  # link or image
    r"|!?\[[^\]\n]*\]\[[^\]\n]*\]"  # reference link
    r"|</?[a-zA-Z!?][^>\n]*>?"  # tag, comment, autolink
    r"|\{\{.*?\}\}|\{%.*?%\}|\{[#<].*?\}|\$\{[^}\n]*\}|\{[^}\n]*\}"  # template, shortcode, JSX expression
    r"|`+[^`\n]*`+"
    r"|https?://\S+|www\.\S+|mailto:\S+",
    re.DOTALL,
)
_MARKUP = frozenset("<>{}[]`|\\")
_STRUCTURE = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s|>|-{3,}|={3,}|\*{3,}|:::|~~~|@@)")
_EMPHASIS = re.compile(r"\*\*|__|~~")
_MOST_IN_WORDS = 12
"""A critic counts demands and sentences up to a dozen; "your forty nurses" is a claim."""
_LAW = re.compile(
    r"\b(?:illegal|unlawful|against the law|fully compliant|(?:is|are|be) (?:not )?compliant)\b"
    r"|\b(?:violat|breach|infring)\w* [^.;]{0,30}\b(?:laws?|acts?|regulations?|statutes?|title vii)\b",
    re.IGNORECASE,
)
"""What is lawful no model says: rules state what is observable, with their source."""
_HARD_SHOWN = frozenset(
    {
        FactKind.MONEY,
        FactKind.PERCENT,
        FactKind.DATE,
        FactKind.LINK,
        FactKind.CONTACT,
        FactKind.YEARS,
        FactKind.HOURS,
        FactKind.NUMBER,
    }
)


def dirt(text: str, cited: Iterable[str]) -> str:
    """What makes `text` unclean given the texts it cites, in words; empty when it is clean."""
    given = "\n".join(cited)
    if "\n" in text or "\r" in text:
        return "holds a line break"
    if HIDDEN.search(text) and (HIDDEN.findall(text) != [] and not _held(HIDDEN.findall(text), given)):
        return "holds a hidden or control character"
    if PENDING.search(text) or "[confirm" in text.lower():
        return "forges a pending mark"
    if _STRUCTURE.match(text):
        return "begins like a heading, a list or a quotation"
    for found in _CONSTRUCTS.findall(text):
        if found not in given:
            return f"holds markup that its sources lack: {_short(found)}"
    if rest := [c for c in _MARKUP & set(_CONSTRUCTS.sub("", text)) if c not in given]:
        return f"holds a character of markup that its sources lack: {rest[0]}"
    if _EMPHASIS.search(text) and any(e not in given for e in _EMPHASIS.findall(text)):
        return "holds emphasis that its sources lack"
    return ""


def _held(characters: list[str], given: str) -> bool:
    return all(c in given for c in characters)


def _short(found: str) -> str:
    return found if len(found) <= 40 else found[:37] + "..."


def shown_wrong(text: str, given: str, limit: int) -> str:
    """Why a model's remark may not be shown (I8), or empty. `given` is the text that it may draw facts from."""
    if len(text) > limit:
        return f"is longer than {limit} characters"
    if why := dirt(text, ()):
        return why
    if (law := _LAW.search(text)) and law.group().lower() not in given.lower():
        return f"judges what is lawful: {_short(law.group())}"
    told = [fact for fact in facts_in(text) if fact.kind in _HARD_SHOWN]
    if not told:  # most remarks hold no fact at all, and reading those of a whole posting takes its time
        return ""
    known = {(f.kind, f.norm) for f in facts_in(given)}
    known_digits = set(re.findall(r"\d+", given))
    for fact in told:
        if (fact.kind, fact.norm) in known:
            continue
        if _says_more(fact, text, known_digits):
            return f"holds {fact.kind.value} that the posting lacks: {_short(fact.span.of(text))}"
    return ""


def _says_more(fact: Fact, text: str, known_digits: set[str]) -> bool:
    """Small counts in words ("two demands", "one sentence") are the critic's own; figures are not."""
    written = fact.span.of(text)
    if fact.kind is FactKind.NUMBER and not re.search(r"\d", written):
        return len(written.split()) > 1 or (fact.norm.isdecimal() and int(fact.norm) > _MOST_IN_WORDS)
    digits = set(re.findall(r"\d+", written))
    return not (fact.kind in {FactKind.NUMBER, FactKind.YEARS} and digits and digits <= known_digits)
