"""Reviews made by hand: a fictional posting with every kind of line, decision, question and remark there is."""

import hashlib
from dataclasses import replace

from postwright.domain.critique import Answer, AnswerStatus, Critique, Question, Verdict
from postwright.domain.draft import DecisionKind, DecisionState, Draft, Fate, Layout, Line, LineKind
from postwright.domain.finding import Finding, Layer, LayerCoverage, Scope, Severity
from postwright.domain.model import Usage
from postwright.domain.posting import Notice, NoticeKind, Pin, PinKind, SectionKind, Span, Unit, UnitKind
from postwright.domain.review import Cost, Review
from support.desk import NEW, OLD, Desk, Sheet, sheet

FRONT = "---\ntitle: Senior AI/ML Engineer\nteam: Documentation\n---\n"
POSTING = """# Senior AI/ML Engineer (Healthcare) - URGENT

## About Harbor Lane Health
Harbor Lane Health is a world-class company that is revolutionizing medicine.
Our product drafts visit notes and files them in the chart at 9 clinics.
We move fast and break things.
Our founders published at leading conferences.

## The role
We want a rockstar engineer to own our full ML stack.
He will design novel architectures for clinical conversation.
Most notes are still copied into Epic by hand, so he will also help with integrations when needed.
You report to the Director of Clinical Products.

## Responsibilities
- Research and train novel transformer architectures
- Pretrain models on multi-node GPU clusters
- Improve model accuracy quarter over quarter
- Help with Epic and other EHR integrations as required
- Work with hospital IT on interfaces, VPN tunnels and go-lives
- Make sure we are HIPPA compliant
- Handle crazy deadlines with a smile
- Present our work to clinicians and take their feedback

## Requirements
- PhD in Computer Science or a related field from a top-tier university
- 10+ years of FHIR R4
- 5+ years of LangChain
- HL7 or FHIR experience
- First-author publications
- Expert in PyTorch, JAX, CUDA and Triton
- Kubernetes, Terraform, Kafka
- Native English speaker
- Epic certification is required within six months of hire
- Culture fit is everything

## What we offer
Competitive salary and equity.
Kegs on tap and happy hours.
Some travel.
Requisition HL-2044.

## Equal opportunity
Harbor Lane Health is an equal opportunity employer.
We consider all applicants without regard to race, color, religion, sex, national origin, disability or veteran status.
If you need an accommodation, write to people@harborlane.example.
"""
NOTICE_START = "## Equal opportunity"


def harbor_sheet(body: str = POSTING, front: str = FRONT) -> tuple[Sheet, Notice]:
    """The posting with one answer, one fact about the employer, a notice over four sentences and a pinned span."""
    pay = "$128,000 to $150,000 a year"
    fact = "Harbor Lane Health runs nine clinics in Ohio."
    extra = (
        Unit("a.pay.range", UnitKind.ANSWER, Span(0, len(pay)), pay, section=SectionKind.PAY),
        Unit("p1", UnitKind.PROFILE, Span(0, len(fact)), fact, section=SectionKind.ABOUT),
    )
    made = sheet(body, front, extra)
    start, end = made.source.index(NOTICE_START), len(made.source.rstrip())
    inside = tuple(u.id for u in made.units[:-2] if u.span.start >= start)
    pinned = made.by("Epic certification")
    at = pinned.span.start + pinned.text.index("within six")
    pin = Pin(PinKind.LICENCE, Span(at, pinned.span.end))
    units = tuple(
        replace(u, notice="n1") if u.id in inside else replace(u, pins=(pin,)) if u.id == pinned.id else u
        for u in made.units
    )
    return replace(made, units=units), Notice("n1", NoticeKind.EEO, inside, Span(start, end))


def harbor_draft(made: Sheet, notice: Notice, newline: str = "\n") -> Draft:
    desk = Desk(made)
    _title_and_mission(desk)
    _duties(desk)
    _needs(desk)
    _offer(desk)
    desk.section(SectionKind.LEGAL)
    text = notice.span.of(made.source)
    starts = tuple(u.text for u in made.units if u.id in notice.units)
    desk.put(Line("notice-n1", LineKind.NOTICE, text, starts, Layout.RAW))
    for start in starts:
        desk.fate(start, Fate.PROTECTED)
    return desk.draft(newline)


def _title_and_mission(desk: Desk) -> None:
    old = "Senior AI/ML Engineer (Healthcare) - URGENT"
    new = "Senior Engineer, Clinical Notes and EHR Integration"
    desk.section(SectionKind.TITLE, "")
    name = desk.decide(DecisionKind.TITLE, "a clearer title", new, "Names the work instead of the hurry.", old)
    desk.put(Line("title", LineKind.KEPT, old, (old,), Layout.TITLE, decision=name, shown=OLD))
    desk.put(Line("title-new", LineKind.PROPOSAL, new, (), Layout.TITLE, decision=name, shown=NEW))
    desk.fate(old, Fate.TITLE)
    desk.section(SectionKind.MISSION)
    prose = Layout.PROSE
    desk.line(
        "Our product drafts visit notes at 9 clinics.", "Our product", layout=prose, why="Filing is not done yet."
    )
    desk.line("Most notes are still copied into Epic by hand.", "Most notes", layout=prose)
    desk.line("You report to the Director of Clinical Products.", "You report", layout=prose)


