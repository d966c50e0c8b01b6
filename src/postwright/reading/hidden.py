"""Characters that a reader does not see: zero-width, bidi, tag, filler and control characters, halves of a pair."""

from postwright.reading.lazy import lazy_pattern

HIDDEN = lazy_pattern(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
"""One hidden character. Tab, line feed and carriage return are layout and not hidden."""

_SURROGATES = lazy_pattern("[\ud800-\udfff]")


def encodable(text: str) -> str:
    """Text that can be written: escapes in JSON can spell half a pair of surrogates, which no file holds."""
    return _SURROGATES.sub("\ufffd", text)
