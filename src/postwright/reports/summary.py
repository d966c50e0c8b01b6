"""The eight lines that `rewrite` prints: what to do, what is wrong, what was done, what it cost, what comes next."""

import textwrap
from collections import Counter
from collections.abc import Iterable

from postwright.domain.critique import FREE_VERDICTS, Verdict
from postwright.domain.draft import DecisionKind, DecisionState
from postwright.domain.finding import Finding, Severity
from postwright.domain.review import Review
from postwright.reports.cards import cards_of
from postwright.reports.labels import counted, printable
from postwright.reports.style import PLAIN, Style
from postwright.reports.tally import promise, tally

_MARGIN = 13
_SHOWN = 3


def summary(review: Review, *, next_command: str, style: Style = PLAIN, width: int = 80) -> list[str]:
    """Eight strings in a fixed order; one that is longer than `width` columns holds line breaks of its own."""
    rows = (
        ("Verdict", f"{review.critique.verdict.value} - {review.path}"),
        ("In short", review.critique.diagnosis),
        ("Decide", _decide(review)),
        ("Still wrong", _still_wrong(review)),
        ("Changes", _changes(review)),
        ("Promise", promise(review.draft)),
        ("Cost", _cost(review)),
        ("Next", next_command),
    )
    return [_row(label, text, review, style, width) for label, text in rows]


def _row(label: str, text: str, review: Review, style: Style, width: int) -> str:
    margin = " " * _MARGIN
    room = max(width - _MARGIN, 24)
    lines = textwrap.wrap(printable(text), room, break_long_words=False, break_on_hyphens=False) or ["-"]
    if label == "Verdict":
        verdict = review.critique.verdict.value
        lines[0] = style.set(_tone(review.critique.verdict, style), verdict) + lines[0].removeprefix(verdict)
    elif label == "Next":
        lines = [style.set(style.strong, line) for line in lines]
    return style.set(style.label, f"{label:<{_MARGIN}}") + f"\n{margin}".join(lines)


def _tone(verdict: Verdict, style: Style) -> str:
    if verdict is Verdict.READY:
        return style.good
    return style.bad if verdict in {Verdict.REWORK, Verdict.DECIDE_ROLE} else style.strong


def _decide(review: Review) -> str:
    """Up to three things to settle: the question that leads, then groups of decisions, then the other questions."""
    items = [(q.ask, 1) for q in review.critique.questions if q.leads]
    blanks = 0
    for card in cards_of(review.draft) if review.draft else ():
        if card.kind is DecisionKind.BLANK:
            blanks += card.open
        elif card.open:
            items.append((_named(card.group, card.open), card.open))
    questions = max(blanks, sum(not q.leads for q in review.critique.questions))
    if questions:
        items.append((f"{counted(questions, 'question')} to answer", questions))
    return _list(items) or "nothing waits for you"


def _named(name: str, number: int) -> str:
    return f"{name} ({number})" if number > 1 else name


def _list(items: list[tuple[str, int]]) -> str:
    """The first three by name, the rest by number. A question's own mark is enough after it."""
    named = "; ".join(name for name, _ in items[:_SHOWN]).replace("?;", "?")
    more = sum(number for _, number in items[_SHOWN:])
    return f"{named}; {more} more" if more else named


def _still_wrong(review: Review) -> str:
    if review.critique.verdict in FREE_VERDICTS and review.draft is None:
        return "nothing that has to wait for you" if review.critique.verdict is Verdict.READY else "not judged"
    names = Counter(_name_of(f) for f in _waiting(review))
    graver = _list([(_named(name, number), number) for name, number in names.items()])
    return graver or "no error or warning; lesser remarks are on the page"


def _waiting(review: Review) -> Iterable[Finding]:
    """What the rules found on the draft; for the marked-up original, what no safe fix mends. The worst first."""
    if review.draft is not None and review.draft.rewritten:
        found: Iterable[Finding] = review.still
    else:
        found = (f for f in review.critique.findings if f.replacement is None and f.severity is not Severity.NOTICE)
    ranks = list(Severity)
    return sorted(found, key=lambda f: ranks.index(f.severity))


def _name_of(finding: Finding) -> str:
    return finding.group or finding.why.rstrip(".") or finding.rule


def _changes(review: Review) -> str:
    draft = review.draft
    if draft is None:
        return "no draft was made, your file stays as it is"
    t = tally(draft)
    if not draft.rewritten:
        waiting = sum(d.state is DecisionState.PENDING for d in draft.decisions)
        fixes = counted(t.fixes, "fix", "fixes") if t.fixes else "no fixes"
        return f"marked-up original, not rewritten: {fixes} marked, {waiting} to confirm"
    fill = f", {t.to_fill} to fill in" if t.to_fill else ""
    return f"{t.changed} changed, {t.left_out} left out, {t.suggested} suggested, {t.restored} put back{fill}"


def _cost(review: Review) -> str:
    if review.engine == "rules":
        return "no model used, $0"
    if review.cost is not None and review.cost.requests == 0:
        return f"{review.engine} had answered this before: nothing was sent, $0"
    usage = review.usage
    if usage.known:
        tokens = f"{usage.prompt:,} tokens in ({usage.cache_share:.0%} from the cache), {usage.output:,} out"
    else:
        tokens = "tokens not reported"
    return f"{review.engine}: {tokens}, {dollars(review)}"


def dollars(review: Review) -> str:
    """What was paid: `$0.042`, or `cost unknown` for a model in no price table."""
    usd = review.cost.usd if review.cost is not None else None
    if usd is None:
        return "cost unknown"
    return f"${usd:.2f}" if usd >= 1 else f"${usd:.3f}"