def _duties(desk: Desk) -> None:
    desk.section(SectionKind.INTEGRATION)
    desk.line(
        "You build Epic and other EHR integrations and work with hospital IT on interfaces, VPN tunnels and go-lives.",
        "Help with Epic",
        "Work with hospital IT",
        why="One duty, said once, with an owner.",
    )
    why = "The posting names hand copying as the problem and gives it to nobody."
    desk.suggested("You bring finished notes into the chart without copying.", why, Layer.INTEGRATION)
    desk.section(SectionKind.CLINICAL)
    desk.line("Present our work to clinicians and take their feedback", "Present our work")
    why = "Nobody is asked to say what a correct note is."
    desk.suggested("You agree with clinicians what a correct note is.", why, Layer.CLINICAL)
    desk.section(SectionKind.COMPLIANCE)
    desk.line("You make sure we are HIPAA compliant", "Make sure", why="The law is spelled HIPAA.")
    desk.suggested("You keep a record of who saw and changed each note.", "One line is not a duty.", Layer.COMPLIANCE)
    desk.section(SectionKind.DUTIES)
    desk.line("Improve model accuracy quarter over quarter", "Improve model")
    desk.removed("Research and train", "research work", "Research does not bring notes into the chart.")
    desk.removed("Pretrain models", "research work", "Research does not bring notes into the chart.")
    desk.removed("Handle crazy", "what puts people off", "It announces bad planning.")
    desk.removed("He will design", "research work", "Assumes a man, and asks for novelty.")


def _needs(desk: Desk) -> None:
    desk.section(SectionKind.MUST_HAVE)
    desk.line("HL7 or FHIR experience", "HL7 or FHIR")
    why = "The model's line dropped the time limit, so your sentence stands."
    pinned = "Epic certification is required within six months of hire"
    desk.put(Line("", LineKind.RESTORED, pinned, (pinned,), Layout.ITEM, note=why))
    desk.changed(
        "Expert in PyTorch", "Expert in PyTorch", DecisionKind.REMOVAL, "shortened sentences", "Nobody is all four."
    )
    desk.line("You speak and write English well", "Native English", why="Skill, not origin.")
    desk.removed("10+ years of FHIR", "impossible years", "FHIR R4 is younger than that.")
    desk.removed("5+ years of LangChain", "impossible years", "LangChain is younger than that.")
    desk.removed("First-author", "research pedigree", "It does not predict delivery.")
    desk.removed("Culture fit", "what puts people off", "Vague, and open to bias.")
    desk.fate("We want a rockstar", Fate.DUPLICATE, "The duties say it.")
    desk.section(SectionKind.NICE_TO_HAVE)
    name = desk.decide(
        DecisionKind.LOWERED,
        "asked for less strongly",
        "Kubernetes, Terraform, Kafka",
        "Learned on the job.",
        "Kubernetes",
    )
    text = "Kubernetes, Terraform, Kafka"
    desk.put(Line("soft", LineKind.KEPT, text, (text,), Layout.ITEM, decision=name, shown=NEW))
    desk.changed(
        "A degree in Computer Science or a related field",
        "PhD in Computer",
        DecisionKind.LOWERED,
        "asked for less strongly",
        "The work needs no doctorate.",
    )
    desk.section(SectionKind.MUST_HAVE, "Also")
    desk.put(
        Line("soft-back", LineKind.KEPT, text, (text,), Layout.ITEM, decision=name, shown=(DecisionState.REJECTED,))
    )


def _offer(desk: Desk) -> None:
    desk.section(SectionKind.PAY)
    pay = "$128,000 to $150,000 a year"
    desk.put(Line("answer-pay", LineKind.ANSWERED, f"**Pay:** {pay}", (pay,), Layout.PROSE))
    desk.line("Competitive salary and equity.", "Competitive salary", layout=Layout.PROSE)
    desk.blank("benefits", "The posting asks for a lot and does not say what it gives.")
    desk.section(SectionKind.LOCATION)
    desk.line("Some travel.", "Some travel", layout=Layout.PROSE, block=4)
    desk.line("Requisition HL-2044.", "Requisition", layout=Layout.PROSE, block=4)
    desk.blank("travel", "The work goes to other sites, but how often is not said.")
    desk.removed("Kegs on tap", "what puts people off", "It means little to most people.")
    desk.section(SectionKind.ABOUT)
    desk.line("Harbor Lane Health runs nine clinics in Ohio.", "Harbor Lane Health runs", layout=Layout.PROSE)
    desk.removed("Harbor Lane Health is a world", "empty praise", "It says nothing a reader can check.")
    desk.removed("We move fast", "what puts people off", "In a chart, what breaks is care.")
    desk.removed("Our founders", "research pedigree", "It does not describe the job.")


