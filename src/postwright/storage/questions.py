"""questions.yaml: what the posting does not say, to be filled in by the hiring manager, and read back.

The file is written by hand, so it is read with care: scalars as text, no aliases, no tags, bounded size.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from postwright.domain.critique import Answer, AnswerStatus, Question
from postwright.domain.errors import UsageProblem
from postwright.reading.screening.hidden import encodable
from postwright.storage.files import read_bytes, shown

LARGEST = 256 * 1024
"""Bytes."""
MOST_CHARACTERS = 4_000
"""Of one answer."""

_HEAD = """\
# Questions about {path}
# Fill in `text`, and set `status` if there is no value:
#   value | not applicable | do not publish | ask someone else
# Then run rewrite again: your answers are used, word for word where it matters.
"""


if TYPE_CHECKING or not yaml.__with_libyaml__:
    from yaml import SafeDumper as _SafeDumper
    from yaml import SafeLoader as _SafeLoader
else:  # libyaml, where PyYAML was built with it: ten times as fast
    from yaml import CSafeDumper as _SafeDumper
    from yaml import CSafeLoader as _SafeLoader


class _Plain(_SafeLoader):
    """Every scalar stays the text that was written: `no`, 0123 and 12:30 are words here."""


_Plain.yaml_implicit_resolvers = {}


def questions_to_yaml(path: str, questions: Iterable[Question], answers: Iterable[Answer]) -> str:
    """The file to fill in: open questions, and the answers so far (also to questions no longer asked)."""
    given = {a.id: a for a in answers}
    parts = [_HEAD.format(path=" ".join(path.split()))]
    asked: set[str] = set()
    for question in questions:
        asked.add(question.id)
        answer = given.get(question.id)
        parts.append(_asked(question.id, question.ask, question.why, question.choices, answer))
    parts += [_entry(a.id, {}, a) for a in given.values() if a.id not in asked]
    return "\n".join(parts)


@lru_cache(maxsize=1024)  # most questions are put to many postings in the same words
def _asked(name: str, ask: str, why: str, choices: tuple[str, ...], answer: Answer | None) -> str:
    entry: dict[str, object] = {"ask": ask, "why": why}
    if choices:
        entry["choices"] = list(choices)
    return _entry(name, entry, answer)


def _entry(name: str, entry: dict[str, object], answer: Answer | None) -> str:
    entry = dict(entry)
    entry["status"] = answer.status.value if answer else AnswerStatus.VALUE.value
    text = answer.text if answer else ""
    entry["text"] = text.splitlines() if "\n" in text else text
    if answer and answer.by:
        entry["by"] = answer.by
    if answer and answer.on:
        entry["on"] = answer.on
    return str(yaml.dump({name: entry}, Dumper=_SafeDumper, sort_keys=False, allow_unicode=True, width=110))


def load_answers(path: Path) -> tuple[Answer, ...]:
    """The answers in a file; entries without text and with status `value` are still open and left out."""
    text = read_bytes(path, limit=LARGEST, failure=UsageProblem).decode("utf-8", "replace").removeprefix("\ufeff")
    return read_answers(text, shown(path))


def read_answers(text: str, name: str = "answers") -> tuple[Answer, ...]:
    try:
        _refuse_aliases(text, name)
        data = yaml.load(text, Loader=_Plain)  # noqa: S506 - a SafeLoader without resolvers
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        raise UsageProblem(f"{where}: not valid YAML", hint="indent `text` under its question") from error
    if data is None or data == "":
        return ()
    if not isinstance(data, Mapping):
        raise UsageProblem(f"{name}: not a list of questions", hint="start from the questions.yaml that rewrite wrote")
    entries = ((encodable(str(key)), value) for key, value in data.items())
    return tuple(answer for key, value in entries if (answer := _answer(key, value, name)) is not None)


def _refuse_aliases(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise UsageProblem(f"{name}: aliases (*name) are not allowed", hint="write the text out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > 8:
            raise UsageProblem(f"{name}: nested too deeply", hint="start from the questions.yaml that rewrite wrote")


def _answer(key: str, value: object, name: str) -> Answer | None:
    if not isinstance(value, Mapping):
        value = {"text": value}
    raw = value.get("text", "")
    text = "\n".join(str(item).strip() for item in raw) if isinstance(raw, list) else str(raw or "").strip()
    text = encodable(text)
    if len(text) > MOST_CHARACTERS:
        raise UsageProblem(f"{name}: the answer to {key} is longer than {MOST_CHARACTERS} characters")
    said = str(value.get("status", "value")).strip().lower() or "value"
    try:
        status = AnswerStatus(said)
    except ValueError as error:
        known = ", ".join(s.value for s in AnswerStatus)
        raise UsageProblem(f"{name}: {key} has the status {said!r}", hint=f"known: {known}") from error
    if status is AnswerStatus.VALUE and not text:
        return None
    by, on = (encodable(str(value.get(field, ""))) for field in ("by", "on"))
    return Answer(key, status, text, by, on)
