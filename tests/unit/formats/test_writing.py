"""Writers: every unit comes back, the words stay, nothing comes alive, and JSON-LD says only what the posting says."""

import io
import json
import re
from collections import Counter
from collections.abc import Callable

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.errors import UsageProblem
from postwright.domain.posting import UnitKind
from postwright.formats.linked_check import problems_of, properties
from postwright.formats.reading import read_sources
from postwright.formats.to_docx import docx_bytes
from postwright.formats.to_html import html_body, html_page
from postwright.formats.to_jsonld import job_posting
from postwright.formats.to_text import plain_text
from postwright.formats.writing import FORMATS, notes_of, written
from postwright.reading.posting import read

FRONT = """---
company: Acme Health
location: Boston, MA
employment_type: Full-time
date_posted: 2026-11-02
valid_through: 2026-12-31
requisition_id: R-4711
salary: $120,000 - $140,000 per year
---

"""
BODY = "# Integration engineer\n\n## What you will do\n\n- Connect Epic\n- Watch it\n\n## You need\n\n- HL7 v2\n"


def units(text: str) -> list[tuple[str, int, str]]:
    found = read(text, "a.md").units
    return [(u.kind.value, u.level, re.sub(r"\\(?=[!-/:-@\[-`{-~])|\*\*", "", u.text)) for u in found]


def back(text: str) -> str:
    (source,) = read_sources(docx_bytes(text, "a.md"), "a.docx")
    return source.text


def test_a_word_file_keeps_headings_nested_lists_tables_and_links() -> None:
    text = (
        "# Analyst\n\n## You need\n\n- SQL\n  - five years\n  - on [Epic](https://epic.test/a)\n- Python\n\n"
        "Then:\n\n1. First\n2. Second\n\nAnd:\n\n1. Again first\n\n"
        "| Shift | Hours |\n| --- | --- |\n| Day | 8 |\n\nBye.\n"
    )
    assert units(back(text)) == units(text)
    assert "[Epic](https://epic.test/a)" in back(text)


