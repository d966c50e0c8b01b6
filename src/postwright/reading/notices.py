"""Notices (I1): contiguous runs of pieces that are legal text, pay terms, benefits or a lock, with heading and scope line."""

import re
from collections.abc import Iterator

import re2

from postwright.domain.house import LISTS
from postwright.domain.posting import NoticeKind, SectionKind, UnitKind
from postwright.reading.pieces import Owners, Piece
from postwright.reading.places import Place
from postwright.reading.scan import Patterns
from postwright.reading.sections import section_kind

_K = NoticeKind
_S = SectionKind

LEGAL = frozenset({_K.EEO, _K.ACCOMMODATION, _K.PRIVACY, _K.AI_USE, _K.FAIR_CHANCE, _K.AGENCY})
SECTIONS = dict.fromkeys(LEGAL, _S.LEGAL) | {_K.PAY: _S.PAY, _K.BENEFITS: _S.OFFER}
"""Where a notice belongs, whatever heading it happens to stand under."""

_MARK = re.compile(r"<!--\s*postwright:\s*(un)?lock\s*-->", re.IGNORECASE)

# First match decides the kind of a piece, so the narrow kinds stand first.
_ANCHORS: tuple[tuple[NoticeKind, str], ...] = (
    (
        _K.INTERNAL,
        r"\binternal (?:applicants?|candidates?|staff|employees)?,? ?only\b|open (?:only )?to (?:current|internal|existing|all current) (?:[\w']+ ){0,4}(?:employees|staff)\b|\b(?:current )?(?:employees|staff) only\b|ring-?fenced|\b(?:on|at)[- ](?:the )?(?:redeployment|at[- ]risk)\b|at[- ]risk (?:staff|employees|candidates)|redeployment (?:register|status|opportunit)|priority (?:consideration )?(?:will be |is )?given to (?:staff|employees|those|candidates) (?:at risk|on)",
    ),
    (
        _K.AI_USE,
        r"automated (?:employment )?decision|\baedt\b|\b(?:us(?:e|es|ing|age)|employ|leverag\w+|utili[sz]\w+|support(?:ed)?|assist\w*)\b[^.\n]{0,60}\b(?:artificial intelligence|ai|automated (?:tools?|systems?|processing)|machine learning|algorithms?)\b[^.\n]{0,100}\b(?:job applica(?:tion|nt)s?|applicants?|candidates?|your application|(?:screen|review|assess|evaluat|rank)\w* (?:\w+ )?applications|resum\w+|cvs?|hiring|recruit\w*|interviews?)\b|\b(?:applications|resumes|applicants|candidates)\b[^.\n]{0,60}\b(?:screened|reviewed|assessed|evaluated|ranked|processed)\b[^.\n]{0,40}\b(?:ai|artificial intelligence|automated|algorithm)|\buse (?:of )?(?:ai|artificial intelligence|chatgpt|generative ai)[^.\n]{0,60}\b(?:your application|interview|application process|hiring process|recruitment)",
    ),
    (
        _K.FAIR_CHANCE,
        r"fair[- ]chance|\b(?:arrest|criminal|conviction)s?(?:(?: and| or|/|,) (?:arrest|criminal|conviction)s?)? (?:histor(?:y|ies)|records?)\b[^.\n]{0,120}(?:consider|applicant|qualified|consistent|accordance|ordinance)|(?:consider|qualified applicants|employment)[^.\n]{0,120}\b(?:arrest|criminal|conviction)s?(?:(?: and| or|/|,) (?:arrest|criminal|conviction)s?)? (?:histor(?:y|ies)|records?)|ban the box|rehabilitation of offenders|unspent (?:conviction|criminal)",
    ),
    (
        _K.AGENCY,
        r"\bno (?:recruiters|agenc(?:y|ies)|third[- ]part(?:y|ies)|corp[- ]to[- ]corp|c2c)\b|unsolicited (?:resum|cv|applic|candidate|submission|profile)|\b(?:recruit(?:er|ers|ing|ment)|staffing|search|placement|employment|third[- ]party)(?: and recruiting| and search)? (?:agenc(?:y|ies)|firms?|vendors?|recruiters)\b[^.\n]{0,160}\b(?:resum|submi|unsolicited|contact|fee|accept|refer|forward|candidates|cvs?|not)|\b(?:never|not) (?:ask|request|require)[^.\n]{0,100}\b(?:payment|money|financial|bank|fees?|personal information|social security)|(?:job|recruit(?:ment|ing)|employment|hiring)[- ](?:scams?|fraud)|fraudulent (?:job|recruit|offer|email|posting|employment)|impersonat\w+[^.\n]{0,60}(?:recruit|employ|hir)|principals only|\bno agencies\b|not (?:accept|respond)\w*[^.\n]{0,40}\b(?:agenc|recruiters)",
    ),
    (
        _K.ACCOMMODATION,
        r"\b(?:reasonable|workplace|special|disability) (?:accommodation|adjustment)s?\b|accommodations? (?:request|for (?:qualified |people |persons )?(?:individuals|applicants|candidates|persons|people|with))|\b(?:need|requir|request)\w*[^.\n]{0,60}\b(?:accommodation|adjustment)s?\b|\b(?:accommodation|adjustment)s?\b[^.\n]{0,80}\b(?:contact|e-?mail|call|let us know|reach out|request|write to)|\b(?:disabilit(?:y|ies)|special needs?)\b[^.\n]{0,120}\b(?:let us know|contact us|please contact|assistance|accommodat|adjustment)|disability confident|guaranteed interview|two ticks|happy to accommodate",
    ),
    (
        _K.EEO,
        r"\bequal (?:employment )?opportunit(?:y|ies)\b|\bequality of opportunity\b|\bequal opportunities\b|\be\.?o\.?e\b|\beeo\b|\bm/f/d/?v|\bd/?v/?m/?f|disab(?:led|ility)/(?:protected )?vet|minorit(?:y|ies)/(?:wom|fem|disab)|(?:without regard|regardless|irrespective|on the (?:basis|grounds?)|based (?:up)?on|because) (?:to |of |on )?(?:[\w' -]+ ){0,8}?(?:race|gender|colou?r|religion|ethnic|national origin|disability|sexual orientation|protected)|(?:not|never|nor|n't) (?:unlawfully |illegally |tolerate )?discriminat\w+|(?:prohibit|unlawful|free (?:from|of)|against|eliminat\w+) (?:any (?:form of )?|unlawful |all )*discrimination|protected (?:veteran|characteristic|class|group|status)|legally protected|protected (?:under|by) (?:applicable )?(?:federal|state|law|local)|affirmative action|\be-?verify\b|vevraa|section 503|(?:encourages?|welcomes?|invites?) applications (?:from|regardless)|(?:encourage|welcome|invite)[^.\n]{0,60}\b(?:women|bame|bme|lgbt\w*|minorit|veterans|under-?represented|disabled (?:people|candidates|applicants))[^.\n]{0,40}\bto apply|equal consideration|equality act|all qualified applicants|underrepresented (?:groups|backgrounds|communities)[^.\n]{0,80}\bappl",
    ),
    (
        _K.PRIVACY,
        r"\b(?:privacy|data protection) (?:notice|policy|statement)s?\b|\bcandidate privacy|\byour privacy\b|\b(?:process|collect|use|store|retain|handle|hold)\w*[^.\n]{0,80}\b(?:your|personal) (?:personal )?(?:data|information|details)\b|\b(?:your|personal) (?:personal )?(?:data|information)[^.\n]{0,80}\b(?:application|recruitment|candidate|applicant)|\bdata controller\b|\bapplicant-(?:notice|privacy)|\b(?:ccpa|cpra)\b|by (?:applying|submitting|clicking)[^.\n]{0,100}\b(?:privacy|personal|data|consent)",
    ),
)
_ANCHOR_BOOK = Patterns(_ANCHORS)
_DEMANDED = re2.compile(
    r"(?i)\bopportunity employer|\bqualified applicants|without regard to|we (?:do not|don't) discriminate|applicants?\b|candidates? (?:who|with|need)|\byour\b|\bE-?Verify\b|contact (?:us|hr)"
)
_RELATED: dict[NoticeKind, re2._Regexp] = {
    kind: re2.compile(f"(?i){pattern}")
    for kind, pattern in {
        _K.EEO: r"diversity|inclusi|belong|equit|backgrounds?\b|walks of life|discriminat|\beeo|race\b|disab|veteran|applies to|\bthis policy|equal|merit|decisions",
        _K.ACCOMMODATION: r"accommodat|adjustment|disab|contact|e-?mail|call|assist|essential functions|accessib|request",
        _K.PRIVACY: r"privacy|personal|\bdata\b|information|consent|https?://|read|review|retain|rights",
        _K.AI_USE: r"\bai\b|artificial|automated|tool|human|decision|opt out|algorithm|interview|application",
        _K.FAIR_CHANCE: r"criminal|convict|record|histor|ordinance|\bact\b|law|background",
        _K.AGENCY: r"agenc|recruit|fee|resum|unsolicited|scam|fraud|e-?mail|@|domain|report|interview|payment|contact|legitimate|official|careers",
    }.items()
}
_MONEY = r"(?:[$£€] ?\d|\b(?:usd|cad|aud|gbp|eur|chf) ?\d|\d ?(?:usd|cad|aud|gbp|eur)\b|\b\d{2,3}k\b|\$\{\{)"
_PAY = re2.compile(
    rf"(?i){_MONEY}.*(?:salar|\bpay\b|\bpaid\b|compensation|\bbase\b|wage|remuneration|\bote\b|per (?:annum|year|hour|month|week|day)|annual|\bp\.?a\b|hourly|/ ?(?:hr|hour|yr|year|h)\b|an? (?:year|hour)\b|pro rata|stipend|sign-on|\brate\b|\bstep \d)"
    rf"|(?:salar|\bpay\b|compensation|\bbase\b|wage|remuneration|\bote\b|hourly|annual|stipend|sign-on|\brate\b|\bstep \d|💰|earn).*{_MONEY}|[$£€] ?[\d,.]+k? ?(?:-|~|to) ?[$£€]? ?[\d,.]+k?"
)
_AMOUNT = re2.compile(rf"(?i){_MONEY}")
_BUSINESS = re2.compile(
    r"(?i)\braised\b|funding|valu(?:ation|ed at)|series [a-f]\b|revenue|\bmarket (?:of|size|cap)|\$[\d.]+ ?[bm]\b|\binvest(?:ed|ment of|ors)|\bsav(?:ed|ings)|[bm]illion|budgets? (?:of|over)|contracts? (?:worth|exceeding|value)|turnover|\bgrants?\b"
)
_PAY_RELATED = re2.compile(
    r"(?i)\bpay\b|salar|compensation|\brange|\boffer\b|bonus|equity|stock|\brsu|commission|benefits?|determin|\bvary|varies|locality|\bstep\b|eligible|total rewards|incentive|location|factors|\brate|sign-on|overtime|allowance"
)
_BENEFIT = re2.compile(
    r"(?i)\b(?:medical|dental|vision (?:insurance|plan|coverage|care|benefits?)|401 ?\(?k\)?|403 ?\(?b\)?|pension|pto\b|paid (?:time[- ]off|holidays?|vacation|leave|parental|sick|volunteer)|vacation|annual leave|(?:parental|maternity|paternity|sick|family|bereavement|adoption) (?:leave|pay|time)|sick days?|(?:life|health|disability|medical|pet|travel) (?:insurance|assurance|cover(?:age)?|plans?)|health ?care (?:benefits|plan|coverage|cover|insurance)|private medical|hsa\b|fsa\b|health savings|flexible spending|tuition|bank holidays|paid holidays|retirement|cycle to work|childcare|espp\b|employee stock|fertility|eap\b|employee assistance|fehb|thrift savings|tsp\b|unlimited (?:pto|vacation|time off|holiday)|employer match|401k|days? (?:of )?(?:annual |paid )?(?:leave|holiday|vacation|pto|off)|time off|flexible vacation|commuter benefits?|season ticket|mental health (?:support|days|benefit)|cme\b|health screening|superannuation|medicare|group insurance|vision\b,? (?:and|or|401|life|hsa|disability|403))"
)
_SOFT_BENEFIT = re2.compile(
    r"(?i)\b(?:stock options?|equity|rsus?|bonus(?:es)?|wellness|well-?being|stipend|allowance|discounts?|gym|flexible (?:hours|work)|remote|laptop|budget|training|learning|perks?|insurance|reimburse|salary|lunch|holiday|leave|benefits?|matching|match|hours|development|conference|parking|home office|coverage)"
)
_OFFERS = re2.compile(r"(?i)\bbenefits?\b|\boffer|\bprovide|perks|package|includ|eligible|enjoy|receive")
_GRADE = re2.compile(
    r"(?i)^[*_\s]*(?:(?:pay |salary |job |equivalent |afc |agenda for change |nhs )*(?:grade|band)s?(?: level)?[*_]*\s*[:-]?[*_]*\s*(?:is )?(?:gs|ses|scs|heo|seo|ao|eo|g)?[- ]?\d{1,2}[a-d]?|(?:series/grade|pay plan|gs-?\d{1,2})\b|union|bargaining unit)"
)


