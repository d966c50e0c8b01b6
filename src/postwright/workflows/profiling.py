"""The employer's facts: made of what a person answers, and looked at before they are cited or sent.

A fact stands in many postings, so what is wrong with one is wrong everywhere: it is held to the rules of a posting.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from postwright.domain.config import Employer, ProfileFact
from postwright.domain.errors import UsageProblem
from postwright.domain.finding import Severity
from postwright.domain.house import LOOKS_PENDING, STRENGTHS
from postwright.domain.posting import FactKind, SectionKind, Strength
from postwright.reading.facts import facts_in
from postwright.reading.meaning.words import content
from postwright.reading.posting import read
from postwright.reading.screening.hidden import HIDDEN
from postwright.reading.screening.leaks import leaks
from postwright.reading.screening.orders import TO_A_MODEL
from postwright.rules.engine import judge
from postwright.workflows.drafting import profile_facts

LONGEST = 300
"""Characters of a fact. A line that cites it has to fit beside what else it says."""
_CLAIMS = frozenset({"unverifiable-claim", "wrong-status-word", "minutes-claim", "accuracy-only"})
_WHOLE = ("structure", "pay", "place", "requirements", "readability", "scope")
"""Families that judge a posting as a whole: a fact is none."""
_SUPERLATIVE = re.compile(
    r"\b(?:best|leading|foremost|premier|largest|fastest|unmatched|unparalleled|unrivall?ed|number one|world['’]?s"
    r"|the (?:first|only|most \w+)|best[- ]in[- ]class|top[- ](?:rated|ranked|tier))\b|#\s?1\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"</?[a-zA-Z!]|\{\{|\{%|<%|```")
_CLASS = re.compile(r"\bclass[ -](?P<number>I{1,3}|IV|[1-4])(?P<part>[ab])?\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:no|not|none|never|without|neither|nor)\b|n['’]t\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,]*")
_DEMANDING = frozenset({Strength.NICE, Strength.MUST, Strength.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with one fact. One that `stops` has to be mended before anything is sent or written."""

    fact: str
    says: str
    stops: bool

    def __str__(self) -> str:
        return f"{self.fact} {self.says}"


def remarks_on(facts: Iterable[ProfileFact | str], as_of: date) -> tuple[Remark, ...]:
    """All that is wrong with the employer's facts, what stops first. No remark repeats a secret or a contact."""
    named = profile_facts(facts)
    found = [remark for fact in named for remark in _alone(fact, as_of)]
    found += _together(named)
    return tuple(sorted(found, key=lambda remark: not remark.stops))


def refuse_wrong(facts: Iterable[ProfileFact | str], as_of: date, where: str) -> tuple[str, ...]:
    """What to tell about the facts of the config at `where`. Raises UsageProblem for those that stop."""
    remarks = remarks_on(facts, as_of)
    if stops := [str(remark) for remark in remarks if remark.stops]:
        raise UsageProblem(f"{where}: [profile] {'; '.join(stops)}", hint="mend the facts; docs/formats.md says how")
    return tuple(f"[profile] {remark}" for remark in remarks)


def _alone(fact: ProfileFact, as_of: date) -> Iterator[Remark]:
    text = fact.text
    for says in _unsafe(text):
        yield Remark(fact.id, says, stops=True)
    if len(text) > LONGEST:
        yield Remark(fact.id, f"has {len(text)} characters; at most {LONGEST} fit: split it", stops=True)
        return
    if found := _SUPERLATIVE.search(text):
        yield Remark(fact.id, f'is a superlative ("{found.group()}"): say what can be checked', stops=False)
    for says, stops in _judged(text, as_of):
        yield Remark(fact.id, says, stops)
    for section in fact.sections:
        if STRENGTHS[section] in _DEMANDING:
            yield Remark(fact.id, f"can never stand in {section}: it asks nothing of the reader", stops=False)


def _unsafe(text: str) -> Iterator[str]:
    for what in dict.fromkeys(leak.what for leak in leaks(text)):
        yield f"holds {what}"
    if any(fact.kind is FactKind.CONTACT for fact in facts_in(text)):
        yield "holds a contact: whom to ask belongs in each posting"
    if HIDDEN.search(text) or "\n" in text.strip():
        yield "holds hidden characters or line ends: write it as one line"
    if TO_A_MODEL.search(text) or LOOKS_PENDING.search(text):
        yield "speaks to a model, or holds one of our marks"
    if _MARKUP.search(text):
        yield "holds markup: write it in plain words"


