"""Titles: front matter, main heading, or a first line that looks like one."""

import pytest

from postwright.domain.posting import SectionKind
from postwright.reading.posting import read


@pytest.mark.parametrize(
    ("text", "title", "unit"),
    [
        ("---\ntitle: Nurse\n---\nWe are hiring now.\n", "Nurse", ""),
        ("---\nrole: Nurse\n---\n# Nurse\n\nText.\n", "Nurse", "u1"),
        ("# [Nurse (Leeds)](https://example.org)\n\nText.\n", "Nurse (Leeds)", "u1"),
        ("![logo](x.svg)\n\n# **Nurse**\n", "Nurse", "u2"),
        (
            "Sr. AI/ML Engineer (R-20931) - URGENT!!\n\nAbout Acme\nAcme is here.\n",
            "Sr. AI/ML Engineer (R-20931) - URGENT!!",
            "u1",
        ),
        ("DIRECTOR OF NURSING - Job Code 44\n\nText.\n", "DIRECTOR OF NURSING - Job Code 44", "u1"),
        ("We are looking for a nurse in Leeds.\n", "", ""),
        ("# Requirements\n\n- SQL\n\n# Benefits\n\n- Pay\n", "", ""),
        ("", "", ""),
    ],
)
def test_the_title_is_stated_or_stands_first(text: str, title: str, unit: str) -> None:
    posting = read(text, "job.md")
    assert (posting.title, posting.title_unit) == (title, unit)


def test_the_title_has_a_section_of_its_own() -> None:
    posting = read("Nurse, Leeds\n\nText that goes on.\n", "job.txt")
    assert posting.units[0].section is SectionKind.TITLE
