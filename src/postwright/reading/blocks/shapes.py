"""How a line of text shows what it is: list item, heading, label. Nothing here knows Markdown blocks."""

import re

from postwright.reading.blocks.block import HeadingStyle
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.sections import is_plain_heading, section_kind

_BLANKS = r"[ \t\u00a0]"
_BULLETS = "•●○◦▪▫■□‣⁃∙·➢➤►▶✓✔✅→»❖◆◇★☑\uf0b7\uf0a7\u2219"
_BULLET = lazy_pattern(
    rf"(?:[{_BULLETS}]\ufe0f?{_BLANKS}*|\\?[-*+–—]{_BLANKS}+|o(?:\t|[ \u00a0]{{2,}})|§{_BLANKS}+)(?=\S)"
)
_NUMBER = lazy_pattern(rf"(?:\(?\d{{1,2}}\\?[.)/]|\(?[a-z]\)|\(?[ivx]{{1,4}}\)){_BLANKS}+(?=\S)")
INLINE_BULLET = lazy_pattern(rf"(?:^|(?<=\s))[•●▪‣◦➢➤►✓✔\uf0b7]{_BLANKS}*(?=\S)")

_RULE = lazy_pattern(r"\s*(?:={3,}|-{3,}|_{3,}|\*{3,}|~{3,}|[*_ -]{5,})\s*")
_ATX = lazy_pattern(rf"(#{{1,6}})(?:{_BLANKS}+|(?=[\w*]))(?!LI-|\w+\s+#)")
_OPENING = lazy_pattern(r"(?:[*_\s]|<(?:b|strong|u|em|h\d)>)+", re.IGNORECASE)
_CLOSING = lazy_pattern(r"(?:[*_\s]|</(?:b|strong|u|em|h\d)>)+", re.IGNORECASE)
_BOLD = ("**", "__", "<b>", "<strong>", "<h", "<u>")
_LABEL = lazy_pattern(
    r"(?:\*\*|__|[*_])?\s{0,3}(?P<label>[A-ZÀ-Ý0-9][\w’'&/(),.+ -]{0,58}?)\s{0,3}"
    r"(?:(?:\*\*|__|[*_])\s?:\s*|:\s?(?:\*\*|__|[*_])\s*|:(?=\s|$|[A-Z£$€])\s*|[ ][–—][ ])"
)
_LONG = 10  # words: a longer line is text
_LONGEST = 110  # characters
_STOPS = ".!;,…"
# Words with which a line reads as a sentence or a lead-in, not as a heading.
_SPEAKS = lazy_pattern(
    r"\b(?:(?:you|we|it) (?:will|are|have|should)|you'll|we're|will be|is|are|was|includ\w+|following|below|such as"
    r"|shall|have|has|can)\b\W*$"
    r"|^\W*(?:you|we|they|he|she|it|i|as an?|if|please|this|these|in this|to|for|with|our ideal"
    r"|the (?:ideal|successful|candidate|incumbent|post ?holder))\b.*\b(?:will|have|are|is|should|must|can|need|be)\b",
    re.IGNORECASE,
)
_SPEAKERS = frozenset({"you", "we", "our", "your", "they", "i"})  # "You will:" leads in a list, and is no heading
_PREPOSITIONS = frozenset({"for", "in", "to", "with", "as", "at", "if", "when", "by", "from", "on", "all", "this"})
_SHOUT = lazy_pattern(r"[^a-zß-öø-ÿ]*[A-ZÀ-Þ][^a-zß-öø-ÿ]*[A-ZÀ-Þ][^a-zß-öø-ÿ]*")


def item_marker(line: str) -> str:
    """The list marker that starts the line (`• `, `1/ `, `\\- `), or empty."""
    found = _BULLET.match(line) or _NUMBER.match(line)
    return found.group() if found else ""


def is_rule(line: str) -> bool:
    """True for a line that only draws a rule or an underline."""
    return bool(_RULE.fullmatch(line))


def atx(line: str) -> int:
    """Level of a line that starts with hash marks, or 0. A tag such as #LI-Remote is none."""
    found = _ATX.match(line)
    if not found:
        return 0
    level = len(found.group(1))
    spaced = line[level : level + 1].isspace()
    return level if spaced or level > 1 or section_kind(line) is not None else 0


def _ends_label(text: str) -> bool:
    """True for a text with a sign that can end a label. Few lines have one, and the pattern tries every length."""
    return ":" in text or "–" in text or "—" in text


