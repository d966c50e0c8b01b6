"""Puts the page together: parts that have something to say, the data that its script joins, and a policy that lets
nothing else run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from markupsafe import Markup

from postwright.domain.critique import Verdict
from postwright.domain.review import Review
from postwright.reports.books import books_of, script_json
from postwright.reports.choices import Asked, ChoiceCard, asked, choice_cards
from postwright.reports.labels import STATUSES, VERDICTS, counted, sentence_case
from postwright.reports.remarks import bars_of, change_lists, disputed, remark_groups, undisputed
from postwright.reports.rows import Columns, columns_of, number_of
from postwright.reports.shell import render, script_text, style_text
from postwright.reports.tally import promise_of, tally

_STYLES = ("page.css", "decide.css", "read.css", "print.css")
_SCRIPTS = ("join.js", "state.js", "decide.js", "read.js", "send.js", "start.js")
_TONES = {
    Verdict.READY: "good",
    Verdict.TOUCH_UP: "fair",
    Verdict.REWORK: "poor",
    Verdict.DECIDE_ROLE: "poor",
    Verdict.OUT_OF_SCOPE: "quiet",
    Verdict.NOT_A_POSTING: "quiet",
}


_UNJUDGED = frozenset({Verdict.OUT_OF_SCOPE, Verdict.NOT_A_POSTING})


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page. `count` stands beside its name; `live` names what keeps the count up to date."""

    anchor: str
    name: str
    title: str
    lead: str = ""
    count: str = ""
    live: str = ""


def sheet(review: Review) -> str:
    """The page of one review."""
    columns = columns_of(review)
    cards = choice_cards(review, columns)
    questions = asked(review, columns)
    books = books_of(review, columns, questions)
    findings = remark_groups(undisputed(review), columns)
    context = {
        **_header(review),
        "data": Markup(script_json(books)),  # noqa: S704 - escaped for a script element
        "books": books,
        "cards": cards,
        "questions": questions,
        "statuses": [(status.value, said) for status, said in STATUSES.items()],
        "blank_lines": _blank_lines(review, columns),
        "rows": columns.rows,
        "extra": columns.extra,
        "sections": columns.sections,
        "bars": () if review.critique.verdict in _UNJUDGED else bars_of(review, columns),
        "weighty": [group for group in findings if not group.small],
        "small": [group for group in findings if group.small],
        "findings": findings,
        "still": remark_groups(review.still, columns),
        "disputed": disputed(review, columns),
        "unjudged": _unjudged(review),
        "changes": change_lists(review, columns),
    }
    context["parts"] = [part for part in _parts(review, cards, questions) if _has_content(part, context)]
    return render("page.html.j2", context, style_text(_STYLES), script_text(_SCRIPTS))


def _header(review: Review) -> dict[str, object]:
    rewritten = review.draft is not None and review.draft.rewritten
    counts = tally(review.draft) if review.draft else None
    return {
        "title": review.title or PurePath(review.path).stem,
        "path": review.path,
        "program": review.program,
        "verdict": sentence_case(review.critique.verdict.value),
        "advice": VERDICTS[review.critique.verdict],
        "tone": _TONES[review.critique.verdict],
        "diagnosis": review.critique.diagnosis,
        "promise": promise_of(counts),
        "used": counts.used if counts else 0,
        "left_out": counts.left_out if counts else 0,
        "made": _made(review),
        "rewritten": rewritten,
        "draft_title": "The draft" if rewritten else "Added from your answers",
    }


def _made(review: Review) -> str:
    day = review.created[:10]
    if review.draft is None:
        return f"Read on {day}."
    if not review.draft.rewritten:
        return f"Marked up on {day} by rules alone: no model was used, and nothing was rewritten."
    return f"Draft by {review.engine}, {day}. Every line was checked against your posting by plain code."


def _parts(review: Review, cards: tuple[ChoiceCard, ...], questions: tuple[Asked, ...]) -> list[Part]:
    rewritten = review.draft is not None and review.draft.rewritten
    number = sum(len(card.choices) for card in cards)
    decide = Part("decide", "Decide", "Your decisions", _decide_lead(number), str(number), "choices")
    ask = Part(
        "ask",
        "Answer",
        "What the posting does not say",
        "Answer what you can here. What you leave open stays a marked gap, never a guess.",
        str(len(questions)),
        "questions",
    )
    first = [ask, decide] if any(q.leads for q in questions) else [decide, ask]
    read = Part(
        "read",
        "Read",
        "Source and draft" if rewritten else "Your posting, marked up" if review.draft else "Your posting",
        _read_lead(review),
    )
    changes = Part("changes", "Changes", "Every change, and why")
    lead = "A team that ships covers all of these; one job need not."
    layers = Part("layers", "Team", "Who this posting hires for", lead)
    remarks = Part("remarks", "Remarks", "What was noticed")
    middle = [read, changes, layers, remarks] if rewritten else [remarks, layers, read]
    return [*first, *middle, Part("send", "Send back", "Send it back")]


def _read_lead(review: Review) -> str:
    if review.draft is None:
        return ""
    if review.draft.rewritten:
        return "Point at a sentence on either side to see where it came from, or where it went."
    if review.draft.decisions:
        return "The safe fixes are marked in their places. Everything else is your own text."
    return "There was no safe fix to mark: this is your own text."


def _decide_lead(number: int) -> str:
    return f"{counted(number, 'decision')}, grouped. What you do not settle stays marked in the draft, or as it was."


def _has_content(part: Part, context: Mapping[str, object]) -> bool:
    wanted = {
        "decide": ("cards",),
        "ask": ("questions",),
        "read": ("rows",),
        "changes": ("changes",),
        "layers": ("bars",),
        "remarks": ("findings", "still", "disputed", "unjudged"),
        "send": ("cards", "questions"),
    }
    return any(context[name] for name in wanted[part.anchor])


def _unjudged(review: Review) -> tuple[str, ...]:
    lost = review.critique.discarded_quotes
    if not lost:
        return review.critique.notes
    remarks = counted(lost, "remark")
    return (*review.critique.notes, f"{remarks} of the model quoted what the posting does not say, and went unused.")


def _blank_lines(review: Review, columns: Columns) -> dict[int, str]:
    """Number of a decision -> anchor of the line it is about."""
    decisions = review.draft.decisions if review.draft else ()
    return {number_of(d.id): columns.names[d.lines[0]] for d in decisions if d.lines}
