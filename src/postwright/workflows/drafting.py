"""From a posting and a reply to a draft and a critique, without asking anyone: the part that a test can drive."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count

from pydantic import ValidationError

from postwright.domain.config import Config, ProfileFact
from postwright.domain.critique import Answer, AnswerStatus, Critique, Question, Slot
from postwright.domain.draft import Decision, Draft, Violation
from postwright.domain.errors import ReplyInvalid, StaleDraft
from postwright.domain.finding import Finding, Layer, LayerCoverage, Severity
from postwright.domain.house import LOOKS_PENDING
from postwright.domain.posting import Format, Notice, NoticeKind, SectionKind, Span, Strength, Unit, UnitKind
from postwright.domain.reply import Reply
from postwright.fidelity.books import Terms, balance, examine, mend
from postwright.fidelity.markup import mark_up
from postwright.fidelity.shown import WITHHELD, model_findings, sifted
from postwright.fidelity.sources import Sources
from postwright.reading.posting import read
from postwright.reading.screening.hidden import HIDDEN
from postwright.reading.screening.screen import told
from postwright.rules.critique import critique as rules_critique
from postwright.rules.engine import judged
from postwright.rules.fixes import safe_fixes
from postwright.rules.questions import slots

_SUPERSEDES = {
    "pay.range": NoticeKind.PAY,
    "benefits": NoticeKind.BENEFITS,
    "contact.accommodation": NoticeKind.ACCOMMODATION,
}
_NEVER_DISMISSED = frozenset(
    {"hidden-characters", "stray-characters", "look-alike-letters", "secret-in-text", "patient-data"}
)
_NO_RULE_TELLS = frozenset({"forged-mark", "size"})
MOST_OPEN = 3
"""Open questions, and proposals, that one reply may bring."""
MOST_BLANKS = 6
"""More empty places than this in one draft bury what matters; the rest stay questions."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A posting read and judged by the rules, with everything a line may draw on."""

    sources: Sources
    critique: Critique
    labels: Mapping[str, str]  # answer unit id -> label, for typed slots
    answers: tuple[Answer, ...]

    @property
    def owned(self) -> frozenset[str]:
        """Layers that this family should own; AI-related or not, execution may always be proposed by its owners."""
        return frozenset(layer.value for layer in self.critique.scope.owns)


def today() -> date:
    return datetime.now(tz=UTC).date()


def prepare(
    text: str,
    path: str,
    *,
    answers: tuple[Answer, ...] = (),
    profile: Iterable[ProfileFact | str] = (),
    as_of: date | None = None,
    form: Format | None = None,
    config: Config | None = None,
) -> Prepared:
    """Read and judge. Raises StaleDraft for a draft of ours that still waits for decisions (I9).

    `config` is the careers repo's: what it locks, its words, what its pages provide elsewhere.
    """
    config = config or Config()
    posting = read(text, path, form, config.lock)
    if LOOKS_PENDING.search(HIDDEN.sub("", posting.body)):
        message = f"{path} holds pending marks of an earlier draft"
        raise StaleDraft(message, hint="settle its decisions first (postwright settle), or remove the marks")
    facts = profile_facts(profile)
    extra = (*answer_units(answers), *profile_units(facts))
    said = judged(
        posting,
        as_of=as_of or today(),
        select=config.select,
        ignore=config.ignore,
        vocabulary=config.vocabulary,
        provided_elsewhere=config.provided_elsewhere,
    )
    unjudged = (*said.notes, *told(posting))
    labels = {u.id: label_of(u.id) for u in extra if u.kind is UnitKind.ANSWER and slot_of(u.id) is not None}
    sources = Sources(posting, extra, {fact.id: fact.sections for fact in facts if fact.sections})
    return Prepared(sources, rules_critique(posting, said.findings, answers, unjudged), labels, answers)


def slot_of(unit_id: str) -> Slot | None:
    """The typed slot of an answer unit: `a.pay.range`, or `a.duties.2` for the second item of a list."""
    name = unit_id.removeprefix("a.")
    known = slots()
    return known.get(name) or known.get(name.rpartition(".")[0])