def label_of(text: str) -> tuple[str, int]:
    """The label that starts a text ("Pay: ...") and where what follows begins; ("", 0) when there is none."""
    found = _LABEL.match(text) if _ends_label(text) else None
    if not found or len(found["label"].split()) > 8:
        return "", 0
    return found["label"].strip(), found.end()


def is_wrapped(line: str) -> bool:
    """True if one pair of emphasis marks (or bold tags) encloses the whole line, a colon behind it aside."""
    line = line.strip().removesuffix(":").rstrip()
    inner = _inside(line)
    opened = line[: len(line) - len(line.lstrip("*_ "))].replace(" ", "")
    if not opened and not line.startswith("<"):
        return False
    closed = line.endswith(("*", "_", ">"))
    return closed and 0 < len(inner) < len(line) and "**" not in inner and "</" not in inner


def unwrapped(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without emphasis marks around it, when they enclose all of it. A colon outside them keeps them."""
    line = text[start:end]
    if not is_wrapped(line) or not line.rstrip().endswith(("*", "_", ">")):
        return start, end
    inner = _inside(line)
    begin = start + line.index(inner)
    return begin, begin + len(inner)


def _inside(line: str) -> str:
    """The line without emphasis marks and bold tags at its edges."""
    left = _OPENING.match(line)
    line = line[left.end() if left else 0 :]
    end = len(line)
    while end and (cut := _closed_at(line, end)) < end:
        end = cut
    return line[:end]


def _closed_at(line: str, end: int) -> int:
    """Where the closing mark that ends at `end` begins, or `end` when there is none."""
    if line[end - 1] in "*_ \t\r\n":
        return end - 1
    tag = line.rfind("</", max(0, end - 10), end)
    return tag if tag >= 0 and _CLOSING.fullmatch(line, tag, end) else end


def heading_style(line: str, *, before_list: bool, alone: bool) -> HeadingStyle | None:
    """How a line without hash marks is a heading, or None if it is text.

    `before_list` says that list items follow, `alone` that the line is a paragraph by itself.
    """
    plain = line.strip().strip("*_ \t")
    words = plain.split()
    if not words or len(words) > _LONG or len(plain) > _LONGEST:
        return None
    body = plain.rstrip(": ")
    known = section_kind(plain) is not None
    if not any(map(str.isalpha, body)) or (body[-1:] in _STOPS and not (body[-1:] in "!…" and known)):
        return None
    if is_wrapped(line):
        strong = _is_bold_heading(line, known=known, colon=plain.endswith(":"), before_list=before_list)
        return HeadingStyle.STRONG if strong else None
    speaks = bool(_SPEAKS.search(body))
    leads_in = speaks and plain.endswith(":") and words[0].lower() in _SPEAKERS
    if not leads_in and (_shouts(body, known=known, before_list=before_list) or is_plain_heading(plain)):
        return HeadingStyle.STRONG
    if speaks:
        return None
    named = known or (before_list and words[0].lower() not in _PREPOSITIONS)
    labelled = plain.endswith(":") and len(words) <= 8 and named
    if labelled or (before_list and alone and len(words) <= 6 and _is_title_case(words)):
        return HeadingStyle.STRONG if known else HeadingStyle.LABEL
    return None


def is_caption(line: str) -> bool:
    """True for a short line without a stop, such as stands on top of a paragraph ("The AI team")."""
    return (
        0 < len(line.split()) <= 5
        and line[0].isupper()
        and line[-1].isalnum()
        and not any(map(str.isdigit, line))
        and not label_of(line)[0]
    )


def _is_bold_heading(line: str, *, known: bool, colon: bool, before_list: bool) -> bool:
    """A bold line is a heading unless it reads as a sentence; a line in italics needs a known name or a list below."""
    if not line.strip().lower().startswith(_BOLD):
        return (known and (colon or is_plain_heading(line))) or (colon and before_list)
    return known or colon or (not _SPEAKS.search(line.strip("*_: ")) and (before_list or len(line.split()) < _LONG))


def _shouts(body: str, *, known: bool, before_list: bool) -> bool:
    """True for a line in capitals that is more than an acronym."""
    return bool(_SHOUT.fullmatch(body)) and (known or " " in body or (before_list and len(body) > 4))


def _is_title_case(words: list[str]) -> bool:
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return bool(long) and all(word[0].isupper() for word in long)