_SALARY = re2.compile(
    r"(?i)salar|\bpay(?:s|ing)?\b|compensation|base (?:pay|rate)|wage|remuneration|\bote\b|per annum|\bp\.?a\b|hourly rate|\bearn\b"
)
_ADDRESSED = re2.compile(
    r"(?i)\byour?\b|applicants?\b|candidates?\b|recruitment|(?:privacy|data protection) (?:notice|policy|statement)|https?://"
)
_BENEFITS_LEAD = re2.compile(r"(?i)\bbenefits?\b|\bperks\b|\bwe(?: also)? (?:offer|provide)|reward|package")
_OWN_HEAD = re2.compile(r"(?i)benefit|perks|\bpay\b|salar|compensation|remuneration|reward|wage")
_ASKING = LISTS
"""Sections of duties and demands, where a list item may name what elsewhere would be a notice."""
_PROSE = frozenset({UnitKind.SENTENCE, UnitKind.ITEM, UnitKind.ROW})


def notices_of(text: str, flat: str, pieces: list[Piece], places: list[Place]) -> list[NoticeKind | None]:
    """For each piece the kind of notice it is part of, or None. Runs of one kind are one notice."""
    kinds: list[NoticeKind | None] = [None] * len(pieces)
    _lock(text, pieces, kinds)
    _legal(flat, pieces, places, kinds)
    _pay(flat, pieces, places, kinds)
    _benefits(flat, pieces, places, kinds)
    _spread_pay(flat, pieces, places, kinds)
    for index, piece in enumerate(pieces):
        if (
            kinds[index] is None
            and piece.kind in _PROSE
            and piece.end - piece.start < 70
            and _GRADE.search(flat[piece.start : piece.end])
        ):
            kinds[index] = _K.GRADE
    _with_heads(flat, pieces, places, kinds)
    return kinds


