"""Tells a posting from other pages of a careers repository: templates, lists of jobs, meeting notes, fragments."""

from itertools import islice
from pathlib import PurePosixPath

from postwright.domain.posting import Posting, SectionKind, UnitKind
from postwright.rules.patterns import sign
from postwright.rules.searching import encodable

_SHORTEST = 30  # words; real one-paragraph postings of job boards have over 90
_SHORT = 150  # words; below it a posting must show more signs of being one
_LEAST_SIGNS = 3
_LEAST_LINKS = 5
_LINK_SHARE = 0.6
_LEAST_PLACEHOLDERS = 3

_SIGNS = ("applies", "hires", "duties", "needs", "pays", "terms", "role")
_OPENING = 3  # units beside the title where a job may be named


def why_not_a_posting(posting: Posting) -> str:
    """One plain sentence that says what the page is instead, or empty when it is a posting."""
    text = "\n".join(unit.text for unit in posting.units if unit.kind is not UnitKind.OPAQUE)
    words = len(text.split(maxsplit=_SHORT))  # with more it is not short
    if words < _SHORTEST:
        return f"Only {words} words: too short to be a posting." if words else "There is no text to judge."
    if _is_template(posting, text):
        return "A template with places to fill in, not a posting."
    if _is_listing(posting):
        return "A list of links to other pages, not a posting."
    if len(sign("meeting").spans(text)) >= 2:
        return "Notes of a meeting, not a posting."
    if posting.language != "en":
        return ""  # the signs below are English words
    if not _describes_a_job(posting, text, _LEAST_SIGNS + (1 if words < _SHORT else 0)):
        return "Nothing here asks for a person or describes a job."
    return ""


def _describes_a_job(posting: Posting, text: str, needed: int) -> bool:
    """True if enough signs of a job are there. Cheap ones come first: with them most postings have enough."""
    signs = (2 if _has_job_sections(posting) else 0) + (2 if _names_a_job(posting) else 0)
    worded = (name for name in _SIGNS if sign(f"posting_{name}").found(text))
    return signs + sum(1 for _ in islice(worded, max(0, needed - signs))) >= needed


def _is_template(posting: Posting, text: str) -> bool:
    title, stem = encodable(posting.title), encodable(PurePosixPath(posting.path).stem)
    if sign("template_title").found(title) or sign("template_file").found(stem):
        return True
    found = {text[start:end] for start, end in sign("placeholder").spans(text)}
    return len(found) >= _LEAST_PLACEHOLDERS


def _is_listing(posting: Posting) -> bool:
    entries = [unit for unit in posting.units if unit.kind in {UnitKind.ITEM, UnitKind.ROW}]
    linked = (unit.text for unit in entries if "](" in unit.text or "://" in unit.text)
    links = sum(1 for text in linked if sign("link_item").found(text))
    if links < _LEAST_LINKS or links < _LINK_SHARE * len(entries):
        return False
    return sign("listing").found(posting.title) or not _has_job_sections(posting)


def _names_a_job(posting: Posting) -> bool:
    return any(
        sign("job_title").found(text)
        for text in (posting.title, *(unit.text[:200] for unit in posting.units[:_OPENING]))
    )


def _has_job_sections(posting: Posting) -> bool:
    jobs = {SectionKind.DUTIES, SectionKind.MUST_HAVE, SectionKind.QUALIFICATIONS, SectionKind.NICE_TO_HAVE}
    return sum(1 for unit in posting.units if unit.section in jobs and unit.kind is not UnitKind.HEADING) >= 3
