"""The two columns: what a sentence looks like, and where it leads."""

from dataclasses import replace

import pytest

from postwright.domain.posting import Pin, PinKind, Span
from postwright.domain.review import Review
from postwright.reports.rows import columns_of
from support.desk import sheet
from support.odd_reviews import bare_review, marked_up_review
from support.reviews import harbor_review


def one_sentence(text: str, pinned: str = "") -> Review:
    """A review of a posting that is this one sentence."""
    made = sheet(f"{text}\n")
    at = made.source.index(pinned)
    pins = (Pin(PinKind.LOCKED, Span(at, at + len(pinned))),) if pinned else ()
    units = tuple(replace(u, pins=pins) for u in made.units)
    return replace(bare_review(), source=made.source, units=units, notices=())


@pytest.mark.parametrize(
    ("text", "pinned", "html"),
    [
        ("Licence within six months.", "six months", 'Licence within <b class="pin">six months</b>.'),
        (
            "**Licence within six months**",
            "six months",
            '<strong>Licence within <b class="pin">six months</b></strong>',
        ),
        ("Pay is **$1** a day", "**$1**", "Pay is <strong>$1</strong> a day"),
        ("[site](https://x.example/six)", "six", "[site](https://x.example/six)"),
        ("a \ue000 b & <b>c</b>", "", "a \ue000 b &amp; &lt;b&gt;c&lt;/b&gt;"),
    ],
)
def test_a_pinned_span_is_marked_unless_that_would_cut_through_markup(text: str, pinned: str, html: str) -> None:
    assert str(columns_of(one_sentence(text, pinned)).rows[0].words) == html


def test_each_column_leads_to_the_other() -> None:
    columns = columns_of(harbor_review())
    lines = {line.anchor: line for section in columns.sections for line in section.lines}
    for row in columns.rows:
        for ref in row.lines:
            assert row.anchor in {source.anchor for source in lines[ref.anchor].sources}
    assert sum(bool(row.lines) for row in columns.rows) > 20


def test_answers_and_facts_about_the_employer_stand_apart() -> None:
    columns = columns_of(harbor_review())
    assert [row.label for row in columns.extra] == ["A1", "P1"]
    assert columns.rows[0].label == "1"


def test_links_are_in_the_order_of_the_page() -> None:
    columns = columns_of(harbor_review())
    assert [ref.label for ref in columns.links(["u12", "p1", "u3", "nobody"])] == ["3", "12", "P1"]


def test_a_fix_stands_in_its_sentence() -> None:
    rows = [row for row in columns_of(marked_up_review()).rows if row.stretches]
    law = next(row for row in rows if row.stretches[1].decision == 2)
    assert [s.words for s in law.stretches] == ["Make sure we are ", "HIPPA", " compliant"]
    assert law.stretches[1].becomes == "HIPAA"


def test_what_became_of_a_sentence_is_said_in_plain_words() -> None:
    rows = columns_of(harbor_review()).rows
    said = {row.said for row in rows}
    assert said >= {"left out", "kept word for word: equal opportunity", "put back word for word", "said elsewhere"}