_WORD = st.from_regex(r"[A-Z][a-z]{2,7}", fullmatch=True)
_SENTENCE = st.lists(_WORD, min_size=2, max_size=6).map(lambda words: " ".join(words).capitalize() + ".")
_BLOCK = st.one_of(
    _SENTENCE,
    _WORD.map(lambda word: f"## {word}"),
    st.lists(_SENTENCE, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(_SENTENCE, min_size=2, max_size=3).map(lambda items: f"- {items[0]}\n  - {items[1]}"),
)


@settings(max_examples=6)
@given(st.lists(_BLOCK, min_size=1, max_size=6))
def test_markdown_to_word_to_markdown_keeps_every_unit(blocks: list[str]) -> None:
    text = "# Nurse lead\n\n" + "\n\nThen this follows here now.\n\n".join(blocks) + "\n"
    assert units(back(text)) == units(text)


_ODD = st.one_of(
    _WORD.map(lambda word: f"**{word}**"),
    _WORD.map(lambda word: f"**{word}:** and more"),
    _SENTENCE.map(lambda words: f"<a href='https://a.test/x'>{words}</a> and then<p>{words}"),
    _SENTENCE.map(lambda words: f"{words}\n{words}  \n**{words}**\n- {words}"),
    _SENTENCE.map(lambda words: f"{{% if x %}}\n\n{words}\n\n{{% endif %}}"),
    _SENTENCE.map(lambda words: f"{words} [{words}]({{{{ site.url }}}}/x) {{{{ page.y }}}}"),
    _SENTENCE.map(lambda words: f"| {words} | b |\n| --- | --- |\n| c | {words} |"),
    _SENTENCE.map(lambda words: f"<div>\n{words}\n</div>"),
    st.just("****"),
    st.just("##"),
)


_PAGES = st.lists(st.one_of(_BLOCK, _ODD), min_size=1, max_size=6)


def _lost(blocks: list[str], write: Callable[[str], str]) -> Counter[str]:
    """Words of units that the written text lacks, or runs together with others."""
    text = "# Nurse lead\n\n" + "\n\n".join(blocks) + "\n"
    said = [word for unit in read(text, "a.md").units if unit.kind is not UnitKind.OPAQUE for word in _seen(unit.text)]
    return Counter(said) - Counter(_seen(write(text)))


@settings(max_examples=25)
@given(_PAGES)
def test_no_word_of_a_unit_is_lost_or_glued_in_html_and_text(blocks: list[str]) -> None:
    assert _lost(blocks, lambda text: plain_text(text, "a.md")) == Counter()
    assert _lost(blocks, lambda text: html_page(text, "a.md")) == Counter()


@settings(max_examples=4)
@given(_PAGES)
def test_no_word_of_a_unit_is_lost_or_glued_in_word(blocks: list[str]) -> None:
    assert _lost(blocks, back) == Counter()


def _seen(text: str) -> list[str]:
    """The words that a reader sees: no tags, no template tags, no addresses."""
    return re.findall(r"\w+", re.sub(r"\]\([^()]*\)|<[^<>]*>|\{\{.*?\}\}", " ", text))


@settings(max_examples=12)
@given(st.text(max_size=200))
def test_any_text_can_be_written_in_every_format(text: str) -> None:
    for to in FORMATS:
        assert isinstance(written(text, "a.md", to), bytes)


def test_lines_that_are_units_of_their_own_do_not_run_together() -> None:
    text = "# Analyst\n\n**Hours:** full time\n**Place:** Boston\n"
    assert "Hours: full time\n\nPlace: Boston" in plain_text(text, "a.md")
    assert "full time</p>" in html_page(text, "a.md")
    assert units(back(text)) == units(text)


def test_markup_in_a_posting_gives_up_its_tags_and_keeps_its_words() -> None:
    text = (
        "# A\n\nSee <a href='javascript:x'>this</a><br>now.\n\n<div onclick='x'>Kept</div>\n<script>gone()</script>\n"
    )
    page = html_page(text, "a.md")
    assert "onclick" not in page
    assert "javascript" not in page
    assert "gone" not in page
    assert "Kept" in page


@pytest.mark.parametrize("sneaky", ["[a](javascript:alert(1))", "[a](data:text/html,x)", "&lt;script&gt;x", "![x](y)"])
def test_nothing_comes_alive_in_html(sneaky: str) -> None:
    page = html_page(f"# A\n\n{sneaky}\n", "a.md")
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert 'href="data' not in page


def test_a_raw_link_stays_a_link_and_raw_paragraphs_do_not_run_together() -> None:
    text = "# A\n\nSee <a href='https://a.test/x?a=1&amp;b=2' rel=nofollow>our page</a>.<p>Now.\n"
    assert '<a href="https://a.test/x?a=1&amp;b=2">our page</a>' in html_page(text, "a.md")
    assert "[our page](https://a.test/x?a=1&b=2)." in back(text).replace("\\", "")
    assert "). Now." in plain_text(text, "a.md")


def test_an_unclosed_raw_link_and_one_that_runs_code_give_up_their_tags() -> None:
    page = html_page("# A\n\n<a href='https://a.test'>open\n\n<a href='javascript:x()'>bad</a>\n", "a.md")
    assert "<a " not in page
    assert "open" in page
    assert "bad" in page


TEMPLATE = (
    "# A\n\n{% if open %}\n\nApply [here]({{ site.url }}/x).\n\n{% comment %}\n\nfor us\n\n{% endcomment %}\n\n"
    "{{ page.end }} ends.\n"
)


@pytest.mark.parametrize("to", ["html", "docx", "txt"])
def test_lines_of_a_template_are_left_out_and_told_and_tags_in_sentences_are_told(to: str) -> None:
    data = written(TEMPLATE, "a.md", to)
    words = back(TEMPLATE) if to == "docx" else data.decode()
    assert "{%" not in words
    assert "for us" not in words
    assert "Apply" in words
    assert any("left out" in note for note in notes_of(TEMPLATE, "a.md", to))
    assert any("{{ page.end }}" in note for note in notes_of(TEMPLATE, "a.md", to))


def test_tags_of_the_pages_own_front_matter_are_filled_in() -> None:
    front = "---\ntitle: Nurse *lead*\nstreet-no: 12\n---\n"
    text = f"{front}\nWe seek a {{{{ page.title }}}} at {{{{page['street-no']}}}}, {{{{ page.city }}}}.\n"
    assert "We seek a Nurse *lead* at 12, {{ page.city }}." in plain_text(text, "a.md")
    assert "<em>" not in html_page(text, "a.md")


def test_markdown_keeps_its_template() -> None:
    assert written(TEMPLATE, "a.md", "md").decode() == TEMPLATE
    assert notes_of(TEMPLATE, "a.md", "md") == ()


@pytest.mark.parametrize(
    "heading", ["**Requirements**", "**Requirements: **", "##\u00a0Requirements", "__Requirements__"]
)
def test_a_heading_by_its_looks_is_a_heading_in_word(heading: str) -> None:
    text = f"# Analyst\n\nYou join us.\n\n{heading}\n\n- SQL\n"
    document = docx.Document(io.BytesIO(docx_bytes(text, "a.md")))
    styles = {p.text.strip(": "): p.style.name for p in document.paragraphs if p.style is not None}
    assert styles["Requirements"].startswith("Heading")


def test_a_long_heading_of_a_word_file_stays_a_heading() -> None:
    text = f"# Analyst\n\n## Key objective one: {'you lead teams that connect records, ' * 5}and more\n\n- SQL\n"
    assert units(back(text)) == units(text)


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("mark", ["**[confirm c3]** You own it.", "\\[confirm c3: pay\\]", "[con\u200bfirm c3] x"])
def test_pending_marks_leave_in_no_format(mark: str, to: str) -> None:
    with pytest.raises(UsageProblem, match="pending marks"):
        written(f"# A\n\n{mark}\n", "a.md", to)


def test_comments_are_for_us_and_not_for_readers() -> None:
    text = "# A\n\nSeen. <!-- postwright-ignore: because -->\n\n<!-- hidden -->\n\nEnd.\n"
    assert "because" not in html_page(text, "a.md")
    assert "hidden" not in plain_text(text, "a.md")


def test_plain_text_spells_out_lists_numbers_tables_and_links() -> None:
    text = "# A\n\n1. One\n2. Two\n   - in\n\n| a | b |\n| --- | --- |\n| c | d |\n\nAsk [us](mailto:x@y.test).\n"
    assert plain_text(text, "a.md") == "A\n\n1. One\n2. Two\n  - in\n\na | b\nc | d\n\nAsk us (x@y.test).\n"


def test_the_title_of_the_front_matter_heads_every_format() -> None:
    text = "---\ntitle: Nurse lead\n---\n\nYou lead.\n"
    assert "<h1>Nurse lead</h1>" in html_page(text, "a.md")
    assert plain_text(text, "a.md").startswith("Nurse lead\n")
    assert docx.Document(io.BytesIO(docx_bytes(text, "a.md"))).paragraphs[0].text == "Nurse lead"
    assert html_body(text, "a.md") == ("Nurse lead", "<p>You lead.</p>\n")


def test_a_posting_that_states_all_that_google_asks_is_valid_json_ld() -> None:
    linked = job_posting(FRONT + BODY, "a.md")
    assert problems_of(linked.data) == ()
    assert linked.conflicts == ()
    assert linked.data["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "USD",
        "value": {"@type": "QuantitativeValue", "unitText": "YEAR", "minValue": 120000.0, "maxValue": 140000.0},
    }
    assert linked.data["jobLocation"] == {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Boston",
            "addressRegion": "MA",
            "addressCountry": "US",
        },
    }
    assert linked.data["employmentType"] == ["FULL_TIME"]
    assert linked.data["responsibilities"] == "Connect Epic\nWatch it"


