"""What a rule may look at: the posting, its folded text, hits of its terms, places, and what may be hidden."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from postwright.domain.finding import Finding, Layer, Scope
from postwright.domain.posting import NoticeKind, Posting, SectionKind, Span, Unit, UnitKind
from postwright.reading.searching.folds import Folds
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.amounts import Amount, pay_amounts, states_pay
from postwright.rules.jurisdiction import Places, places_of
from postwright.rules.rule import Rule, cue_words, tells
from postwright.rules.searching import encodable, spans_of

if TYPE_CHECKING:
    from postwright.reading.screening.leak_shapes import Leak

LEGAL = frozenset(
    {
        NoticeKind.EEO,
        NoticeKind.ACCOMMODATION,
        NoticeKind.PRIVACY,
        NoticeKind.AI_USE,
        NoticeKind.FAIR_CHANCE,
        NoticeKind.AGENCY,
    }
)
"""Notices whose wording is the law's, so that word rules leave them alone."""

PROSE = frozenset({UnitKind.HEADING, UnitKind.ITEM, UnitKind.SENTENCE, UnitKind.ROW})

_FOLDS = Folds(
    "\u00a0\u202f\u2007\u2009\u200a\t\u2018\u2019\u02bc\u201c\u201d\u2010\u2011\u2012\u2013\u2014\u2212",
    "      '''\"\"------",
)
_TITLE_KEYS = ("title", "role", "position", "job_title", "jobTitle", "job-title", "name")


_TAG = lazy_pattern(r"(?<=\w)\s*[(\[][^()\[\]]*[)\]][\s*_]*$")
"""What a title carries in brackets at its end: "(m/w/d)", "[R-2093]"."""


def _without_tag(title: Unit) -> Span:
    return Span(title.span.start, title.span.end - len(tag.group())) if (tag := _TAG.search(title.text)) else title.span


class Hit(NamedTuple):
    """A term of a rule in the text, after its context was judged. `unit` is None in front matter."""

    name: str
    span: Span
    unit: Unit | None
    to: str | None = None
    why: str = ""