# ------------------------------------------------------------------------------------------ locks and legal text


def _lock(text: str, pieces: list[Piece], kinds: list[NoticeKind | None]) -> None:
    for start, end in locks_of(text):
        for index, piece in enumerate(pieces):
            if start <= piece.start and piece.end <= end:
                kinds[index] = _K.LOCKED


def locks_of(text: str) -> list[tuple[int, int]]:
    """Ranges from a lock marker to its unlock marker, both included; an open lock runs to the end."""
    out: list[tuple[int, int]] = []
    opened: int | None = None
    for found in _MARK.finditer(text):
        if not found.group(1):
            opened = found.start() if opened is None else opened
        elif opened is not None:
            out.append((opened, found.end()))
            opened = None
    return out if opened is None else [*out, (opened, len(text))]


def _legal(flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None]) -> None:
    where = Owners(pieces)
    for kind, start, end in _ANCHOR_BOOK.find(flat):
        index = where.of(start, end)
        if index >= 0 and kinds[index] is None and _may_anchor(kind, flat, pieces[index], places[index]):
            kinds[index] = kind
    for index in range(1, len(pieces)):
        _spread(flat, pieces, places, kinds, index - 1, index)
    for index in range(len(pieces) - 2, -1, -1):
        _spread(flat, pieces, places, kinds, index + 1, index)
    for index, place in enumerate(places):
        if kinds[index] is None and place.lead_in >= 0 and kinds[place.lead_in] in LEGAL:
            kinds[index] = kinds[place.lead_in]