def test_what_no_line_states_is_not_in_the_json_ld() -> None:
    linked = job_posting(BODY, "a.md")
    assert set(linked.data) == {"@context", "@type", "title", "description", "responsibilities", "qualifications"}
    assert linked.missing == ("datePosted", "hiringOrganization", "jobLocation")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Location: Denver, CO", "jobLocation"),
        ("Closing date: 2027-01-15", "validThrough"),
        ("Salary: $90,000 - $95,000 per year", "baseSalary"),
    ],
)
def test_what_front_matter_and_text_state_differently_is_left_out_and_said(line: str, name: str) -> None:
    linked = job_posting(FRONT + BODY + f"\n{line}\n", "a.md")
    assert name not in linked.data
    assert len(linked.conflicts) == 1


def test_a_bonus_is_no_salary_and_two_ranges_are_none() -> None:
    pay = "\n## Pay\n\n"
    assert "baseSalary" not in job_posting(BODY + pay + "Sign-on bonus: $10,000 per year.\n", "a.md").data
    two = "Boston: $100,000 - $120,000 per year. Denver: $90,000 - $99,000 per year.\n"
    assert "baseSalary" not in job_posting(BODY + pay + two, "a.md").data


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("Location: Remote (US)", True),
        ("Location: Remote (US)\n\nHybrid: two days in the office.", False),
        ("Location: Boston or remote", False),
    ],
)
def test_telecommute_is_said_only_of_a_job_that_is_wholly_remote(text: str, *, remote: bool) -> None:
    assert (job_posting(f"{BODY}\n{text}\n", "a.md").data.get("jobLocationType") == "TELECOMMUTE") is remote


def test_a_bare_dollar_sign_is_us_dollars_only_in_a_us_place() -> None:
    assert "baseSalary" not in job_posting((FRONT + BODY).replace("Boston, MA", "Toronto, Canada"), "a.md").data


def test_the_checker_of_json_ld_names_what_is_wrong() -> None:
    wrong = {"datePosted": "soon", "employmentType": "whenever", "wages": 1, "estimatedSalary": 2}
    said = " ".join(problems_of(wrong))
    for words in ("title is required", "no ISO date", "no employment type", "wages is no property", "job boards"):
        assert words in said
    assert {"title", "jobStartDate", "jobImmediateStart"} <= set(properties())


def test_json_ld_can_stand_in_a_script_element() -> None:
    text = job_posting("# A </script><script>\n\nx\n", "a.md").text
    assert "</" not in text
    assert json.loads(text)["@type"] == "JobPosting"
