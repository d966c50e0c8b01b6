"""The data that the page's script works on, as JSON inside the page."""

import hashlib
import json
from pathlib import PurePath

from postwright.domain.critique import AnswerStatus
from postwright.domain.draft import DecisionState
from postwright.domain.review import Review
from postwright.reports.choices import Asked
from postwright.reports.fragments import sections_data
from postwright.reports.rows import Columns, number_of


def books_of(review: Review, columns: Columns, questions: tuple[Asked, ...]) -> dict[str, object]:
    """What the script works on. `key` names this review in the browser's memory."""
    draft = review.draft
    asked_for = {q.blank for q in questions}
    ids = {q.id for q in questions}
    decisions = [
        {
            "id": d.id,
            "key": d.key,
            "state": d.state.value,
            "text": d.edited if d.state is DecisionState.EDITED else "",
            "asked": number_of(d.id) in asked_for,
        }
        for d in (draft.decisions if draft else ())
    ]
    said = json.dumps([review.digest, review.created, decisions, sorted(ids)]).encode()
    return {
        "key": hashlib.sha256(said).hexdigest()[:24],
        "path": review.path,
        "name": PurePath(review.path).stem or "posting",
        "digest": review.digest,
        "front": draft.front if draft else "",
        "newline": draft.newline if draft else "\n",
        "sections": sections_data(draft, columns.names) if draft else [],
        "decisions": decisions,
        "questions": [_question_data(q) for q in questions],
        "answers": [
            {"id": a.id, "status": a.status.value, "text": a.text, "by": a.by, "on": a.on} for a in review.answers
        ],
        "value": AnswerStatus.VALUE.value,
    }


def _question_data(question: Asked) -> dict[str, object]:
    return {
        "id": question.id,
        "ask": question.ask,
        "why": question.why,
        "choices": question.choices,
        "blank": f"c{question.blank}" if question.blank else "",
        "label": question.label,
        "many": question.many,
        "status": question.status,
        "text": question.text,
    }


def script_json(value: object) -> str:
    """JSON that cannot end the script element it stands in, whatever its strings hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode("utf-8", "backslashreplace").decode()  # a lone surrogate as its escape
