"""What the law of a place speaks of beside pay: accommodation, patient data abroad, contractors."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from postwright.domain.finding import Finding
from postwright.domain.posting import NoticeKind, Posting, SectionKind, Span, Strength, Unit, UnitKind
from postwright.rules.context import Context, Hit
from postwright.rules.jurisdiction import countries_in
from postwright.rules.rule import Rule, places_of_cue, tells
from postwright.rules.wording import findings, first_per_unit

_ON_APPLYING = frozenset({SectionKind.APPLY, SectionKind.LEGAL, SectionKind.CONDITIONS})
_ONE_SENTENCE = 240  # characters of a sentence that is quoted whole


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
    there = [hit for hit in abroad if hit.unit and _is_elsewhere(hit, context)]
    named = {hit.unit.id for hit in there if hit.unit}
    here = not serves_us and not _works_abroad(rule, context)  # then only a team there counts, in the same sentence
    if here and not named:
        return
    seen = [hit for hit in context.of(rule, "data") if hit.unit] or list(
        _patient_material(context, named if here else set())
    )
    asked = [
        hit
        for hit in seen
        if hit.unit
        and (hit.unit.id in named or not here)
        and (_asks(hit.unit) or (hit.unit.id in named and _by_hand(hit.unit)))
    ]
    for hit in sorted(asked, key=lambda hit: not hit.unit or hit.unit.id not in named)[:1]:
        yield context.finding(rule, _together(hit, [other.span for other in there if other.unit is hit.unit]))


def _patient_material(context: Context, among: AbstractSet[str]) -> Iterator[Hit]:
    """Data of patients, in wider words than a posting of work at home is searched for; in these units, or all."""
    for unit in context.prose:
        if unit.section is SectionKind.ABOUT or (among and unit.id not in among):
            continue
        said = context.sentence(unit)
        spans = places_of_cue("patient_material", said)
        if spans and not tells("material_spared", said):
            yield Hit("data", spans[0].shift(unit.span.start), unit)


def _by_hand(unit: Unit) -> bool:
    """True where somebody handles the data; what the company tells of itself is left alone."""
    return unit.section is not SectionKind.ABOUT and tells("handlers", unit.text)


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
    """A contractor with an employee's hours, manager or exclusivity: remarked from the one to the other."""
    said = context.of(rule, "contractor")
    contractors = [hit for hit in said if hit.unit and not tells("no_contractor_here", hit.unit.text)]
    for hit in contractors:
        if controls := _controls(hit, context):
            yield context.finding(rule, _together(hit, controls))
            return
    if contractors and context.of(rule, "control"):
        yield context.finding(rule, contractors[0].span)


def _controls(contractor: Hit, context: Context) -> list[Span]:
    """What the paragraph of a contractor says of control, from its sentence on."""
    unit = contractor.unit
    if unit is None:
        return []
    beside = (other for other in context.prose if other.block == unit.block and not tells("own_boss", other.text))
    spans = (
        span.shift(other.span.start) for other in beside for span in places_of_cue("control", context.sentence(other))
    )
    return [span for span in spans if abs(span.start - contractor.span.start) < _ONE_SENTENCE]


def _together(hit: Hit, others: Iterable[Span]) -> Span:
    """From the first to the last of a hit and what stands beside it."""
    spans = [hit.span, *others]
    return Span(min(spans).start, max(span.end for span in spans))


def ai_screening(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Each sentence by which software judges applicants, where its paragraph says neither how nor whom to ask."""
    for hit in first_per_unit(context.of(rule)):
        unit = hit.unit
        if unit is None:
            yield context.finding(rule, hit.span)
        elif not _notice_beside(unit, context):
            yield context.finding(rule, unit.span if len(unit.text) < _ONE_SENTENCE else hit.span)
    told = {hit.unit.id for hit in context.of(rule) if hit.unit}
    for unit in context.prose:
        if unit.section not in _ON_APPLYING or unit.id in told:
            continue
        if _judged_by_machine(unit) and not _notice_beside(unit, context):
            yield context.finding(rule, unit.span)


def _judged_by_machine(unit: Unit) -> bool:
    """True for a sentence on applying in which a machine judges what people hand in."""
    said = unit.text
    of_hiring = unit.kind is UnitKind.SENTENCE and len(said) < _ONE_SENTENCE and tells("machine", said)
    return (
        of_hiring and all(tells(cue, said) for cue in ("judges", "handed_in")) and not tells("machine_elsewhere", said)
    )


def _notice_beside(unit: Unit, context: Context) -> bool:
    """True if another sentence of the paragraph gives the notice."""
    return any(tells("ai_notice", other.text) for other in context.prose if other.block == unit.block and other != unit)