def _may_anchor(kind: NoticeKind, flat: str, piece: Piece, place: Place) -> bool:
    """A duty or demand may speak of equal opportunity or privacy without being a notice."""
    if piece.kind is UnitKind.HEADING:
        return kind is _K.INTERNAL and place.section is not _S.TITLE
    if piece.kind not in _PROSE:
        return False
    said = flat[piece.start : piece.end]
    if kind is _K.PRIVACY and not _ADDRESSED.search(said):
        return False
    asks = place.section in _ASKING
    if asks and (piece.kind is UnitKind.ITEM or kind in {_K.PRIVACY, _K.AI_USE}):
        return kind is _K.INTERNAL or bool(_DEMANDED.search(said))
    return True


def _spread(
    flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None], source: int, index: int
) -> None:
    """A sentence beside legal text that speaks of the same thing belongs to it."""
    kind = kinds[source]
    if kind not in LEGAL or kinds[index] is not None or pieces[index].kind not in _PROSE:
        return
    near = pieces[index].block == pieces[source].block or (
        places[index].section is _S.LEGAL and places[index].heading == places[source].heading
    )
    if near and _RELATED[kind].search(flat[pieces[index].start : pieces[index].end]):
        kinds[index] = kind


# ------------------------------------------------------------------------------------------ pay and benefits


