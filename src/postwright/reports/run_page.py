"""The page of a run over a folder: a table to sort and filter, what waits for decisions, a few charts.

It is made from run.json (docs/run-json.md), so it can be made anew. Without scripts the whole table is there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from postwright.domain.critique import Verdict
from postwright.domain.finding import Layer
from postwright.reports.bars import BarRow, Piece, pieces
from postwright.reports.labels import LAYERS, SCORES, counted, sentence_case
from postwright.reports.remark_chart import remark_chart
from postwright.reports.shell import render, script_text, style_text
from postwright.reports.team import short_paths

_STYLES = ("page.css", "board.css", "run.css", "print.css")
_SCRIPTS = ("run.js",)
_MOST_ALIKE = 300  # lines of the worklist on the page; all of them are in decisions.csv
_MOST_PLACES = 5
_TONES: Mapping[str, str] = {
    Verdict.READY: "good",
    Verdict.TOUCH_UP: "fair",
    Verdict.REWORK: "poor",
    Verdict.DECIDE_ROLE: "poor",
}
_STATUS_TONES: Mapping[str, str] = {"failed": "poor", "open": "fair"}
_UNJUDGED = frozenset({Verdict.OUT_OF_SCOPE.value, Verdict.NOT_A_POSTING.value})
_NOTHING_TO_DO = frozenset({"free", "left out"})
_STATES = {
    "finished": "Finished",
    "failed": "Finished, but some postings failed",
    "interrupted": "Interrupted: the same command goes on",
    "stopped": "Stopped early: the same command goes on",
    "running": "Still running",
}


class Alike(Protocol):
    """One decision over one or more postings. `places` are path and number of the decision there."""

    kind: str
    group: str
    text: str
    why: str
    state: str
    places: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Cell:
    """The score of a layer; `owned`: this job should own it."""

    score: str
    owned: bool


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    path: str
    shown: str  # the path without the folder that all share
    href: str
    department: str
    status: str
    status_tone: str
    verdict: str
    verdict_tone: str
    open: int
    questions: int
    findings: int
    layers: tuple[_Cell, ...]
    usd: str
    note: str  # why it failed or was left out


@dataclass(frozen=True, slots=True)
class _Waiting:
    text: str
    why: str
    count: int
    places: tuple[tuple[str, str], ...]  # path, link
    more: int


@dataclass(frozen=True, slots=True)
class _Card:
    name: str
    count: int
    waiting: tuple[_Waiting, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    anchor: str
    name: str
    title: str
    lead: str = ""
    count: str = ""


def page_link(path: str) -> str:
    """From `runs/<run>/run.html` to a posting's page among the work files. Always relative, always quoted."""
    return f"../../{quote(path.encode('utf-8', 'surrogateescape'))}/review.html"


def run_page(
    run: Mapping[str, Any],
    postings: Iterable[Mapping[str, Any]],
    worklist: Iterable[Alike] = (),
    *,
    link: Callable[[str], str] = page_link,
) -> str:
    """The page as HTML text. `run` is run.json, its `postings` given apart; `link` is empty where there is no page."""
    known = tuple(postings)
    names = short_paths(str(posting.get("path", "")) for posting in known)
    rows = tuple(sorted((_row(posting, names, link) for posting in known), key=_urgency))
    cards, left = _cards(worklist, link)
    waiting = sum(card.count for card in cards)
    context: dict[str, object] = {
        "program": run.get("program", ""),
        "src": run.get("src", ""),
        "title": counted(len(rows), "posting"),
        "state": _STATES.get(str(run.get("state", "")), str(run.get("state", ""))),
        "made": _made(run),
        "figures": _figures(run, rows),
        "rows": rows,
        "priced": run.get("engine", "rules") != "rules",
        "layer_names": [LAYERS[layer] for layer in Layer],
        "verdicts": _choices(row.verdict for row in rows),
        "statuses": _choices(row.status for row in rows),
        "departments": _choices(row.department for row in rows),
        "cards": cards,
        "left": left,
        "layers": _layer_chart(known),
        "findings": remark_chart(posting.get("findings", {}) for posting in known),
    }
    context["parts"] = _parts(rows, cards, waiting + left, context)
    return render("run.html.j2", context, style_text(_STYLES), script_text(_SCRIPTS))


def _urgency(row: _Row) -> tuple[bool, bool, int, int, str]:
    """What failed comes first, then what waits for the most decisions; what needed nothing comes last."""
    return row.status != "failed", row.status in _NOTHING_TO_DO, -row.open, -row.questions, row.path


