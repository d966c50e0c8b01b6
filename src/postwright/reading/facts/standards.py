"""Standards and other names with figures in them: "ISO 13485:2016", "21 CFR Part 11", "HL7 v2.5.1", "401(k)", "24/7".

A version is a fact of its own beside its standard: "FHIR" for "FHIR R4" says less, "FHIR R5" is a lie.
"""

import re
from collections.abc import Callable

from postwright.domain.posting import FactKind
from postwright.reading.facts.page import Norm, Page, Pattern, Read, pattern

Part = Callable[[re.Match[str]], str]

_510K = pattern(r"(?<![\w.])510\s?(?:\(k\)|k\b)", any_case=True)
_PLAN = pattern(r"(?<![\w.])(?P<plan>401|403|457|408)\s?\(?(?P<letter>[abkp])\)?(?!\w)", any_case=True)
_ALWAYS = pattern(r"(?<![\w.])24\s?[/x-]\s?7(?P<year>\s?[/x-]\s?365)?(?![\w/])")
_CODE_OF_LAW = pattern(
    r"""(?<![\w.])(?P<title>\d{1,3})\s?(?P<code>C\.?F\.?R|U\.?S\.?C)\.?\s?(?:§+\s?)?(?:[Pp]arts?\s)?
    (?P<part>\d+(?:[.-]\d+)*(?:\(\w{1,3}\))*)"""
)
_PART_11 = pattern(r"\bPart\ 11\b")
_SECTION = pattern(r"(?<![\w.])\d+(?:\.\d+)*(?:\((?:[a-z]{1,3}|\d{1,2}|[A-Z])\))+(?!\w)")
_ISO = pattern(
    r"""\b(?P<body>ISO|IEC|IEEE|AAMI|UL|EN|DIN|ASTM|NFPA)\b(?:\s?/\s?(?:IEC|ISO|TR|TS|IEEE|AAMI))*[\s-]?
    (?:ISO\s|IEC\s|TIR|TR\s|TS\s|CR)?(?P<number>\d{2,5}(?:-\d{1,2})*)(?P<version>:\d{4})?(?!\d)"""
)
_GLUED_ISO = pattern(r"\b(?P<body>ISO|IEC)(?P<number>\d{4,5}(?:-\d{1,2})*)(?P<version>:\d{4})?(?!\d)")
_NIST = pattern(
    r"""\b(?:NIST\s)?(?:SP\s|Special\ Publication\s)?(?P<number>800-\d{2,3}[A-Z]?)
    (?P<version>\s?[Rr]ev(?:ision)?\.?\s?(?P<r>\d))?(?!\d)"""
)
_HL7 = pattern(
    r"""\bHL7(?=\W|v)(?P<version>[\s-]?(?:
    \(?(?:version|ver|v)\.?\s?(?P<a>\d(?:\.\d+)*)(?:\.x)?\)?
    |(?P<b>\d\.\d+(?:\.\d+)*|\d(?=\.x))(?:\.x)?))""",
    any_case=True,
)
_RELEASE = r"(?:Release|R)\s?(?P<r>\d[AB]?)|(?P<stu>D?STU)\s?(?P<s>\d)"
_FHIR = pattern(
    rf"\bF(?:HI|IH)R(?P<version>[\s-]?\(?(?:{_RELEASE}|v(?:ersion\s?)?\.?(?P<v>\d(?:\.\d+)*))\)?)(?!\w)", any_case=True
)
_LONE_RELEASE = pattern(r"(?<![\w(])(?:R(?P<r>4B?|5)|(?P<stu>D?STU)\s?(?P<s>[1-3]))(?!\w)")
_ICD = pattern(r"\bICD[\s-]?(?P<number>9|10|11)(?P<version>[\s-]?(?P<part>CM|PCS|AM))?(?!\w)")
_SOC = pattern(r"\bSOC[\s-]?(?P<number>[123])(?!\w)(?P<version>\s?\(?[Tt]ype\s?(?P<t>II|I|[12])\b\)?)?")
_HITRUST = pattern(r"\bHITRUST(?P<version>(?:\sCSF)?\s(?P<level>[rie][12]))(?!\w)", any_case=True)
_USCDI = pattern(r"\bUSCDI(?P<version>\s?\(?v(?:ersion\s)?(?P<v>\d)\)?)", any_case=True)
_OAUTH = pattern(r"\bOAuth\s?(?P<v>\d)(?:\.0)?(?!\w)", any_case=True)
_PAY_GRADE = pattern(r"\bGS[\s-]?(?P<grade>\d{1,2})(?!\w)")
_FORM = pattern(r"\b(?P<form>[WI])[\s-](?P<n>[29])(?!\w|-\w)|\bW2(?!\w)")


