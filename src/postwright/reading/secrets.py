"""Patterns of keys, passwords and patient data. What matches here must not leave the house."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from postwright.domain.posting import Span
from postwright.reading.lazy import lazy_pattern
from postwright.reading.ordinary import is_ordinary


class Leak(NamedTuple):
    """`what` names the thing in plain words and never repeats it."""

    kind: str  # secret | patient-data
    what: str
    span: Span


class _Shape(NamedTuple):
    what: str
    triggers: tuple[str, ...]  # the pattern matches nothing in a text without any of them, letter case aside
    pattern: Callable[[], re.Pattern[str]]


def _shape(what: str, triggers: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> _Shape:
    """A shape whose pattern is compiled when a trigger is met: hardly any text holds one."""
    return _Shape(what, tuple(triggers.split("|")), cache(lambda: re.compile(pattern, flags | re.VERBOSE)))


# Formats as their issuers document them, as of 2026-11.
_KEYS = (
    _shape("an Anthropic key", "sk-ant-", r"\bsk-ant-[\w-]{16,}"),
    _shape("an OpenAI key", "sk-", r"\bsk-(?!ant-)(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{20,}"),
    _shape("an AWS key", "akia|asia|aroa|aida", r"\b(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}\b"),
    _shape("a GitHub token", "ghp_|gho_|ghu_|ghs_|ghr_", r"\bgh[pousr]_[A-Za-z0-9]{30,}"),
    _shape("a GitHub token", "github_pat_", r"\bgithub_pat_\w{30,}"),
    _shape("a GitLab token", "glpat-", r"\bglpat-[\w-]{18,}"),
    _shape("a Slack token", "xox", r"\bxox[abeoprs]-[\w-]{10,}"),
    _shape("a Slack webhook", "hooks.slack", r"\bhooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{16,}"),
    _shape("a Google key", "aiza", r"\bAIza[\w-]{35}"),
    _shape("a Stripe key", "k_live_", r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    _shape("a SendGrid key", "sg.", r"\bSG\.[\w-]{16,}\.[\w-]{16,}"),
    _shape("a Hugging Face token", "hf_", r"\bhf_[A-Za-z]{30,}"),
    _shape("an npm token", "npm_", r"\bnpm_[A-Za-z0-9]{30,}"),
    _shape("a PyPI token", "pypi-", r"\bpypi-[\w-]{40,}"),
    _shape("a private key", "private key", r"-----BEGIN\ [A-Z ]{0,30}PRIVATE\ KEY(?:\ BLOCK)?-----"),
    _shape("a signed token", "eyj", r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    _shape("a bearer token", "bearer", r"\b[Bb]earer\s+(?=[\w.~+/-]*\d)(?=[\w.~+/-]*[A-Za-z])[\w.~+/-]{20,}=*"),
    _shape("a password in a link", "://", r"(?<=://)[^\s:/@<>{}$]{1,64}:[^\s:/@<>{}$*]{3,64}@[\w.-]+"),
)
_PASSWORD = _shape(
    "a password or key",
    "password|passwd|passcode|passphrase|pwd|secret|api key|api_key|api-key|apikey|token",
    r"""\b(?:password|passwd|passcode|passphrase|pwd|secret|api[\ _-]?key|(?:auth|access)[\ _-]?token
        |secret[\ _-]?(?:access[\ _-]?)?key)
    \s{0,3}(?:[:=]|\bis\b)\s{0,3}["'`]?(?P<value>[^\s<>"'`,]{4,200})""",
    re.IGNORECASE,
)
_PLACEHOLDER = lazy_pattern(
    r"^[*x•._-]+$|^[\[({$%#]|your|example|placeholder|change.?me|redacted|required|insert|env\b|process\.|https?:|\.\.\.",
    re.IGNORECASE,
)

_SSN = lazy_pattern(r"\d{3}(?P<sep>[- ])\d{2}(?P=sep)\d{4}")
_NOT_SOCIAL_SECURITY = lazy_pattern(
    r"\b(?:req\w*|job|posting|position|case|ref\w*|ticket|id|code|vacancy|invoice|order)\W{0,3}(?:no\.?|number|id|[#])?\W{0,3}$",
    re.IGNORECASE,
)
_NOBODYS = frozenset({"078-05-1120", "219-09-9999", "123-45-6789", "111-11-1111", "222-22-2222", "333-33-3333"})
"""Numbers that were printed in adverts, or that stand for any number."""

