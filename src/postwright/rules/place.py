"""Where and when the work is: contradictions, remote without a country, travel without an amount, no shared hours."""

from collections.abc import Iterator

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting, SectionKind, Unit, UnitKind
from postwright.rules.context import Context, Hit
from postwright.rules.jurisdiction import countries_in, names_a_place, names_a_state
from postwright.rules.rule import Rule, tells
from postwright.rules.wording import findings, joined_per_unit

_ABROAD = frozenset({"LATAM", "IN_", "OTHER"})
_NEAR_EUROPE = frozenset({"UK", "IE", "DE_EU", "FR_EU", "ES_EU", "NL_EU", "EU", "CH"})
_SHORT, _WORD_OR_TWO = 100, 30  # characters of a line of data


def place_contradiction(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Fully remote here, on site there."""
    onsite = context.of(rule, "onsite")
    if not onsite:
        return
    remote = [hit for hit in context.of(rule, "remote") if not any(hit.unit == other.unit for other in onsite)]
    if remote:
        said = " and ".join(f'"{hit.span.of(context.posting.source)}"' for hit in (remote[0], onsite[0]))
        yield context.finding(rule, onsite[0].span, why=f"{said} do not go together.")


def remote_unclear(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Remote work that names no country or state, work from wherever one is, hybrid work without days."""
    yield from findings(rule, context, [hit for hit in context.of(rule, "anywhere") if _says_where(hit)][:1])
    hybrid = context.of(rule, "hybrid")[:1]
    if hybrid and not any(_of_the_week(hit, hybrid[0]) for hit in context.of(rule, "days")):
        yield from findings(rule, context, hybrid)
    places = context.places
    if not places.known or places.guessed:
        lines = [hit for hit in context.of(rule, "remote") if places.remote and _is_place_line(hit)]
        lines = [hit for hit in lines if not (hit.unit and names_a_place(context.sentence(hit.unit)))]
        yield from findings(rule, context, (lines or list(context.of(rule, "job")))[:1])


def _of_the_week(days: Hit, hybrid: Hit) -> bool:
    """True for days at the office, not for those of a holiday or a course."""
    unit = days.unit
    return unit is None or unit is hybrid.unit or unit.section is SectionKind.LOCATION or tells("at_office", unit.text)


def _is_place_line(hit: Hit) -> bool:
    """True for a title, a place section or a short line of data: not for a sentence that mentions remote colleagues."""
    if hit.unit is None or hit.unit.section in {SectionKind.LOCATION, SectionKind.TITLE}:
        return True
    limit = _SHORT if hit.unit.section is SectionKind.OTHER else _WORD_OR_TWO
    return hit.unit.kind is not UnitKind.ITEM and len(hit.unit.text) < limit


def _says_where(hit: Hit) -> bool:
    """True outside lists: an item with "anywhere" is a duty or a benefit."""
    return hit.unit is None or hit.unit.kind is not UnitKind.ITEM or hit.unit.section is SectionKind.LOCATION


def travel_unclear(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Travel asked for in a posting that nowhere says how much."""
    vague = context.of(rule, "vague")[:1]
    if vague and not context.of(rule, "stated"):
        yield from findings(rule, context, vague)


def overlap_unstated(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Work from other time zones without a word on shared hours."""
    if context.of(rule, "hours"):
        return
    together = [hit for hit in context.of(rule, "together") if _elsewhere(hit, context)]
    teams = [hit for hit in context.of(rule, "team") if _elsewhere(hit, context)]
    title = context.posting.title_unit
    abroad = sorted(context.of(rule, "abroad"), key=lambda hit: hit.unit is None or hit.unit.id == title)
    if told := together[:1] or abroad[:1] or teams[:1]:
        yield from findings(rule, context, told)
    elif context.places.only_abroad and (american := _team_in_the_us(context)):
        yield context.finding(rule, american.span)
    elif context.places.only_abroad and tells("us_customers", context.text):
        line = context.posting.by_id.get(context.places.line)
        if line is not None and line.section is not SectionKind.ABOUT and len(line.text) < _SHORT:
            yield context.finding(rule, line.span, why="The customers are in other time zones than the job.")


def _team_in_the_us(context: Context) -> Unit | None:
    """The line on daily work with people in the United States, for a job that is only abroad."""
    lines = (unit for unit in context.prose if unit.section is not SectionKind.ABOUT and tells("works_with", unit.text))
    return next((unit for unit in lines if names_a_state(context.sentence(unit))), None)


def _elsewhere(hit: Hit, context: Context) -> bool:
    """True for a team in a country that is not the job's, or in the job's if only the team's own line names it."""
    if hit.unit is None:
        return False
    if hit.unit.id == context.places.line or not context.places.known:
        return True
    beside = countries_in(hit.span.of(context.text))
    if context.places.codes & _NEAR_EUROPE and not beside - _NEAR_EUROPE:
        return not beside and not tells("europe", hit.span.of(context.text))
    return bool(beside - context.places.codes) if beside else not _ABROAD & context.places.codes


def hidden_load(rule: Rule, _posting: Posting, context: Context) -> Iterator[Finding]:
    """Nights, on-call and go-lives without a rhythm; on-call is fine when another line gives its rhythm."""
    hits = [hit for hit in context.of(rule) if hit.name != "stated"]
    if hits and context.of(rule, "stated"):
        hits = [hit for hit in hits if "call" not in hit.span.of(context.text).lower()]
    yield from findings(rule, context, joined_per_unit(hits))