def _row(posting: Mapping[str, Any], names: Mapping[str, str], link: Callable[[str], str]) -> _Row:
    verdict, status = str(posting.get("verdict", "")), str(posting.get("status", ""))
    path = str(posting.get("path", ""))
    usd = posting.get("usd")
    layers = {} if verdict in _UNJUDGED else posting.get("layers", {})
    return _Row(
        title=str(posting.get("title", "")) or path.rpartition("/")[2],
        path=path,
        shown=names[path],
        href=link(path) if status == "done" else "",
        department=str(posting.get("department", "")),
        status=status,
        status_tone=_STATUS_TONES.get(status, ""),
        verdict=verdict,
        verdict_tone=_TONES.get(verdict, ""),
        open=int(posting.get("open", 0)),
        questions=0 if status in _NOTHING_TO_DO else int(posting.get("questions", 0)),
        findings=sum(posting.get("findings", {}).values()),
        layers=tuple(_cell(layers.get(layer.value)) for layer in Layer),
        usd=f"{usd:.3f}" if isinstance(usd, int | float) else "",
        note=str(posting.get("reason", "")),
    )


def _cell(layer: Mapping[str, Any] | None) -> _Cell:
    return _Cell("", owned=False) if layer is None else _Cell(str(layer["score"]), owned=bool(layer["owned"]))


def _made(run: Mapping[str, Any]) -> str:
    engine = str(run.get("engine", "rules"))
    by = "by rules alone, no model was used" if engine == "rules" else f"by {engine}"
    return f"{str(run.get('started', ''))[:16].replace('T', ' ')} UTC, {by}."


def _figures(run: Mapping[str, Any], rows: Sequence[_Row]) -> list[tuple[str, str]]:
    """Number and what it is a number of."""
    done = sum(row.status == "done" for row in rows)
    failed = sum(row.status == "failed" for row in rows)
    figures = [(f"{done:,}", "done"), (f"{sum(row.open for row in rows):,}", "decisions wait for you")]
    if failed:
        figures.append((f"{failed:,}", "failed"))
    figures.append((f"{sum(row.questions for row in rows):,}", "questions to answer"))
    if run.get("engine", "rules") != "rules":
        usd = run.get("cost", {}).get("usd")
        share = run.get("usage", {}).get("cache_share", 0)
        cost = f"${usd:,.2f}" if isinstance(usd, int | float) else "unknown"
        figures.append((cost, f"cost, {share:.0%} of the tokens read from the cache"))
    return figures


def _choices(values: Iterable[str]) -> list[tuple[str, int]]:
    """The values of a filter with how often each is there, the most common first."""
    return Counter(value for value in values if value).most_common()


def _cards(worklist: Iterable[Alike], link: Callable[[str], str]) -> tuple[tuple[_Card, ...], int]:
    """What waits, grouped by what it is about, alike ones as one; and how many lines more there are."""
    waiting = sorted((one for one in worklist if one.state == "pending"), key=lambda one: -len(one.places))
    groups: dict[str, list[Alike]] = {}
    for one in waiting[:_MOST_ALIKE]:
        groups.setdefault(sentence_case(one.group or one.kind), []).append(one)
    cards = [
        _Card(name, sum(len(one.places) for one in alike), tuple(_waiting(one, link) for one in alike))
        for name, alike in groups.items()
    ]
    left = sum(len(one.places) for one in waiting[_MOST_ALIKE:])
    return tuple(sorted(cards, key=lambda card: -card.count)), left


def _waiting(one: Alike, link: Callable[[str], str]) -> _Waiting:
    places = tuple((path, link(path)) for path, _ in one.places[:_MOST_PLACES])
    return _Waiting(one.text, one.why, len(one.places), places, len(one.places) - len(places))


def _layer_chart(postings: Iterable[Mapping[str, Any]]) -> list[BarRow]:
    """Of the postings whose job should own a layer: how many stand at each score, absent first."""
    scores: dict[str, Counter[int]] = {layer.value: Counter() for layer in Layer}
    for posting in postings:
        if posting.get("verdict") in _UNJUDGED:
            continue
        for name, layer in posting.get("layers", {}).items():
            if layer["owned"] and name in scores:
                scores[name][int(layer["score"])] += 1
    most = max((found.total() for found in scores.values()), default=0)
    return [_layer_bar(LAYERS[layer], scores[layer.value], most) for layer in Layer] if most else []


def _layer_bar(name: str, scores: Counter[int], most: int) -> BarRow:
    steps = [(scores[score], f"score-{score}") for score in range(len(SCORES))]
    said = ", ".join(f"{scores[score]} {SCORES[score]}" for score in range(len(SCORES)) if scores[score])
    drawn: tuple[Piece, ...] = pieces(steps, most)
    return BarRow(name, f"{scores.total():,}", drawn, said or "no job here should own it")


def _parts(rows: Sequence[_Row], cards: Sequence[_Card], waiting: int, context: Mapping[str, object]) -> list[_Part]:
    lead = "Alike decisions are one line here, however many postings they are in."
    parts = [
        _Part("postings", "Postings", "Every posting", count=f"{len(rows):,}"),
        _Part("decide", "Decide", "What waits for you", lead, f"{waiting:,}") if cards else None,
        _Part("layers", "Team", "Who this folder hires for", "Of the jobs that should own a layer, how well they do.")
        if context["layers"]
        else None,
        _Part("findings", "Remarks", "What the rules remark most often") if context["findings"] else None,
    ]
    return [part for part in parts if part is not None]