class Context:
    """One posting as the rules see it. Shared by all rules of a run, never changed after `locate` is set."""

    def __init__(
        self,
        posting: Posting,
        as_of: date,
        vocabulary: Iterable[str] = (),
        provided_elsewhere: Iterable[str] = (),
    ) -> None:
        self.posting = posting
        self.as_of = as_of
        self.vocabulary = tuple(vocabulary)
        self.provided = frozenset(provided_elsewhere)
        self.locate: Callable[[Rule, tuple[str, ...]], tuple[Hit, ...]] = lambda _rule, _names: ()

    @cached_property
    def text(self) -> str:
        """The source, same length, with plain blanks, quotes and hyphens; line ends inside a unit are blanks.

        It can be encoded, as RE2 wants it.
        """
        folded = encodable(_FOLDS.of(self.posting.source))
        pieces = []
        at = 0
        for unit in self.posting.units:
            if unit.kind in PROSE and ("\n" in unit.text or "\r" in unit.text):
                pieces.append(folded[at : unit.span.start])
                pieces.append(unit.span.of(folded).replace("\n", " ").replace("\r", " "))
                at = unit.span.end
        return "".join([*pieces, folded[at:]])

    @cached_property
    def _starts(self) -> list[int]:
        return [unit.span.start for unit in self.posting.units]

    def unit_at(self, span: Span) -> Unit | None:
        """The unit that holds all of `span`, or None."""
        index = bisect_right(self._starts, span.start) - 1
        if index < 0:
            return None
        unit = self.posting.units[index]
        return unit if unit.span.holds(span) else None

    def sentence(self, unit: Unit) -> str:
        """The folded text of a unit: what context patterns are matched against."""
        return unit.span.of(self.text)

    def legal(self, unit: Unit) -> bool:
        """True for text whose words are the law's: EEO, accommodation, privacy, AI use, fair chance, agencies."""
        return unit.id in self._legal

    @cached_property
    def _legal(self) -> frozenset[str]:
        noticed = {unit_id for notice in self.posting.notices if notice.kind in LEGAL for unit_id in notice.units}
        worded = (self.unit_at(span) for span in spans_of(rf"(?i)\b(?:{cue_words('legal')})\b", self.text))
        return frozenset(noticed | {unit.id for unit in worded if unit is not None})

    @cached_property
    def prose(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.posting.units if unit.kind in PROSE)

    @cached_property
    def words(self) -> int:
        """Words of the body without legal notices."""
        return self.words_of(unit for unit in self.prose if not self.legal(unit))

    def words_of(self, units: Iterable[Unit]) -> int:
        """Words of these units of prose together."""
        return sum(self._lengths[unit.id] for unit in units)

    @cached_property
    def _lengths(self) -> dict[str, int]:
        return {unit.id: len(unit.text.split()) for unit in self.prose}

    @cached_property
    def hides(self) -> bool:
        """True when includes, shortcodes or components may hold text that the file does not show."""
        if not any(unit.kind is UnitKind.OPAQUE for unit in self.posting.units):
            return False
        from postwright.rules.openings import hides  # noqa: PLC0415 - few postings hold opaque text

        return hides(self.posting)

    def absent(self, what: str) -> bool:
        """True when only the file could state `what` ("pay", "eeo", "apply"), so that its absence may be told."""
        return not self.hides and what not in self.provided and len(self.prose) > 1

    @cached_property
    def places(self) -> Places:
        return places_of(self.posting, self.text)

    @cached_property
    def leaks(self) -> "tuple[Leak, ...]":
        """Secrets and patient data: what the screen would stop before anything is sent."""
        from postwright.reading.screening.leaks import leaks  # noqa: PLC0415 - its tables are not needed to list rules

        return tuple(sorted(leaks(self.posting.source), key=lambda leak: (leak.span, leak.kind)))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Every figure that is pay for this work."""
        return pay_amounts(self.posting)

    @cached_property
    def states_pay(self) -> bool:
        """True if a figure for pay stands in the text or in the front matter."""
        return states_pay(self.posting, self.amounts)

    @cached_property
    def scope(self) -> Scope:
        """What the posting is about. Reads its terms, so only rules that need it ask."""
        from postwright.rules.scope import scope_of  # noqa: PLC0415 - most postings are judged without the taxonomy

        return scope_of(self.posting)

    @cached_property
    def near_patients(self) -> bool:
        """True when the text speaks of patients or clinicians at all."""
        return tells("near_patients", self.text)

    @cached_property
    def front_title(self) -> Span | None:
        """Where the front matter states the title, when no heading repeats it."""
        if self.posting.title_unit or not self.posting.title:
            return None
        front = self.posting.front.of(self.posting.source)
        stated = re.search(rf"(?m)^(?:{'|'.join(_TITLE_KEYS)})[ \t]*[:=][ \t]*(.+?)[ \t]*$", front)
        return Span(stated.start(1), stated.end(1)) if stated else None

    def title_unit(self) -> Unit | None:
        return self.posting.by_id.get(self.posting.title_unit)

    def of(self, rule: Rule, *names: str) -> tuple[Hit, ...]:
        """The hits of a rule, of all names or of those given."""
        return self.locate(rule, names)

    def under(self, *kinds: SectionKind) -> Iterator[Unit]:
        """Items, rows and sentences of these sections, legal text left out."""
        for unit in self.prose:
            if unit.section in kinds and unit.kind is not UnitKind.HEADING and not self.legal(unit):
                yield unit

    def whole(self) -> Span:
        """Where a remark about the posting as a whole points: its title, else its first line of prose."""
        title = self.title_unit()
        if title is not None or self.front_title is not None:
            return _without_tag(title) if title else self.front_title or Span(0, 0)
        return self.prose[0].span if self.prose else Span(0, 0)

    def finding(
        self,
        rule: Rule,
        span: Span,
        *,
        why: str = "",
        fix: str = "",
        replacement: str | None = None,
        layer: Layer | None = None,
    ) -> Finding:
        """A finding of `rule` at `span`. What the law says is added where the posting's place is known."""
        unit = self.unit_at(span) or self.unit_at(Span(span.start, span.start))  # a passage belongs where it begins
        law = rule.law if self.places.in_us else ""
        return Finding(
            rule=rule.id,
            severity=rule.severity,
            unit=unit.id if unit else "",
            span=span,
            quote=span.of(self.posting.source),
            why=f"{why or rule.why} {law}".strip(),
            fix=fix or rule.fix,
            replacement=replacement,
            layer=layer,
            group=rule.group,
        )
