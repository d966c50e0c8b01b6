"""Comments in a posting that set a finding aside, each with its reason.

`<!-- postwright: ignore RULE: reason -->` (in MDX `{/* ... */}`) holds for the sentence, item, heading or row it
stands in, or alone on its line for the one that follows; `ignore-file` holds for the whole file.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from postwright.domain.finding import Finding, Severity
from postwright.domain.posting import Posting, Span, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.rule import Examples, Rule

_COMMENT = lazy_pattern(
    r"(?P<open><!--|\{/\*)(?P<inside>\s{0,9}postwright:(?:(?!-->|\*/\}).)*)(?P<close>-->|\*/\})?", re.DOTALL
)
_INSIDE = lazy_pattern(r"\s*postwright:\s*(?P<verb>[\w-]*)(?P<names>[^:]*)(?::(?P<reason>.*))?", re.DOTALL)
_FENCE = ("```", "~~~")
_OTHERS = frozenset({"lock", "unlock"})
"""Verbs that are somebody else's business: they mark protected text."""

SHORTEST_REASON = 3
"""Characters; "ok" says nothing to the next reader."""


def _rule(rule_id: str, severity: Severity, why: str, fix: str, flags: str, allows: str) -> Rule:
    return Rule(
        id=rule_id,
        ref="house",
        family="ignores",
        severity=severity,
        evidence="fact",
        group="comments that ignore",
        why=why,
        fix=fix,
        source="Postwright's own comments",
        examples=lambda: Examples((flags,), (allows,)),
    )


_WELL = "<!-- postwright: ignore native-speaker: the job is to interpret -->"

INCOMPLETE = _rule(
    "ignore-incomplete",
    Severity.WARNING,
    "A comment that ignores a rule must name the rule and say why; this one has no effect.",
    "Write <!-- postwright: ignore RULE: reason -->.",
    "<!-- postwright: ignore native-speaker -->",
    _WELL,
)
UNKNOWN = _rule(
    "ignore-unknown-rule",
    Severity.WARNING,
    "This comment ignores a rule that does not exist, so it has no effect.",
    "Correct the name; `postwright rules` lists all rules.",
    "<!-- postwright: ignore nativ-speaker: the job is to interpret -->",
    _WELL,
)
UNUSED = _rule(
    "ignore-unused",
    Severity.NOTICE,
    "This comment ignores what is no longer found here.",
    "Delete the comment.",
    "We need two nurses. <!-- postwright: ignore native-speaker: the job is to interpret -->",
    "Native English speaker <!-- postwright: ignore native-speaker: the job is to interpret -->",
)
OWN_RULES = (INCOMPLETE, UNKNOWN, UNUSED)


class Ignore(NamedTuple):
    """One comment. `problem` says what is wrong with it; then it has no effect."""

    span: Span
    inside: Span
    names: tuple[str, ...]
    reason: str
    whole_file: bool
    problem: str = ""


def ignores_in(text: str) -> tuple[Ignore, ...]:
    """All comments that address Postwright and are no lock markers, in order. What stands in code is an example."""
    if "postwright:" not in text:
        return ()
    return tuple(
        _ignore(found) for found in _COMMENT.finditer(text) if not _is_quoted(text, found) and not _is_lock(found)
    )


def _is_quoted(text: str, found: re.Match[str]) -> bool:
    return text[found.start() - 1 : found.start()] == "`"


def _is_lock(found: re.Match[str]) -> bool:
    said = _INSIDE.match(found["inside"])
    return said is not None and said["verb"].lower() in _OTHERS


def _ignore(found: re.Match[str]) -> Ignore:
    said = _INSIDE.match(found["inside"])
    verb = said["verb"] if said else ""
    names = tuple(re.findall(r"[\w-]+", said["names"])) if said else ()
    reason = " ".join((said["reason"] or "").split()) if said else ""
    return Ignore(
        span=Span(*found.span()),
        inside=Span(*found.span("inside")),
        names=names,
        reason=reason,
        whole_file=verb == "ignore-file",
        problem=_problem(verb, names, reason, closed=bool(found["close"])),
    )