def _pay(flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None]) -> None:
    for index, piece in enumerate(pieces):
        if kinds[index] is None and _states_pay(flat[piece.start : piece.end], piece, places[index]):
            kinds[index] = _K.PAY


def _spread_pay(flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None]) -> None:
    """Sentences beside stated pay that speak of pay belong to it: bonus, what the amount depends on."""
    for step in (1, -1):
        order = range(1, len(pieces)) if step > 0 else range(len(pieces) - 2, -1, -1)
        for index in order:
            if kinds[index - step] is _K.PAY and kinds[index] is None and pieces[index].kind in _PROSE:
                near = pieces[index].block == pieces[index - step].block or places[index].section is _S.PAY
                if near and _PAY_RELATED.search(flat[pieces[index].start : pieces[index].end]):
                    kinds[index] = _K.PAY


def _states_pay(said: str, piece: Piece, place: Place) -> bool:
    """True if the piece states an amount that the reader would be paid."""
    if piece.kind is UnitKind.OPAQUE or place.section is _S.TITLE or not _AMOUNT.search(said) or _BUSINESS.search(said):
        return False
    if place.section is _S.PAY:
        return True
    asks = place.section in _ASKING
    if place.section is _S.OFFER or (asks and piece.kind is UnitKind.ITEM):
        return bool(_SALARY.search(said))
    return bool(_PAY.search(said))


