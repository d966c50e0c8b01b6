"""What the law of a place speaks of beside pay: accommodation, patient data abroad, contractors."""

from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import NoticeKind, Posting, SectionKind, Strength, Unit, UnitKind
from postwright.rules.context import Context, Hit
from postwright.rules.jurisdiction import countries_in
from postwright.rules.rule import Rule, tells
from postwright.rules.wording import findings


def accommodation_missing(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """A US posting with an EEO statement, or a way to apply, and no word on accommodation."""
    if _in_us(context) and context.absent("eeo") and not context.of(rule, "route"):
        told = [*context.of(rule, "eeo")[:1], *context.of(rule, "apply")[:1]]
        yield from findings(rule, context, told[:1])


def _in_us(context: Context) -> bool:
    """True for a posting placed in the United States, or placed nowhere with a notice in the words of its law."""
    return context.places.in_us or (not context.places.known and tells("us_notice", context.text))


def slogan_for_eeo(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """A slogan about all kinds of people, in a US posting that has no EEO statement."""
    if context.absent("eeo") and not any(notice.kind is NoticeKind.EEO for notice in posting.notices):
        yield from findings(rule, context, context.of(rule)[:1])


def offshore_patient_data(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Work abroad that touches patient data, with nothing on who sees it from where."""
    abroad = context.of(rule, "abroad")
    serves_us = context.places.only_abroad and tells("us_customers", context.text)
    if not (abroad or serves_us) or any(
        hit.unit is None or hit.unit.section is not SectionKind.APPLY for hit in context.of(rule, "stated")
    ):
        return  # the data set of an interview says nothing of the work
    asked = [hit for hit in context.of(rule, "data") if hit.unit and _asks(hit.unit)]
    if not serves_us and not _works_abroad(rule, context):
        named = {hit.unit.id for hit in abroad if hit.unit and _is_elsewhere(hit, context)}
        asked = [hit for hit in asked if hit.unit and hit.unit.id in named]  # a team there, in the same sentence
    yield from findings(rule, context, asked[:1])


def _is_elsewhere(hit: Hit, context: Context) -> bool:
    """True for a place abroad as an American posting sees it; one of Europe is at home in a European posting."""
    said = hit.span.of(context.text)
    return not context.places.only_abroad or not (countries_in(said) & context.places.codes or tells("europe", said))


def _asks(unit: Unit) -> bool:
    """True for what the job has to do or to know, as opposed to what the company tells of its product."""
    return unit.strength is not Strength.NONE or unit.kind is UnitKind.ITEM


def _works_abroad(rule: Rule, context: Context) -> bool:
    """True if a place line or the title, and not a sentence about customers, names the place abroad."""
    abroad = {"LATAM", "IN_", "OTHER"} & context.places.codes
    near = any(hit.span.of(context.text).lower().startswith(("near", "off")) for hit in context.of(rule, "abroad"))
    return bool(abroad) or near


def contractor_control(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """A contractor with an employee's hours, manager or exclusivity."""
    contractor = context.of(rule, "contractor")[:1]
    if contractor and context.of(rule, "control"):
        yield from findings(rule, context, contractor)
