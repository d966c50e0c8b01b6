"""What a heading says its section is for. Vocabulary of real postings: US, federal, UK (NHS, civil service), AU."""

import re
from functools import lru_cache

import re2

from postwright.domain.posting import SectionKind

_K = SectionKind

# The first pattern that matches decides, so the narrow ones stand first.
_PATTERNS: tuple[tuple[SectionKind, str], ...] = (
    # Phrases whose words would mislead the broader patterns below.
    (
        _K.DUTIES,
        r"essential (job |position )?(functions|duties|responsibilit|elements|accountab)|(principal|key|main) duties",
    ),
    (_K.DUTIES, r"\brequirements (gathering|analysis|engineering|management)|\bneeds (analysis|assessment)"),
    (_K.OTHER, r"^basic information$|^(key |quick )?(facts|links)\b|^table of contents$|^contents$|^subscribe"),
    (
        _K.CONDITIONS,
        r"physical|\bworking conditions|work(ing)? environment|environmental (conditions|demands)|conditions of (employment|appointment)",
    ),
    (
        _K.CONDITIONS,
        r"\b(travel|schedule|shift|hours|vaccin\w*|covid\S*|immuni[sz]ation|health|clearance|security|screening|driving|safety|background\S*)\b.{0,20}requirements?",
    ),
    (
        _K.CONDITIONS,
        r"background (check|screen|investigation)|security (clearance|vetting|checks?)|\bclearance$|pre-?employment|\bdbs\b|drug (test|screen|free)|vaccination|immuni[sz]ation|\bcovid|^travel|^schedule|^(work|working) (schedule|hours|pattern)|^hours( of work)?$|^shifts?\b|special (job )?(demands|conditions)|(mental|cognitive|sensory) demands|essential physical|supervisory responsibilit(y|ies) none",
    ),
    (
        _K.APPLY,
        r"\bapply\b|applying|application|\binterview|(hiring|recruitment|selection|assessment) (process|stages|steps|panel)|how we hire|next steps|closing date|(key|important) dates|\bdeadline|further (information|details)|more information|contact (us|details|information|person|for)|^contacts?$|questions\?|informal (discussion|enquiries|visit)|^timeline$|^interested|^(our|the) process$|how you will be (assessed|evaluated)|^references$|what happens next|how to join|ready to (join|apply)|get in touch",
    ),
    (
        _K.LEGAL,
        r"equal|\beeo|\beoe\b|non-?discrimination|affirmative action|accommodation|reasonable adjust|privacy|data protection|\bgdpr|\bccpa|\bdisclaimer|^legal|fair chance|criminal|\bfraud|\bscam|recruit(er|ment) (fraud|agenc)|agenc(y|ies) (notice|policy)|staffing agenc|e-?verify|pay transparency notice|safeguarding|disability (confident|statement)|(diversity|inclusion|inclusive|belonging|accessibility)|^dei|^edi\b|notice to|\bnotices?$|^please note|^important( note| information)?$|rehabilitation of offenders",
    ),
    (
        _K.PAY,
        r"^(pay|salary|salaries|compensation|remuneration|wages?|stipend|rate)\b|(salary|pay|compensation) (range|band|scale|details|information|rate|transparency|package)|(base|target|annual|total|our|the|starting|job) (salary|pay|compensation|rewards)|\bpay (and|&) (benefits|rewards)|^package$|hourly rate|^grade( and pay)?$|^budget$|^remuneration",
    ),
    (
        _K.OFFER,
        r"benefits|\bperks|(we|we'll|we will|we can|i) (can )?(offer|provide|give)|in it for you|why (join|work|you|us|choose|this|\w+\?)|what you('ll| will| can)? ?(get|receive|gain|learn|enjoy|expect)|you('ll| will)? ?(get|receive|gain)$|in return|rewards|life (at|on|in)|well-?being|our (offer|promise)|what's on offer|what we('ve| have) got|reasons to|^offer|(training|learning|professional|career|personal) (and|&)? ?(development|growth|progression|training)|what makes (us|this|working)|we take care|how we (support|look after)|the good stuff|your rewards",
    ),
    # Both sides named: the heading does not tell must and nice apart.
    (
        _K.QUALIFICATIONS,
        r"(required|essential|minimum|must).{0,25}(preferred|desired|desirable|nice|bonus)|(preferred|desired|desirable|nice).{0,25}(required|essential|minimum)",
    ),
    (
        _K.NICE_TO_HAVE,
        r"\bpreferred|\bpreferences?\b|\bpreferabl|\bdesir(ed|able)\b|nice[- ]to[- ]ha(ve|s)|\bbonus|\bpluses\b|\b(a |big |huge |as )?plus(es)?$|ideally|(good|great|love|lovely|cool|helpful|useful|beneficial)[- ]to[- ]have|extra (credit|points)|advantage|would be (nice|great|a|an|useful|helpful|good)|\boptional|even better|brownie|stand out|set you apart|it helps|not required|icing|(we'd|we would) love|additional (desired|assets)|^assets?$|might also|bonus",
    ),
    (
        _K.OUTCOMES,
        r"outcomes|\bsuccess\b|(your|the|our) impact|impact you|what you('ll| will) (achieve|accomplish|change|own|deliver|build)|objectives|\b(30|60|90)\b.{0,12}days|first (year|month|week|quarter|\d+|six|three|90|twelve)|\bgoals|\bkpis?\b|milestones|deliverables|key results|how (we|you).{0,12}measure",
    ),
    (_K.CLINICAL, r"^clinical (work|duties|responsibilities|tasks)$"),
    (_K.INTEGRATION, r"^integration (work|duties|responsibilities|tasks)$"),
    (
        _K.COMPLIANCE,
        r"^(compliance|regulatory|quality and regulatory|privacy and compliance)( and \w+)? (work|duties|responsibilities|tasks)$",
    ),
    (
        _K.DUTIES,
        r"responsib|dut(y|ies)\b|^(what|how|where) ?you('ll|'d| will| would| can|'re going to| are going to)? ?(be )?(do|doing|work|spend|contribute|help|make|focus|tackle|collaborat|involve|responsib|lead|support)|what (will|would|do|does|are|can) (you|a|an|the|i)\b.{0,30}\b(do|doing|work|build|responsib)|^you('ll| will)( be)?$|(day[- ]to[- ]day|typical day|day in the life|your day|daily)|accountabilit|\btasks\b|(job|key|core|main|essential|position|primary) (functions|activities|elements|areas|tasks)|^functions$|what you do\b|^the work$|(in|for|as part of) this (role|position|job)|^scope( of|$)|scope of (work|role)|your (role|mission|work|focus|job|contribution)\b|^mission(s)?$|key (result|focus|work) areas|how you('ll| will) (make|contribute|spend|help)|what (the|this) (role|job|work) (involves|entails|looks)|(typical|example|sample|possible|potential) (work|projects|tasks|activities|assignments|responsib)|^projects$|what we('ll)? need you to do|your (tasks|responsibilities|duties)|^duties|position details|the role (involves|entails|will)|^key areas|leadership (and|&) management$|aufgaben|deine aufgaben|missions|vos missions",
    ),
    (
        _K.MUST_HAVE,
        r"\brequired\b|requirements?|must[- ]ha(ve|s)|\bmusts?\b|minimum|\bbasic (qualif|skills|requirement|criteria|education)|^(the )?basics$|\bessential|mandatory|pre-?requisites?|\byou('ll| will)? need|\bneed to (have|know|bring|be)|non-?negotiable|eligibility|who can apply|what (we|is) need|needed|what it takes|what you must|to be (considered|successful|eligible)|key criteria|you should (have|be)|you must|critical (skills|qualifications)|voraussetzungen|anforderungen",
    ),
    (
        _K.LOCATION,
        r"^(job |work |primary |office |position |duty )?locations?|^where\b|^remote|^office|hybrid|work(place)? (arrangement|model|type|style|setting)|time ?zones?|duty station|^based in|on-?site (policy|expectation)|relocation|how we work|flexible (work|location)|job type|employment type|^(contract|position) type",
    ),
    (
        _K.QUALIFICATIONS,
        r"qualifications?|\bskills?\b|\bexperience|\bknowledge\b|about you\b|who you are|who (are you|we('re| are) looking|we need|you'll be|should apply|we want|is this)|your (profile|background|skills|experience|strengths|expertise|qualities|superpowers|toolkit)|person spec|\b(ideal|successful|right|strong|great|good|the|our) (candidate|person|applicant|fit|match)|candidates?( profile| should| will|s have|$)|competenc|education|you('ve| have|'ll have| will have| bring|'ll bring| will bring| are|'re| possess|'ll be| know| might be| may be)\b|what you('ll| will|'d)? ?(bring|have|offer)|what (we('re| are)?|i('m| am)?|they) (look|seek|want|value|expect)|looking for|attributes|certifications?|licen[sc](e|ure|ing)|abilities|ability|expertise|tech(nical|nology)? (stack|environment|skills|requirements|competenc)|criteria|capabilit|qualities|traits|credentials|training required|\bprofile?$|specialized|technologies|tools( and| we|$)|^kenntnisse|profil\b|behaviours?$|languages?$|you might (be|have)|a (good|great) fit|fit for",
    ),
    (
        _K.MISSION,
        r"(about|regarding) (the|this|your|our) (role|job|position|opportunity|post|work|programme|program|project|vacancy)|^(the|your|our) (role|opportunity|position|job|challenge|post|vacancy|project|ideal role|mission)$|(role|job|position|post|general|executive|functional|project|program|programme)( purpose)? (summary|overview|purpose|profile|brief|details|outline|statement|intro\w*|context|detail)|^(overview|summary|purpose|introduction|role|position|snapshot|at a glance|details|the brief|description|brief)$|(job|role|position|project|full|short|detailed) description|purpose of|^summary|the challenge|opportunity|^role\b|job (purpose|details)|^overview|tl;?dr|^main purpose|who we need",
    ),
    (
        _K.ABOUT,
        r"^about\b|who we are|^(our|the) (mission|values|culture|story|company|team|vision|work|history|organi[sz]ation|trust|hospital|department|product|people|purpose|principles|approach|practice|client|firm|business|community|customers|stack|core values|technology|platform)\b|company|(meet|join) (the|our) team|\bculture\b|\bvalues\b|\bvision\b|^mission|background|working for (our|us)|our (dei|mission)|^introducing|what we (do|believe|stand|are building|build|'re building)|^team\b|^department|organi[sz]ation(al)? (overview|summary|context|description)|the (team|company|department|organisation|organization)$|employer|^client\b|how we|who('s| is) (hiring|we)|unternehmen|über uns|qui sommes|our client|^join us|^introduction",
    ),
)


