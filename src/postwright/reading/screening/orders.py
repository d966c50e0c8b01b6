"""Text in a posting that speaks to a machine. It is kept as any other text is, and never obeyed.

An advert may well tell applicants' models what to do, so what is found here is no alarm by itself; it tells a remark
about the posting from one that only repeats what the posting ordered.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from postwright.domain.posting import Posting, Span
from postwright.reading.screening.hidden import HIDDEN
from postwright.reading.searching.lazy import lazy_pattern

_TONGUES = r"""
    \b(?:ignor\w{1,4}|olvid\w{1,3}|zignoruj|vergiss|oubliez|esque[cç]a|dimentica|negeer)\b.{0,40}
        \b(?:instru[ckçz]\w{2,6}|anweisung\w*|indicaciones|polece\w+|istruzioni|instructies)\b
    |(?:忽略|无视|無視|忘记).{0,20}(?:指示|指令|提示)|(?:指示|命令).{0,8}(?:無視|忘れ)|지시.{0,10}무시
    |talimat.{0,20}(?:yok\ say|görmezden)
    |(?:игнорир|забудь)\w*.{0,40}инструкц
    |تجاهل.{0,40}(?:تعليمات|التعليمات)
    |निर्देश.{0,20}(?:अनदेखा|नज़रअंदाज़)"""
"""To ignore what was said before, in the languages that such orders are tried in."""

TO_A_MODEL = lazy_pattern(
    r"""\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules?|above|previous)\b
    |\bsystem\ prompt\b|\bas\ an\ ai\b|\byou\ are\ an?\ (?:ai|assistant|language\ model|llm|chatbot)\b
    |\b(?:note|instructions?|message)\ (?:to|for)\ (?:the\ |any\ |all\ )?
        (?:ai|llm|language\ model|model|assistant|chatgpt|claude|bot|agent)s?\b
    |\b(?:chatgpt|claude|gpt-\d|gemini)\b|\b(?:respond|reply|output|answer)\b.{0,20}\b(?:only|with)\b
    |"""
    + _TONGUES,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)

_COMMANDS = lazy_pattern(
    r"""\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|every\w*|the|your|my|our|of|these|those|other|previous
        |prior|earlier|former|above|preceding|system)\s+){1,6}(?:instruction|prompt|rule|direction|guideline|command|text)s?\b
    |\b(?:ignore|disregard|forget)\s+(?:(?:all|everything|anything|what)\s+)?(?:(?:is|stands|comes)\s+)?(?:the\s+)?
        (?:above|before\ this)\b
    |\byou\ are\ (?:now\ )?an?\ (?:helpful\ |large\ )?
        (?:ai\ (?:language\ )?(?:model|assistant|agent|system|tool|bot)|language\ model|llm|chatbot)\b
    |\bif\ you(?:'re|\ are)\ an?\ (?:ai|llm|language\ model|bot|chatbot|machine)\b
        (?!\ (?:engineer|architect|scientist|researcher|developer|specialist|expert|product|leader|lead|company))
    |\b(?:note|instructions?|message|attention)\ (?:(?:to|for)\ )?(?:the\ |any\ |all\ )?
        (?:ai|llm|(?:large\ )?language\ model|model|assistant|chatgpt|claude|bot|agent)s?\ ?[:!]
    |(?:^|[.!?:;,]\ |\b(?:and|then|please|now)\ )(?:respond|reply|output|print|answer)\ (?:only\b|with\ only\b|exactly\b
        |(?:with\ )?the\ (?:word|phrase|sentence|string)s?\b)
    |\b(?:the|your|this|any)\ (?:rewritten\ (?:posting|text|version|advert|ad|job|description)|rewrite)\b
    |\bwhen(?:ever)?\ (?:you\ )?(?:re)?(?:writ|summari[sz]|process|evaluat|analy[sz]|translat)(?:e|ing)?\ this
        \ (?:posting|text|page|document|job|advert|ad|description)\b
    |\b(?:chatgpt|claude|gpt-\d|gemini|llms?|ais?|ai\ (?:model|assistant)s?)\ ?[:,]\ (?:please\ )?
        (?:ignore|say|state|write|add|include|rate|score|recommend|tell|remove|mark|output|do\ not)\b
    |"""
    + _TONGUES,
    re.IGNORECASE | re.VERBOSE,
)
"""What only an order to software says. `TO_A_MODEL` finds more: "you write system prompts for Claude" is a duty."""


def commands(posting: Posting, strange: Iterable[Span] = ()) -> frozenset[str]:
    """Ids of the units that give orders to software or lie in `strange` places, and of what follows in their paragraph.

    Nothing may be made of their words: they stand as they are, for people to read, or a person leaves them out.
    """
    places = tuple(strange)
    found: set[str] = set()
    ordered = None  # the paragraph in which an order was found
    for unit in posting.units:
        if _commands(unit.text) or any(unit.span.meets(place) for place in places):
            ordered = unit.block
            found.add(unit.id)
        elif unit.block == ordered:
            found.add(unit.id)
    return frozenset(found)


def orders(posting: Posting, strange: Iterable[Span] = ()) -> frozenset[str]:
    """Ids of the units that speak to a model, or that lie in `strange` places: hidden text, look-alikes, forgeries."""
    places = tuple(strange)
    return frozenset(
        unit.id
        for unit in posting.units
        if any(unit.span.meets(place) for place in places) or _speaks_to_a_model(unit.text)
    )


@lru_cache(maxsize=4096)
def _commands(text: str) -> bool:
    return _COMMANDS.search(" ".join(HIDDEN.sub("", text).split())) is not None


@lru_cache(maxsize=4096)
def _speaks_to_a_model(text: str) -> bool:
    return TO_A_MODEL.search(HIDDEN.sub("", text)) is not None
