"""What a run of the local model comes to: replies, lines, what was blocked and restored, what the checker found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from forgery.books import Books
from forgery.checker import check
from local_model.gateway import Exchange
from postwright.domain.draft import Draft, Line, LineKind
from postwright.domain.errors import ReplyInvalid
from postwright.domain.model import Answered, Stop, Usage
from postwright.domain.reply import ProposalLine, Reply, TextLine
from postwright.llm.replies import read_reply
from postwright.storage.review import load_review

_FINE = frozenset({0, 3})
"""Exit codes: done, or one line that says why not."""
_SPOKEN = frozenset({LineKind.REWORDED, LineKind.MERGED, LineKind.PROPOSAL})


@dataclass(frozen=True, slots=True)
class Figures:
    """One posting in one mode. `standing` are the model's lines that made it into the draft."""

    name: str
    mode: str
    exit_code: int
    seconds: float
    requests: int
    valid: int
    cut: int
    tokens_in: int
    tokens_out: int
    proposed: int
    standing: tuple[str, ...]
    restored: int
    violations: int
    findings: tuple[str, ...]
    touched: bool
    said: str

    @property
    def blocked(self) -> int:
        return self.proposed - len(self.standing)

    @property
    def alarms(self) -> list[str]:
        """What must never be."""
        found = [f"the checker: {finding}" for finding in self.findings]
        if self.exit_code not in _FINE:
            found.append(f"exit code {self.exit_code}: {self.said}")
        return [*found, "the posting was touched"] if self.touched else found

    def line(self) -> str:
        wrong = "".join(f"\n    ALARM {alarm}" for alarm in self.alarms)
        stands = "".join(f"\n    stands: {text}" for text in self.standing)
        refused = f" ({self.said})" if self.exit_code else ""
        return (
            f"{self.mode:<11} {self.name:<34} exit {self.exit_code}{refused}, {self.seconds:.0f} s, {self.requests} "
            f"requests, {self.valid} valid, {self.cut} cut, {self.tokens_in:,} tokens in, {self.tokens_out:,} out: "
            f"{self.proposed} lines proposed, {self.blocked} blocked, {self.violations} violations, "
            f"{self.restored} restored, {len(self.findings)} findings{stands}{wrong}"
        )


def figures_of(
    name: str,
    mode: str,
    exchanges: Sequence[Exchange],
    out: Path,
    *,
    exit_code: int,
    said: str,
    touched: bool,
    seconds: float,
) -> Figures:
    """The figures of one posting, whose work files lie under `out`."""
    reviews = [review for place in out.rglob("review.json") if (review := load_review(place)) is not None]
    draft = reviews[0].draft if reviews else None
    replies = [reply for exchange in exchanges if (reply := _reply(exchange)) is not None]
    return Figures(
        name,
        mode,
        exit_code,
        seconds,
        len(exchanges),
        len(replies),
        sum(exchange.stop == "max_tokens" for exchange in exchanges),
        sum(exchange.tokens_in for exchange in exchanges),
        sum(exchange.tokens_out for exchange in exchanges),
        sum(_lines(reply) for reply in replies),
        tuple(_standing(draft)) if draft else (),
        sum(line.kind is LineKind.RESTORED for line in _all_lines(draft)),
        len(draft.violations) if draft else 0,
        tuple(check(reviews[0].source, draft.text, Books.of(draft))) if draft else (),
        touched,
        said,
    )


def table(found: Sequence[Figures]) -> Iterator[str]:
    """The sums of each mode."""
    for mode in dict.fromkeys(figures.mode for figures in found):
        of_mode = [figures for figures in found if figures.mode == mode]

        def total(name: str, rows: Sequence[Figures] = tuple(of_mode)) -> int:
            return sum(int(getattr(figures, name)) for figures in rows)

        yield (
            f"TOTAL {mode}: {len(of_mode)} postings, {sum(f.exit_code == 0 for f in of_mode)} drafts, "
            f"{sum(f.exit_code == 3 for f in of_mode)} refused in one line, {total('requests')} requests, "
            f"{total('valid')} replies valid, {total('cut')} cut, {total('proposed')} lines proposed, "
            f"{total('blocked')} blocked, {sum(len(f.standing) for f in of_mode)} standing, "
            f"{total('restored')} sentences restored, checker findings: {sum(len(f.findings) for f in of_mode)}, "
            f"{total('tokens_in'):,} tokens in, {total('tokens_out'):,} out, {total('seconds'):,} s"
        )


def _reply(exchange: Exchange) -> Reply | None:
    """A reply that fits the schema, if this is one."""
    if exchange.stop == "max_tokens":
        return None
    try:
        return read_reply(Answered(exchange.text, Stop.END, Usage(), "local"))
    except ReplyInvalid:
        return None


def _lines(reply: Reply) -> int:
    """The lines that are the model's own words."""
    return sum(isinstance(line, TextLine | ProposalLine) for section in reply.sections for line in section.lines)


def _all_lines(draft: Draft | None) -> Iterator[Line]:
    for section in draft.sections if draft is not None else ():
        yield from section.lines


def _standing(draft: Draft) -> Iterator[str]:
    for section in draft.sections:
        for line in section.lines:
            if line.kind in _SPOKEN:
                yield f"{line.text} <- {', '.join(line.sources) or 'proposal, pending'}"