def _problem(verb: str, names: tuple[str, ...], reason: str, *, closed: bool) -> str:
    if not closed:
        return "The comment is never closed."
    if verb not in {"ignore", "ignore-file"}:
        return f"{verb or 'nothing'!r} is no order that Postwright knows."
    if not names:
        return "It names no rule."
    return "" if len(reason) >= SHORTEST_REASON else "It gives no reason."


def without_words(text: str, ignores: Iterable[Ignore]) -> str:
    """The text with the inside of these comments blank, so that no rule judges a reason. Every offset stays."""
    pieces = []
    at = 0
    for ignore in ignores:
        pieces += [text[at : ignore.inside.start], re.sub(r"[^\r\n]", " ", ignore.inside.of(text))]
        at = ignore.inside.end
    return "".join([*pieces, text[at:]])


class Ignores:
    """The comments of one posting against its findings. `known` maps each rule id to its family."""

    def __init__(self, ignores: tuple[Ignore, ...], posting: Posting, known: dict[str, str]) -> None:
        self._known = known
        self._families = frozenset(known.values())
        self._live = [(ignore, _reach(ignore, posting)) for ignore in ignores if not _in_code(ignore, posting)]
        self._used: set[tuple[int, str]] = set()

    def reason_for(self, finding: Finding) -> str | None:
        """Why a finding is set aside, or None when it is not."""
        for index, (ignore, reach) in enumerate(self._live):
            if ignore.problem:
                continue
            for name in ignore.names:
                if name in {finding.rule, self._known.get(finding.rule)} and _reaches(reach, finding):
                    self._used.add((index, name))
                    return ignore.reason
        return None

    def findings(self, text: str, active: Collection[str]) -> Iterator[Finding]:
        """What is wrong with the comments themselves, once all findings were asked about. `active`: rules that ran."""
        for index, (ignore, _) in enumerate(self._live):
            if ignore.problem:
                yield _about(INCOMPLETE, ignore, text, f"{INCOMPLETE.why} {ignore.problem}")
                continue
            for name in ignore.names:
                if name not in self._known and name not in self._families:
                    yield _about(UNKNOWN, ignore, text, f"{UNKNOWN.why} {_nearest(name, self._known)}".strip())
                elif (index, name) not in self._used and self._ran(name, active):
                    yield _about(UNUSED, ignore, text, f"{UNUSED.why} ({name})")

    def _ran(self, name: str, active: Collection[str]) -> bool:
        return any(rule in active and name in {rule, family} for rule, family in self._known.items())


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

    near = get_close_matches(name, list(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else ""


def _about(rule: Rule, ignore: Ignore, text: str, why: str) -> Finding:
    quote = ignore.span.of(text)
    return Finding(rule.id, rule.severity, "", ignore.span, quote, why, rule.fix, group=rule.group)


def _in_code(ignore: Ignore, posting: Posting) -> bool:
    return any(
        unit.kind is UnitKind.OPAQUE and unit.span.holds(ignore.span) and unit.text.lstrip().startswith(_FENCE)
        for unit in posting.units
    )


def _reach(ignore: Ignore, posting: Posting) -> tuple[Span, ...] | None:
    """Where a comment holds; None: everywhere."""
    if ignore.whole_file:
        return None
    target = _beside(ignore, posting) or _after(ignore, posting)
    if target is None:
        return ()
    return tuple(unit.span for unit in posting.units if unit.block == target.block)


def _beside(ignore: Ignore, posting: Posting) -> Unit | None:
    """The unit that the comment stands in, or behind on the same line."""
    before: Unit | None = None
    for unit in posting.units:
        if unit.span.start > ignore.span.start:
            break
        if unit.kind is not UnitKind.OPAQUE:
            before = unit
    if before is None:
        return None
    between = posting.source[before.span.end : ignore.span.start]
    return None if "\n" in between or "\r" in between else before


def _after(ignore: Ignore, posting: Posting) -> Unit | None:
    """The next unit that is no comment itself."""
    behind = (unit for unit in posting.units if unit.span.start >= ignore.span.end)
    return next((unit for unit in behind if not unit.text.startswith(("<!--", "{/*"))), None)


def _reaches(reach: tuple[Span, ...] | None, finding: Finding) -> bool:
    return reach is None or any(span.meets(finding.span) or span == finding.span for span in reach)
