"""The shape of what is asked: how much, how mixed, how likely in one person, and whether duties name a result."""

import re
from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Strength, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule, tells
from postwright.rules.wording import first_per_unit

_MOST_MUSTS = 8  # bullets (rules_quality.yaml, Q-REQ-1)
_MANY_TOOLS = 5  # products of one kind in one line (Q-REQ-4)
_KINDS_APART = 3  # kinds of career in one person (Q-REQ-3)
_FRAGMENT = 120  # characters of a demand that is a sentence
_LEAST_DUTIES = 4
_AT_ONCE = 30  # characters of a duty by which it has said what it is
_RESULT_SHARE = 0.25  # of the duties (Q-OUT-1)

_ANNOUNCED = lazy_pattern(r"((?:[\w-]+ ){0,2}[\w-]+) ?\((?:[\w ]+: )?$")
_OF_COMPANY = lazy_pattern(r"\b(?:we|our|us)\b", re.IGNORECASE)
_NAMES_ALONE = lazy_pattern(
    r"(?:[A-Z][a-z ]{2,40}(?:with|in|of|on|using):? |Proficien\w+ in )?"
    r"(?P<names>(?:[A-Z][\w.+#-]*(?: [A-Z][\w.+#-]*){0,2}(?:, (?:and )?| and |, or )){4,}"
    r"[A-Z][\w.+#-]*(?: [A-Z][\w.+#-]*){0,2})\.?"
)
"""A line that is a list of names, whatever they are: "OneTrust, TrustArc, BigID, Securiti and Osano"."""
_OF_DUTIES = lazy_pattern(r"\brole\b|\byou will\b|responsib|duties", re.IGNORECASE)
_MUST = SectionKind.MUST_HAVE
_LISTED = frozenset({UnitKind.ITEM, UnitKind.ROW})
_NOT_WORK = frozenset(
    {
        SectionKind.MUST_HAVE,
        SectionKind.QUALIFICATIONS,
        SectionKind.NICE_TO_HAVE,
        SectionKind.OFFER,
        SectionKind.PAY,
        SectionKind.APPLY,
        SectionKind.LEGAL,
    }
)
_DEMANDS = (SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS)


