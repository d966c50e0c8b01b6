"""Lies in the books: protected text altered, moved, doubled, lost; units unaccounted or cited in bulk; quotes."""

import copy
import re
from collections.abc import Iterator

from forgery.cases import Case, Json
from forgery.lies.lie import Lie, added, anywhere, copies_other_than, instead, kept, lost, pick, put, unmarked, without
from forgery.protected import kind_of
from forgery.words import content, stem

_ALTERED: tuple[tuple[str, str], ...] = (
    (r"\bequal (?:employment )?opportunit(?:y|ies)\b", "fair opportunity"),
    (r",? (?:color|religion|disability|age),?", ""),
    (r"\bwithout regard to\b", "with regard to"),
    (r"\breasonable accommodations?\b", "some help"),
    (r"\b(?:dental|vision),? ", ""),
    (r"\bper (?:year|hour|annum)\b", "before tax"),
    (r"\binternal applicants only\b", "internal and external applicants"),
    (r"\b(?:applicants|candidates)\b", "people"),
    (r"\bprivacy notice\b", "privacy page"),
    (r"\bdepending on experience\b", "for experienced people"),
)


def notices(case: Case) -> list[str]:
    """Units that the suite's own patterns call protected."""
    return [unit for unit, text in case.units.items() if kind_of(text)]


def altered(case: Case) -> Iterator[Lie]:
    for unit in notices(case):
        text = case.units[unit]
        for pattern, other in _ALTERED:
            lie = re.sub(pattern, other, text, count=1)
            if lie != text:
                reply = instead(case, unit, lie)
                proofs = (unmarked(lie), copies_other_than(case.source.count(text), text))
                yield Lie("protected text altered", lie, case, reply, proofs)


def moved(case: Case) -> Iterator[Lie]:
    """A protected text set elsewhere with a scope of its own, and a block pulled apart."""
    for unit in notices(case):
        text = case.units[unit]
        reply = put(without(case, [unit]), "nice_to_have", {"keep": [unit]})
        scoped = put(
            reply, "nice_to_have", {"id": "X1", "text": f"For some people: {text}", "sources": [unit], "why": "Scope."}
        )
        proofs = (unmarked(f"For some people: {text}"), copies_other_than(case.source.count(text), text))
        yield Lie("protected text moved out of scope", text, case, scoped, proofs)
    pairs = [(a, b) for a, b in zip(notices(case), notices(case)[1:], strict=False) if int(b[1:]) == int(a[1:]) + 1]
    for first, second in pairs:
        both = re.search(re.escape(case.units[first]) + r"\s+" + re.escape(case.units[second]), case.source)
        if both and kind_of(case.units[first]) == kind_of(case.units[second]):
            reply = put(put(without(case, [first, second]), "about", {"keep": [second]}), "mission", {"keep": [first]})
            proof = copies_other_than(1, both[0])
            yield Lie("protected text moved out of scope", f"pulled apart: {both[0]}", case, reply, (proof,))


def doubled(case: Case) -> Iterator[Lie]:
    for unit in notices(case):
        text = case.units[unit]
        once = copies_other_than(case.source.count(text), text)
        again = put(copy.deepcopy(case.reply), "about", {"keep": [unit]})
        yield Lie("protected text doubled", f"kept twice: {text}", case, again, (once,))
        said = added(case, "mission", text, [unit])
        yield Lie("protected text doubled", f"kept and said: {text}", case, said, (once,))


def dropped(case: Case) -> Iterator[Lie]:
    for unit in notices(case):
        text = case.units[unit]
        once = copies_other_than(case.source.count(text), text)
        yield Lie("protected text lost", f"not mentioned: {text}", case, without(case, [unit]), (once,))
        reply = without(case, [unit])
        reply["removals"].append({"units": [unit], "group": "boilerplate", "why": "Everybody knows it."})
        yield Lie("protected text lost", f"removed: {text}", case, reply, (once,))


