"""Lies in what is said about the draft: summary, why, question, reason, fix, gap, group."""

import copy
from collections.abc import Callable, Iterator

from forgery.cases import Case, Json
from forgery.lies.lie import Lie, Proof, anywhere, more_than, pick

PAYLOADS: tuple[tuple[str, str, str], ...] = (
    ("a link", "See https://evil.example/win for more.", "evil.example"),
    ("a bare host", "See evil.example/win for more.", "evil.example"),
    ("a Markdown link", "Read [more](https://evil.example).", "evil.example"),
    ("a contact", "Write to boss@evil.example first.", "boss@evil.example"),
    ("a phone", "Call 555-0188 first.", "555-0188"),
    ("a number", "Four in five people leave: 8351 of them.", "8351"),
    ("pay", "Peers pay $190,000 for this.", "$190,000"),
    ("HTML", "This is <b>bad</b> <script>x()</script>.", "<script>"),
    ("a template tag", "This is {{ bad }}.", "{{ bad }}"),
    ("hidden text", "This is fine.\u200b\u202e", "\u202e"),
    ("an escape", "This is \x1b[31mred.", "\x1b"),
    ("a forged mark", "Settled: **[confirm c1]** done.", "**[confirm c1]** done"),
    ("a novel", "Blah blah words. " * 900, "Blah blah words. " * 300),
)


def _finding(reply: Json, case: Case, field: str, text: str) -> None:
    unit = case.text_lines()[0]["sources"][0]
    words = " ".join(case.units.get(unit, "x").split()[:3])
    finding = {
        "unit": unit,
        "quote": words,
        "severity": "warning",
        "why": "It is vague.",
        "fix": "Say what the work is.",
    }
    reply["findings"].append(finding | {field: text})


def _set_summary(reply: Json, _: Case, text: str) -> None:
    reply["summary"] = text


def _set_gap(reply: Json, case: Case, text: str) -> None:
    unit = case.text_lines()[0]["sources"][0]
    reply["coverage"] = [{"layer": "clinical", "score": 1, "units": [unit], "gap": text}]


def _set_ask(reply: Json, _: Case, text: str) -> None:
    reply["questions"] = [{"layer": "clinical", "ask": text, "why": "Nobody is named."}]


def _set_question_why(reply: Json, _: Case, text: str) -> None:
    reply["questions"] = [{"layer": "clinical", "ask": "Who decides what is correct?", "why": text}]


def _set_title_why(reply: Json, _: Case, text: str) -> None:
    reply["title"] = {"text": "Clinical Engineer", "why": text}


def _set_removal(reply: Json, case: Case, text: str, *, field: str = "why") -> None:
    line = case.text_lines()[-1]
    for section in reply["sections"]:
        section["lines"] = [x for x in section["lines"] if x.get("id") != line["id"]]
    reply["removals"].append({"units": line["sources"], "group": "left out", "why": "Not needed."} | {field: text})


def _set_line_why(reply: Json, _: Case, text: str) -> None:
    next(x for s in reply["sections"] for x in s["lines"] if "text" in x)["why"] = text


def _set_proposal_why(reply: Json, _: Case, text: str) -> None:
    line = {"id": "X9", "propose": "You agree on a plan with the team.", "layer": "clinical", "why": text}
    reply["sections"][1]["lines"].append(line)


def _set_dismissal(reply: Json, _: Case, text: str) -> None:
    reply["dismissed"] = [{"finding": f"f{number}", "reason": text} for number in range(1, 4)]


FIELDS: tuple[tuple[str, str, Callable[[Json, Case, str], None]], ...] = (
    ("lies in the summary", "summary", _set_summary),
    ("lies in why and fix", "coverage gap", _set_gap),
    ("lies in why and fix", "finding why", lambda reply, case, text: _finding(reply, case, "why", text)),
    ("lies in why and fix", "finding fix", lambda reply, case, text: _finding(reply, case, "fix", text)),
    ("lies in questions", "question", _set_ask),
    ("lies in questions", "question why", _set_question_why),
    ("lies in why and fix", "title why", _set_title_why),
    ("lies in reasons", "removal why", _set_removal),
    ("lies in reasons", "removal group", lambda reply, case, text: _set_removal(reply, case, text, field="group")),
    ("lies in reasons", "dismissal", _set_dismissal),
    ("lies in why and fix", "line why", _set_line_why),
    ("lies in why and fix", "proposal why", _set_proposal_why),
)


def lies(case: Case) -> Iterator[Lie]:
    for kind, where, put_in in FIELDS:
        for says, text, forbidden in pick(PAYLOADS, case, where, 2):
            reply = copy.deepcopy(case.reply)
            put_in(reply, case, text)
            touches = frozenset(case.text_lines()[-1]["sources"]) if "removal" in where else frozenset()
            yield Lie(kind, f"{where}: {says}", case, reply, (_proof(forbidden),), touches=touches)


def _proof(forbidden: str) -> Proof:
    return anywhere(forbidden) if forbidden.isprintable() else more_than(0, forbidden)
