"""The independent checker itself can fail: a good draft passes, and each forged byte of it is told."""

import re
from dataclasses import replace

import pytest

from forgery.books import Books, Entry
from forgery.checker import check

SOURCE = """---
title: Interface Engineer
---

# Interface Engineer

## Responsibilities

- Build HL7 interfaces for 12 hospitals with nursing staff
- Review audit logs with the privacy officer

## Preferred

- Rhapsody engine administration

The pay range is $90,000 - $110,000 per year.
Larkfield is an equal opportunity employer.
"""

DRAFT = """---
title: Interface Engineer
---

# Interface Engineer

## Integration work

- You build HL7 interfaces for 12 hospitals with nursing staff.
- **[confirm c1]** You agree on a plan with the nurses.

## Compliance work

- You review audit logs with the privacy officer.

## It helps

- Rhapsody engine administration

## Pay and benefits

The pay range is $90,000 - $110,000 per year.

## Legal notices

Larkfield is an equal opportunity employer.
"""


def _books(draft: str) -> Books:
    """Every line of the body that is no heading, as an entry of its own."""
    entries: list[Entry] = []
    for match in re.finditer(r"^(?:- )?(?:\*\*\[confirm c\d+\]\*\* )?(.+)$", draft, re.MULTILINE):
        if match[1][0] != "#" and match.start() > draft.rindex("---"):
            kind = "proposal" if "confirm" in match[0] else "reworded"
            entries.append(Entry(f"L{len(entries)}", kind, ("u1",), match.start(1), match.end(1)))
    proposal = ("c1", "proposal", "pending", "You agree on a plan with the nurses.")
    return Books(tuple(entries), {}, (proposal,), rewritten=True)


def test_a_good_draft_passes() -> None:
    assert check(SOURCE, DRAFT, _books(DRAFT)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: Interface", "title: Platform", "I1: front matter"),
        ("$90,000 - $110,000", "$90,000 - $118,000", "I1: pay"),
        ("Larkfield is an equal opportunity employer.", "Larkfield is a fair employer.", "I1: eeo"),
        ("The pay range is", "The pay range is $90,000 - $110,000 per year.\nThe pay range is", "I1: pay"),
        ("12 hospitals", "15 hospitals", "I2: number 15"),
        ("12 hospitals", "twenty hospitals", "I2: number 20"),
        ("HL7", "DICOM", "I2: 'DICOM'"),
        ("nursing staff.", "nursing staff every weekend.", "I2: word 'weekend'"),
        ("nursing staff.", "nursing staff, see https://evil.example.", "I2: 'https://evil.example"),
        ("nursing staff.", "nursing staff, call 555-0199.", "I2: '555-0199'"),
        ("- You review audit logs with the privacy officer.\n", "", "I3"),
        ("- Rhapsody engine administration", "- Rhapsody engine administration is required", "I4"),
        ("## It helps", "## You need", "I4"),
        ("**[confirm c1]** ", "", "I2: word 'agree'"),
        ("a plan with", "a plan of 30 days with", "I5: pending text"),
        ("- **[confirm c1]**", "- **[confirm c9]**", "I5: c9"),
        ("- **[confirm c1]**", "- [confirm c1]", "I5: something like a mark"),
        ("interfaces for", "interfaces <b>for</b>", "I6: '<b>'"),
        ("interfaces for", "inter\u200bfaces for", "I6: hidden character U+200B"),
        ("## Compliance work", "## Earn more", "I7"),
    ],
)
def test_a_forged_byte_is_told(old: str, new: str, told: str) -> None:
    assert old in DRAFT
    forged = DRAFT.replace(old, new, 1)
    assert [line for line in check(SOURCE, forged, _books(forged)) if line.startswith(told)]


def test_text_that_no_line_owns_is_told() -> None:
    books = _books(DRAFT)
    assert check(SOURCE, DRAFT, replace(books, entries=books.entries[1:]))


def test_lines_that_overlap_are_told() -> None:
    books = _books(DRAFT)
    wide = replace(books.entries[0], end=books.entries[0].end + 30)
    assert check(SOURCE, DRAFT, replace(books, entries=(wide, *books.entries[1:])))


def test_a_marked_up_original_must_be_the_source_without_its_marks() -> None:
    books = replace(_books(DRAFT), rewritten=False)
    marked = SOURCE.replace("nursing staff", "nursing staff **[confirm c1: clinicians]**")
    assert check(SOURCE, marked, books) == []
    assert check(SOURCE, marked.replace("12", "13"), books)
