"""I8: everything the model says that a person may read is clean, short, and says no figure that its units lack."""

import re
from dataclasses import dataclass

from postwright.domain.draft import Violation
from postwright.domain.finding import Finding, Severity
from postwright.domain.posting import Span, Unit
from postwright.domain.reply import Reply
from postwright.fidelity.clean import shown_wrong
from postwright.fidelity.obedience import only_obeys, ordered_words
from postwright.fidelity.sources import Sources
from postwright.reading.meaning.words import fold

LONGEST_SUMMARY = 600
LONGEST_REMARK = 320
LONGEST_GROUP = 40
WITHHELD = "(withheld: it said more than the posting does)"


@dataclass(slots=True)
class _Sieve:
    sources: Sources
    ordered: tuple[frozenset[str], ...]
    wrong: list[Violation]

    def __call__(
        self, text: str, units: tuple[str, ...] = (), limit: int = LONGEST_REMARK, instead: str = WITHHELD
    ) -> str:
        """The text, or what stands in its place. White space is folded first: a remark is one line."""
        text = " ".join(text.split())
        cited = self.sources.units(units) or list(self.sources.by_id.values())
        given = "\n".join(u.text for u in cited)
        why = shown_wrong(text, given, limit)
        if why or only_obeys(text, self.ordered):
            why = why or "does what the posting orders"
            self.wrong.append(Violation("I8", "", units, f"a remark {why}"))
            return instead
        return text


def sifted(reply: Reply, sources: Sources) -> tuple[Reply, tuple[Violation, ...]]:
    """The reply with every remark that may not be shown replaced, and what was replaced."""
    sieve = _Sieve(sources, ordered_words(sources.posting), [])
    sections = []
    for section in reply.sections:
        lines = []
        for line in section.lines:
            if hasattr(line, "why"):
                cited = tuple(getattr(line, "sources", ()))
                lines.append(line.model_copy(update={"why": sieve(line.why, cited)}))
            else:
                lines.append(line)
        sections.append(section.model_copy(update={"lines": lines}))
    clean = reply.model_copy(
        update={
            "summary": sieve(_sentence(reply.summary), limit=LONGEST_SUMMARY, instead=""),
            "coverage": [c.model_copy(update={"gap": sieve(c.gap)}) for c in reply.coverage],
            "findings": [
                f.model_copy(update={"why": sieve(f.why, (f.unit,)), "fix": sieve(f.fix, (f.unit,))})
                for f in reply.findings
            ],
            "dismissed": [d.model_copy(update={"reason": sieve(d.reason)}) for d in reply.dismissed],
            "questions": [
                q.model_copy(update={"ask": sieve(_sentence(q.ask), instead=""), "why": sieve(q.why, instead="")})
                for q in reply.questions
            ],
            "title": reply.title and reply.title.model_copy(update={"why": sieve(reply.title.why)}),
            "sections": sections,
            "removals": [
                r.model_copy(
                    update={
                        "why": sieve(r.why, tuple(r.units)),
                        "group": sieve(r.group, tuple(r.units), LONGEST_GROUP, "left out"),
                    }
                )
                for r in reply.removals
            ],
        }
    )
    return clean, tuple(sieve.wrong)


def _sentence(text: str) -> str:
    """A summary or a question is a sentence: a word or two is none, and stands for nothing."""
    return text if len(text.split()) > 2 else ""


def find_quote(unit: Unit, quote: str) -> Span | None:
    """Where a quote stands in its unit, white space, quotation marks and dashes aside; in source characters."""
    pieces = [re.escape(p) for p in fold(quote).strip().strip('"').split()]
    if not pieces:
        return None
    found = re.search(r"\s+".join(pieces), fold(unit.text))
    if found is None:
        return None
    return Span(found.start(), found.end()).shift(unit.span.start)


def model_findings(reply: Reply, sources: Sources) -> tuple[tuple[Finding, ...], int]:
    """The model's own findings whose quote is verbatim, and how many were discarded. Never errors: those are rules'."""
    found: list[Finding] = []
    discarded = 0
    for remark in reply.findings:
        unit = next((u for u in sources.posting.units if u.id == remark.unit), None)
        span = find_quote(unit, remark.quote) if unit else None
        if unit is None or span is None:
            discarded += 1
            continue
        severity = Severity.WARNING if remark.severity is Severity.ERROR else remark.severity
        quote = span.of(sources.posting.source)
        found.append(Finding("model", severity, unit.id, span, quote, remark.why, remark.fix))
    return tuple(found), discarded
