"""What an application should not have to hold: pay so far, a picture, birth dates, years of degrees, references."""

from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule, tells
from postwright.rules.wording import findings

_OTHERS = frozenset({SectionKind.DUTIES, SectionKind.ABOUT, SectionKind.OFFER, SectionKind.MUST_HAVE})


def intrusive_questions(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Wordings that ask, and what is too much to ask in a line that tells how to apply. One remark for each matter."""
    worded = [hit for hit in context.of(rule) if hit.name != "asked" and not _of_the_work(hit)]
    asked = [hit for hit in context.of(rule, "asked") if _of_application(hit, context)]
    apart = [hit for hit in asked if not any(hit.span.meets(other.span) for other in worded)]
    return findings(rule, context, sorted([*worded, *apart], key=lambda hit: hit.span))


def _of_the_work(hit: Hit) -> bool:
    """True in a duty: there it is a patient's date of birth."""
    return hit.unit is not None and hit.unit.section is SectionKind.DUTIES and not tells("application", hit.unit.text)


def _of_application(hit: Hit, context: Context) -> bool:
    """True if the line tells applicants what to send or to answer."""
    if hit.unit is None:
        return False
    said = context.sentence(hit.unit)
    if tells("not_asked", said):
        return False
    if not tells("asks_for", said):
        return False
    return hit.unit.section is SectionKind.APPLY or (hit.unit.section not in _OTHERS and tells("application", said))
