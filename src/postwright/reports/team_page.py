"""The audit of a team as one self-contained page, in the look of the review page. It needs no script."""

from collections.abc import Iterable
from dataclasses import dataclass

from postwright.domain.team import THREE, Audit, Balance, Heads, Index, Placement, TeamLayer, Weighed
from postwright.reports.bars import BarRow, pieces
from postwright.reports.labels import counted, sentence_case
from postwright.reports.remark_chart import remark_chart
from postwright.reports.shell import render, style_text
from postwright.reports.team import asked_by, by_reason, figures, short_paths
from postwright.rules.team import NAMES, evidence_done

_STYLES = ("page.css", "board.css")
_LOOKS = {
    TeamLayer.CLINICAL: "three",
    TeamLayer.INTEGRATION: "three second",
    TeamLayer.COMPLIANCE: "three third",
    TeamLayer.ML: "ml",
}
_TONES = {Index.OVER: "poor", Index.NOT_OVER: "good", Index.NO_DATA: "quiet"}
_OPEN_UP_TO = 12  # postings of a layer that are listed without a click


@dataclass(frozen=True, slots=True)
class _Part:
    anchor: str
    name: str
    title: str
    lead: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class _Figure:
    what: str
    name: str
    tone: str
    says: str
    advice: str
    fine: str


@dataclass(frozen=True, slots=True)
class _Chart:
    caption: str
    rows: tuple[BarRow, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    path: str
    evidence: str
    own_models: str
    over: str


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    count: int
    asked: str
    open: bool
    reasons: tuple[tuple[str, tuple[_Row, ...]], ...]


def team_page(audit: Audit, program: str) -> str:
    """The page as HTML text. What a stranger may have written is escaped."""
    context: dict[str, object] = {
        "program": program,
        "title": _title(audit),
        "figures": [_figure(what, weighed) for what, weighed in _judged(audit)],
        "missing": [says for _, says in audit.missing],
        "notes": audit.notes,
        "balances": _balances(audit),
        "key": [(sentence_case(NAMES[layer]), _LOOKS[layer]) for layer in THREE],
        "mix": _mix(audit),
        "groups": _groups(audit),
        "findings": remark_chart(placement.findings for placement in audit.placements),
        "aside": _aside(audit),
        "evidence": _evidence(),
    }
    context["parts"] = _parts(audit, context)
    return render("team.html.j2", context, style_text(_STYLES))


def _title(audit: Audit) -> str:
    names = [says for says in (_postings_said(audit), _heads_said(audit.stated)) if says]
    return " and ".join(names) or "Nothing to count"


def _postings_said(audit: Audit) -> str:
    return counted(len(audit.placements), "open posting") if audit.placements else ""


def _heads_said(heads: Heads | None) -> str:
    return counted(sum(heads.stated.values()), "head") if heads else ""


def _judged(audit: Audit) -> Iterable[tuple[str, Weighed]]:
    pairs = (("Open postings", audit.postings), ("Heads that count", audit.heads))
    return [(what, weighed) for what, weighed in pairs if weighed is not None]


def _figure(what: str, weighed: Weighed) -> _Figure:
    index = weighed.balance.index
    tone = "fair" if weighed.exempt else _TONES[index]
    fine = figures(weighed.balance).strip()
    return _Figure(what, sentence_case(index), tone, weighed.says, weighed.advice, fine)


def _parts(audit: Audit, context: dict[str, object]) -> list[_Part]:
    parts = [
        _Part("gaps", *_gap_names(audit), count=str(len(audit.missing) or "")),
        _Part("balance", "Balance", "ML research against the three layers"),
        _Part("mix", "Mix", "Open postings by layer", "What is being hired for now."),
        _Part("postings", "Postings", "Which layer each posting hires for, and why", count=str(len(audit.placements))),
        _Part("findings", "Remarks", "What the rules remark most often", "Over all postings that count here."),
        _Part("aside", "Not counted", "Files that were not counted", count=f"{len(audit.aside):,}"),
        _Part("how", "How", "How this is judged"),
    ]
    empty = {
        "gaps": not (audit.missing or audit.notes),
        "balance": not context["balances"],
        "mix": not audit.mix,
        "postings": not audit.placements,
        "findings": not context["findings"],
        "aside": not audit.aside,
    }
    return [part for part in parts if not empty.get(part.anchor)]


def _gap_names(audit: Audit) -> tuple[str, str]:
    return ("Missing", "What is missing") if audit.missing else ("Notes", "Worth knowing")


def _balances(audit: Audit) -> list[_Chart]:
    charts = []
    if audit.postings and audit.postings.balance.index is not Index.NO_DATA:
        charts.append(_Chart("Open postings", _balance(audit.postings.balance, None)))
    if audit.heads and audit.stated and any(audit.stated.stated.values()):
        charts.append(_Chart("Heads that count", _balance(audit.heads.balance, audit.stated)))
    return charts


def _balance(balance: Balance, heads: Heads | None) -> tuple[BarRow, ...]:
    most = max(balance.ml, balance.three)
    numbers = dict(zip(THREE, (balance.clinical, balance.integration, balance.compliance), strict=True))
    stated = sum(heads.stated.get(layer, 0) for layer in THREE) if heads else 0
    note = f"of {stated} stated" if heads else ""
    three = pieces([(number, _LOOKS[layer]) for layer, number in numbers.items()], most)
    return (
        BarRow("ML research", f"{balance.ml:g}", pieces([(balance.ml, "ml")], most)),
        BarRow("The three layers together", f"{balance.three:g}", three, note),
    )


def _mix(audit: Audit) -> list[BarRow]:
    most = max((share.count for share in audit.mix), default=0)
    return [
        BarRow(
            sentence_case(NAMES[share.layer]),
            f"{share.count:,}",
            pieces([(share.count, _LOOKS.get(share.layer, ""))], most),
            f"{share.percent} %",
        )
        for share in audit.mix
    ]


def _groups(audit: Audit) -> list[_Group]:
    names = short_paths(placement.path for placement in audit.placements)
    groups = []
    for layer in TeamLayer:
        placements = audit.of(layer)
        if not placements:
            continue
        asked = asked_by(layer, placements) if layer in THREE else ""
        reasons = tuple((why, tuple(_row(p, names[p.path]) for p in alike)) for why, alike in by_reason(placements))
        name = sentence_case(NAMES[layer])
        groups.append(_Group(name, len(placements), asked, len(placements) <= _OPEN_UP_TO, reasons))
    return groups


def _row(placement: Placement, path: str) -> _Row:
    over = "must-haves lean to ML research" if placement.skills.index is Index.OVER else ""
    return _Row(placement.title or "(no title)", path, placement.evidence, placement.own_models, over)


def _aside(audit: Audit) -> list[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for aside in sorted(audit.aside, key=lambda aside: not aside.failed):
        groups.setdefault(aside.why, []).append(aside.path)
    return list(groups.items())


def _evidence() -> str:
    done = [f"{evidence_done(layer)} ({NAMES[layer]})" for layer in THREE]
    return f"{', '.join(done[:-1])} or {done[-1]}"