_PATIENT_DATA = (
    _shape(
        "a social security number",
        "ssn|social security",
        r"\b(?:SSN|social\ security\ (?:number|no\.?|[#]))\W{0,4}(?:is\W{0,3})?\d{9}\b",
        re.IGNORECASE,
    ),
    _shape(
        "what looks like a medical record number",
        "mrn|medical record|patient id|patient n",
        r"""\b(?:MRN|medical\ record\ (?:number|no\.?|[#])|patient\ (?:id|number|no\.?|[#]))
        \s{0,3}(?:is|[:#=])?\s{0,3}[#]?[A-Z]{0,3}-?\d{5,12}\b""",
        re.IGNORECASE,
    ),
    _shape(
        "a date of birth",
        "dob|birth|born on",
        r"""\b(?:DOB|date\ of\ birth|birth\ ?date|born\ on)\s{0,3}(?:is|[:=])?\s{0,3}
        (?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}\ [a-z]{3,9}\ \d{4}|[a-z]{3,9}\.?\ \d{1,2},?\ \d{4})""",
        re.IGNORECASE,
    ),
    _shape(
        "a Medicare number",
        "mbi|medicare",
        r"""\b(?:MBI|Medicare\ (?:number|id|no\.?|beneficiary\ identifier))\W{0,4}
        [1-9][A-Z][0-9A-Z]\d-?[A-Z][0-9A-Z]\d-?[A-Z]{2}\d{2}\b""",
        re.IGNORECASE,
    ),
)
_PATIENT = _shape(
    "a patient's name",
    "patient:|patient :|patient name|pt:|pt.:|pt name",
    r"""\b(?:(?:[Pp]atient|PATIENT)(?:\ (?:name|NAME))?|[Pp]t\.?(?:\ name)?)\s{0,2}:\s{0,2}
    (?P<one>[A-Z][a-z'-]{1,20}),?\ (?:[A-Z]\.?\ )?(?P<two>[A-Z][a-z'-]{1,20})\b""",
)


def leaks(text: str) -> Iterator[Leak]:
    """All that looks like a secret or like a patient's data, in no order. Overlaps are possible."""
    low = text.lower()
    for shape in _KEYS:
        yield from (Leak("secret", shape.what, Span(*found.span())) for found in _found(shape, text, low))
    for found in _found(_PASSWORD, text, low):
        if _is_password(found):
            yield Leak("secret", _PASSWORD.what, Span(*found.span()))
    for shape in _PATIENT_DATA:
        yield from (Leak("patient-data", shape.what, Span(*found.span())) for found in _found(shape, text, low))
    for found in _found(_PATIENT, text, low):
        if not is_ordinary(found["one"].lower()) and not is_ordinary(found["two"].lower()):
            yield Leak("patient-data", _PATIENT.what, Span(*found.span()))
    for found in _SSN.finditer(text):
        if _is_social_security(found):
            yield Leak("patient-data", "what looks like a social security number", Span(*found.span()))


def _found(shape: _Shape, text: str, low: str) -> Iterator[re.Match[str]]:
    return shape.pattern().finditer(text) if any(map(low.__contains__, shape.triggers)) else iter(())


def _is_password(found: re.Match[str]) -> bool:
    """A value with figures or signs in it; a plain word after "password:" speaks of passwords only."""
    value = found["value"].rstrip(".;:)")
    if _PLACEHOLDER.search(value):
        return False
    figures, letters = any(map(str.isdigit, value)), any(map(str.isalpha, value))
    if value.isdigit():
        return "code" in found.group().lower()
    return figures and letters and (len(value) >= 8 or (len(value) >= 6 and value.isalnum()))


def _is_social_security(found: re.Match[str]) -> bool:
    """A number that the Social Security Administration may have issued, and no requisition number."""
    text, start, end = found.string, found.start(), found.end()
    area, group, serial = text[start : start + 3], text[start + 4 : start + 6], text[start + 7 : end]
    if area in {"000", "666"} or area.startswith("9") or group == "00" or serial == "0000":
        return False
    around = text[start - 1 : start] + text[end : end + 1] if start else text[end : end + 1]
    if any(char.isalnum() or char == "-" for char in around) or f"{area}-{group}-{serial}" in _NOBODYS:
        return False
    return not _NOT_SOCIAL_SECURITY.search(text, max(0, start - 30), start)
