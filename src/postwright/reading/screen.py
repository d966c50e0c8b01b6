"""Finds what must not leave the house, before anything is sent. What it says never repeats what it found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from postwright.domain.house import PENDING
from postwright.domain.posting import Posting, Span

_SECRETS = (
    ("an Anthropic key", re.compile(r"\bsk-ant-[\w-]{16,}")),
    ("an API key", re.compile(r"\bsk-(?:proj-)?[A-Za-z0-9_-]{20,}")),
    ("an AWS key", re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    ("a GitHub token", re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})")),
    ("a Slack token", re.compile(r"\bxox[abprs]-[\w-]{10,}")),
    ("a Google key", re.compile(r"\bAIza[\w-]{35}")),
    ("a private key", re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")),
    ("a signed token", re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}")),
    ("a password", re.compile(r"\b(?:password|passwd|secret|api[_ ]?key)\s*[:=]\s*[^\s<>{}\"']{8,}", re.IGNORECASE)),
)
_SSN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")
_MRN = re.compile(r"\b(?:MRN|medical record (?:number|no\.?|#))\s*(?:is|:|#|=)?\s*[A-Z]{0,3}\d{5,10}\b", re.IGNORECASE)
_BIRTH = re.compile(r"\b(?:DOB|date of birth|born)\s*(?:is|:|on)?\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", re.IGNORECASE)
_PATIENT = re.compile(r"\b[Pp]atient(?: name)?\s*:\s*[A-Z][a-z]+,? [A-Z][a-z]+\b")
_PATIENT_DATA = (
    ("what looks like a social security number", _SSN),
    ("what looks like a medical record number", _MRN),
    ("a date of birth", _BIRTH),
    ("a patient's name", _PATIENT),
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something in a posting that stops it, or that a person should know of. `span` is in source characters."""

    kind: str  # secret | patient-data | hidden | look-alike | forged-mark
    span: Span
    says: str
    stops: bool


def screen(posting: Posting) -> tuple[Alarm, ...]:
    """All alarms of a posting, in order."""
    return tuple(sorted(_alarms(posting.source), key=lambda a: a.span))


def _alarms(text: str) -> Iterator[Alarm]:
    for kind, patterns in (("secret", _SECRETS), ("patient-data", _PATIENT_DATA)):
        for what, pattern in patterns:
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                yield Alarm(kind, Span(*found.span()), f"line {line} holds {what}", stops=True)
    for found in PENDING.finditer(text):
        yield Alarm("forged-mark", Span(*found.span()), "holds a pending mark", stops=False)
