"""Characters that a reader does not see: zero-width, bidi, tag, filler and control characters, halves of a pair."""

from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern

_ONE = (
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
HIDDEN = lazy_pattern(_ONE)
"""One hidden character. Tab, line feed and carriage return are layout and not hidden."""
RUN = lazy_pattern(f"{_ONE}+")
"""Hidden characters that stand together."""

# The same for RE2, with what stands for half a pair. It says no ten times as fast as `re`, and mostly it is no.
_MAY_BE = Pattern(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{180b}-\x{180e}\x{200b}-\x{200f}"
    r"\x{2028}-\x{202e}\x{2060}-\x{206f}\x{2800}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}\x{fffd}\x{e0000}-\x{e0fff}]"
)


def holds_hidden(text: str) -> bool:
    """True if a text holds a hidden character."""
    return _MAY_BE.found(text) and HIDDEN.search(text) is not None


_SURROGATES = lazy_pattern("[\ud800-\udfff]")


def encodable(text: str) -> str:
    """Text that can be written: escapes in JSON can spell half a pair of surrogates, which no file holds."""
    return _SURROGATES.sub("\ufffd", text)
