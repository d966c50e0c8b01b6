"""Patterns of what points to one patient, after the Safe Harbor list of HIPAA (45 CFR 164.514(b)(2)), in context.

A number alone says nothing in a posting full of codes and requisitions: all but social security numbers need a label.
"""

import re
from collections.abc import Iterator

from postwright.domain.posting import Span
from postwright.reading.ordinary import is_ordinary
from postwright.reading.screening.leak_shapes import Leak, shape
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern

_SSN = lazy_pattern(r"\d{3}(?P<sep>[- ])\d{2}(?P=sep)\d{4}")
_NOT_SOCIAL_SECURITY = lazy_pattern(
    r"\b(?:req\w*|job|posting|position|case|ref\w*|ticket|id|code|vacancy|invoice|order|call|phone|tel|fax|at|ext)\W{0,3}"
    r"(?:no\.?|number|id|[#])?\W{0,3}$",
    re.IGNORECASE,
)
_MAY_BE_SSN = Pattern(r"\p{N}[- ]\p{N}{2}[- ]\p{N}")  # RE2 walks over a text ten times as fast
_NOBODYS = frozenset({"078051120", "219099999", "123456789", *(str(n) * 9 for n in range(10))})
"""Numbers that were printed in adverts, or that stand for any number."""

_GAP = r"""[\s:=#(.*|-]{0,8}(?:is[\s:]{1,3})?"""
_NO = r"(?:numbers?|no\.?|\#|ids?|identifier)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_LABELLED_SSN = shape(
    "a social security number",
    "ssn|s.s.n|ss#|social security|soc. sec|soc sec|itin",
    rf"""(?<![a-z0-9])(?:SSN|S\.S\.N\.?|SS\#|ITIN|soc(?:ial|\.)?\ sec(?:urity|\.)?)(?:\ {_NO})?{_GAP}
    (?P<value>(?:\d[\ .-]{{0,3}}){{8}}\d)(?!\d)""",
    re.IGNORECASE,
)
_MAY_BE_LABELLED = Pattern(r"(?i)ssn|s\.s\.n|ss#|soc(?:[iıİ]al|\.)? sec|(?:^|[^a-z0-9])[iıİ]t[iıİ]n")
"""Hardly any text; the trigger "itin" alone stands in every "waiting" and "recruiting"."""
_NHS = shape(
    "an NHS number",
    "nhs n",
    rf"\bNHS\ {_NO}{_GAP}(?P<value>\d{{3}}[\ -]?\d{{3}}[\ -]?\d{{4}})\b",
    re.IGNORECASE,
)
_NUMBERS = (
    shape(
        "what looks like a medical record number",
        "mrn|med rec|medical rec|chart n|chart i|chart #|encounter n|encounter i|encounter #|hospital n|hospital i"
        "|hospital #|patient n|patient i|patient #|patient's n|patient's i|of the patient",
        rf"""\b(?:MRN(?:\ ?{_NO})?|med(?:ical)?\ rec(?:ord)?s?\ ?{_NO}|(?:chart|encounter|hospital)\ ?{_NO}
        |patient(?:'s)?\ ?{_NO}|account\ number\ of\ the\ patient){_GAP}[A-Z]{{0,3}}-?\d(?:[\d-]{{3,12}}\d)\b(?!,\d)""",
        re.IGNORECASE,
    ),
    shape(
        "a number of an insured person",
        "member n|member i|member #|subscriber |beneficiary |insurance n|insurance i|insurance #|medicaid n|medicaid i"
        "|medicaid #",
        rf"""\b(?:member|subscriber|beneficiary|insurance|medicaid)\ {_NO}{_GAP}
        (?=(?:[A-Z]{{0,4}}\ ?)(?:\d\ ?){{6}})[A-Z]{{0,4}}\ ?\d[\d\ ]{{4,13}}\d\b""",
        re.IGNORECASE,
    ),
    shape(
        "a Medicare number",
        "mbi |mbi:|mbi#|medicare n|medicare i|medicare b|medicare #",
        rf"""\b(?:MBI|Medicare\ (?:{_NO}|beneficiary\ identifier)){_GAP}
        [1-9][A-Z][0-9A-Z]\d-?[A-Z][0-9A-Z]\d-?[A-Z]{{2}}\d{{2}}\b""",
        re.IGNORECASE,
    ),
    shape(
        "a date of birth",
        "dob|d.o.b|date of birth|birth date|birthdate|birthday|birth day|born on|born 0|born 1|born 2|born 3|born:",
        rf"""(?<![a-z])(?:DOB|D\.O\.B\.?|date\ of\ birth|birth\ ?(?:date|day)|born(?:\ on)?){_GAP}(?:the\ )?
        (?:\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}\b
        |(?:\d{{1,2}}(?:st|nd|rd|th)?|[a-z-]{{5,14}}(?:st|nd|rd|th))(?:\ of)?\ {_MONTH},?\ \d{{4}}\b
        |{_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?,?\ \d{{4}}\b)""",
        re.IGNORECASE,
    ),
)
_NAME = r"[A-Z][A-Za-z'’-]{1,25}"
_PARTICLES = r"(?:(?:van|von|de|der|den|la|le|di|da|bin|al)\ ){0,3}"
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Mx)\.?\ )?"
_AGE = r"\d{1,3}(?:[ -]years?[ -]old|\ ?[yY]/?[oO]\b)"
_NAMES = (
    shape(
        "a patient's name",
        "patient:|patient :|patient=|patient*|patient_|patient name|patient's name|patient’s name|patient named|pt:"
        "|pt.:|pt :|pt name",
        rf"""\b(?:[Pp]atient|PATIENT|[Pp]t\.?|PT)(?:['’]s|'S)?(?:\ (?:name|NAME|Name))?[*_]{{0,2}}
        (?:\s{{0,2}}[:=][\s*_]{{0,4}}|(?<=ame)\s{{0,2}}[–-]\s{{0,2}}|\ named\ )
        {_TITLE}(?P<one>{_NAME}),?\ (?:[A-Z]\.?\ )?{_PARTICLES}(?P<two>{_NAME})\b(?!\ ?[&/])""",
    ),
    shape(
        "a patient's name",
        "name of patient|name of the patient",
        rf"""\b[Nn]ame\ of\ (?:the\ )?patient[\s:*]{{1,4}}
        {_TITLE}(?P<one>{_NAME})\ (?:[A-Z]\.?\ )?{_PARTICLES}(?P<two>{_NAME})\b""",
    ),
    shape(
        "a patient's name",
        "patient",
        rf"\|\ *[Pp]atient(?:\ [Nn]ame)?\ *\|\ *{_TITLE}(?P<one>{_NAME}),?\ {_PARTICLES}(?P<two>{_NAME})\ *\|",
    )._replace(triggers=("| patient", "|patient")),
    shape(
        "a patient's name",
        "year-old|year old|years old|y/o|yo,",
        rf"""\b(?:Mr|Mrs|Ms|Miss|Mx)\.?\ (?P<one>{_NAME})(?P<two>\b),?\ \(?(?:an?|the|is|was)?\ ?(?:an?\ )?{_AGE}
        [^.\n]{{0,80}}\b(?:patient|admitted|diagnosed|treated|presented|discharged)""",
    ),
)
_AGED = shape(
    "a patient's name",
    "patient ",
    rf"""\b[Pp]atient\ {_TITLE}(?P<one>{_NAME})\ {_PARTICLES}(?P<two>{_NAME}),?
    \ \(?(?:aged?\ )?(?:{_AGE}|\d{{1,3}}[,)])""",
)
_MAY_BE_AGED = lazy_pattern(r"atient [A-Z][^\n,(]{3,60}[,(]\s?\D{0,6}\d")  # patients are in every posting of a hospital


