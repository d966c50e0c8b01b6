"""The shape of what is asked: how much, how mixed, and how likely in one person."""

import re
from collections.abc import Callable, Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Span, Strength, Unit, UnitKind
from postwright.reading.searching.lazy import lazy_pattern
from postwright.rules.context import Context, Hit
from postwright.rules.rule import Rule, tells
from postwright.rules.wording import first_per_unit

_MOST_MUSTS = 8  # bullets (rules_quality.yaml, Q-REQ-1)
_MANY_TOOLS = 5  # products of one kind in one line (Q-REQ-4)
_KINDS_APART = 3  # kinds of career in one person (Q-REQ-3)
_BESIDE_A_NAME = 24  # characters of a line beside the product that it names
_FRAGMENT = 120  # characters of a demand that is a sentence

_ANNOUNCED = lazy_pattern(r"((?:[\w-]+ ){0,2}[\w-]+) ?\((?:[\w ]+: )?$")
_OF_COMPANY = lazy_pattern(r"\b(?:we|our|us)\b", re.IGNORECASE)
_NAMES = (
    r"(?P<names>(?:[A-Z][\w.+#-]*(?: (?:& )?[A-Z][\w.+#-]*){0,2}(?:, (?:and |or )?| and | / )){4,}"
    r"[A-Z][\w.+#-]*(?: (?:& )?[A-Z][\w.+#-]*){0,2})"
)
_NAMES_ALONE = lazy_pattern(
    rf"{_NAMES}(?: (?:inside out|in depth|experience|skills|expertise|systems|platforms))?[.;]?"
)
"""A line that is a list of names, whatever they are: "OneTrust, TrustArc, BigID, Securiti and Osano"."""
_NAMES_LED = lazy_pattern(
    r"(?i:[^.;\n]{0,60}\b(?:experience|knowledge|proficien\w+|expert\w*|skill\w*|command|familiar\w*|hands-on|fluen\w+|competen\w+"
    r"|certified|administration|administering|tools?|tooling|stack|software|systems?|platforms?"
    r"|know|master\w*|use|used|using|work(?:ed|ing)? with|confident|comfortable)"
    rf"(?: (?:with|in|of|on|using|across|both|all|from|least|at))*:? ){_NAMES}"
)
"""The same behind words that ask for experience with it."""
_NO_PRODUCT = lazy_pattern(
    r"(?:olog(?:y|ies)|ics|surgery|medicine|nursing|ing|ment|ship|tion|ity|ish|ese|ian|German|French|Dutch|Hindi|Arabic|Care|Health)$"
)
"""How the names of specialties, languages and skills end."""
_ALL_THE_SAME = lazy_pattern(r"\bmust\b|\brequired\b|\bmandatory\b", re.IGNORECASE)
_TAKEN_BACK = lazy_pattern(
    r"^\W*(?:you )?must\b"
    r"|\((?:is |are )?(?:required|mandatory|essential|compulsory|a must)(?: (?:for|by|on) [^)]{3,40})?\)"
    r"|\b(?:required|mandatory|essential|compulsory|a must|non-negotiable)[.!]?$",
    re.IGNORECASE,
)
_NOT_TAKEN_BACK = lazy_pattern(r"\b(?:not?|nor|if|where|as|when|but|isn't|without)\b", re.IGNORECASE)
_OTHER_CERTIFICATE = lazy_pattern(r"\b(?:BLS|ACLS|PALS|CPR|NRP|TNCC|CCRN|CNOR|PMP|CISSP|CPHIMS)\b")
_OF_DUTIES = lazy_pattern(r"\brole\b|\byou will\b|responsib|duties", re.IGNORECASE)
_SPLITS = lazy_pattern(r"prefer|nice|plus|desir|bonus|ideal|optional|essential|required|minimum|must", re.IGNORECASE)
_MUST_HAVE = lazy_pattern(
    r"\b(?:must|will (?:have|hold|bring|possess|need)|requires?|required|needs?|have|has|holds?|possess|brings?)\b",
    re.IGNORECASE,
)
_LISTED_IN_TEXT = 4  # commas or semicolons of a sentence that is a list
_MUST = SectionKind.MUST_HAVE
_LISTED = frozenset({UnitKind.ITEM, UnitKind.ROW})
_DEMANDS = (SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS)


