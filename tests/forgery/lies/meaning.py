"""Lies in true words: recombined, negated, compared or with the roles swapped; written by hand and derived."""

import re
from collections.abc import Iterator
from itertools import combinations

from forgery.cases import Case, HandLie
from forgery.lies.lie import Lie, Proof, added, demanded, lines_in, put, reworded, unlisted, unmarked
from forgery.seen import SOFT
from forgery.words import fold

_TWO_FIGURES = re.compile(r"\b(\d+\+?)(?=\b|\s)(.*?)\b(\d+)(?=\+|\b)")
_COMPARED: tuple[tuple[str, str], ...] = (
    (r"\bup to\b", "at least"),
    (r"\bup to ", ""),
    (r"\bat least\b", "at most"),
    (r"\bat least ", ""),
    (r"\bat most\b", "at least"),
    (r"\bat most ", ""),
    (r"\bwithin\b", "after"),
    (r"\bafter\b", "before"),
    (r"\bbefore\b", "after"),
    (r"(?<=\d)\+", ""),
    (r"\bonly ", ""),
    (r"\b(?:but )?(?:do|does|is|are) not ", ""),
    (r"\bnot ", ""),
    (r"\bnever ", ""),
    (r"\bno ", "a "),
    (r"\bwithout\b", "with"),
    (r", except\b", ", also"),
    (r"\bless than ", ""),
)


def by_hand(case: Case) -> Iterator[Lie]:
    """The lies that stand beside each posting's truthful reply."""
    for lie in case.hand:
        if lie.line:
            reply = reworded(case, lie.line, lie.text, lie.sources)
        else:
            reply = added(case, lie.section, lie.text, lie.sources)
        touches = frozenset(lie.sources)
        yield Lie(lie.kind, f"by hand: {lie.text}", case, reply, (_proof(case, lie),), touches=touches)


def _proof(case: Case, lie: HandLie) -> Proof:
    return unlisted(lie.text, case.units[lie.sources[0]]) if lie.kind == "and turned into or" else unmarked(lie.text)


def compared(case: Case) -> Iterator[Lie]:
    """A comparator or a negation dropped or turned round."""
    known = {fold(lie.text) for lie in case.hand}
    for line in case.text_lines():
        for pattern, other in _COMPARED:
            text = re.sub(pattern, other, line["text"], count=1)
            if text != line["text"] and fold(text) not in known:
                known.add(fold(text))
                yield Lie("negation and comparator", text, case, reworded(case, line["id"], text), (unmarked(text),))


def negated(case: Case) -> Iterator[Lie]:
    """A plain statement denied."""
    for line in case.text_lines()[::4]:
        text = re.sub(r"^You (?!are|can|do )(\w+)", r"You do not \1", line["text"])
        if text != line["text"]:
            yield Lie("negation and comparator", text, case, reworded(case, line["id"], text), (unmarked(text),))


def recombined(case: Case) -> Iterator[Lie]:
    """Two figures of one line swapped."""
    known = {fold(lie.text) for lie in case.hand}
    for line in case.text_lines():
        text = _TWO_FIGURES.sub(r"\3\2\1", line["text"], count=1)
        if text != line["text"] and fold(text) not in known:
            yield Lie("recombination", text, case, reworded(case, line["id"], text), (unmarked(text),))


def grafted(case: Case) -> Iterator[Lie]:
    """The years of one unit said of the skill of another, both cited."""
    lines = case.text_lines()
    years = [line for line in lines if re.search(r"\b\d+\+? years?\b", line["text"])]
    skills = [line for line in lines if re.match(r"You (?:know|have worked with) ", line["text"])]
    for have, skill in list(combinations([*years[:2], *skills[:3]], 2)):
        if have in years and skill in skills:
            amount = re.search(r"\b\d+\+? years?\b", have["text"])
            text = re.sub(
                r"^You (?:know|have worked with)", f"You have {amount[0] if amount else ''} of", skill["text"]
            )
            reply = reworded(case, skill["id"], text, [*skill["sources"], *have["sources"]])
            touches = frozenset([*skill["sources"], *have["sources"]])
            yield Lie("recombination across units", text, case, reply, (unmarked(text),), touches=touches)


def joined(case: Case) -> Iterator[Lie]:
    """'or' made 'and' where the source leaves a choice."""
    known = {fold(lie.text) for lie in case.hand}
    for line in case.text_lines():
        text = re.sub(r"\bor\b", "and", line["text"], count=1)
        chosen = all(re.search(r"\bor\b", case.units[unit]) for unit in line["sources"])
        if text != line["text"] and chosen and fold(text) not in known:
            yield Lie("or turned into and", text, case, reworded(case, line["id"], text), (unmarked(text),))


