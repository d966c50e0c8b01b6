"""Facts that lean on their neighbours: a unit said once for several numbers, a thing said twice in brackets."""

from postwright.domain.posting import Fact, FactKind, Span
from postwright.reading.searching.lazy import lazy_pattern

_ALONE = lazy_pattern(r"[\d.,-]+")
_LAST_LINK = lazy_pattern(r"-?\s*,?\s*(?:and|or|&|/)\s*")
_COMMA = lazy_pattern(r"-?\s*,\s*")


def share_units(text: str, facts: list[Fact]) -> list[Fact]:
    """ "at 30, 60 and 90 days": the unit said last counts for the numbers before it. `facts` in order of spans."""
    shared = list(facts)
    in_list = False
    for place in range(len(facts) - 2, -1, -1):
        fact, following = shared[place], shared[place + 1]
        gap = text[fact.span.end : max(fact.span.end, following.span.start)]
        linked = _LAST_LINK.fullmatch(gap) or (in_list and _COMMA.fullmatch(gap))
        unit = _unit_of(following)
        in_list = bool(linked and unit is not None and fact.kind is FactKind.NUMBER and _ALONE.fullmatch(fact.norm))
        if in_list:
            shared[place] = Fact(following.kind, f"{fact.norm}{unit}", fact.span)
    return shared


def _unit_of(fact: Fact) -> str | None:
    """What follows the amount of a counted fact ("" for years and percent), or None for other facts."""
    if fact.kind in {FactKind.YEARS, FactKind.PERCENT}:
        return ""
    amount, blank, unit = fact.norm.partition(" ")
    counted = fact.kind in {FactKind.NUMBER, FactKind.HOURS} and blank and _ALONE.fullmatch(amount)
    return f" {unit}" if counted and not unit.startswith(("/", "x")) else None


def say_once(text: str, facts: list[Fact]) -> list[Fact]:
    """ "health information exchange (HIE)" says one thing: the repetition in brackets joins what it repeats."""
    kept: list[Fact] = []
    for fact in facts:
        if kept and _repeats(text, kept[-1], fact):
            last = kept.pop()
            kept.append(Fact(last.kind, last.norm, Span(last.span.start, fact.span.end)))
        else:
            kept.append(fact)
    return kept


def _repeats(text: str, last: Fact, fact: Fact) -> bool:
    if (last.kind, last.norm) != (fact.kind, fact.norm):
        return False
    return text[last.span.end : fact.span.start] == " (" and text.startswith(")", fact.span.end)