def unaccounted(case: Case) -> Iterator[Lie]:
    """Units that the reply forgets, or hides under a reason that code must verify."""
    for line in pick(case.text_lines(), case, "forgotten", 3):
        reply = without(case, line["sources"])
        proofs = tuple(lost(case.units[unit]) for unit in line["sources"] if unit in case.units)
        yield Lie("units unaccounted", f"forgotten: {line['text']}", case, reply, proofs)
    for group in ("heading", "duplicate"):
        for line in pick(case.text_lines(), case, group, 2):
            reply = without(case, line["sources"])
            reply["removals"].append({"units": line["sources"], "group": group, "why": group})
            proofs = tuple(lost(case.units[unit]) for unit in line["sources"] if unit in case.units)
            yield Lie("units unaccounted", f"called a {group}: {line['text']}", case, reply, proofs)


def in_bulk(case: Case) -> Iterator[Lie]:
    """One line that cites what others say, so that those can go without a trace."""
    lines = case.text_lines()
    for at in (0, len(lines) // 3, len(lines) // 2):
        keeper, gone = lines[at], [line for line in lines[at + 1 : at + 4] if not _shares(lines[at], line)]
        units = [unit for line in gone for unit in line["sources"]]
        if not units:
            continue
        reply = without(case, units)
        line = next(x for s in reply["sections"] for x in s["lines"] if x.get("id") == keeper["id"])
        line["sources"] = [*line["sources"], *units]
        proofs = tuple(lost(case.units[unit]) for unit in units if unit in case.units)
        touches = frozenset(line["sources"])
        yield Lie("units cited in bulk", f"{keeper['text']} [{', '.join(units)}]", case, reply, proofs, touches=touches)


def by_a_common_word(case: Case) -> Iterator[Lie]:
    """A line that cites another's unit for one word that both happen to hold, so that the rest of it can go."""
    lines = case.text_lines()
    pairs = [(one, other) for one in lines for other in lines if one is not other and _alike(one, other)]
    for one, other in pick(pairs, case, "common word", 3):
        reply = without(case, other["sources"])
        line = next((x for s in reply["sections"] for x in s["lines"] if x.get("id") == one["id"]), None)
        if line is not None:
            line["sources"] = [*line["sources"], *other["sources"]]
            proofs = tuple(lost(case.units[unit]) for unit in other["sources"])
            says = f"{one['text']} [{case.units[other['sources'][0]]}]"
            touches = frozenset(line["sources"])
            yield Lie("units cited in bulk", f"by a common word: {says}", case, reply, proofs, touches=touches)


def _alike(one: Json, other: Json) -> bool:
    """They share a root or two, and no unit."""
    common = {stem(word) for word in content(one["text"])} & {stem(word) for word in content(other["text"])}
    return 0 < len(common) <= 2 and not set(one["sources"]) & set(other["sources"])


def _shares(one: Json, other: Json) -> bool:
    return bool(set(map(str.casefold, content(one["text"]))) & set(map(str.casefold, content(other["text"]))))


def twice(case: Case) -> Iterator[Lie]:
    """The same unit kept in two places, or kept and reworded, or kept and removed."""
    plain = [u for u in kept(case) if u in case.units and not kind_of(case.units[u])]
    for unit in plain[:2]:
        text = case.units[unit]
        times = case.source.count(text)
        if case.source.count(text) == 1:
            reply = put(copy.deepcopy(case.reply), "about", {"keep": [unit]})
            touches = frozenset({unit})
            yield Lie(
                "duplicated replies",
                f"kept twice: {text}",
                case,
                reply,
                (copies_other_than(times, text),),
                touches=touches,
            )


def quoted(case: Case) -> Iterator[Lie]:
    """Findings whose quote is not in the unit."""
    for line in pick(case.text_lines(), case, "quote", 2):
        unit = line["sources"][0]
        words = case.units.get(unit, "").split()
        for quote in (
            "a dynamic self-starter with grit",
            " ".join([*words[:2], "always", *words[2:4]]),
            "wants younger people",
        ):
            reply = copy.deepcopy(case.reply)
            why = "This wording puts people off."
            reply["findings"].append(
                {"unit": unit, "quote": quote, "severity": "error", "why": why, "fix": "Say what the work is."}
            )
            yield Lie("quotes not verbatim", f"{unit}: {quote}", case, reply, (anywhere(quote),))


def lies(case: Case) -> Iterator[Lie]:
    for derive in (altered, moved, doubled, dropped, unaccounted, in_bulk, by_a_common_word, twice, quoted):
        yield from derive(case)
