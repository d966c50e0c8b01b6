"""Parts of a sentence that a fix must not reach into: code, addresses, tags and what a site generator fills in."""

import re

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting
from postwright.reading.searching.lazy import lazy_pattern

_OPAQUE = lazy_pattern(
    r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"  # code
    r"|\]\([^)\n]*\)|\]\[[^\]\n]*\]"  # where a link leads
    r"|<[^<>\n]*>"  # tags and addresses in angle brackets
    r"|\{\{.*?\}\}|\{%.*?%\}|\{[^{}\n]*\}"  # template tags, MDX expressions
    r"|https?://\S+|www\.\S+|\S+@\S+",
    re.DOTALL,
)


def is_untouchable(posting: Posting, finding: Finding) -> bool:
    """True if the finding's quote shares a character with such a part of its unit."""
    unit = posting.by_id.get(finding.unit)
    if unit is None:
        return True
    start, end = finding.span.start - unit.span.start, finding.span.end - unit.span.start
    return any(found.start() < end and start < found.end() for found in _OPAQUE.finditer(unit.text))