def _standard(norm: str) -> Norm:
    return Norm(FactKind.STANDARD, norm)


def _number(norm: str) -> Norm:
    return Norm(FactKind.NUMBER, norm)


def read_standards(page: Page) -> None:
    """Call it only for a text with figures. Comes after links and before every other reader of figures."""
    page.take(_PLAN, lambda m: _number(f"{m['plan']}({m['letter'].lower()})"))
    for triggers, offers, base, version in _VERSIONED:
        if any(map(page.text.__contains__, triggers)):
            page.take(offers, _with_version(page, base, version))
    for trigger, offers, read in _PLAIN:
        if trigger in page.text:
            page.take(offers, read)
    if "(" in page.text:
        page.take(_SECTION, lambda m: _number(m.group().lower()))


def _code_of_law(found: re.Match[str]) -> Norm:
    return _standard(f"{found['title']} {found['code'].replace('.', '').lower()} {found['part']}")


def _fhir_version(found: re.Match[str]) -> str:
    if found["r"]:
        return f" r{found['r'].lower()}"
    return f" {found['stu'].lower()}{found['s']}" if found["stu"] else f" v{found['v']}"


def _soc_type(found: re.Match[str]) -> str:
    written = found["t"]
    return f" type {len(written) if written.startswith('I') else written}"


_PLAIN: tuple[tuple[str, Pattern, Read], ...] = (
    ("510", _510K, lambda _: _standard("510(k)")),
    ("24", _ALWAYS, lambda m: _number("24/7/365" if m["year"] else "24/7")),
    ("C", _CODE_OF_LAW, _code_of_law),
    ("Part 11", _PART_11, lambda _: _standard("21 cfr 11")),
    ("R", _LONE_RELEASE, lambda m: _standard(f"fhir{_fhir_version(m)}")),
    ("TU", _LONE_RELEASE, lambda m: _standard(f"fhir{_fhir_version(m)}")),
    ("uth", _OAUTH, lambda m: _standard(f"oauth {m['v']}")),
    ("GS", _PAY_GRADE, lambda m: _number(f"gs{m['grade']}")),
    ("W", _FORM, lambda m: _number(f"{m['form'].lower()}{m['n']}" if m["form"] else "w2")),
    ("I", _FORM, lambda m: _number(f"{m['form'].lower()}{m['n']}" if m["form"] else "w2")),
)
"""A piece of text without which the pattern cannot match, the pattern, and its reader."""

_BODIES = ("ISO", "IEC", "IEEE", "AAMI", "UL", "EN", "DIN", "ASTM", "NFPA")
_VERSIONED: tuple[tuple[tuple[str, ...], Pattern, Part, Part], ...] = (
    (_BODIES, _ISO, lambda m: f"{m['body'].lower()} {m['number']}", lambda m: m["version"]),
    (("ISO", "IEC"), _GLUED_ISO, lambda m: f"{m['body'].lower()} {m['number']}", lambda m: m["version"]),
    (("800-",), _NIST, lambda m: f"nist {m['number'].lower()}", lambda m: f" rev {m['r']}"),
    (("HL7", "hl7"), _HL7, lambda _: "hl7", lambda m: f" v{m['a'] or m['b']}"),
    (("FHIR", "FIHR", "fhir", "Fhir"), _FHIR, lambda _: "fhir", _fhir_version),
    (("ICD",), _ICD, lambda m: f"icd-{m['number']}", lambda m: f"-{m['part'].lower()}"),
    (("SOC",), _SOC, lambda m: f"soc {m['number']}", _soc_type),
    (("HITRUST", "Hitrust"), _HITRUST, lambda _: "hitrust", lambda m: f" {m['level'].lower()}"),
    (("USCDI",), _USCDI, lambda _: "uscdi", lambda m: f" v{m['v']}"),
)
"""Triggers, the pattern, the name of the standard, and what the version adds to the name."""


def _with_version(page: Page, base: Part, version: Part) -> Read:
    """Reads a standard and, when it says one, its version as a second fact with a span of its own."""

    def read(found: re.Match[str]) -> Norm:
        name = base(found)
        if found["version"] is None:
            return _standard(name)
        start, end = found.span("version")
        page.put(FactKind.STANDARD, name, found.start(), start)
        return Norm(FactKind.STANDARD, f"{name}{version(found)}", start, end)

    return read
