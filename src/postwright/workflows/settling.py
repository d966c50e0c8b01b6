"""Decisions settled by a person, and what the posting reads then. The text is rendered anew, never patched."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from postwright.domain.draft import Decision, DecisionKind, DecisionState, Draft, Ledger
from postwright.domain.errors import UsageProblem
from postwright.domain.review import Review
from postwright.fidelity.audit import audit
from postwright.fidelity.clean import dirt
from postwright.fidelity.render import render
from postwright.fidelity.sources import Sources
from postwright.reading.posting import read

LONGEST_EDIT = 600
"""Characters of a person's own words for one line."""
LARGEST_DECISIONS = 1_000_000
"""Characters of a decisions file or text."""

_VERBS = {
    "accept": DecisionState.ACCEPTED,
    "reject": DecisionState.REJECTED,
    "edit": DecisionState.EDITED,
    "undo": DecisionState.PENDING,
}
_STEP = re.compile(r"\s*(accept|reject|undo)\s+((?:c?\d+(?:\s*-\s*c?\d+)?|all|[\s,])+)", re.IGNORECASE)
_STEPS = re.compile(r"[;\n]+\s*(?=(?:accept|reject|edit|undo)\b)", re.IGNORECASE)
"""Between two steps; mail programs break lines inside one."""
_EDIT = re.compile(r"\s*edit\s+c?(\d+)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for one decision."""

    decision: str
    state: DecisionState
    edited: str = ""


def read_choices(text: str, decisions: Iterable[Decision]) -> tuple[Choice, ...]:
    """Choices from the page's JSON or from words: `accept 1,3; reject 2; edit 4: new words`.

    Raises UsageProblem for what cannot be understood or names no decision.
    """
    if len(text) > LARGEST_DECISIONS:
        raise UsageProblem("the decisions are too long to be ours", hint="export them from the review page again")
    known = {d.id: d for d in decisions}
    choices = _from_json(text) if text.lstrip().startswith(("{", "[")) else _from_words(text, known)
    for choice in choices:
        if choice.decision not in known:
            nearest = f"there are c1 to c{len(known)}" if known else "this draft has no decisions"
            raise UsageProblem(f"no decision {choice.decision[:12]!r} in this draft", hint=nearest)
        check_choice(choice)
    return choices


def _from_json(text: str) -> tuple[Choice, ...]:
    """`{"decisions": [{"id": "c1", "state": "accepted", "text": ""}]}`, or a plain mapping id -> state."""
    hint = "export the decisions from the review page again"
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageProblem("the decisions are not valid JSON", hint=hint) from error
    entries = data.get("decisions", data) if isinstance(data, dict) else data
    if isinstance(entries, dict):
        entries = [{"id": key, "state": value} for key, value in entries.items()]
    if not isinstance(entries, list):
        raise UsageProblem("the decisions are not a list", hint=hint)
    choices = []
    for entry in entries:
        try:
            state = DecisionState(str(entry["state"]).lower())
            choices.append(Choice(str(entry["id"]), state, str(entry.get("text", "")).strip()))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UsageProblem("a decision has no id or an unknown state", hint=hint) from error
    return tuple(choices)


def _from_words(text: str, known: Mapping[str, Decision]) -> tuple[Choice, ...]:
    choices: list[Choice] = []
    for step in _STEPS.split(text):
        if not step.strip():
            continue
        if (edit := _EDIT.fullmatch(step)) is not None:
            words = " ".join(edit.group(2).rstrip(";").split())
            choices.append(Choice(f"c{edit.group(1)}", DecisionState.EDITED, words))
            continue
        match = _STEP.fullmatch(step.strip().rstrip(";"))
        if match is None:
            raise UsageProblem(
                f"cannot read {step.strip()[:40]!r}", hint='write for example "accept 1,3; reject 2; edit 4: new words"'
            )
        state = _VERBS[match.group(1).lower()]
        choices += [Choice(name, state) for name in _numbers(match.group(2), known)]
    return tuple(choices)


def _numbers(text: str, known: Mapping[str, Decision]) -> list[str]:
    if "all" in text.lower():
        return list(known)
    names: list[str] = []
    for part in re.findall(r"c?(\d+)(?:\s*-\s*c?(\d+))?", text):
        first, last = int(part[0]), int(part[1] or part[0])
        names += [f"c{n}" for n in range(first, min(last, first + 500) + 1)]
    return names


def check_choice(choice: Choice) -> None:
    """Raises UsageProblem for words of a person's own that cannot stand in a line."""
    if choice.state is not DecisionState.EDITED:
        return
    if not choice.edited or len(choice.edited) > LONGEST_EDIT:
        raise UsageProblem(
            f"the edit of {choice.decision} is empty or too long",
            hint=f"at most {LONGEST_EDIT} characters, on one line",
        )
    if why := dirt(choice.edited, ()):
        raise UsageProblem(f"the edit of {choice.decision} {why}", hint="write plain words on one line")


def settle(review: Review, choices: Iterable[Choice]) -> Review:
    """The review with these choices made: same lines, new states, text rendered and audited anew."""
    if review.draft is None:
        raise UsageProblem(f"{review.path} has no draft to settle", hint="run rewrite first")
    chosen = {c.decision: c for c in choices}
    decisions = tuple(_settled(d, chosen.get(d.id)) for d in review.draft.decisions)
    draft = rendered_anew(review.draft, decisions)
    audit(draft, sources_of(review))
    return replace(review, draft=draft)


def _settled(decision: Decision, choice: Choice | None) -> Decision:
    """A blank has no value that could be accepted: it is filled in (edited), left out (rejected), or stays open."""
    if choice is None:
        return decision
    if decision.kind is DecisionKind.BLANK and choice.state is DecisionState.ACCEPTED:
        return decision
    return decision.settled(choice.state, choice.edited)


def rendered_anew(draft: Draft, decisions: tuple[Decision, ...]) -> Draft:
    rendered = render(draft.front, draft.newline, draft.sections, decisions)
    ledger = Ledger(rendered.entries, draft.ledger.units)
    return replace(draft, text=rendered.text, decisions=decisions, ledger=ledger)


def sources_of(review: Review) -> Sources:
    """The sources that a stored review was made from, read again from its own copy of the source."""
    posting = read(review.source, review.path)
    known = {u.id for u in posting.units}
    return Sources(posting, tuple(u for u in review.units if u.id not in known))