def loosened(case: Case) -> Iterator[Lie]:
    """'and' made 'or' where the source demands both: a lowering that a person must see."""
    known = {fold(lie.text) for lie in case.hand}
    for line in lines_in(case, "must_have"):
        text = re.sub(r"\band\b", "or", line["text"], count=1)
        if text != line["text"] and fold(text) not in known:
            proof = unlisted(text, case.units[line["sources"][0]])
            yield Lie("and turned into or", text, case, reworded(case, line["id"], text), (proof,))


def strengthened(case: Case) -> Iterator[Lie]:
    """A preference that becomes a demand: by word, by section, by heading, by lead-in; and a duty that does."""
    nice = [line for line in lines_in(case, "nice_to_have") if all(_only_preferred(case, u) for u in line["sources"])]
    for line in nice:
        bare = line["text"].rstrip(".")
        for text in (re.sub(r"^You ", "You must ", line["text"]), f"{bare}, which is required.", f"Required: {bare}."):
            if text != line["text"]:
                yield Lie("strength by word", text, case, reworded(case, line["id"], text), (unmarked(text),))
        yield from _moved(case, line["id"], line["text"], line["sources"])
    for line in lines_in(case, "mission", "clinical", "integration", "compliance", "duties")[:6]:
        text = re.sub(r"^You (?!must|are|do|can|have|need)", "You must ", line["text"])
        asked = any(re.search(r"\b(?:must|need|required?)\b", case.units[unit]) for unit in line["sources"])
        if text != line["text"] and line not in nice and not asked:
            yield Lie("strength by word", text, case, reworded(case, line["id"], text), (unmarked(text),))
    yield from _kept_as_must(case)
    yield from _under_heading(case)


def _only_preferred(case: Case, unit: str) -> bool:
    """The posting only wishes for this: by its own words or by the heading over it."""
    text = case.units[unit]
    if SOFT.search(fold(text)):
        return True
    before = case.source[: case.source.find(text)].splitlines()
    heads = [row for row in before if row.startswith("#") or row.rstrip(" *").endswith(":")]
    return bool(heads) and bool(SOFT.search(fold(heads[-1])))


def _moved(case: Case, line_id: str, text: str, sources: list[str]) -> Iterator[Lie]:
    for kind in ("must_have", "conditions"):
        reply = reworded(case, line_id, text)
        line = _taken(reply, line_id)
        yield Lie("strength by section", f"{kind}: {text}", case, put(reply, kind, line), (demanded(text),))
    led = reworded(case, line_id, text)
    says = "You must have all of the following:"
    lead = {"id": "X1", "text": says, "sources": sources, "why": "A lead-in."}
    put(led, "nice_to_have", lead, first=True)
    yield Lie("strength by lead-in", text, case, led, (unmarked(says),), touches=frozenset(sources))
    mixed = reworded(case, line_id, f"You must have: {text}")
    yield Lie("strength by lead-in", f"in the line: {text}", case, mixed, (unmarked(f"You must have: {text}"),))


def _taken(reply: dict[str, list[dict[str, list[dict[str, str]]]]], line_id: str) -> dict[str, str]:
    for section in reply["sections"]:
        for line in section["lines"]:
            if line.get("id") == line_id:
                section["lines"].remove(line)
                return line
    raise LookupError(line_id)


def _kept_as_must(case: Case) -> Iterator[Lie]:
    for section in case.reply["sections"]:
        if section["kind"] != "nice_to_have":
            continue
        kept = [unit for line in section["lines"] for unit in line.get("keep", ())]
        for unit in [unit for unit in kept if _only_preferred(case, unit)]:
            reply = reworded(case, case.text_lines()[0]["id"], case.text_lines()[0]["text"])
            for part in reply["sections"]:
                part["lines"] = [line for line in part["lines"] if unit not in line.get("keep", ())]
            put(reply, "must_have", {"keep": [unit]})
            text = case.units[unit]
            yield Lie("strength by section", f"kept: {text}", case, reply, (demanded(text),), touches=frozenset({unit}))


def _under_heading(case: Case) -> Iterator[Lie]:
    heads = [
        u
        for u, text in case.units.items()
        if re.fullmatch(
            r"(?i)(?:required|requirements|you must have|minimum qualifications|essential criteria|what we need):?",
            text,
        )
    ]
    for heading in heads[:1]:
        reply = reworded(case, case.text_lines()[0]["id"], case.text_lines()[0]["text"])
        nice = next(s for s in reply["sections"] if s["kind"] == "nice_to_have")
        nice["heading"] = heading
        for line in [line for line in lines_in(case, "nice_to_have") if _only_preferred(case, line["sources"][0])]:
            touches = frozenset(u for s in nice["lines"] for u in (*s.get("sources", ()), *s.get("keep", ())))
            says = f"under {case.units[heading]!r}: {line['text']}"
            yield Lie("strength by heading", says, case, reply, (demanded(line["text"]),), touches=touches)


def lies(case: Case) -> Iterator[Lie]:
    for derive in (by_hand, compared, negated, recombined, grafted, joined, loosened, strengthened):
        yield from derive(case)