def _benefits(flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None]) -> None:
    for first, last in _offers(flat, pieces, places):
        named = [
            index for index in range(first, last + 1) if _BENEFIT.search(flat[pieces[index].start : pieces[index].end])
        ]
        terms = {
            m.group().lower()
            for index in named
            for m in _BENEFIT.finditer(flat[pieces[index].start : pieces[index].end])
        }
        if len(terms) < 2:
            continue
        begin, end = named[0], named[-1]
        while begin > first and _soft(flat, pieces[begin - 1], pieces[begin]):
            begin -= 1
        while end < last and _soft(flat, pieces[end + 1], pieces[end]):
            end += 1
        for index in range(begin, end + 1):
            if kinds[index] is None:
                kinds[index] = _K.BENEFITS


def _offers(flat: str, pieces: list[Piece], places: list[Place]) -> Iterator[tuple[int, int]]:
    """Runs of pieces in which an employer may list benefits: an offer section, a list led in so, or one rich sentence."""
    index = 0
    while index < len(pieces):
        last = index
        if _is_offer(flat, pieces, places, index):
            while (
                last + 1 < len(pieces)
                and _is_offer(flat, pieces, places, last + 1)
                and places[last + 1].heading == places[index].heading
            ):
                last += 1
            yield index, last
        elif _is_rich(flat, pieces[index], places[index]):
            yield index, index
        index = last + 1


def _is_offer(flat: str, pieces: list[Piece], places: list[Place], index: int) -> bool:
    if pieces[index].kind not in _PROSE:
        return False
    lead = places[index].lead_in
    return places[index].section in {_S.OFFER, _S.PAY} or (
        lead >= 0
        and bool(_BENEFITS_LEAD.search(flat[max(pieces[lead].start, pieces[lead].end - 160) : pieces[lead].end]))
    )


def _is_rich(flat: str, piece: Piece, place: Place) -> bool:
    said = flat[piece.start : piece.end]
    if piece.kind not in _PROSE or (piece.kind is UnitKind.ITEM and place.section in _ASKING):
        return False
    return bool(_OFFERS.search(said)) and len({m.group().lower() for m in _BENEFIT.finditer(said)}) > 2


def _soft(flat: str, piece: Piece, beside: Piece) -> bool:
    """True for a neighbour in the same list or paragraph that names a lesser benefit (bonus, equity, discounts)."""
    same = piece.kind is beside.kind is UnitKind.ITEM or piece.block == beside.block
    return same and bool(_SOFT_BENEFIT.search(flat[piece.start : piece.end]))


# ------------------------------------------------------------------------------------------ headings and scope lines


def _with_heads(flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None]) -> None:
    """Adds the scope line ("For California residents:") and the heading that stand right above a notice."""
    for index in range(len(pieces) - 1, 0, -1):
        kind, above = kinds[index], index - 1
        if kind is None or kind is _K.LOCKED or kinds[above] is not None:
            continue
        if pieces[above].kind is UnitKind.HEADING:
            if places[index].heading == above and _is_about(flat, pieces, places, kinds, above, kind):
                kinds[above] = kind
        elif pieces[above].kind is UnitKind.SENTENCE and flat[pieces[above].start : pieces[above].end].rstrip(
            "*_ "
        ).endswith(":"):
            kinds[above] = kind


def _is_about(
    flat: str, pieces: list[Piece], places: list[Place], kinds: list[NoticeKind | None], head: int, kind: NoticeKind
) -> bool:
    """True if the heading is the notice's own, or if all that stands under it is protected."""
    words = flat[pieces[head].start : pieces[head].end]
    said = section_kind(words)
    wanted = {_S.PAY, _S.OFFER} if kind in {_K.PAY, _K.BENEFITS} else {SECTIONS.get(kind)}
    if places[head].section is _S.TITLE or said not in wanted:
        return False
    if kind in LEGAL or _OWN_HEAD.search(words):
        return True
    below = head + 1
    while below < len(pieces) and places[below].heading == head and pieces[below].kind is not UnitKind.HEADING:
        if kinds[below] is None:
            return False
        below += 1
    return True
