"""What a reader hands on: the text of one posting, where it came from, and what had to be left out."""

import hashlib
import html
import re
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from types import ModuleType

from postwright.domain.errors import PostingUnreadable

LARGEST_FILE = 20_000_000
"""Bytes of a file that is no plain text: a DOCX with a logo, a whole board."""
LARGEST_TEXT = 1_000_000
"""Characters of one posting or page. The longest of 240 real postings has 40 kB."""
DEEPEST = 200
"""Levels of nesting. The HTML parser takes quadratic time in depth, and no real page passes 60."""


class Form(StrEnum):
    """How the file of a posting is written."""

    TEXT = "text"  # Markdown, MDX or plain text: the bytes are the posting, and settle may write them
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    ODT = "odt"
    RTF = "rtf"
    ATS = "ats"
    JSONLD = "jsonld"


@dataclass(frozen=True, slots=True)
class Origin:
    """The entry of an ATS export that a posting came from, as its API knows it."""

    system: str  # greenhouse | lever | ashby | workday | remotive
    id: str
    title: str  # as it came
    field: str  # the field that holds the HTML
    value: str  # that field, as it came
    escapes: int = 0  # how often the HTML was escaped in it
    folded: tuple[str, ...] = ()  # further fields whose text is part of the posting (Lever's lists)
    rest: str = ""  # those fields as they came, in JSON
    title_field: str = "title"

    @property
    def digest(self) -> str:
        """SHA-256 of title and text as they came: what a stale check compares."""
        whole = f"{self.title}\0{self.value}\0{self.rest}"
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """One posting. `key` names it within a file of many and is safe as a file name; it is empty otherwise."""

    text: str
    form: Form
    key: str = ""
    origin: Origin | None = None
    notes: tuple[str, ...] = ()  # what was left out or may be lost, in plain words

    @property
    def digest(self) -> str:
        """SHA-256 of the text: the same as the file's for text that was not converted."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def safe_key(name: str) -> str:
    """An id as a file name. What does not fit is named by its hash: no path in a file decides where we write."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name):
        return name
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def title_of(written: str) -> str:
    """The title that an export writes, as a reader sees it: on one line, its entities as characters."""
    return " ".join(html.unescape(written).split())


def needed(module: str, extra: str, what: str) -> ModuleType:
    """A library of an extra, imported when it is used. Raises PostingUnreadable that names the extra."""
    try:
        return import_module(module)
    except ImportError as error:
        hint = f"pip install 'postwright[{extra}]'"
        raise PostingUnreadable(f"{what} needs the extra {extra!r}", hint=hint) from error


def bounded(text: str, name: str) -> str:
    """The text, when it is no longer than a posting can be. Raises PostingUnreadable."""
    if len(text) > LARGEST_TEXT:
        raise PostingUnreadable(f"{name} holds more than {LARGEST_TEXT:,} characters", hint="split it, or leave it out")
    return text


def refuse_empty(text: str, name: str) -> str:
    """The text, when it says anything. Raises PostingUnreadable."""
    if not any(char.isalnum() for char in text):
        raise PostingUnreadable(f"{name} holds no text", hint="name a file with a job posting")
    return text