def label_of(unit_id: str) -> str:
    slot = slot_of(unit_id)
    return slot.label if slot is not None else ""


def answer_units(answers: Iterable[Answer]) -> tuple[Unit, ...]:
    """Citable units of the answers that have a value: one each, or one an item for a list."""
    found: list[Unit] = []
    for answer in answers:
        if answer.status is not AnswerStatus.VALUE or not answer.text.strip():
            continue
        slot = slots().get(answer.id)
        section = slot.section if slot else SectionKind.OTHER
        strength = slot.strength if slot else Strength.DUTY
        items = [t.strip() for t in answer.text.splitlines() if t.strip()] if slot and slot.many else None
        if items is None:
            found.append(_unit(f"a.{answer.id}", " ".join(answer.text.split()), UnitKind.ANSWER, section, strength))
            continue
        found += [
            _unit(f"a.{answer.id}.{n}", item, UnitKind.ANSWER, section, strength) for n, item in enumerate(items, 1)
        ]
    return tuple(found)


def profile_facts(profile: Iterable[ProfileFact | str]) -> tuple[ProfileFact, ...]:
    """The facts, each with an id: its own, or the next that no other fact has."""
    facts = [fact if isinstance(fact, ProfileFact) else ProfileFact(fact) for fact in profile]
    taken = {fact.id for fact in facts}
    free = (name for n in count(1) if (name := f"p{n}") not in taken)
    return tuple(fact if fact.id else fact._replace(id=next(free)) for fact in facts)


def profile_units(facts: Iterable[ProfileFact]) -> tuple[Unit, ...]:
    """Citable units of the employer's facts, in the first section each may stand in."""
    return tuple(
        _unit(
            fact.id,
            " ".join(fact.text.split()),
            UnitKind.PROFILE,
            next(iter(fact.sections), SectionKind.ABOUT),
            Strength.NONE,
        )
        for fact in facts
    )


def _unit(name: str, text: str, kind: UnitKind, section: SectionKind, strength: Strength) -> Unit:
    """A whole text as one unit: answers and profile facts are cited as they were given."""
    return Unit(name, kind, Span(0, len(text)), text, section=section, strength=strength)


def superseded(sources: Sources) -> dict[str, Notice]:
    """Typed answers that would say anew what a notice of the posting says."""
    notices = {n.kind: n for n in reversed(sources.posting.notices)}
    return {
        f"a.{slot}": notices[kind]
        for slot, kind in _SUPERSEDES.items()
        if f"a.{slot}" in sources.by_id and kind in notices
    }


def blanks_of(questions: Iterable[Question]) -> tuple[tuple[str, SectionKind, str], ...]:
    """The typed facts that the draft leaves open: label, section, why."""
    found = []
    for question in questions:
        slot = slots().get(question.id)
        if question.slot and slot is not None and slot.label and not question.leads and not slot.many:
            found.append((slot.label.lower(), slot.section, question.why))
    return tuple(found[:MOST_BLANKS])


def terms_of(prepared: Prepared, settled: Mapping[str, Decision] | None = None, *, blanks: bool = True) -> Terms:
    return Terms(
        prepared.owned,
        prepared.labels,
        blanks_of(prepared.critique.questions) if blanks else (),
        superseded(prepared.sources),
        settled,
    )


def violations_of(prepared: Prepared, reply: Reply) -> tuple[Violation, ...]:
    """What goes back to the model once."""
    return examine(prepared.sources, reply, prepared.owned)


def draft_of(
    prepared: Prepared,
    reply: Reply,
    repair: Reply | None = None,
    settled: Mapping[str, Decision] | None = None,
    *,
    asking: bool = False,
) -> tuple[Draft, Critique]:
    """The draft whose books balance, and the critique with the model's part of it.

    `asking`: what the posting leaves open is asked and not marked in the draft (see `proposals.as_questions`).
    """
    clean, withheld = sifted(reply, prepared.sources)
    if repair is not None:
        fixed, also = sifted(repair, prepared.sources)
        clean, withheld = mend(prepared.sources, clean, fixed, prepared.owned), (*withheld, *also)
    draft = balance(prepared.sources, clean, terms_of(prepared, settled, blanks=not asking))
    draft = replace(draft, violations=(*draft.violations, *withheld))
    return draft, merged_critique(prepared, clean, most=2 * MOST_OPEN if asking else MOST_OPEN)


