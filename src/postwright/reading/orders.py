"""Text in a posting that speaks to a machine. It is kept as any other text is, and never obeyed.

An advert may well tell applicants' models what to do, so what is found here is no alarm by itself; it tells a remark
about the posting from one that only repeats what the posting ordered.
"""

import re
from collections.abc import Iterable

from postwright.domain.posting import Posting, Span
from postwright.reading.hidden import HIDDEN
from postwright.reading.lazy import lazy_pattern

TO_A_MODEL = lazy_pattern(
    r"""\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules?|above|previous)\b
    |\bsystem\ prompt\b|\bas\ an\ ai\b|\byou\ are\ an?\ (?:ai|assistant|language\ model|llm|chatbot)\b
    |\b(?:note|instructions?|message)\ (?:to|for)\ (?:the\ |any\ |all\ )?
        (?:ai|llm|language\ model|model|assistant|chatgpt|claude|bot|agent)s?\b
    |\b(?:chatgpt|claude|gpt-\d|gemini)\b|\b(?:respond|reply|output|answer)\b.{0,20}\b(?:only|with)\b""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def orders(posting: Posting, strange: Iterable[Span] = ()) -> frozenset[str]:
    """Ids of the units that speak to a model, or that lie in `strange` places: hidden text, look-alikes, forgeries."""
    places = tuple(strange)
    return frozenset(
        unit.id
        for unit in posting.units
        if any(unit.span.meets(place) for place in places) or TO_A_MODEL.search(HIDDEN.sub("", unit.text))
    )
