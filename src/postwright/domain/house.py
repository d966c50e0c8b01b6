"""The house list of headings, what strength a section lends its lines, and the pending mark."""

import re

from postwright.domain.posting import SectionKind, Strength

HEADINGS: dict[SectionKind, str] = {
    SectionKind.TITLE: "",
    SectionKind.MISSION: "",
    SectionKind.OUTCOMES: "What you will change",
    SectionKind.CLINICAL: "Clinical work",
    SectionKind.INTEGRATION: "Integration work",
    SectionKind.COMPLIANCE: "Compliance work",
    SectionKind.DUTIES: "What you will do",
    SectionKind.MUST_HAVE: "You need",
    SectionKind.QUALIFICATIONS: "Qualifications",
    SectionKind.NICE_TO_HAVE: "It helps",
    SectionKind.OFFER: "What you get",
    SectionKind.PAY: "Pay and benefits",
    SectionKind.LOCATION: "Where and when",
    SectionKind.CONDITIONS: "Conditions of the job",
    SectionKind.APPLY: "How to apply",
    SectionKind.ABOUT: "About us",
    SectionKind.LEGAL: "Legal notices",
    SectionKind.OTHER: "More about this job",
}

_DUTIES = (
    SectionKind.OUTCOMES,
    SectionKind.CLINICAL,
    SectionKind.INTEGRATION,
    SectionKind.COMPLIANCE,
    SectionKind.DUTIES,
)

STRENGTHS: dict[SectionKind, Strength] = (
    dict.fromkeys(SectionKind, Strength.NONE)
    | dict.fromkeys(_DUTIES, Strength.DUTY)
    | {
        SectionKind.MUST_HAVE: Strength.MUST,
        SectionKind.NICE_TO_HAVE: Strength.NICE,
        SectionKind.QUALIFICATIONS: Strength.UNKNOWN,
        SectionKind.CONDITIONS: Strength.MUST,
    }
)

LISTS = frozenset((*_DUTIES, SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS, SectionKind.NICE_TO_HAVE))
"""Sections whose new lines are set as list items; elsewhere they run on as prose."""

PENDING = re.compile(r"\*\*\[confirm (c[1-9]\d*)(?:: ([^\]\n]*))?\]\*\*")
"""The pending mark: `**[confirm c3]**` before a proposal, `**[confirm c4: pay range]**` for a blank."""

LOOKS_PENDING = re.compile(r"\[\s*confirm\s+c\s*\d", re.IGNORECASE)
"""Whatever a person or another program made of a mark: without stars, escaped, with other emphasis."""


def pending_mark(decision: str, what: str = "") -> str:
    return f"**[confirm {decision}: {what}]**" if what else f"**[confirm {decision}]**"
