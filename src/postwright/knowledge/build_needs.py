"""What a line must hold for a pattern to match: words, or beginnings, ends and pieces of words.

A pattern whose words are absent need not be run, and nearly all of a thousand patterns are absent from any sentence.
Every match of a pattern holds a word of each of its lists, three at most: `^rn$` is a
whole word, `^engineer` a beginning, `ware$` an end, `clinic` a piece. Words are runs of ASCII letters, digits and
underscores, in lower case, as RE2 sees them. Of the words that would do, the rarest are taken.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from itertools import combinations, product
from math import exp
from string import digits
from types import MappingProxyType
from typing import Any

from postwright.knowledge.build_rules import finds

LISTS = 3
"""Lists of words for a pattern. A fourth would spare few searches."""
AT_THE_EDGE = 3
"""Letters by which the beginnings and ends of words are filed; shorter ones by all they have."""
_MOST = 160  # strings that a piece of a pattern may stand for; a larger piece counts as a gap
_RARE = 1  # lines in a thousand that hold a word that was not counted
_SPARED = 0.98  # of the lines; a list that spares fewer of them is not worth looking up
_GAP = "\0"  # anything, or nothing
_EDGE = "\1"  # a word edge
_OTHER = " "  # something that is no part of a word

# The standard library's reader of patterns has no public name any more, and what it makes has no public types.
_PARSER: Any = import_module("re._parser")
Value = Any
Parsed = Sequence[tuple[Any, Value]]

Entry = tuple[list[list[str]], int]
Strings = frozenset[str]
Words = frozenset[str]


Need = tuple[Words, ...]
"""Every match holds a word of each of these: one to `LISTS`, the rarest first."""


def needs(raw: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """What each pattern needs, filed by word, and by section the numbers of its patterns.

    `sections`: first and last number of the patterns of "rules/<id>", one for each term; "pins", "notices", "headings";
    "strengths": must, nice, duty; "protected/<name>", one pattern each. `runs_on`: numbers of those whose match may
    hold a line end. `words`: see `filed`.
    """
    listed: list[Entry] = []
    sections = {}
    for section, entries in _entries(raw):
        sections[section] = [len(listed), len(listed) + len(entries)]
        listed += entries
    return {
        "sections": sections,
        "runs_on": [number for number, (_, over) in enumerate(listed) if over],
        "words": filed([lists for lists, _ in listed]),
    }


def filed(needs: Sequence[Sequence[Sequence[str]]]) -> dict[str, Any]:
    """Words with the numbers of the patterns for which they do something: text, since few of them are ever met.

    A number stands for a word of a pattern's first list; with the number of all patterns added, for one of its second;
    and so on.
    `whole` words stand as they are; what a word must `begin` or `end` with is filed by its three letters at that end,
    and what it must hold `within` by its first two, so that few are looked at for a word; `letters` are too short for
    that. `always`: patterns without words. `lacks`: those with fewer lists than two, than three..., one bit for each,
    in hexadecimal digits.
    """
    tables: dict[str, Any] = {"whole": {}, "begin": {}, "end": {}, "within": {}, "letters": {}}
    for number, lists in enumerate(needs):
        for turn, words in enumerate(lists):
            for word in words:
                table, bare = _table(tables, word), word.strip("^$")
                table[bare] = f"{table.get(bare, '')} {number + turn * len(needs)}".lstrip()
    always = [number for number, lists in enumerate(needs) if not lists]
    lacks = [
        f"{sum(1 << number for number, lists in enumerate(needs) if len(lists) <= turn):x}" for turn in range(1, LISTS)
    ]
    return {"patterns": len(needs), "always": always, "lacks": lacks, **tables}


def _table(tables: dict[str, Any], word: str) -> dict[str, str]:
    bare = word.strip("^$")
    table: dict[str, str]
    if word[0] == "^" and word[-1] == "$":
        table = tables["whole"]
    elif word[0] == "^":
        table = tables["begin"].setdefault(bare[:AT_THE_EDGE], {})
    elif word[-1] == "$":
        table = tables["end"].setdefault(bare[-AT_THE_EDGE:], {})
    elif len(bare) > 1:
        table = tables["within"].setdefault(bare[:2], {})
    else:
        table = tables["letters"]
    return table


def _entries(raw: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, list[Entry]]]:
    reader = Reader(raw["word_counts"]["in_a_thousand"])
    protected, strengths, parts = raw["protected_patterns"], raw["strength_words"], raw["rules"]["parts"]
    for rule in raw["rules"]["rules"]:
        if "terms" in rule:
            found = [reader.entry(find) for term in rule["terms"] for find in finds(term["find"], parts)]
            yield f"rules/{rule['id']}", found
    for kind in ("pins", "notices"):
        yield kind, [reader.entry(_one(entry["patterns"], protected["parts"])) for entry in protected[kind]]
    yield "headings", [reader.entry(_one(entry["patterns"])) for entry in raw["section_headings"]["headings"]]
    for name, lines in protected.items():
        if isinstance(lines, str):
            yield f"protected/{name}", [reader.entry(_one(lines, protected["parts"]))]
    yield "strengths", [reader.entry(_one(strengths[name])) for name in ("must", "nice", "duty")]


def _one(lines: str, parts: Mapping[str, str] = MappingProxyType({})) -> str:
    """Alternatives that stand a line each as one pattern. `<name>` stands for a part."""
    pattern = "|".join(filter(None, lines.split("\n")))
    for name, part in parts.items():
        pattern = pattern.replace(f"<{name}>", part.strip())
    return pattern


class Reader:
    """Reads the needs of patterns, given how many of a thousand lines hold the common words."""

    def __init__(self, counts: Mapping[int, str]) -> None:
        self._counts = {word: count for count, words in counts.items() for word in words.split()}
        self._known: dict[str, Words] = {}

    def entry(self, pattern: str) -> Entry:
        """Its lists of words, and 1 if a match may hold a line end."""
        parsed = _PARSER.parse(pattern)
        return [sorted(words) for words in self.need_of(parsed)], int(crosses_lines(parsed))

    def need_of(self, parsed: Parsed, left: str = _GAP, right: str = _GAP) -> Need:
        """The rarest words that every match of a parsed pattern holds. No list: none could be found.

        `left` and `right` are what stands before and behind it: `_OTHER`, or `_GAP` when that is not known.
        """
        found = []
        for start, stop, strings in _windows(parsed):
            around = _side(parsed[:start], left), _side(parsed[stop:], right, back=True)
            found.append(self._of_strings(strings, *around))
        for at, (op, value) in enumerate(parsed):
            around = _side(parsed[:at], left), _side(parsed[at + 1 :], right, back=True)
            found.append(self._inner(str(op), value, *around))
        return self._rarest_together({words for need in found for words in need})

    def _rarest_together(self, lists: set[Words]) -> Need:
        """Of these lists those, `LISTS` at most, that fewest lines meet together."""
        left = sorted(lists, key=self._cost)
        taken: Need = ()
        while left and len(taken) < LISTS:
            best = min(left, key=lambda words: self._met((*taken, words)))
            if taken and self._met((*taken, best)) > _SPARED * self._met(taken):
                break
            taken = (*taken, best)
            left.remove(best)
        return tuple(sorted(taken, key=self._cost))

    def _met(self, lists: Need) -> float:
        """The share of lines that hold a word of each of these, if words came independently of each other."""
        unmet = 0.0
        for many in range(1, len(lists) + 1):
            for some in combinations(lists, many):
                none = exp(-self._cost_of(*frozenset().union(*some)) / 1000)
                unmet += none if many % 2 else -none
        return 1 - unmet

    def _inner(self, name: str, value: Value, left: str, right: str) -> Need:
        """The need of one element of a pattern that stands for too many strings as a whole."""
        if name == "SUBPATTERN":
            return self.need_of(value[-1], left, right)
        if name.endswith("_REPEAT") and value[0] > 0:
            return self.need_of(value[2])
        return _joined([self.need_of(way, left, right) for way in value[1]]) if name == "BRANCH" else ()

    def _of_strings(self, strings: Strings, left: str, right: str) -> Need:
        """The rarest words of each string. No list: one string holds none."""
        each = (self._rarest(f"{left}{string}{right}")[:LISTS] for string in sorted(strings))
        return _joined([tuple(frozenset({word}) for word in words) for words in each])

    def _rarest(self, framed: str) -> list[str]:
        return sorted(set(_words(framed)), key=lambda word: (self._cost_of(word), word))

    def _cost(self, words: Words) -> tuple[int, list[str]]:
        return self._cost_of(*words), sorted(words)

    def _cost_of(self, *words: str) -> int:
        """Lines in a thousand that hold one of these words."""
        return sum(self._counts.get(known, _RARE) for known in frozenset().union(*map(self._known_as, words)))

    def _known_as(self, word: str) -> Words:
        """The words that were counted of those it may stand for, or else itself."""
        if word not in self._known:
            bare, whole = word.strip("^$"), word.startswith("^") and word.endswith("$")
            fits = {"^": str.startswith, "$": str.endswith}.get(
                word[0] if word[0] == "^" else word[-1], str.__contains__
            )
            met = frozenset(known for known in self._counts if (known == bare if whole else fits(known, bare)))
            self._known[word] = met or frozenset({bare})
        return self._known[word]


def _joined(ways: Sequence[Need]) -> Need:
    """What a match in any of these ways holds: their rarest words, their next, and so on; and lists that share few.

    "team lead" and "team experience" hold "lead" or "team" and "team" or "experience", and that is met by "team" alone;
    but they hold "team" too, and "lead" or "experience".
    """
    if not all(ways):
        return ()
    most = max(map(len, ways), default=0)
    rarest = tuple(frozenset().union(*(way[min(turn, len(way) - 1)] for way in ways)) for turn in range(most))
    apart: Need = (frozenset(),) * most
    for way in sorted(ways, key=len, reverse=True):
        chosen = max(_spread(len(way), most), key=partial(_kept, apart, way))
        apart = tuple(words | way[more] for words, more in zip(apart, chosen, strict=True))
    return tuple(dict.fromkeys([*rarest, *apart]))


@cache
def _spread(many: int, most: int) -> Sequence[tuple[int, ...]]:
    """The ways to give each of `most` lists one of `many`, all of which are given. The first gives them in order."""
    inorder = tuple(min(turn, many - 1) for turn in range(most))
    return [inorder, *(each for each in product(range(many), repeat=most) if len(set(each)) == many)]


def _kept(joined: Need, way: Need, chosen: tuple[int, ...]) -> int:
    """How many words go to a list that holds them, less those that go to one while another holds them."""
    return sum(
        (1 if at == turn else -1) * len(way[more] & words)
        for turn, more in enumerate(chosen)
        for at, words in enumerate(joined)
    )


def _windows(parsed: Parsed) -> Iterable[tuple[int, int, Strings]]:
    """The longest stretches of a sequence that stand for a few strings: from, to, strings. They may overlap."""
    each = [_of(str(op), value) for op, value in parsed]
    before = 0
    for start in range(len(each)):
        stop, strings = start, frozenset({""})
        while stop < len(each) and (longer := _followed(strings, each[stop])) is not None:
            stop, strings = stop + 1, longer
        if stop > max(start, before):
            yield start, stop, strings
            before = stop


def _side(parsed: Parsed, beside: str, *, back: bool = False) -> str:
    """`_OTHER` if whatever a sequence stands for ends with a word edge or with no part of a word, else `_GAP`.

    `beside` says the same of what stands before it. With `back`, how it begins, and what stands behind it.
    """
    for op, value in reversed(parsed) if back else parsed:
        beside = _side_after(str(op), value, beside, back=back)
    return beside


def _side_after(name: str, value: Value, beside: str, *, back: bool) -> str:
    if name == "SUBPATTERN":
        return _side(value[-1], beside, back=back)
    if name == "BRANCH":
        ways = [_side(way, beside, back=back) for way in value[1]]
    elif name.endswith("_REPEAT"):
        ways = [_side(value[2], beside, back=back), _OTHER if value[0] else beside]
    else:
        ways = [_OTHER if (_of(name, value) or {_GAP}) <= {_EDGE, _OTHER} else _GAP]
    return _GAP if _GAP in ways else _OTHER


def _strings(parsed: Parsed) -> Strings | None:
    """All strings that a sequence stands for, or None when they are too many."""
    out: Strings = frozenset({""})
    for op, value in parsed:
        longer = _followed(out, _of(str(op), value))
        if longer is None:
            return None
        out = longer
    return out


def _followed(first: Strings, then: Strings | None) -> Strings | None:
    """Each string of the first followed by each of the others, or None when they are too many."""
    if then is None or len(first) * len(then) > _MOST:
        return None
    return frozenset(a + b for a, b in product(first, then))


def _of(name: str, value: Value) -> Strings | None:
    if name == "LITERAL":
        return frozenset({_plain(chr(value))})
    if name == "IN":
        return _class(value)
    if name == "SUBPATTERN":
        return _strings(value[-1])
    if name == "BRANCH":
        each = [_strings(way) for way in value[1]]
        together = frozenset().union(*filter(None, each))
        return together if all(strings is not None for strings in each) and len(together) <= _MOST else None
    if name.endswith("_REPEAT"):
        return _repeated(*value)
    if name == "AT":
        return frozenset({_GAP if str(value) == "AT_NON_BOUNDARY" else _EDGE})
    return frozenset({_GAP})


def _plain(char: str) -> str:
    return char.lower() if re.match(r"[A-Za-z0-9_]", char) else _OTHER


def _class(members: Parsed) -> Strings:
    """A class of few characters or of digits is each of them; of separators, one; any other is a gap."""
    out: set[str] = set()
    for op, value in members:
        name = str(op)
        if name == "LITERAL":
            out.add(_plain(chr(value)))
        elif name == "CATEGORY" and str(value) in {"CATEGORY_SPACE", "CATEGORY_NOT_WORD"}:
            out.add(_OTHER)
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            out.update(digits)
        elif name == "RANGE" and set(map(chr, value)) <= set(digits):
            out.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return frozenset({_GAP})
    return frozenset(out)


def _repeated(least: int, most: int, inner: Parsed) -> Strings | None:
    once = _strings(inner)
    if once is None:
        return None
    if once == {_OTHER}:  # separators, however many
        return once if least else once | {""}
    if (least, most) == (0, 1):
        return once | {""}
    return frozenset({_GAP}) if not least else frozenset(f"{string}{_GAP}" for string in once)


def _words(framed: str) -> Iterable[str]:
    """The words in a string, with a mark on each side where they are known to end."""
    for found in re.finditer(r"[a-z0-9_]+", framed):
        left = "^" if framed[found.start() - 1] in {_EDGE, _OTHER} else ""
        right = "$" if framed[found.end()] in {_EDGE, _OTHER} else ""
        yield f"{left}{found.group()}{right}"


def crosses_lines(parsed: Parsed) -> bool:
    """True if a match may hold a line end."""
    return any(_crosses(str(op), value) for op, value in parsed)


def _crosses(name: str, value: Value) -> bool:
    if name == "LITERAL":
        return bool(value == ord("\n"))
    if name == "NOT_LITERAL":
        return bool(value != ord("\n"))
    if name == "IN":
        return _class_crosses(value)
    if name == "BRANCH":
        return any(map(crosses_lines, value[1]))
    if name == "SUBPATTERN" or name.endswith("_REPEAT"):
        return crosses_lines(value[-1])
    return name not in {"AT", "ANY"}


def _class_crosses(members: Parsed) -> bool:
    held = any(_holds_line_end(str(op), value) for op, value in members)
    return held != (str(members[0][0]) == "NEGATE")


def _holds_line_end(name: str, value: Value) -> bool:
    if name == "LITERAL":
        return bool(value == ord("\n"))
    if name == "RANGE":
        return bool(value[0] <= ord("\n") <= value[1])
    return name == "CATEGORY" and str(value) in {"CATEGORY_SPACE", "CATEGORY_NOT_WORD", "CATEGORY_NOT_DIGIT"}
