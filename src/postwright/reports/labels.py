"""Plain words for what the books call units, fates and states: people read "sentence" and "left out"."""

from postwright.domain.critique import AnswerStatus, Verdict
from postwright.domain.draft import DecisionKind, Fate, LineKind
from postwright.domain.finding import Layer, Severity
from postwright.domain.posting import NoticeKind

VERDICTS: dict[Verdict, str] = {
    Verdict.READY: "Nothing has to change before this is published.",
    Verdict.TOUCH_UP: "A few places to mend, then it can be published.",
    Verdict.REWORK: "It needs to be written anew before it is published.",
    Verdict.DECIDE_ROLE: "One answer would change the whole job. Start there.",
    Verdict.OUT_OF_SCOPE: "This is not a healthcare job, so it was left as it is.",
    Verdict.NOT_A_POSTING: "This does not read like a job posting, so it was left as it is.",
}

LAYERS: dict[Layer, str] = {
    Layer.CLINICAL: "Clinical workflow",
    Layer.INTEGRATION: "EHR integration",
    Layer.COMPLIANCE: "Compliance",
    Layer.EXECUTION: "Delivery",
}

LAYER_QUESTIONS: dict[Layer, str] = {
    Layer.CLINICAL: "Who knows the work and can say what a correct result is?",
    Layer.INTEGRATION: "Who connects it to the records system without disturbing work?",
    Layer.COMPLIANCE: "Who handles patient data, audit, consent and evidence?",
    Layer.EXECUTION: "Who ships it and keeps it running?",
}

SCORES: tuple[str, ...] = ("absent", "named only", "part of the work", "owned", "owned, with a result to reach")

SEVERITIES: dict[Severity, str] = {
    Severity.ERROR: "Must change",
    Severity.WARNING: "Should change",
    Severity.NOTICE: "Worth a look",
}

FATES: dict[Fate, str] = {
    Fate.USED: "used",
    Fate.PROTECTED: "kept word for word",
    Fate.REMOVED: "left out",
    Fate.HEADING: "heading renamed",
    Fate.DUPLICATE: "said elsewhere",
    Fate.RESTORED: "put back word for word",
    Fate.OPAQUE: "kept in place",
    Fate.TITLE: "title",
}

LINES: dict[LineKind, str] = {
    LineKind.KEPT: "",
    LineKind.REWORDED: "reworded",
    LineKind.MERGED: "combined",
    LineKind.PROPOSAL: "suggested",
    LineKind.BLANK: "",
    LineKind.RESTORED: "put back word for word",
    LineKind.ANSWERED: "your answer",
    LineKind.NOTICE: "kept word for word",
    LineKind.OPAQUE: "kept in place",
}

NOTICES: dict[NoticeKind, str] = {
    NoticeKind.EEO: "equal opportunity",
    NoticeKind.ACCOMMODATION: "accommodation",
    NoticeKind.PRIVACY: "privacy",
    NoticeKind.AI_USE: "use of AI in hiring",
    NoticeKind.FAIR_CHANCE: "fair chance",
    NoticeKind.PAY: "pay",
    NoticeKind.BENEFITS: "benefits",
    NoticeKind.INTERNAL: "internal only",
    NoticeKind.GRADE: "grade",
    NoticeKind.AGENCY: "agencies",
    NoticeKind.LOCKED: "marked to stay",
}

STATUSES: dict[AnswerStatus, str] = {
    AnswerStatus.VALUE: "I answer here",
    AnswerStatus.NOT_APPLICABLE: "Does not apply",
    AnswerStatus.DO_NOT_PUBLISH: "Not for publication",
    AnswerStatus.ASK: "Ask someone else",
}

# What "accept" and "reject" do, by kind of decision: (accept, reject).
CONSEQUENCES: dict[DecisionKind, tuple[str, str]] = {
    DecisionKind.PROPOSAL: ("add it", "leave it out"),
    DecisionKind.BLANK: ("", "leave it out"),
    DecisionKind.REMOVAL: ("leave it out", "keep it"),
    DecisionKind.LOWERED: ("ask for less", "keep it"),
    DecisionKind.TITLE: ("use it", "keep mine"),
    DecisionKind.SUPERSEDED: ("replace it", "keep the old text"),
    DecisionKind.WORDING: ("mend it", "keep it"),
}
SHORTENED = ("shorten it", "keep mine")

# The order in which decisions are put to a person: legal text and the title before single words.
WEIGHT: tuple[DecisionKind, ...] = (
    DecisionKind.SUPERSEDED,
    DecisionKind.TITLE,
    DecisionKind.PROPOSAL,
    DecisionKind.LOWERED,
    DecisionKind.REMOVAL,
    DecisionKind.BLANK,
    DecisionKind.WORDING,
)


def counted(number: int, one: str, many: str = "") -> str:
    """`1 sentence`, `1,204 sentences`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def sentence_case(text: str) -> str:
    """First letter large, the rest as written."""
    return text[:1].upper() + text[1:]


def printable(text: str) -> str:
    """Foreign text for a terminal: one line, no control, bidi or zero-width characters."""
    return "".join(c if c.isprintable() else "?" for c in " ".join(text.split()))