def marked_up(prepared: Prepared, settled: Mapping[str, Decision] | None = None) -> Draft:
    """The rules engine's draft: the original with its safe fixes marked."""
    fixes = safe_fixes(prepared.sources.posting, prepared.critique.findings)
    return mark_up(prepared.sources, fixes, prepared.labels, settled)


def critique_of(prepared: Prepared, reply: Reply) -> Critique:
    """The critique alone, with the model's part of it held to what may be shown (I8)."""
    clean, _ = sifted(reply, prepared.sources)
    return merged_critique(prepared, clean)


def merged_critique(prepared: Prepared, reply: Reply, *, most: int = MOST_OPEN) -> Critique:
    """The rules' critique with the remarks of a sifted reply: coverage, findings, dismissals, open questions.

    A finding that the model dismisses stands and counts: the page shows beside it what the model says against it.
    """
    rules = prepared.critique
    found, discarded = model_findings(reply, prepared.sources)
    named = {f"f{n}": f for n, f in enumerate(rules.findings, 1) if _is_arguable(f)}
    reasons = {d.finding: d.reason for d in reply.dismissed if d.reason not in {"", WITHHELD}}
    disputed = tuple((finding, reasons[number]) for number, finding in named.items() if number in reasons)
    asked = tuple(_question(q.layer, q.ask, q.why) for q in reply.questions[:most] if q.ask)
    return replace(
        rules,
        diagnosis=reply.summary or rules.diagnosis,
        coverage=_coverage(rules.coverage, reply, prepared.sources),
        findings=_in_order((*rules.findings, *found)),
        dismissed=disputed,
        questions=(*rules.questions, *asked),
        discarded_quotes=discarded,
    )


def _is_arguable(finding: Finding) -> bool:
    """Whether a model may speak against a finding. What an error or hidden text is, the posting cannot talk away."""
    return finding.severity is not Severity.ERROR and finding.rule not in _NEVER_DISMISSED


def _question(layer: Layer, ask: str, why: str) -> Question:
    return Question(f"open.{stable_id(ask)}", ask, why, slot=False, layer=layer)


def stable_id(text: str) -> str:
    """Eight characters that the same words always get."""
    return hashlib.sha256(" ".join(text.lower().split()).encode()).hexdigest()[:8]


def _in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.span, f.rule)))


def _coverage(rules: tuple[LayerCoverage, ...], reply: Reply, sources: Sources) -> tuple[LayerCoverage, ...]:
    """The model's scores where it cites units that exist, the rules' elsewhere."""
    notes = {c.layer: c for c in reply.coverage}
    result = []
    for layer in rules:
        note = notes.get(layer.layer)
        units = tuple(u for u in (note.units if note else ()) if sources.get(u) is not None)
        if note is None or note.gap == WITHHELD or (note.score > 0 and not units):
            result.append(layer)
        else:
            result.append(replace(layer, score=int(note.score), units=units, gap=note.gap))
    return tuple(result)


def draft_reply(
    text: str,
    path: str,
    reply: dict[str, object] | str | Reply,
    *,
    answers: tuple[Answer, ...] = (),
    profile: Iterable[ProfileFact | str] = (),
    repair: dict[str, object] | str | Reply | None = None,
) -> tuple[Draft, Critique]:
    """Everything between a reply and the bytes of a draft, in one call."""
    prepared = prepare(text, path, answers=answers, profile=profile)
    return draft_of(prepared, _reply(reply), _reply(repair) if repair is not None else None)


def _reply(value: dict[str, object] | str | Reply) -> Reply:
    if isinstance(value, Reply):
        return value
    try:
        return Reply.model_validate_json(value) if isinstance(value, str) else Reply.model_validate(value)
    except ValidationError as error:
        problem = f"the reply does not fit its schema: {error.error_count()} faults"
        raise ReplyInvalid(problem, hint="ask the model again") from error