def harbor_critique(made: Sheet) -> Critique:
    def ids(*starts: str) -> tuple[str, ...]:
        return tuple(made.by(start).id for start in starts)

    coverage = (
        LayerCoverage(Layer.CLINICAL, 1, ids("Present our work"), "Nobody says what a correct note is."),
        LayerCoverage(Layer.INTEGRATION, 2, ids("Help with Epic", "Work with"), "Integration is spare-time work."),
        LayerCoverage(Layer.COMPLIANCE, 1, ids("Make sure"), "One line, and no task."),
        LayerCoverage(
            Layer.EXECUTION, 2, ids("Work with"), "", owned=False, others="the delivery team of the product group"
        ),
    )
    return Critique(
        Verdict.REWORK,
        "The stated problem is notes copied into Epic by hand, yet the posting hires a model researcher.",
        Scope("integration_engineer", "integration", (Layer.INTEGRATION,), healthcare=True, mentions_ai=True),
        coverage,
        tuple(_findings(made)),
        _questions(made),
        dismissed=(
            (finding_at(made, "Some travel", "Some travel", "Q-TRA", "vague travel"), "A question asks for it."),
        ),
        discarded_quotes=1,
        notes=("Pay law was not checked: no place is stated.",),
    )


def finding_at(
    made: Sheet, start: str, quote: str, rule: str, group: str, severity: Severity = Severity.WARNING, why: str = ""
) -> Finding:
    unit = made.by(start)
    at = unit.span.start + unit.text.index(quote)
    return Finding(
        rule, severity, unit.id, Span(at, at + len(quote)), quote, why or group, "Say what the work needs.", group=group
    )


def _findings(made: Sheet) -> list[Finding]:
    return [
        finding_at(
            made, "10+ years", "10+ years of FHIR R4", "YEARS", "impossible years", Severity.ERROR, "It is younger."
        ),
        finding_at(made, "5+ years", "5+ years", "YEARS", "impossible years", Severity.ERROR, "It is younger."),
        finding_at(made, "He will", "He", "GENDER", "gendered wording", Severity.ERROR, "Assumes a man."),
        finding_at(
            made, "Native English", "Native", "ORIGIN", "native speaker demanded", Severity.ERROR, "Origin, not skill."
        ),
        finding_at(made, "We want a", "rockstar", "HYPE", "inflated words", why="Says nothing about the work."),
        finding_at(made, "Make sure", "HIPPA", "SPELL", "misspelled law", why="It is HIPAA."),
        finding_at(made, "Kegs", "Kegs on tap", "PERK", "perks that exclude", Severity.NOTICE, "Not everyone drinks."),
    ]


def _questions(made: Sheet) -> tuple[Question, ...]:
    travel = (made.by("Some travel").id,)
    return (
        Question("benefits", "Which benefits come with this job?", "The posting gives nothing away.", slot=True),
        Question("location.travel", "How much travel is there?", "How often is not said.", slot=True, units=travel),
        Question(
            "open.3f2a9c10", "Who decides that a note is correct?", "Nobody is named.", slot=False, layer=Layer.CLINICAL
        ),
        Question(
            "scope",
            "Which job is this?",
            "The title and the work belong to different jobs.",
            slot=True,
            leads=True,
            choices=("Integration engineer", "Machine learning engineer"),
        ),
    )


def harbor_review(newline: str = "\n") -> Review:
    """A rewrite with a model, half of its questions open."""
    turned = (POSTING, FRONT) if newline == "\n" else (POSTING.replace("\n", newline), FRONT.replace("\n", newline))
    made, notice = harbor_sheet(*turned)
    draft = harbor_draft(made, notice, newline)
    answers = (Answer("pay.range", AnswerStatus.VALUE, "$128,000 to $150,000 a year", "Ada", "2026-11-20"),)
    still = (finding_at(made, "Some travel", "Some travel", "Q-TRA", "vague travel", why="How often is not said."),)
    return replace(
        review_of(made, draft, harbor_critique(made)),
        notices=(notice,),
        engine="claude-sonnet-5-5",
        prompts="4d1f0c22",
        still=still,
        answers=answers,
        profile=("Harbor Lane Health runs nine clinics in Ohio.",),
        usage=Usage(input=2_140, cache_read=10_700, output=4_210),
        cost=Cost(0.0724, "2026-11-01", 1),
    )


def review_of(
    made: Sheet, draft: Draft | None, critique: Critique, path: str = "jobs/senior-ai-ml-engineer.md"
) -> Review:
    """A review by the rules engine."""
    return Review(
        path,
        hashlib.sha256(made.source.encode()).hexdigest(),
        made.source,
        next((u.text for u in made.units), ""),
        "rules",
        "",
        "2026-11-22T09:30:00+00:00",
        "0.1.0",
        critique,
        made.units,
        (),
        draft,
    )
