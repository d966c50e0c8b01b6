"""Pinned spans (I1): the smallest phrases that must stand verbatim in whichever line uses their unit.

The kinds follow the guardrails of the domain data ("never delete, never alter, never invent").
"""

from collections.abc import Sequence

import re2

from postwright.domain.posting import Pin, PinKind, SectionKind, Span
from postwright.reading.pieces import Owners, Piece
from postwright.reading.scan import Patterns, flattened

_K = PinKind

_DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?(?: \d{4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_PLACE = r"(?: (?:in|from|issued by|with) (?:the )?(?:state|commonwealth|province) of [a-z]+(?: [A-Z][a-z]+)?| in (?:the state of )?(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+)?))?"
_CREDENTIAL = (
    r"(?:rn|lpn|lvn|np|aprn|pa(?:-c)?|md|do|pe|nurs(?:e|ing)|physician|pharmac(?:y|ist)|medical|clinical|professional|state|compact|multi-?state"
    r"|social work(?:er)?|therapy|therapist|psycholog(?:y|ist)|dental|healthcare provider|dea|driver'?s?|driving|lcsw|counsell?or|radiology|laborator(?:y|ian)|health ?care|nmc|gmc|hcpc)"
)
_STATUS = r"(?:active|current|valid|unrestricted|unencumbered|full|clear|clean|permanent|registered)"
_MONEY = r"(?:(?:[$£€]|\b(?:usd|cad|aud|gbp|eur|chf|inr) ?)\d[\d,.]*\d?(?: ?[km]\b)?|\b\d[\d,.]*\d ?(?:usd|cad|aud|gbp|eur|k\b))"
_RANGE = rf"{_MONEY}(?: ?(?:-|~|to|and|up to)+ ?(?:{_MONEY}|\d[\d,.]*\d?(?: ?k\b)?))?"
_PERIOD = r"(?: ?\+)?(?: ?(?:/ ?|per |an? |each )(?:year|annum|hour|hr|yr|month|week|day|shift)\b| ?(?:p\.?a\.?|p\.?h\.?|annually|annual|hourly|yearly|monthly|pro rata|gross|usd|cad|aud|gbp|eur|dkk|ote)\b)*"
_NOT = r"(?:not|unable to|cannot|can't|no|without|never|doesn't|don't|isn't|aren't|won't|neither)"

_PATTERNS: tuple[tuple[PinKind, str], ...] = (
    # Licences and board certification.
    (
        _K.LICENCE,
        rf"(?:\b(?:an? )?{_STATUS},? (?:and )?)*(?:\b{_CREDENTIAL}(?: \([a-z-]+\))?,? (?:(?:or|and|/) )?){{1,4}}(?:licen[sc](?:e|es|ed|ure)|registration)\b(?: (?:or|and) (?:{_CREDENTIAL} )+licen[sc](?:e|ure))*{_PLACE}",
    ),
    (_K.LICENCE, rf"(?:\b{_STATUS},? (?:and )?)+licen[sc](?:e|es|ed|ure)\b{_PLACE}"),
    (
        _K.LICENCE,
        rf"\blicen[sc]ed (?:{_CREDENTIAL}\b ?)+{_PLACE}|\blicen[sc](?:e|ed|ure) (?:to practi[cs]e|as an? [a-z]+)[a-z ]{{0,30}}{_PLACE}|\blicensure{_PLACE}",
    ),
    (
        _K.LICENCE,
        r"\bboard[- ](?:certifi(?:ed|cation)|eligib(?:le|ility))(?: or board[- ](?:certified|eligible))?(?: (?:in|by)(?: [^.,;:() ]+){1,6})?(?: \([a-z, /-]+\))?",
    ),
    (
        _K.LICENCE,
        r"\b(?:bls|acls|pals|nrp|tncc|cpr|bcls)(?:(?:,| and| or|/|, and|, or) ?(?:bls|acls|pals|nrp|tncc|cpr|aed))*(?: (?:certifi(?:cation|ed|cate)s?|provider|card))?(?: (?:required )?(?:within|by) [^.,;:()]{3,40})?",
    ),
    (
        _K.LICENCE,
        r"\b(?:nmc|gmc|hcpc|gphc|ahpra|ukchip|apega) ?[- ]?(?:regist(?:ered|ration)|pin)|\bregist(?:ered|ration) with the (?:nmc|gmc|hcpc|gphc|ahpra|nursing and midwifery council)|\bdea (?:registration|number|licen[sc]e)",
    ),
    # Requisition numbers.
    (
        _K.REQUISITION,
        r"\b(?:(?:job|req(?:uisition)?|posting|vacancy|position|announcement|reference|ref|opening|advert)\.? ?(?:id|code|no\.?|number|num|ref(?:erence)?|#|control number)?\.? ?[:#] ?|(?:job|req(?:uisition)?|posting|vacancy|position|announcement) (?:id|code|no\.?|number|ref(?:erence)?) )(?:is )?(?-i:[A-Z0-9]+[-/_A-Z0-9]*\d[-/_A-Z0-9]*)",
    ),
    (_K.REQUISITION, r"(?-i:\b(?:R|JR|REQ|REF|Req|JOB|REQID|VA|VN)[-_ ]?#?\d{3,}[A-Z0-9-]*)\b"),
    # FLSA, visa, clearance, data residency.
    (
        _K.FLSA,
        r"\bflsa(?: status| classification| code)?:? ?(?:is )?(?:non-?)?(?:exempt)?(?: status)?|\b(?:non-)?exempt (?:position|status|role|employee)\b|\b(?:full|part)[- ]time,? (?:non-?)?exempt\b",
    ),
    (
        _K.VISA,
        rf"\b{_NOT}\b[^.;:()]{{0,50}}\b(?:sponsor(?:ship|ed|ing|s)?(?: (?:of )?(?:an? )?(?:work )?(?:visas?|h-?1-?b|employment|candidates|applicants)[a-z ]{{0,20}}| is| at this time)*|work visas?)(?: (?:available|offered|provided|possible|at this time))*",
    ),
    (
        _K.VISA,
        r"\b(?:visa|h-?1-?b|immigration|employment) sponsorship\b[^.;:()]{0,60}|\bsponsorship (?:is |will )?(?:not |un)?(?:be )?(?:currently )?(?:available|offered|provided)[^.;:()]{0,30}|\bcertificate of sponsorship\b|\bh1 sponsorship[a-z ]{0,30}",
    ),
    (
        _K.VISA,
        r"\b(?:legal(?:ly)? |be |currently |unrestricted |valid )*(?:authori[sz](?:ed|ation)|eligible|eligibility|entitled|permitted|permission|right|permit) to (?:live and )?work(?: (?:for any employer |legally |permanently )*in (?:the )?(?-i:[A-Z][\w.]*(?: [A-Z][\w.]*)*))?(?: without (?:the need for )?(?:visa |employer |current or future )*sponsorship)?",
    ),
    (
        _K.VISA,
        r"\b(?:valid )?(?:work (?:authori[sz]ation|permit|visa)|right to work)(?: (?:in|for) (?:the )?(?-i:[A-Z][\w.]*(?: [A-Z][\w.]*)*))?|\bgreen card\b|\bw-?2 only\b|\bno (?:c2c|corp[- ]to[- ]corp)\b",
    ),
    (
        _K.VISA,
        r"\b(?:u\.?s\.?|united states|uk|british|australian|canadian|eu) (?:citizens?(?:hip)?|nationals?|permanent residents?)(?: (?:or|and) (?:national|permanent resident|green card holder)s?)?(?: (?:is |are )?(?:only|required))?",
    ),
    (
        _K.CLEARANCE,
        r"\b(?:an? )?(?:(?:active|current|valid) )?(?:top secret|secret|ts/sci|public trust|sc|dv|q|l|national security|security|bpss|nppv ?\d?)(?: national)?(?: security)? (?:clearance|vetting|investigation)s?\b(?: level)?|\bts/sci\b|\bitar\b|\bexport[- ]control(?:s|led|ling)?\b|\bus persons?\b",
    ),
    (
        _K.DATA_RESIDENCY,
        r"\b(?:us|u\.s\.|uk|eu|onshore)-only (?:data|phi|access|role|position)|\b(?:phi|data|patient (?:data|records|information))[^.;:()]{0,40}\b(?:must|may|can|shall)(?:not| not| only)? (?:remain|stay|leave|be (?:stored|accessed|processed|transferred))[^.;:()]{0,60}|\b(?:offshore|outside (?:of )?the (?:us|u\.s\.|united states|uk|eu|country))[^.;:()]{0,40}\b(?:access|phi|data|prohibited|not permitted)\b|\bon (?:us|u\.s\.) soil\b",
    ),
    # Physical demands and checks.
    (
        _K.PHYSICAL,
        r"\b(?:lift|carry|push|pull|move)(?:ing)?(?:(?:,| and| or|, and|, or|/) ?(?:lift|carry|push|pull|move|transport)(?:ing)?)*(?: [a-z]+){0,5} (?:\(?\d+\)? ?(?:-|to)? ?\d* ?(?:lbs?|pounds|kgs?|kilograms?)\b\.?)",
    ),
    (
        _K.PHYSICAL,
        r"\b(?:sit|stand|walk|stoop|kneel|crouch|bend|squat|climb|reach)(?:ting|ing)?(?:(?:,? (?:and/or|and|or)|,|/) ?(?:sit|stand|walk|stoop|kneel|crouch|crawl|bend|squat|climb|reach)(?:ting|ing)?)+(?: for (?:up to |at least )?(?:extended |prolonged |long )?(?:periods?(?: of time)?|\d+ hours?))?|\b(?:sit|stand|walk|sitting|standing|walking)(?: [a-z]+){0,3} for (?:up to |at least )?(?:extended|prolonged|long|\d+)(?: periods?(?: of time)?| hours?)?",
    ),
    (
        _K.HEALTH_CHECK,
        r"\b(?:proof of )?(?:annual )?(?:influenza|flu|covid(?:-?19)?|hepatitis b|mmr|tdap|varicella)(?:(?:,| and| or|/) ?(?:influenza|flu|covid(?:-?19)?))* (?:immuni[sz]ations?|vaccin(?:e|es|ation|ations|ated)|shots?|boosters?)(?: or (?:an? )?(?:approved |medical |religious )*exemptions?)?|\b(?:fully )?(?:vaccinated|immuni[sz]ed) against [^.;:()]{3,40}",
    ),
    (
        _K.HEALTH_CHECK,
        r"\b(?:tb|tuberculosis|ppd) (?:test|screen|skin)(?:ing|s)?\b|\brespirator fit[- ]?(?:test(?:ing)?)?|\boccupational health (?:clearance|check|assessment|screening)s?|\bpost-offer (?:physical|health|medical)[a-z ]{0,20}|\bpre-?employment (?:health |medical |physical |drug |background )?(?:screen(?:ing)?s?|checks?|tests?|testing|physical|assessments?|requirements)",
    ),
    (
        _K.HEALTH_CHECK,
        r"\b(?:urine |urinalysis |pre-employment )?drug(?: and alcohol|/alcohol)? (?:screen(?:s|ing)?|tests?|testing)\b|\burinalysis screen[^.;:()]{0,40}|\b(?:criminal |enhanced |federal |single scope |successful )*background (?:check|screen|screening|investigation|verification|checks|investigations)\b|\bcredit (?:check|history check)s?\b|\bmotor vehicle (?:record|report)s?|\bfingerprint(?:ing|s| check)?\b|\breference checks?\b",
    ),
    (
        _K.HEALTH_CHECK,
        r"\b(?:oig|sam|leie)(?:(?:/| and | or |, )(?:oig|sam|gsa|leie))* (?:exclusion|sanction)s?(?: list)?(?: (?:verification|check|screening|search))?|\b(?:enhanced |standard |basic )?(?:dbs|disclosure and barring service|disclosure scotland|pvg)(?: (?:check|disclosure|clearance|certificate|scheme))?(?: by the disclosure and barring service)?",
    ),
    # Or equivalent; markers.
    (
        _K.EQUIVALENT,
        r"\bor (?:an? )?(?:relevant |related )?(?:equivalent|equal)(?: (?:combination of (?:education|experience|training)[a-z,/ ]{0,40}|(?:practical |work |working |professional |relevant |industry |life |military |clinical |technical |post-?graduate |hands-on )*(?:experience|degree|qualifications?|education|training|knowledge|level|certification)))?(?: required)?|\b(?:equivalent|comparable|commensurate) (?:combination of education|(?:work|practical|professional|relevant) experience)[a-z ]{0,30}|\bin lieu of (?:an? )?(?:degree|education|experience)\b|\bexperience (?:may|can|will) (?:be )?substituted? for[a-z ]{0,30}|\bor (?:demonstrable |demonstrated )?equivalent\b",
    ),
    (
        _K.MARKER,
        r"\((?:[mwfdxhiu*]/){1,4}[mwfdxhiu*]\)|\bm/w/d\b|\bm/f/d\b|\bw/m/d\b|\bh/f\b|\(all genders\)|\(gn\)|\binternal (?:applicants? |candidates? |staff )?only\b",
    ),
    # Pay phrases, grades, dates.
    (
        _K.PAY,
        r"\b(?:highly )?competitive (?:base |total |annual |market )?(?:salary|salaries|compensation|pay|remuneration|wages?)(?: (?:package|and benefits))?,?(?: \(?(?:doe|dependent on experience|depending on experience|commensurate with (?:skills and )?experience)\)?)?|\bsalary (?:doe|is negotiable|negotiable)|\bcommensurate with (?:skills and |education and )?experience|\b(?:depending|dependent) on experience\b",
    ),
    (
        _K.PAY,
        r"\b(?:afc |agenda for change |equivalent |pay |salary |nhs )*bands? \d[a-d]?(?: ?(?:-|/|to) ?\d?[a-d]?)?\b|\b(?-i:GS)[- ]?\d{1,2}(?: ?(?:-|/|to|through|and) ?(?:GS-?)?\d{1,2})?\b(?: step \d+)?|\b(?:pay |salary |job )?grade:? ?(?-i:[A-Z]{0,4}\d{1,2}[A-Z]?)\b",
    ),
    (
        _K.DATE,
        rf"\b(?:(?:application(?:s)? |posting |advert |vacancy |role )?(?:clos(?:ing|es|e)(?: date)?|deadline|ends?|expir(?:es|y|ation)(?: date)?|apply by|apply before|open until|will be accepted (?:through|until)|(?:submitted|received) by)(?: (?:is|on|by|date|will close on))*[: -]*{_WEEKDAY}{_DATE}(?:,? (?:at )?\d{{1,2}}(?::\d\d)? ?(?:am|pm|noon|midnight)?)?|interview(?:s)? (?:date|will (?:be held|take place))?s?(?: on| is|:)* ?{_WEEKDAY}{_DATE})",
    ),
    (
        _K.DATE,
        rf"\bstart(?:ing)? date:? ?(?:is |of )?{_DATE}|\b(?:fixed[- ]term|term|contract|funded|funding)[^.;:()]{{0,30}} (?:until|ends?|to) {_WEEKDAY}(?:{_DATE}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{{4}})",
    ),
)
_BOOK = Patterns(_PATTERNS)
_AMOUNT = Patterns([(_K.PAY, _RANGE + _PERIOD)])
_PAID = re2.compile(
    r"(?i)\b(?:salar(?:y|ies)|pay|paid|compensation|base|wages?|ote|per annum|per year|per hour|annual(?:ly)?|p\.?a\b|hourly|stipend|bonus|rate|/ ?(?:hr|hour|yr|year))|[$£€]\d[\d,]*k?\+? ?(?:-|~|to) ?[$£€]?\d"
)
_BUSINESS = re2.compile(
    r"(?i)\b(?:raised|funding|valuation|valued|series [a-f]\b|revenue|market|invest(?:ed|ment|ors?)|sav(?:ed|ings)|[bm]illion|budgets?|contracts?|turnover|backed|grants?|portfolio)"
)


def pins_of(
    flat: str, pieces: list[Piece], sections: list[SectionKind], locked: Sequence[str]
) -> list[tuple[Pin, ...]]:
    """The pins of each piece, in order. `flat` has line ends between pieces, so that no match leaves its piece."""
    found: list[list[Pin]] = [[] for _ in pieces]
    where = Owners(pieces)
    for kind, start, end in [*_BOOK.find(flat), *_locked(flat, locked)]:
        _add(found, where, flat, kind, start, end)
    for _, start, end in _AMOUNT.find(flat):
        index = where.of(start, end)
        if index >= 0 and _is_pay(flat, pieces[index], sections[index]):
            _add(found, where, flat, _K.PAY, start, end)
    return [_longest(pins) for pins in found]


def _is_pay(flat: str, piece: Piece, section: SectionKind) -> bool:
    """True if an amount in the piece is what the reader would be paid, not what the employer raised or manages."""
    said = flat[piece.start : piece.end]
    if _BUSINESS.search(said):
        return False
    return section in {SectionKind.PAY, SectionKind.OFFER} or bool(_PAID.search(said))


def _locked(flat: str, locked: Sequence[str]) -> list[tuple[PinKind, int, int]]:
    """Matches of the config's phrases, taken literally and, where they compile, as RE2 patterns."""
    out: list[tuple[PinKind, int, int]] = []
    options = re2.Options()
    options.log_errors = False
    for phrase in locked:
        for pattern in dict.fromkeys((re2.escape(flattened(phrase)), phrase)):
            try:
                compiled = re2.compile(pattern, options)
            except re2.error:
                continue  # a phrase such as "C++ (required" is no pattern: its literal form was looked for
            out += [(_K.LOCKED, m.start(), m.end()) for m in compiled.finditer(flat) if m.end() > m.start()]
    return out


def _add(found: list[list[Pin]], where: Owners, flat: str, kind: PinKind, start: int, end: int) -> None:
    said = flat[start:end]
    start, end = start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip(" .,;:-*_("))
    index = where.of(start, end) if start < end else -1
    if index >= 0:
        found[index].append(Pin(kind, Span(start, end)))


def _longest(pins: list[Pin]) -> tuple[Pin, ...]:
    """Pins in order, those inside another dropped, those of one kind that overlap joined."""
    out: list[Pin] = []
    for pin in sorted(pins, key=lambda p: (p.span.start, -p.span.end)):
        last = out[-1] if out else None
        if last is not None and last.span.holds(pin.span):
            continue
        if last is not None and last.span.meets(pin.span) and last.kind is pin.kind:
            out[-1] = Pin(pin.kind, Span(last.span.start, pin.span.end))
        else:
            out.append(pin)
    return tuple(out)
