"""Text in a posting that speaks to a machine. It is kept as any other text is, and never obeyed.

An advert may well tell applicants' models what to do, so what is found here is no alarm by itself; it tells a remark
about the posting from one that only repeats what the posting ordered.
"""

import re
from collections.abc import Iterable

from postwright.domain.posting import Posting, Span
from postwright.reading.hidden import HIDDEN
from postwright.reading.lazy import lazy_pattern

_ADDRESS = r"""\b(?:note|instructions?|message)\ (?:to|for)\ (?:the\ |any\ |all\ )?
    (?:ai|llm|language\ model|model|assistant|chatgpt|claude|bot|agent)s?\b"""
_COMMAND = rf"""\b(?:ignore|disregard|forget|override)\b.{{0,40}}\b(?:instructions?|prompts?|rules?|above|previous)\b
    |{_ADDRESS}\s*:
    |\b(?:ignor\w{{1,4}}|olvid\w{{1,3}}|zignoruj|vergiss|oubliez|esque[cç]a|dimentica|negeer)\b.{{0,40}}
        \b(?:instru[ckçz]\w{{2,6}}|anweisung\w*|indicaciones|polece\w+|istruzioni|instructies)\b
    |(?:忽略|无视|無視|忘记).{{0,20}}(?:指示|指令|提示)|(?:指示|命令).{{0,8}}(?:無視|忘れ)|지시.{{0,10}}무시
    |talimat.{{0,20}}(?:yok\ say|görmezden)
    |(?:игнорир|забудь)\w*.{{0,40}}инструкц
    |تجاهل.{{0,40}}(?:تعليمات|التعليمات)
    |निर्देश.{{0,20}}(?:अनदेखा|नज़रअंदाज़)"""
_MENTION = rf"""
    |{_ADDRESS}
    |\bsystem\ prompt\b|\bas\ an\ ai\b|\byou\ are\ an?\ (?:ai|assistant|language\ model|llm|chatbot)\b
    |\b(?:chatgpt|claude|gpt-\d|gemini)\b|\b(?:respond|reply|output|answer)\b.{{0,20}}\b(?:only|with)\b"""

_FLAGS = re.IGNORECASE | re.DOTALL | re.VERBOSE
TO_A_MODEL = lazy_pattern(_COMMAND + _MENTION, _FLAGS)
COMMAND = lazy_pattern(_COMMAND, _FLAGS)
"""Without what a sentence on the work may hold as well: a model's name, a system prompt to write, an AI engineer."""


def commands(posting: Posting) -> frozenset[str]:
    """Ids of the units that tell a model what to do, in so many words."""
    return frozenset(unit.id for unit in posting.units if COMMAND.search(HIDDEN.sub("", unit.text)))


def orders(posting: Posting, strange: Iterable[Span] = ()) -> frozenset[str]:
    """Ids of the units that speak to a model, or that lie in `strange` places: hidden text, look-alikes, forgeries."""
    places = tuple(strange)
    return frozenset(
        unit.id
        for unit in posting.units
        if any(unit.span.meets(place) for place in places) or TO_A_MODEL.search(HIDDEN.sub("", unit.text))
    )