PATIENT_SHAPES = (_LABELLED_SSN, _NHS, *_NUMBERS, *_NAMES, _AGED)


def patient_data(text: str, held: frozenset[str]) -> Iterator[Leak]:
    """What points to one patient, in a text that holds these triggers."""
    for number in _NUMBERS:
        yield from (_leak(number.what, found) for found in number.found(text, held))
    for found in _LABELLED_SSN.found(text, held) if _MAY_BE_LABELLED.found(text) else ():
        if _digits(found) not in _NOBODYS:
            yield _leak(_LABELLED_SSN.what, found)
    for found in _NHS.found(text, held):
        if _is_nhs_number(_digits(found)):
            yield _leak(_NHS.what, found)
    yield from _names(text, held)
    for found in _SSN.finditer(text) if _MAY_BE_SSN.found(text) else ():
        if _is_social_security(found):
            yield _leak("what looks like a social security number", found)


def _names(text: str, held: frozenset[str]) -> Iterator[Leak]:
    """Two words that are no ordinary ones where a patient's name stands: "Patient: Provider" is none."""
    for name in (*_NAMES, _AGED) if _MAY_BE_AGED.search(text) else _NAMES:
        for found in name.found(text, held):
            if not any(is_ordinary(word.lower()) for word in (found["one"], found["two"]) if word):
                yield _leak(name.what, found)


def _leak(what: str, found: re.Match[str]) -> Leak:
    return Leak("patient-data", what, Span(*found.span()))


def _digits(found: re.Match[str]) -> str:
    return "".join(filter(str.isdigit, found["value"]))


def _is_nhs_number(digits: str) -> bool:
    """Ten digits, the last of which checks the others, modulo 11 (NHS Data Dictionary)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _is_social_security(found: re.Match[str]) -> bool:
    """A number that the Social Security Administration may have issued, and no requisition number."""
    text, start, end = found.string, found.start(), found.end()
    area, group, serial = text[start : start + 3], text[start + 4 : start + 6], text[start + 7 : end]
    if area in {"000", "666"} or area.startswith("9") or group == "00" or serial == "0000":
        return False
    around = text[start - 1 : start] + text[end : end + 1] if start else text[end : end + 1]
    if any(char.isalnum() or char == "-" for char in around) or f"{area}{group}{serial}" in _NOBODYS:
        return False
    return not _NOT_SOCIAL_SECURITY.search(text, max(0, start - 30), start)