def _compile() -> re2.Set:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    which = re2.Set.SearchSet(options)
    for _, pattern in _PATTERNS:
        which.Add(pattern)
    which.Compile()
    return which


@lru_cache(maxsize=1)
def _set() -> re2.Set:
    return _compile()


_DECORATION = re.compile(r"[*_`~#]+|</?\w+[^>]*>|^\W*\d{1,2}[.)]\s+|^[^\w(<\[]+|[^\w)!?.%+]+$")
_LINKED = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_FOLDS = str.maketrans("’‘`´\u00a0\u2009\u202f–—‑‐_", "''''   -----")
_SPACES = re.compile(r"\s+")


def heading_words(heading: str) -> str:
    """A heading as plain words: no marks, no pictures, no number in front, no colon behind, in lower case."""
    text = _LINKED.sub(r"\1", heading)
    for _ in range(2):  # a number may hide behind emphasis, emphasis behind an emoji
        text = _DECORATION.sub(" ", text).strip()
    return _SPACES.sub(" ", text.translate(_FOLDS)).strip().lower()


def section_kind(heading: str) -> SectionKind | None:
    """What the section under this heading is for, or None when its words do not say.

    "Preferred qualifications" is NICE_TO_HAVE, "Minimum / Basic / Required ..." and "Requirements" are MUST_HAVE;
    bare "Qualifications", "Skills", "Experience" are QUALIFICATIONS, whose strength is unknown.
    """
    return _kind_of(heading_words(heading))