def requirement_count(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
    """A list of more than eight demands, remarked at its heading or at the line that opens it."""
    asked = [unit for unit in context.under(*_DEMANDS) if unit.strength not in {Strength.NICE, Strength.DUTY}]
    alone = list(_long_lists(rule, posting, context, asked, lambda unit: unit.heading))
    if not alone:
        listed = [unit for unit in asked if unit.kind is not UnitKind.SENTENCE]
        alone = list(_long_lists(rule, posting, context, listed, lambda unit: _list_of(posting, unit)))
    yield from alone


def _long_lists(
    rule: Rule, posting: Posting, context: Context, asked: list[Unit], heading_of: Callable[[Unit], str]
) -> Iterator[Finding]:
    by_heading: dict[str, list[Unit]] = {}
    for unit in asked:
        by_heading.setdefault(heading_of(unit), []).append(unit)
    for heading, units in by_heading.items():
        listed = [unit for unit in units if unit.kind is not UnitKind.SENTENCE]
        # a paragraph of demands is a list, too
        count = len(listed) or sum(_demands_in(unit) for unit in units)
        if count <= _MOST_MUSTS:
            continue
        first = (listed or units)[0]
        headed = posting.by_id.get(first.lead_in if _opens(posting, first) else heading, first)
        of_duties = _OF_DUTIES.search(headed.text) and first.section is not _MUST
        if not of_duties and not tells("any_of_these", headed.text):
            why = f"{count} demands in one list. People go by the whole impression; the few that matter get lost."
            yield context.finding(rule, headed.span, why=why)


def _list_of(posting: Posting, unit: Unit) -> str:
    """The heading over a list, or the one above when a heading of the list's kind only parts it ("Technical")."""
    heading = posting.by_id.get(unit.heading)
    above = posting.by_id.get(heading.heading) if heading else None
    if heading and above and above.section in _DEMANDS and not _SPLITS.search(heading.text):
        return above.id
    return unit.heading


def _opens(posting: Posting, unit: Unit) -> bool:
    """True if a lead-in and not a heading says what the list is: "The ideal candidate has:" among the duties."""
    heading = posting.by_id.get(unit.heading)
    return bool(unit.lead_in) and heading is not None and heading.section not in _DEMANDS


def _demands_in(unit: Unit) -> int:
    """How much a sentence asks for: one thing if it is short, all of them if it lists."""
    if _OF_COMPANY.search(unit.text):
        return 0
    semicolons, commas = unit.text.count("; "), unit.text.count(", ")
    if semicolons >= _LISTED_IN_TEXT:
        return semicolons + 1
    if commas >= _LISTED_IN_TEXT and _MUST_HAVE.search(unit.text):
        return commas + 1
    return int(len(unit.text) < _FRAGMENT)


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

    for unit in demanded_wishes(context):
        if not any(hit.unit is unit for hit in context.of(rule)):
            why = "The heading calls this a wish, the line demands it."
            yield context.finding(rule, unit.span, why=why)


def demanded_wishes(context: Context) -> list[Unit]:
    """Lines of a list of wishes that take back its heading: "Preferred" over "A license (required)"."""
    wishes = (unit for unit in context.under(SectionKind.NICE_TO_HAVE) if unit.kind in _LISTED)
    return [unit for unit in wishes if _TAKEN_BACK.search(unit.text) and not _NOT_TAKEN_BACK.search(unit.text)]


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


def tool_list(rule: Rule, posting: Posting, context: Context) -> Iterator[Finding]:
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
    yield from _lines_of_one_kind(rule, posting, context, [hits for hits in lines.values() if hits[0].unit])
    for unit in context.under(*_DEMANDS, SectionKind.NICE_TO_HAVE):
        if unit.id not in told and _is_asked(posting, unit) and (span := _names_alone(unit)):
            yield context.finding(rule, span)


def _lines_of_one_kind(rule: Rule, posting: Posting, context: Context, lines: list[list[Hit]]) -> Iterator[Finding]:
    """A list with a line for each product, remarked at what opens it: its lead-in, else its heading."""
    below: dict[tuple[str, str], list[Hit]] = {}
    for hits in lines:
        unit, hit = hits[0].unit, hits[0]
        if unit and len(hits) == 1 and len(unit.text) < 2 * len(hit.span.of(context.text)) + _BESIDE_A_NAME:
            below.setdefault((unit.lead_in or unit.table or unit.heading, hit.name), []).append(hit)
    for (opening, _), hits in below.items():
        if len({hit.span.of(context.text).lower() for hit in hits}) >= _MANY_TOOLS:
            why = f"{len(hits)} products of one kind. Who has run one of them learns the next in weeks."
            at = posting.by_id.get(opening)
            yield context.finding(rule, at.span if at else hits[0].span, why=why)


def _is_asked(posting: Posting, unit: Unit) -> bool:
    """False for what only helps, unless its heading takes that back: "Preferred (all must be met)"."""
    if unit.section is not SectionKind.NICE_TO_HAVE:
        return True
    heading = posting.by_id.get(unit.heading)
    return heading is not None and _ALL_THE_SAME.search(heading.text) is not None


def _names_alone(unit: Unit) -> Span | None:
    """The names of a line that lists at least six products and hardly more. Most are no abbreviations, as laws are."""
    if unit.text.count(", ") + unit.text.count(" / ") < _MANY_TOOLS - 1:
        return None
    alone = unit.kind is UnitKind.ITEM and _NAMES_ALONE.fullmatch(unit.text)
    listed = alone or _NAMES_LED.match(unit.text)
    if not listed or tells("alternatives", unit.text):
        return None
    names = re.split(r", (?:and |or )?| and | or | / ", listed["names"])
    products = [name for name in names if not name.isupper()]
    others = [name for name in names if _NO_PRODUCT.search(name)]
    if len(names) <= _MANY_TOOLS or len(products) <= len(names) / 2 or len(others) > 1:
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
        near = (unit.text for unit in posting.units if unit.heading == heading and "ertif" in unit.text)
        beside = "\n".join(said for said in near if not _OTHER_CERTIFICATE.search(said))
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
