"""How much a text asks of its reader: its own words first, then its lead-in, then its section."""

import re

import re2

from postwright.domain.house import STRENGTHS
from postwright.domain.posting import SectionKind, Strength

_FOLDS = str.maketrans("’‘\u00a0\u2009\u202f\n\r\t", "''      ")
_SURROGATES = re.compile("[\ud800-\udfff]")


_MUST = re2.compile(
    r"(?i)\b(?:required|requires?|mandatory|must|musts|must-haves?|(?:is|are|be) (?:\w+ )?(?:essential|necessary)"
    r"|essential\b\s*(?:[.;,):]|$)|minimum|prerequisites?|pre-requisites?|requisite|non-negotiable|compulsory|obligatory"
    r"|(?:you|candidates?|applicants?|we|they|s?he|who)(?:'ll|'d| will| would)?(?: also)? needs?|needed|requirement"
    r"|need to (?:have|be|hold|possess|demonstrate))\b"
)
_NICE = re2.compile(
    r"(?i)\b(?:(?:strongly |highly )?preferred|preferabl[ey]|preference|nice(?: |-)to(?: |-)haves?|ideally|desirable|desirably"
    r"|(?:is|are|also|highly|strongly) desired|desired\s*(?:[.;,):]|$)|pluses|(?:a|as|an?|big|huge|real|strong|definite|major|added|great|significant|considerable) plus"
    r"|plus(?:es)?\s*(?:[.;):!]|$)|bonus (?:points?|if|for)|(?:a|as a|nice|huge|big|real|added|an added|definite) bonus|bonus\s*[:)]|bonus$"
    r"|(?:an|added|big|definite|distinct|strong|significant|great|real|major) advantage|advantageous|advantage\s*(?:[.;):!]|$)"
    r"|helpful|beneficial|(?:it|that|this|also|which|really) helps|would help|helps (?:if|but|a lot|too)|helps\s*(?:[.;,):!]|$)"
    r"|(?:an|a real|a strong|a big|considered an) asset|good to have|great to have|extra credit|(?:we'd|we would) love|optional|would be (?:nice|great|useful|helpful|ideal|good|welcome))"
)
_DUTY = re2.compile(
    r"(?i)(?:\b(?:you|(?:[\w/-]+ )?(?:role|position|job|individual|person|professional|team member|incumbent|candidate|post-?holder|employee|engineer|analyst|manager|director|lead|specialist|developer|scientist|architect|officer|nurse|physician|clinician|consultant|coordinator|administrator|designer|trainer|intern|leader|associate|supervisor|head|vp|applicant|programmer|technician)|s?he|they)(?:'ll| will| shall)\b"
    r"|^\W*will\b|\bresponsible for\b|\bresponsibilities (?:will )?include\b|\bduties (?:will )?include\b|\btasks (?:will )?include\b"
    r"|\baccountable for\b|\bwill be (?:responsible|accountable|required|expected|asked|involved)\b|\bin this role\b)"
)
_OFFERED = re.compile(
    r"\s*(?:also |typically |have )?(?:receive|get\b|have (?:access|the (?:opportunity|chance))|be (?:offered|eligible|based|part of|paid|given|"
    r"joining|reporting|provided|considered|notified|contacted|asked to provide|invited|able to)|find\b|enjoy|join\b|report to|earn|benefit|gain|love|"
    r"be entitled|have a\b|have an opportunity|see\b|depend|vary|be determined)",
    re.IGNORECASE,
)
_NEGATION_BEFORE = re.compile(
    r"(?:\bnot|\bnever|n't|\bno longer|\bwithout|\bnor)(?:\s+(?:be|being|necessarily|strictly|always|currently|a|an|any|absolutely|\w+ly)){0,2}\s*$"
    r"|\bno\s+(?:\w+\s+){1,6}(?:is|are)?\s*$|\bno\s+$|\bneither\b[^.;]*$",
    re.IGNORECASE,
)
_INCIDENTAL_BEFORE = re.compile(
    r"\b(?:as|if|when|where|whenever|wherever|all|any|other|meets?|meeting|legally|than|the|these|those|complete[sd]?|completing|perform"
    r"|and|produce|provide|obtain|maintain|with|what is|what's|may be|might be|is sometimes|which|that|often|sometimes|business|project)\s+(?:otherwise\s+)?$",
    re.IGNORECASE,
)
_INCIDENTAL_AFTER = re.compile(
    r"\s*(?:necessary\b|viable\b|by (?:law|statute|regulation|federal|state|the)|wage|documentation|reports?|reporting|training|fields?|forms?"
    r"|standards?|levels?|documents?|approvals?|data|information|changes|notices|actions|maintenance|resources|testing)",
    re.IGNORECASE,
)
_NOT_PREFERRED = re.compile(
    r"\s*(?:vendor|partner|provider|name|pronoun|supplier|channel|method|contact|employer|location|customer|drug|network|date|time|format|language|way"
    r"|source|stock|stack|over|solution|approach)",
    re.IGNORECASE,
)
_INCIDENTAL = frozenset(
    {"required", "needed", "requires", "require", "necessary", "minimum", "requirement", "mandatory"}
)


def strengths_in(text: str) -> frozenset[Strength]:
    """Every strength that the words of `text` carry: "BLS required; ACLS preferred" is MUST and NICE."""
    flat = _SURROGATES.sub("?", text.translate(_FOLDS))
    found: set[Strength] = set()
    if any(_demands(flat, m.start(), m.end()) for m in _MUST.finditer(flat)):
        found.add(Strength.MUST)
    if any(_wishes(flat, m.start(), m.end()) for m in _NICE.finditer(flat)):
        found.add(Strength.NICE)
    if any(not _OFFERED.match(flat, m.end()) for m in _DUTY.finditer(flat)):
        found.add(Strength.DUTY)
    return frozenset(found)


def own_strength(text: str) -> Strength | None:
    """The highest strength that the words of `text` say, or None when they say nothing."""
    return max(strengths_in(text), default=None)


def effective(text: str, section: SectionKind, lead_in: str) -> Strength:
    """Strength of a text where it stands. Its own words win over its lead-in, the lead-in over the section.

    "Will" is weak: in a list of requirements ("you will have led a team") it does not make a demand a duty.
    QUALIFICATIONS is UNKNOWN unless words decide.
    """
    own, led, placed = own_strength(text), own_strength(lead_in) if lead_in else None, STRENGTHS[section]
    asks = placed in {Strength.MUST, Strength.NICE, Strength.UNKNOWN}
    for said in (own, led):
        if said is not None and not (asks and said is Strength.DUTY):
            return said
    return placed


def _demands(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 60) : start]
    word = text[start:end].lower().split()[0].strip(".,;:)")
    if _NEGATION_BEFORE.search(before):
        return False
    if word not in _INCIDENTAL:
        return True
    return not (_INCIDENTAL_BEFORE.search(before) or _INCIDENTAL_AFTER.match(text, end))


def _wishes(text: str, start: int, end: int) -> bool:
    if _NEGATION_BEFORE.search(text[max(0, start - 60) : start]):
        return False
    return not (text[start:end].lower().endswith("preferred") and _NOT_PREFERRED.match(text, end))