def _judged(text: str, as_of: date) -> Iterator[tuple[str, bool]]:
    """What the rules say of the fact as a sentence of a posting. A claim that cannot stand stops."""
    posting = read(f"# Employer\n\n{text}\n", "profile.md")
    for finding in judge(posting, as_of=as_of, ignore=_WHOLE):
        if finding.unit in {"", posting.title_unit}:
            continue
        if finding.rule in _CLAIMS:
            yield f'is a claim without support ("{finding.quote}"): {finding.fix}', True
        else:
            yield f'("{finding.quote}"): {finding.why}', finding.severity is Severity.ERROR


def _together(facts: tuple[ProfileFact, ...]) -> Iterator[Remark]:
    """Facts that say the same, or differ in a number, a "not" or a device class only."""
    for one, other in combinations(facts, 2):
        if " ".join(one.text.lower().split()) == " ".join(other.text.lower().split()):
            yield Remark(other.id, f"says what {one.id} says", stops=True)
        elif _contradict(one.text, other.text):
            yield Remark(other.id, f"contradicts {one.id}", stops=True)


def _contradict(one: str, other: str) -> bool:
    classes = [_classes(text) for text in (one, other)]
    if all(classes) and classes[0] != classes[1]:
        return True
    stems = [{word.stem for word in content(_NUMBER.sub(" ", text))} for text in (one, other)]
    shared, whole = stems[0] & stems[1], stems[0] | stems[1]
    if len(shared) < 2 or len(shared) * 4 < len(whole) * 3:
        return False
    numbers = [sorted(_NUMBER.findall(text)) for text in (one, other)]
    return numbers[0] != numbers[1] or bool(_NEGATION.search(one)) != bool(_NEGATION.search(other))


def _classes(text: str) -> set[str]:
    digits = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
    found = ((m["number"].lower(), (m["part"] or "").lower()) for m in _CLASS.finditer(text))
    return {digits.get(number, number) + part for number, part in found}


# ---------------------------------------------------------------------------------------------- from answers

_S = SectionKind


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the interview. `says` makes the fact of the answer; without it the answer is no fact."""

    key: str
    ask: str
    says: str = ""
    sections: tuple[SectionKind, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()  # word -> the fact


QUESTIONS = (
    Asked("employer", "Name of the employer"),
    Asked("places", 'Places of work, with ";" between them (Boston, MA; Denver, CO)'),
    Asked("country", "Country of these places, and of remote work"),
    Asked(
        "ehrs",
        "EHRs that you work with (Epic, Oracle Health)",
        "We work with {}.",
        (_S.INTEGRATION, _S.ABOUT, _S.MISSION),
    ),
    Asked(
        "standards",
        "Standards of your interfaces (HL7 v2, FHIR R4)",
        "Our interfaces use {}.",
        (_S.INTEGRATION, _S.ABOUT),
    ),
    Asked(
        "device",
        "Medical device: class and status (Class II, 510(k) cleared, K123456)",
        "Our product is a medical device: {}.",
        (_S.COMPLIANCE, _S.ABOUT),
    ),
    Asked(
        "models",
        "Models: own, vendor or both",
        sections=(_S.ABOUT, _S.MISSION),
        choices=(
            ("own", "We train models of our own."),
            ("vendor", "We build on models of vendors and train none of our own."),
            ("both", "We build on models of vendors and train models of our own."),
        ),
    ),
    Asked("about", "A sentence about the employer, for all postings", "{}", (_S.ABOUT, _S.MISSION)),
)


def fact_of(asked: Asked, answer: str) -> ProfileFact | None:
    """The fact that an answer makes; None for an answer that is none. Raises UsageProblem for an unknown choice."""
    answer = " ".join(answer.split())
    if asked.choices:
        chosen = dict(asked.choices)
        if answer.lower() not in chosen:
            raise UsageProblem(f"{answer!r} is none of {', '.join(chosen)}", hint="or press Enter")
        return ProfileFact(chosen[answer.lower()], asked.sections)
    if not asked.says:
        return None
    end = "" if asked.says == "{}" and answer.endswith((".", "!", "?")) else "." if asked.says == "{}" else ""
    return ProfileFact(asked.says.format(answer.rstrip(".") if asked.says != "{}" else answer) + end, asked.sections)


def employer_of(answers: Mapping[str, str]) -> Employer:
    places = tuple(place for part in answers.get("places", "").split(";") if (place := " ".join(part.split())))
    return Employer(answers.get("employer", ""), places, answers.get("country", ""))
