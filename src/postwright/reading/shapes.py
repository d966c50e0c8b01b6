"""How a line of text shows what it is: list item, heading, label. Nothing here knows Markdown blocks."""

import re

from postwright.reading.blocks import HeadingStyle
from postwright.reading.sections import is_plain_heading, section_kind

_BULLETS = "•●○◦▪▫■□‣⁃∙·➢➤►▶✓✔✅→»❖◆◇★☑\uf0b7\uf0a7\u2219"
BULLET = re.compile(
    rf"(?:[{_BULLETS}]\ufe0f?[ \t\u00a0]*|\\?[-*+–—][ \t\u00a0]+|o(?:\t|[ \u00a0]{{2,}})|§[ \t\u00a0]+)(?=\S)"
)
NUMBER = re.compile(
    r"(?:\(?\d{1,2}[.)/]|\(?[a-z]\)|\(?[ivx]{1,4}\))\\?[ \t\u00a0]+(?=\S)|\d{1,2}\\\.[ \t\u00a0]+(?=\S)"
)
INLINE_BULLET = re.compile(r"(?:^|(?<=\s))[•●▪‣◦➢➤►✓✔\uf0b7][ \t\u00a0]*(?=\S)")

_ATX = re.compile(r"(#{1,6})(?:[ \t]+|(?=[\w*]))(?!LI-|\w+\s+#)")
_WRAPPED = re.compile(
    r"\s*(?:[*_]{1,3}|<(?:b|strong|u|em|h\d)>)\s*(\S.*?\S|\S)\s*(?:[*_]{1,3}|</(?:b|strong|u|em|h\d)>)\s*(:?)\s*",
    re.DOTALL | re.IGNORECASE,
)
_EDGE_MARKS = re.compile(
    r"^(?:[*_\s]|</?(?:b|strong|u|em|h\d)>)+|(?:[*_\s]|</?(?:b|strong|u|em|h\d)>)+$", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:\*\*|__|[*_])?\s*(?P<label>[A-ZÀ-Ý0-9][\w’'&/(),.+ -]{0,58}?)\s*(?:(?:\*\*|__|[*_])\s*:\s*|:\s*(?:\*\*|__|[*_])\s*|:(?=\s|$|[A-Z£$€])\s*|[ ][–—][ ])"
)
_LONG = 10  # words
_STOPS = ".!;,…"
_SPEAKS = re.compile(
    r"\b(?:you will|you'll|you are|you have|you should|we are|we're|we will|will be|is|are|was|includ\w+|following|below|such as|shall|have|has|can)\b\W*$"
    r"|^\W*(?:you|we|they|he|she|it|i|as an?|if|please|this|these|in this|to|for|with|our ideal|the (?:ideal|successful|candidate|incumbent|post ?holder))\b.*\b(?:will|have|are|is|should|must|can|need|be)\b",
    re.IGNORECASE,
)
_SHOUT = re.compile(r"[^a-zß-öø-ÿ]*[A-ZÀ-Þ][^a-zß-öø-ÿ]*[A-ZÀ-Þ][^a-zß-öø-ÿ]*")


def item_marker(line: str) -> str:
    """The list marker that starts the line (`• `, `1/ `, `\\- `), or empty."""
    found = BULLET.match(line) or NUMBER.match(line)
    return found.group() if found else ""


def atx(line: str) -> int:
    """Level of a line that starts with hash marks, or 0. A tag such as #LI-Remote is none."""
    found = _ATX.match(line)
    if not found:
        return 0
    level = len(found.group(1))
    spaced = line[level : level + 1].isspace()
    return level if spaced or level > 1 or section_kind(line) is not None else 0


def is_wrapped(line: str) -> bool:
    """True if one pair of emphasis marks (or bold tags) encloses the whole line."""
    found = _WRAPPED.fullmatch(line)
    return bool(found) and "**" not in found.group(1).strip("*_ ") and "</" not in found.group(1)


def unwrapped(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without emphasis marks around it, when they enclose all of it."""
    line = text[start:end]
    if not is_wrapped(line) or line.rstrip().endswith(":") and not line.rstrip().rstrip(":").endswith(("*", "_", ">")):
        return start, end
    if line.rstrip().endswith(":"):
        return start, end
    left = _EDGE_MARKS.match(line)
    inner = _EDGE_MARKS.sub("", line)
    if not inner:
        return start, end
    begin = start + (left.end() if left else 0)
    return begin, begin + len(inner)


def heading_style(line: str, *, before_list: bool, alone: bool) -> HeadingStyle | None:
    """How a line without hash marks is a heading, or None if it is text.

    `before_list` says that list items follow, `alone` that the line is a paragraph by itself.
    """
    plain = line.strip().strip("*_ \t")
    words = plain.split()
    if not words or len(words) > _LONG or len(plain) > 110:
        return None
    colon = plain.endswith(":")
    body = plain.rstrip(": ")
    known = section_kind(plain) is not None
    if not _letters(body) or (body[-1:] in _STOPS and not (body[-1:] in "!…" and known)):
        return None
    if is_wrapped(line):
        return _wrapped_style(line, known=known, colon=colon, before_list=before_list)
    if _is_shout(body) and (known or len(words) > 1 or colon or (before_list and len(body) > 4)):
        return HeadingStyle.STRONG
    if _SPEAKS.search(body) and not is_plain_heading(plain):
        return None
    if is_plain_heading(plain):
        return HeadingStyle.STRONG
    if colon and len(words) <= 8 and (known or before_list):
        return HeadingStyle.STRONG if known else HeadingStyle.LABEL
    if before_list and alone and len(words) <= 6 and _is_title_case(words):
        return HeadingStyle.STRONG if known else HeadingStyle.LABEL
    return None


def is_caption(line: str) -> bool:
    """True for a short line without a stop, such as stands on top of a paragraph ("The AI team")."""
    words = line.split()
    return (
        0 < len(words) <= 5
        and line[:1].isupper()
        and line[-1:].isalnum()
        and not any(map(str.isdigit, line))
        and not label_of(line)[0]
        and not item_marker(line)
    )


def _wrapped_style(line: str, *, known: bool, colon: bool, before_list: bool) -> HeadingStyle | None:
    """A bold line is a heading unless it reads as a sentence; a line in italics needs more: a known word or a list."""
    bold = line.strip().startswith(("**", "__", "<b>", "<strong>", "<h", "***", "<B>", "<STRONG>"))
    if not bold and not (known and (colon or is_plain_heading(line))) and not (colon and before_list):
        return None
    if not known and _SPEAKS.search(line.strip("*_: ")) and not colon:
        return None
    if not known and not before_list and len(line.split()) > 9:
        return None
    return HeadingStyle.STRONG


def label_of(text: str) -> tuple[str, int]:
    """The label that starts a text ("Pay: ...") and where what follows begins; ("", 0) when there is none."""
    found = _LABEL.match(text)
    if not found or len(found["label"].split()) > 8:
        return "", 0
    return found["label"].strip(), found.end()


def _letters(text: str) -> bool:
    return any(c.isalpha() for c in text)


def _is_shout(text: str) -> bool:
    return bool(_SHOUT.fullmatch(text))


def _is_title_case(words: list[str]) -> bool:
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return bool(long) and all(word[0].isupper() for word in long)