def requirement_count(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """A list of more than eight demands, remarked at its heading."""
    by_heading: dict[str, list[Unit]] = {}
    for unit in context.under(*_DEMANDS):
        if unit.strength not in {Strength.NICE, Strength.DUTY}:
            by_heading.setdefault(unit.heading, []).append(unit)
    for heading, units in by_heading.items():
        listed = [unit for unit in units if unit.kind is not UnitKind.SENTENCE]
        demands = listed or [unit for unit in units if _is_fragment(unit)]  # a paragraph of demands is a list, too
        if len(demands) <= _MOST_MUSTS:
            continue
        headed = posting.by_id.get(heading, demands[0])
        if not (_OF_DUTIES.search(headed.text) and demands[0].section is not _MUST):
            at = headed.span
            why = (
                f"{len(demands)} demands in one list. People go by the whole impression; the few that matter get lost."
            )
            yield context.finding(rule, at, why=why)


def _is_fragment(unit: Unit) -> bool:
    """True for a short sentence about the reader: "Ten years of nursing." rather than what the company tells."""
    return len(unit.text) < _FRAGMENT and not _OF_COMPANY.search(unit.text)


def must_and_nice_mixed(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Wishes inside a list of demands whose heading promises demands only."""
    for hit in context.of(rule, "denied"):
        yield context.finding(rule, hit.span, why="What is called a wish here is demanded in the same breath.")
    for hit in context.of(rule, "joined"):
        if hit.unit and hit.unit.kind is UnitKind.HEADING and _heads_a_list(posting, hit.unit):
            why = "One list holds what is needed and what helps, so readers cannot tell them apart."
            yield context.finding(rule, hit.unit.span, why=why)
    for hit in context.of(rule, "preferred"):
        unit = hit.unit
        if unit is None or unit.section is not SectionKind.MUST_HAVE or unit.kind not in _LISTED:
            continue
        if "inimum" in unit.text:
            continue  # "minimum 5 MB/s, preferred 25 MB/s" says both
        why = "This wish stands in a list of demands, so readers cannot tell what is needed."
        yield context.finding(rule, Span(unit.span.start, hit.span.end), why=why)


def _heads_a_list(posting: Posting, heading: Unit) -> bool:
    return any(unit.heading == heading.id and unit.kind in _LISTED for unit in posting.units)


def improbable_combination(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Careers that hardly meet in one person, demanded together. Remarked at the first demand of the rarest."""
    demanded = [
        hit
        for hit in context.of(rule)
        if hit.unit
        and hit.unit.section in _DEMANDS
        and (hit.unit.strength is not Strength.NICE or _before_the_wish(hit))
    ]
    kinds = {hit.name: hit for hit in reversed(demanded)}
    if len(kinds) >= _KINDS_APART and "clinician" in kinds:
        listed = ", ".join(hit.span.of(context.text) for hit in sorted(kinds.values(), key=lambda hit: hit.span))
        why = f"{listed}: these are separate careers, and hardly anybody has had them all."
        yield context.finding(rule, kinds["clinician"].span, why=why)


def _before_the_wish(hit: Hit) -> bool:
    """True for the demand in "An MD or RN, ideally with time on a ward"."""
    unit = hit.unit
    if unit is None or unit.section is not SectionKind.MUST_HAVE:
        return False
    said, wish = unit.text.partition(", ideally")[::2]
    return bool(wish) and hit.span.start - unit.span.start < len(said)


def tool_list(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """A line of demands that lists products which can stand in for each other."""
    lines: dict[tuple[str, str], list[Hit]] = {}
    for hit in context.of(rule):
        if hit.unit and hit.unit.section in _DEMANDS and not tells("alternatives", hit.unit.text):
            lines.setdefault((hit.unit.id, hit.name), []).append(hit)
    for hits in lines.values():
        if len({hit.span.of(context.text).lower() for hit in hits}) >= _MANY_TOOLS:
            why = f"{len(hits)} products of one kind. Who has run one of them learns the next in weeks."
            yield context.finding(rule, _list_span(context.text, hits), why=why)
    told = {unit for (unit, _), hits in lines.items() if len(hits) >= _MANY_TOOLS}
    for unit in context.under(*_DEMANDS):
        if unit.id not in told and (span := _names_alone(unit)):
            yield context.finding(rule, span)


def _names_alone(unit: Unit) -> Span | None:
    """The names of a line that lists at least six and says nothing else. Most are no abbreviations, as laws are."""
    if unit.kind is not UnitKind.ITEM or unit.text.count(",") < _MANY_TOOLS - 1:
        return None
    listed = _NAMES_ALONE.fullmatch(unit.text)
    names = re.split(r", (?:and |or )?| and | or ", listed["names"]) if listed else []
    products = [name for name in names if not name.isupper()]
    if listed is None or len(names) <= _MANY_TOOLS or len(products) <= len(names) / 2:
        return None
    return Span(unit.span.start + listed.start("names"), unit.span.start + listed.end("names"))


def _list_span(text: str, hits: list[Hit]) -> Span:
    """The list, or the words that announce it when it stands in brackets ("five modules")."""
    announced = _ANNOUNCED.search(text, max(0, hits[0].span.start - 60), hits[0].span.start)
    return Span(*announced.span(1)) if announced else Span(hits[0].span.start, hits[-1].span.end)


def sponsored_certification(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """An Epic certificate demanded where nothing says that the employer arranges one or accepts less."""
    asked = [hit for hit in context.of(rule) if hit.unit and (hit.name != "named" or _demands(hit.unit))]
    for hit in first_per_unit(asked):
        if hit.unit is None or hit.unit.section is SectionKind.DUTIES:
            continue
        heading = hit.unit.heading
        beside = "\n".join(unit.text for unit in posting.units if unit.heading == heading and "ertif" in unit.text)
        if not tells("certificate_arranged", beside):
            yield context.finding(rule, hit.span)


def _demands(unit: Unit) -> bool:
    """True for an item in a list of demands that does not call itself a wish."""
    return (
        unit.kind in _LISTED
        and unit.section in _DEMANDS
        and unit.strength is not Strength.NICE
        and not tells("soft", unit.text)
    )


def activities_not_outcomes(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """Duties of which hardly any names a result. Remarked at the emptiest duties, else at the heading."""
    duties = _duties_of(context)
    if len(duties) < _LEAST_DUTIES:
        return
    ids = {unit.id for unit in duties}
    with_result = {hit.unit.id for hit in context.of(rule, "result") if hit.unit} & ids
    if len(with_result) >= _RESULT_SHARE * len(duties) or len(with_result) >= 2:
        return
    spans = _emptiest(rule, context, ids)
    if spans or duties[0].section is not SectionKind.MISSION:
        for span in spans or [posting.by_id.get(duties[0].heading, duties[0]).span]:
            yield context.finding(rule, span)


def _duties_of(context: Context) -> list[Unit]:
    """The items of the duties, else their sentences, else the items of the mission."""
    listed = _items(context, SectionKind.DUTIES, SectionKind.OUTCOMES)
    return listed or list(context.under(SectionKind.DUTIES)) or _items(context, SectionKind.MISSION)


def _emptiest(rule: Rule, context: Context, duties: set[str]) -> list[Span]:
    """The duty that says least, and "responsible for activities" wherever the work is told."""
    vague = [
        hit
        for hit in context.of(rule, "vague")
        if hit.unit and hit.unit.id in duties and hit.span.start - hit.unit.span.start < _AT_ONCE
    ]
    empty = [hit for hit in context.of(rule, "empty") if hit.unit and hit.unit.section not in _NOT_WORK]
    return [hit.span for hit in (*empty[:1], *vague[:1])]


def _items(context: Context, *kinds: SectionKind) -> list[Unit]:
    return [unit for unit in context.under(*kinds) if unit.kind is UnitKind.ITEM]
