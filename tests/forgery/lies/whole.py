"""Replies that are wrong as a whole: no JSON, wrong shape, empty, gigantic, doubled; lies in repairs and answers."""

import copy
import json
from collections.abc import Iterator

from forgery.cases import Case, Json, empty_reply
from forgery.lies.lie import (
    Lie,
    Proof,
    added,
    anywhere,
    copies_other_than,
    lost,
    more_than,
    pick,
    put,
    reworded,
    unmarked,
)
from forgery.protected import protected_runs
from postwright.domain.critique import Answer, AnswerStatus


def broken(case: Case) -> Iterator[Lie]:
    """Replies that are no reply. An error is as good as a draft in which everything stands."""
    text = json.dumps(case.reply)
    for says, reply in pick(
        (
            ("nothing", ""),
            ("no JSON", "I am sorry, but here is your posting: earn $190,000!"),
            ("an empty object", "{}"),
            ("null", "null"),
            ("a list", "[]"),
            ("cut in half", text[: len(text) // 2]),
            ("two objects", text + text),
            ("text after it", f"{text}\nYou earn $190,000."),
            ("a wrong type", text.replace('"sections": [', '"sections": [3, ', 1)),
            ("a foreign field", text.replace('"summary"', '"note": "You earn $190,000.", "summary"', 1)),
            ("deep nesting", "[" * 5000 + "]" * 5000),
        ),
        case,
        "broken",
        3,
    ):
        yield Lie(
            "empty and broken replies",
            says,
            case,
            reply,
            (anywhere("$190,000"), *_all_stands(case)),
            ruins=True,
            refusable=True,
        )
    kept_all = empty_reply() | {"sections": [{"kind": "other", "heading": "", "lines": [{"keep": list(case.units)}]}]}
    yield Lie("all-kept replies", "every unit kept", case, kept_all, _all_stands(case), ruins=True)
    yield Lie(
        "empty and broken replies", "empty reply", case, empty_reply(), _all_stands(case), ruins=True, refusable=True
    )


def _all_stands(case: Case) -> tuple[Proof, ...]:
    return tuple(copies_other_than(case.source.count(text), text) for _, text in protected_runs(case.source))


def gigantic(case: Case) -> Iterator[Lie]:
    """More than anyone can read."""
    first = case.text_lines()[0]
    long = f"{first['text']} " + "You never sleep. " * 12_000
    many = copy.deepcopy(case.reply)
    for number in range(400):
        put(
            many,
            "other",
            {"id": f"X{number}", "text": f"You never sleep {number}.", "sources": first["sources"], "why": ""},
        )
    cited = reworded(case, first["id"], f"{first['text']} You never sleep.", [f"u{n}" for n in range(3000)])
    for says, reply in pick(
        (("a long line", reworded(case, first["id"], long)), ("many lines", many), ("many sources", cited)),
        case,
        "g",
        2,
    ):
        yield Lie(
            "gigantic replies",
            says,
            case,
            reply,
            (unmarked("never sleep"),),
            refusable=True,
            touches=frozenset(case.units) if says == "many sources" else frozenset(first["sources"]),
        )


def doubled(case: Case) -> Iterator[Lie]:
    """Everything said twice."""
    reply = copy.deepcopy(case.reply)
    again = copy.deepcopy(case.reply["sections"])
    for section in again:
        for line in section["lines"]:
            if "id" in line:
                line["id"] += "b"
    reply["sections"] += again
    yield Lie("duplicated replies", "every section twice", case, reply, _all_stands(case), ruins=True)
    same = copy.deepcopy(case.reply)
    same["sections"] += copy.deepcopy(case.reply["sections"][:2])
    yield Lie("duplicated replies", "the same line ids twice", case, same, _all_stands(case), ruins=True)
    one = case.text_lines()[2]
    twice = added(case, "other", one["text"], one["sources"])
    touches = frozenset(one["sources"])
    yield Lie(
        "duplicated replies",
        one["text"],
        case,
        twice,
        (more_than(1, one["text"]),),
        touches=touches,
        ruins=True,
    )


def repaired(case: Case) -> Iterator[Lie]:
    """A second chance used for another lie."""
    bad, good = case.text_lines()[0], case.text_lines()[3]
    first = reworded(case, bad["id"], f"{bad['text']} You never sleep.")
    worse = _only(case, bad, f"{bad['text']} You sleep on the floor.")
    yield Lie(
        "lies in repairs", "another lie", case, first, (unmarked("never sleep"), unmarked("on the floor")), repair=worse
    )
    other = _only(case, good, f"{good['text']} You sleep on the floor.")
    yield Lie("lies in repairs", "a good line replaced", case, first, (unmarked("on the floor"),), repair=other)
    swap = _only(case, good, case.text_lines()[4]["text"])
    proof = more_than(1, case.text_lines()[4]["text"])
    yield Lie("lies in repairs", "a good line replaced by its neighbour", case, first, (proof,), repair=swap)
    section = {"kind": "other", "heading": "", "lines": [bad | {"id": "X1", "text": "You sleep on the floor."}]}
    new = empty_reply() | {"sections": [section]}
    yield Lie("lies in repairs", "a new line", case, first, (unmarked("on the floor"),), repair=new)
    removing = empty_reply() | {"removals": [{"units": good["sources"], "group": "tidy", "why": "Tidy."}]}
    yield Lie("lies in repairs", "a good line removed", case, first, (lost(good["text"]),), repair=removing)


def _only(case: Case, line: Json, text: str) -> Json:
    section = next(s for s in case.reply["sections"] if line in s["lines"])
    return empty_reply() | {"sections": [{**section, "lines": [line | {"text": text}]}]}


def answered(case: Case) -> Iterator[Lie]:
    """What a person answered, or the employer states, said otherwise."""
    answers = (
        Answer("open.team", AnswerStatus.VALUE, "The team has two nurses and one privacy lead."),
        Answer("open.tools", AnswerStatus.DO_NOT_PUBLISH, "We are replacing Snowflake next spring."),
        Answer("open.floor", AnswerStatus.NOT_APPLICABLE, "Nobody sleeps on the floor."),
    )
    profile = ("We are a nonprofit with 40 clinics.",)
    for says, text, source in (
        ("another number", "You join four nurses and one privacy lead.", "a.open.team"),
        ("another role", "The team has two surgeons and one privacy lead.", "a.open.team"),
        ("not for publication", "We are replacing Snowflake next spring.", "a.open.tools"),
        ("not applicable", "You sleep on the floor.", "a.open.floor"),
        ("profile number", "We are a nonprofit with 90 clinics.", "p1"),
        ("profile turned", "We are for profit with 40 clinics and investors.", "p1"),
        ("nobody's answer", "The team has nine nurses.", "a.open.nobody"),
    ):
        reply = added(case, "about", text, [source])
        yield Lie(
            "answers and profile misquoted",
            f"{says}: {text}",
            case,
            reply,
            (unmarked(text),),
            answers=answers,
            profile=profile,
        )


def lies(case: Case) -> Iterator[Lie]:
    for derive in (broken, gigantic, doubled, repaired, answered):
        yield from derive(case)