@lru_cache(maxsize=2_000)
def _kind_of(words: str) -> SectionKind | None:
    if not words or len(words) > 120:
        return None
    matches = _set().Match(re.sub("[\ud800-\udfff]", "?", words)) or ()
    return _PATTERNS[min(matches)][0] if matches else None


_PLAIN_WORDS = frozenset(
    """
    a about accountabilities activities additional advantageous also an and apply are areas as attributes background basic be
    benefits bonus bring but can candidate candidates capabilities certification certifications challenge clinical company
    compensation competencies conditions contact core criteria culture day day-to-day degree demands description desirable
    desired details do doing duties education eligibility employment environment essential expect experience expertise
    first for from functions general get good great have hours how i ideal in information integration interview is it
    job join key knowledge licensure list location look looking main mandatory minimum mission must must-have must-haves
    need next nice nice-to-have nice-to-haves of offer on opportunity or organisation organization other our outcomes
    overview package pay perks person personal physical plus position preferred primary principal process product
    professional profile purpose qualification qualifications remuneration required requirement requirements
    responsibilities responsibility responsible role salary schedule scope section select skills specific specification
    steps strong success summary team tasks technical technologies tech stack the them this to training travel us values
    we we'll we're what what's what'll where who who's why will with work working would you you'll you're you've your
    """.split()
)
_ABOUT_NAME = re.compile(r"(?:About|Why|Life at|Working at|Why join|Join)(?: (?:the )?[A-Z0-9][\w&.’'-]*){1,5}[?!]?")


def is_plain_heading(line: str) -> bool:
    """True for a line that is a heading by its words alone, though nothing marks it ("What you will do")."""
    words = heading_words(line)
    if not words or len(words) > 60 or section_kind(line) is None:
        return False
    if all(word in _PLAIN_WORDS for word in re.split(r"[\s/&,-]+", words) if word):
        return True
    return bool(_ABOUT_NAME.fullmatch(line.strip().rstrip(":")))
